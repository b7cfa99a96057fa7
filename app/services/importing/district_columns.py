"""Reads the column «Муниципалитет»: in which district a sheet puts its schools."""

from __future__ import annotations

from app.services.importing.cells import is_empty
from app.services.importing.facts import Extract, SchoolRef
from app.services.importing.grid import Sheet, clean
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.groups import carried
from app.services.importing.municipalities import Districts, facts_of_schools
from app.services.importing.tables import Vocabulary
from app.services.source import first_row

_HEAD_ROWS = 60
_SEVERAL = 2
_DISTRICT = Vocabulary(district=titles_of.DISTRICT)
_OWNERS = Vocabulary(
    fisoko=titles_of.FISOKO, rcoi=titles_of.RCOI, code=titles_of.CODE, name=titles_of.NAME
)


def districts_of(sheet: Sheet, extract: Extract) -> Districts:
    """Return in which district a sheet puts its schools; nothing for a sheet without the column.

    A district printed once serves the rows of its group; a lone gap says nothing of its school.
    The rows of a sheet that names one district in each are not looked at: there may be very many.
    """
    found = _column(sheet)
    if found is None:
        return {}
    head, column = found
    values = set(sheet.column(column)[head + 1 :])
    named = {clean(value) for value in values if value} - {"", sheet.text(head, column)}
    if len(named) < _SEVERAL and not any(map(is_empty, values)):
        return {None: only for only in sorted(named)}  # noqa: B035 - one at most
    rows: dict[SchoolRef | None, int] = {}
    for fact in facts_of_schools(extract):
        rows.setdefault(fact.ref, first_row(fact.rows) - 1)
    data = sorted({first_row(fact.rows) - 1 for fact in facts_of_schools(extract)})
    heads = carried(sheet, column, data, sheet.filled_rows(head + 1))
    names = {ref: sheet.text(heads.get(row, row), column) for ref, row in rows.items() if ref}
    return {ref: name for ref, name in names.items() if name}


def _column(sheet: Sheet) -> tuple[int, int] | None:
    """Return the row of titles and the column of districts (0-based) beside one of schools."""
    for row in sheet.worded_rows:
        if row >= _HEAD_ROWS:
            return None
        line = sheet.line(row)
        column = next((c for c, text in line if _DISTRICT.field(text)), None)
        if column is not None and any(_OWNERS.field(text) for _, text in line):
            return row, column
    return None
