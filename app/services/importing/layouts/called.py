"""What a line calls a table: an assessment, or a work that is no ВПР, ОГЭ or ЕГЭ, as declared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.errors import ResourceError
from app.models.enums import AssessmentKind
from app.services.importing.layouts.titles import kinds_of
from app.services.importing.names import russian
from app.services.importing.subjects import load_resource

_LONGEST = 200
"""A longer line is a sentence of a text and calls no table."""
_MARK = re.compile(r"[.,;:()«»\"\n]")


@dataclass(frozen=True, slots=True)
class Word:
    """One kind of such works, see the resource."""

    pattern: re.Pattern[str]
    sure: bool
    quiet: bool
    why: str
    is_work: bool
    """Whether no exam of the state is called so."""


@dataclass(frozen=True, slots=True)
class _Words:
    compared: re.Pattern[str]
    manner: re.Pattern[str]
    exams: re.Pattern[str]
    """The assessments themselves; the only group of it is the name."""
    works: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """What a line calls a table: the work, as written, and the assessment that goes with it."""

    word: Word
    written: str
    kinds: tuple[AssessmentKind, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says: works, assessments apart from them, and where it stands."""

    called: tuple[Called, ...]
    named: tuple[AssessmentKind, ...]
    where: str = ""
    """In Russian, for the person."""
    cell: str | None = None


@lru_cache(maxsize=4096)
def read_line(text: str) -> Line | None:
    """Return the works and the assessments that a line names; None where it names nothing."""
    if len(text) > _LONGEST:
        return None
    words = _words()
    plain = words.compared.sub("", russian(text).casefold().replace("ё", "е"))
    called, rest = [], plain
    for word in words.works:
        for match in word.pattern.finditer(rest):
            called.append(Called(word, _quoted(text, match), kinds_of(match[0])))
        rest = word.pattern.sub(lambda match: "\n" * len(match[0]), rest)
    named = kinds_of(rest)
    if called:
        named = tuple(kind for kind in named if not _is_manner(rest, kind))
    return Line(tuple(called), named) if called or named else None


def other_work(text: str) -> str | None:
    """Return the work that a row of its own is said to be of; None for the ВПР, ОГЭ or ЕГЭ."""
    line = read_line(text)
    if line is None:
        return None
    return next((one.written for one in line.called if one.word.sure or not line.named), None)


def _quoted(text: str, match: re.Match[str]) -> str:
    """Return the words as they are written, with what belongs to them up to a mark."""
    end = _MARK.search(text, match.end())
    return text[match.start() : end.start() if end else None].strip()


def _is_manner(text: str, kind: AssessmentKind) -> bool:
    """Return whether a line names an assessment only as a model: «в формате ОГЭ»."""
    manner = _words().manner
    parts = _words().exams.split(text)
    found = [
        bool(manner.search(" ".join(parts[place - 1].split()) + " "))
        for place in range(1, len(parts), 2)
        if kind in kinds_of(parts[place])
    ]
    return bool(found) and all(found)


@lru_cache(maxsize=1)
def _words() -> _Words:
    body = load_resource("layouts", "other_works.json")
    try:
        works = tuple(
            Word(
                re.compile(one["pattern"]),
                one["sure"],
                one["quiet"],
                one.get("why", ""),
                one["key"] == "work",
            )
            for one in body["works"]
        )
        compared, manner, exams = (re.compile(body[k]) for k in ("compared", "manner", "exams"))
        return _Words(compared, manner, exams, works)
    except (KeyError, TypeError, re.error) as error:
        raise ResourceError(
            "Файл программы «layouts/other_works.json» не читается.", "Установите программу заново."
        ) from error
