"""Which cells of a sheet hold personal data and stay blank in every copy of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.services.importing.facts import PersonalColumn


@dataclass(frozen=True)
class Blanked:
    """The personal cells of one sheet: columns from a row on, and single cells of a form."""

    columns: dict[int, int] = field(default_factory=dict)
    """The first 0-based row to leave blank, by column."""
    cells: frozenset[tuple[int, int]] = frozenset()
    """0-based row and column of single cells."""

    def hides(self, row: int, column: int) -> bool:
        """Return whether the cell holds personal data."""
        return row >= self.columns.get(column, row + 1) or (row, column) in self.cells


def blanked(personal: Iterable[PersonalColumn], sheet: str) -> Blanked:
    """Return what is to be blank in a sheet; of a column's several tables from the first one on.

    A next table may have another column there; rather a figure less than a name too much.
    """
    columns: dict[int, int] = {}
    cells = set()
    for one in personal:
        if one.sheet != sheet:
            continue
        if one.alone:
            cells.add((one.first_row, one.column))
        else:
            columns[one.column] = min(one.first_row, columns.get(one.column, one.first_row))
    return Blanked(columns, frozenset(cells))
