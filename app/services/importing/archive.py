"""Copies of imported files for ever: named by their content, without columns about pupils."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.services.importing.blanking import Blanked, blanked
from app.services.importing.facts import PersonalColumn
from app.services.importing.grid import CellError, CellValue, Sheet, UncachedFormula, Workbook
from app.services.progress import Progress

_CHUNK = 1 << 20
# XlsxWriter stamps the time of writing; a fixed one keeps equal contents equal in their bytes.
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST_EXCEL_YEAR = 1900
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LENGTH = 31
_CELL_LENGTH = 32_767
_ROWS_BETWEEN_CHECKS = 1_000
_CELLS_IN_MEMORY = 100_000


def keep(source: Path, archive: Path, suffix: str) -> str:
    """Copy ``source`` into the archive and return its name there, such as ``3f/3f….xlsx``.

    A copy with the same content is not written twice.  The file is on the disk before its name
    appears.  Raises UserError when the disk does not take it.
    """
    try:
        return _keep(source, archive, suffix)
    except OSError as error:
        raise UserError(
            "Не удалось сохранить копию файла в архив: нет места или прав на запись.",
            f"Проверьте свободное место и права на папку «{archive}» и повторите загрузку.",
        ) from error


def write_without(
    workbook: Workbook,
    personal: Sequence[PersonalColumn],
    unknown: Collection[str],
    target: Path,
    progress: Progress,
) -> None:
    """Write the values of ``workbook`` to ``target`` (.xlsx) without anything about pupils.

    Cells of ``personal`` columns are left blank below their header, and sheets named in
    ``unknown``, which no layout understood and which may therefore hold anything, stay empty.
    All other values stand at the same addresses.  No text becomes a formula or a link.  Raises
    Cancelled when ``progress`` says so; what is written then is of no use.
    """
    import xlsxwriter  # late: the window is painted without it

    big = sum(sum(map(len, sheet.rows)) for sheet in workbook.sheets) > _CELLS_IN_MEMORY
    options = {
        # Row by row a book takes no memory but half as much time again.
        "constant_memory": big,
        "in_memory": not big,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
        "tmpdir": str(target.parent),
    }
    with xlsxwriter.Workbook(str(target), options) as book:
        book.set_properties({"created": _STAMP})
        writer = _SheetWriter(book, progress)
        for index, sheet in enumerate(workbook.sheets):
            writer.add(sheet, index, blanked(personal, sheet.name), empty=sheet.name in unknown)


def _keep(source: Path, archive: Path, suffix: str) -> str:
    digest = _sha256(source)
    name = f"{digest[:2]}/{digest}{suffix}"
    target = archive / name
    if target.exists() and target.stat().st_size == source.stat().st_size:
        return name
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as copy, source.open("rb") as original:
            shutil.copyfileobj(original, copy, _CHUNK)
            copy.flush()
            os.fsync(copy.fileno())
        os.replace(draft, target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return name


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # NTFS journals the rename itself, and a folder cannot be opened for syncing
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _SheetWriter:
    """Writes the values of sheets into an XlsxWriter book."""

    def __init__(self, book: Any, progress: Progress) -> None:
        self._book = book
        self._progress = progress
        self._formats = {
            datetime: book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
            date: book.add_format({"num_format": "dd.mm.yyyy"}),
            time: book.add_format({"num_format": "hh:mm:ss"}),
            timedelta: book.add_format({"num_format": "[h]:mm:ss"}),
        }
        self._names: set[str] = set()

    def add(self, sheet: Sheet, index: int, blank: Blanked, *, empty: bool) -> None:
        """Add a sheet without its personal cells."""
        page = self._book.add_worksheet(self._name(sheet.name, index))
        if sheet.hidden and index:
            page.hide()
        for row, cells in enumerate(() if empty else sheet.rows):
            if row % _ROWS_BETWEEN_CHECKS == 0:
                self._progress.check()
            for column, value in enumerate(cells):
                if value is not None and not blank.hides(row, column):
                    self._write(page, row, column, value)

    def _name(self, name: str, index: int) -> str:
        """Excel's rules for the name of a sheet; a file of another format may break them."""
        legal = _SHEET_NAME.sub("_", name)[:_SHEET_NAME_LENGTH].strip("'")
        if not legal or legal.casefold() in self._names:
            legal = f"Лист {index + 1}"
        self._names.add(legal.casefold())
        return legal

    def _write(self, page: Any, row: int, column: int, value: CellValue) -> None:
        if type(value) is str:  # most cells: the fast way for the type that needs no other look
            if value:
                page.write_string(row, column, value[:_CELL_LENGTH])
        elif isinstance(value, bool):
            page.write_boolean(row, column, value)
        elif isinstance(value, (int, float)):
            page.write_number(row, column, value)
        elif isinstance(value, (date, time, timedelta)) and _fits_excel(value):
            page.write_datetime(row, column, _naive(value), self._formats[type(value)])
        else:
            page.write_string(row, column, _text(value)[:_CELL_LENGTH])


def _fits_excel(value: date | time | timedelta) -> bool:
    return not isinstance(value, date) or value.year >= _FIRST_EXCEL_YEAR


def _naive(value: date | time | timedelta) -> date | time | timedelta:
    return value.replace(tzinfo=None) if isinstance(value, (datetime, time)) else value


def _text(value: CellValue) -> str:
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, UncachedFormula):
        return value.formula
    return str(value)
