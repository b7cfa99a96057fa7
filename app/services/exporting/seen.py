"""A table as it is seen in the window, written as a workbook or a CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from app.errors import OutputError
from app.services import decimals
from app.services.exporting.formats import check_csv, check_xlsx, csv_text
from app.services.exporting.table import Cell
from app.services.output import write_safely

_SHEET_NAME = 31
"""Most characters of the name of a sheet in Excel."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column: its title, width in characters, and how many decimals its numbers show."""

    title: str
    width: int
    digits: int = 0
    limits: tuple[Fraction, ...] = ()
    """Of a share: more decimals where it would stand on the wrong side of one of these."""

    def digits_of(self, value: Cell) -> int:
        """Return how many decimals a cell shows."""
        if not self.limits or not isinstance(value, float):
            return self.digits
        return len(decimals.share(value, *self.limits).partition(",")[2])


@dataclass(frozen=True, slots=True)
class SeenTable:
    """What the window shows, in its order; a None is an empty cell, never a zero."""

    title: str
    notes: tuple[str, ...]
    """What was chosen and how totals are computed; written above the table."""
    columns: tuple[SeenColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: bool = False
    """The last row holds totals and is set in bold."""


def write_seen(table: SeenTable, path: Path) -> Path:
    """Write the table as .xlsx or .csv, by the ending of ``path``; return the path.

    Numbers are numbers; no text becomes a formula.  OutputError says in Russian what went wrong,
    and an older file is then untouched.
    """
    name = sheet_name(table.title)
    makers: Mapping[str, tuple[Callable[[SeenTable], bytes], Callable[[Path], None]]] = {
        ".xlsx": (_as_xlsx, lambda written: check_xlsx(written, name)),
        ".csv": (_as_csv, check_csv),
    }
    found = makers.get(path.suffix.casefold())
    if found is None:
        raise OutputError(
            f"Таблицу нельзя записать в файл «{path.name}».",
            f"Годятся окончания: {', '.join(makers)}.",
        )
    make, check = found
    write_safely(path, make(table), check)
    return path


def sheet_name(title: str) -> str:
    """Return a title as Excel allows it for a sheet."""
    return title.translate(_FORBIDDEN)[:_SHEET_NAME].strip(" '") or "Таблица"


def _as_csv(table: SeenTable) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([column.title for column in table.columns])
    writer.writerows(
        [
            [_csv(value, of.digits_of(value)) for value, of in zip(row, table.columns, strict=True)]
            for row in table.rows
        ]
    )
    return text.getvalue().encode("utf-8-sig")


def _csv(value: Cell, digits: int) -> str:
    if not isinstance(value, float):
        return csv_text(value)
    return decimals.fixed(value, digits)


def _as_xlsx(table: SeenTable) -> bytes:
    # Late: only for a workbook.
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": table.title})
        sheet = book.add_worksheet(sheet_name(table.title))
        first = _write_head(book, sheet, table)
        look = _looks(book)
        last = len(table.rows) - 1
        for line, row in enumerate(table.rows):
            bold = table.totals and line == last
            digits = (of.digits_of(cell) for of, cell in zip(table.columns, row, strict=True))
            _write_row(sheet, first + line, row, [look(bold, number) for number in digits])
        sheet.freeze_panes(first, 1)
        sheet.repeat_rows(first - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return target.getvalue()


def _write_head(book: Any, sheet: Any, table: SeenTable) -> int:
    """Write title, notes and the header; return the first row of the data."""
    sheet.write_string(0, 0, table.title, book.add_format({"bold": True, "font_size": 14}))
    for line, note in enumerate(table.notes, start=1):
        sheet.write_string(line, 0, note)
    row = len(table.notes) + 2
    look = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
    head = book.add_format(look)
    for index, column in enumerate(table.columns):
        sheet.write_string(row, index, column.title, head)
        sheet.set_column(index, index, column.width)
    sheet.set_row(row, 48)
    return row + 1


def _looks(book: Any) -> Callable[[bool, int], Any]:
    """Return what gives the format of a cell: of ordinary rows or of the totals, by decimals."""

    @cache
    def look(bold: bool, digits: int) -> Any:
        number = "0" + ("." + "0" * digits if digits else "")
        return book.add_format({"num_format": number, "border": 1, "bold": bold})

    return look


def _write_row(sheet: Any, line: int, row: Sequence[Cell], looks: Sequence[Any]) -> None:
    for index, (value, look) in enumerate(zip(row, looks, strict=True)):
        if value is None:
            sheet.write_blank(line, index, None, look)
        elif isinstance(value, str):
            sheet.write_string(line, index, value, look)
        else:
            sheet.write_number(line, index, value, look)
