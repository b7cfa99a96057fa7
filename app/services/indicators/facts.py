"""What a table of indicators in a document says, row for row, as frozen types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.services.indicators.numbers import names_share
from app.services.indicators.periods import Slot, read_period

__all__ = ["Draft", "DraftRow", "Slot", "names_share", "read_period"]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row as it will be stored; ``parent`` is the place of another row before it."""

    place: int
    """Row of the table, counted from 1."""
    number: str
    title: str
    unit: str = ""
    source: str = ""
    method: str = ""
    goal: str = ""
    is_group: bool = False
    parent: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[Slot, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A table of indicators as read; ``notes`` say in Russian what a person should look at."""

    title: str
    slots: tuple[Slot, ...]
    rows: tuple[DraftRow, ...]
    notes: tuple[str, ...] = ()

    @property
    def goals(self) -> tuple[str, ...]:
        """The goals in the order of the table."""
        return tuple(dict.fromkeys(row.goal for row in self.rows if row.goal))
