"""Extracts of the forms ОО-1 and ОО-2 (L17): figures by line code, «№ строки», of one school."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.models.enums import RecordKind
from app.services.importing.cells import compact_rows, is_empty, read_number, shorten
from app.services.importing.facts import Block, Extract, RecordFact, SchoolRef
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.labels import names_school, split_code
from app.services.importing.layouts.named import find_school_year
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.school_tables import NO_YEAR, OWNER
from app.services.importing.layouts.wide import Wide, find_wide, repeats_header, wide_tables
from app.services.importing.tables import (
    Vocabulary,
    filled_cells,
    fixed,
    key,
    next_filled,
    row_text,
)

_KIND = RecordKind.STATISTICS
_WORDS = Vocabulary(
    line=r"№строки|номерстроки|кодстроки|строка№|nстроки",
    title=r"наименование(?:показател\w*)?|показател[ьи]\w*",
    unit=r"единицаизмерения|едизм|кодпоокеи\w*|океи",
)
_FORM = re.compile(r"(?:форма|№|n)?\s*(?:№\s*)?(ОО\s*-?\s*[12])(?!\d)", re.IGNORECASE)
_SECTION = re.compile(r"раздел\s*(\d+(?:\.\d+)*)", re.IGNORECASE)
_LINE = re.compile(r"\d{1,3}(?:[.\-]\d{1,2})*")
_DEFAULT_FORM = "форма"


@dataclass(frozen=True, slots=True)
class _Place:
    """Which form and section a table belongs to: the first part of its figures' names."""

    form: str
    section: str

    def name(self, line: str, title: str) -> str:
        """Return the name of a figure: ``line_ОО-1, раздел 2.1, строка 05, «Всего»``."""
        parts = [self.form, f"раздел {self.section}" if self.section else "", f"строка {line}"]
        listed = ", ".join(part for part in parts if part)
        return f"line_{listed}, «{title}»"


def recognise(sheet: Sheet) -> float:
    """Return the confidence: a column «№ строки» with columns of numbers beside it."""
    return 0.85 if find_wide(sheet, _WORDS, _accepts) else 0.0


def extract(sheet: Sheet) -> Extract:
    """Return one record of the school with every number of every line, named by its line code."""
    findings, remarks = Findings(sheet), Remarks()
    tables = wide_tables(sheet, _WORDS, _accepts)
    data: dict[str, float | int | str] = {}
    cells: dict[str, str] = {}
    rows: list[int] = []
    place = _Place(_DEFAULT_FORM, "")
    for table in tables:
        place = _place(sheet, table, place)
        read, place = _read(sheet, table, place, (data, cells), (findings, remarks))
        rows.extend(read)
    remarks.tell(sheet, findings)
    fact = _fact(sheet, tables, data, cells, rows, findings)
    blocks = (Block(sheet.name, cells, (fact,)),) if fact else ()
    return Extract(blocks, findings.problems, len(rows))


def _accepts(table: Wide) -> bool:
    return "line" in table.header.columns and bool(table.others())


def _place(sheet: Sheet, table: Wide, before: _Place) -> _Place:
    """Return where the table stands: what its own titles say, else what stood last above it."""
    said = [text for row in table.own for _, text in filled_cells(sheet, row)]
    named = next((m for text in (*said, sheet.name) if (m := _FORM.search(text))), None)
    section = next((m for text in reversed(said) if (m := _SECTION.search(text))), None)
    form = f"ОО-{named[1][-1]}" if named else before.form
    kept = before.section if form == before.form else ""
    return _Place(form, section[1] if section else kept)


def _read(
    sheet: Sheet,
    table: Wide,
    place: _Place,
    into: tuple[dict[str, float | int | str], dict[str, str]],
    told: tuple[Findings, Remarks],
) -> tuple[list[int], _Place]:
    """Put the numbers of a table into the record.

    Return the 0-based rows that gave any, and where the last of them stands: titles of the next
    section may stand among the rows.
    """
    (data, cells), (findings, remarks) = into, told
    rows = []
    for row in table.data:
        line = sheet.text(row, table.header.columns["line"])
        if repeats_header(sheet, table, row):
            continue
        if not _LINE.fullmatch(line):
            section = _SECTION.search(row_text(sheet, row))
            if section is None:
                remarks.add(row)
            else:
                place = replace(place, section=section[1])
            continue
        rows.append(row)
        for column in table.others():
            if is_empty(sheet.at(row, column)):
                continue
            number = read_number(sheet.at(row, column))
            name = place.name(line, shorten(table.title(column), 80))
            if number.value is None:
                findings.cell_error(
                    row,
                    column,
                    f"Строка {line}: {number.fault}.",
                    "Впишите в ячейку число и загрузите файл снова.",
                )
            elif name in data:
                findings.cell_warning(
                    row,
                    column,
                    f"Строка {line} встретилась дважды: взято первое число.",
                    "Если это другой раздел, подпишите над таблицей его номер.",
                )
            else:
                data[name] = number.value if number.whole is None else number.whole
                cells[name] = fixed(row, column)
    return rows, place


def _fact(
    sheet: Sheet,
    tables: tuple[Wide, ...],
    data: dict[str, float | int | str],
    cells: dict[str, str],
    rows: list[int],
    findings: Findings,
) -> RecordFact | None:
    if not tables:
        return None
    titles = tuple(row for table in tables for row in table.titles)
    year = find_school_year(sheet, titles)
    where = address(tables[0].header.first, 0)
    ref = _school(sheet, titles, cells)
    if year is None:
        findings.sheet_error("В форме не найден год.", NO_YEAR, where)
    if ref is None:
        findings.sheet_error(
            "В форме не найдено название школы.",
            "Впишите его над таблицей и загрузите файл снова.",
            where,
        )
    if year is None or ref is None or not data:
        return None
    if year.cell:
        cells["year"] = year.cell
    return RecordFact(_KIND, year.value, data, compact_rows(row + 1 for row in rows), ref)


def _school(sheet: Sheet, titles: tuple[int, ...], cells: dict[str, str]) -> SchoolRef | None:
    """Return the school that a title or a label with its value names."""
    for row in titles:
        for column, text in filled_cells(sheet, row):
            label, _, value = text.partition(":")
            beside = next_filled(sheet, row, column)
            meant = OWNER.field(label) or ("name" if "наименование" in key(label) else None)
            shown = value.strip() or (beside[1] if beside and meant else text)
            code, name = split_code(shown)
            if not code and not names_school(name):
                continue
            place = beside[0] if beside and meant and not value.strip() else column
            cells["name"] = cells["fisoko"] = cells["rcoi"] = fixed(row, place)
            return SchoolRef((code,) if code else (), name or None)
    return None


LAYOUT = Layout(
    "statistical_form", "Выписка из формы ОО-1 или ОО-2", recognise, extract, up_to(0.85)
)
