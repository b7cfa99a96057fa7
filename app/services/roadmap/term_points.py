"""The days, months and parts of years that deadlines name: their first and last dates."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from app.services.months import PREPOSITIONAL

_SCHOOL_START = 9
"""A school year begins on 1 September (приказ Минпросвещения 22.03.2021 № 115); its end is not
fixed by an act, so it lasts until the next begins."""
_ANY_LEAP_YEAR = 2000
_HALVES = 2


class TermState(Enum):
    """What the program understood of a deadline."""

    EMPTY = "empty"
    DATED = "dated"
    """It has an end or a start."""
    OPEN = "open"
    """Understood, but it names no day or month: «по плану ИРО», «по итогам 2023 года»."""
    NO_YEAR = "no_year"
    """Days or months without a year in a programme of several years."""
    UNKNOWN = "unknown"
    IMPOSSIBLE = "impossible"
    """A date that does not exist, or an end before the start."""


class Wrong(Exception):  # noqa: N818 - carries why a deadline is marked
    """A deadline is not taken: ``problem`` is a Russian sentence, ``state`` what it makes of it."""

    def __init__(self, problem: str, state: TermState = TermState.IMPOSSIBLE) -> None:
        super().__init__(problem)
        self.problem = problem
        self.state = state


_OF_A_MONTH = frozenset({"day", "days", "decade", "month"})
"""Points whose last number is a month."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day, a month, a part of a year or a year; ``year`` is None until it is known."""

    kind: str
    numbers: tuple[int, ...]
    year: int | None = None
    school: tuple[int, int] | None = None

    def bounds(self) -> tuple[date, date]:
        """Return the first and the last day; the year is known by now."""
        if self.school is not None and self.kind == "school":
            return date(self.school[0], _SCHOOL_START, 1), date(self.school[1], 8, 31)
        if self.school is not None and self.kind == "school half":
            first, second = self.school
            start = date(first, _SCHOOL_START, 1) if 1 in self.numbers else date(second, 1, 1)
            return start, date(second, 8, 31) if 2 in self.numbers else date(first, 12, 31)
        year, numbers = self.year or 0, self.numbers
        if self.kind == "year":
            return date(year, 1, 1), date(year, 12, 31)
        if self.kind == "day":
            return _day(year, numbers[1], numbers[0]), _day(year, numbers[1], numbers[0])
        if self.kind == "decade":
            first_day = numbers[0] * 10 - 9
            last_day = _day(year, numbers[1], first_day + 9) if numbers[0] < 3 else None
            return _day(year, numbers[1], first_day), last_day or _last_day(year, numbers[1])
        if self.kind == "days":
            return _day(year, numbers[2], numbers[0]), _day(year, numbers[2], numbers[1])
        size = {"month": 1, "quarter": 3, "half": 6}[self.kind]
        first, last = (min(numbers) - 1) * size + 1, max(numbers) * size
        return date(year, first, 1), _last_day(year, last)

    def in_school_year(self, school: tuple[int, int]) -> Point:
        """Return the point inside a school year: autumn belongs to its first calendar year.

        Its first half lasts until the New Year, the second as long as the school year does.
        """
        if self.kind == "half" and set(self.numbers) <= {1, 2}:
            return replace(self, kind="school half", school=school)
        month = self.numbers[-1] if self.kind in _OF_A_MONTH else 0
        if not month:
            raise Wrong("В одном сроке и учебный год, и часть календарного.", TermState.UNKNOWN)
        year = school[0 if month >= _SCHOOL_START else 1]
        return replace(self, year=year, school=school)


def check_day(point: Point) -> None:
    """Refuse what no year has: «30 февраля», «15.13», «15.2025», «3 полугодие»."""
    if point.kind == "month":
        _day(0, point.numbers[0], 1)
    if point.kind == "half" and max(point.numbers) > _HALVES:
        raise Wrong(f"Полугодия с номером {max(point.numbers)} не бывает.")
    if point.kind in ("day", "days"):
        month = point.numbers[-1]
        for day in point.numbers[:-1]:
            if day <= 12 < month and month > 19:
                problem = f"Не ясно, день и месяц это или месяц и год («{day:02d}.{month}»)."
                raise Wrong(problem, TermState.UNKNOWN)
            _day(0, month, day)


def _day(year: int, month: int, day: int) -> date:
    """Return a date; in the year 0, which no deadline names, only check that some year has it."""
    if not 1 <= month <= 12:
        raise Wrong(f"Месяца с номером {month} нет: такой даты не бывает.")
    days = calendar.monthrange(year or _ANY_LEAP_YEAR, month)[1]
    if not 1 <= day <= days:
        where = PREPOSITIONAL[month - 1] + (f" {year} года" if month == 2 and year else "")
        raise Wrong(f"Такой даты не бывает: в {where} {days} дней, а указан день {day}.")
    return date(year or _ANY_LEAP_YEAR, month, day)


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
