"""Recovers whole numbers of pupils from the percentages of a file: pure arithmetic, no guessing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from app.models.enums import CountsOrigin
from app.services.decimals import short

MARKS = (2, 3, 4, 5)
"""Marks in the order in which shares and counts are given."""
SUM_TOLERANCE = 0.5
"""Marks must total 100 ± 0,5 per cent (domain.md §4, «Derived»)."""
_SLACK = 1e-9
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Share:
    """One figure of a mark as the file writes it, with the number of decimals seen."""

    value: float
    decimals: int


class Scale(Enum):
    """What the figures of a row are."""

    PERCENT = 100
    FRACTION = 1
    """A fraction of one, as Excel keeps what it shows as per cent."""
    COUNT = 0


@dataclass(frozen=True, slots=True)
class Recovery:
    """Numbers of pupils with the marks 2, 3, 4, 5, or the Russian reason why there are none.

    ``ranges`` are the smallest and the largest number of each mark that agree with the file;
    ``percents`` are None where the file gives numbers of pupils or leaves the cell empty.
    """

    counts: tuple[int, ...] | None
    origin: CountsOrigin
    percents: tuple[float | None, ...]
    ranges: tuple[tuple[int, int], ...] = ()
    reason: str = ""

    @property
    def ambiguous(self) -> tuple[int, ...]:
        """The marks whose number is not the only one that agrees with the file."""
        return tuple(m for m, (low, high) in zip(MARKS, self.ranges, strict=False) if low < high)


def sum_tolerance(decimals: int, filled: int) -> float:
    """Return how far a sum of ``filled`` rounded per cents may be from 100 per cent."""
    return max(SUM_TOLERANCE, filled * 0.5 * 10.0**-decimals)


def scale_of(participants: int, shares: Sequence[Share | None]) -> Scale | None:
    """Return what the four figures are by their sum, or None when the sum fits nothing.

    Whole numbers, «8,0» too, whose sum is exactly the participants are numbers of pupils; a sum of
    about 100 means per cents, of about 1 fractions of one.
    """
    values: list[float] = []
    decimals = filled = 0
    for share in shares:
        if share is not None:
            values.append(share.value)
            filled += share.value != 0
            decimals = max(decimals, share.decimals)
    total = math.fsum(values)
    if total == participants != 100 and not any(value % 1 for value in values):
        return Scale.COUNT
    if abs(total - 100) <= sum_tolerance(decimals, filled) + _SLACK:
        return Scale.PERCENT
    if decimals and abs(total - 1) <= sum_tolerance(decimals - 2, filled) / 100 + _SLACK:
        return Scale.FRACTION
    return None


def recover(
    participants: int, shares: Sequence[Share | None], column_decimals: int = 0
) -> Recovery:
    """Return the numbers of pupils behind the figures for the marks 2, 3, 4, 5.

    ``column_decimals`` is how many decimals the per cents of the whole table show: a cell that
    reads 20 in a column with 33,33 means 20,00.  An empty figure is taken as nobody only where
    the others alone make the whole.
    """
    if participants <= 0:
        return _none(shares, f"участников {participants}, считать нечего")
    given = [share.value for share in shares if share is not None]
    if not given:
        return _none(shares, "по отметкам ничего не указано")
    if min(given) < 0:
        return _none(shares, "среди чисел по отметкам есть отрицательное")
    scale = scale_of(participants, shares)
    if scale is None:
        return _none(shares, _sum_reason(participants, shares))
    if scale is Scale.COUNT:
        return _given(shares)
    if scale is Scale.FRACTION:
        shares = [_as_percent(share) for share in shares]
        column_decimals = max(column_decimals - 2, 0)
    return _from_percents(participants, shares, column_decimals)


def _none(shares: Sequence[Share | None], reason: str) -> Recovery:
    percents = tuple(share.value if share else None for share in shares)
    return Recovery(None, CountsOrigin.GIVEN, percents, reason=reason)


def _sum_reason(participants: int, shares: Sequence[Share | None]) -> str:
    total = math.fsum(share.value for share in shares if share)
    return (
        f"сумма по отметкам {number_text(total)}: это не 100 % "
        f"и не число участников ({participants})"
    )


def number_text(value: float) -> str:
    """Return a number as Russian text: at most two decimals, decimal comma."""
    return short(value)


def _given(shares: Sequence[Share | None]) -> Recovery:
    counts = tuple(int(share.value) if share else 0 for share in shares)
    return Recovery(
        counts, CountsOrigin.GIVEN, (None,) * len(counts), tuple((n, n) for n in counts)
    )


def _as_percent(share: Share | None) -> Share | None:
    if share is None:
        return None
    return Share(round(share.value * 100, 6), max(share.decimals - 2, 0))


def _from_percents(
    participants: int, shares: Sequence[Share | None], column_decimals: int
) -> Recovery:
    """Return the counts by the narrowest rounding that fits.

    First honest rounding with the decimals of the column, then with those of the row, then off by
    one unit of the last decimal and, with decimals, by two: people cut digits or adjust one share
    to make 100 (S0: 52,5 % for 33 of 63).
    """
    percents = tuple(share.value if share else None for share in shares)
    values = [percent or 0.0 for percent in percents]
    row_decimals = max([share.decimals for share in shares if share])
    exact = exact_counts(participants, values, 0.5 * 10.0 ** -max(column_decimals, row_decimals))
    if exact is not None:
        only = tuple([(count, count) for count in exact])
        return Recovery(exact, CountsOrigin.RECOVERED, percents, only)
    scales = sorted({max(column_decimals, row_decimals), row_decimals}, reverse=True)
    for units in (0.5, 1.0, 2.0):
        for decimals in scales:
            if units > 1 and decimals == 0:
                continue
            ranges = _ranges(participants, values, units * 10.0**-decimals)
            if ranges:
                return _nearest(participants, values, percents, ranges, units)
    return _none(shares, _fit_reason(participants, values))


def exact_counts(
    participants: int, values: Sequence[float], tolerance: float
) -> tuple[int, ...] | None:
    """Return the only counts behind per cents, None where that is not seen at once."""
    counts = []
    for value in values:
        count = exact_count(participants, value, tolerance)
        if count is None:
            return None
        counts.append(count)
    return tuple(counts) if sum(counts) == participants else None


def exact_count(participants: int, value: float, tolerance: float) -> int | None:
    """Return the only count that fits a per cent, None where there may be two or is none.

    Where a share reaches less than half a pupil to both sides, no two counts fit it: so it is for
    nearly every school, and nothing has to be searched.
    """
    reach = tolerance * participants / 100 + _SLACK
    pupils = value * participants / 100
    count = round(pupils)
    return count if reach < _HALF and abs(count - pupils) <= reach else None


def _ranges(
    participants: int, values: Sequence[float], tolerance: float
) -> tuple[tuple[int, int], ...] | None:
    """Return for each mark the counts that some whole solution has, or None without a solution."""
    bounds = []
    low_sum = high_sum = 0
    for value in values:
        low, high = _bounds(participants, value, tolerance)
        if low > high:
            return None
        bounds.append((low, high))
        low_sum, high_sum = low_sum + low, high_sum + high
    if not low_sum <= participants <= high_sum:
        return None
    if low_sum == high_sum:
        return tuple(bounds)
    return tuple(
        (max(low, participants - (high_sum - high)), min(high, participants - (low_sum - low)))
        for low, high in bounds
    )


def _bounds(participants: int, percent: float, tolerance: float) -> tuple[int, int]:
    low = math.ceil((percent - tolerance) * participants / 100 - _SLACK)
    high = math.floor((percent + tolerance) * participants / 100 + _SLACK)
    return max(low, 0), high


def _nearest(
    participants: int,
    values: Sequence[float],
    percents: tuple[float | None, ...],
    ranges: tuple[tuple[int, int], ...],
    units: float,
) -> Recovery:
    """Return the solution with the least squared distance; the cost is convex: steps of one do."""
    counts = [low for low, _ in ranges]
    missing = participants - sum(counts)
    exact = [value * participants / 100 for value in values] if missing else []
    for _ in range(missing):
        free = [i for i, (_, high) in enumerate(ranges) if counts[i] < high]
        best = min(free, key=lambda i: (counts[i] - exact[i], i))
        counts[best] += 1
    exact_fit = units <= 1 and all(low == high for low, high in ranges)
    origin = CountsOrigin.RECOVERED if exact_fit else CountsOrigin.APPROXIMATE
    return Recovery(tuple(counts), origin, percents, ranges)


def _fit_reason(participants: int, values: Sequence[float]) -> str:
    listed = "; ".join(
        f"«{mark}» – {number_text(value)} %" for mark, value in zip(MARKS, values, strict=True)
    )
    return f"при {participants} участниках таких процентов не бывает ({listed})"
