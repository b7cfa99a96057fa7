"""Results of schools out of a mapped table: of one procedure, or of several side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.services.importing.counts import MARKS, Scale, scale_of
from app.services.importing.facts import (
    Block,
    Fact,
    Marks,
    Procedure,
    ReferenceFact,
    ResultFact,
)
from app.services.importing.grid import column_letters
from app.services.importing.layouts import marks as marks_of
from app.services.importing.layouts.mark_rows import read_row
from app.services.importing.mapped.body import MarksGiven, Placed, TableKind
from app.services.importing.mapped.rows import Rows
from app.services.importing.mapped.table import Owner, Table

_SCALES = {
    MarksGiven.COUNTS: Scale.COUNT,
    MarksGiven.PERCENT: Scale.PERCENT,
    MarksGiven.FRACTION: Scale.FRACTION,
}
_SCALE_WORDS = {
    Scale.COUNT: "числа учеников",
    Scale.PERCENT: "проценты",
    Scale.FRACTION: "доли единицы",
}


@dataclass(frozen=True)
class _Group:
    """The columns of one procedure; ``first`` says which one it is."""

    table: Table
    first: Placed
    columns: dict[str, int]
    decimals: int = 0

    @property
    def marks(self) -> marks_of.MarkColumns | None:
        """The columns of participants, marks and mean; None where no marks are given."""
        if "m2" not in self.columns:
            return None
        marks = tuple(self.columns[f"m{mark}"] for mark in MARKS)
        return marks_of.MarkColumns(self.columns["participants"], marks, self.columns.get("mean"))


def blocks(table: Table, rows: Rows) -> tuple[Block, ...]:
    """Return a block for each procedure side by side, or a single one."""
    return tuple(_block(group, rows) for group in _groups(table, rows))


def _groups(table: Table, rows: Rows) -> Iterator[_Group]:
    placed = table.mapping.fields()
    if table.mapping.kind is TableKind.RESULT:
        columns = {column.field: column.column for column in placed}
        yield _with_decimals(_Group(table, placed[0], columns), rows)
        return
    common = {column.field: column.column for column in placed if not column.subject}
    for group in dict.fromkeys(column.group for column in placed if column.subject):
        own = [column for column in placed if column.group == group]
        columns = common | {column.field: column.column for column in own}
        yield _with_decimals(_Group(table, own[0], columns), rows)


def _with_decimals(group: _Group, rows: Rows) -> _Group:
    if group.marks is None:
        return group
    decimals = marks_of.column_decimals(group.table.sheet, rows.data, group.marks)
    return _Group(group.table, group.first, group.columns, decimals)


def _block(group: _Group, rows: Rows) -> Block:
    table = group.table
    numbers = [(row, False) for row in rows.data]
    if table.mapping.totals_count:
        numbers += [(row, True) for row in rows.totals]
    facts = tuple(fact for row, total in sorted(numbers) if (fact := _fact(group, row, total)))
    refs = [fact.ref for fact in facts if isinstance(fact, ResultFact)]
    return Block(table.sheet.name, {**table.sources(refs), **_sources(group)}, facts)


def _sources(group: _Group) -> dict[str, str]:
    letters = {name: column_letters(column) for name, column in group.columns.items()}
    if group.marks is not None:
        found = marks_of.source_columns(letters)
    else:
        found = {"participants": letters["participants"]}
    own = {name: letters[name] for name in ("below", "mean") if name in letters}
    return found | own


def _fact(group: _Group, row: int, total: bool) -> Fact | None:
    table = group.table
    owner = table.owner(row, total=total)
    procedure = table.procedures.read(row, group.first)
    if owner is None or procedure is None:
        return None
    if group.marks is None:
        return _without_marks(group, row, owner, procedure)
    item = _item(group, owner, procedure)
    numbers = read_row(table.sheet, row, group.marks, table.findings, item)
    if numbers is None:
        return None
    if owner.scope is not None:
        return marks_of.reference(row, owner.scope, owner.name, procedure, numbers)
    if not _agrees(group, row, numbers, item):
        return None
    subject = marks_of.Subject(owner.ref, procedure, item)
    return marks_of.result(row, subject, numbers, group.marks, group.decimals, table.findings)


def _item(group: _Group, owner: Owner, procedure: Procedure) -> str:
    side = group.table.mapping.kind is TableKind.SIDE_BY_SIDE
    return f"{owner.title}, {procedure.subject}" if side else owner.title


def _agrees(group: _Group, row: int, numbers: marks_of.RowNumbers, item: str) -> bool:
    """Return whether the figures are what the mapping says; a sum that is off is checked later."""
    if numbers.nobody or numbers.participants in (1, 100):
        return True
    found = scale_of(numbers.participants, numbers.shares)
    expected = _SCALES[group.table.mapping.marks]
    if found is None or found is expected:
        return True
    marks = group.marks
    column = min(marks.marks) if marks else 0
    group.table.findings.cell_error(
        row,
        column,
        f"{item}: по разметке отметки – {_SCALE_WORDS[expected]}, а в строке "
        f"{_SCALE_WORDS[found]}.",
        "Исправьте строку или разметку таблицы.",
    )
    return False


def _without_marks(
    group: _Group, row: int, owner: Owner, procedure: Procedure
) -> ResultFact | ReferenceFact | None:
    """Return a result that gives participants and only below or mean, as reports of the ЕГЭ do."""
    table, columns = group.table, group.columns
    item = _item(group, owner, procedure)
    own = columns["participants"]
    figures = [columns[name] for name in ("below", "mean") if name in columns]
    if marks_of.says_no_result(table.sheet, row, own, figures, table.findings, item):
        return None
    people = marks_of.participants_of(table.sheet, row, own, table.findings, item)
    readable, below = True, None
    if "below" in columns:
        readable, below = marks_of.whole(table.sheet, row, columns["below"], table.findings, item)
    mean_read, mean = _mean(group, row, item)
    if people is None or not readable or not mean_read:
        return None
    if owner.scope is not None:
        return ReferenceFact(
            owner.scope, owner.name, procedure, people, None, None, None, None, mean, str(row + 1)
        )
    if people == 0:
        table.findings.nobody_took_part(row, columns["participants"], item)
        return None
    return ResultFact(owner.ref, procedure, Marks(people, below=below, mean=mean), str(row + 1))


def _mean(group: _Group, row: int, item: str) -> tuple[bool, float | None]:
    if "mean" not in group.columns:
        return True, None
    table = group.table
    number = marks_of.checked(table.sheet, row, group.columns["mean"], table.findings, item)
    return number is not None, number.value if number else None
