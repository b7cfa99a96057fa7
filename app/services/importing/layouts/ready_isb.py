"""The ready ИСБ of the region (domain.md §2)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from app.models.enums import RecordKind
from app.services.importing.cells import read_number
from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.named import figure_of
from app.services.importing.layouts.school_tables import (
    OWNER,
    NamedColumn,
    Sort,
    read_tables,
)
from app.services.importing.layouts.wide import Wide, find_wide, wide_tables

_SORTS = {"rank": Sort.COUNT, "shnsu": Sort.FLAG, "lowest": Sort.FLAG}
_QUARTILE, _LOWEST = "quartile", "lowest"


def _accepts(table: Wide) -> bool:
    owned = {"name", "fisoko", "rcoi", "code"} & table.header.columns.keys()
    return bool(owned) and any(column.name == "isb" for column in _columns(table))


def _columns(table: Wide) -> tuple[NamedColumn, ...]:
    found: dict[str, NamedColumn] = {}
    for column in table.others():
        title = table.title(column)
        figure = figure_of(RecordKind.ISB, title)
        if figure:
            sort = _SORTS.get(figure.name, Sort.NUMBER)
            found.setdefault(figure.name, NamedColumn(figure.name, column, title, sort))
    return tuple(found.values())


def _by_content(sheet: Sheet, table: Wide) -> tuple[NamedColumn, ...]:
    """Return the columns; «Нижний квартиль» with numbers other than 0 and 1 gives the quartile."""
    columns = _columns(table)
    if any(column.name == _QUARTILE for column in columns):
        return columns
    return tuple(
        replace(column, name=_QUARTILE, sort=Sort.NUMBER)
        if column.name == _LOWEST and _has_numbers(sheet, table, column.column)
        else column
        for column in columns
    )


def _has_numbers(sheet: Sheet, table: Wide, column: int) -> bool:
    values = (read_number(sheet.at(row, column)).value for row in table.data)
    return any(value not in (None, 0, 1) for value in values)


def recognise(sheet: Sheet) -> float:
    """Return the confidence: schools in rows and a column of the ИСБ."""
    return 0.8 if find_wide(sheet, OWNER, _accepts) else 0.0


def extract(sheet: Sheet) -> Extract:
    """Return the ИСБ of each school, with its quartile and rank where they are given."""
    tables = wide_tables(sheet, OWNER, _accepts)
    return read_tables(sheet, tables, RecordKind.ISB, partial(_by_content, sheet))


LAYOUT = Layout("ready_isb", "ИСБ школ из региона", recognise, extract, up_to(0.8))
