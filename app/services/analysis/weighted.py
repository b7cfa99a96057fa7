"""Measures of results and their totals, weighted by participants and in exact numbers.

Source: domain.md §4, «district % = Σ(%·N)/ΣN, never a mean of school %»; успеваемость is 100 minus
the share of «2», качество the share of «4» and «5».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

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
    test = row.kind is AssessmentKind.EGE and _BASIC not in row.subject.casefold()
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


def weighted(rows: Iterable[ResultRow], measure: Measure) -> Weighted:
    """Return the measure over all rows; the order of the rows does not matter.

    Shares and means are Σ(value · N)/ΣN over the rows that give them; counts are plain sums.
    """
    whole, part, participants, results, missing = 0, Fraction(), 0, 0, 0
    scales = set()
    for row in rows:
        amount = sum_of(row, measure) if row.participants else None
        if amount is None:
            missing += 1
            continue
        if isinstance(amount, int):
            whole += amount
        else:
            part += amount
        participants += row.participants
        results += 1
        scales.add(scale_of(row))
    if not results:
        return Weighted(None, 0, 0, missing)
    if measure is Measure.MEAN and len(scales) > 1:
        return Weighted(None, participants, results, missing, mixed=True)
    total = whole + part
    of_count = measure in (Measure.PARTICIPANTS, Measure.BELOW_COUNT)
    value = Fraction(total) if of_count else Fraction(total) / participants
    return Weighted(value, participants, results, missing)


def _below(row: ResultRow) -> int | None:
    return row.n2 if row.below is None else row.below


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
    marks = (row.n2, row.n3, row.n4, row.n5)
    counts = [count for count in marks if count is not None]
    if scale_of(row) is Scale.MARK and len(counts) == 4 and sum(counts) == row.participants:
        return sum(mark * count for mark, count in zip((2, 3, 4, 5), counts, strict=True))
    return None if row.mean is None else _exact(row.mean) * row.participants
