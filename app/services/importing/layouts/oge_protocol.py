"""ОГЭ, protocol of the РЦОИ (L10): pupils' marks, aggregated per school."""

from __future__ import annotations

from app.models.enums import AssessmentKind
from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts import protocols
from app.services.importing.layouts.aggregation import Counting, Course, Table, aggregate, marks_of
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.procedures import Context
from app.services.importing.layouts.titles import find_subject
from app.services.importing.regions import Region

_KIND = AssessmentKind.OGE
GRADE = 9
"""The ОГЭ ends the ninth grade, whatever class stands in the row."""


def recognise(sheet: Sheet) -> float:
    """Return the confidence: a header of a protocol with marks, grades up to the ninth."""
    header = protocols.find(sheet)
    if header is None or protocols.kind_of(sheet, header) is not _KIND:
        return 0.0
    known = find_subject(sheet, range(header.first), _KIND) is not None
    return 0.7 + 0.1 * ("mark" in header.columns) + 0.15 * known


def extract(sheet: Sheet) -> Extract:
    """Return one result per school and exam; a pupil's name never leaves the sheet."""
    course = Course(_KIND, _context, _counting, dated=True)
    return aggregate(sheet, protocols.regions(sheet), course)


def _context(sheet: Sheet, region: Region, _findings: Findings) -> Context:
    return protocols.context_of(sheet, region, _KIND, GRADE)


def _counting(table: Table) -> Counting | None:
    """Return the column of marks; a table with test scores only belongs to the ЕГЭ."""
    header = table.region.header
    name = next((name for name in ("mark", "score") if name in header.columns), None)
    if name is None:
        table.findings.sheet_error(
            "На листе ОГЭ есть таблица с тестовыми баллами, а это ЕГЭ.",
            "Разнесите ОГЭ и ЕГЭ по разным листам и загрузите файл снова.",
            address(header.first, 0),
        )
        return None
    return Counting(header.columns[name], protocols.MARKS, marks_of)


LAYOUT = Layout("oge_protocol", "ОГЭ: протокол РЦОИ", recognise, extract)
