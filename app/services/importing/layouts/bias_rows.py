"""The list of bias marks with a mark in each row (L7): a school, its grade, its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.models.enums import AssessmentKind, RecordKind
from app.services.importing import subjects
from app.services.importing.cells import shorten
from app.services.importing.facts import Block, Extract
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.named import says_no
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.school_tables import (
    OWNER_WORDS,
    NamedColumn,
    Plan,
    Sort,
    read_table,
    table_year,
    tell_school_year,
    tell_unknown,
    year_cells,
)
from app.services.importing.layouts.wide import Wide, wide_tables
from app.services.importing.tables import Vocabulary, is_total, key
from app.services.table_words import pattern

_WORDS = Vocabulary(grade=titles_of.GRADE, subject=titles_of.SUBJECT, **OWNER_WORDS)
SEVERAL = re.compile(r"[,;/\n]|\s+и\s+")
"""What stands between the marks or the subjects of one cell."""
_KNOWN_GRADES = range(1, 12)
_GRADE = re.compile(r"(?<!\d)(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?(?!\d)")
"""A grade or several: «4», «4–6»."""


def row_tables(sheet: Sheet) -> tuple[Wide, ...]:
    """Return the tables that name a school, a grade and a subject in each row, and no figures."""
    return wide_tables(sheet, _WORDS, _accepts)


def _accepts(table: Wide) -> bool:
    columns = table.header.columns
    owned = {"name", "fisoko", "rcoi", "code"} & columns.keys()
    counts = pattern("bias_rows", "counts")
    counted = any(counts.search(key(table.title(column))) for column in table.others())
    return bool(owned) and {"grade", "subject"} <= columns.keys() and not counted


def read_rows(sheet: Sheet, tables: tuple[Wide, ...], prefix: str) -> Extract:
    """Return a mark per row: a school of several rows has the marks of all of them."""
    findings, remarks = Findings(sheet), Remarks()
    blocks: list[Block] = []
    rows_read = 0
    for table in tables:
        owned = _with_owners(sheet, table, findings)
        rows = [row for row in table.data if not is_total(owned, row)]
        rows = _flagged(owned, table, rows, findings)
        said = {row: tuple(_marks(owned, table, row, findings)) for row in rows}
        rows_read += len(rows)
        listing = Listing(owned, table, table.header.columns["subject"], prefix)
        blocks.extend(listing.blocks(said, findings, remarks))
    personal = personal_columns(sheet, [table.header for table in tables])
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, rows_read, personal)


@dataclass(frozen=True)
class Listing:
    """A table whose cells name marks in words, in the 0-based ``column``."""

    sheet: Sheet
    table: Wide
    column: int
    prefix: str
    """Of the figures' names."""

    def blocks(
        self, said: Mapping[int, Sequence[str]], findings: Findings, remarks: Remarks
    ) -> Iterator[Block]:
        """Yield the records of each mark; ``said`` are the marks that each row names."""
        year = table_year(self.sheet, self.table)
        tell_school_year(self.sheet, year, findings)
        rows: dict[str, list[int]] = {}
        for row, marks in said.items():
            for mark in marks:
                rows.setdefault(mark, []).append(row)
        title = self.table.title(self.column)
        for mark, places in rows.items():
            named = NamedColumn(self.prefix + mark, self.column, title, Sort.LISTED)
            plan = Plan(RecordKind.BIAS, (named,), year, cells=year_cells(year))
            part = replace(self.table, data=tuple(places))
            yield read_table(self.sheet, part, plan, findings, remarks)[0]


def _flagged(sheet: Sheet, table: Wide, rows: Sequence[int], findings: Findings) -> list[int]:
    """Return the rows with a mark: beside «Маркер» may stand «нет»; other columns are told."""
    flags = [c for c in table.others() if _is_flag(table, c)]
    tell_unknown(sheet, table, flags, findings, "сведения")
    clear = [row for row in rows if any(says_no(sheet.text(row, column)) for column in flags)]
    if clear:
        findings.rows_warning(
            clear,
            flags[0],
            f"«{table.title(flags[0])}»: признака нет, строки не загружены.",
        )
    return [row for row in rows if row not in clear]


def _is_flag(table: Wide, column: int) -> bool:
    return pattern("bias_rows", "flag").fullmatch(key(table.title(column))) is not None


def _with_owners(sheet: Sheet, table: Wide, findings: Findings) -> Sheet:
    """Return the sheet with the school in each row: printed once, it serves the rows below it."""
    known = table.header.columns
    owners = [known[name] for name in ("name", "fisoko", "rcoi", "code") if name in known]
    said = [known["grade"], known["subject"]]
    rows, last, filled = list(sheet.rows), None, []
    for row in table.data:
        if is_total(sheet, row):
            last = None
        elif any(sheet.text(row, column) for column in owners):
            last = row
        elif last is not None and any(sheet.text(row, column) for column in said):
            cells = list(rows[row]) + [None] * (max(owners) + 1 - len(rows[row]))
            for column in owners:
                cells[column] = sheet.at(last, column)
            rows[row] = cells
            filled.append(row)
    if filled:
        findings.sheet_warning(
            "Школа не повторена в строках: взята из строки выше.",
            "Если строка о другой школе, впишите её название и загрузите файл снова.",
            ", ".join(address(row, min(owners)) for row in filled[:20]),
        )
    return replace(sheet, rows=rows)


def _marks(sheet: Sheet, table: Wide, row: int, findings: Findings) -> Iterator[str]:
    """Yield «4 РУ» for each subject and grade of a row; what is not understood is told."""
    columns = table.header.columns
    said, wanted = sheet.text(row, columns["grade"]), sheet.text(row, columns["subject"])
    if not said and not wanted:
        return
    grades, odd = _grades(said)
    names = [_subject(part) for part in SEVERAL.split(wanted) if part.strip()]
    if not grades or odd:
        known = ", ".join(map(str, odd)) or shorten(said)
        message = f"«{known}» – не класс: в школе их 11." if said else "Класс не назван."
        findings.cell_error(row, columns["grade"], message, "Впишите класс цифрой.")
    if not names or None in names:
        message = f"Предмет «{shorten(wanted)}» неизвестен." if wanted else "Предмет не назван."
        findings.cell_error(row, columns["subject"], message, "Исправьте название предмета.")
        return
    for grade in grades:
        yield from (f"{grade} {subjects.short_of(name)}" for name in names if name)


def _grades(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the grades of a cell: «4», «4 класс», «4, 5 классы», «4–6», «4А»; and what is none."""
    found = [
        grade
        for match in _GRADE.finditer(text)
        for grade in range(int(match[1]), int(match[2] or match[1]) + 1)
    ]
    known = tuple(dict.fromkeys(grade for grade in found if grade in _KNOWN_GRADES))
    return known, tuple(grade for grade in dict.fromkeys(found) if grade not in _KNOWN_GRADES)


def _subject(text: str) -> str | None:
    kind = AssessmentKind.VPR
    return subjects.by_title(text.strip(), kind) or subjects.inside(text, kind)
