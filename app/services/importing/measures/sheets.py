"""Tables of documents and sheets of workbooks as grids, so that both are read in one way."""

from __future__ import annotations

from collections.abc import Iterable

from app.services.importing.grid import Sheet
from app.services.importing.measures.draft import read_draft
from app.services.importing.measures.grid import Grid, GridCell
from app.services.indicators.facts import Draft


def drafts_of(sheets: Iterable[Sheet]) -> tuple[Draft, ...]:
    """Return the tables of indicators among tables of all kinds, in their order."""
    found = (read_draft(grid_of(sheet)) for sheet in sheets)
    return tuple(draft for draft in found if draft is not None)


def grid_of(sheet: Sheet) -> Grid:
    """Return a sheet as a grid; a table of a document is called by the paragraph above it."""
    width = max((len(row) for row in sheet.rows), default=0)
    covered = _covered(sheet)
    rows = tuple(
        tuple(
            covered.get((row, column)) or GridCell(_text(sheet, row, column))
            for column in range(width)
        )
        for row in range(sheet.height)
    )
    return Grid(rows, sheet.before[-1] if sheet.before else sheet.name)


def _covered(sheet: Sheet) -> dict[tuple[int, int], GridCell]:
    return {
        (row, column): GridCell("", across=column > left, down=row > top)
        for top, left, bottom, right in sheet.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _text(sheet: Sheet, row: int, column: int) -> str:
    """Return a cell as it would be written by hand: a number with a decimal comma."""
    value = sheet.at(row, column)
    text = sheet.text(row, column)
    return text.replace(".", ",") if isinstance(value, float) else text
