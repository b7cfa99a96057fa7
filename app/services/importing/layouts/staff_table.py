"""Staff of all schools as one table: a school per row, teachers by education, category, age."""

from __future__ import annotations

from collections.abc import Callable

from app.models.enums import RecordKind
from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.figure_columns import (
    is_of_staff,
    is_titled_staff,
    read_tables,
)
from app.services.importing.layouts.school_tables import OWNER
from app.services.importing.layouts.wide import Wide, find_wide, wide_tables

_KIND = RecordKind.STAFF
_SURE = 0.985
_PLAIN = 0.86


def recognise(sheet: Sheet) -> float:
    """Return the confidence: schools in rows, teachers and no figures of families in columns."""
    return 0.0 if find_wide(sheet, OWNER, _accepts(sheet)) is None else _surest(sheet)


def extract(sheet: Sheet) -> Extract:
    """Return the staff of each school; columns that are no known figure are named in warnings."""
    return read_tables(sheet, _KIND, wide_tables(sheet, OWNER, _accepts(sheet)))


def _surest(sheet: Sheet) -> float:
    return _SURE if is_titled_staff(sheet) else _PLAIN


def _accepts(sheet: Sheet) -> Callable[[Wide], bool]:
    def accepts(table: Wide) -> bool:
        owned = {"name", "fisoko", "rcoi", "code"} & table.header.columns.keys()
        return bool(owned) and is_of_staff(sheet, table)

    return accepts


LAYOUT = Layout("staff_table", "Кадры школ (свод)", recognise, extract, _surest)
