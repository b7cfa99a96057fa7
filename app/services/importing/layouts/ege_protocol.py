"""ЕГЭ, protocol of the РЦОИ (L9): test scores, and marks of the basic mathematics, per school."""

from __future__ import annotations

from dataclasses import replace

from app.models.enums import AssessmentKind, CountsOrigin
from app.services.importing.cells import read_number
from app.services.importing.facts import Extract, Marks
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts import protocols
from app.services.importing.layouts.aggregation import Counting, Course, Table, aggregate, marks_of
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.procedures import Context
from app.services.importing.layouts.titles import find_subject
from app.services.importing.regions import Region
from app.services.importing.subjects import Subject, is_plain_maths
from app.services.importing.thresholds import (
    Minimum,
    gives_marks,
    maths_levels,
    minimum,
    result_limits,
)

_KIND = AssessmentKind.EGE
GRADE = 11


def recognise(sheet: Sheet) -> float:
    """Return the confidence: a header of a protocol with test scores, or of the basic maths."""
    header = protocols.find(sheet)
    if header is None or protocols.kind_of(sheet, header) is not _KIND:
        return 0.0
    known = find_subject(sheet, range(header.first), _KIND) is not None
    return 0.7 + 0.1 * ("test" in header.columns) + 0.15 * known


def extract(sheet: Sheet) -> Extract:
    """Return one result per school and exam; a pupil's name never leaves the sheet."""
    course = Course(_KIND, _context, _counting, dated=True)
    return aggregate(sheet, protocols.regions(sheet), course)


def _column(region: Region) -> int:
    columns = region.header.columns
    return next(columns[name] for name in ("test", "mark", "score") if name in columns)


def _context(sheet: Sheet, region: Region, findings: Findings) -> Context:
    """Return what the titles say; a bare «Математика» is settled by the scores and told.

    Marks up to 5 are the basic exam, test scores the profile one.
    """
    context = protocols.context_of(sheet, region, _KIND, GRADE)
    found = context.subject
    if found is None or found.subject.known or not is_plain_maths(found.text):
        return context
    values = [read_number(sheet.at(row, _column(region))).value or 0 for row in region.data]
    basic, profile = maths_levels()
    _, highest_mark = result_limits(_KIND, basic)
    name = profile if max(values, default=0) > highest_mark else basic
    findings.sheet_warning(
        f"В заголовке «Математика» без уровня: по баллам принято «{name}».",
        "Если уровень другой, допишите его в заголовок и загрузите файл снова.",
        (found.cell or address(region.header.first, 0)).replace("$", ""),
    )
    return replace(context, subject=replace(found, subject=Subject(name, True)))


def _counting(table: Table) -> Counting:
    column = _column(table.region)
    least = _minimum(table, address(table.region.header.first, column))
    if gives_marks(_KIND, table.procedure.subject):
        return Counting(column, protocols.MARKS, marks_of)
    return Counting(column, protocols.SCORES, lambda scores: scores_of(scores, least))


def _minimum(table: Table, header_cell: str) -> Minimum | None:
    """Return the minimum of the subject and year; unknown or unconfirmed is told."""
    procedure, subject = table.procedure, table.context.subject
    least = minimum(procedure.subject, procedure.year)
    cell = ((subject and subject.cell) or header_cell).replace("$", "")
    named = f"{procedure.subject}, {procedure.year} год"
    if least is None:
        table.findings.sheet_warning(
            f"Минимальный балл ЕГЭ неизвестен ({named}): сколько человек его не преодолели, "
            "не посчитано.",
            "Средний балл и число участников приняты.",
            cell,
        )
    elif not least.confirmed:
        table.findings.sheet_warning(
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
