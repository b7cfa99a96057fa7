"""Results written as a file, the format by its ending."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.errors import OutputError
from app.services.exporting import formats
from app.services.exporting.table import Row
from app.services.output import write_safely
from app.services.results import export_rows
from app.services.workspace import Workspace

_FORMATS: Mapping[str, tuple[Callable[[Sequence[Row]], bytes], Callable[[Path], None]]] = {
    ".json": (formats.as_json, formats.check_json),
    ".csv": (formats.as_csv, formats.check_csv),
    ".xlsx": (formats.as_xlsx, formats.check_xlsx),
}

FORMATS = tuple(_FORMATS)
"""Endings that ``write_results`` knows."""


def write_results(
    workspace: Workspace, path: Path, year: int | None = None, school_id: int | None = None
) -> int:
    """Write the results in force as .json, .csv or .xlsx and return how many there are.

    The JSON is that of the contract ``export results``; the tables hold the same values, empty
    where a file gave none.  OutputError when the ending is another one or the file cannot be
    written; an older file is then untouched.
    """
    ending = path.suffix.casefold()
    if ending not in _FORMATS:
        raise OutputError(
            f"Результаты нельзя записать в файл «{path.name}».",
            f"Годятся окончания: {', '.join(FORMATS)}.",
        )
    rows = export_rows(workspace, year, school_id)
    render, check = _FORMATS[ending]
    write_safely(path, render(rows), check)
    return len(rows)
