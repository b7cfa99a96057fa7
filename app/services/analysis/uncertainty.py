"""How sure a share of few pupils is: Wilson's interval, Newcombe's for a change, a trend of years.

Sources: Wilson 1927 and Newcombe 1998 (method 10, without correction for continuity); both stay
inside 0–100 % and hold for cohorts of a small school, where the usual ± does not.  ФИОКО-2026 asks
for at least 10 participants before a group is judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from math import sqrt

Z_95 = 1.959964
"""Quantile of the normal distribution for 95 %."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Borders in per cent, or in percentage points for a change."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Return whether the value lies inside or on a border."""
        return self.low <= value <= self.high


class Direction(Enum):
    """What the change says; STEADY means that chance alone explains it."""

    UP = "up"
    DOWN = "down"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``whole`` pupils in one year; ``part`` may be a fraction where only a per cent
    is known."""

    year: int
    part: float
    whole: int

    @property
    def percent(self) -> float:
        """The share in per cent."""
        return 100.0 * self.part / self.whole


@dataclass(frozen=True, slots=True)
class Trend:
    """The change of a share from the first to the last of the years, in percentage points."""

    first: Share
    last: Share
    years: tuple[int, ...]
    change: float
    interval: Interval
    direction: Direction
    smallest: int
    """Fewest participants in one of the years."""


def wilson(part: float, whole: int, z: float = Z_95) -> Interval:
    """Return Wilson's interval of a share, per cent; ValueError without participants."""
    if whole < 1 or not 0 <= part <= whole:
        raise ValueError("a share needs participants, and no more of them than there are")
    share = part / whole
    middle = share + z * z / (2 * whole)
    spread = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    base = 1 + z * z / whole
    return Interval(
        100 * max((middle - spread) / base, 0.0), 100 * min((middle + spread) / base, 1.0)
    )


def newcombe(first: Share, last: Share, z: float = Z_95) -> Interval:
    """Return Newcombe's interval of the change from ``first`` to ``last``, percentage points."""
    one, two = wilson(last.part, last.whole, z), wilson(first.part, first.whole, z)
    change = last.percent - first.percent
    down = sqrt((last.percent - one.low) ** 2 + (two.high - first.percent) ** 2)
    up = sqrt((one.high - last.percent) ** 2 + (first.percent - two.low) ** 2)
    return Interval(change - down, change + up)


def trend(shares: Iterable[Share], years: int = 3) -> Trend | None:
    """Return the change over the last ``years`` years that are known; None with fewer than two.

    The years need not follow each other: a procedure that was not held is no year.
    """
    known = sorted((s for s in shares if s.whole > 0), key=lambda share: share.year)[-years:]
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    interval = newcombe(first, last)
    direction = Direction.STEADY
    if interval.low > 0:
        direction = Direction.UP
    elif interval.high < 0:
        direction = Direction.DOWN
    return Trend(
        first,
        last,
        tuple(share.year for share in known),
        last.percent - first.percent,
        interval,
        direction,
        min(share.whole for share in known),
    )
