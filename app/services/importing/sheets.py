"""A sheet of a planned file as it is, for looking at the cells that a finding names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.errors import UserError
from app.services.importing.blanking import Blanked, blanked
from app.services.importing.correcting import applied, correct
from app.services.importing.facts import Extract, PersonalColumn
from app.services.importing.grid import Sheet
from app.services.importing.layouts import best_layout
from app.services.importing.loaded import LoadedFile
from app.services.importing.mapped.headers import find_header_rows
from app.services.importing.personal import without_personal
from app.services.importing.plan import CorrectedCell, FilePlan, Finding
from app.services.importing.reading import Reader, ReadFailure
from app.services.importing.seen_rows import SeenRows
from app.services.importing.sniff import sniff
from app.services.importing.stage import StagedFile
from app.services.progress import Progress
from app.services.source import first_row

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
_LONGEST = 1_000
_HEADER = 4
"""Rows above the data in which the title of a column is looked for."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet as texts, with the corrections put over it; personal columns are blank."""

    path: str
    sheet: str
    sheets: tuple[str, ...]
    """Names of all sheets of the file."""
    rows: SeenRows
    width: int
    personal: Blanked
    """Columns and cells with personal data: blank."""
    corrected: Mapping[str, CorrectedCell]
    """By cell."""
    titles: tuple[str, ...] = ()
    """Of the columns: what stands above the first row of data."""
    marked: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    """By cell: what is found wrong in it."""

    def is_personal(self, row: int, column: int) -> bool:
        """Return whether a cell (0-based) is one of a personal column, or a personal line."""
        return column in self.personal.columns or self.personal.hides(row, column)


def view_sheet(
    file: StagedFile,
    loaded: LoadedFile,
    plan: FilePlan,
    sheet: str | None,
    progress: Progress,
) -> SheetView:
    """Read a staged copy again and return ``sheet`` (None: the first).

    The findings of ``plan`` are shown at their cells.

    Raises UserError when the file cannot be read or has no such sheet.
    """
    if file.copy is None:
        raise UserError(f"Файл «{file.path}» прочитать нельзя.", "Смотрите замечания к файлу.")
    with Reader(progress) as reader:
        try:
            book = reader.read(file.copy, sniff(file.copy, file.name))
        except ReadFailure as failure:
            raise UserError(failure.finding.message, failure.finding.hint) from None
    corrected = correct(book, applied(loaded)).workbook
    names = tuple(one.name for one in corrected.sheets)
    found = next((one for one in corrected.sheets if sheet in (None, one.name)), None)
    if found is None:
        raise UserError(f"В файле «{file.path}» нет листа «{sheet}».", "Выберите другой лист.")
    view = _view(file.path, names, found, loaded)
    return replace(view, marked=_marked(plan, found.name))


def _marked(plan: FilePlan, sheet: str) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in plan.findings:
        if finding.sheet == sheet:
            for cell in cells_of_text(finding.cell or ""):
                found[cell] = (*found.get(cell, ()), finding)
    return found


def cells_of_text(text: str) -> Iterator[str]:
    """Yield the single cells of «C3, C8:C12» as findings write them; a long range is cut."""
    for part in text.replace("$", "").replace(" ", "").split(","):
        first, _, last = part.partition(":")
        start, end = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
        if start is None or end is None:
            continue
        rows = range(int(start[2]), min(int(end[2]), int(start[2]) + _LONGEST) + 1)
        yield from (f"{start[1]}{row}" for row in rows)


def _view(path: str, names: tuple[str, ...], sheet: Sheet, loaded: LoadedFile) -> SheetView:
    first, personal = _as_read(sheet, loaded)
    blank = blanked(personal, sheet.name)
    rows = SeenRows(sheet, blank)
    return SheetView(
        path=path,
        sheet=sheet.name,
        sheets=names,
        rows=rows,
        width=rows.width,
        personal=blank,
        corrected={c.cell: c for c in loaded.corrections if c.sheet == sheet.name and c.changes},
        titles=tuple(_title(sheet, c, first) for c in range(rows.width)),
    )


def _as_read(sheet: Sheet, loaded: LoadedFile) -> tuple[int, tuple[PersonalColumn, ...]]:
    """Return the 0-based first row of data of a sheet, and its personal columns.

    A file whose bytes are stored already was not read for the plan: its sheet is looked at now.
    """
    sheets = [one for one in loaded.sheets if one.sheet == sheet.name]
    if sheets or loaded.known is None:
        personal = tuple(column for one in sheets for column in one.extract.personal)
        return min((one.first_row for one in sheets), default=1) - 1, personal
    found = best_layout(sheet)
    extract = without_personal(sheet, found[0].extract(sheet) if found else Extract(()))
    rows = [first_row(fact.rows) for block in extract.blocks for fact in block.facts[:1]]
    header = find_header_rows(sheet)[1] + 1
    return min(rows, default=header + 1) - 1, extract.personal


def _title(sheet: Sheet, column: int, data: int) -> str:
    """Return the nearest text above the first row of data."""
    above = (sheet.text(row, column) for row in range(data - 1, max(-1, data - 1 - _HEADER), -1))
    return next((text for text in above if text), "")
