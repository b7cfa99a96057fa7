"""Tells apart the rows of a mapped table: data, totals, blank ones, titles, remarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from app.services.importing.cells import is_empty
from app.services.importing.grid import Sheet
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.notes import Remarks, has_any
from app.services.importing.mapped.body import SCHOOL_FIELDS, Role, TableMap
from app.services.importing.tables import is_numbering, iter_filled, key

_TOTAL_CELLS = 4
"""«Итого» stands in one of the first cells of its row, beside or under the names."""


@dataclass(frozen=True)
class Tally:
    """How many rows of a sheet are what; together they are all rows of the sheet."""

    titles: int = 0
    data: int = 0
    totals: int = 0
    remarks: int = 0
    blank: int = 0


@dataclass
class Rows:
    """The rows of a sheet (0-based) by what they are."""

    titles: list[int] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)
    blank: list[int] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        """Return the counts."""
        return Tally(
            len(self.titles),
            len(self.data),
            len(self.totals),
            len(self.remarks.rows),
            len(self.blank),
        )


def sort_rows(sheet: Sheet, mapping: TableMap) -> Rows:
    """Return every row of the sheet by what it is under the mapping."""
    rows = Rows()
    totals = tuple(filter(None, (key(word) for word in mapping.totals)))
    values = [c.column for c in mapping.fields() if c.field not in SCHOOL_FIELDS]
    names = [c.column for c in mapping.fields() if c.field in SCHOOL_FIELDS]
    header = [sheet.texts(row) for row in range(mapping.header[0], mapping.header[1] + 1)]
    for row in range(sheet.height):
        if all(is_empty(value) for value in sheet.rows[row]):
            rows.blank.append(row)
        elif row < mapping.data or is_numbering(sheet, row) or sheet.texts(row) in header:
            rows.titles.append(row)
        elif mapping.turned and row == mapping.data:
            rows.data.append(row)  # «Итого» may be what stands over the values of a form
        elif mapping.school:
            rows.remarks.add(row)  # a form of one school has one column of values
        elif _is_total(sheet, row, totals):
            rows.totals.append(row)
        elif _is_data(sheet, row, names, values):
            rows.data.append(row)
        else:
            rows.remarks.add(row)
    return rows


def _is_total(sheet: Sheet, row: int, words: tuple[str, ...]) -> bool:
    first = islice(iter_filled(sheet, row), _TOTAL_CELLS)
    return bool(words) and any(key(text).startswith(words) for _, text in first)


def _is_data(sheet: Sheet, row: int, names: list[int], values: list[int]) -> bool:
    """Return whether a row is data: any value, or a school beside which something stands."""
    if has_any(sheet, row, values):
        return True
    filled = sum(not is_empty(value) for value in sheet.rows[row])
    return filled > 1 and has_any(sheet, row, names)


def tell_untold(
    sheet: Sheet, mapping: TableMap, with_data: frozenset[int], findings: Findings
) -> None:
    """Warn of columns with data that the mapping does not speak of."""
    known = {column.column for column in mapping.columns if column.role is not Role.OPEN}
    for column in sorted(with_data - known):
        findings.column_warning(
            mapping.data,
            column,
            "В столбце есть данные, а в разметке его не было: он не читался.",
            "Если он нужен, разметьте таблицу заново.",
        )
