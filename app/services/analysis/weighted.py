"""Measures of results and their totals, weighted by participants and in exact numbers.

Source: domain.md §4, «district % = Σ(%·N)/ΣN, never a mean of school %»; успеваемость is 100 minus
the share of «2», качество the share of «4» and «5».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from app.models.enums import AssessmentKind
from app.services.results.types import ResultRow

_BASIC = "базов"
"""Stands in the title of the only exam of the ЕГЭ that gives marks."""


class Measure(StrEnum):
    """What is asked of results."""

    BELOW = "below"
    SUCCESS = "success"
    QUALITY = "quality"
    MEAN = "mean"
    BELOW_COUNT = "below_count"
    PARTICIPANTS = "participants"


TITLES = {
    Measure.BELOW: "Доля «2» и ниже минимума, %",
    Measure.SUCCESS: "Успеваемость, %",
    Measure.QUALITY: "Качество, %",
    Measure.MEAN: "Средний балл",
    Measure.BELOW_COUNT: "«2» и ниже минимума, чел.",
    Measure.PARTICIPANTS: "Участников, чел.",
}
SHARES = (Measure.BELOW, Measure.SUCCESS, Measure.QUALITY)


class Scale(StrEnum):
    """What a mean is measured in; the two are never joined into one mean."""

    MARK = "отметка"
    TEST = "тестовый балл"


@dataclass(frozen=True, slots=True)
class Weighted:
    """A measure over results; ``value`` None is «нет данных», never zero."""

    value: Fraction | None
    participants: int
    """Of the results that give the measure."""
    results: int
    """How many results give it."""
    missing: int
    """How many do not, and are left out of the value."""
    mixed: bool = False
    """Marks and test scores together: there is no common mean."""


NOTHING = Weighted(None, 0, 0, 0)


def scale_of(row: ResultRow) -> Scale:
    """Return what the mean of a result is measured in."""
    return _scale(row.kind, row.subject)


@lru_cache(maxsize=1024)
def _scale(kind: AssessmentKind, subject: str) -> Scale:
    test = kind is AssessmentKind.EGE and _BASIC not in subject.casefold()
    return Scale.TEST if test else Scale.MARK


def sum_of(row: ResultRow, measure: Measure) -> Fraction | int | None:
    """Return the measure times the participants (of a count: the count), None when not given.

    Counts come before shares, because shares are rounded.
    """
    match measure:
        case Measure.PARTICIPANTS:
            return row.participants
        case Measure.BELOW_COUNT:
            return _below(row)
        case Measure.BELOW:
            return _share(row.participants, _below(row), row.p2)
        case Measure.SUCCESS:
            below = _share(row.participants, _below(row), row.p2)
            return None if below is None else 100 * row.participants - below
        case Measure.QUALITY:
            counted = None if row.n4 is None or row.n5 is None else row.n4 + row.n5
            given = None if row.p4 is None or row.p5 is None else _exact(row.p4) + _exact(row.p5)
            return _share(row.participants, counted, given)
        case Measure.MEAN:
            return _mean_sum(row)


class Tally:
    """Sums of one measure, exact and in any order; several may be joined into one.

    Whole numbers are added as such and fractions by denominator: a hundred thousand results are
    a matter of a second.
    """

    __slots__ = ("measure", "missing", "participants", "parts", "results", "scales", "whole")

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.whole = 0
        self.parts: dict[int, int] = {}
        """Numerators by denominator."""
        self.participants = 0
        self.results = 0
        self.missing = 0
        self.scales: set[Scale] = set()

    def add(self, row: ResultRow) -> None:
        """Add a result; one that does not give the measure is only counted."""
        amount = sum_of(row, self.measure) if row.participants else None
        if amount is None:
            self.missing += 1
            return
        if isinstance(amount, int):
            self.whole += amount
        else:
            known = self.parts.get(amount.denominator, 0)
            self.parts[amount.denominator] = known + amount.numerator
        self.participants += row.participants
        self.results += 1
        if self.measure is Measure.MEAN:
            self.scales.add(scale_of(row))

    def join(self, other: Tally) -> None:
        """Add the results of another tally of the same measure."""
        self.whole += other.whole
        for denominator, numerator in other.parts.items():
            self.parts[denominator] = self.parts.get(denominator, 0) + numerator
        self.participants += other.participants
        self.results += other.results
        self.missing += other.missing
        self.scales |= other.scales

    def total(self) -> Weighted:
        """Return the measure over all results added so far."""
        if not self.results:
            return Weighted(None, 0, 0, self.missing)
        if len(self.scales) > 1:
            return Weighted(None, self.participants, self.results, self.missing, mixed=True)
        value = sum((Fraction(n, d) for d, n in self.parts.items()), Fraction(self.whole))
        if self.measure not in (Measure.PARTICIPANTS, Measure.BELOW_COUNT):
            value /= self.participants
        return Weighted(value, self.participants, self.results, self.missing)


def weighted(rows: Iterable[ResultRow], measure: Measure) -> Weighted:
    """Return the measure over all rows; the order of the rows does not matter.

    Shares and means are Σ(value · N)/ΣN over the rows that give them; counts are plain sums.
    """
    tally = Tally(measure)
    for row in rows:
        tally.add(row)
    return tally.total()


def _below(row: ResultRow) -> int | None:
    return row.n2 if row.below is None else row.below


@lru_cache(maxsize=100_000)
def _exact(value: float) -> Fraction:
    """Return the number that the text of a float says: 0,1 is a tenth."""
    return Fraction(str(value))


def _share(
    participants: int, count: int | None, given: float | Fraction | None
) -> Fraction | int | None:
    if count is not None:
        return 100 * count
    if given is None:
        return None
    return (given if isinstance(given, Fraction) else _exact(given)) * participants


def _mean_sum(row: ResultRow) -> Fraction | int | None:
    """Return the sum of marks or scores: by marks where all four counts are known."""
    two, three, four, five = row.n2, row.n3, row.n4, row.n5
    if two is not None and three is not None and four is not None and five is not None:
        whole = two + three + four + five == row.participants
        if whole and scale_of(row) is Scale.MARK:
            return 2 * two + 3 * three + 4 * four + 5 * five
    return None if row.mean is None else _exact(row.mean) * row.participants
