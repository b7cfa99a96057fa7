"""Tables of documents and sheets of workbooks as grids, so that both are read in one way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.errors import UserError
from app.services import importing
from app.services.importing import Sheet
from app.services.indicators.reading.draft import Draft, read_draft
from app.services.indicators.reading.grid import Grid, GridCell
from app.services.progress import NoProgress, Progress
from app.services.workspace import Workspace

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def read_file(
    workspace: Workspace, path: Path, progress: Progress | None = None
) -> tuple[Draft, ...]:
    """Return the tables of indicators of a document or workbook, read in the guarded child.

    UserError when the file cannot be read or holds no table of indicators.
    """
    teller = progress or NoProgress()
    plan = importing.prepare(workspace, [path], teller)
    try:
        if len(plan.files) != 1:
            raise UserError(f"«{path.name}» – не один файл.", "Выберите файл Word или Excel.")
        sheets = importing.open_sheets(plan, plan.files[0].path, teller)
    finally:
        importing.discard(plan)
    drafts = drafts_of(sheet for sheet in sheets if not sheet.hidden)
    if not drafts:
        raise UserError(
            f"Таблицы показателей в файле «{path.name}» не нашлось.",
            "Её узнают по шапке: графа «Показатель» (или «Наименование» и «Ед. изм.») и графы "
            "значений – «Базовое», годы, «план», «факт» или «%». Поправьте шапку или вставьте "
            "таблицу из буфера на вкладке «Показатели».",
        )
    return drafts


def read_years(text: str) -> tuple[int, int]:
    """Return the first and the last year that a text names; UserError when it names none."""
    years = [int(year) for year in _YEAR.findall(text)]
    if not years or len(years) > 2:
        raise UserError(f"Годы «{text}» не поняты.", "Напишите, например, «2025–2027».")
    return years[0], years[-1]


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
