"""The lines of a planning table: headings, activities, and rows that go on from a page before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.models.enums import Severity
from app.services.importing.facts import Problem
from app.services.importing.grid import address
from app.services.importing.plans.columns import PlanHeader, is_count
from app.services.importing.plans.grid import Cells, continues, glued
from app.services.importing.plans.levels import Levels, heading_number
from app.services.importing.tables import key
from app.services.roadmap.facts import PlanLine

_LETTERS = re.compile(r"[A-Za-zА-Яа-яЁё]{3}")
_STRONG_HEADING = re.compile(
    r"(?:раздел|подраздел|фактор\w*\s+риска|направлени[ея]|задача|цель|блок|этап|модуль)\b|"
    r"[IVXІ]+\.|\d+\.\s*[^\d\s]",
    re.IGNORECASE,
)
_SHARED = (
    "term",
    "until",
    "responsible",
    "who_when",
    "result",
    "evidence",
    "plan",
    "year",
    "fact",
    "extra",
)
"""Cells that several rows may share by a vertical merge."""
_MOSTLY = 0.75
_ROMAN = re.compile(r"[IVXІ]+")


@dataclass(slots=True)
class Draft:
    """A line in the making; a page break may add to it."""

    row: int
    level: int = 0
    number: str = ""
    title: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    years: dict[int, str] = field(default_factory=dict)
    facts: dict[int, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    direction: int | None = None
    last: int = -1
    """The last row that it goes on in."""
    until: str = ""
    """End of the deadline where it has a column of its own."""

    def done(self) -> PlanLine:
        """Return the finished line."""
        cells = self.cells
        if self.until:
            parts = (cells.get("term", ""), self.until)
            cells = {**cells, "term": " – ".join(part for part in parts if part)}
        return PlanLine(
            self.title, self.level, self.number, cells, self.years, self.facts, self.extra,
            self.direction, self.row + 1, self.last + 1,
        )  # fmt: skip


@dataclass
class Lines:
    """Reads the rows below a header; parallel directions have a reader of their own."""

    cells: Cells
    header: PlanHeader
    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    levels: Levels = field(default_factory=Levels)
    rows_read: int = 0

    def read(self, above: int | None = None) -> None:
        """Read all rows below the header; the row ``above`` it is the heading of the first."""
        if above is not None:
            self.add_heading(above, *heading_number(self.cells.filled(above)[0][1]))
        page = False
        for row in range(self.header.last + 1, self.cells.height):
            filled = self.cells.filled(row)
            if not filled and not any(
                self.cells.from_above(row, column) for column in range(self.cells.width)
            ):
                continue
            if self.is_header(row) or is_count([text for _, text in filled]):
                page = True
                continue
            self.rows_read += 1
            if not self._heading(row, filled, page=page):
                self._activity(row, filled, page=page)
            page = False

    def is_header(self, row: int) -> bool:
        """Return whether a row repeats a row of the header, as it does on each page."""
        texts = [key(self.cells.own(row, at)) for at in range(self.cells.width)]
        return any(texts) and any(
            _repeats(texts, [key(self.cells.own(line, at)) for at in range(self.cells.width)])
            for line in range(self.header.first, self.header.last + 1)
        )

    def _heading(self, row: int, filled: Sequence[tuple[int, str]], *, page: bool) -> bool:
        found = self.heading_of(row, filled, page=page)
        if found is None:
            return False
        self.add_heading(row, *found)
        return True

    def add_heading(self, row: int, number: str, title: str, *, inside: bool = False) -> None:
        """Add a heading; its level follows from its number and those above.

        ``inside`` is one of a column beside the activities: any row of its own stands above it.
        """
        level = self.levels.place(number, title, inside=inside)
        self.drafts.append(Draft(row, level, number, title))

    def heading_of(
        self, row: int, filled: Sequence[tuple[int, str]], *, page: bool = False
    ) -> tuple[str, str] | None:
        """Return the number and the title of a heading, or None for any other row."""
        numbers = self.header.column("number")
        if len(filled) == 1:
            column, text = filled[0]
            if self._is_alone(row, column, text, page=page):
                return heading_number(text)
        if len(filled) == 2 and numbers is not None and filled[0][0] == numbers:
            (_, number), (column, text) = filled
            wide = self.cells.last_column(row, column) >= self.cells.width - 1
            if _LETTERS.search(text) and (
                (wide and column < self.cells.width - 1)
                or self._has_children(row, number)
                or self._begins_anew(row, number)
            ):
                return number, text
        return None

    def _is_alone(self, row: int, column: int, text: str, *, page: bool) -> bool:
        """Return whether the only text of a row is a heading, not the rest of an activity."""
        if not _LETTERS.search(text):
            return False
        title = self.header.column("title")
        if self.cells.last_column(row, column) - column >= max(self.cells.width - 2, 1):
            return True
        if column == self.header.column("number"):
            return True
        if column != title:
            return column == 0 and title != 0
        if self.header.column("group") is not None:
            return False  # headings have a column of their own
        if is_strong_heading(text):
            return True
        # In a numbered table a text without a number may be the rest of a row above a page break.
        numbered_below = not page and row + 1 in self._numbers
        return not continues(text) and (not self._numbered or numbered_below)

    def _has_children(self, row: int, number: str) -> bool:
        """Return whether later rows are numbered below this one: «2» stands over «2.1»."""
        start = number.replace(" ", "").rstrip(".") + "."
        if not start[:-1].replace(".", "").isalnum():
            return False
        below = (text for line, text in self._numbers.items() if line > row)
        return any(one.startswith(start) and len(one.rstrip(".")) > len(start) for one in below)

    def _begins_anew(self, row: int, number: str) -> bool:
        """Return whether the very next row counts otherwise: «2. Кадры» or «II» stands over «1»."""
        below = next(
            (line for line in range(row + 1, self.cells.height) if self.cells.filled(line)), -1
        )
        following = self._numbers.get(below, "").rstrip(".)")
        own = number.rstrip(".)")
        counted = own.isdigit() and own != "0" and following == "1"
        return counted or (following.isdigit() and bool(_ROMAN.fullmatch(own)))

    @cached_property
    def _numbers(self) -> dict[int, str]:
        """The numbers of the rows below the header, by row."""
        column = self.header.column("number")
        if column is None:
            return {}
        rows = range(self.header.last + 1, self.cells.height)
        found = ((row, self.cells.own(row, column).replace(" ", "")) for row in rows)
        return {row: text for row, text in found if text}

    @cached_property
    def _numbered(self) -> bool:
        """Whether most rows that hold more than a heading have a number of their own."""
        rows = range(self.header.last + 1, self.cells.height)
        filled = [row for row in rows if len(self.cells.filled(row)) > 1]
        return sum(row in self._numbers for row in filled) > _MOSTLY * len(filled)

    def _activity(self, row: int, filled: Sequence[tuple[int, str]], *, page: bool) -> None:
        filled = self._grouped(row, filled)
        last = next((one for one in reversed(self.drafts)), None)
        if last is not None and last.level == 0 and self._goes_on(row, filled, page=page):
            last.last = row
            self._append(last, filled, self._sign(row))
            return
        if not filled:
            return  # the row held nothing but a heading of its column
        draft = Draft(row)
        for column, text in filled:
            self.put(draft, row, column, text)
        for column, meaning in enumerate(self.header.columns):
            if meaning.field in _SHARED and self.cells.from_above(row, column):
                self.put(draft, row, column, self.cells.shared(row, column), shared=True)
        if not draft.title:
            self._untitled(draft, row)
        self.drafts.append(draft)

    def _goes_on(self, row: int, filled: Sequence[tuple[int, str]], *, page: bool) -> bool:
        """Return whether a row is the rest of the activity above, cut by a page."""
        title, number = self.header.column("title"), self.header.column("number")
        texts = dict(filled)
        if title is not None and self.cells.from_above(row, title):
            return True
        if number is not None and (texts.get(number) or self.cells.from_above(row, number)):
            return False
        text = texts.get(title, "") if title is not None else ""
        if not text:
            return True
        term = self.header.column("term")
        if not continues(text):
            alone = len(texts) == 1 or (len(texts) == 2 and not texts.get(term or -1))
            return page and self._numbered and alone
        if (term is not None and not texts.get(term)) or self._numbered:
            return True
        others = [one for column, one in filled if column not in (term, title)]
        return all(continues(one) for one in others)

    def _grouped(self, row: int, filled: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
        """Make headings of the cells in columns of tasks or factors; return the other cells.

        A number that stands beside such a cell over the same rows is that of the heading.
        """
        rest = dict(filled)
        number = self.header.column("number")
        for column, text in filled:
            if self.header.columns[column].field != "group":
                continue
            del rest[column]
            own, title = heading_number(text)
            last = self.cells.last_row(row, column)
            if number in rest and last > row and self.cells.last_row(row, number) == last:
                own = rest.pop(number)
            self.add_heading(row, own, title, inside=True)
        return list(rest.items())

    def _sign(self, row: int) -> str:
        """Return what joins a row to the one above: a cell merged over both has several lines."""
        title = self.header.column("title")
        return "\n" if title is not None and self.cells.from_above(row, title) else " "

    def _append(self, draft: Draft, filled: Sequence[tuple[int, str]], sign: str) -> None:
        """Add the cells of a row to the activity that they go on."""
        for column, text in filled:
            meaning = self.header.columns[column]
            if meaning.field == "title":
                draft.title = glued(draft.title, text, sign)
            elif meaning.field == "number":
                draft.number = glued(draft.number, text, sign)
            elif meaning.year is not None:
                years = draft.years if meaning.field == "year" else draft.facts
                years[meaning.year] = glued(years.get(meaning.year, ""), text, sign)
            elif meaning.field == "extra":
                title = self.extra_title(column)
                draft.extra[title] = glued(draft.extra.get(title, ""), text, sign)
            elif meaning.field == "until":
                draft.until = glued(draft.until, text, sign)
            else:
                draft.cells[meaning.field] = glued(draft.cells.get(meaning.field, ""), text, sign)

    def put(self, draft: Draft, row: int, column: int, text: str, *, shared: bool = False) -> None:
        """Put a cell into its place of an activity; a merged cell serves all its years."""
        if not text:
            return
        meaning = self.header.columns[column]
        if meaning.field == "title":
            draft.title = text
        elif meaning.field == "number":
            draft.number = text
        elif meaning.year is not None:
            last = column if shared else self.cells.last_column(row, column)
            for other in self.header.columns[column : last + 1]:
                if other.field == meaning.field and other.year is not None:
                    years = draft.years if other.field == "year" else draft.facts
                    years[other.year] = text
        elif column in self.header.calendar:
            last = column if shared else self.cells.last_column(row, column)
            for month in range(column, last + 1):
                draft.extra[self.extra_title(month)] = text  # a bar over several of them
        elif meaning.field == "extra":
            draft.extra[self.extra_title(column)] = text
            self._tell_nameless(row, column)
        elif meaning.field == "until":
            draft.until = text
        else:
            draft.cells[meaning.field] = text

    def extra_title(self, column: int) -> str:
        """Return under which title a cell of a column without a field is kept."""
        title = self.header.columns[column].title
        same = [at for at, one in enumerate(self.header.columns) if one.title == title]
        if not title:
            return f"Столбец {column + 1}"
        return title if len(same) == 1 else f"{title} ({same.index(column) + 1})"

    def _tell_nameless(self, row: int, column: int) -> None:
        if not self.header.columns[column].title:
            self.warn(
                f"Строка {row + 1}: в столбце {column + 1} без заголовка стоит текст; он сохранён "
                "отдельно.",
                "Проверьте после загрузки, к чему он относится.",
                row,
                column,
            )

    def _untitled(self, draft: Draft, row: int) -> None:
        texts = "; ".join(text for _, text in self.cells.filled(row))
        self.warn(
            f"Строка {row + 1}: нет названия мероприятия («{texts[:80]}»).",
            "Строка сохранена без названия: впишите его после загрузки.",
            row,
            0,
        )

    def warn(self, message: str, hint: str, row: int, column: int) -> None:
        """Tell of something that a person should look at; the row goes in all the same."""
        place = address(row, column)
        self.problems.append(Problem(Severity.WARNING, message, hint, cell=place, row=row + 1))


def is_strong_heading(text: str) -> bool:
    """Return whether a text can only be a heading: «Раздел 2…», «II. Кадры»."""
    return _STRONG_HEADING.match(text) is not None


def _repeats(texts: Sequence[str], header: Sequence[str]) -> bool:
    """Return whether a row says what a row of the header does, perhaps without some columns."""
    if texts == header:
        return True
    pairs = [(text, title) for text, title in zip(texts, header, strict=True) if text]
    return len(pairs) > 1 and all(text == title for text, title in pairs)


def finished(drafts: Sequence[Draft]) -> Iterator[PlanLine]:
    """Yield the lines in their order."""
    for draft in drafts:
        yield draft.done()
