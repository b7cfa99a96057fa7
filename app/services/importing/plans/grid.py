"""A table with its merged areas: what stands in a cell itself and what reaches it from another."""

from __future__ import annotations

import re

from app.services.importing.grid import Sheet, clean

Area = tuple[int, int, int, int]

_CONTINUES = re.compile(r"(?!\d{1,3}(?:\.\d+)*[.)]\s)[a-zа-яё\d(«\"\-–—•·,.;:)/]")
_WORD = re.compile(r"[^\W\d_]{3}")
_REPEATED = 3
"""So many cells of one text are one cell; two may be alike by chance."""


class Cells:
    """The texts of a sheet by 0-based row and column; line breaks inside a cell stay."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = sheet.height
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._areas: dict[tuple[int, int], Area] = {}
        self._repeats: set[tuple[int, int]] = set()
        for area in sheet.merged:
            self._add(area)
        for row in range(self.height):
            first = self._repeated_from(row)
            if first is not None:
                self._repeats.update((row, column) for column in range(first + 1, self.width))
                self._add((row, first, row, self.width - 1))

    def _repeated_from(self, row: int) -> int | None:
        """Return the first column of one text that a row repeats up to its end, else None.

        Some programs write the text of a merged cell into each of the cells that it covers.
        """
        filled = self.filled(row)
        same = len({text for _, text in filled}) == 1 and len(filled) >= _REPEATED
        if not same or not _WORD.search(filled[0][1]):
            return None
        first = filled[0][0]
        return first if first + len(filled) == self.width else None

    def _add(self, area: Area) -> None:
        top, left, bottom, right = area
        for row in range(top, min(bottom + 1, self.height)):
            for column in range(left, min(right + 1, self.width)):
                self._areas[row, column] = area

    def own(self, row: int, column: int) -> str:
        """Return the text that the cell itself holds, empty inside a merged area."""
        if (row, column) in self._repeats:
            return ""
        value = self.sheet.at(row, column)
        if not isinstance(value, str):
            return clean(value)
        value = value.replace("\u00ad", "")
        lines = (" ".join(line.split()) for line in value.split("\n"))
        return "\n".join(line for line in lines if line)

    def shared(self, row: int, column: int) -> str:
        """Return the text of the merged area that the cell belongs to, or its own."""
        area = self._areas.get((row, column))
        return self.own(area[0], area[1]) if area else self.own(row, column)

    def from_above(self, row: int, column: int) -> bool:
        """Return whether the cell belongs to an area that began in a row above."""
        area = self._areas.get((row, column))
        return area is not None and area[0] < row

    def span(self, row: int, column: int) -> range:
        """Return the columns of the cell's area; the column itself when it is not merged."""
        area = self._areas.get((row, column))
        left, right = (area[1], area[3]) if area else (column, column)
        return range(left, min(right, self.width - 1) + 1)

    def last_column(self, row: int, column: int) -> int:
        """Return the last column of the cell's area; the column itself when it is not merged."""
        area = self._areas.get((row, column))
        return min(area[3], self.width - 1) if area else column

    def last_row(self, row: int, column: int) -> int:
        """Return the last row of the cell's area; the row itself when it is not merged."""
        area = self._areas.get((row, column))
        return min(area[2], self.height - 1) if area else row

    def filled(self, row: int) -> list[tuple[int, str]]:
        """Return the columns and texts of the cells of a row that hold anything themselves."""
        found = ((column, self.own(row, column)) for column in range(self.width))
        return [(column, text) for column, text in found if text]


def continues(text: str) -> bool:
    """Return whether a text looks like the rest of another: it does not begin with a capital."""
    return bool(_CONTINUES.match(text))


def glued(first: str, rest: str, sign: str = " ") -> str:
    """Return two parts of a text that a page cut in two, with ``sign`` between them."""
    if not first or not rest:
        return first or rest
    if first.endswith("-") and rest[:1].islower():
        return first + rest
    return f"{first}{sign}{rest}"
