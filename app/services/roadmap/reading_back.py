"""A stored roadmap as the lines of a document, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.roadmaps import Activity, ActivityYear, Roadmap, RoadmapGroup
from app.services.roadmap.facts import Plan, PlanHead, PlanLine
from app.services.roadmap.numbering import Place, numbers

_CELLS = ("term", "responsible", "result", "evidence", "plan")


def stored_plan(session: Session, roadmap_id: int) -> Plan:
    """Return a roadmap with headings and activities as they are printed."""
    roadmap = session.get_one(Roadmap, roadmap_id)
    groups = select(RoadmapGroup).where(RoadmapGroup.roadmap_id == roadmap_id)
    activities = select(Activity).where(Activity.roadmap_id == roadmap_id)
    years = _years(session, roadmap_id)
    children: dict[int | None, list[RoadmapGroup | Activity]] = {}
    for group in session.scalars(groups):
        children.setdefault(group.parent_id, []).append(group)
    for activity in session.scalars(activities):
        children.setdefault(activity.group_id, []).append(activity)
    lines = _lines(children, None, 1, years)
    head = PlanHead(
        roadmap.title,
        roadmap.mode,
        roadmap.first_year,
        roadmap.last_year,
        directions=tuple(roadmap.directions),
    )
    return Plan(head, tuple(_numbered(lines)))


def _years(session: Session, roadmap_id: int) -> dict[int, list[ActivityYear]]:
    query = (
        select(ActivityYear)
        .join(Activity, Activity.id == ActivityYear.activity_id)
        .where(Activity.roadmap_id == roadmap_id)
        .order_by(ActivityYear.year)
    )
    found: dict[int, list[ActivityYear]] = {}
    for row in session.scalars(query):
        found.setdefault(row.activity_id, []).append(row)
    return found


def _lines(
    children: Mapping[int | None, list[RoadmapGroup | Activity]],
    parent: int | None,
    level: int,
    years: Mapping[int, list[ActivityYear]],
) -> list[tuple[PlanLine, bool]]:
    """Return the lines below a heading; the flag says that the program counts the number."""
    lines: list[tuple[PlanLine, bool]] = []
    for row in sorted(children.get(parent, ()), key=_order):
        if isinstance(row, RoadmapGroup):
            lines.append((PlanLine(row.title, level, row.number), False))
            lines += _lines(children, row.id, level + 1, years)
        else:
            lines.append((_activity(row, years.get(row.id, [])), row.auto_number))
    return lines


def _order(row: RoadmapGroup | Activity) -> tuple[int, int]:
    return row.position, row.id


def _activity(row: Activity, years: list[ActivityYear]) -> PlanLine:
    cells: dict[str, Any] = {name: getattr(row, name) for name in _CELLS}
    return PlanLine(
        title=row.title,
        number=row.number,
        cells={name: text for name, text in cells.items() if text},
        years={one.year: one.plan for one in years if one.plan},
        facts={one.year: one.fact for one in years if one.fact},
        extra=dict(row.extra),
        direction=row.direction,
        row=row.id,
    )


def _numbered(lines: list[tuple[PlanLine, bool]]) -> list[PlanLine]:
    """Put in the numbers that the program counts."""
    places = [
        Place(index, bool(line.level), line.number, auto, line.level)
        for index, (line, auto) in enumerate(lines)
    ]
    counted = numbers(places)
    return [
        line if index not in counted else _with_number(line, counted[index])
        for index, (line, _) in enumerate(lines)
    ]


def _with_number(line: PlanLine, number: str) -> PlanLine:
    return PlanLine(
        line.title, line.level, number, line.cells, line.years, line.facts, line.extra,
        line.direction, line.row,
    )  # fmt: skip
