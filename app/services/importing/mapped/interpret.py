"""Reads a sheet as a mapping says: the same facts and problems as a built-in layout gives."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.importing.facts import Block, Extract, PersonalColumn
from app.services.importing.grid import Sheet, column_letters
from app.services.importing.layouts import register
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.findings import Findings, cell_list
from app.services.importing.layouts.refs import RefReader
from app.services.importing.mapped import pupils, records, results
from app.services.importing.mapped.body import Role, TableKind, TableMap
from app.services.importing.mapped.headers import columns_with_data
from app.services.importing.mapped.origins import Procedures
from app.services.importing.mapped.rows import Rows, Tally, sort_rows, tell_untold
from app.services.importing.mapped.table import Table
from app.services.importing.mapped.turning import turned, turned_back
from app.services.importing.regions import Region
from app.services.importing.tables import Header, is_total


@dataclass(frozen=True)
class Interpretation:
    """What a sheet gives under a mapping, and how many of its rows are what."""

    extract: Extract
    tally: Tally


def interpret(sheet: Sheet, mapping: TableMap) -> Interpretation:
    """Return the facts of a sheet; ``mapping`` is whole and in the coordinates of the sheet.

    Every row becomes a fact or a problem, or is counted as title, total, remark or blank; of a form
    these are its columns.
    """
    if not mapping.turned:
        return _interpret(sheet, mapping)
    read = _interpret(turned(sheet), mapping)
    last = max(map(len, sheet.rows), default=1) - 1
    return Interpretation(turned_back(read.extract, mapping, last), read.tally)


def _interpret(sheet: Sheet, mapping: TableMap) -> Interpretation:
    findings = Findings(sheet)
    rows = sort_rows(sheet, mapping)
    tell_untold(sheet, mapping, columns_with_data(sheet, mapping.data), findings)
    header = _header(mapping)
    refs = RefReader.of(sheet, header, rows.data, "name", "short_name", "full_name")
    procedures = Procedures(sheet, mapping, findings)
    table = Table(sheet, mapping, header, refs, procedures, findings)
    blocks = () if procedures.broken else _blocks(table, rows)
    rows.remarks.tell(sheet, findings)
    _tell_totals(table, rows)
    personal = _personal(sheet, mapping, header)
    extract = Extract(blocks, findings.problems, len(rows.data), personal)
    return Interpretation(extract, rows.tally)


def _header(mapping: TableMap) -> Header:
    columns: dict[str, int] = {}
    for column in mapping.fields():
        columns.setdefault(column.field, column.column)
    titles = {column.column: column.title for column in mapping.columns if column.title}
    return Header(*mapping.header, columns, titles)


def _blocks(table: Table, rows: Rows) -> tuple[Block, ...]:
    match table.mapping.kind:
        case TableKind.REGISTER:
            return (_register(table, rows),)
        case TableKind.RESULT | TableKind.SIDE_BY_SIDE:
            return results.blocks(table, rows)
        case TableKind.RECORD:
            return (records.block(table, rows),)
        case TableKind.PUPILS:
            return pupils.blocks(table, rows)


def _register(table: Table, rows: Rows) -> Block:
    """Return the schools; rows that a register takes for totals or headings are counted so."""
    totals = {row for row in rows.data if is_total(table.sheet, row)}
    rows.totals += sorted(totals)
    rows.data = [row for row in rows.data if row not in totals]
    region = Region(table.header, (), tuple(rows.data))
    block, _ = register.read_schools(table.sheet, region, table.findings, rows.remarks)
    passed_over = set(rows.remarks.rows)
    rows.data = [row for row in rows.data if row not in passed_over]
    return block


def _tell_totals(table: Table, rows: Rows) -> None:
    """Say which rows of totals were passed over; those of results and records may be facts."""
    mapping = table.mapping
    kept = mapping.totals_count and mapping.kind in (
        TableKind.RESULT,
        TableKind.SIDE_BY_SIDE,
        TableKind.RECORD,
    )
    if rows.totals and not kept:
        column = min((c.column for c in mapping.fields()), default=0)
        table.findings.sheet_warning(
            f"Строки итогов не читались (их {len(rows.totals)}).",
            "Итоги считаются по школам.",
            cell_list(rows.totals, column),
        )


def _personal(sheet: Sheet, mapping: TableMap, header: Header) -> tuple[PersonalColumn, ...]:
    """Return the columns to blank: those that the person named and those known by their titles."""
    used = {column.column for column in mapping.fields()}
    named = tuple(
        PersonalColumn(sheet.name, c.column, mapping.data, c.title or column_letters(c.column))
        for c in mapping.columns
        if c.role is Role.PERSONAL
    )
    known = {column.column for column in named}
    found = (c for c in personal_columns(sheet, [header]) if c.column not in known | used)
    return (*named, *found)
