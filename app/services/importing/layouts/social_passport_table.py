"""Social passports of all schools as one table (L14): a school per row, figures in чел. and %."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.models.enums import RecordKind
from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.figure_columns import (
    columns_of,
    is_of_staff,
    is_titled,
    read_tables,
)
from app.services.importing.layouts.school_tables import OWNER
from app.services.importing.layouts.wide import Wide, find_wide, wide_tables

_KIND = RecordKind.PASSPORT
_FEWEST = 3
"""So many different figures of a passport make a table one: a register gives pupils and staff."""
_COMMON = {"pupils", "teachers", "boys", "girls"}
"""Figures that a register has too."""
_TITLE = re.compile(r"социальн\w*паспорт|соцпаспорт")
_SURE = 0.98
_PLAIN = 0.85


def recognise(sheet: Sheet) -> float:
    """Return the confidence: schools in rows and several figures of passports in columns."""
    return 0.0 if find_wide(sheet, OWNER, _accepts(sheet)) is None else _surest(sheet)


def _surest(sheet: Sheet) -> float:
    return _SURE if _is_titled(sheet) else _PLAIN


def extract(sheet: Sheet) -> Extract:
    """Return a passport per school; columns that are no known figure are named in warnings."""
    return read_tables(sheet, _KIND, wide_tables(sheet, OWNER, _accepts(sheet)))


def _accepts(sheet: Sheet) -> Callable[[Wide], bool]:
    """Return the test of a table: under the title of a passport fewer figures are enough."""
    titled = _is_titled(sheet)
    fewest = 1 if titled else _FEWEST

    def accepts(table: Wide) -> bool:
        owned = {"name", "fisoko", "rcoi", "code"} & table.header.columns.keys()
        names = {column.name.removesuffix("_share") for column in columns_of(_KIND, table)}
        enough = bool(owned) and len(names - _COMMON) >= fewest
        return enough and (titled or not is_of_staff(sheet, table))

    return accepts


def _is_titled(sheet: Sheet) -> bool:
    return is_titled(sheet, _TITLE)


LAYOUT = Layout("social_passport", "Социальный паспорт (свод)", recognise, extract, _surest)
