"""The rows of a table of support: each school of each row with what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.errors import UserError
from app.models.enums import Severity, Significance
from app.services.importing.facts import Problem
from app.services.importing.grid import Sheet, address
from app.services.importing.plans.timing import rest_upon, years_for
from app.services.importing.support_tables.cells import (
    agreement_of,
    impossible_day,
    person_of,
    schools_of,
)
from app.services.importing.support_tables.head import Head, Role, find_head, texts_above
from app.services.support.facts import (
    CuratorEntry,
    Entry,
    Mark,
    MemberEntry,
    PairEntry,
    RiskEntry,
    TableKind,
    parse_cell,
)
from app.services.table_words import pattern

_ACTUAL = Mark(actual=True)
_PRIORITY = Mark(actual=True, priority=True)
_LISTED = re.compile(r"[\n\r;]+|,(?=\s*\d)|(?<=\d),|\s+(?=\d{1,2}[.)]\s)")
_DASH = re.compile(r"^[\s\-–—.]*$")


@dataclass(frozen=True, slots=True)
class SupportLine:
    """What a row (1-based) says of one school, and the column (0-based) where that stands."""

    row: int
    school: str
    entry: Entry
    column: int


@dataclass(frozen=True, slots=True)
class Read:
    """All that a table says, and what of it is not understood."""

    head: Head
    year: int | None
    """That the words above the table name; None when they name none, or several."""
    lines: tuple[SupportLine, ...]
    problems: tuple[Problem, ...]
    rows_read: int


def read_support(sheet: Sheet) -> Read | None:
    """Return what a table of support says; None when it is a table of another kind."""
    head = find_head(sheet)
    if head is None:
        return None
    reader = _Reader(sheet, head)
    for row in range(head.row + 1, sheet.height):
        reader.take(row)
    problems = (*reader.problems, *_left_out(sheet, head))
    years = years_for(texts_above(sheet, head.row))
    if len(years) > 1 and head.kind is TableKind.RISKS:
        told = _contradiction(sheet, head, years)
        return Read(head, None, (), (told, *problems), reader.rows_read)
    year = years[0] if len(years) == 1 else None
    if (
        year is not None
        and head.kind is TableKind.RISKS
        and rest_upon(texts_above(sheet, head.row))
    ):
        problems = (_year_of_results(sheet, head, year), *problems)
    return Read(head, year, tuple(reader.lines), problems, reader.rows_read)


def _contradiction(sheet: Sheet, head: Head, years: Sequence[int]) -> Problem:
    listed = ", ".join(str(year) for year in years)
    return Problem(
        Severity.ERROR,
        f"Над таблицей рисков названы разные годы ({listed}): к какому из них риски, не ясно. "
        "Ни одна её строка не взята.",
        "Оставьте в заголовке один год, тот, к которому относятся риски, и загрузите файл снова.",
        sheet.name,
        address(head.row, 0),
    )


def _year_of_results(sheet: Sheet, head: Head, year: int) -> Problem:
    """Tell of a year that only the results have which the risks were found by.

    The matrix of a year stands beside the categories of that year, which are of its results; a
    table that is for another year says so.
    """
    return Problem(
        Severity.WARNING,
        f"Над таблицей рисков назван только год, по итогам которого они выявлены: {year}. "
        f"Риски записываются за {year} год.",
        f"Если они относятся к другому году, назовите его в заголовке («Риски школ на {year + 1} "
        "год») и загрузите файл снова.",
        sheet.name,
        address(head.row, 0),
    )


class _Reader:
    """Goes down a table; a cell that a page cut in two is read with its rest."""

    def __init__(self, sheet: Sheet, head: Head) -> None:
        self._sheet = sheet
        self._head = head
        self.lines: list[SupportLine] = []
        self.problems: list[Problem] = []
        self.rows_read = 0
        self._titles = dict(sheet.line(head.row))
        self._group = ("", "", "")
        self._place = 0
        self._rest = _rests(sheet, head)
        self._shared = {
            (row, left): first
            for first, left, last, _right in sheet.merged
            for row in range(first + 1, last + 1)
        }
        """Of cells merged downwards: the row in which their text stands."""

    def take(self, row: int) -> None:
        """Read one row; the head again after a page, and rests of the row above, say nothing."""
        line = dict(self._sheet.line(row))
        if not line or line == self._titles or row in self._rest.values():
            return
        if _counts_columns(list(line.values())):
            return
        self.rows_read += 1
        if self._head.grid:
            self._matrix(row)
        elif self._head.kind is TableKind.RISKS:
            self._risks(row)
        elif self._head.kind is TableKind.CURATORS:
            self._curator(row)
        elif self._head.kind is TableKind.PAIRS:
            self._pair(row)
        else:
            self._members(row)

    def _text(self, row: int, role: Role) -> str:
        """Return a cell with its lines, and with its rest from below."""
        column = self._head.columns.get(role)
        if column is None:
            return ""
        return self._at(row, column)

    def _at(self, row: int, column: int) -> str:
        above = self._shared.get((row, column), row)
        value = self._sheet.at(above, column)
        text = value if isinstance(value, str) else self._sheet.text(above, column)
        below = self._rest.get(row)
        more = self._sheet.text(below, column) if below is not None else ""
        return f"{text} {more}".strip() if more else text.strip()

    def _add(self, row: int, column: int, school: str, entry: Entry) -> None:
        self.lines.append(SupportLine(row + 1, school, entry, column))

    def _fault(self, row: int, column: int, message: str, hint: str) -> None:
        cell = address(row, column)
        self.problems.append(
            Problem(Severity.ERROR, message, hint, self._sheet.name, cell, row + 1)
        )

    # Risks.

    def _risks(self, row: int) -> None:
        columns = self._head.columns
        schools = schools_of(self._text(row, Role.SCHOOL))
        if Role.ACTUAL in columns or Role.PRIORITY in columns:
            marks = dict.fromkeys(_factors(self._text(row, Role.ACTUAL)), _ACTUAL)
            marks |= dict.fromkeys(_factors(self._text(row, Role.PRIORITY)), _PRIORITY)
        elif self._school_first():
            mark = self._mark(row)
            marks = dict.fromkeys(_factors(self._text(row, Role.FACTOR)), mark)
        else:
            factor = " ".join(self._text(row, Role.FACTOR).split())
            marks = {factor: self._mark(row)} if factor else {}
        if schools and not marks and Role.FACTOR in columns and not self._school_first():
            self._fault(row, columns[Role.SCHOOL], "У строки нет фактора риска.", "Впишите его.")
        for school in schools:
            for factor, mark in marks.items():
                self._add(row, columns[Role.SCHOOL], school, RiskEntry(factor, mark))

    def _school_first(self) -> bool:
        """A table of schools with their factors; else one of factors with their schools."""
        return self._head.columns[Role.SCHOOL] < self._head.columns.get(Role.FACTOR, 0)

    def _mark(self, row: int) -> Mark:
        """Return how a listed factor is marked: as the table says of all, and as its row says."""
        titles = " ".join((self._head.caption, *self._titles.values())).casefold()
        listed = _PRIORITY if pattern("support_signs", "priority").search(titles) else _ACTUAL
        try:
            own = parse_cell(self._text(row, Role.SIGNIFICANCE))
        except UserError as error:
            column = self._head.columns[Role.SIGNIFICANCE]
            self._fault(row, column, error.message, error.hint)
            return listed
        if own.significance is Significance.ABSENT:
            return own
        return Mark(own.significance, True, listed.priority or own.priority)

    def _matrix(self, row: int) -> None:
        across = self._head.factors_across
        own = self._text(row, Role.SCHOOL if across else Role.FACTOR)
        name = " ".join(own.split())
        for column, title in self._head.grid.items() if name else ():
            text = self._at(row, column)
            try:
                mark = _ACTUAL if self._ones_say_yes and text == "1" else parse_cell(text)
            except UserError as error:
                self._fault(row, column, error.message, error.hint)
                continue
            if not mark.is_empty:
                school, factor = (name, title) if across else (title, name)
                self._add(row, column, school, RiskEntry(factor, mark))

    @cached_property
    def _ones_say_yes(self) -> bool:
        """Whether «1» marks a factor that is there: a scale of significance has 2 or 3 as well."""
        head = self._head
        rows = range(head.row + 1, self._sheet.height)
        texts = {self._at(row, column) for row in rows for column in head.grid}
        return not any(map(_names_significance, texts - {"1"}))

    # Curators.

    def _curator(self, row: int) -> None:
        columns = self._head.columns
        text = self._text(row, Role.PERSON)
        if _DASH.match(text):
            text = ""
        found = person_of(text)
        flat = " ".join(text.split())
        alone = Role.POST in columns or Role.PLACE in columns
        post, place = self._text(row, Role.POST), self._text(row, Role.PLACE)
        both = person_of(place)
        if not post and both.post:
            # «Должность, место работы» is one column.
            post, place = both.post, both.place
        entry = CuratorEntry(
            self._head.role,
            found.name or (flat if alone else ""),
            " ".join((post or found.post).split()),
            " ".join((place or found.place).split()),
            " ".join((self._text(row, Role.ORDER) or found.order).split()),
            " ".join(part for part in (flat, *self._rest_of(row)) if part),
        )
        beside = tuple(self._beside(row))
        for school in schools_of(self._text(row, Role.SCHOOL)):
            for one in (entry, *beside):
                self._add(row, columns[Role.SCHOOL], school, one)

    def _beside(self, row: int) -> Iterator[CuratorEntry]:
        """Yield the people of further columns; an empty cell there names nobody."""
        for column, role in self._head.persons.items():
            text = " ".join(self._at(row, column).split())
            if not _DASH.match(text):
                found = person_of(text)
                name = found.name or ("" if found.place else text)
                yield CuratorEntry(role, name, found.post, found.place, found.order, text)

    def _rest_of(self, row: int) -> Iterator[str]:
        """Yield the other cells about a curator, as written: of them nothing is lost."""
        for role in (Role.POST, Role.PLACE):
            yield " ".join(self._text(row, role).split())
        for column in self._head.others:
            text = self._sheet.text(row, column)
            yield f"{self._titles[column]}: {text}" if text else ""

    # Mentor pairs.

    def _pair(self, row: int) -> None:
        column = self._head.columns[Role.SCHOOL]
        mentors = schools_of(self._text(row, Role.MENTOR))
        schools = schools_of(self._text(row, Role.SCHOOL))
        if len(mentors) != 1 and schools:
            said = "не назван наставник" if not mentors else "названо несколько наставников"
            self._fault(row, column, f"В строке {said}.", "Впишите одного наставника в строку.")
            return
        agreement = " ".join(self._text(row, Role.AGREEMENT).split())
        number, day = self._agreement(row)
        rest = (agreement, *self._rest_of(row))
        for school in schools:
            subject = " ".join(self._text(row, Role.SUBJECT).split())
            text = "; ".join(part for part in rest if part)
            self._add(row, column, school, PairEntry(mentors[0], subject, number, day, text))

    def _agreement(self, row: int) -> tuple[str, date | None]:
        """Return number and date of an agreement, which may have a column each."""
        number, day = agreement_of(" ".join(self._text(row, Role.AGREEMENT).split()))
        first = self._head.columns.get(Role.AGREEMENT)
        for column in (first, *self._head.others) if first is not None else ():
            title, text = self._titles[column].casefold(), self._sheet.text(row, column)
            if not pattern("pair_columns", "agreement").search(title) or _DASH.match(text):
                continue
            if impossible := impossible_day(text):
                self._tell_impossible(row, column, impossible)
            if pattern("support_signs", "agreement_day").search(title):
                day = day or agreement_of(text)[1]
            elif pattern("support_signs", "agreement_number").search(title):
                number = number or text.strip()
        return number, day

    def _tell_impossible(self, row: int, column: int, day: str) -> None:
        self.problems.append(
            Problem(
                Severity.WARNING,
                f"Даты {day} в календаре нет: соглашение записано без даты.",
                "Исправьте дату в файле или впишите её в паре после загрузки.",
                self._sheet.name,
                address(row, column),
                row + 1,
            )
        )

    # Network groups.

    def _members(self, row: int) -> None:
        column = self._head.columns[Role.SCHOOL]
        number, title, principle = (
            " ".join(self._text(row, role).split())
            for role in (Role.GROUP, Role.TITLE, Role.PRINCIPLE)
        )
        number = number or " ".join(self._text(row, Role.NUMBER).split())
        if (number or title) and (number, title) != self._group[:2]:
            self._group, self._place = (number, title, principle), 0
        else:
            self._group = (*self._group[:2], principle or self._group[2])
        for school in schools_of(self._text(row, Role.SCHOOL)):
            self._place += 1
            self._add(row, column, school, MemberEntry(*self._group, self._place))


def _left_out(sheet: Sheet, head: Head) -> Iterator[Problem]:
    """Yield a warning for every column whose cells are not stored."""
    if head.kind in (TableKind.CURATORS, TableKind.PAIRS):
        return  # the whole row stays in the note
    rows = range(head.row + 1, sheet.height)
    for column in head.others:
        if any(sheet.text(row, column) for row in rows):
            title = sheet.text(head.row, column)
            yield Problem(
                Severity.WARNING,
                f"Столбец «{title}» не сохранён: для него в программе нет места.",
                "Если он важен, перенесите его в примечания вручную.",
                sheet.name,
                address(head.row, column),
            )


def _names_significance(text: str) -> bool:
    """Return whether a cell says how significant a risk is; «не выявлен» is none."""
    try:
        mark = parse_cell(text)
    except UserError:
        return False
    return mark.significance not in (None, Significance.ABSENT)


def _factors(text: str) -> tuple[str, ...]:
    """Return the factors listed in a cell: numbers, titles, or both."""
    parts = (" ".join(part.split()).strip(" .,;–—-") for part in _LISTED.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _rests(sheet: Sheet, head: Head) -> dict[int, int]:
    """Return the rows that go on in the row below: a page cut them, and only words are left."""
    found: dict[int, int] = {}
    wide = len(dict(sheet.line(head.row)))
    first = head.columns.get(Role.FACTOR, head.columns.get(Role.SCHOOL, 0))
    for row in range(head.row + 2, sheet.height):
        line = dict(sheet.line(row))
        text = line.get(first, "")
        if len(line) == 1 and wide > 1 and text[:1].islower() and row - 1 not in found.values():
            found[row - 1] = row
    return found


def _counts_columns(texts: list[str]) -> bool:
    return len(texts) > 1 and texts == [str(n) for n in range(1, len(texts) + 1)]
