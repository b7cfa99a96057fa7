"""«Риски, кураторы, сетевые группы»: tables of support of a Word document or a workbook."""

from __future__ import annotations

from app.services.importing.facts import Block, Extract, SchoolRef, SupportFact
from app.services.importing.grid import Sheet, column_letters
from app.services.importing.layouts.contract import Layout
from app.services.importing.support_tables import find_head, may_be_support, read_support
from app.services.support.facts import TableKind

_SURE = 0.9
_PAIRS = 0.97
"""A school beside the one that helps it is of no plan, whatever terms stand to the right."""


def _recognise(sheet: Sheet) -> float:
    head = find_head(sheet) if may_be_support(sheet) else None
    if head is None:
        return 0.0
    return _PAIRS if head.kind is TableKind.PAIRS else _SURE


def _at_most(sheet: Sheet) -> float:
    return _PAIRS if may_be_support(sheet) else 0.0


def _extract(sheet: Sheet) -> Extract:
    read = read_support(sheet)
    if read is None:
        return Extract(())
    facts: dict[int, list[SupportFact]] = {}
    for line in read.lines:
        fact = SupportFact(SchoolRef(name=line.school), line.entry, str(line.row), read.year)
        facts.setdefault(line.column, []).append(fact)
    # Names of curators are theirs to keep: columns that something is read from are no secret.
    own = {role.value: column_letters(column) for role, column in read.head.columns.items()}
    own |= {f"person:{at}": column_letters(at) for at in read.head.persons}
    blocks = tuple(
        Block(sheet.name, own | {"name": column_letters(column)}, tuple(found))
        for column, found in facts.items()
    )
    return Extract(blocks, read.problems, read.rows_read)


LAYOUT = Layout(
    "support", "Факторы риска, кураторы, пары, сетевые группы", _recognise, _extract, _at_most
)
