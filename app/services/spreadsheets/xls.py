"""Excel books of 97–2003: read by xlrd, compared with calamine.

calamine is faster but is known to shift the first columns of some of these files without a word,
and gives an empty text for an error cell; so xlrd's values are the ones taken.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

import xlrd
from python_calamine import CalamineWorkbook, load_workbook
from xlrd.biffh import (
    XL_CELL_BOOLEAN,
    XL_CELL_DATE,
    XL_CELL_ERROR,
    error_text_from_code,
)
from xlrd.compdoc import CompDocError
from xlrd.xldate import xldate_as_datetime

from app.services.spreadsheets.messages import DAMAGED, RESAVE, RawSheet, Refused
from app.services.spreadsheets.values import (
    CellError,
    CellValue,
    Row,
    check_area,
    error_cell,
    number,
    tidy_row,
    trim,
)
from app.services.spreadsheets.xlsx import calamine_faults, collector_off

_CLOSE = 1e-6
_UNICODE = 80
"""xlrd's number of the first version (Excel 97) whose texts are Unicode."""


def read_xls(path: Path, note: Callable[[str], None]) -> Iterator[RawSheet]:
    """Yield the sheets of a book, hidden ones too; a note names each the two readers disagree on.

    Raises Refused; what xlrd raises on broken input passes through.
    """
    with _xlrd_faults(), Path(os.devnull).open("w") as nowhere:
        book = _open(path, nowhere, note)
        other = None if book.biff_version < _UNICODE else _Other(path)
        for index in range(book.nsheets):
            sheet = book.sheet_by_index(index)
            check_area(sheet.nrows, sheet.ncols, sheet.name)
            with collector_off():
                rows = trim(_rows(sheet, book.datemode))
            if other is not None and not other.agrees(index, rows):
                note(
                    f"Лист «{sheet.name}»: два способа чтения старого формата Excel дали разные "
                    "значения, взят более надёжный. Сверьте несколько ячеек с файлом."
                )
            yield RawSheet(sheet.name, rows, hidden=sheet.visibility != 0)
            book.unload_sheet(index)


def _open(path: Path, log: IO[str], note: Callable[[str], None]) -> Any:
    """Open a book; before Excel 97 its texts are bytes, and some programs do not say in what."""
    # Never mapped: where memory is short, mapping fails with OSError, as a damaged file does.
    options = {"logfile": log, "on_demand": True, "ragged_rows": True, "use_mmap": False}
    book = xlrd.open_workbook(str(path), **options)
    if book.biff_version < _UNICODE and book.codepage is None:
        note("В книге не указана кодировка текста; она прочитана как Windows-1251.")
        book.release_resources()
        book = xlrd.open_workbook(str(path), encoding_override="cp1251", **options)
    return book


@contextmanager
def _xlrd_faults() -> Iterator[None]:
    """Turn xlrd's own exceptions into Refused; the built-in ones it raises as well pass through."""
    try:
        yield
    except (xlrd.XLRDError, CompDocError) as error:
        if "encrypted" in str(error):
            raise Refused(
                "Файл защищён паролем.",
                "Откройте его в Excel, снимите пароль и сохраните как «Книга Excel (.xlsx)».",
            ) from None
        raise Refused(DAMAGED, RESAVE) from None


def _rows(sheet: Any, datemode: int) -> list[Row]:
    known: dict[str, str] = {}
    rows: list[Row] = []
    for index in range(sheet.nrows):
        kinds = sheet.row_types(index)
        values = sheet.row_values(index)
        special = [
            column
            for column, kind in enumerate(kinds)
            if kind in (XL_CELL_DATE, XL_CELL_BOOLEAN, XL_CELL_ERROR)
        ]
        row = tidy_row(values, known)
        for column in special:
            row[column] = _special(kinds[column], values[column], datemode)
        rows.append(row)
    return rows


def _special(kind: int, value: Any, datemode: int) -> CellValue:
    if kind == XL_CELL_BOOLEAN:
        return bool(value)
    if kind == XL_CELL_ERROR:
        return error_cell(error_text_from_code.get(value, "#Н/Д"))
    return _moment(value, datemode)


def _moment(value: float, datemode: int) -> CellValue:
    """Return a date, a time or both; a number that is no date of Excel stays a number."""
    if value < 0:
        return number(value)
    try:
        moment: datetime = xldate_as_datetime(value, datemode)
    except (OverflowError, ValueError):
        return number(value)
    if 0 <= value < 1:
        return moment.time()
    return moment.date() if moment.time() == time() else moment


class _Other:
    """The second opinion; where it has none, nothing is said."""

    def __init__(self, path: Path) -> None:
        self._book: CalamineWorkbook | None = None
        try:
            with calamine_faults(), path.open("rb") as file:
                self._book = load_workbook(file)
        except (Refused, OSError):
            return

    def agrees(self, index: int, rows: list[Row]) -> bool:
        """Return whether the second reader sees the same values, as far as it can tell them."""
        theirs = self._read(index)
        if theirs is None:
            return True
        return all(_same_row(row, _at(theirs, at)) for at, row in enumerate(rows))

    def _read(self, index: int) -> list[Row] | None:
        if self._book is None:
            return None
        try:
            with calamine_faults():
                raw = self._book.get_sheet_by_index(index).to_python(skip_empty_area=False)
        except Refused:
            return None
        known: dict[str, str] = {}
        return trim([tidy_row(row, known) for row in raw])


def _at(rows: list[Row], index: int) -> Row:
    return rows[index] if index < len(rows) else []


def _same_row(ours: Row, theirs: Row) -> bool:
    if ours == theirs:
        return True
    padded = theirs + [None] * (len(ours) - len(theirs))
    return all(_same(a, b) for a, b in zip(ours, padded, strict=False))


def _same(ours: CellValue, theirs: CellValue) -> bool:
    """Return whether two readings are one value; error cells and dates differ by reader."""
    if ours == theirs or isinstance(ours, CellError):
        return True
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        return abs(ours - theirs) <= _CLOSE * max(1.0, abs(ours))
    dates = (date, datetime, time)
    return isinstance(ours, dates) and theirs is not None and not isinstance(theirs, str)
