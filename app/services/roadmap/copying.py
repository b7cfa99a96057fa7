"""Lines of a roadmap copied into another place, another roadmap or other years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import ActivityStatus
from app.models.roadmaps import (
    Activity,
    ActivityResponsible,
    ActivitySchool,
    ActivityYear,
    Roadmap,
    RoadmapGroup,
)
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


def copy_lines(
    workspace: Workspace,
    keys: Sequence[LineKey],
    roadmap_id: int,
    group_id: int | None = None,
    shift: int = 0,
) -> Done:
    """Copy lines into a roadmap, headings with all that is under them; years move by ``shift``.

    One action.  Years in deadlines move; what was reached and the status do not come along; order
    among the copied ones stays, and so does the indicator within one programme.
    ``ids`` are those of the new activities.
    """
    with (
        workspace.database.write() as session,
        Action(session, f"копирование строк дорожной карты: {len(keys)}") as action,
    ):
        target = require_roadmap(session, roadmap_id)
        copying = Copying(session, action, target, shift)
        position = next_position(session, roadmap_id, group_id)
        inside = groups_below(session, {key.id for key in keys if key.is_group})
        for key in keys:
            line = _line(session, key)
            if line is None:
                raise UserError("Этих строк уже нет.", "Обновите страницу и выберите их заново.")
            if not _is_inside(line, keys, inside):
                copying.copy(line, group_id, position)
                position += 1
        copying.keep_order()
        return Done(tuple(copying.made.values()), action.changes)


def _line(session: Session, key: LineKey) -> RoadmapGroup | Activity | None:
    if key.is_group:
        return session.get(RoadmapGroup, key.id)
    return session.get(Activity, key.id)


def _is_inside(line: RoadmapGroup | Activity, keys: Sequence[LineKey], below: set[int]) -> bool:
    """Return whether a line comes along with a heading that is copied too."""
    if isinstance(line, RoadmapGroup):
        return line.id in below
    return line.group_id in below or LineKey(line.group_id or 0, is_group=True) in keys


@dataclass(frozen=True, slots=True)
class Links:
    """What lines of another programme are tied to there: copies by the ids of what they copy."""

    goals: Mapping[int, int] = field(default_factory=dict)
    indicators: Mapping[int, int] = field(default_factory=dict)


@dataclass
class Copying:
    """Lines on their way into another roadmap; ``made`` knows the copies of activities."""

    session: Session
    action: Action
    target: Roadmap
    shift: int
    links: Links = Links()
    made: dict[int, int] = field(default_factory=dict)
    _rows: list[Activity] = field(default_factory=list)

    def copy(self, line: RoadmapGroup | Activity, group_id: int | None, position: int) -> None:
        """Copy a line under a heading of the target."""
        if isinstance(line, Activity):
            self._activity(line, group_id, position)
        else:
            self._group(line, group_id, position)

    def keep_order(self) -> None:
        """Tie the copies to each other as the lines were."""
        for row in self._rows:
            if row.after_id is not None and row.after_id in self.made:
                self.action.update(
                    Activity, self.made[row.id], {"after_id": self.made[row.after_id]}
                )

    def _group(self, group: RoadmapGroup, parent_id: int | None, position: int) -> None:
        # Read before the copy stands there: a heading may be copied into itself.
        below = siblings(self.session, group.roadmap_id, group.id)
        values = {
            "roadmap_id": self.target.id,
            "parent_id": parent_id,
            "position": position,
            "number": group.number,
            "title": shifted(group.title, self.shift),
            "factor": group.factor,
            "goal_id": self._tied(group.roadmap_id, group.goal_id, self.links.goals),
        }
        new = self.action.insert(RoadmapGroup, values)
        for at, line in enumerate(below, start=1):
            self.copy(line, new, at)

    def _activity(self, row: Activity, group_id: int | None, position: int) -> None:
        values = _copy(self.session, row, self.target.id, self.shift)
        indicator = self._tied(row.roadmap_id, row.indicator_id, self.links.indicators)
        values |= {"group_id": group_id, "position": position, "indicator_id": indicator}
        self.made[row.id] = self.action.insert(Activity, values)
        self._rows.append(row)
        _copy_parts(self.session, self.action, row.id, self.made[row.id], self.shift)

    def _tied(self, roadmap_id: int, old: int | None, copies: Mapping[int, int]) -> int | None:
        """Return what a copy is tied to: the same within a programme, else the copy of it."""
        source = self.session.get_one(Roadmap, roadmap_id)
        if old is None or source.programme_id == self.target.programme_id:
            return old
        return copies.get(old)


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
        "who_when": shifted(row.who_when, shift),
        "status": ActivityStatus.PLANNED,
        "remind_on": _later(row.remind_on, shift),
        "extra": dict(row.extra),
        "copied_from_id": row.id,
    }


def shifted(term: str, shift: int) -> str:
    """Return a deadline with all its years moved: «2022-2023 учебный год» by 1 is 2023-2024."""
    return _YEAR.sub(lambda match: str(int(match[1]) + shift), term)


def years_named(text: str) -> tuple[int, ...]:
    """Return the years that ``shifted`` would move, in their order."""
    return tuple(int(match[1]) for match in _YEAR.finditer(text))


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
