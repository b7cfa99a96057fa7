"""Lines of a roadmap in another place: dragged, numbered, tied to each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.roadmaps import Activity
from app.models.roadmaps import RoadmapGroup as Group
from app.services.journal import Action
from app.services.roadmap.editing import groups_below, require_roadmap, siblings
from app.services.roadmap.types import Done, LineKey
from app.services.workspace import Workspace


def move_lines(
    workspace: Workspace,
    roadmap_id: int,
    keys: Sequence[LineKey],
    group_id: int | None,
    index: int | None = None,
) -> Done:
    """Put lines under a heading (None: the top), before its line ``index`` (None: at the end).

    UserError when a heading would come to stand inside itself.
    """
    with workspace.database.write() as session:
        require_roadmap(session, roadmap_id)
        moved = {(key.is_group, key.id) for key in keys}
        groups = {key.id for key in keys if key.is_group}
        if group_id is not None and group_id in groups | groups_below(session, groups):
            raise UserError(
                "Раздел нельзя положить внутрь него самого.", "Выберите для него другое место."
            )
        there = siblings(session, roadmap_id, group_id)
        before = there if index is None else there[:index]
        after = [] if index is None else there[index:]
        order = [
            *(_key(row) for row in before if _key(row) not in moved),
            *((key.is_group, key.id) for key in keys),
            *(_key(row) for row in after if _key(row) not in moved),
        ]
        known = {_key(row): row.position for row in there}
        with Action(session, f"перенос строк дорожной карты: {len(keys)}") as action:
            for position, (is_group, row_id) in enumerate(order, start=1):
                values: dict[str, Any] = {"position": position}
                if (is_group, row_id) in moved:
                    values["parent_id" if is_group else "group_id"] = group_id
                elif known[is_group, row_id] == position:
                    continue
                action.update(Group if is_group else Activity, row_id, values)
            return Done(tuple(key.id for key in keys), action.changes)


def _key(row: Group | Activity) -> tuple[bool, int]:
    return isinstance(row, Group), row.id


def number_lines(workspace: Workspace, ids: Collection[int], *, auto: bool) -> Done:
    """Let the program count the numbers of activities, or keep those that are shown now."""
    with (
        workspace.database.write() as session,
        Action(session, f"нумерация мероприятий, строк: {len(ids)}") as action,
    ):
        for one in sorted(ids):
            action.update(Activity, one, {"auto_number": auto})
        return Done(tuple(ids), action.changes)


def set_after(workspace: Workspace, activity_id: int, after_id: int | None) -> Done:
    """Say after which activity another comes; UserError for a circle, which it names."""
    with workspace.database.write() as session:
        row = session.get(Activity, activity_id)
        if row is None or (after_id is not None and session.get(Activity, after_id) is None):
            raise UserError("Этого мероприятия уже нет.", "Обновите страницу.")
        if after_id is not None:
            _refuse_circle(session, row, after_id)
        with Action(session, f"порядок мероприятий («{row.title[:60]}»)") as action:
            action.update(Activity, activity_id, {"after_id": after_id})
            return Done((activity_id,), action.changes)


def _refuse_circle(session: Session, row: Activity, after_id: int) -> None:
    trail = [row]
    at: int | None = after_id
    while at is not None:
        step = session.get_one(Activity, at)
        if step.id == row.id:
            names = " → ".join(f"«{_short(one)}»" for one in [row, *reversed(trail[1:]), row])
            raise UserError(
                f"Мероприятия ждали бы друг друга по кругу: {names}.",
                "Уберите одну из этих связей.",
            )
        if step in trail:
            return  # an older circle that this row is no part of
        trail.append(step)
        at = step.after_id


def _short(row: Activity) -> str:
    text = f"{row.number} {row.title}".strip()
    return text if len(text) <= 40 else f"{text[:39]}…"
