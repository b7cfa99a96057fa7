"""One school's own rows out of a table of many: nothing of the others stays in the file."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from app.services.forms.marking import places
from app.services.importing import FileToReturn, Finding, name_key
from app.services.schools import SchoolRow

_SHORTEST_CODE = 4
"""A shorter number in a cell is a figure, not a code."""


class NamesSchool:
    """Tells whose a row is by its codes and names, where it could not be read into facts."""

    def __init__(self, schools: Iterable[SchoolRow]) -> None:
        self._known: dict[str, str] = {}
        for one in schools:
            for code in filter(None, (one.fisoko, one.rcoi)):
                self._known[code.casefold()] = one.short_name
            for name in filter(None, (one.short_name, one.full_name)):
                self._known[name_key(name)] = one.short_name

    def owner(self, cells: Iterable[object]) -> str | None:
        """Return the only known school that the cells of a row name, or None."""
        found = set()
        for cell in cells:
            text = str(cell).strip() if cell is not None else ""
            words = text.casefold().replace("(", " ").replace(")", " ").split()
            codes = [word for word in words if len(word) >= _SHORTEST_CODE]
            keys = (*codes, name_key(text)) if text else ()
            found |= {self._known[key] for key in keys if key in self._known}
        return found.pop() if len(found) == 1 else None


def schools_in(file: FileToReturn, names: NamesSchool) -> frozenset[str]:
    """Return the schools of a shared book, with those whose rows no layout could read."""
    found = set(file.schools)
    if file.book is not None:
        # Late: only for a file that goes back.
        import openpyxl

        opened = openpyxl.load_workbook(io.BytesIO(file.book), keep_links=False)
        for sheet in opened.worksheets:
            found |= set(_unread(sheet, file, names).values())
    return frozenset(found)


def own_part(
    file: FileToReturn, school: str, names: NamesSchool
) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the book with one school's rows under the header, and the findings about them.

    Addresses stay: rows of others, totals and remarks are emptied and hidden, not taken out.
    Sheets without a row of the school go.  ValueError when the file has no book is a bug.
    """
    if file.book is None:
        raise ValueError("a file without a book has nothing to cut")
    # Late: only for a file that goes back.
    import openpyxl

    opened = openpyxl.load_workbook(io.BytesIO(file.book), keep_links=False)
    kept: dict[str, set[int]] = {}
    for sheet in list(opened.worksheets):
        first = file.first_rows.get(sheet.title)
        rows = _own_rows(sheet, file, school, names)
        if rows and first is not None:
            kept[sheet.title] = rows
            _empty(sheet, range(first, sheet.max_row + 1), rows)
        elif len(opened.sheetnames) > 1:
            opened.remove(sheet)
        else:
            _empty(sheet, range(1, sheet.max_row + 1), ())
    target = io.BytesIO()
    opened.save(target)
    return target.getvalue(), tuple(one for one in file.findings if _concerns(one, kept, file))


def _own_rows(sheet: Any, file: FileToReturn, school: str, names: NamesSchool) -> set[int]:
    mine = set(_rows(file.rows.get(school, {}), sheet.title))
    return mine | {row for row, owner in _unread(sheet, file, names).items() if owner == school}


def _unread(sheet: Any, file: FileToReturn, names: NamesSchool) -> dict[int, str]:
    """Return the owners of rows of data that gave no fact, where their cells name one."""
    first = file.first_rows.get(sheet.title)
    if first is None:
        return {}
    read = {row for rows in file.rows.values() for row in _rows(rows, sheet.title)}
    owners = {
        number: names.owner(cells)
        for number, cells in enumerate(sheet.iter_rows(min_row=first, values_only=True), first)
        if number not in read
    }
    return {row: owner for row, owner in owners.items() if owner is not None}


def _rows(rows: Mapping[str, frozenset[int]], sheet: str) -> frozenset[int]:
    return rows.get(sheet, frozenset())


def _empty(sheet: Any, rows: Iterable[int], kept: Collection[int]) -> None:
    """Empty the cells of the rows but those kept, their comments too, and hide the rows."""
    for row in rows:
        if row in kept:
            continue
        for cell in sheet[row]:
            if not hasattr(cell, "hyperlink"):
                continue  # inside a merged cell: it holds nothing of its own
            cell.value = None
            cell.comment = None
            cell.hyperlink = None
        sheet.row_dimensions[row].hidden = True


def _concerns(finding: Finding, kept: dict[str, set[int]], file: FileToReturn) -> bool:
    """Return whether a finding is about the school's rows, or about the header above all rows."""
    sheet = finding.sheet or ""
    if sheet not in kept:
        return False
    rows = {row for row, _ in places(finding)}
    first = file.first_rows[sheet]
    return bool(rows) and (bool(rows & kept[sheet]) or all(row < first for row in rows))
