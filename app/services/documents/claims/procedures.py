"""Claims about results: assessment, subject, grade and year beside a share or a mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.models.enums import AssessmentKind
from app.services.documents.claims.reading import Sentence
from app.services.documents.claims.scopes import Scope, scopes
from app.services.documents.claims.tokens import Kind
from app.services.documents.claims.types import Claim, Unit
from app.services.documents.claims.vocabulary import Forms, Phrase, holds, vocabulary

_T = TypeVar("_T")
DISTRICT = "район"
"""Stands for the schools of the district together, where a school is not named."""
_UNITS: Mapping[str, frozenset[Unit]] = {
    "below": frozenset({Unit.PERCENT}),
    "success": frozenset({Unit.PERCENT}),
    "quality": frozenset({Unit.PERCENT}),
    "mean": frozenset({Unit.COUNT, Unit.SCORE}),
    "participants": frozenset({Unit.COUNT}),
}


@dataclass
class Memory:
    """What the sentences before have named: assessment, subject, grade and year."""

    kind: AssessmentKind | None = None
    subject: str = ""
    grade: int | None = None
    year: int | None = None


def procedure_claims(
    sentence: Sentence, subjects: Mapping[str, Phrase], memory: Memory
) -> Iterator[tuple[Claim, ...]]:
    """Return the claims of a sentence about results of the district.

    ``subjects`` are the words of every subject that tables have figures of.  A figure needs its
    own measure; assessment, subject, grade and year may come from the words before it.
    """
    for at, one in enumerate(sentence.tokens):
        if one.figure is None:
            continue
        scope = next(
            (found for found in scopes(sentence.tokens, at) if _is_clear(found, subjects)), None
        )
        if scope is None:
            _forget(memory)
            continue
        claims = tuple(_claims(sentence, scope, subjects, memory))
        if claims:
            yield claims


def _is_clear(scope: Scope, subjects: Mapping[str, Phrase]) -> bool:
    known = frozenset(form for phrase in subjects.values() for word in phrase for form in word)
    allowed = vocabulary().plain | vocabulary().procedures.may | known
    words_known = all(one.forms & allowed for one in scope.words)
    return words_known and not scope.has(Kind.OTHER, Kind.FIGURE, Kind.SPAN)


def _forget(memory: Memory) -> None:
    """What stands after words that were not understood may be about anything."""
    memory.kind, memory.subject, memory.grade, memory.year = None, "", None, None


def _claims(
    sentence: Sentence, scope: Scope, subjects: Mapping[str, Phrase], memory: Memory
) -> Iterator[Claim]:
    _remember(sentence, scope, subjects, memory)
    measure = _measure(scope)
    if not measure or scope.figure.unit not in _UNITS[measure]:
        return
    if memory.kind is None or not memory.subject or memory.year is None:
        return
    about = {memory.kind.value, memory.subject, DISTRICT}
    if memory.grade is not None:
        about.add(f"{memory.grade} класс")
    yield Claim(
        measure,
        scope.figure,
        memory.year,
        scope.token.text,
        sentence.quote(scope.token),
        frozenset(about),
    )


def _remember(
    sentence: Sentence, scope: Scope, subjects: Mapping[str, Phrase], memory: Memory
) -> None:
    said = [one.forms for one in scope.words]
    kinds = vocabulary().procedures.kinds
    kind = _only([one for one, listed in kinds.items() if any(holds(p, said) for p in listed)])
    if kind is not None:
        memory.kind, memory.subject, memory.grade = kind, "", None
    subject = _only(_longest(subjects, said))
    memory.subject = subject or memory.subject
    grades = {one.years for one in scope.others if one.kind is Kind.GRADE}
    if grades:
        named = {number for numbers in grades for number in numbers}
        memory.grade = named.pop() if len(named) == 1 else 0
    memory.year = next(iter(scope.years)) if len(scope.years) == 1 else sentence.year


def _longest(subjects: Mapping[str, Phrase], said: Collection[Forms]) -> list[str]:
    """Return the subjects that are named by the most words."""
    found = [title for title, phrase in subjects.items() if holds(phrase, said)]
    most = max((len(subjects[one]) for one in found), default=0)
    return [one for one in found if len(subjects[one]) == most]


def _measure(scope: Scope) -> str:
    """Return the measure that the words name; the one of the most words where several do."""
    said = [one.forms for one in scope.words]
    found = {
        name: max(len(phrase) for phrase in listed if holds(phrase, said))
        for name, listed in vocabulary().procedures.measures.items()
        if any(holds(phrase, said) for phrase in listed)
    }
    if "participants" in found and len(found) > 1:
        del found["participants"]
    most = max(found.values(), default=0)
    best = [name for name, words in found.items() if words == most]
    return best[0] if len(best) == 1 else ""


def _only(found: Collection[_T]) -> _T | None:
    return next(iter(found)) if len(found) == 1 else None
