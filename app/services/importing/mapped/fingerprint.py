"""What makes two tables the same for the program: the titles of their columns, in order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.services.importing.grid import Sheet
from app.services.importing.mapped.body import TableMap
from app.services.importing.mapped.headers import find_header_rows, titles
from app.services.importing.mapped.turning import can_turn, moved_school, turned
from app.services.importing.tables import HEADER_SEARCH_ROWS, key

_YEAR = re.compile(r"20\d\d(?:\s*[/\\–—-]\s*(?:20)?\d\d)?")
_VERSION = "1"
"""Part of every fingerprint: another way of comparing titles makes other fingerprints."""


def fingerprint(sheet: Sheet, header: tuple[int, int] | None = None, *, form: bool = False) -> str:
    """Return 64 hex digits that say which columns a table has, whatever stands in them.

    Case, ё, spaces, Latin look-alikes, empty columns, years inside titles and all rows outside of
    the header do not count.  Without ``header`` the rows that look most like one are taken.
    ``form`` says that the sheet is a turned form: its labels are no table of the same titles.
    """
    return _digest(titles(sheet, header or find_header_rows(sheet)).values(), form=form)


def _digest(texts: Iterable[str], *, form: bool) -> str:
    folded = [key(_YEAR.sub("#", text)) for text in texts]
    kind = ["form"] if form else []
    body = "\n".join([_VERSION, *kind, *(text for text in folded if text)])
    return hashlib.sha256(body.encode("utf-8")).hexdigest()


def fingerprint_of(mapping: TableMap) -> str:
    """Return the fingerprint of the tables that a mapping is for."""
    return _digest((column.title for column in mapping.columns), form=mapping.turned)


def find(sheet: Sheet, known: Mapping[str, TableMap]) -> tuple[str, TableMap] | None:
    """Return the known mapping whose header stands in the sheet, moved to where it stands.

    A header lower or higher than last time, or with empty columns in between, is still the same;
    the first one from above wins.  The mapping of a form is in the coordinates of the turned sheet.
    """
    tables = {mark: one for mark, one in known.items() if not one.turned}
    forms = {mark: one for mark, one in known.items() if one.turned}
    found = _find(sheet, tables)
    if found or not forms or not can_turn(sheet):
        return found
    return _find(turned(sheet), forms)


def _find(sheet: Sheet, known: Mapping[str, TableMap]) -> tuple[str, TableMap] | None:
    heights = {mapping.header[1] - mapping.header[0] for mapping in known.values()}
    form = any(mapping.turned for mapping in known.values())
    for row in range(min(sheet.height, HEADER_SEARCH_ROWS)):
        for height in sorted(heights, reverse=True):
            if row + height < sheet.height and any(sheet.texts(row)):
                mark = fingerprint(sheet, (row, row + height), form=form)
                mapping = known.get(mark)
                if mapping and mapping.header[1] - mapping.header[0] == height:
                    return mark, move(sheet, mapping, row)
    return None


def move(sheet: Sheet, mapping: TableMap, first: int) -> TableMap:
    """Return the mapping in the coordinates of a sheet whose header begins in row ``first``."""
    rows = first - mapping.header[0]
    header = (first, mapping.header[1] + rows)
    here = list(titles(sheet, header))
    there = [column.column for column in mapping.columns if key(column.title)]
    columns = tuple(
        replace(column, column=_moved(column.column, there, here)) for column in mapping.columns
    )
    school = moved_school(mapping, here[0] - there[0] if there else 0, rows)
    return replace(mapping, header=header, data=mapping.data + rows, columns=columns, school=school)


def _moved(column: int, there: list[int], here: list[int]) -> int:
    """Return the new place of a column; one without a title keeps its distance to a titled one."""
    before = [number for number, other in enumerate(there) if other <= column]
    if not before:
        return column
    nearest = before[-1]
    return here[nearest] + column - there[nearest]
