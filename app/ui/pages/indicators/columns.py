"""Columns of the tree: number, title, unit, and a value for every period that is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.models.enums import ValueRole
from app.services.indicators import (
    Edit,
    FieldEdit,
    IndicatorRow,
    IndicatorTable,
    Slot,
    ValueEdit,
    slot_title,
)
from app.ui.itemmodels.columns import Align

_NUMBERED = re.compile(r"\s*(?:\d+(?:\.\d+)*|[IVX]+)[.)]\s")


@dataclass(frozen=True)
class TreeColumn:
    """One column: what it shows of a row and what a new text of it means."""

    key: str
    title: str
    width: int
    align: Align
    text: Callable[[IndicatorRow], str]
    edit: Callable[[IndicatorRow, str], Edit]
    slot: Slot | None = None

    def editable(self, row: IndicatorRow) -> bool:
        """Return whether a person may type into the cell: a heading has no values."""
        return self.slot is None or not row.is_group


def columns(table: IndicatorTable, role: ValueRole | None = None) -> tuple[TreeColumn, ...]:
    """Return the columns; ``role`` leaves only plans or only facts beside the base."""
    shown = [
        slot
        for slot in table.slots
        if role is None or slot.role is role or slot.role is ValueRole.BASE
    ]
    return (*_FIELDS, *(_value_column(slot) for slot in shown))


def _value_column(slot: Slot) -> TreeColumn:
    return TreeColumn(
        f"{slot.role.name}:{slot.period}",
        slot_title(slot),
        96,
        Align.RIGHT,
        lambda row: row.values[slot].text if slot in row.values else "",
        lambda row, text: ValueEdit(row.id, slot, text),
        slot,
    )


def _field(name: str, title: str, width: int, text: Callable[[IndicatorRow], str]) -> TreeColumn:
    return TreeColumn(
        name, title, width, Align.LEFT, text, lambda row, new: FieldEdit(row.id, name, new)
    )


def shown_number(row: IndicatorRow) -> str:
    """Return the number of a row; a heading that begins with its own number shows it once."""
    if row.number or not _NUMBERED.match(row.title):
        return row.shown_number
    return ""


_FIELDS: Sequence[TreeColumn] = (
    _field("number", "№", 64, shown_number),
    _field("title", "Показатель", 330, lambda row: row.title),
    _field("unit", "Ед.", 56, lambda row: row.unit),
)
TITLE_COLUMN = 1
