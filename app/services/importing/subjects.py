"""School subjects: canonical names, synonyms, ФИС ОКО abbreviations and РЦОИ codes, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from app.errors import ResourceError
from app.models.enums import AssessmentKind
from app.paths import resource
from app.services.importing.tables import key

_SLIP = 87
"""From here on two titles differ by a slip of the hand: one wrong letter of eight gives 87,5."""
_SHORTEST_INSIDE = 5
"""A shorter synonym («ист») is taken only as the whole text, never from inside a title."""
_PLAIN_MATHS = key("Математика")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as it is stored; ``known`` is False when the file's own writing was kept.

    ``like`` is a known subject that the unknown writing is likely a slip of.
    """

    name: str
    known: bool
    like: str | None = None


@dataclass(frozen=True)
class _Catalogue:
    """Keys of synonyms, abbreviations and РЦОИ codes of one kind of assessment."""

    titles: Mapping[str, str]
    abbreviations: Mapping[str, str]
    codes: Mapping[str, str]


def load_resource(*parts: str) -> Any:
    """Return a JSON file of ``resources``; ``ResourceError`` when it is missing or broken."""
    path = resource(*parts)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(
            f"Файл программы «{'/'.join(parts)}» не читается.",
            "Установите программу заново.",
        ) from error


def short_of(name: str) -> str:
    """Return how ФИС ОКО shortens a subject, «РУ»; a subject that it does not, as it is."""
    return _abbreviations().get(name, name)


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    entries = load_resource("subjects.json")["subjects"]
    return {entry["name"]: entry["fisoko"][0] for entry in entries if entry.get("fisoko")}


@lru_cache(maxsize=8)
def _catalogue(kind: AssessmentKind) -> _Catalogue:
    titles: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    codes: dict[str, str] = {}
    for entry in load_resource("subjects.json")["subjects"]:
        if kind.value not in entry.get("assessments", [kind.value]):
            continue
        name = entry["name"]
        for title in (name, *entry.get("synonyms", ())):
            titles[key(title)] = name
        abbreviations.update((key(short), name) for short in entry.get("fisoko", ()))
        codes.update((code, name) for code in entry.get("codes", {}).get(kind.value, ()))
    return _Catalogue(titles, abbreviations, codes)


def by_code(code: str, kind: AssessmentKind) -> str | None:
    """Return the canonical subject of a two-digit code of the РЦОИ, or None."""
    return _catalogue(kind).codes.get(code.zfill(2))


def by_title(text: str, kind: AssessmentKind) -> str | None:
    """Return the canonical subject of a title, synonym or abbreviation, or None."""
    folded = key(text)
    catalogue = _catalogue(kind)
    return catalogue.titles.get(folded) or catalogue.abbreviations.get(folded)


def inside(text: str, kind: AssessmentKind) -> str | None:
    """Return the subject whose longest synonym stands inside a text, or None."""
    folded = key(text)
    found = [
        (len(title), name)
        for title, name in _catalogue(kind).titles.items()
        if len(title) >= _SHORTEST_INSIDE and title in folded
    ]
    return max(found)[1] if found else None


def resolve(text: str, kind: AssessmentKind) -> Subject:
    """Return the subject that a text names; an unknown one keeps the text as written."""
    name = by_title(text, kind) or inside(text, kind)
    if name:
        return Subject(name, True)
    return Subject(text.strip(" .:;-–—"), False, _like(text, kind))


def _like(text: str, kind: AssessmentKind) -> str | None:
    """Return the subject that «Руский язык» is a slip of, or None."""
    if is_plain_maths(text):  # at the ЕГЭ neither of its two mathematics
        return None
    titles = _catalogue(kind).titles
    found = process.extractOne(key(text), list(titles), scorer=fuzz.ratio, score_cutoff=_SLIP)
    return titles[found[0]] if found else None


def is_plain_maths(text: str) -> bool:
    """Return whether the text is just «Математика», which the ЕГЭ does not have."""
    return key(text) == _PLAIN_MATHS
