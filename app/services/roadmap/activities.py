"""Activities: added, changed one or many at once, with deadlines, years, schools and status."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import ActivityStatus
from app.models.roadmaps import Activity, ActivityResponsible, ActivitySchool, ActivityYear
from app.services.journal import Action
from app.services.roadmap.editing import next_position, require_roadmap
from app.services.roadmap.queries import years_of
from app.services.roadmap.responsible import Answering
from app.services.roadmap.rows import quantity, search_key, term_columns
from app.services.roadmap.terms import TermState, Years, parse_term
from app.services.roadmap.types import Done
from app.services.workspace import Workspace

TEXT_FIELDS = (
    "title",
    "number",
    "term",
    "responsible",
    "result",
    "evidence",
    "plan",
    "result_kind",
)
"""Texts of an activity that are typed as they are printed."""
OTHER_FIELDS = (
    "auto_number", "factor", "direction", "indicator_id", "recommendation_id", "remind_on",
    "stage", "measure", "term_start", "term_end",
)  # fmt: skip
_NEEDS_REASON = frozenset({ActivityStatus.MOVED, ActivityStatus.NOT_NEEDED, ActivityStatus.PARTLY})


def add_activity(
    workspace: Workspace,
    roadmap_id: int,
    group_id: int | None,
    values: Mapping[str, Any],
    schools: Collection[int] = (),
) -> Done:
    """Add an activity at the end of a heading; ``values`` as for ``edit_activities``."""
    return add_activities(workspace, roadmap_id, group_id, [values], schools)


def add_activities(
    workspace: Workspace,
    roadmap_id: int,
    group_id: int | None,
    rows: Sequence[Mapping[str, Any]],
    schools: Collection[int] = (),
) -> Done:
    """Add several activities for ``schools`` as one action; UserError for one without a title."""
    with (
        workspace.database.write() as session,
        Action(session, f"новые мероприятия: {len(rows)}") as action,
    ):
        require_roadmap(session, roadmap_id)
        years = years_of(session, roadmap_id)
        ids = []
        for position, row in enumerate(rows, next_position(session, roadmap_id, group_id)):
            columns = _columns({"title": "", **row}, years)
            columns |= {"roadmap_id": roadmap_id, "group_id": group_id, "position": position}
            columns |= {"status": ActivityStatus.PLANNED, "search_key": _key({**row, **columns})}
            ids.append(action.insert(Activity, columns))
            _write_responsible(session, action, ids[-1], str(columns.get("responsible", "")))
            _set_schools(session, action, ids[-1], set(schools))
        return Done(tuple(ids), action.changes)


def edit_activities(workspace: Workspace, ids: Collection[int], changes: Mapping[str, Any]) -> Done:
    """Give the same values to one or many activities as one action.

    Keys are ``TEXT_FIELDS``, ``OTHER_FIELDS`` and ``extra:TITLE``.  A deadline is parsed; dates
    given beside it are by hand and stay.  UserError for a title left empty, a deadline that does
    not exist («30 февраля»), an end before the start.
    """
    with workspace.database.write() as session:
        rows = _rows(session, ids)
        title = rows[0].title if len(rows) == 1 else f"строк: {len(rows)}"
        with Action(session, f"мероприятие ({title[:80]})") as action:
            for row in rows:
                _edit(session, action, row, changes)
            return Done(tuple(row.id for row in rows), action.changes)


def _edit(session: Session, action: Action, row: Activity, changes: Mapping[str, Any]) -> None:
    columns = _columns(changes, years_of(session, row.roadmap_id))
    extra = {key[6:]: str(text) for key, text in changes.items() if key.startswith("extra:")}
    if extra:
        columns["extra"] = {**row.extra, **extra}
    known = {name: getattr(row, name) for name in ("title", "responsible", "result")}
    columns["search_key"] = _key({**known, **columns})
    if columns.keys() & {"responsible", "term"}:
        columns["who_when"] = ""  # the cell of the file says no longer what is stored
    action.update(Activity, row.id, columns)
    if "responsible" in columns:
        _write_responsible(session, action, row.id, columns["responsible"])


def _columns(changes: Mapping[str, Any], years: Years | None) -> dict[str, Any]:
    """Return the columns that changes give: texts tidy, deadlines and quantities parsed."""
    columns: dict[str, Any] = {}
    for name, value in changes.items():
        if name in TEXT_FIELDS:
            columns[name] = _tidy(str(value))
        elif name in OTHER_FIELDS:
            columns[name] = value
        elif not name.startswith("extra:"):
            raise KeyError(name)
    if columns.get("title") == "":
        raise UserError("У мероприятия нет названия.", "Впишите его или удалите строку.")
    if "plan" in columns:
        columns["plan_number"] = quantity(columns["plan"])
    if "number" in columns and "auto_number" not in columns:
        columns["auto_number"] = False
    return columns | _term(columns, years)


def _term(columns: Mapping[str, Any], years: Years | None) -> dict[str, Any]:
    by_hand = "term_start" in columns or "term_end" in columns
    if by_hand:
        start, end = columns.get("term_start"), columns.get("term_end")
        if start and end and end < start:
            raise UserError(
                f"Конец срока ({end:%d.%m.%Y}) раньше его начала ({start:%d.%m.%Y}).",
                "Поменяйте даты местами.",
            )
        return {"term_start": start, "term_end": end, "term_by_hand": bool(start or end)}
    if "term" not in columns:
        return {}
    term = parse_term(columns["term"], years)
    if term.state is TermState.IMPOSSIBLE:
        raise UserError(term.problem, "Исправьте срок.")
    return term_columns(columns["term"], years) | {"term_by_hand": False}


def _tidy(text: str) -> str:
    """Return a text without spaces at the ends of its lines; lines stay lines."""
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return "\n".join(line for line in lines if line)


def _key(values: Mapping[str, Any]) -> str:
    return search_key(*(str(values.get(name, "")) for name in ("title", "responsible", "result")))


def _write_responsible(session: Session, action: Action, activity_id: int, cell: str) -> None:
    """Replace the names that answer by those of the cell."""
    old = select(ActivityResponsible.id).where(ActivityResponsible.activity_id == activity_id)
    for row in session.scalars(old).all():
        action.delete(ActivityResponsible, row)
    for values in Answering.read(session, [cell]).rows(activity_id, cell):
        action.insert(ActivityResponsible, values)


def set_year(
    workspace: Workspace,
    ids: Collection[int],
    year: int,
    *,
    plan: str | None = None,
    fact: str | None = None,
) -> Done:
    """Write what is planned or reached in a year; None leaves it, an empty text clears it."""
    with workspace.database.write() as session:
        rows = _rows(session, ids)
        with Action(session, f"количества {year} года, строк: {len(rows)}") as action:
            for row in rows:
                _set_year(session, action, row.id, year, {"plan": plan, "fact": fact})
            return Done(tuple(row.id for row in rows), action.changes)


def _set_year(
    session: Session, action: Action, activity_id: int, year: int, texts: Mapping[str, str | None]
) -> None:
    values: dict[str, Any] = {}
    for name, text in texts.items():
        if text is not None:
            values |= {name: _tidy(text)[:200], f"{name}_number": quantity(text)}
    query = select(ActivityYear.id).where(
        ActivityYear.activity_id == activity_id, ActivityYear.year == year
    )
    known = session.scalar(query)
    if known is None:
        empty = {"activity_id": activity_id, "year": year, "plan": "", "fact": ""}
        action.insert(ActivityYear, empty | values)
    else:
        action.update(ActivityYear, known, values)


def set_schools(workspace: Workspace, ids: Collection[int], schools: Collection[int]) -> Done:
    """Say which schools activities are for; none at all means every school."""
    with workspace.database.write() as session:
        rows = _rows(session, ids)
        with Action(session, f"школы мероприятий, строк: {len(rows)}") as action:
            for row in rows:
                _set_schools(session, action, row.id, set(schools))
            return Done(tuple(row.id for row in rows), action.changes)


def _set_schools(session: Session, action: Action, activity_id: int, wanted: set[int]) -> None:
    query = select(ActivitySchool.id, ActivitySchool.school_id).where(
        ActivitySchool.activity_id == activity_id
    )
    known = {school: row for row, school in session.execute(query).all()}
    for school in sorted(known.keys() - wanted):
        action.delete(ActivitySchool, known[school])
    for school in sorted(wanted - known.keys()):
        action.insert(ActivitySchool, {"activity_id": activity_id, "school_id": school})


def set_reminder(workspace: Workspace, ids: Collection[int], day: date | None) -> Done:
    """Remind of activities on another day, or no more (None); one action."""
    told = "снято" if day is None else f"на {day:%d.%m.%Y}"
    with workspace.database.write() as session:
        rows = _rows(session, ids)
        title = f"«{rows[0].title[:60]}»" if len(rows) == 1 else f"строк: {len(rows)}"
        with Action(session, f"напоминание {told}, {title}") as action:
            for row in rows:
                action.update(Activity, row.id, {"remind_on": day})
            return Done(tuple(row.id for row in rows), action.changes)


def set_status(
    workspace: Workspace,
    ids: Collection[int],
    status: ActivityStatus,
    *,
    note: str = "",
    proof: str = "",
    done_on: date | None = None,
) -> Done:
    """Say what became of activities, why, and by what it is proved.

    UserError without a reason where it is not simply done or planned.
    """
    if status in _NEEDS_REASON and not note.strip():
        raise UserError(
            f"Для состояния «{status.value}» нужна причина.", "Напишите её в поле «Причина»."
        )
    values = {
        "status": status,
        "status_note": note.strip(),
        "proof": proof.strip(),
        "done_on": done_on if status in (ActivityStatus.DONE, ActivityStatus.PARTLY) else None,
    }
    with workspace.database.write() as session:
        rows = _rows(session, ids)
        with Action(session, f"состояние «{status.value}», строк: {len(rows)}") as action:
            for row in rows:
                action.update(Activity, row.id, values)
            return Done(tuple(row.id for row in rows), action.changes)


def _rows(session: Session, ids: Iterable[int]) -> list[Activity]:
    wanted = list(dict.fromkeys(ids))
    query = select(Activity).where(Activity.id.in_(wanted))
    found = {row.id: row for row in session.scalars(query)}
    if len(found) < len(wanted) or not wanted:
        raise UserError("Этих мероприятий уже нет.", "Обновите страницу и выберите строки заново.")
    return [found[one] for one in wanted]
