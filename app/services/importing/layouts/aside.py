"""Marks the tables of exams whose titles call them a retake, a reserve day or a later period."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from app.models.enums import AssessmentKind
from app.services.importing.days_rules import ASIDE, is_aside
from app.services.importing.facts import Block, Extract, ResultFact
from app.services.importing.grid import Sheet, column_letters
from app.services.importing.tables import iter_filled
from app.services.source import first_row

_TITLE_CELLS = 3
"""A title has no more filled cells; a row of data has."""
_MOST_TITLES = 40
"""So many rows above a table are looked at."""


def marked(sheet: Sheet, extract: Extract) -> Extract:
    """Return the extract with the cell that calls a table a retake among the table's columns."""
    start, blocks = 0, []
    for block in extract.blocks:
        if not block.facts or not _of_exam(block):
            blocks.append(block)
            continue
        first = first_row(block.facts[0].rows) - 1
        cell = _title(sheet, max(start, first - _MOST_TITLES), first)
        start = first
        blocks.append(replace(block, columns={**block.columns, ASIDE: cell}) if cell else block)
    return replace(extract, blocks=tuple(blocks)) if blocks != list(extract.blocks) else extract


def _of_exam(block: Block) -> bool:
    fact = block.facts[0]
    return isinstance(fact, ResultFact) and fact.procedure.kind is not AssessmentKind.VPR


def _title(sheet: Sheet, first: int, last: int) -> str | None:
    """Return the absolute address of the title that says it, or that of the sheet by its name."""
    for row in range(first, last):
        filled = list(islice(iter_filled(sheet, row), _TITLE_CELLS + 1))
        if len(filled) > _TITLE_CELLS:
            continue
        found = next((column for column, text in filled if is_aside(text)), None)
        if found is not None:
            return _absolute(row, found)
    return _absolute(0, 0) if is_aside(sheet.name) else None


def _absolute(row: int, column: int) -> str:
    return f"${column_letters(column)}${row + 1}"
