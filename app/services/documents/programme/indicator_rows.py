"""Indicators of a programme as rows to print, from the face of the verb that keeps them."""

from __future__ import annotations

from app.services.documents.programme.facts import IndicatorFacts
from app.services.indicators import IndicatorRow, IndicatorTable, indicator_table, slot_title
from app.services.workspace import Workspace


def indicator_facts(
    workspace: Workspace, programme_id: int
) -> tuple[tuple[str, ...], tuple[IndicatorFacts, ...]]:
    """Return the columns in which anything stands, and the rows in printed order."""
    table = indicator_table(workspace, programme_id)
    used = {slot for row in table.rows for slot in row.values}
    columns = tuple(slot_title(slot) for slot in table.slots if slot in used)
    return columns, tuple(_row(row, table) for row in table.rows)


def _row(row: IndicatorRow, table: IndicatorTable) -> IndicatorFacts:
    goal = table.goal(row.goal_id)
    return IndicatorFacts(
        title=row.title,
        number=row.number,
        unit=row.unit,
        goal=f"{goal.number} {goal.text}".strip() if goal else "",
        values={slot_title(slot): value.text for slot, value in row.values.items()},
        is_group=row.is_group,
    )
