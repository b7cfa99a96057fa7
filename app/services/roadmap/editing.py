"""Roadmaps and their headings: made, changed, deleted by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.roadmaps import (
    Activity,
    ActivityResponsible,
    ActivitySchool,
    ActivityYear,
    Roadmap,
    RoadmapGroup,
)
from app.services.journal import Action
from app.services.roadmap.queries import years_of
from app.services.roadmap.rows import term_columns
from app.services.roadmap.types import Done, LineKey, RoadmapForm
from app.services.workspace import Workspace

_GROUP_FIELDS = frozenset({"number", "title", "factor", "goal_id"})


def create_roadmap(workspace: Workspace, form: RoadmapForm) -> Done:
    """Make an empty roadmap; UserError without a title or with years in the wrong order."""
    values = roadmap_values(form)
    with (
        workspace.database.write() as session,
        Action(session, f"новая дорожная карта «{form.title.strip()}»") as action,
    ):
        last = session.scalar(select(func.coalesce(func.max(Roadmap.position), 0))) or 0
        new = action.insert(Roadmap, {**values, "position": last + 1, "columns": []})
        return Done((new,), action.changes)


def edit_roadmap(workspace: Workspace, roadmap_id: int, form: RoadmapForm) -> Done:
    """Change what is said of a whole roadmap; deadlines are seen in its new years."""
    values = roadmap_values(form)
    with (
        workspace.database.write() as session,
        Action(session, f"дорожная карта «{form.title.strip()}»") as action,
    ):
        require_roadmap(session, roadmap_id)
        action.update(Roadmap, roadmap_id, values)
        _parse_again(session, action, roadmap_id)
        return Done((roadmap_id,), action.changes)


def roadmap_values(form: RoadmapForm) -> dict[str, Any]:
    """Return the columns of a roadmap; UserError without a title or with years in wrong order."""
    title = " ".join(form.title.split())
    if not title:
        raise UserError("У дорожной карты нет названия.", "Впишите его.")
    if form.first_year and form.last_year and form.first_year > form.last_year:
        raise UserError(
            f"Первый год ({form.first_year}) позже последнего ({form.last_year}).",
            "Поменяйте годы местами.",
        )
    return {
        "title": title,
        "mode": form.mode,
        "first_year": form.first_year,
        "last_year": form.last_year,
        "programme_id": form.programme_id,
        "directions": list(form.directions),
    }


def _parse_again(session: Session, action: Action, roadmap_id: int) -> None:
    session.expire_all()
    years = years_of(session, roadmap_id)
    query = select(Activity).where(
        Activity.roadmap_id == roadmap_id, Activity.term != "", ~Activity.term_by_hand
    )
    for row in session.scalars(query).all():
        columns = term_columns(row.term, years)
        if any(getattr(row, name) != value for name, value in columns.items()):
            action.update(Activity, row.id, columns)


def delete_roadmap(workspace: Workspace, roadmap_id: int) -> Done:
    """Delete a roadmap with everything in it; undone through the journal."""
    with workspace.database.write() as session:
        roadmap = require_roadmap(session, roadmap_id)
        with Action(session, f"удаление дорожной карты «{roadmap.title}»") as action:
            groups = select(RoadmapGroup.id).where(RoadmapGroup.roadmap_id == roadmap_id)
            activities = select(Activity.id).where(Activity.roadmap_id == roadmap_id)
            _delete_activities(session, action, list(session.scalars(activities)))
            for group in sorted(session.scalars(groups), reverse=True):
                action.update(RoadmapGroup, group, {"parent_id": None})
            for group in sorted(session.scalars(groups), reverse=True):
                action.delete(RoadmapGroup, group)
            action.delete(Roadmap, roadmap_id)
            return Done((), action.changes)


def add_group(
    workspace: Workspace,
    roadmap_id: int,
    title: str,
    parent_id: int | None = None,
    number: str = "",
    factor: str = "",
) -> Done:
    """Add a heading at the end of its parent; UserError without a title."""
    text = _title(title)
    with (
        workspace.database.write() as session,
        Action(session, f"новый раздел «{text}»") as action,
    ):
        require_roadmap(session, roadmap_id)
        values = {
            "roadmap_id": roadmap_id,
            "parent_id": parent_id,
            "position": next_position(session, roadmap_id, parent_id),
            "number": number.strip(),
            "title": text,
            "factor": factor,
        }
        return Done((action.insert(RoadmapGroup, values),), action.changes)


def edit_group(workspace: Workspace, group_id: int, changes: Mapping[str, Any]) -> Done:
    """Change the number, the title, the factor or the goal of a heading."""
    unknown = changes.keys() - _GROUP_FIELDS
    if unknown:
        raise KeyError(sorted(unknown)[0])
    values = dict(changes)
    if "title" in values:
        values["title"] = _title(str(values["title"]))
    with workspace.database.write() as session:
        group = session.get(RoadmapGroup, group_id)
        if group is None:
            raise UserError("Этого раздела уже нет.", "Обновите страницу.")
        with Action(session, f"раздел «{group.title}»") as action:
            action.update(RoadmapGroup, group_id, values)
            return Done((group_id,), action.changes)


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title:
        raise UserError("У раздела нет названия.", "Впишите его.")
    return title


def delete_lines(workspace: Workspace, keys: Collection[LineKey]) -> Done:
    """Delete activities, and headings with everything under them; undone through the journal."""
    with workspace.database.write() as session:
        groups = {key.id for key in keys if key.is_group}
        groups |= groups_below(session, groups)
        activities = {key.id for key in keys if not key.is_group}
        inside = select(Activity.id).where(Activity.group_id.in_(groups))
        activities |= set(session.scalars(inside))
        said = f"удаление строк дорожной карты: {len(groups) + len(activities)}"
        with Action(session, said) as action:
            _delete_activities(session, action, sorted(activities))
            for group in sorted(groups):
                action.update(RoadmapGroup, group, {"parent_id": None})
            for group in sorted(groups):
                action.delete(RoadmapGroup, group)
            return Done((), action.changes)


def groups_below(session: Session, groups: Collection[int]) -> set[int]:
    """Return the headings under these, however deep."""
    found: set[int] = set()
    level = set(groups)
    while level:
        query = select(RoadmapGroup.id).where(RoadmapGroup.parent_id.in_(level))
        level = set(session.scalars(query)) - found
        found |= level
    return found


def _delete_activities(session: Session, action: Action, ids: Collection[int]) -> None:
    """Delete activities with what belongs to them; those that came after them lose the link."""
    gone = set(ids)
    after = select(Activity.id).where(Activity.after_id.in_(gone))
    for other in session.scalars(after).all():
        action.update(Activity, other, {"after_id": None})
    for entity in (ActivityYear, ActivityResponsible, ActivitySchool):
        query = select(entity.id).where(entity.activity_id.in_(gone))
        for row in session.scalars(query).all():
            action.delete(entity, row)
    for one in sorted(gone):
        action.delete(Activity, one)


def next_position(session: Session, roadmap_id: int, group_id: int | None) -> int:
    """Return the position behind the last line of a heading."""
    return max((row.position for row in siblings(session, roadmap_id, group_id)), default=0) + 1


def siblings(
    session: Session, roadmap_id: int, group_id: int | None
) -> list[RoadmapGroup | Activity]:
    """Return the headings and activities of one parent in their order."""
    groups = select(RoadmapGroup).where(
        RoadmapGroup.roadmap_id == roadmap_id, RoadmapGroup.parent_id.is_(group_id)
        if group_id is None else RoadmapGroup.parent_id == group_id,
    )  # fmt: skip
    activities = select(Activity).where(
        Activity.roadmap_id == roadmap_id, Activity.group_id.is_(group_id)
        if group_id is None else Activity.group_id == group_id,
    )  # fmt: skip
    rows: list[RoadmapGroup | Activity] = [*session.scalars(groups), *session.scalars(activities)]
    return sorted(rows, key=lambda row: (row.position, row.id))


def require_roadmap(session: Session, roadmap_id: int) -> Roadmap:
    """Return a roadmap; UserError when it is gone."""
    roadmap = session.get(Roadmap, roadmap_id)
    if roadmap is None:
        raise UserError("Этой дорожной карты в базе уже нет.", "Выберите другую из списка.")
    return roadmap
