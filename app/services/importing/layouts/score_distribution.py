"""ФИС ОКО, «Распределение первичных баллов» (L4): the share of pupils at every primary score."""

from __future__ import annotations

from app.models.enums import RecordKind
from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.named import FoundYear
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.row_procedures import procedure_context, row_procedures
from app.services.importing.layouts.school_tables import (
    OWNER_WORDS,
    NamedColumn,
    Plan,
    Sort,
    read_table,
    tell_unknown,
)
from app.services.importing.layouts.wide import Wide, find_wide, wide_tables
from app.services.importing.tables import Vocabulary

GROUP_WORDS = Vocabulary(
    **{
        **OWNER_WORDS,
        "name": rf"{OWNER_WORDS['name']}|группы?участников|группы?|территория",
        "grade": titles_of.GRADE,
        "subject": titles_of.SUBJECT,
        "schools": titles_of.SCHOOLS,
        "participants_else": titles_of.PARTICIPANTS_ELSE,
        "participants": titles_of.PARTICIPANTS,
    }
)
"""Titles of the reports of ФИС ОКО by group: schools, districts and regions in one column."""

_FEWEST = 6
"""Marks are 2–5; scores are more and begin with 0."""


def recognise(sheet: Sheet) -> float:
    """Return the confidence: a column for score 0 and at least five more in a row."""
    table = find_wide(sheet, GROUP_WORDS, _accepts)
    if table is None or personal_columns(sheet, [table.header]):
        return 0.0
    return 0.95


def extract(sheet: Sheet) -> Extract:
    """Return the distribution of each group; per cent of its participants at each score."""
    findings, remarks = Findings(sheet), Remarks()
    tables = wide_tables(sheet, GROUP_WORDS, _accepts)
    blocks = []
    rows_read = 0
    for table in tables:
        columns = (*participants_column(table), *_scores(table))
        tell_unknown(sheet, table, [c.column for c in columns], findings, "баллы")
        context = procedure_context(sheet, table)
        procedures = row_procedures(sheet, table, context, findings)
        if procedures is None:
            continue
        year = FoundYear(context.year.value, context.year.cell) if context.year else None
        plan = Plan(RecordKind.SCORES, columns, year, procedures, context.cells(), totals=False)
        block, count = read_table(sheet, table, plan, findings, remarks)
        blocks.append(block)
        rows_read += count
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, rows_read)


def participants_column(table: Wide) -> tuple[NamedColumn, ...]:
    """Return the column of participants, where the table has one."""
    column = table.header.columns.get("participants")
    if column is None:
        return ()
    return (NamedColumn("participants", column, table.title(column), Sort.COUNT),)


def _accepts(table: Wide) -> bool:
    owned = {"name", "fisoko", "code"} & table.header.columns.keys()
    scores = _scores(table)
    return bool(owned) and len(scores) >= _FEWEST and scores[0].name == "score_0"


def _scores(table: Wide) -> tuple[NamedColumn, ...]:
    """Return the columns whose titles are the numbers 0, 1, 2… in order."""
    found: list[NamedColumn] = []
    for column in table.others():
        title = table.paths[column][-1]
        if title == str(len(found)):
            found.append(NamedColumn(f"score_{title}", column, f"{title} баллов", Sort.PERCENT))
    return tuple(found)


LAYOUT = Layout(
    "score_distribution", "ФИС ОКО: распределение первичных баллов", recognise, extract, up_to(0.95)
)
