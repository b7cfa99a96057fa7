"""The comparison with the journal (L3) with a school per row: lowered, confirmed, raised beside."""

from __future__ import annotations

from functools import lru_cache

from app.models.enums import RecordKind
from app.services.figures import share_name
from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.named import FoundYear, figure_of, figure_of_path, is_percent
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
from app.services.importing.tables import HEADER_SEARCH_ROWS

_KIND = RecordKind.JOURNAL
_SIGNS = frozenset({"lowered", "confirmed", "raised"})


def column_tables(sheet: Sheet) -> tuple[Wide, ...]:
    """Return the tables with a school per row and the three figures in columns."""
    return wide_tables(sheet, GROUP_WORDS, _accepts)


def has_columns(sheet: Sheet) -> bool:
    """Return whether the first rows title such columns; most sheets are told by one word."""
    rows = range(min(HEADER_SEARCH_ROWS, sheet.height))
    named = any(_lowers(text) for row in rows for _, text in sheet.line(row))
    return named and find_wide(sheet, GROUP_WORDS, _accepts) is not None


@lru_cache(maxsize=8192)
def _lowers(text: str) -> bool:
    # Kept: the first rows of many files say the same.
    figure = figure_of(_KIND, text)
    return figure is not None and figure.name == "lowered"


def _accepts(table: Wide) -> bool:
    owned = {"name", "fisoko", "rcoi", "code"} & table.header.columns.keys()
    found = {column.name.removesuffix("_share") for column in _columns(table)}
    return bool(owned) and found >= _SIGNS


def _columns(table: Wide) -> tuple[NamedColumn, ...]:
    found: dict[str, NamedColumn] = {}
    for column in table.others():
        path = table.paths[column]
        figure = figure_of_path(_KIND, path)
        if figure is None or figure.name not in _SIGNS:
            continue
        percent = is_percent(path)
        name = share_name(figure.name) if percent else figure.name
        sort = Sort.PERCENT if percent else Sort.COUNT
        found.setdefault(name, NamedColumn(name, column, table.title(column), sort))
    return tuple(found.values())


def read_columns(sheet: Sheet, tables: tuple[Wide, ...]) -> Extract:
    """Return the comparison of each school or district."""
    findings, remarks = Findings(sheet), Remarks()
    blocks = []
    rows_read = 0
    for table in tables:
        columns = (*participants_column(table), *_columns(table))
        tell_unknown(sheet, table, [one.column for one in columns], findings, "сведения")
        context = procedure_context(sheet, table)
        procedures = row_procedures(sheet, table, context, findings)
        if procedures is None:
            continue
        year = FoundYear(context.year.value, context.year.cell) if context.year else None
        plan = Plan(_KIND, columns, year, procedures, context.cells(), totals=False)
        block, count = read_table(sheet, table, plan, findings, remarks)
        blocks.append(block)
        rows_read += count
    remarks.tell(sheet, findings)
    personal = personal_columns(sheet, [table.header for table in tables])
    return Extract(tuple(blocks), findings.problems, rows_read, personal)
