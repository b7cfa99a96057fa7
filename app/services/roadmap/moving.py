"""Lines of a roadmap in another place: dragged, numbered, tied to each other, copied."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import ActivityStatus
from app.models.roadmaps import Activity, ActivityResponsible, ActivitySchool, ActivityYear
from app.models.roadmaps import RoadmapGroup as Group
from app.services.journal import Action
from app.services.roadmap.editing import groups_below, next_position, require_roadmap, siblings
from app.services.roadmap.queries import years_of
from app.services.roadmap.rows import term_columns
from app.services.roadmap.types import Done, LineKey
from app.services.workspace import Workspace

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_COPIED = (
    "number", "auto_number", "title", "search_key", "responsible", "result", "result_kind",
    "evidence", "plan", "plan_number", "stage", "direction", "factor", "measure", "term_by_hand",
)  # fmt: skip


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


def copy_lines(
    workspace: Workspace,
    ids: Sequence[int],
    roadmap_id: int,
    group_id: int | None = None,
    shift: int = 0,
) -> Done:
    """Copy activities into a roadmap, all years moved by ``shift``; one action.

    Years in deadlines move, what was reached and the status do not come along; order among the
    copied ones stays.
    """
    with (
        workspace.database.write() as session,
        Action(session, f"копирование мероприятий: {len(ids)}") as action,
    ):
        require_roadmap(session, roadmap_id)
        rows = [session.get_one(Activity, one) for one in ids]
        position = next_position(session, roadmap_id, group_id)
        made: dict[int, int] = {}
        for at, row in enumerate(rows):
            values = _copy(session, row, roadmap_id, shift)
            values |= {"group_id": group_id, "position": position + at}
            made[row.id] = action.insert(Activity, values)
            _copy_parts(session, action, row.id, made[row.id], shift)
        _copy_order(action, rows, made)
        return Done(tuple(made.values()), action.changes)


def _copy(session: Session, row: Activity, roadmap_id: int, shift: int) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(row, name) for name in _COPIED}
    term = shifted(row.term, shift)
    if row.term_by_hand:
        values |= {"term_start": _later(row.term_start, shift), "recurrence": row.recurrence}
        values["term_end"] = _later(row.term_end, shift)
    else:
        values |= term_columns(term, years_of(session, roadmap_id))
    return values | {
        "roadmap_id": roadmap_id,
        "term": term,
        "status": ActivityStatus.PLANNED,
        "remind_on": _later(row.remind_on, shift),
        "extra": dict(row.extra),
        "copied_from_id": row.id,
    }


def shifted(term: str, shift: int) -> str:
    """Return a deadline with all its years moved: «2022-2023 учебный год» by 1 is 2023-2024."""
    return _YEAR.sub(lambda match: str(int(match[1]) + shift), term)


def _later(day: date | None, shift: int) -> date | None:
    if day is None:
        return None
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + shift, day=28 if leap_day and shift % 4 else day.day)


def _copy_parts(session: Session, action: Action, old: int, new: int, shift: int) -> None:
    for year in session.scalars(select(ActivityYear).where(ActivityYear.activity_id == old)):
        values = {"activity_id": new, "year": year.year + shift, "plan": year.plan, "fact": ""}
        action.insert(ActivityYear, values | {"plan_number": year.plan_number})
    who = select(ActivityResponsible).where(ActivityResponsible.activity_id == old)
    for one in session.scalars(who):
        names = ("position", "name", "organization_id", "person_id")
        values = {name: getattr(one, name) for name in names}
        action.insert(ActivityResponsible, {"activity_id": new, **values})
    schools = select(ActivitySchool.school_id).where(ActivitySchool.activity_id == old)
    for school in session.scalars(schools):
        action.insert(ActivitySchool, {"activity_id": new, "school_id": school})


def _copy_order(action: Action, rows: Sequence[Activity], made: Mapping[int, int]) -> None:
    for row in rows:
        if row.after_id is not None and row.after_id in made:
            action.update(Activity, made[row.id], {"after_id": made[row.after_id]})
