"""Results written as a file, the format by its ending."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.errors import OutputError
from app.services.output import write_safely
from app.services.results import export_rows
from app.services.workspace import Workspace

Row = dict[str, Any]
Cell = str | int | float | None

_COLUMNS: tuple[tuple[str, int, Callable[[Row], Cell]], ...] = (
    ("Школа", 36, lambda row: row["school"]),
    ("Код ФИС ОКО", 13, lambda row: row["codes"]["fisoko"]),
    ("Код РЦОИ", 10, lambda row: row["codes"]["rcoi"]),
    ("Год", 7, lambda row: row["year"]),
    ("Процедура", 11, lambda row: row["assessment"]),
    ("Предмет", 26, lambda row: row["subject"]),
    ("Класс", 7, lambda row: row["grade"]),
    ("Участников", 11, lambda row: row["participants"]),
    ("«2»", 7, lambda row: row["n2"]),
    ("«3»", 7, lambda row: row["n3"]),
    ("«4»", 7, lambda row: row["n4"]),
    ("«5»", 7, lambda row: row["n5"]),
    ("Не преодолели минимум", 13, lambda row: row["below"]),
    ("Средний балл", 10, lambda row: row["mean"]),
    ("Файл", 50, lambda row: row["source"]["file"]),
    ("Лист", 26, lambda row: row["source"]["sheet"]),
    ("Строка", 8, lambda row: row["source"]["row"]),
)
"""Titles, widths in characters and values of the table."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A cell of a CSV that starts with one of them is a formula to a spreadsheet program."""


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
    make, check = _FORMATS[ending]
    write_safely(path, make(rows), check)
    return len(rows)


def _json(rows: Sequence[Row]) -> bytes:
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _check_json(path: Path) -> None:
    json.loads(path.read_bytes())


def _csv(rows: Sequence[Row]) -> bytes:
    """Return the table as Russian Excel opens it: semicolons, decimal commas, a BOM."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([title for title, _, _ in _COLUMNS])
    writer.writerows([[_csv_cell(value(row)) for _, _, value in _COLUMNS] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",")
    if isinstance(value, str) and value.startswith(_FORMULA_SIGNS):
        return f"'{value}"
    return str(value)


def _check_csv(path: Path) -> None:
    path.read_text(encoding="utf-8-sig")


def _xlsx(rows: Sequence[Row]) -> bytes:
    import xlsxwriter  # late: only for a workbook

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("Результаты")
        header = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        )
        mean = book.add_format({"num_format": "0.00"})
        sheet.write_row(0, 0, [title for title, _, _ in _COLUMNS], header)
        for column, (_, width, value) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            for line, row in enumerate(rows, start=1):
                _xlsx_cell(sheet, line, column, value(row), mean)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(rows), 1), len(_COLUMNS) - 1)
    return target.getvalue()


def _xlsx_cell(sheet: Any, line: int, column: int, value: Cell, mean: Any) -> None:
    if isinstance(value, str):
        # write_string: a code keeps its leading zero, a name never becomes a formula.
        sheet.write_string(line, column, value)
    elif isinstance(value, float):
        sheet.write_number(line, column, value, mean)
    elif value is not None:
        sheet.write_number(line, column, value)


def _check_xlsx(path: Path) -> None:
    from python_calamine import CalamineWorkbook  # late: only for a workbook

    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)


_FORMATS: Mapping[str, tuple[Callable[[Sequence[Row]], bytes], Callable[[Path], None]]] = {
    ".json": (_json, _check_json),
    ".csv": (_csv, _check_csv),
    ".xlsx": (_xlsx, _check_xlsx),
}

FORMATS = tuple(_FORMATS)
"""Endings that ``write_results`` knows."""
