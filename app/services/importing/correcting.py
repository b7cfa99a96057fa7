"""Cells that a person corrected, put over those of a book before a layout reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.errors import UserError
from app.models.enums import Severity
from app.services.importing.grid import CellValue, Sheet, Workbook, clean, column_index
from app.services.importing.loaded import LoadedFile
from app.services.importing.plan import CorrectedCell, Correction, Finding

Cells = Mapping[tuple[str, str], Correction]
"""Corrections of one file by sheet and cell."""

_MARGIN = 50
"""So many rows below the last one of a sheet may be filled by a correction."""
_MOST_COLUMNS = 1_000
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:[.,]\d+)?")


def place_of(cell: str) -> tuple[int, int]:
    """Return the 0-based row and column of an address; UserError when it is none."""
    found = _CELL.fullmatch(cell)
    if found is None:
        raise UserError(f"«{cell}» – не адрес ячейки.", "Адрес пишется так: C9.")
    return int(found[2]) - 1, column_index(found[1])


def value_of(text: str) -> CellValue:
    """Return what a typed text means in a cell: a number, nothing, or a text.

    Digits with zeros in front stay a text: they are a code.
    """
    text = text.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        return text
    return float(text.replace(",", ".")) if re.search(r"[.,]", text) else int(text)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A book with the corrections put over its cells, and what stood there before.

    ``lost`` tells of corrections that found no place; none is left out silently.
    """

    workbook: Workbook
    cells: tuple[CorrectedCell, ...] = ()
    lost: tuple[Finding, ...] = ()


def correct(workbook: Workbook, cells: Cells) -> Corrected:
    """Put the corrections over the cells of a book."""
    if not cells:
        return Corrected(workbook)
    done: list[CorrectedCell] = []
    sheets: list[Sheet] = []
    for sheet in workbook.sheets:
        mine = {
            cell: one
            for (name, cell), one in cells.items()
            if name == sheet.name and _fits(sheet, cell)
        }
        sheets.append(_correct_sheet(sheet, mine, done) if mine else sheet)
    placed = {(one.sheet, one.cell) for one in done}
    lost = tuple(_lost(*place) for place in cells if place not in placed)
    return Corrected(replace(workbook, sheets=tuple(sheets)), tuple(done), lost)


def _fits(sheet: Sheet, cell: str) -> bool:
    row, column = place_of(cell)
    return row < sheet.height + _MARGIN and column < _MOST_COLUMNS


def _lost(sheet: str, cell: str) -> Finding:
    message = f"Исправление ячейки {cell} не применено: на листе «{sheet}» такого места нет."
    return Finding(Severity.WARNING, message, "Уберите это исправление.", sheet, cell)


def _correct_sheet(
    sheet: Sheet, cells: Mapping[str, Correction], done: list[CorrectedCell]
) -> Sheet:
    rows = list(sheet.rows)
    for cell, one in cells.items():
        row, column = place_of(cell)
        old = clean(sheet.at(row, column))
        rows.extend([] for _ in range(row + 1 - len(rows)))
        values = [*rows[row], *[None] * (column + 1 - len(rows[row]))]
        if one.new != old:
            values[column] = value_of(one.new)
        rows[row] = values
        done.append(CorrectedCell(sheet.name, cell, old, one.new, one.reason))
    return replace(sheet, rows=rows)


def applied(file: LoadedFile) -> Cells:
    """Return the corrections that the file was read with."""
    return {(c.sheet, c.cell): Correction(c.new, c.reason) for c in file.corrections}
