"""Claims about results: assessment, subject, grade and year beside a share or a mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.models.enums import AssessmentKind
from app.services.cases import is_future, is_plural, part_of_speech
from app.services.documents.claims.reading import Sentence
from app.services.documents.claims.scopes import Scope, scopes
from app.services.documents.claims.tokens import Kind, Token, plain_text, tokens
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
    sentence: Sentence, subjects: Mapping[str, Phrase], memory: Memory, title: Memory
) -> Iterator[tuple[Claim, ...]]:
    """Return the claims of a sentence about results of the district.

    ``memory`` holds what was named before, ``title`` what the titles over the text name.
    ``subjects`` are the words of every subject that tables have figures of.  A figure needs its
    own measure; assessment, subject, grade and year may come from the words before it.
    """
    if _is_of_some(sentence.tokens):
        _forget(memory, title)
        return
    for at, one in enumerate(sentence.tokens):
        if one.figure is None:
            continue
        scope = next(
            (found for found in scopes(sentence.tokens, at) if _is_clear(found, subjects)), None
        )
        if scope is None:
            _forget(memory, title)
            continue
        claims = tuple(_claims(sentence, scope, subjects, memory))
        if claims:
            yield claims


def _is_of_some(found: Sequence[Token]) -> bool:
    """Return whether the sentence is of some of the schools or of the participants."""
    words = vocabulary().procedures
    if any(one.forms & words.unless for one in found):
        return True
    return any(
        one.figure is not None
        and any(after.forms & words.plural for after in found[at + 1 : at + 3])
        for at, one in enumerate(found)
    )


def _narrows(word: Token) -> bool:
    """Return whether a word leaves some of the schools: «в школе», «с низкими результатами»."""
    words, said = vocabulary().procedures, word.text.casefold()
    if word.forms & words.plural and not is_plural(said):
        return True
    # «ниже» is of the same dictionary form and says how much, not which.
    return bool(word.forms & words.narrowing) and part_of_speech(said) == "ADJF"


def _is_clear(scope: Scope, subjects: Mapping[str, Phrase]) -> bool:
    known = frozenset(form for phrase in subjects.values() for word in phrase for form in word)
    allowed = vocabulary().plain | vocabulary().procedures.may | known
    words_known = all(
        one.forms & allowed and not is_future(one.text.casefold()) and not _narrows(one)
        for one in scope.words
    )
    return words_known and not scope.has(Kind.OTHER, Kind.FIGURE, Kind.SPAN)


def _forget(memory: Memory, title: Memory) -> None:
    """What stands after words that were not understood is about what the title names at most."""
    memory.kind, memory.subject = title.kind, title.subject
    memory.grade, memory.year = title.grade, title.year


def _claims(
    sentence: Sentence, scope: Scope, subjects: Mapping[str, Phrase], memory: Memory
) -> Iterator[Claim]:
    _remember(sentence, scope, subjects, memory)
    measure = _measure(scope)
    if not measure or scope.figure.unit not in _UNITS[measure]:
        return
    if memory.kind is None or not memory.subject or memory.year is None:
        return
    if memory.grade is None and memory.kind is AssessmentKind.VPR:
        return  # written in several grades: a figure of all together is in no table
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
    _name(memory, [one.forms for one in scope.words], scope.others, subjects)
    year = next(iter(scope.years)) if len(scope.years) == 1 else sentence.year
    memory.year = memory.year if year is None else year


def remembered(title: str, subjects: Mapping[str, Phrase]) -> Memory:
    """Return what the titles over a text name: «Результаты ОГЭ по математике, 2025 год»."""
    memory = Memory()
    found = tokens(plain_text(title))
    _name(memory, [one.forms for one in found if one.kind is Kind.WORD], found, subjects)
    memory.year = _only({year for one in found if one.kind is Kind.YEAR for year in one.years})
    return memory


def _name(
    memory: Memory,
    said: Sequence[Forms],
    others: Sequence[Token],
    subjects: Mapping[str, Phrase],
) -> None:
    """Let the memory hold the assessment, the subject and the grade that are named."""
    kinds = vocabulary().procedures.kinds
    kind = _only([one for one, listed in kinds.items() if any(holds(p, said) for p in listed)])
    if kind is not None:
        memory.kind, memory.subject, memory.grade = kind, "", None
    memory.subject = _only(_longest(subjects, said)) or memory.subject
    named = {number for one in others if one.kind is Kind.GRADE for number in one.years}
    if named:
        memory.grade = _only(named) or 0


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
