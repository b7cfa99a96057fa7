"""Writers of the spreadsheets that offices bring: one neutral book, every format of the stick."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from tests.hostile import biff, ods_parts


@dataclass(frozen=True)
class Share:
    """A fraction that the book shows as per cent: 0.25 is seen as «25 %»."""

    value: float


Cell = str | int | float | Share | None
Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Tab:
    """One sheet of a book."""

    name: str
    rows: Rows
    hidden: bool = False


def write(path: Path, *tabs: Tab, real: str | None = None) -> None:
    """Write a book; its format is that of the ending, or ``real`` when the ending lies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_MAKERS[real or path.suffix](tabs))


def _xlsx(tabs: Sequence[Tab]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        percent = book.add_format({"num_format": "0.00%"})
        for tab in tabs:
            sheet = book.add_worksheet(tab.name)
            for number, row in enumerate(tab.rows):
                for column, value in enumerate(row):
                    if isinstance(value, Share):
                        sheet.write_number(number, column, value.value, percent)
                    elif isinstance(value, str):
                        sheet.write_string(number, column, value)
                    elif value is not None:
                        sheet.write_number(number, column, value)
            if tab.hidden:
                sheet.hide()
    return target.getvalue()


def _xlsm(tabs: Sequence[Tab]) -> bytes:
    """Return a book that says it may hold macros."""
    target = io.BytesIO()
    plain = zipfile.ZipFile(io.BytesIO(_xlsx(tabs)))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name in plain.namelist():
            part = plain.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            book.writestr(name, part)
    return target.getvalue()


def _plain(value: Cell) -> str | float | None:
    if isinstance(value, Share):
        return value.value
    return value if isinstance(value, str) or value is None else float(value)


def _xls(tabs: Sequence[Tab]) -> bytes:
    sheets = {tab.name: [[_plain(value) for value in row] for row in tab.rows] for tab in tabs}
    return biff.workbook(sheets, hidden=[tab.name for tab in tabs if tab.hidden])


def _ods_cell(value: Cell) -> str:
    if value is None:
        return ods_parts.gap(1)
    if isinstance(value, Share):
        return ods_parts.cell("percentage", f'office:value="{value.value}"')
    if isinstance(value, str):
        return ods_parts.cell("string", text=escape(value))
    return ods_parts.cell("float", f'office:value="{value}"')


def _ods(tabs: Sequence[Tab]) -> bytes:
    sheets = [
        ods_parts.sheet(
            tab.name, *(ods_parts.row(*map(_ods_cell, row)) for row in tab.rows), hidden=tab.hidden
        )
        for tab in tabs
    ]
    target = io.BytesIO()
    ods_parts.write_ods(target, *sheets)  # type: ignore[arg-type]
    return target.getvalue()


def _csv_cell(value: Cell) -> str:
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"' if set(value) & set(';"\n') else value
    return "" if value is None else str(_plain(value)).removesuffix(".0").replace(".", ",")


def _csv(tabs: Sequence[Tab]) -> bytes:
    """Return the first sheet as Russian Excel writes it: cp1251 with semicolons."""
    lines = (";".join(map(_csv_cell, row)) for row in tabs[0].rows)
    return ("\r\n".join(lines) + "\r\n").encode("cp1251")


_MAKERS = {".xlsx": _xlsx, ".xlsm": _xlsm, ".xls": _xls, ".ods": _ods, ".csv": _csv}
