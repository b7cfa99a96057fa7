"""Typography profiles of the standard on papers, read from ``resources/documents``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.errors import ResourceError
from app.paths import resource

_MAY_BE_LISTED = ("key", "title", "sources")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a measure comes from, and whether the source itself was seen."""

    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """Measures of one standard: millimetres for the page, points for type."""

    key: str
    title: str
    page_width_mm: float
    page_height_mm: float
    left_mm: float
    left_long_storage_mm: float
    right_mm: float
    top_mm: float
    bottom_mm: float
    page_number_from_top_mm: float
    text_pt: float
    table_pt: float
    small_pt: float
    line_spacing: float
    indent_mm: float
    corner_width_mm: float
    emblem_height_mm: float
    sources: Mapping[str, Origin]

    def left_margin_mm(self, *, long_storage: bool) -> float:
        """Return the left margin, the wider one for papers kept longer than ten years."""
        return self.left_long_storage_mm if long_storage else self.left_mm

    def text_width_mm(self, *, long_storage: bool) -> float:
        """Return the width between the margins."""
        return self.page_width_mm - self.left_margin_mm(long_storage=long_storage) - self.right_mm


def profile(key: str) -> Profile:
    """Return the profile of that key; ResourceError names the known ones when there is none."""
    known = profiles()
    if key not in known:
        raise ResourceError(
            f"Нет профиля оформления «{key}».", f"Известные профили: {', '.join(known)}."
        )
    return known[key]


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, Profile]:
    """Return all profiles by key; ResourceError when the file is missing or broken."""
    path = resource("documents", "typography.json")
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["profiles"]
        return {item["key"]: _parse(item) for item in listed}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _broken(path, error) from error


def is_centred(title: str) -> bool:
    """Return whether a column of that title stands in the middle; ResourceError as above."""
    begins, titles = _centred()
    return title.startswith(begins) or title in titles


@lru_cache(maxsize=1)
def _centred() -> tuple[tuple[str, ...], frozenset[str]]:
    path = resource("documents", "typography.json")
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["centred_columns"]
        return tuple(map(str, listed["begins"])), frozenset(map(str, listed["titles"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _broken(path, error) from error


def _parse(item: Mapping[str, Any]) -> Profile:
    values = item["values"]
    names = [f.name for f in fields(Profile) if f.name not in _MAY_BE_LISTED]
    return Profile(
        key=item["key"],
        title=item["title"],
        sources={n: Origin(values[n]["source"], bool(values[n]["confirmed"])) for n in names},
        **{name: float(values[name]["value"]) for name in names},
    )


def _broken(path: Path, error: Exception) -> ResourceError:
    return ResourceError(
        f"Не читается файл оформления документов {path}: {error}.",
        "Переустановите программу: её файлы повреждены.",
    )
