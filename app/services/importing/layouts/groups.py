"""A value printed once for a group of rows: in merged cells, or in a row of its own above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.services.importing.cells import is_empty
from app.services.importing.grid import Sheet
from app.services.importing.tables import Header, is_total

_MOST_EMPTY = 2
"""Where at least one row of two is empty the column is printed by groups; fewer are gaps."""


def carried(
    sheet: Sheet,
    column: int,
    data: Sequence[int],
    rows: Iterable[int],
    outer: Sequence[int] = (),
) -> Mapping[int, int]:
    """Return for rows of data with an empty cell the row above whose value serves them (0-based).

    ``rows`` are all rows of the table, headings and totals too.  A single gap in a column that is
    filled otherwise is no group, nor are gaps in one that says the same in each row: nothing is
    carried there, and the caller tells of the gap; inside of a merged area it is one all the same.
    A total or a heading in another column ends a group, and so does another value in one of the
    ``outer`` columns: a grade printed under one subject is not that of the next.
    """
    gaps = {row for row in data if is_empty(sheet.at(row, column))}
    if not gaps:
        return {}
    if len(gaps) * _MOST_EMPTY < len(data) or _says_each(sheet, column, data):
        return _merged(sheet, column, gaps)
    found = dict(_merged(sheet, column, gaps))
    last: int | None = None
    groups = _Groups(sheet, outer)
    for row in rows:
        last = None if groups.changed(row) else last
        if row in gaps:
            if last is not None:
                found.setdefault(row, last)
        else:
            last = None if is_total(sheet, row) or is_empty(sheet.at(row, column)) else row
    return found


_OWNERS = ("fisoko", "rcoi", "code", "name")


def filled_down(sheet: Sheet, header: Header, rows: Sequence[int]) -> Sheet:
    """Return the sheet with a subject, or a school, printed once for its rows in each of them.

    Only of a table that names the subject in a column: in others a row without a school is faulty.
    """
    columns = header.columns
    if "subject" not in columns:
        return sheet
    data = [row for row in rows if not is_total(sheet, row)]
    owners = [columns[name] for name in _OWNERS if name in columns]
    found = {column: carried(sheet, column, data, rows) for column in (columns["subject"], *owners)}
    if not any(found.values()):
        return sheet
    cells = [list(row) for row in sheet.rows]
    for column, heads in found.items():
        for row, head in heads.items():
            cells[row] += [None] * (column + 1 - len(cells[row]))
            cells[row][column] = sheet.at(head, column)
    return replace(sheet, rows=cells)


@dataclass
class _Groups:
    """Follows the columns that hold the outer groups, from row to row."""

    sheet: Sheet
    columns: Sequence[int]
    said: dict[int, str] = field(default_factory=dict)

    def changed(self, row: int) -> bool:
        """Return whether a row begins another outer group."""
        texts = {column: self.sheet.text(row, column) for column in self.columns}
        filled = {column: text for column, text in texts.items() if text}
        new = any(self.said.get(column, text) != text for column, text in filled.items())
        self.said.update(filled)
        return new


def _says_each(sheet: Sheet, column: int, data: Sequence[int]) -> bool:
    """Return whether a column repeats its value in the next row: it is not printed by groups."""
    texts = [sheet.text(row, column) for row in data]
    return any(one and one == other for one, other in pairwise(texts))


def _merged(sheet: Sheet, column: int, gaps: Iterable[int]) -> Mapping[int, int]:
    areas = [area for area in sheet.merged if area[1] <= column <= area[3] and area[0] < area[2]]
    return {row: area[0] for row in gaps for area in areas if area[0] < row <= area[2]}
