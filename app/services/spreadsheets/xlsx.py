"""Excel books of 2007 and later: values by calamine, and what calamine hides by our own scan."""

from __future__ import annotations

import gc
import posixpath
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    PasswordError,
    SheetTypeEnum,
    load_workbook,
)

from app.services.spreadsheets.messages import (
    DAMAGED,
    RESAVE,
    Merged,
    RawSheet,
    Refused,
)
from app.services.spreadsheets.values import Row, check_area, place, tidy_row, trim
from app.services.spreadsheets.xlsx_scan import Scan, scan

_BOOK = "xl/workbook.xml"
_MOST_MERGED = 20_000
"""Merged areas told to the parent; a plan of 5,000 activities has a heading row for some."""
_LARGEST_INDEX = 8 << 20
"""Bytes of workbook.xml and its relations; honest ones have some kilobytes."""


@dataclass(frozen=True, slots=True)
class _Index:
    """Sheets of the book in its order with the parts that hold them, and how they were computed."""

    parts: tuple[tuple[str, str], ...]
    stale: bool


def read_xlsx(path: Path, note: Callable[[str], None]) -> Iterator[RawSheet]:
    """Yield the sheets of a book, hidden ones too; merged cells have their value at the top left.

    Raises Refused; what the zip and XML libraries raise on broken input passes through.
    """
    # An open file, not its path: of a path calamine believes the extension.
    with path.open("rb") as file, zipfile.ZipFile(path) as archive, calamine_faults():
        index = _read_index(archive)
        with load_workbook(file) as book:
            metadata = book.sheets_metadata
            if [sheet.name for sheet in metadata] != [name for name, _ in index.parts]:
                raise Refused(DAMAGED, RESAVE)
            for number, (sheet, (_, part)) in enumerate(zip(metadata, index.parts, strict=True)):
                if sheet.typ is not SheetTypeEnum.WorkSheet:
                    note(
                        f"Лист «{sheet.name}» пропущен: на нём диаграмма или макрос, а не таблица."
                    )
                    continue
                found = _scan_part(archive, part, sheet.name, stale=index.stale)
                page = book.get_sheet_by_index(number)
                merged = _merged(page)
                rows = _rows(page, found, note)
                yield RawSheet(sheet.name, rows, hidden=visibility(sheet.visible), merged=merged)


def visibility(visible: object) -> bool:
    """Return whether calamine's mark of a sheet means hidden."""
    return str(visible).rpartition(".")[2] != "Visible"


@contextmanager
def calamine_faults() -> Iterator[None]:
    """Turn what calamine raises on broken input, panics of its Rust code too, into Refused."""
    try:
        yield
    except PasswordError:
        raise Refused(
            "Файл защищён паролем.",
            "Откройте его в Excel, снимите пароль (Файл → Сведения → Защита книги) и сохраните.",
        ) from None
    except CalamineError:
        raise Refused(DAMAGED, RESAVE) from None
    except BaseException as error:
        # A panic derives from BaseException and has no public class.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(DAMAGED, RESAVE) from None


def _merged(sheet: CalamineSheet) -> tuple[Merged, ...]:
    areas = sheet.merged_cell_ranges or ()
    return tuple((*first, *last) for first, last in areas[:_MOST_MERGED])


def _scan_part(archive: zipfile.ZipFile, part: str, sheet: str, *, stale: bool) -> Scan:
    found = scan(lambda: archive.open(part), sheet, stale=stale)
    check_area(found.rows, found.columns, sheet)
    for row, column in found.cells:
        check_area(row + 1, column + 1, sheet)
    return found


def _rows(sheet: CalamineSheet, found: Scan, note: Callable[[str], None]) -> list[Row]:
    # Without skip_empty_area=False the addresses shift; iter_rows drops columns in any case.
    rows: list[Any] = sheet.to_python(skip_empty_area=False)
    name, merged = sheet.name, sheet.merged_cell_ranges or ()
    del sheet  # calamine's own copy of the values
    known: dict[str, str] = {}
    with collector_off():
        for number, row in enumerate(rows):
            rows[number] = tidy_row(row, known)
    for (at, column), value in found.cells.items():
        place(rows, at, column, value)
    if hidden := sum(_uncover(rows, *area) for area in merged):
        note(
            f"Лист «{name}»: под объединёнными ячейками скрыты значения ({hidden}); "
            "взято только видимое, из левой верхней ячейки каждого объединения."
        )
    return trim(rows)


def _uncover(rows: list[Row], first: tuple[int, int], last: tuple[int, int]) -> int:
    """Empty a merged area but for its top left cell; return how many values stood there."""
    hidden = 0
    for number in range(first[0], min(last[0] + 1, len(rows))):
        row = rows[number]
        for column in range(first[1], min(last[1] + 1, len(row))):
            if row[column] is not None and (number, column) != first:
                row[column] = None
                hidden += 1
    return hidden


@contextmanager
def collector_off() -> Iterator[None]:
    """Stop the cycle collector: plain rows have no cycles, and looking for them takes as long."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read_index(archive: zipfile.ZipFile) -> _Index:
    names = {name.casefold(): name for name in archive.namelist()}
    book = _parse(archive, names, _BOOK)
    relations = {
        item.get("Id", ""): item.get("Target", "")
        for item in _parse(archive, names, "xl/_rels/workbook.xml.rels")
    }
    parts = []
    stale = False
    for element in book.iter():
        tag = _local(element.tag)
        if tag == "sheet":
            parts.append((element.get("name", ""), _part(element, relations, names)))
        elif tag == "calcPr":
            stale = element.get("fullCalcOnLoad", "0") in ("1", "true")
    if len({part for _, part in parts}) < len(parts):
        # One part under thousands of names is a bomb that no size in the archive shows.
        raise Refused(DAMAGED, RESAVE)
    return _Index(tuple(parts), stale)


def _part(sheet: ElementTree.Element, relations: dict[str, str], names: dict[str, str]) -> str:
    """Return the name in the archive of a sheet's part; KeyError when there is none."""
    identifier = next((v for k, v in sheet.attrib.items() if _local(k) == "id" and k != "id"), "")
    target = relations[identifier].replace("\\", "/")
    full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return names[full.casefold()]


def _parse(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> ElementTree.Element:
    info = archive.getinfo(names[part])
    if info.file_size > _LARGEST_INDEX:
        raise Refused(DAMAGED, RESAVE)
    data = archive.read(info)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused(DAMAGED, RESAVE)
    return ElementTree.fromstring(data)  # noqa: S314 - no DOCTYPE, so no entities, and a size limit


def _local(name: str) -> str:
    return name.rpartition("}")[2]
