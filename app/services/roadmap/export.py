"""Roadmaps for other programs: the JSON of the contract ``export roadmap``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.roadmaps import Activity, ActivityResponsible, Roadmap
from app.services.clock import local_today
from app.services.names import fold
from app.services.roadmap.queries import roadmap_view
from app.services.roadmap.types import ActivityRow, GroupRow, RoadmapView
from app.services.workspace import Workspace


def export_roadmaps(
    workspace: Workspace,
    title: str = "",
    year: int | None = None,
    school_id: int | None = None,
) -> list[dict[str, Any]]:
    """Return ``{"title", "groups": [{"title", "level", "activities": […]}]}`` of each roadmap.

    ``title`` picks those whose title holds it; ``year`` and ``school_id`` pick activities that
    touch the year and are for the school.  Headings stay, so that every level can be seen;
    activities above the first heading stand in a group without a title, level 0.  UserError when
    no roadmap has such a title.
    """
    with workspace.database.read() as session:
        found = [
            _roadmap(session, key, year, school_id)
            for key, name in session.execute(
                select(Roadmap.id, Roadmap.title).order_by(Roadmap.position, Roadmap.id)
            ).all()
            if fold(title) in fold(name)
        ]
    if title and not found:
        raise UserError(
            f"Дорожной карты с названием «{title}» в базе нет.",
            "Названия видны на вкладке «Дорожная карта».",
        )
    return found


def _roadmap(
    session: Session, roadmap_id: int, year: int | None, school_id: int | None
) -> dict[str, Any]:
    view = roadmap_view(session, roadmap_id, local_today())
    names = _names(session, roadmap_id)
    groups: list[dict[str, Any]] = []
    for line in view.lines:
        if isinstance(line, GroupRow):
            title = f"{line.number} {line.title}".strip()
            groups.append({"title": title, "level": line.level, "activities": []})
        elif _wanted(line, year, school_id):
            _group_of(groups, line)["activities"].append(_activity(line, view, names))
    return {"title": view.info.title, **_about(view), "groups": groups}


def _about(view: RoadmapView) -> dict[str, Any]:
    return {
        "mode": view.info.mode.value,
        "years": [view.info.first_year, view.info.last_year],
        "directions": list(view.info.directions),
    }


def _group_of(groups: list[dict[str, Any]], line: ActivityRow) -> dict[str, Any]:
    """Return the group to which the activity belongs: the last one, unless it has none."""
    if not groups or (line.group_id is None and groups[-1]["level"]):
        groups.append({"title": "", "level": 0, "activities": []})
    return groups[-1]


def _names(session: Session, roadmap_id: int) -> dict[int, list[str]]:
    query = (
        select(ActivityResponsible.activity_id, ActivityResponsible.name)
        .join(Activity, Activity.id == ActivityResponsible.activity_id)
        .where(Activity.roadmap_id == roadmap_id)
        .order_by(ActivityResponsible.activity_id, ActivityResponsible.position)
    )
    found: dict[int, list[str]] = {}
    for activity_id, name in session.execute(query):
        found.setdefault(activity_id, []).append(name)
    return found


def _wanted(line: ActivityRow, year: int | None, school_id: int | None) -> bool:
    if school_id is not None and line.schools and school_id not in dict(line.schools):
        return False
    if year is None:
        return True
    named = {cell.year for cell in line.years}
    first = line.start.year if line.start else None
    last = line.end.year if line.end else first
    dated = last is not None and (first or last) <= year <= last
    return year in named or dated or (not named and last is None)


def _activity(line: ActivityRow, view: RoadmapView, names: dict[int, list[str]]) -> dict[str, Any]:
    direction = None if line.direction is None else view.info.directions[line.direction]
    return {
        "number": line.number,
        "title": line.title,
        "term": line.term,
        "responsible": names.get(line.id, []),
        "result": line.result,
        "years": {str(cell.year): cell.plan for cell in line.years if cell.plan},
        "facts": {str(cell.year): cell.fact for cell in line.years if cell.fact},
        "plan": line.plan,
        "evidence": line.evidence,
        "extra": dict(line.extra),
        "responsible_text": line.responsible,
        "who_when": line.who_when,
        "start": line.start.isoformat() if line.start else None,
        "end": line.end.isoformat() if line.end else None,
        "recurrence": line.recurrence,
        "direction": direction,
        "factor": line.factor,
        "schools": [name for _, name in line.schools],
        "status": line.status.value,
        "overdue": line.overdue,
    }
