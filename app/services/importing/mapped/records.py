"""Records (passport, staff, lists, comparisons) out of a mapped table."""

from __future__ import annotations

from app.services.figures import catalogue, is_share
from app.services.importing.cells import is_empty, read_number, value_fault
from app.services.importing.facts import Block, RecordFact, SchoolRef
from app.services.importing.grid import column_letters
from app.services.importing.layouts import marks as numbers_of
from app.services.importing.mapped.body import (
    PARTS,
    SCHOOL_FIELDS,
    MarksGiven,
    Placed,
    needed_parts,
)
from app.services.importing.mapped.fields import field_title
from app.services.importing.mapped.rows import Rows
from app.services.importing.mapped.table import Owner, Table

Figure = float | int | str


def block(table: Table, rows: Rows) -> Block:
    """Return a record for every row that gives any figure; totals are those of the district."""
    numbers = [(row, False) for row in rows.data]
    if table.mapping.totals_count:
        numbers += [(row, True) for row in rows.totals]
    facts = tuple(fact for row, total in sorted(numbers) if (fact := _fact(table, row, total)))
    refs: list[SchoolRef] = [fact.ref for fact in facts if fact.ref is not None]
    figures = {column.field: column_letters(column.column) for column in _figures(table)}
    return Block(table.sheet.name, {**table.sources(refs), **figures}, facts)


def _figures(table: Table) -> list[Placed]:
    own = {*SCHOOL_FIELDS, *PARTS}
    return [column for column in table.mapping.fields() if column.field not in own]


def _fact(table: Table, row: int, total: bool) -> RecordFact | None:
    owner = table.owner(row, total=total)
    year = table.procedures.year(row)
    data = _data(table, row, owner)
    kind = table.mapping.record
    if owner is None or year is None or data is None or kind is None:
        return None
    if not data:
        column = min((c.column for c in _figures(table)), default=0)
        table.findings.cell_warning(row, column, f"{owner.title}: в строке нет ни одного числа.")
        return None
    procedure = None
    if "subject" in needed_parts(table.mapping.kind, kind):
        procedure = table.procedures.read(row)
        if procedure is None:
            return None
    ref = owner.ref if owner.scope is None else None
    return RecordFact(kind, year, data, str(row + 1), ref, owner.scope, owner.name, procedure)


def _data(table: Table, row: int, owner: Owner | None) -> dict[str, Figure] | None:
    """Return the figures of a row, empty ones left out; None when one cannot be read."""
    data: dict[str, Figure] = {}
    readable = True
    for column in _figures(table):
        if is_empty(table.sheet.at(row, column.column)):
            continue
        value = _value(table, row, column, owner)
        readable &= value is not None
        if value is not None:
            data[column.field] = value
    return data if readable else None


def _value(table: Table, row: int, column: Placed, owner: Owner | None) -> Figure | None:
    """Return a number, or the text where a figure may be one («да», «+»); else note the fault."""
    raw = table.sheet.at(row, column.column)
    number = read_number(raw)
    if number.fault and not value_fault(raw) and _may_be_text(table, column.field):
        return table.sheet.text(row, column.column)
    if number.fault or number.value is None:
        title = field_title(table.mapping.kind, table.mapping.record, column.field)
        who = owner.title if owner else "Строка"
        table.findings.cell_error(
            row, column.column, f"{who}, «{title}»: {number.fault}.", numbers_of.FIX_NUMBER
        )
        return None
    value = number.value
    if is_share(column.field) and table.mapping.marks is MarksGiven.FRACTION:
        value = round(value * 100, 6)
    return int(value) if value.is_integer() else value


def _may_be_text(table: Table, name: str) -> bool:
    """Return whether the figure has no unit: a sign, a word, a group."""
    if table.mapping.record is None or is_share(name):
        return False
    figure = catalogue()[table.mapping.record].figure(name)
    return figure is not None and figure.unit == ""
