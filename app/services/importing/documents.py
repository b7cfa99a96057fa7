"""Tables of a Word document as sheets: a table cut by pages or by headings becomes one again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from app.services.importing.grid import CellValue, Sheet, clean
from app.services.importing.plans.columns import PlanHeader, find_plan_header
from app.services.importing.plans.grid import Cells, continues
from app.services.roadmap import TermState, parse_term
from app.services.spreadsheets import LIST_NAME, Merged

INSIDE = "(внутри: "
"""Stands in the name of a table that was found inside another."""
_LONGEST_TITLE = 60
"""Characters of a title of a column; what is longer is data."""
_MOST_HEADINGS, _LONGEST_HEADING = 3, 250
"""Paragraphs between two tables that may be headings, and their characters; longer is prose."""
_OTHER_TABLE = re.compile(
    r"дорожн\w*\s+карт|\bплан\b|\bплана\b|перечень|приложени|утвержд|согласован[оаы]?\b|^таблица\s+\d",
    re.IGNORECASE,
)
"""Words of a paragraph that titles the table below it as one of its own."""
_SECTION = re.compile(
    r"(?:раздел|направлени[ея]|этап|блок|задача|[IVX]+\.|\d{1,2}\.)\s", re.IGNORECASE
)
"""How a paragraph begins that can only be the heading of what follows."""
_CONTINUED = re.compile(r"(?:продолжение|окончание)\s+(?:таблицы|приложения|плана)", re.IGNORECASE)
"""Words above the rest of a table on a new page: they say nothing of its rows."""
_NUMBER = re.compile(r"\d+(?:\s?[.·]\s?\d+)*\s?[.)]?$")
_DATED = (TermState.DATED, TermState.OPEN, TermState.NO_YEAR)


@dataclass(frozen=True, slots=True)
class _Part:
    """A table in its place of a longer one.

    ``headings`` stand above it; ``columns`` says where its columns are in the first table.
    """

    sheet: Sheet
    headings: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()


def joined(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the tables of a document, those that continue each other as one.

    A table continues the one above when nothing stands between them and its first row is the same
    header or none.  Paragraphs between the tables of one plan are its headings, unless they title
    a table of their own: they become rows.  Rows are counted through; the name tells what was
    joined.  Tables inside others stay for themselves.
    """
    found: list[list[_Part]] = []
    above: list[_Part] = []
    for sheet in sheets:
        part = _continuation(above, sheet) if above else None
        if part is not None:
            above.append(part)
            continue
        found.append([_Part(sheet)])
        if not _is_inside(sheet):
            above = found[-1]
    return tuple(_join(parts) for parts in found)


def _is_inside(sheet: Sheet) -> bool:
    """Return whether nothing can go on a table or be gone on by it: it is in another, or a list."""
    return INSIDE in sheet.name or sheet.name.startswith(LIST_NAME)


def _continuation(parts: Sequence[_Part], sheet: Sheet) -> _Part | None:
    first = parts[0].sheet
    if _is_inside(sheet) or not sheet.rows or not first.rows:
        return None
    before = _without_prose(line for line in sheet.before if not _CONTINUED.match(line))
    header = find_plan_header(Cells(first))
    if before and (header is None or not _are_headings(before)):
        return None
    columns = _same_header(first, sheet, header)
    if columns:
        return _Part(sheet, before, columns)
    width = len(sheet.rows[0])
    if header and header.directions and width == 2:
        # A page on which every row is for all directions: what to do, and who answers for it.
        return _Part(sheet, before, (0, len(first.rows[0]) - 1))
    if width != len(first.rows[0]) or width < 2:
        return None
    goes_on = _is_row(header, sheet) if before and header else not _is_header(sheet)
    return _Part(sheet, before, tuple(range(width))) if goes_on else None


def _without_prose(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the paragraphs that may be headings where one of them is numbered as such.

    «2. Кадры» with a paragraph of prose below it titles the table as well as «2. Кадры» alone.
    """
    found = tuple(lines)
    short = tuple(line for line in found if len(line) <= _LONGEST_HEADING)
    return short if any(map(_SECTION.match, short)) else found


def _are_headings(lines: Sequence[str]) -> bool:
    return len(lines) <= _MOST_HEADINGS and all(
        len(line) <= _LONGEST_HEADING and not _OTHER_TABLE.search(line) for line in lines
    )


def _same_header(first: Sheet, sheet: Sheet, header: PlanHeader | None) -> tuple[int, ...]:
    """Return where the columns of a repeated header stand in the first table, empty for none.

    A plan may leave columns out on a later page; other tables repeat their header as it is.
    """
    titles = _titles(sheet, 0)
    if titles == _titles(first, 0):
        return tuple(range(len(titles)))
    if header is None or not all(titles) or len(set(titles)) < len(titles):
        return ()
    for row in range(header.first, header.last + 1):
        known = _titles(first, row)
        if all(title in known for title in titles):
            columns = tuple(known.index(title) for title in titles)
            title_column = header.column("title")
            return columns if title_column in columns and list(columns) == sorted(columns) else ()
    return ()


def _titles(sheet: Sheet, row: int) -> list[str]:
    return ["".join(text.casefold().split()) for text in sheet.texts(row)]


def _is_header(sheet: Sheet) -> bool:
    """Return whether the first row looks like titles: short, all of them there, no figures.

    What begins with a small letter is the rest of a row that a page has torn.
    """
    texts = [clean(value) for value in sheet.rows[0]]
    return not all(map(continues, texts)) and all(
        text and len(text) <= _LONGEST_TITLE and not any(sign.isdigit() for sign in text)
        for text in texts
    )


def _is_row(header: PlanHeader, sheet: Sheet) -> bool:
    """Return whether the first row below a heading is one of the plan: a number or a deadline."""
    if find_plan_header(Cells(sheet)) is not None:
        return False
    number, term = header.column("number"), header.column("term")
    if number is not None and _NUMBER.match(sheet.text(0, number)):
        return True
    return term is not None and parse_term(sheet.text(0, term)).state in _DATED


def _join(parts: Sequence[_Part]) -> Sheet:
    first = parts[0].sheet
    if len(parts) == 1:
        return first
    own = _own_headings(first) if any(part.headings for part in parts) else ()
    header = find_plan_header(Cells(first)) if own else None
    rows = _Rows(max(len(row) for row in first.rows))
    rows.add(first, range(len(first.rows[0])), own, header.last + 1 if header else 0)
    for part in parts[1:]:
        rows.add(part.sheet, part.columns, part.headings)
    numbers = [part.sheet.name.rpartition(" ")[2] for part in (parts[0], parts[-1])]
    return replace(
        first,
        name=f"Таблицы {'–'.join(numbers)}",
        rows=rows.rows,
        before=tuple(line for line in first.before if line not in own),
        merged=tuple(rows.merged),
    )


def _own_headings(first: Sheet) -> tuple[str, ...]:
    """Return the paragraphs between the title of the plan and its first table."""
    titled = [at for at, line in enumerate(first.before) if _OTHER_TABLE.search(line)]
    lines = _without_prose(first.before[titled[-1] + 1 :] if titled else ())
    return lines if _are_headings(lines) else ()


@dataclass
class _Rows:
    """The rows of several tables below each other, with their merged areas."""

    width: int
    rows: list[Sequence[CellValue]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)

    def add(
        self, sheet: Sheet, columns: Sequence[int], headings: Sequence[str] = (), at: int = 0
    ) -> None:
        """Add a table; its headings stand before its row ``at``."""
        top = len(self.rows)
        place = dict(enumerate(columns))
        for number, row in enumerate(sheet.rows):
            if number == at:
                self._add_headings(headings)
            self.rows.append(self._placed(row, place))
        for first, left, last, right in sheet.merged:
            down = top + (len(headings) if first >= at else 0)
            area = (first + down, place.get(left, left), last + down, place.get(right, right))
            self.merged.append(area)

    def _add_headings(self, headings: Sequence[str]) -> None:
        for text in headings:
            row: list[CellValue] = [None] * self.width
            row[0] = text
            if self.width > 1:
                self.merged.append((len(self.rows), 0, len(self.rows), self.width - 1))
            self.rows.append(row)

    def _placed(self, row: Sequence[CellValue], place: dict[int, int]) -> Sequence[CellValue]:
        if len(row) == self.width and all(at == to for at, to in place.items()):
            return row
        cells: list[CellValue] = [None] * max(self.width, len(row))
        for at, value in enumerate(row):
            cells[place.get(at, at)] = value
        return cells
