"""Indicators as JSON rows and as the lines of a table, cell for cell as they are kept."""

from __future__ import annotations

from typing import Any

from app.services.indicators.periods import Slot, slot_title
from app.services.indicators.queries import indicator_table, programmes
from app.services.indicators.types import IndicatorRow, IndicatorTable, Value
from app.services.workspace import Workspace

HEADS = ("Цель", "№", "Показатель", "Ед.")


def export_rows(workspace: Workspace, programme_id: int | None = None) -> list[dict[str, Any]]:
    """Return the JSON of ``export indicators``: a list of programmes with their indicators."""
    chosen = [
        one.id
        for one in programmes(workspace)
        if (programme_id is None and one.indicators) or one.id == programme_id
    ]
    return [programme_json(indicator_table(workspace, one)) for one in chosen]


def programme_json(table: IndicatorTable) -> dict[str, Any]:
    """Return one programme: its columns of values and its rows in printed order."""
    return {
        "title": table.title,
        "years": [table.first_year, table.last_year],
        "columns": [slot_title(slot) for slot in filled_slots(table)],
        "indicators": [_row_json(table, row) for row in table.rows],
    }


def filled_slots(table: IndicatorTable) -> tuple[Slot, ...]:
    """Return the columns that hold at least one value."""
    held = {slot for row in table.rows for slot in row.values}
    return tuple(slot for slot in table.slots if slot in held)


def _row_json(table: IndicatorTable, row: IndicatorRow) -> dict[str, Any]:
    goal = table.goal(row.goal_id)
    return {
        "number": row.number,
        "title": row.title,
        "level": row.level,
        "group": row.is_group,
        "goal": goal.text if goal else "",
        "unit": row.unit,
        "better": row.better.value if row.better else None,
        "formula": row.formula or None,
        "source": row.source,
        "method": row.method,
        "values": [
            _value_json(slot, row.values[slot]) for slot in table.slots if slot in row.values
        ],
        "extra": dict(row.extra),
    }


def _value_json(slot: Slot, value: Value) -> dict[str, Any]:
    return {
        "role": slot.role.value,
        "period": slot.period,
        "column": slot_title(slot),
        "text": value.text,
        "number": value.number,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "on": value.on.isoformat() if value.on else None,
    }


def table_lines(table: IndicatorTable) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the head and the lines of a printed table; columns that nobody fills are left out."""
    slots = filled_slots(table)
    extras = tuple(dict.fromkeys(name for row in table.rows for name in row.extra))
    has_goals = any(row.goal_id for row in table.rows)
    heads = (*(HEADS if has_goals else HEADS[1:]), *map(slot_title, slots), *extras)
    lines = []
    for row in table.rows:
        goal = table.goal(row.goal_id)
        values = tuple(row.values[slot].text if slot in row.values else "" for slot in slots)
        own = (row.number, row.title, row.unit, *values, *(row.extra.get(x, "") for x in extras))
        lines.append(((goal.text if goal else ""), *own) if has_goals else own)
    return heads, lines
