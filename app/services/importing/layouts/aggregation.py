"""The common course of layouts that count pupils: tables of a sheet to figures of schools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from app.models.enums import AssessmentKind, CountsOrigin
from app.services.importing.cells import compact_rows
from app.services.importing.facts import Block, Extract, Marks, Procedure, ResultFact
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.procedures import Context, procedure_of
from app.services.importing.layouts.protocols import Pupils, Reader, ScoreRule, source_columns
from app.services.importing.layouts.pupil_scores import (
    score_column,
    score_name,
    scores_block,
    scores_of_pupils,
)
from app.services.importing.layouts.pupils import pupil_reader, told_apart
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.titles import find_day
from app.services.importing.regions import Region

MarksOf = Callable[[list[int]], Marks]


@dataclass(frozen=True)
class Table:
    """One table of pupils with all that its titles say."""

    sheet: Sheet
    region: Region
    context: Context
    procedure: Procedure
    findings: Findings


@dataclass(frozen=True)
class Counting:
    """How the pupils of a table become results: where the score stands, and what it means."""

    column: int
    rule: ScoreRule
    marks_of: MarksOf


@dataclass(frozen=True)
class Course:
    """What differs between layouts of pupils.

    ``counting`` may refuse a table by None, having noted why.  ``dated`` says that each table is
    of one exam day: the results of several days add up.
    """

    kind: AssessmentKind
    context: Callable[[Sheet, Region, Findings], Context]
    counting: Callable[[Table], Counting | None]
    dated: bool = False


def aggregate(sheet: Sheet, regions: tuple[Region, ...], course: Course) -> Extract:
    """Return a result per school and procedure, and its pupils by score.

    A pupil's name never leaves the sheet.
    """
    findings, remarks = Findings(sheet), Remarks()
    context = Context()
    blocks: list[Block] = []
    rows_read = 0
    for region in regions:
        context = course.context(sheet, region, findings).or_before(context)
        where = address(region.header.first, 0)
        procedure = procedure_of(course.kind, context, findings, where)
        if procedure is None:
            continue
        table = Table(sheet, region, context, procedure, findings)
        counting = course.counting(table)
        if counting:
            day = _day(table) if course.dated else None
            found, count = _blocks(table, counting, remarks, day)
            blocks += found
            rows_read += count
    remarks.tell(sheet, findings)
    personal = personal_columns(sheet, [region.header for region in regions])
    return Extract(tuple(blocks), findings.problems, rows_read, personal)


def _day(table: Table) -> date | None:
    subject = table.context.subject
    return find_day(table.sheet, table.region.titles, subject.row if subject else None)


def _blocks(
    table: Table, counting: Counting, remarks: Remarks, day: date | None
) -> tuple[list[Block], int]:
    sheet, header, rows = table.sheet, table.region.header, table.region.data
    refs = RefReader.of(sheet, header, rows, "name")
    reader = Reader(sheet, header, counting.column, counting.rule, refs, table.findings, remarks)
    schools, count = reader.read(rows)
    results = _results(table, counting, reader, schools, day)
    return [results, *_scores(table, counting, reader, schools, day)], count


def _results(
    table: Table, counting: Counting, reader: Reader, schools: list[Pupils], day: date | None
) -> Block:
    sheet, header = table.sheet, table.region.header
    pupil = pupil_reader(sheet, header)
    facts = tuple(
        ResultFact(
            school.ref,
            table.procedure,
            counting.marks_of(school.values),
            rows_of(school),
            day,
            told_apart((pupil(row), value) for row, value in school.scores) if day else (),
        )
        for school in schools
        if school.scores
    )
    columns = source_columns(reader, table.context, [fact.ref for fact in facts])
    return Block(sheet.name, columns, facts)


def _scores(
    table: Table, counting: Counting, reader: Reader, schools: list[Pupils], day: date | None
) -> Iterator[Block]:
    """Yield the distribution of scores, where the table has scores."""
    sheet, header = table.sheet, table.region.header
    column = score_column(header, counting.column, counting.rule)
    if column is None:
        return
    read = [(one, scores_of_pupils(sheet, column, one, table.findings)) for one in schools]
    letters = {name: header.letters(name) for name in header.columns}
    refs = [school.ref for school in schools]
    places = {**table.context.cells(), **reader.refs.fields(letters, refs)}
    name = score_name(counting.rule, day)
    block = scores_block(sheet, places, column, name, read, table.procedure)
    if block.facts:
        yield block


def rows_of(school: Pupils) -> str:
    """Return the 1-based rows that decide the school's result."""
    return compact_rows(row + 1 for row in school.rows)


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
