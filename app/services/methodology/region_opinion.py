"""What the region's list and its own ИСБ say of the category of a school, and where they disagree.

The list names the schools, so it is believed first; a mark that only the other file has is taken
from there (domain.md §1.2: an imported list stays with its contradictions).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.enums import RecordKind
from app.services.methodology.verdicts import RegionOpinion

_WORDS = {RecordKind.REGION_LIST: "список школ", RecordKind.ISB: "готовый ИСБ"}
"""The kinds that name categories, the one that is believed first at the front."""
_MARKS = {"shnor": "ШНОР", "shnsu": "ШНСУ"}


@dataclass(frozen=True, slots=True)
class RegionRecord:
    """A record of the region about one school, and whose it is, in Russian."""

    kind: RecordKind
    data: Mapping[str, Any]
    source: str


def names_categories(kind: RecordKind) -> bool:
    """Return whether records of a kind may name ШНОР or ШНСУ."""
    return kind in _WORDS


def opinion_of(records: Iterable[RegionRecord]) -> RegionOpinion | None:
    """Return what the records of one school say together; None where none of them says a thing."""
    ordered = sorted(records, key=lambda one: list(_WORDS).index(one.kind))
    said = {name: [one for one in ordered if one.data.get(name) is not None] for name in _MARKS}
    first = {name: speaking[0] for name, speaking in said.items() if speaking}
    if not first:
        return None
    marks = {name: bool(one.data[name]) for name, one in first.items()}
    return RegionOpinion(
        marks.get("shnor"),
        marks.get("shnsu"),
        _sources({_MARKS[name]: one.source for name, one in first.items()}),
        tuple(text for name, speaking in said.items() if (text := _doubt(name, speaking))),
    )


def _sources(of_marks: Mapping[str, str]) -> str:
    """Return the file of both marks, or each mark with its own."""
    if len(set(of_marks.values())) == 1:
        return next(iter(of_marks.values()))
    return ", ".join(f"{mark} – {source}" for mark, source in of_marks.items())


def _doubt(name: str, speaking: Sequence[RegionRecord]) -> str:
    """Return the contradiction about a mark; an empty text where there is none."""
    if len({bool(one.data[name]) for one in speaking}) < 2:
        return ""
    listed = "; ".join(
        f"{_WORDS[one.kind]}, {one.source}: {_answer(one, name)}" for one in speaking
    )
    taken = _answer(speaking[0], name)
    return f"О {_MARKS[name]} регион говорит по-разному ({listed}). Взято {taken}: уточните у него."


def _answer(record: RegionRecord, name: str) -> str:
    return "«да»" if record.data[name] else "«нет»"
