"""School subjects: canonical names, synonyms, ФИС ОКО abbreviations and РЦОИ codes, as data."""

from __future__ import annotations

import json
import re
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
_SHORT_END = 2
"""«Математика Б» ends with a word so short that inside a text it must be a whole word: «без» is
not «Б»; an abbreviation with its full stop may go on («Рус. яз.» – «рус. языку»)."""
_PLAIN_MATHS = key("Математика")
_WORD = re.compile(r"[\w№%]+")


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
    short_ends: Mapping[str, str]
    """By the key of a synonym that ends with a very short word: its words apart."""
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


def alike(one: str, other: str) -> bool:
    """Return whether one subject is a part of the other: a level of it, one of the languages."""
    over = _within()
    return (
        one.startswith(other)
        or other.startswith(one)
        or (over.get(one) == other or over.get(other) == one)
    )


@lru_cache(maxsize=1)
def _within() -> dict[str, str]:
    entries = load_resource("subjects.json")["subjects"]
    return {entry["name"]: entry["within"] for entry in entries if "within" in entry}


@lru_cache(maxsize=8)
def _catalogue(kind: AssessmentKind) -> _Catalogue:
    titles: dict[str, str] = {}
    short_ends: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    codes: dict[str, str] = {}
    for entry in load_resource("subjects.json")["subjects"]:
        if kind.value not in entry.get("assessments", [kind.value]):
            continue
        name = entry["name"]
        for title in (name, *entry.get("synonyms", ())):
            titles[key(title)] = name
            if " " in title and len(_words(title)[-1]) <= _SHORT_END and title[-1].isalpha():
                short_ends[key(title)] = _apart(title)
        abbreviations.update((key(short), name) for short in entry.get("fisoko", ()))
        codes.update((code, name) for code in entry.get("codes", {}).get(kind.value, ()))
    return _Catalogue(titles, short_ends, abbreviations, codes)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _apart(text: str) -> str:
    """Return the words of a text in the form of ``key``, each with a space on both sides."""
    return f" {' '.join(key(word) for word in _words(text))} "


def by_code(code: str, kind: AssessmentKind) -> str | None:
    """Return the canonical subject of a two-digit code of the РЦОИ, or None."""
    return _catalogue(kind).codes.get(code.zfill(2))


def by_title(text: str, kind: AssessmentKind) -> str | None:
    """Return the canonical subject of a title, synonym or abbreviation, or None."""
    folded = key(text)
    catalogue = _catalogue(kind)
    return catalogue.titles.get(folded) or catalogue.abbreviations.get(folded)


@lru_cache(maxsize=4096)
def inside(text: str, kind: AssessmentKind) -> str | None:
    """Return the subject whose longest synonym stands inside a text, or None."""
    return next(iter(all_inside(text, kind)), None)


@lru_cache(maxsize=4096)
def all_inside(text: str, kind: AssessmentKind) -> tuple[str, ...]:
    """Return every subject that a text names by a synonym, that of the longest synonym first.

    A synonym inside of another one («история» of «история России») is not told apart from it.
    """
    folded = key(text)
    catalogue = _catalogue(kind)
    found = [
        (len(title), name, title)
        for title, name in catalogue.titles.items()
        if len(title) >= _SHORTEST_INSIDE and title in folded
        if title not in catalogue.short_ends or catalogue.short_ends[title] in _apart(text)
    ]
    named: dict[str, None] = {}
    for _, name, title in sorted(found, reverse=True):
        if title in folded:
            named[name] = None
            folded = folded.replace(title, "|")
    return tuple(named)


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


def lacks_level(text: str, kind: AssessmentKind) -> bool:
    """Return whether a text speaks of mathematics at the ЕГЭ and not of which of its two."""
    if kind is not AssessmentKind.EGE or by_title(text, kind) or inside(text, kind):
        return False
    plain = by_title(text, AssessmentKind.OGE) or inside(text, AssessmentKind.OGE)
    return plain is not None and is_plain_maths(plain)


def is_plain_maths(text: str) -> bool:
    """Return whether the text is just «Математика», which the ЕГЭ does not have."""
    return key(text) == _PLAIN_MATHS
