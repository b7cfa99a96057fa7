"""ЕГЭ, protocol of the РЦОИ (L9): test scores, and marks of the basic mathematics, per school."""

from __future__ import annotations

from dataclasses import replace

from app.models.enums import AssessmentKind, CountsOrigin
from app.services.importing.cells import read_number
from app.services.importing.facts import Block, Extract, Marks, Procedure, ResultFact
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts import protocols
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.oge_protocol import context_of, marks_of, rows_of
from app.services.importing.layouts.procedures import Context, procedure_of
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.titles import find_subject
from app.services.importing.subjects import Subject, is_plain_maths
from app.services.importing.tables import Region
from app.services.importing.thresholds import Minimum, minimum

_KIND = AssessmentKind.EGE
GRADE = 11
BASIC = "Математика (базовая)"
PROFILE = "Математика (профильная)"
_HIGHEST_MARK = 5


def recognise(sheet: Sheet) -> float:
    """Return the confidence: a header of a protocol with test scores, or of the basic maths."""
    header = protocols.find(sheet)
    if header is None or protocols.kind_of(sheet, header) is not _KIND:
        return 0.0
    known = find_subject(sheet, range(header.first), _KIND) is not None
    return 0.7 + 0.1 * ("test" in header.columns) + 0.15 * known


def extract(sheet: Sheet) -> Extract:
    """Return one result per school and exam; a pupil's name never leaves the sheet."""
    findings, remarks = Findings(sheet), Remarks()
    regions = protocols.regions(sheet)
    context = Context()
    blocks: list[Block] = []
    rows_read = 0
    for region in regions:
        context = context_of(sheet, region, _KIND, GRADE).or_before(context)
        context = _with_maths_told(sheet, region, context, findings)
        where = address(region.header.first, 0)
        procedure = procedure_of(_KIND, context, findings, where)
        if procedure:
            block, count = _block(sheet, region, context, procedure, findings, remarks)
            blocks.append(block)
            rows_read += count
    remarks.tell(sheet, findings)
    personal = personal_columns(sheet, [region.header for region in regions])
    return Extract(tuple(blocks), findings.problems, rows_read, personal)


def _column(region: Region) -> int:
    columns = region.header.columns
    return next(columns[name] for name in ("test", "mark", "score") if name in columns)


def _with_maths_told(sheet: Sheet, region: Region, context: Context, findings: Findings) -> Context:
    """Settle a bare «Математика»: marks up to 5 are the basic exam, test scores the profile one."""
    found = context.subject
    if found is None or found.subject.known or not is_plain_maths(found.text):
        return context
    values = [read_number(sheet.at(row, _column(region))).value or 0 for row in region.data]
    name = PROFILE if max(values, default=0) > _HIGHEST_MARK else BASIC
    findings.sheet_warning(
        f"В заголовке «Математика» без уровня: по баллам принято «{name}».",
        "Если уровень другой, допишите его в заголовок и загрузите файл снова.",
        (found.cell or address(region.header.first, 0)).replace("$", ""),
    )
    return replace(context, subject=replace(found, subject=Subject(name, True)))


def _block(
    sheet: Sheet,
    region: Region,
    context: Context,
    procedure: Procedure,
    findings: Findings,
    remarks: Remarks,
) -> tuple[Block, int]:
    header, column = region.header, _column(region)
    least = _minimum(procedure, context, findings, address(header.first, column))
    basic = procedure.subject == BASIC
    rule = protocols.MARKS if basic else protocols.SCORES
    refs = RefReader.of(sheet, header, region.data, "name")
    reader = protocols.Reader(sheet, header, column, rule, refs, findings, remarks)
    schools, count = reader.read(region.data)
    facts = tuple(
        ResultFact(
            school.ref,
            procedure,
            marks_of(school.values) if basic else scores_of(school.values, least),
            rows_of(school),
        )
        for school in schools
        if school.scores
    )
    columns = protocols.source_columns(reader, context, [fact.ref for fact in facts])
    return Block(sheet.name, columns, facts), count


def _minimum(
    procedure: Procedure, context: Context, findings: Findings, header_cell: str
) -> Minimum | None:
    """Return the minimum of the subject and year; unknown or unconfirmed is told."""
    least = minimum(procedure.subject, procedure.year)
    cell = ((context.subject and context.subject.cell) or header_cell).replace("$", "")
    named = f"{procedure.subject}, {procedure.year} год"
    if least is None:
        findings.sheet_warning(
            f"Минимальный балл ЕГЭ неизвестен ({named}): сколько человек его не преодолели, "
            "не посчитано.",
            "Средний балл и число участников приняты; добавьте минимальный балл в "
            "resources/thresholds/min_scores.json.",
            cell,
        )
    elif not least.confirmed:
        findings.sheet_warning(
            f"Минимальный балл ЕГЭ {least.score} ({named}) взят по другим годам и не подтверждён.",
            "Сверьте его с распоряжением Рособрнадзора за этот год.",
            cell,
        )
    return least


def scores_of(scores: list[int], least: Minimum | None) -> Marks:
    """Return the aggregates of test scores; the mean is not rounded, ``below`` never guessed."""
    below = None if least is None else sum(score < least.score for score in scores)
    return Marks(
        len(scores),
        below=below,
        mean=sum(scores) / len(scores),
        origin=CountsOrigin.AGGREGATED,
    )


LAYOUT = Layout("ege_protocol", "ЕГЭ: протокол РЦОИ", recognise, extract)
