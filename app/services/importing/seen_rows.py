"""The rows of a sheet as a person sees them: texts, made when a row comes into sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from app.services.importing.blanking import Blanked
from app.services.importing.grid import CellError, CellValue, Sheet, UncachedFormula, clean

_REMEMBERED = 4_096
"""Rows kept as texts: more than any screen shows, far less than a sheet may have."""


class SeenRows(Sequence[tuple[str, ...]]):
    """Every row of a sheet, turned into texts one at a time: a sheet of any height opens at once.

    Cells with personal data (``blank``) are not shown.
    """

    def __init__(self, sheet: Sheet, blank: Blanked) -> None:
        self._sheet = sheet
        self._blank = blank
        self._known: dict[int, tuple[str, ...]] = {}
        self.width = max(map(len, sheet.rows), default=0)

    def __len__(self) -> int:
        return self._sheet.height

    @overload
    def __getitem__(self, row: int) -> tuple[str, ...]: ...

    @overload
    def __getitem__(self, row: slice) -> tuple[tuple[str, ...], ...]: ...

    def __getitem__(self, row: int | slice) -> tuple[str, ...] | tuple[tuple[str, ...], ...]:
        if isinstance(row, slice):
            return tuple(self[one] for one in range(*row.indices(len(self))))
        place = range(len(self))[row]
        if place not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[place] = self._texts(place)
        return self._known[place]

    def _texts(self, row: int) -> tuple[str, ...]:
        return tuple(
            "" if self._blank.hides(row, column) else _text(self._sheet.at(row, column))
            for column in range(self.width)
        )


def _text(value: CellValue) -> str:
    """Return a cell as Excel shows it: an error by its name, a formula as it is written."""
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, UncachedFormula):
        return value.formula or "=…"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.10g}".replace(".", ",")
    return clean(value)
