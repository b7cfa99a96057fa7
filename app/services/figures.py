"""What records consist of: names, Russian titles and synonyms of their figures, as data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from app.errors import ResourceError
from app.models.enums import RecordKind
from app.paths import resource

_SHARE = "_share"
"""The ending of the name of a figure's share in per cent: ``large_families_share``."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a kind of record.

    ``patterns`` are regular expressions over the folded header (``importing.tables.key``);
    ``part_of`` names the figure that this one cannot exceed.
    """

    name: str
    title: str
    unit: str
    patterns: tuple[str, ...]
    part_of: str | None


@dataclass(frozen=True)
class KindOfRecord:
    """A kind of record: its figures in the order of a form, and titles of figures by pattern."""

    kind: RecordKind
    title: str
    source: str
    confirmed: bool
    figures: tuple[Figure, ...]
    numbered: Mapping[str, str]
    """Prefix of a name -> title with «{}» for the rest: ``score_`` -> «{} баллов, %»."""

    def figure(self, name: str) -> Figure | None:
        """Return the figure with this name, if the kind knows it."""
        return next((figure for figure in self.figures if figure.name == name), None)


def share_name(name: str) -> str:
    """Return the name of the share, in per cent, of the figure ``name``."""
    return name + _SHARE


def count_name(name: str) -> str:
    """Return the name of the figure that a share belongs to; any other name as it is."""
    return name.removesuffix(_SHARE)


def is_share(name: str) -> bool:
    """Return whether this is the name of a share in per cent."""
    return name.endswith(_SHARE)


@lru_cache(maxsize=1)
def catalogue() -> Mapping[RecordKind, KindOfRecord]:
    """Return every kind of record; ``ResourceError`` when a file is missing or broken."""
    return {kind: kind_of_record(kind) for kind in RecordKind}


@cache
def kind_of_record(kind: RecordKind) -> KindOfRecord:
    """Return what a kind consists of; ``ResourceError`` when its file is missing or broken."""
    return _kind(_load(kind))


@lru_cache(maxsize=4096)
def figure_title(kind: RecordKind, name: str) -> str:
    """Return the Russian title of a figure; one that has none is called by its name."""
    known = kind_of_record(kind)
    bare = name.removesuffix(_SHARE)
    figure = known.figure(name) or known.figure(bare)
    if figure is not None:
        return figure.title if figure.name == name else f"{figure.title}, %"
    for prefix, title in known.numbered.items():
        match = re.fullmatch(re.escape(prefix) + "(.+)", name)
        if match:
            return title.format(match[1])
    return name


def _load(kind: RecordKind) -> dict[str, Any]:
    path = resource("records", f"{kind.name.lower()}.json")
    try:
        body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(
            f"Файл программы «records/{path.name}» не читается.", "Установите программу заново."
        ) from error
    return body


def _kind(body: Mapping[str, Any]) -> KindOfRecord:
    return KindOfRecord(
        RecordKind[body["kind"]],
        body["title"],
        body["source"],
        body["confirmed"],
        tuple(_figure(entry) for entry in body.get("figures", ())),
        body.get("numbered", {}),
    )


def _figure(entry: Mapping[str, Any]) -> Figure:
    return Figure(
        entry["name"],
        entry["title"],
        entry.get("unit", ""),
        tuple(entry.get("patterns", ())),
        entry.get("part_of"),
    )
