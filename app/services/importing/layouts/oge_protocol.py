"""ОГЭ, protocol of the РЦОИ (L10): pupils' marks, aggregated per school."""

from __future__ import annotations

from collections import Counter

from app.models.enums import AssessmentKind, CountsOrigin
from app.services.importing.cells import compact_rows
from app.services.importing.facts import Block, Extract, Marks, Procedure, ResultFact
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts import protocols
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.procedures import Context, procedure_of
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.titles import FoundNumber, find_subject, find_year
from app.services.importing.tables import Region

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
    findings, remarks = Findings(sheet), Remarks()
    regions = protocols.regions(sheet)
    context = Context()
    blocks: list[Block] = []
    rows_read = 0
    for region in regions:
        context = context_of(sheet, region, _KIND, GRADE).or_before(context)
        where = address(region.header.first, 0)
        procedure = procedure_of(_KIND, context, findings, where)
        if procedure:
            block, count = _block(sheet, region, context, procedure, findings, remarks)
            blocks.append(block)
            rows_read += count
    remarks.tell(sheet, findings)
    personal = personal_columns(sheet, [region.header for region in regions])
    return Extract(tuple(blocks), findings.problems, rows_read, personal)


def context_of(sheet: Sheet, region: Region, kind: AssessmentKind, grade: int) -> Context:
    """Return year, grade and subject of a protocol; the date stands beside the subject."""
    subject = find_subject(sheet, region.titles, kind)
    year = find_year(sheet, region.titles, subject.row if subject else None)
    column = region.header.columns.get("grade")
    cell = None if column is None else region.header.letters("grade")
    return Context(year, FoundNumber(grade, cell), subject)


def _block(
    sheet: Sheet,
    region: Region,
    context: Context,
    procedure: Procedure,
    findings: Findings,
    remarks: Remarks,
) -> tuple[Block, int]:
    header = region.header
    column = header.columns.get("mark", header.columns.get("score", 0))
    refs = RefReader.of(sheet, header, region.data, "name")
    reader = protocols.Reader(sheet, header, column, protocols.MARKS, refs, findings, remarks)
    schools, count = reader.read(region.data)
    facts = tuple(
        ResultFact(school.ref, procedure, marks_of(school.values), rows_of(school))
        for school in schools
        if school.scores
    )
    columns = protocols.source_columns(reader, context, [fact.ref for fact in facts])
    return Block(sheet.name, columns, facts), count


def marks_of(values: list[int]) -> Marks:
    """Return the aggregates of marks 2–5; the mean is not rounded."""
    counts = Counter(values)
    return Marks(
        len(values),
        counts[2],
        counts[3],
        counts[4],
        counts[5],
        below=counts[2],
        mean=sum(values) / len(values),
        origin=CountsOrigin.AGGREGATED,
    )


def rows_of(school: protocols.Pupils) -> str:
    """Return the 1-based rows that decide the school's result."""
    return compact_rows(row + 1 for row in school.rows)


LAYOUT = Layout("oge_protocol", "ОГЭ: протокол РЦОИ", recognise, extract)
