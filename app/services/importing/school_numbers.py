"""Tables that name a school by its number or place alone: «№ школы» over 2, 7, «№ 12»."""

from __future__ import annotations

import re
from dataclasses import replace

from app.services.importing.grid import CellValue, Sheet, clean
from app.services.importing.layouts import columns as titles_of
from app.services.importing.tables import Vocabulary, key
from app.services.table_words import pattern

_HEAD_ROWS = 30
_NARROWEST = 3
"""A table has so many titles: whose the row is, and some figures."""
_MOST_ROWS = 500
_OWNERS = Vocabulary(
    name=titles_of.NAME, fisoko=titles_of.FISOKO, rcoi=titles_of.RCOI, code=titles_of.CODE
)
_NUMBER = re.compile(r"№?\s*(\d{1,4})")


def with_names(sheet: Sheet) -> Sheet | None:
    """Return the table with «№ 12» for the number 12, under «ОО»; None where no column is such.

    A number is no code of the РЦОИ there; which school bears it a person may have to say.
    """
    if sheet.height > _MOST_ROWS:
        return None
    for row in sheet.worded_rows:
        if row >= _HEAD_ROWS:
            return None
        column = _column(sheet, row)
        if column is not None:
            return _spelt(sheet, row, column)
    return None


def _column(sheet: Sheet, row: int) -> int | None:
    """Return the column of numbers or places, None where another tells whose a row is."""
    titles = sheet.line(row)
    if len(titles) < _NARROWEST or any(_OWNERS.field(text) for _, text in titles):
        return None
    ways = (pattern("name_columns", "number"), pattern("name_columns", "place"))
    found = (column for way in ways for column, text in titles if way.fullmatch(key(text)))
    return next(found, None)


def _spelt(sheet: Sheet, head: int, column: int) -> Sheet:
    rows: list[list[CellValue]] = [list(cells) for cells in sheet.rows]
    rows[head][column] = "ОО"
    for cells in rows[head + 1 :]:
        found = _NUMBER.fullmatch(clean(cells[column])) if column < len(cells) else None
        if found:
            cells[column] = f"№ {found[1]}"
    return replace(sheet, rows=rows)
