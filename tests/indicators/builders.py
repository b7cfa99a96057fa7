"""A programme with indicators for the tests."""

from __future__ import annotations

from app.models.enums import ValueRole
from app.services import indicators
from app.services.indicators import IndicatorRow, IndicatorTable, Slot, ValueEdit
from app.services.workspace import Workspace

BASE = Slot(ValueRole.BASE, "")


def plan(year: int) -> Slot:
    """Return the place of the plan of a year."""
    return Slot(ValueRole.PLAN, str(year))


def fact(year: int) -> Slot:
    """Return the place of the fact of a year."""
    return Slot(ValueRole.FACT, str(year))


def make_programme(workspace: Workspace, title: str = "Поддержка школ") -> int:
    """Store a programme for 2024–2026 and return its id."""
    return indicators.new_programme(workspace, title, 2024, 2026).indicator_id


def make_indicator(
    workspace: Workspace,
    programme_id: int,
    title: str = "Доля школ",
    unit: str = "%",
    parent_id: int | None = None,
    is_group: bool = False,
    **values: str,
) -> int:
    """Store an indicator; values by name: ``base``, ``plan2024``, ``fact2025``."""
    made = indicators.add_indicator(
        workspace, programme_id, title, parent_id=parent_id, is_group=is_group
    )
    edits: list[indicators.Edit] = [
        ValueEdit(made.indicator_id, _slot(name), text) for name, text in values.items()
    ]
    if unit:
        edits.append(indicators.FieldEdit(made.indicator_id, "unit", unit))
    indicators.edit(workspace, edits)
    return made.indicator_id


def _slot(name: str) -> Slot:
    if name == "base":
        return BASE
    return plan(int(name[4:])) if name.startswith("plan") else fact(int(name[4:]))


def only_row(table: IndicatorTable, title: str) -> IndicatorRow:
    """Return the one row with that title."""
    (row,) = [row for row in table.rows if row.title == title]
    return row
