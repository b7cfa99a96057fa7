"""Wide tables whose columns are named by one to four header rows, group titles above parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.services.importing.cells import is_empty, read_number
from app.services.importing.grid import YEARS, CellValue, Sheet, column_letters
from app.services.importing.layouts.titles import grade_of, kinds_of, year_of
from app.services.importing.tables import (
    HEADER_SEARCH_ROWS,
    Header,
    Vocabulary,
    filled_cells,
    is_numbering,
    key,
    row_text,
)

_DEEPEST = 4
"""Section, group, part of the group, «чел.» or «%»."""


@dataclass(frozen=True)
class Wide:
    """A table: who the rows are about, what each column is called, the rows (0-based)."""

    header: Header
    paths: Mapping[int, tuple[str, ...]]
    """Every titled column: its titles from the group down to the unit."""
    titles: tuple[int, ...]
    """Rows of titles: its own, then those of the table above that it shares."""
    data: tuple[int, ...]
    own: tuple[int, ...] = ()
    """Rows of titles that stand right above this table."""

    def title(self, column: int) -> str:
        """Return all titles of a column as one text."""
        return " ".join(dict.fromkeys(self.paths[column]))

    def letters(self, column: int) -> str:
        """Return the letters of a column."""
        return column_letters(column)

    def others(self) -> tuple[int, ...]:
        """Return the titled columns that do not say whose row it is."""
        taken = set(self.header.columns.values())
        return tuple(column for column in sorted(self.paths) if column not in taken)


Accepts = Callable[[Wide], bool]


def find_wide(sheet: Sheet, words: Vocabulary, accepts: Accepts) -> Wide | None:
    """Return the first table within the rows where headers are looked for, or None."""
    limit = min(HEADER_SEARCH_ROWS, sheet.height)
    return next((table for _, table in _candidates(sheet, words, accepts, limit)), None)


def wide_tables(sheet: Sheet, words: Vocabulary, accepts: Accepts) -> tuple[Wide, ...]:
    """Return every table of the sheet with its rows; a repeated header begins no new one.

    A table under another one has the titles between them; what these do not say, the year first
    of all, those above the table before say of it too.
    """
    found = [table for _, table in _candidates(sheet, words, accepts, sheet.height)]
    tables: list[Wide] = []
    own = tuple(sheet.filled_rows(0, found[0].header.first)) if found else ()
    for index, table in enumerate(found):
        end = found[index + 1].header.first if index + 1 < len(found) else sheet.height
        data = tuple(_data(sheet, table.header.last + 1, end))
        following = _titles_below(sheet, data) if index + 1 < len(found) else ()
        data = data[: len(data) - len(following)]
        if tables and not own and dict(tables[-1].paths) == dict(table.paths):
            last = tables.pop()
            tables.append(replace(last, data=last.data + data))
        else:
            above = tables[-1].titles if tables and not _name_year(sheet, own) else ()
            tables.append(replace(table, titles=own + above, data=data, own=own))
        own = following
    return tuple(tables)


def _titles_below(sheet: Sheet, data: Sequence[int]) -> tuple[int, ...]:
    """Return the last rows under a table that are the titles of the next one.

    They begin with the first that names a year, a grade or an assessment; a school without
    figures, or a signature, is none.
    """
    first = len(data)
    while first and len(filled_cells(sheet, data[first - 1])) == 1:
        first -= 1
    texts = [row_text(sheet, row) for row in data[first:]]
    says = [bool(year_of(text) or grade_of(text) or kinds_of(text)) for text in texts]
    return tuple(data[first + says.index(True) :]) if any(says) else ()


def _name_year(sheet: Sheet, rows: Sequence[int]) -> bool:
    return any(year_of(row_text(sheet, row)) for row in rows)


def _data(sheet: Sheet, first: int, end: int) -> Iterator[int]:
    for row in sheet.filled_rows(first):
        if row >= end:
            return
        if any(not is_empty(v) for v in sheet.rows[row]) and not is_numbering(sheet, row):
            yield row


def _candidates(
    sheet: Sheet, words: Vocabulary, accepts: Accepts, limit: int
) -> Iterator[tuple[int, Wide]]:
    row = 0
    while row < limit:
        table = _table_at(sheet, row, words, accepts)
        if table:
            yield row, table
        row = table.header.last + 1 if table else row + 1


def _table_at(sheet: Sheet, row: int, words: Vocabulary, accepts: Accepts) -> Wide | None:
    """Return the table whose header begins at the row, with as many header rows as fit."""
    texts = sum(1 for value in sheet.rows[row] if _may_be_title(value))
    if texts < _FEWEST or not _named(sheet, row, words):
        return None
    last = _last_row(sheet, row, words)
    paths = _paths(sheet, row, last)
    columns: dict[str, int] = {}
    for column, path in paths.items():
        name = next((n for n in map(words.field, reversed(path)) if n), None)
        if name:
            columns.setdefault(name, column)
    joined = {column: " ".join(path) for column, path in paths.items()}
    table = Wide(Header(row, last, columns, joined), paths, (), ())
    return table if accepts(table) else None


_FEWEST = 2
_YEAR_DIGITS = 4


def _may_be_title(value: CellValue) -> bool:
    """Return whether a cell may be a title: a text, or the year over a group of columns."""
    if type(value) is str:
        return bool(value.strip())
    return _is_year(value)


def _is_year(value: CellValue) -> bool:
    """Return whether a cell holds nothing but a year: «2024» under «Качество»."""
    # Compared, not looked for among the years: of a float that would try one year after the other.
    if type(value) is int or type(value) is float:
        return YEARS.start <= value < YEARS.stop and value == int(value)
    if type(value) is str:  # a cell kept as text, of a csv or of a document
        text = value.strip()
        return len(text) == _YEAR_DIGITS and text.isdecimal() and int(text) in YEARS
    return False


def _named(sheet: Sheet, row: int, words: Vocabulary) -> bool:
    return any(words.field(text) for _, text in filled_cells(sheet, row))


def _last_row(sheet: Sheet, first: int, words: Vocabulary) -> int:
    """Return the last row of the header: rows of titles under titles, never under a known one."""
    last = first
    named = {c for c, text in filled_cells(sheet, first) if words.field(text)}
    while last - first + 1 < _DEEPEST:
        below = filled_cells(sheet, last + 1)
        if not below or any(column in named for column, _ in below):
            break
        years = len(below) > 1 and all(_is_year(sheet.at(last + 1, c)) for c, _ in below)
        if not years and any(_is_value(sheet, last + 1, column) for column, _ in below):
            break
        last += 1
    return last


def _is_value(sheet: Sheet, row: int, column: int) -> bool:
    number = read_number(sheet.at(row, column))
    return number.value is not None


def _paths(sheet: Sheet, first: int, last: int) -> dict[int, tuple[str, ...]]:
    """Return the titles of each column from top to bottom; a group title covers its parts."""
    levels = [dict(filled_cells(sheet, row)) for row in range(first, last + 1)]
    width = max((column for level in levels for column in level), default=-1) + 1
    paths: dict[int, tuple[str, ...]] = {}
    carried: list[str] = [""] * len(levels)
    for column in range(width):
        parts: list[str] = []
        for depth, level in enumerate(levels):
            own = level.get(column, "")
            if own:
                carried[depth:] = [own] + [""] * (len(levels) - depth - 1)
            elif any(column in deeper for deeper in levels[depth + 1 :]):
                own = carried[depth]
            if own:
                parts.append(own)
        if parts and any(column in level for level in levels):
            paths[column] = tuple(parts)
    return paths


def repeats_header(sheet: Sheet, table: Wide, row: int) -> bool:
    """Return whether a row of data only repeats the titles of the header."""
    filled = filled_cells(sheet, row)
    said = [key(text) == key(table.paths.get(column, ("",))[-1]) for column, text in filled]
    return len(said) > 1 and all(said)
