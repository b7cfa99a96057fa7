"""Deadlines as people write them: start, end and recurrence, or the plain fact that there are none.

A deadline is never guessed: what is not understood, or has no year where the programme has several,
keeps its text and is marked.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import takewhile

from app.services.roadmap.term_words import Token, folded, tokens

_MONTH_NAMES = (
    "январе", "феврале", "марте", "апреле", "мае", "июне",
    "июле", "августе", "сентябре", "октябре", "ноябре", "декабре",
)  # fmt: skip
_SCHOOL_START = 9
"""A school year begins on 1 September (приказ Минпросвещения 22.03.2021 № 115); its end is not
fixed by an act, so it lasts until the next begins."""
_ANY_LEAP_YEAR = 2000
_HALVES = 2
_SEVERAL_YEARS = "В сроке часть года и сразу несколько лет: укажите даты."
_REMARK = re.compile(r"\s?\(([^()\d]+)(?:\)|$)")
_YEARLY = "ежегодно"
_BY_PLAN = "по плану"
_BY_EVENT = "по событию"


_PERIODIC = frozenset({"repeat", "monthly", "whole"})
_UNDATED = _PERIODIC | {"plan", "event"}
"""Words that name no date by themselves."""


class TermState(Enum):
    """What the program understood of a deadline."""

    EMPTY = "empty"
    DATED = "dated"
    """It has an end or a start."""
    OPEN = "open"
    """Understood, but it names no dates: «по плану ИРО», «после проведения ВПР»."""
    NO_YEAR = "no_year"
    """Days or months without a year in a programme of several years."""
    UNKNOWN = "unknown"
    IMPOSSIBLE = "impossible"
    """A date that does not exist, or an end before the start."""


@dataclass(frozen=True, slots=True)
class Years:
    """The years of the programme, both included: the context of a deadline without a year."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline: its text, its dates (both included), how it repeats, and what is wrong with it.

    ``recurrence`` is a Russian word for people («ежегодно», «ежеквартально», «по плану»);
    ``problem`` a Russian sentence, empty when nothing is wrong.
    """

    text: str
    start: date | None = None
    end: date | None = None
    recurrence: str = ""
    state: TermState = TermState.EMPTY
    problem: str = ""

    @property
    def marked(self) -> bool:
        """Whether a person should look at it."""
        return self.state in (TermState.NO_YEAR, TermState.UNKNOWN, TermState.IMPOSSIBLE)


def parse_term(text: str, years: Years | None = None) -> Term:
    """Return what a deadline says; it never raises and never guesses."""
    plain = folded(text)
    if not plain or plain in ("-", "х", "x"):
        return Term(text)
    words = tokens(plain) or tokens(_without_remark(plain))
    if words is None or plain.startswith("-"):
        problem = f"Срок «{text.strip()}» программе не понятен: он хранится как написан."
        return Term(text, state=TermState.UNKNOWN, problem=problem)
    try:
        return _evaluate(text, words, years)
    except _Wrong as wrong:
        return Term(text, state=wrong.state, problem=wrong.problem, recurrence=_repeat(words))


def _without_remark(plain: str) -> str:
    """Return a folded deadline without the remarks in brackets that name no time."""

    def kept(match: re.Match[str]) -> str:
        timed = any(tokens(word) for word in re.split(r"[\s,;-]+", match[1]))
        return match[0] if timed else ""

    return _REMARK.sub(kept, plain)


class _Wrong(Exception):  # noqa: N818 - carries why a deadline is marked
    def __init__(self, problem: str, state: TermState = TermState.IMPOSSIBLE) -> None:
        super().__init__(problem)
        self.problem = problem
        self.state = state


_OF_A_MONTH = frozenset({"day", "days", "decade", "month"})
"""Points whose last number is a month."""


@dataclass(frozen=True, slots=True)
class _Point:
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
            if self.numbers[0] == 1:
                return date(first, _SCHOOL_START, 1), date(first, 12, 31)
            return date(second, 1, 1), date(second, 8, 31)
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

    def in_school_year(self, school: tuple[int, int]) -> _Point:
        """Return the point inside a school year: autumn belongs to its first calendar year.

        Its first half lasts until the New Year, the second as long as the school year does.
        """
        if self.kind == "half" and len(self.numbers) == 1 and self.numbers[0] in (1, 2):
            return replace(self, kind="school half", school=school)
        month = self.numbers[-1] if self.kind in _OF_A_MONTH else 0
        if not month:
            raise _Wrong("В одном сроке и учебный год, и часть календарного.", TermState.UNKNOWN)
        year = school[0 if month >= _SCHOOL_START else 1]
        return replace(self, year=year, school=school)


@dataclass(frozen=True, slots=True)
class _Span:
    """From a point to a point; ``open_start`` for «до …», ``open_end`` for «с …»."""

    first: _Point
    last: _Point
    open_start: bool = False
    open_end: bool = False


def _repeat(words: Sequence[Token]) -> str:
    names = [word.name for word in words if word.kind in ("repeat", "whole") and word.name]
    if not any(word.kind == "repeat" for word in words):
        # «До 10 числа» says every month, unless something else is said: «ежеквартально, до 10 …».
        names += [word.name for word in words if word.kind == "monthly"]
    if any(word.kind == "plan" for word in words):
        names.append(_BY_PLAN)
    if any(word.kind == "event" for word in words):
        names.append(_BY_EVENT)
    return ", ".join(dict.fromkeys(names))[:40]


def _evaluate(text: str, words: Sequence[Token], years: Years | None) -> Term:
    recurrence = _repeat(words)
    dated = [word for word in words if word.kind not in _UNDATED]
    spans = _with_years(list(_spans(dated)), years, yearly=_YEARLY in recurrence)
    if not spans:
        return _without_dates(text, words, recurrence, years)
    starts = [span.first.bounds()[0] for span in spans if not span.open_start]
    ends = [span.last.bounds()[1] for span in spans if not span.open_end]
    for span in spans:
        if not span.open_start and not span.open_end:
            _in_order(span.first.bounds()[0], span.last.bounds()[1])
    _refuse_gap(spans)
    start, end = (min(starts) if starts else None), (max(ends) if ends else None)
    if start is not None and any(
        span.open_start and span.last.bounds()[1] < start for span in spans
    ):
        start = None  # «до 1 мая, 1 июня»: nobody said when the first of them begins
    if end is None and years is not None and start is not None and years.last >= start.year:
        end = date(years.last, 12, 31)
    return Term(text, start, end, recurrence, TermState.DATED)


def _refuse_gap(spans: Sequence[_Span]) -> None:
    """«До 1 мая, с 1 июня» has two parts: neither the start nor the end of all is named."""
    until = [span.last.bounds()[1] for span in spans if span.open_start]
    since = [span.first.bounds()[0] for span in spans if span.open_end]
    if until and since and max(until) < min(since):
        raise _Wrong("В сроке два промежутка без начала и конца: укажите даты.", TermState.UNKNOWN)


def _without_dates(text: str, words: Sequence[Token], recurrence: str, years: Years | None) -> Term:
    """«Ежегодно», «постоянно», «весь период» last as long as the programme does, if that is known.

    «По плану ИРО» alone names no dates whatever the programme.
    """
    periodic = any(word.kind in _PERIODIC for word in words)
    if periodic and years is not None:
        start, end = date(years.first, 1, 1), date(years.last, 12, 31)
        return Term(text, start, end, recurrence, TermState.DATED)
    if any(word.kind in _UNDATED for word in words):
        return Term(text, recurrence=recurrence, state=TermState.OPEN)
    problem = f"Срок «{text.strip()}» программе не понятен: он хранится как написан."
    return Term(text, state=TermState.UNKNOWN, problem=problem)


_POINTS = frozenset({"day", "days", "decade", "month", "quarter", "half", "year", "school", "date"})


def _spans(words: Sequence[Token]) -> Iterator[_Span]:
    """Yield the spans of a deadline: points, ranges, «до …», «с … по …»."""
    at = 0
    while at < len(words):
        word = words[at]
        if word.kind == "year_end":
            at += 1
            yield _Span(_Point("year", ()), _Point("year", ()), open_start=True)
        elif word.kind == "until":
            last, at = _point(words, at + 1)
            _check_until(word, last)
            yield _Span(last, last, open_start=True)
        elif word.kind == "from":
            first, at = _point(words, at + 1)
            if at < len(words) and words[at].kind in ("to", "until", "dash"):
                last, at = _point(words, at + 1)
                yield _Span(first, last)
            else:
                yield _Span(first, first, open_end=True)
        elif word.kind in ("comma", "to", "dash"):
            at += 1
            if word.kind == "to":
                last, at = _point(words, at)
                yield _Span(last, last, open_start=True)
        else:
            first, at = _point(words, at)
            if at < len(words) and words[at].kind == "dash":
                last, at = _point(words, at + 1)
                _check_range(first, last)
                yield _Span(first, last)
            else:
                yield _Span(first, first)


def _check_until(word: Token, last: _Point) -> None:
    """«До 2024 года» and «до мая» leave open whether that year or month still counts."""
    if word.name != "конец" and last.kind not in ("day", "days", "quarter", "half"):
        problem = "Не ясно, входит ли в срок названный год или месяц: укажите день."
        raise _Wrong(problem, TermState.UNKNOWN)


def _check_range(first: _Point, last: _Point) -> None:
    """«2022 – 4 квартал, 2023 – 1 квартал» are parts of years, not spans from a year to a part.

    «Март – 2025» is March of that year for one, and all that follows it for another.
    """
    yearless = first.kind not in ("year", "school") and first.year is None and not first.school
    if (first.kind == "year") is not (last.kind == "year") and (first.kind == "year" or yearless):
        raise _Wrong("Не ясно, от чего до чего идёт срок: укажите даты.", TermState.UNKNOWN)


def _point(words: Sequence[Token], at: int) -> tuple[_Point, int]:
    """Return the point that begins at a word, with the year that follows it, and where it ends."""
    if at >= len(words) or words[at].kind not in _POINTS:
        raise _Wrong("Срок обрывается: в нём не хватает даты.", TermState.UNKNOWN)
    word = words[at]
    at += 1
    if word.kind == "year":
        return _Point("year", (), word.numbers[0]), at
    if word.kind == "school":
        return _Point("school", (), None, _school_years(word)), at
    if word.kind == "date":
        return _Point("day", word.numbers[:2], word.numbers[2]), at
    return _year_after(_Point(word.kind, word.numbers), words, at)


def _year_after(point: _Point, words: Sequence[Token], at: int) -> tuple[_Point, int]:
    _check_day(point)
    skip = at + (at < len(words) and words[at].kind == "comma")
    if skip < len(words) and words[skip].kind == "year":
        _refuse_range(words, skip)
        return replace(point, year=words[skip].numbers[0]), skip + 1
    if skip < len(words) and words[skip].kind == "school":
        return point.in_school_year(_school_years(words[skip])), skip + 1
    return point, at


def _refuse_range(words: Sequence[Token], at: int) -> None:
    """«Сентябрь 2022-2024» and «сентябрь 2022, 2023» name a month of several years: no span."""
    kinds = [word.kind for word in words[at + 1 : at + 3]]
    if kinds in (["dash", "year"], ["comma", "year"]):
        raise _Wrong(_SEVERAL_YEARS, TermState.UNKNOWN)


def _school_years(word: Token) -> tuple[int, int]:
    first, second = word.numbers
    if second != first + 1:
        raise _Wrong(f"Учебного года {first}–{second} не бывает: годы не идут подряд.")
    return first, second


def _with_years(spans: list[_Span], years: Years | None, *, yearly: bool) -> list[_Span]:
    """Give each point a year: its own, the next one named, the last one named, the programme's."""
    spans, years = _year_before(spans, years, yearly=yearly)
    points = [point for span in spans for point in (span.first, span.last)]
    _spread_school_year(points)
    _spread_years(points)
    if all(point.year is not None or point.school is not None for point in points):
        found = _pairs(spans, points)
        if any(span.first.year is None or span.last.year is None for span in spans):
            _refuse_new_year([one for one in found if not one.first.school])
        return found
    if years is not None and (yearly or years.first == years.last):
        first, last = points[0::2], points[1::2]
        first = [_in_year(point, years.first) for point in first]
        last = [_in_year(point, years.last) for point in last]
        found = _pairs(spans, [one for pair in zip(first, last, strict=True) for one in pair])
        _refuse_new_year(found)
        return found
    if yearly:
        return []
    period = f", а программа – на {years.first}–{years.last} годы" if years else ""
    raise _Wrong(f"В сроке не указан год{period}: допишите год.", TermState.NO_YEAR)


def _year_before(
    spans: list[_Span], years: Years | None, *, yearly: bool
) -> tuple[list[_Span], Years | None]:
    """«2023 г. (I квартал)»: a year that stands before parts of a year is theirs.

    Several years before a part («2022-2024, сентябрь») mean it in each of them, where «ежегодно»
    says so; else nobody has said it.
    """
    whole = list(takewhile(_is_years, spans))
    parts = spans[len(whole) :]
    if not whole or not parts or any(map(_has_year, parts)):
        return spans, years
    first, last = whole[0].first.year or 0, whole[-1].last.year or 0
    if first == last:
        return [_of_year(span, first) for span in parts], years
    if yearly:
        return parts, Years(first, last)
    raise _Wrong(_SEVERAL_YEARS, TermState.UNKNOWN)


def _is_years(span: _Span) -> bool:
    """Return whether a span is one whole year or several, from the first to the last."""
    return (span.first.kind, span.last.kind) == ("year", "year") and not (
        span.open_start or span.open_end
    )


def _has_year(span: _Span) -> bool:
    return any(one.year is not None or one.school is not None for one in (span.first, span.last))


def _of_year(span: _Span, year: int) -> _Span:
    return replace(span, first=_in_year(span.first, year), last=_in_year(span.last, year))


def _refuse_new_year(spans: Sequence[_Span]) -> None:
    """«Сентябрь – май» and «декабрь, март» of one year go over into the next: nobody said which."""
    starts = [span.first.bounds()[0] for span in spans]
    backwards = any(span.first.bounds()[0] > span.last.bounds()[1] for span in spans)
    if backwards or starts != sorted(starts):
        raise _Wrong("Срок переходит через Новый год: допишите годы.", TermState.NO_YEAR)


def _spread_years(points: list[_Point]) -> None:
    """«Сентябрь-октябрь 2019»: a year serves the points before it, then those after it."""
    named = [point.year for point in points]
    for index, point in enumerate(points):
        if point.year is None and point.school is None:
            after = next((year for year in named[index + 1 :] if year is not None), None)
            before = next((year for year in reversed(named[:index]) if year is not None), None)
            points[index] = replace(point, year=after if after is not None else before)


def _spread_school_year(points: list[_Point]) -> None:
    """«Октябрь-март 2022-2023 учебного года»: the school year serves the months before it too."""
    school = next((point.school for point in points if point.school), None)
    if school is None:
        return
    for index, point in enumerate(points):
        if point.year is None and point.school is None:
            points[index] = point.in_school_year(school)


def _in_year(point: _Point, year: int) -> _Point:
    return point if point.year is not None or point.school else replace(point, year=year)


def _pairs(spans: Sequence[_Span], points: Sequence[_Point]) -> list[_Span]:
    return [
        replace(span, first=points[2 * index], last=points[2 * index + 1])
        for index, span in enumerate(spans)
    ]


def _check_day(point: _Point) -> None:
    """Refuse what no year has: «30 февраля», «15.13», «15.2025», «3 полугодие»."""
    if point.kind == "month":
        _day(0, point.numbers[0], 1)
    if point.kind == "half" and max(point.numbers) > _HALVES:
        raise _Wrong(f"Полугодия с номером {max(point.numbers)} не бывает.")
    if point.kind in ("day", "days"):
        month = point.numbers[-1]
        for day in point.numbers[:-1]:
            if day <= 12 < month and month > 19:
                problem = f"Не ясно, день и месяц это или месяц и год («{day:02d}.{month}»)."
                raise _Wrong(problem, TermState.UNKNOWN)
            _day(0, month, day)


def _day(year: int, month: int, day: int) -> date:
    """Return a date; in the year 0, which no deadline names, only check that some year has it."""
    if not 1 <= month <= 12:
        raise _Wrong(f"Месяца с номером {month} нет: такой даты не бывает.")
    days = calendar.monthrange(year or _ANY_LEAP_YEAR, month)[1]
    if not 1 <= day <= days:
        where = f"{_MONTH_NAMES[month - 1]}" + (f" {year} года" if month == 2 and year else "")
        raise _Wrong(f"Такой даты не бывает: в {where} {days} дней, а указан день {day}.")
    return date(year or _ANY_LEAP_YEAR, month, day)


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _in_order(start: date, end: date) -> None:
    if end < start:
        raise _Wrong(f"Конец срока ({end:%d.%m.%Y}) раньше его начала ({start:%d.%m.%Y}).")


def split_term(text: str) -> tuple[str, str]:
    """Return who answers and by when, of a cell that holds both: «РМК ежегодно».

    The longest end that is understood as a deadline is one, else the longest beginning; without
    either the deadline is empty.
    """
    gaps = list(re.finditer(r"[\s,;/]+", text))
    for start in (0, *(gap.end() for gap in gaps)):
        if _is_term(text[start:]):
            return text[:start].rstrip(" ,;/\n"), text[start:].strip()
    for gap in reversed(gaps):
        if _is_term(text[: gap.start()]):
            return text[gap.end() :].strip(), text[: gap.start()].strip()
    return text.strip(), ""


def _is_term(text: str) -> bool:
    return parse_term(text).state in (TermState.DATED, TermState.OPEN, TermState.NO_YEAR)
