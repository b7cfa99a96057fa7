"""Rows of results as bytes of a JSON, CSV or XLSX file, and the check that such a file opens."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.services.decimals import whole_or_less
from app.services.exporting.table import COLUMNS, Cell, Column, Row
from app.services.output import unreadable

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that starts with one of them is a formula to a program that opens a CSV."""
SHEET = "Результаты"


def as_json(rows: Sequence[Row]) -> bytes:
    """Return the contract of ``export results``: a list of objects, UTF-8."""
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def check_json(path: Path) -> None:
    """Raise OutputError when the file is not JSON."""
    try:
        json.loads(path.read_bytes())
    except ValueError as error:
        raise unreadable(path) from error


def as_csv(rows: Sequence[Row], columns: Sequence[Column] = COLUMNS) -> bytes:
    """Return the table as Russian Excel opens it: BOM, semicolons, decimal commas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([column.title for column in columns])
    writer.writerows([[csv_text(column.value(row)) for column in columns] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def check_csv(path: Path) -> None:
    """Raise OutputError when the file is not text."""
    try:
        path.read_text(encoding="utf-8-sig")
    except ValueError as error:
        raise unreadable(path) from error


def as_xlsx(
    rows: Sequence[Row],
    columns: Sequence[Column] = COLUMNS,
    title: str = "Результаты оценочных процедур",
    sheet_name: str = SHEET,
) -> bytes:
    """Return a workbook: frozen header with a filter, numbers as numbers, no formulas at all."""
    # Late: only for a workbook.
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(sheet_name)
        _write_header(book, sheet, len(rows), columns)
        mean = book.add_format({"num_format": "0.00"})
        for line, row in enumerate(rows, start=1):
            for column, described in enumerate(columns):
                _write_cell(sheet, (line, column), described.value(row), mean)
    return target.getvalue()


def check_xlsx(path: Path, sheet_name: str = SHEET) -> None:
    """Raise OutputError when the file is not a workbook with our sheet."""
    # Late: only for a workbook.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet_name)
    except CalamineError as error:
        raise unreadable(path) from error


@lru_cache(maxsize=65536)
def _number(value: float) -> str:
    """Return two decimals, and more where two would read as a whole number not reached."""
    return whole_or_less(value, 2)


def csv_text(value: Cell) -> str:
    """Return a cell of a CSV for Excel: decimal comma, and no text that would be a formula."""
    if value is None:
        return ""
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, str) and value.startswith(_FORMULA_SIGNS):
        # The apostrophe is how spreadsheet programs themselves mark a text.
        return f"'{value}"
    return str(value)


def _write_header(book: Any, sheet: Any, rows: int, columns: Sequence[Column]) -> None:
    look = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
    sheet.write_row(0, 0, [column.title for column in columns], book.add_format(look))
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Any, place: tuple[int, int], value: Cell, mean: Any) -> None:
    if isinstance(value, str):
        # A text stays a text: a code keeps its leading zero, a name never becomes a formula.
        sheet.write_string(*place, value)
    elif isinstance(value, float):
        sheet.write_number(*place, value, mean)
    elif value is not None:
        sheet.write_number(*place, value)
