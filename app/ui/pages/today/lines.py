"""What the tab shows: numbers with the rows behind them.  Loaded before the database is open."""

from __future__ import annotations

from typing import NamedTuple

from app.ui.itemmodels.columns import Column, Sign
from app.ui.theme.colors import Tone


class Row(NamedTuple):
    """One row behind a number; ``page`` is where it is worked on."""

    what: str
    day: str
    """As people write it; empty for none."""
    day_key: str
    """The same for sorting."""
    who: str
    where: str
    note: str
    page: str
    school_id: int | None
    row_id: int | None
    owner_id: int | None
    """What the row belongs to in its place: the roadmap of an activity."""


class Tile(NamedTuple):
    """A number of the page."""

    key: str
    number: str
    sentence: str
    urgency: str
    rows: tuple[Row, ...]


class View(NamedTuple):
    """The whole page."""

    day: str
    schools: int
    tiles: tuple[Tile, ...]

    @property
    def new(self) -> bool:
        """Whether nothing has been entered yet."""
        return self.schools == 0 and not any(tile.rows for tile in self.tiles)


TITLES = {
    "overdue": "Просрочено",
    "soon": "Ближайшие 14 дней",
    "reminders": "Напоминания",
    "awaited": "Кого ждём",
    "decisions": "Ждут решения",
    "quarantine": "В карантине",
    "missing": "Сдали не всё",
    "bias": "Необъективность",
    "backup": "Резервные копии",
}
"""Tiles in their order."""

TONES = {
    "alarm": (Tone.DANGER, Sign.ALERT, "требует внимания сейчас"),
    "warning": (Tone.WARNING, Sign.ALERT, "требует внимания"),
    "notice": (Tone.INFO, Sign.DOT, "есть дела"),
    "unknown": (Tone.NEUTRAL, Sign.DASH, "нет данных"),
    "calm": (Tone.SUCCESS, Sign.CHECK, "всё в порядке"),
}

COLUMNS: tuple[Column[Row], ...] = (
    Column("day", "Срок", lambda row: row.day, width=96, sort_key=lambda row: row.day_key),
    Column("what", "Что", lambda row: row.what, width=320, link=True),
    Column("who", "Кто", lambda row: row.who, width=220),
    Column("where", "Где", lambda row: row.where, width=240),
    Column("note", "Примечание", lambda row: row.note, width=260),
)
