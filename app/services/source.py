"""The address of a stored value: load, file, sheet, cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

_LISTED = 12
"""So many places of a list are named in one sentence."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value stands in the file it came from; an empty ``cell`` means the whole row."""

    batch_id: int
    loaded_at: datetime
    file: str
    sheet: str
    row: int
    cell: str | None = None
    archived_as: str | None = None
    correction: str = ""
    """What a person put in the place of the cell: «исправлено: было «3», стало «2» (…)»."""
    also: tuple[Source, ...] = ()
    """Further places of a value that several sheets make together: days of an exam, appeals."""

    def sentence(self) -> str:
        """Return the address as people read it, in Russian."""
        place = self._place()
        moment = self.loaded_at.astimezone().strftime("%d.%m.%Y %H:%M")
        # A table of a Word document is called by its number; «лист» would be a wrong word for it.
        sheet = self.sheet if self.sheet.startswith("Таблиц") else f"лист «{self.sheet}»"
        told = f"{self.file}, {sheet}, {place} (загрузка № {self.batch_id}, {moment})"
        told = f"{told}; {self.correction}" if self.correction else told
        return "; ".join((told, *(one.sentence() for one in self.also)))

    def _place(self) -> str:
        if self.cell is None:
            return f"строка {self.row}"
        return cells_in_words(self.cell)


def cells_in_words(cells: str) -> str:
    """Return «ячейка C11», or «ячейки C11, D12:D14» for a list; a long one is told by its start."""
    parts = cells.split(",")
    if len(parts) == 1 and ":" not in cells:
        return f"ячейка {cells}"
    more = f" и другие (всего мест: {len(parts)})" if len(parts) > _LISTED else ""
    return f"ячейки {', '.join(parts[:_LISTED])}{more}"


def cell_address(columns: Mapping[str, str], name: str, rows: str) -> str | None:
    """Return the address of a field of a block in ``rows``: ``C11``, ``$A$1`` or ``V3,V8:V12``.

    ``columns`` and ``rows`` are those of ``models.imports.SourceBlock`` and of an observation;
    None when the block has no column for the field.
    """
    column = columns.get(name)
    if column is None or column.startswith("$"):
        return column
    parts = [part.partition("-") for part in rows.split(",")]
    return ",".join(
        f"{column}{first}:{column}{last}" if last else f"{column}{first}"
        for first, _, last in parts
    )


def first_row(rows: str | None) -> int:
    """Return the first row (1-based) of a compact row list such as ``3,8-12``; 0 for none."""
    return int((rows or "0").replace("-", ",").partition(",")[0])
