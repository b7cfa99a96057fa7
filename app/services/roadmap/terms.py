"""Deadlines as people write them: start, end and recurrence, or the plain fact that there are none.

A deadline is never guessed: what is not understood, or has no year where the programme has several,
keeps its text and is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, takewhile

from app.services.roadmap.term_points import Point, TermState, Wrong, check_day
from app.services.roadmap.term_words import SCHOOL_YEAR, Token, folded, tokens

__all__ = ["Term", "TermState", "Years", "parse_term", "split_term"]

_SEVERAL_YEARS = "В сроке часть года и сразу несколько лет: укажите даты."
_UNCLEAR_SPAN = "Не ясно, от чего до чего идёт срок: укажите даты."
_REMARK = re.compile(r"\s?\(([^()\d]+)(?:\)|$)")
_YEARLY = "ежегодно"
_BY_PLAN = "по плану"
_BY_EVENT = "по событию"


_PERIODIC = frozenset({"repeat", "monthly", "whole"})
_UNDATED = _PERIODIC | {"plan", "event"}
"""Words that name no date by themselves."""


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
    except Wrong as wrong:
        return Term(text, state=wrong.state, problem=wrong.problem, recurrence=_repeat(words))


def _without_remark(plain: str) -> str:
    """Return a folded deadline without the remarks in brackets that name no time."""

    def kept(match: re.Match[str]) -> str:
        timed = any(tokens(word) for word in re.split(r"[\s,;-]+", match[1]))
        return match[0] if timed else ""

    return _REMARK.sub(kept, plain)


@dataclass(frozen=True, slots=True)
class _Span:
    """From a point to a point; ``open_start`` for «до …», ``open_end`` for «с …»."""

    first: Point
    last: Point
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
    _refuse_strays(words)
    words = _school_years_after(words)
    dated = [word for word in words if word.kind not in _UNDATED]
    spans = list(_spans(dated))
    _refuse_calendar_year(words, spans)
    _refuse_one_off(words, spans)
    _refuse_bare_month(spans)
    spans = _with_years(spans, years, yearly=_YEARLY in recurrence)
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


def _school_years_after(words: Sequence[Token]) -> list[Token]:
    """Return the words with «в течение учебного года 2024-2025» as the school year it is."""
    found = list(words)
    for at, word in enumerate(words):
        kinds = [one.kind for one in words[at + 1 : at + 4]]
        if word.name == SCHOOL_YEAR and kinds == ["year", "dash", "year"]:
            first, last = words[at + 1].numbers[0], words[at + 3].numbers[0]
            if last == first + 1:
                found[at + 1 : at + 4] = [Token("school", (first, last))]
    return found


def _refuse_strays(words: Sequence[Token]) -> None:
    """«До утверждения плана 1 июня»: the term is an event, and what its date says is not plain."""
    strays = [word.name for word in words if word.kind == "stray"]
    if strays:
        problem = f"Срок назван событием или планом, а в нём дата ({', '.join(strays)}): "
        raise Wrong(f"{problem}не ясно, когда он истекает. Впишите дату.", TermState.UNKNOWN)


def _refuse_calendar_year(words: Sequence[Token], spans: Sequence[_Span]) -> None:
    """«В течение учебного года 2025»: which of the two school years of 2025, nobody said."""
    if any(word.name == SCHOOL_YEAR for word in words) and any(
        "year" in (span.first.kind, span.last.kind) for span in spans
    ):
        raise Wrong("Не ясно, какой учебный год: напишите оба его года.", TermState.UNKNOWN)


def _refuse_one_off(words: Sequence[Token], spans: Sequence[_Span]) -> None:
    """«До 10 числа (январь, апрель)» is a day of each of them, not of every month between them.

    Inside «сентябрь – май» and whole years it is every month's.
    """
    implied = any(word.kind == "monthly" for word in words)
    if not implied or any(word.kind == "repeat" for word in words):
        return
    if any(span.first == span.last and span.first.kind in _PARTS for span in spans):
        raise Wrong("Не ясно, каждый ли месяц: укажите день с месяцем.", TermState.UNKNOWN)


def _refuse_bare_month(spans: Sequence[_Span]) -> None:
    """«До 10 января, апреля» names a day of the first month: of the next ones, perhaps."""
    for one, other in pairwise(spans):
        closed = other.first == other.last and not (other.open_start or other.open_end)
        month = closed and other.first.kind == "month"
        if one.open_start and one.last.kind == "day" and month:
            raise Wrong("Не ясно, до какого дня месяца: укажите даты.", TermState.UNKNOWN)


def _refuse_gap(spans: Sequence[_Span]) -> None:
    """«До 1 мая, с 1 июня» has two parts, of which the second has no end: so has not the whole."""
    ends = [span.last.bounds()[1] for span in spans if not span.open_end]
    since = [span.first.bounds()[0] for span in spans if span.open_end]
    if ends and since and max(ends) < max(since):
        raise Wrong("В сроке два промежутка, конец второго не назван.", TermState.UNKNOWN)


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


_PARTS = frozenset({"day", "days", "decade", "month", "quarter"})
_WHOLE_YEARS = frozenset({"year", "school"})
_POINTS = _PARTS | _WHOLE_YEARS | {"half", "date"}


def _spans(words: Sequence[Token]) -> Iterator[_Span]:
    """Yield the spans of a deadline: points, ranges, «до …», «с … по …»."""
    at = 0
    while at < len(words):
        word = words[at]
        if word.kind == "year_end":
            at += 1
            yield _Span(Point("year", ()), Point("year", ()), open_start=True)
        elif word.kind == "until":
            last, at = _point(words, at + 1)
            _check_until(word, last)
            yield _Span(last, last, open_start=True)
        elif word.kind == "from":
            first, at = _point(words, at + 1)
            if at < len(words) and words[at].kind in ("to", "until", "dash"):
                sign = words[at]
                last, at = _point(words, at + 1)
                _check_from(sign, first, last)
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


def _check_until(word: Token, last: Point) -> None:
    """«До 2024 года» and «до мая» leave open whether that year or month still counts."""
    if word.name != "конец" and last.kind not in ("day", "days", "quarter", "half"):
        problem = "Не ясно, входит ли в срок названный год или месяц: укажите день."
        raise Wrong(problem, TermState.UNKNOWN)


def _check_from(sign: Token, first: Point, last: Point) -> None:
    """«С марта по 2026 год» and «с 2024 по май» do not say of which year the month is.

    «До» leaves open whether a year that it names still counts.
    """
    if sign.kind == "until" and last.kind in _WHOLE_YEARS:
        _check_until(sign, last)
    if (first.kind in _WHOLE_YEARS and _is_yearless(last)) or (
        last.kind in _WHOLE_YEARS and _is_yearless(first)
    ):
        raise Wrong(_UNCLEAR_SPAN, TermState.UNKNOWN)


def _is_yearless(point: Point) -> bool:
    return point.kind not in _WHOLE_YEARS and point.year is None and not point.school


def _check_range(first: Point, last: Point) -> None:
    """«2022 – 4 квартал, 2023 – 1 квартал» are parts of years, not spans from a year to a part.

    «Март – 2025» is March of that year for one, and all that follows it for another.
    """
    whole = first.kind in _WHOLE_YEARS
    if whole is not (last.kind in _WHOLE_YEARS) and (whole or _is_yearless(first)):
        raise Wrong(_UNCLEAR_SPAN, TermState.UNKNOWN)


def _point(words: Sequence[Token], at: int) -> tuple[Point, int]:
    """Return the point that begins at a word, with the year that follows it, and where it ends."""
    if at >= len(words) or words[at].kind not in _POINTS:
        raise Wrong("Срок обрывается: в нём не хватает даты.", TermState.UNKNOWN)
    word = words[at]
    at += 1
    if word.kind == "year":
        return Point("year", (), word.numbers[0]), at
    if word.kind == "school":
        return Point("school", (), None, _school_years(word)), at
    if word.kind == "date":
        return Point("day", word.numbers[:2], word.numbers[2]), at
    return _year_after(Point(word.kind, word.numbers), words, at)


def _year_after(point: Point, words: Sequence[Token], at: int) -> tuple[Point, int]:
    check_day(point)
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
        raise Wrong(_SEVERAL_YEARS, TermState.UNKNOWN)


def _school_years(word: Token) -> tuple[int, int]:
    first, second = word.numbers
    if second != first + 1:
        raise Wrong(f"Учебного года {first}–{second} не бывает: годы не идут подряд.")
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
    raise Wrong(f"В сроке не указан год{period}: допишите год.", TermState.NO_YEAR)


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
    raise Wrong(_SEVERAL_YEARS, TermState.UNKNOWN)


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
        raise Wrong("Срок переходит через Новый год: допишите годы.", TermState.NO_YEAR)


def _spread_years(points: list[Point]) -> None:
    """«Сентябрь-октябрь 2019»: a year serves the points before it, then those after it."""
    named = [point.year for point in points]
    for index, point in enumerate(points):
        if point.year is None and point.school is None:
            after = next((year for year in named[index + 1 :] if year is not None), None)
            before = next((year for year in reversed(named[:index]) if year is not None), None)
            points[index] = replace(point, year=after if after is not None else before)


def _spread_school_year(points: list[Point]) -> None:
    """«Октябрь-март 2022-2023 учебного года»: the school year serves the months before it too."""
    school = next((point.school for point in points if point.school), None)
    if school is None:
        return
    for index, point in enumerate(points):
        if point.year is None and point.school is None:
            points[index] = point.in_school_year(school)


def _in_year(point: Point, year: int) -> Point:
    return point if point.year is not None or point.school else replace(point, year=year)


def _pairs(spans: Sequence[_Span], points: Sequence[Point]) -> list[_Span]:
    return [
        replace(span, first=points[2 * index], last=points[2 * index + 1])
        for index, span in enumerate(spans)
    ]


def _in_order(start: date, end: date) -> None:
    if end < start:
        raise Wrong(f"Конец срока ({end:%d.%m.%Y}) раньше его начала ({start:%d.%m.%Y}).")


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
    term = parse_term(text)
    if term.state is TermState.UNKNOWN:
        return bool(term.recurrence)  # «после 15 мая»: a term it is, only not a plain one
    return term.state in (TermState.DATED, TermState.OPEN, TermState.NO_YEAR)
