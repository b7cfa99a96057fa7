"""Rows of a table that are no data, totals and remarks, and how they are told to the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.services.importing.cells import is_empty
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts.findings import Findings

_MOST_CELLS = 20


@dataclass
class Remarks:
    """Rows that were looked at and hold no data of a school or a pupil."""

    rows: list[int] = field(default_factory=list)

    def add(self, row: int) -> None:
        """Remember a 0-based row."""
        self.rows.append(row)

    def tell(self, sheet: Sheet, findings: Findings) -> None:
        """Warn once of all of them; texts are not quoted, a signature may hold a name."""
        if self.rows:
            findings.skipped_rows(
                [row + 1 for row in self.rows],
                "Строки без данных (примечания, подписи, прочерки) не читались.",
                "Если это данные, проверьте их расположение под заголовком.",
                first_cells(sheet, self.rows),
            )


def first_cells(sheet: Sheet, rows: Sequence[int]) -> str:
    """Return the first filled cells of some 0-based rows, as a message lists them: not too many."""
    return ", ".join(_first_cell(sheet, row) for row in rows[:_MOST_CELLS])


def _first_cell(sheet: Sheet, row: int) -> str:
    return address(row, next((c for c, v in enumerate(sheet.rows[row]) if not is_empty(v)), 0))


def has_any(sheet: Sheet, row: int, columns: Sequence[int]) -> bool:
    """Return whether any of these cells says anything; an error or a formula does."""
    for column in columns:  # noqa: SIM110 - asked of every row; a generator takes twice as long
        if not is_empty(sheet.at(row, column)):
            return True
    return False
