"""Roadmaps that a load brings: stored in its transaction, compared, and taken out with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.enums import ActivityStatus, RoadmapMode
from app.models.office import JournalEntry
from app.models.roadmaps import (
    Activity,
    ActivityResponsible,
    ActivitySchool,
    ActivityYear,
    Roadmap,
    RoadmapGroup,
)
from app.services.roadmap.factors import factor_of
from app.services.roadmap.facts import Plan, PlanLine
from app.services.roadmap.reading_back import stored_plan
from app.services.roadmap.responsible import Answering
from app.services.roadmap.rows import quantity, search_key, stage_of, term_columns, year_rows
from app.services.roadmap.states import proposed_state
from app.services.roadmap.terms import Years, split_term

Row = dict[str, Any]

_CHUNK = 2_000
_TABLES = ("roadmap", "roadmap_group", "activity", "activity_year", "activity_responsible",
           "activity_school")  # fmt: skip


def stored_plans(session: Session, titles: Collection[str]) -> dict[str, list[Plan]]:
    """Return the roadmaps of these titles."""
    query = select(Roadmap.id, Roadmap.title).where(Roadmap.title.in_(titles))
    found: dict[str, list[Plan]] = {}
    for key, title in session.execute(query).all():
        found.setdefault(title, []).append(stored_plan(session, key))
    return found


def same_plan(first: Plan, second: Plan) -> bool:
    """Return whether two roadmaps say the same, line by line, spaces folded."""
    return _essence(first) == _essence(second)


def _essence(plan: Plan) -> list[tuple[Any, ...]]:
    """Return what a person sees of a roadmap, spaces folded."""
    return [
        (
            line.level,
            _flat(f"{line.number} {line.title}"),
            {name: _flat(text) for name, text in _cells(line).items() if text},
            dict(line.years),
            dict(line.facts),
            line.direction,
        )
        for line in plan.lines
    ]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _cells(line: PlanLine) -> Mapping[str, str]:
    """Return the cells of a line with who and when of one cell taken apart."""
    cells = dict(line.cells)
    both = cells.pop("who_when", "")
    if both:
        cells["responsible"], cells["term"] = split_term(both)
    return cells


def store_plan(
    session: Session,
    plan: Plan,
    batch_id: int | None,
    programme_id: int | None = None,
    block_id: int | None = None,
    *,
    states: bool = True,
) -> int:
    """Store a roadmap as it was read and return its id; deadlines and quantities are parsed.

    ``block_id`` is the table of the file it stands in; ``states`` lets remarks on what was done
    («выполнено») become the states of activities.
    """
    head = plan.head
    position = session.scalar(select(func.coalesce(func.max(Roadmap.position), 0))) or 0
    roadmap_id = _next_id(session, Roadmap)
    row = {
        "id": roadmap_id,
        "programme_id": programme_id,
        "position": position + 1,
        "mode": head.mode,
        "title": head.title,
        "first_year": head.first_year,
        "last_year": head.last_year,
        "columns": _columns(plan),
        "directions": list(head.directions),
        "batch_id": batch_id,
    }
    session.execute(insert(_table(Roadmap)), [row])
    _Storing(session, plan, roadmap_id, block_id, states).run()
    return roadmap_id


def _columns(plan: Plan) -> list[Row]:
    """Return the printed columns; the office's own are told by their title."""
    found: list[Row] = []
    for column in plan.head.columns:
        if column.direction or column.field in ("group", "until"):
            continue  # a heading is printed as a row, the end of a term inside it
        field = f"extra:{column.title}" if column.field == "extra" else column.field
        if column.year is not None:
            field = f"{column.field}:{column.year}"
        found.append({"field": field, "title": column.title})
    return found


@dataclass
class _Storing:
    """One roadmap on its way into the tables."""

    session: Session
    plan: Plan
    roadmap_id: int
    block_id: int | None
    states: bool

    def run(self) -> None:
        """Insert the lines in bulk."""
        head = self.plan.head
        self._years = (
            Years(head.first_year, head.last_year)
            if head.first_year is not None and head.last_year is not None
            else None
        )
        cells = [_cells(line).get("responsible", "") for line in self.plan.lines]
        self._answering = Answering.read(self.session, cells)
        self._groups: list[Row] = []
        self._activities: list[Row] = []
        self._others: dict[type[Base], list[Row]] = {ActivityYear: [], ActivityResponsible: []}
        first_group = _next_id(self.session, RoadmapGroup)
        first_activity = _next_id(self.session, Activity)
        open_groups: list[int] = []
        for position, line in enumerate(self.plan.lines, start=1):
            if line.level:
                del open_groups[line.level - 1 :]
                group = self._group(first_group + len(self._groups), line, position, open_groups)
                open_groups.append(group)
            else:
                number = first_activity + len(self._activities)
                self._activity(number, line, position, open_groups)
        _insert(self.session, RoadmapGroup, self._groups)
        _insert(self.session, Activity, self._activities)
        for entity, rows in self._others.items():
            _insert(self.session, entity, rows)

    def _group(self, key: int, line: PlanLine, position: int, above: Sequence[int]) -> int:
        self._groups.append(
            {
                "id": key,
                "roadmap_id": self.roadmap_id,
                "parent_id": above[-1] if above else None,
                "position": position,
                "number": line.number[:40],
                "title": line.title,
                "factor": factor_of(line.title),
                "goal_id": None,
            }
        )
        return key

    def _activity(self, key: int, line: PlanLine, position: int, above: Sequence[int]) -> None:
        cells = _cells(line)
        responsible = cells.get("responsible", "")
        factor = next((row["factor"] for row in reversed(self._groups)
                       if row["id"] in above and row["factor"]), "")  # fmt: skip
        monitoring = self.plan.head.mode is RoadmapMode.MONITORING
        self._activities.append(
            {
                "id": key,
                "roadmap_id": self.roadmap_id,
                "group_id": above[-1] if above else None,
                "position": position,
                "number": line.number[:40],
                "auto_number": False,
                "title": line.title,
                "search_key": search_key(line.title, responsible, cells.get("result", "")),
                "term": cells.get("term", ""),
                **term_columns(cells.get("term", ""), self._years),
                "term_by_hand": False,
                "responsible": responsible,
                "who_when": line.cells.get("who_when", ""),
                "result": cells.get("result", ""),
                "result_kind": "",
                "evidence": cells.get("evidence", ""),
                "plan": cells.get("plan", ""),
                "plan_number": quantity(cells.get("plan", "")),
                **_state_columns(line, taken=self.states),
                "proof": "",
                "stage": stage_of(line.title) if monitoring else None,
                "direction": line.direction,
                "factor": factor,
                "measure": "",
                "extra": dict(line.extra),
                "block_id": self.block_id,
                "rows": line.rows if self.block_id is not None else "",
            }
        )
        self._others[ActivityYear] += year_rows(key, line.years, line.facts)
        self._others[ActivityResponsible] += self._answering.rows(key, responsible)


def _state_columns(line: PlanLine, *, taken: bool) -> Row:
    """Return the state that the remark of an activity proposes, with its text as the reason."""
    state = proposed_state(line.extra) if taken else None
    if state is None or state.status is None:
        return {"status": ActivityStatus.PLANNED, "status_note": "", "done_on": None}
    return {"status": state.status, "status_note": state.text, "done_on": state.done_on}


def _insert(session: Session, entity: type[Base], rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), _CHUNK):
        session.execute(insert(_table(entity)), list(rows[start : start + _CHUNK]))


def _next_id(session: Session, entity: type[Base]) -> int:
    key = _table(entity).c.id
    return int(session.execute(select(func.coalesce(func.max(key), 0))).scalar_one()) + 1


def _table(entity: type[Base]) -> Table:
    return cast(Table, entity.__table__)


# Taking a load out again.


@dataclass(frozen=True, slots=True)
class Removed:
    """What undoing a load took out of the roadmaps; ``kept`` says in Russian what stayed."""

    activities: int
    kept: tuple[str, ...]


def remove_loaded(session: Session, batch_id: int) -> Removed:
    """Take out the roadmaps that a load brought; one that people have worked on since stays."""
    count = 0
    kept: list[str] = []
    query = select(Roadmap.id, Roadmap.title).where(Roadmap.batch_id == batch_id)
    for roadmap_id, title in session.execute(query).all():
        edited = _edits(session, roadmap_id)
        if edited:
            kept.append(
                f"Дорожная карта «{title}» осталась: её строки с тех пор изменены вручную "
                f"({edited}). Если она не нужна, удалите её на вкладке «Дорожная карта»."
            )
        else:
            count += delete_rows(session, roadmap_id)
    return Removed(count, tuple(kept))


def _edits(session: Session, roadmap_id: int) -> int:
    """Return how many rows of a roadmap people changed, as the journal knows it."""
    ids = {
        "roadmap": {roadmap_id},
        "roadmap_group": _ids(session, RoadmapGroup, roadmap_id),
        "activity": _ids(session, Activity, roadmap_id),
    }
    entries = select(JournalEntry.changes).where(JournalEntry.undone.is_(False))
    touched: set[tuple[str, int]] = set()
    for changes in session.scalars(entries):
        touched.update(_touched(changes, ids))
    return len(touched)


def _touched(
    changes: Sequence[Mapping[str, Any]], ids: Mapping[str, set[int]]
) -> Iterator[tuple[str, int]]:
    for change in changes:
        table, row = change["table"], change["id"]
        if row in ids.get(table, ()):
            yield table, row
        elif table in _TABLES:
            about = (change["after"] or change["before"] or {}).get("activity_id")
            if about in ids["activity"]:
                yield "activity", about


def _ids(session: Session, entity: type[RoadmapGroup] | type[Activity], roadmap: int) -> set[int]:
    return set(session.scalars(select(entity.id).where(entity.roadmap_id == roadmap)))


def delete_rows(session: Session, roadmap_id: int) -> int:
    """Delete a roadmap with everything in it and return how many activities it had.

    Rows of other roadmaps that come after one of its activities lose only that link.
    """
    mine = select(Activity.id).where(Activity.roadmap_id == roadmap_id)
    count = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    session.execute(
        _table(Activity).update().where(or_(Activity.after_id.in_(mine))).values(after_id=None)
    )
    for entity in (ActivityYear, ActivityResponsible, ActivitySchool):
        session.execute(delete(entity).where(entity.activity_id.in_(mine)))
    session.execute(delete(Activity).where(Activity.roadmap_id == roadmap_id))
    session.execute(
        _table(RoadmapGroup)
        .update()
        .where(RoadmapGroup.roadmap_id == roadmap_id)
        .values(parent_id=None)
    )
    session.execute(delete(RoadmapGroup).where(RoadmapGroup.roadmap_id == roadmap_id))
    session.execute(delete(Roadmap).where(Roadmap.id == roadmap_id))
    return count
