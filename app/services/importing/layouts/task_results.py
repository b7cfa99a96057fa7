"""ФИС ОКО, «Выполнение заданий» (L5): per cent of the possible score, by task and group."""

from __future__ import annotations

import re
from dataclasses import replace

from app.models.enums import RecordKind
from app.services.importing.cells import is_empty, read_number
from app.services.importing.facts import Block, Extract, Fact, RecordFact
from app.services.importing.grid import Sheet
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.named import FoundYear
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.row_procedures import procedure_context, row_procedures
from app.services.importing.layouts.school_tables import (
    NamedColumn,
    Plan,
    Sort,
    read_table,
    tell_unknown,
)
from app.services.importing.layouts.score_distribution import GROUP_WORDS, participants_column
from app.services.importing.layouts.wide import Wide, find_wide, wide_tables
from app.services.importing.tables import fixed, key, row_text

_TASK = re.compile(
    r"(?:задание\s*(?:№\s*)?)?(\d{1,2}(?:[.,]\d{1,2})?(?:[КкKk]\d{1,2})?)\s*(?:\((\d+)\s*б\w*\.?\))?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"выполнени\w*(?:групп\w*)?(?:участник\w*)?заданий|достижени\w*заданий")
_MAXIMUM = re.compile(r"макс|наибольш")
_FEWEST = 3
_HIGHEST = range(1, 31)
"""No task of the ВПР gives more points."""
_MARKS = frozenset({"task_2", "task_3", "task_4", "task_5"})


def recognise(sheet: Sheet) -> float:
    """Return the confidence: columns of tasks under the title, or with their highest scores.

    ФИС ОКО names the report in its file alone: then the row of highest scores tells it.
    """
    table = find_wide(sheet, GROUP_WORDS, _accepts)
    if table is None or personal_columns(sheet, [table.header]):
        return 0.0
    said = [key(sheet.name), *(key(row_text(sheet, row)) for row in range(table.header.last + 1))]
    if any(_TITLE.search(text) for text in said):
        return 0.96
    return 0.9 if _under_maximum(sheet, table) else 0.0


def _under_maximum(sheet: Sheet, table: Wide) -> bool:
    """Return whether the first row under the header gives a highest score for every task."""
    row = table.header.last + 1
    columns = [task.column for task in _tasks(table)]
    highest = [read_number(sheet.at(row, column)).whole for column in columns]
    known = all(one is not None and one in _HIGHEST for one in highest)
    marks = {task.name for task in _tasks(table)} <= _MARKS
    return known and not marks and _is_maximum(sheet, replace(table, data=(row,)), row)


def extract(sheet: Sheet) -> Extract:
    """Return the tasks of each group; the row of highest scores belongs to every group."""
    findings, remarks = Findings(sheet), Remarks()
    blocks = []
    rows_read = 0
    for table in wide_tables(sheet, GROUP_WORDS, _accepts):
        tasks = _tasks(table)
        columns = (*participants_column(table), *tasks)
        tell_unknown(sheet, table, [c.column for c in columns], findings, "задания")
        context = procedure_context(sheet, table)
        procedures = row_procedures(sheet, table, context, findings)
        if procedures is None:
            continue
        highest = next((row for row in table.data if _is_maximum(sheet, table, row)), None)
        rows = tuple(row for row in table.data if row != highest)
        year = FoundYear(context.year.value, context.year.cell) if context.year else None
        plan = Plan(RecordKind.TASKS, columns, year, procedures, context.cells(), totals=False)
        read, count = read_table(sheet, replace(table, data=rows), plan, findings, remarks)
        blocks.append(_with_maximum(sheet, table, read, tasks, highest))
        rows_read += count
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, rows_read)


def _accepts(table: Wide) -> bool:
    owned = {"name", "fisoko", "code"} & table.header.columns.keys()
    tasks = _tasks(table)
    return bool(owned) and len(tasks) >= _FEWEST and tasks[0].name != "task_0"


def _tasks(table: Wide) -> tuple[NamedColumn, ...]:
    found: dict[str, NamedColumn] = {}
    for column in table.others():
        match = _TASK.fullmatch(table.paths[column][0].strip())
        if match:
            code = match[1].upper().replace(",", ".").replace("K", "К")
            title = f"задание {code}"
            found.setdefault(code, NamedColumn(f"task_{code}", column, title, Sort.PERCENT))
    return tuple(found.values())


def _is_maximum(sheet: Sheet, table: Wide, row: int) -> bool:
    """Return whether a row gives the highest scores: «Макс. балл», or numbers of nobody."""
    if _MAXIMUM.search(key(row_text(sheet, row))):
        return True
    columns = table.header.columns
    owners = [columns[n] for n in ("name", "fisoko", "code", "participants") if n in columns]
    nobody = all(is_empty(sheet.at(row, column)) for column in owners)
    return nobody and row == table.data[0]


def _with_maximum(
    sheet: Sheet, table: Wide, block: Block, tasks: tuple[NamedColumn, ...], row: int | None
) -> Block:
    """Return the block with the highest score of each task beside its share."""
    highest: dict[str, float | int | str] = {}
    cells: dict[str, str] = {}
    for task in tasks:
        name = task.name.replace("task_", "max_", 1)
        inline = _TASK.fullmatch(table.paths[task.column][0].strip())
        given = read_number(sheet.at(row, task.column)).whole if row is not None else None
        if given is not None and row is not None:
            highest[name], cells[name] = given, fixed(row, task.column)
        elif inline and inline[2]:
            highest[name], cells[name] = int(inline[2]), fixed(table.header.first, task.column)
    facts: tuple[Fact, ...] = tuple(
        replace(fact, data={**fact.data, **highest}) if isinstance(fact, RecordFact) else fact
        for fact in block.facts
    )
    return Block(block.sheet, {**block.columns, **cells}, facts)


LAYOUT = Layout("task_results", "ФИС ОКО: выполнение заданий", recognise, extract, up_to(0.96))
