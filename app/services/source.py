"""The address of a stored value: load, file, sheet, cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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

    def sentence(self) -> str:
        """Return the address as people read it, in Russian."""
        place = f"ячейка {self.cell}" if self.cell else f"строка {self.row}"
        moment = self.loaded_at.astimezone().strftime("%d.%m.%Y %H:%M")
        return f"{self.file}, лист «{self.sheet}», {place} (загрузка № {self.batch_id}, {moment})"
