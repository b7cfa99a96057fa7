"""Frozen types of the home page and of the calendar of deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class PileKey(Enum):
    """What the home page counts."""

    OVERDUE = "overdue"
    SOON = "soon"
    REMINDERS = "reminders"
    AWAITED = "awaited"
    DECISIONS = "decisions"
    QUARANTINE = "quarantine"
    MISSING = "missing"
    BIAS = "bias"
    BACKUP = "backup"


class Urgency(Enum):
    """How loudly a number asks for attention."""

    CALM = "calm"
    """Nothing to do."""
    NOTICE = "notice"
    WARNING = "warning"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a line is worked on: the key of a page, a school if it is about one, a row's id.

    ``owner_id`` is what the row belongs to there: the roadmap of an activity.
    """

    page: str
    school_id: int | None = None
    row_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One row behind a number."""

    what: str
    day: date | None
    who: str
    where: str
    """Roadmap, file or list that it stands in."""
    note: str
    target: Target


@dataclass(frozen=True, slots=True)
class Pile:
    """A number of the home page with the rows behind it."""

    key: PileKey
    count: int | None
    """None where it cannot be counted; ``sentence`` says why."""
    sentence: str
    urgency: Urgency
    lines: tuple[TodayLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Today:
    """The home page of a day; ``schools`` 0 means a new database."""

    day: date
    year: int | None
    schools: int
    piles: tuple[Pile, ...]

    def pile(self, key: PileKey) -> Pile:
        """Return the pile of that key; KeyError for none is a bug of the caller."""
        return next(pile for pile in self.piles if pile.key is key)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A dated duty that is not done yet."""

    uid: str
    """Stable over exports: a calendar that takes the file again changes its entries in place."""
    title: str
    start: date | None
    """First day where the term is a period."""
    day: date
    """Last day."""
    who: str
    where: str
    target: Target
    reminder: bool = False
    """A person asked to be reminded on that day: it is no deadline, and never late."""
