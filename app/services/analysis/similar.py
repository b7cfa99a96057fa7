"""Which schools a school may be compared with: by programme, size and conditions.

Source: «расчёт программы»; no act names the groups, so the rule is data that an office edits.  A
group that is too small is never hidden: it is taken wider, criterion by criterion, and the sentence
says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Criterion(StrEnum):
    """What makes two schools alike."""

    PROGRAMME = "programme"
    SIZE = "size"
    ISB = "isb"


_NAMES = {
    Criterion.PROGRAMME: "вид программы",
    Criterion.SIZE: "численность",
    Criterion.ISB: "квартиль ИСБ",
}


@dataclass(frozen=True, slots=True)
class Programme:
    """A kind of programme and the beginnings of words that name it, folded."""

    title: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarRule:
    """How groups are made; see ``resources/analysis/similar.json``."""

    smallest: int
    """A group with fewer schools, our own counted, is too small to compare with."""
    borders: tuple[int, ...]
    """Last number of pupils of each size but the largest, ascending."""
    steps: tuple[tuple[Criterion, ...], ...]
    """From the closest group to the widest."""
    quartile_from: int
    """With fewer known ИСБ there are no quartiles of the district."""
    programmes: tuple[Programme, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Trait:
    """What is known of one school; None is «нет данных» and is like nothing."""

    school_id: int
    programme: str | None
    pupils: int | None
    quartile: int | None


@dataclass(frozen=True, slots=True)
class SimilarGroup:
    """The schools that one is compared with, itself among them."""

    school_id: int
    members: tuple[int, ...]
    criteria: tuple[Criterion, ...]
    enough: bool
    """False: even the widest group is too small, and nothing should be concluded from it."""
    text: str
    """One Russian sentence: by what, how many, and what had to be left out."""
    source: str


def programme_of(kind: str | None, name: str, rule: SimilarRule) -> str | None:
    """Return the programme of a school by its kind, else by its name; None when neither says."""
    for text in (kind or "", name):
        folded = text.casefold().replace("ё", "е")
        for programme in rule.programmes:
            if any(word.replace("ё", "е") in folded for word in programme.words):
                return programme.title
    return None


def size_of(pupils: int, borders: tuple[int, ...]) -> int:
    """Return the place of a number of pupils among the sizes, from 0."""
    return sum(pupils > border for border in borders)


def size_text(size: int, borders: tuple[int, ...]) -> str:
    """Return a size as people read it: «до 50», «51–100», «больше 600»."""
    if size == 0:
        return f"до {borders[0]} обучающихся"
    if size == len(borders):
        return f"больше {borders[-1]} обучающихся"
    return f"{borders[size - 1] + 1}–{borders[size]} обучающихся"


def quartiles(values: Mapping[int, Fraction], least: int) -> dict[int, int]:
    """Return the quartile (1 is the lowest) of each school; nothing with fewer than ``least``.

    Equal values share the lower quartile, so the order of schools does not matter.
    """
    if len(values) < least:
        return {}
    count = len(values)
    below = {v: sum(other < v for other in values.values()) for v in set(values.values())}
    return {school: 1 + 4 * below[value] // count for school, value in values.items()}


def group_of(school_id: int, traits: Iterable[Trait], rule: SimilarRule) -> SimilarGroup:
    """Return the closest group of the rule that is large enough, else the widest there is."""
    known = {trait.school_id: trait for trait in traits}
    own = known[school_id]
    widest: tuple[tuple[int, ...], tuple[Criterion, ...]] = ((school_id,), ())
    for step in rule.steps:
        if any(_value(own, criterion, rule) is None for criterion in step):
            continue
        members = tuple(sorted(id for id, trait in known.items() if _alike(own, trait, step, rule)))
        if len(members) >= rule.smallest:
            return _group(own, members, step, rule, enough=True)
        if len(members) >= len(widest[0]):
            widest = (members, step)
    return _group(own, *widest, rule, enough=False)


def _value(trait: Trait, criterion: Criterion, rule: SimilarRule) -> object | None:
    match criterion:
        case Criterion.PROGRAMME:
            return trait.programme
        case Criterion.SIZE:
            return None if trait.pupils is None else size_of(trait.pupils, rule.borders)
        case Criterion.ISB:
            return trait.quartile


def _alike(own: Trait, other: Trait, step: Iterable[Criterion], rule: SimilarRule) -> bool:
    return all(_value(own, c, rule) == _value(other, c, rule) for c in step)


def _group(
    own: Trait,
    members: tuple[int, ...],
    step: tuple[Criterion, ...],
    rule: SimilarRule,
    *,
    enough: bool,
) -> SimilarGroup:
    first = rule.steps[0]
    dropped = [c for c in first if c not in step]
    unknown = [c for c in dropped if _value(own, c, rule) is None]
    few = [c for c in dropped if c not in unknown]
    parts = [_described(own, criterion, rule) for criterion in step]
    text = f"Похожие школы: {', '.join(parts)}" if parts else "Похожих школ не найти"
    text += f"; в группе {len(members)}, считая саму школу." if parts else "."
    if unknown:
        text += f" Не учтено, нет данных: {_listed(unknown)}."
    if few and enough:
        text += f" Не учтено, чтобы группа не была слишком мала: {_listed(few)}."
    if not enough:
        text += f" Группа мала (нужно не меньше {rule.smallest} школ): сравнивать не с кем."
    return SimilarGroup(own.school_id, members, step, enough, text, rule.source)


def _described(own: Trait, criterion: Criterion, rule: SimilarRule) -> str:
    match criterion:
        case Criterion.PROGRAMME:
            return f"программа {own.programme}"
        case Criterion.SIZE:
            return size_text(size_of(own.pupils or 0, rule.borders), rule.borders)
        case Criterion.ISB:
            return f"{own.quartile}-й квартиль ИСБ"


def _listed(criteria: Iterable[Criterion]) -> str:
    return ", ".join(_NAMES[criterion] for criterion in criteria)
