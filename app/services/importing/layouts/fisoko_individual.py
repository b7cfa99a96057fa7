"""ФИС ОКО, «Ф1 Индивидуальные результаты» (L1): pupils' marks of the ВПР, aggregated per school."""

from __future__ import annotations

import re

from app.models.enums import AssessmentKind
from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts import protocols
from app.services.importing.layouts.aggregation import Counting, Course, Table, aggregate, marks_of
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.procedures import Context
from app.services.importing.layouts.titles import (
    FoundNumber,
    find_grade,
    find_subject,
    find_year,
)
from app.services.importing.regions import Region, find_regions
from app.services.importing.tables import Vocabulary, find_header, key, require, row_text

_KIND = AssessmentKind.VPR
_WORDS = Vocabulary(
    number=titles_of.NUMBER,
    pupil=r"код(?:участника|обучающегося|ученика)|номеручастника|участник",
    code=rf"оо|оу|{titles_of.FISOKO}|{titles_of.CODE}",
    name=titles_of.NAME,
    district=titles_of.DISTRICT,
    grade=titles_of.GRADE,
    variant=r"вариант",
    primary=titles_of.PRIMARY,
    journal=titles_of.JOURNAL,
    mark=titles_of.MARK,
)
_REQUIRED = require("code", "pupil", "mark", "primary|journal|variant")
_DECLARED = re.compile(r"кол-?во\s+участников\s*:?\s*(\d+)", re.IGNORECASE)


def recognise(sheet: Sheet) -> float:
    """Return the confidence: codes of pupils with a mark beside a primary score or a journal."""
    header = find_header(sheet, _WORDS, _REQUIRED)
    return 0.0 if header is None else 0.85 + 0.1 * ("journal" in header.columns)


def extract(sheet: Sheet) -> Extract:
    """Return one result per school; codes of pupils never leave the sheet."""
    regions = find_regions(sheet, _WORDS, _REQUIRED, _starts_title)
    return aggregate(sheet, regions, Course(_KIND, _context, _counting))


def _starts_title(sheet: Sheet, row: int) -> bool:
    text = row_text(sheet, row)
    return key(text).startswith(("впр", "предмет")) or bool(_DECLARED.search(text))


def _context(sheet: Sheet, region: Region, findings: Findings) -> Context:
    rows = region.titles
    _compare_declared(sheet, region, findings)
    grade = find_grade(sheet, rows) or grade_of_rows(sheet, region)
    return Context(find_year(sheet, rows), grade, find_subject(sheet, rows, _KIND))


def grade_of_rows(sheet: Sheet, region: Region) -> FoundNumber | None:
    """Return the grade of the class column when all rows agree: 5А, 5Б."""
    column = region.header.columns.get("grade")
    if column is None:
        return None
    matches = {re.match(r"\d{1,2}", sheet.text(row, column)) for row in region.data}
    grades = {int(match[0]) for match in matches if match}
    return FoundNumber(grades.pop(), region.header.letters("grade")) if len(grades) == 1 else None


def _compare_declared(sheet: Sheet, region: Region, findings: Findings) -> None:
    """Warn when «Кол-во участников: 23» above the table is not the number of its rows."""
    column = region.header.columns["pupil"]
    counted = sum(sheet.text(row, column) != "" for row in region.data)
    for row in region.titles:
        match = _DECLARED.search(row_text(sheet, row))
        if match and int(match[1]) != counted:
            findings.sheet_warning(
                f"Над таблицей указано участников {match[1]}, а строк с участниками {counted}.",
                "Проверьте, весь ли файл выгружен.",
                f"A{row + 1}",
                soft=True,
            )


def _counting(table: Table) -> Counting:
    return Counting(table.region.header.columns["mark"], protocols.MARKS, marks_of)


LAYOUT = Layout(
    "fisoko_individual", "ФИС ОКО: индивидуальные результаты (Ф1)", recognise, extract, up_to(0.96)
)
