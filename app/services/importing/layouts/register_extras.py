"""What a register tells beside its schools (L16): staff and building, the region's list, bias."""

from __future__ import annotations

from dataclasses import replace

from app.models.enums import RecordKind, Severity
from app.services.importing.facts import Block
from app.services.importing.grid import Sheet, address, column_letters
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.named import figure_of, find_school_year
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.school_tables import (
    NamedColumn,
    Plan,
    Sort,
    read_table,
    tell_school_year,
    year_cells,
)
from app.services.importing.layouts.wide import Wide
from app.services.importing.regions import Region
from app.services.importing.tables import Header

_KINDS = {
    RecordKind.STAFF: Sort.COUNT,
    RecordKind.REGION_LIST: Sort.FLAG,
    RecordKind.BIAS: Sort.FLAG,
}
_NOT_IN_A_REGISTER = {"total"}
_NAMES = ("short_name", "name", "full_name")
_CODES = ("fisoko", "rcoi", "code")


def extra_blocks(sheet: Sheet, region: Region, findings: Findings) -> list[Block]:
    """Return the records of a register's table; without a year they are told and left out."""
    columns = {kind: _columns(region.header, kind, sort) for kind, sort in _KINDS.items()}
    if not any(columns.values()):
        return []
    rows = (*region.titles, *range(region.header.first, region.header.last + 1))
    year = find_school_year(sheet, rows)
    if year is None:
        _tell_no_year(region.header, [c for found in columns.values() for c in found], findings)
        return []
    tell_school_year(sheet, year, findings)
    table = _table(region)
    blocks = []
    for kind, found in columns.items():
        if found:
            own = Findings(sheet)
            plan = Plan(kind, found, year, cells=year_cells(year), sparse=True, lenient=True)
            blocks.append(read_table(sheet, table, plan, own, Remarks())[0])
            _soften(own, found, findings)
    return blocks


def extra_columns(header: Header) -> frozenset[int]:
    """Return the columns of a register that records are made of, its total of marks too."""
    return frozenset(
        column
        for column, title in header.titles.items()
        if any(figure_of(kind, title) for kind in _KINDS)
    )


def _soften(own: Findings, columns: tuple[NamedColumn, ...], findings: Findings) -> None:
    """Tell of unreadable figures as warnings: they never keep the school itself out.

    What is wrong with names and codes the reading of the schools says itself.
    """
    letters = {column_letters(column.column) for column in columns}
    for problem in own.problems:
        if problem.cell and problem.cell.rstrip("0123456789") in letters:
            hint = "Это значение не загружено, остальное о школе загружено."
            findings.warn(replace(problem, severity=Severity.WARNING, hint=hint))


def _columns(header: Header, kind: RecordKind, sort: Sort) -> tuple[NamedColumn, ...]:
    found: dict[str, NamedColumn] = {}
    for column, title in header.titles.items():
        figure = figure_of(kind, title)
        if figure and figure.name not in _NOT_IN_A_REGISTER:
            found.setdefault(figure.name, NamedColumn(figure.name, column, title, sort))
    return tuple(found.values())


def _table(region: Region) -> Wide:
    """Return the table with the one column of names that says whose row it is."""
    header = region.header
    name = next((header.columns[n] for n in _NAMES if n in header.columns), None)
    owners = {n: header.columns[n] for n in _CODES if n in header.columns}
    if name is not None:
        owners["name"] = name
    whose = Header(header.first, header.last, owners, header.titles)
    paths = {column: (title,) for column, title in header.titles.items()}
    return Wide(whose, paths, region.titles, region.data)


def _tell_no_year(header: Header, columns: list[NamedColumn], findings: Findings) -> None:
    listed = ", ".join(f"«{column.title}»" for column in columns)
    where = address(header.last, columns[0].column)
    findings.sheet_warning(
        f"Столбцы {listed} не загружены: в реестре не указано, за какой они год.",
        "Допишите год над таблицей, например «Реестр школ, 2025 год», и загрузите снова.",
        where,
    )
