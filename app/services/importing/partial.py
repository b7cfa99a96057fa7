"""Some rows of a file that was read: those of the quarantine that are tried again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from app.models.enums import Severity
from app.services.importing.cells import expand_rows
from app.services.importing.facts import Block, Problem
from app.services.importing.loaded import LoadedFile, LoadedSheet


def only_rows(file: LoadedFile, wanted: frozenset[tuple[str, int]]) -> LoadedFile:
    """Return the file with the facts of the ``wanted`` rows (sheet, 1-based row) alone.

    The whole file was read and checked, so a row that stands in it twice is still found out.  A
    fact that unites several rows stays when it holds one of them.
    """
    sheets = []
    for sheet in file.sheets:
        rows = {row for name, row in wanted if name == sheet.sheet}
        if rows:
            sheets.append(_only(sheet, rows))
    errors = tuple(one for one in file.findings if one.severity is Severity.ERROR)
    return replace(file, sheets=tuple(sheets), findings=errors, only=wanted)


def _only(sheet: LoadedSheet, rows: set[int]) -> LoadedSheet:
    kept = frozenset(rows)
    blocks = tuple(_of_block(block, kept) for block in sheet.extract.blocks)
    for block in blocks:
        for fact in block.facts:
            rows.update(expand_rows(fact.rows))
    problems = tuple(one for one in sheet.problems if _concerns(one, sheet.sheet, rows))
    extract = replace(sheet.extract, blocks=blocks)
    return replace(sheet, extract=extract, problems=problems, data_row=sheet.first_row)


def _of_block(block: Block, rows: frozenset[int]) -> Block:
    facts = (fact for fact in block.facts if not rows.isdisjoint(expand_rows(fact.rows)))
    return replace(block, facts=tuple(facts))


def _concerns(problem: Problem, sheet: str, rows: Collection[int]) -> bool:
    if problem.row is None:
        return problem.severity is Severity.ERROR
    return (problem.sheet or sheet) != sheet or problem.row in rows
