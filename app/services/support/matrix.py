"""The matrix of risk factors: reading a year, marking cells, copying last year's, resolving."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import Category, SchoolStatus, Significance
from app.models.schools import School
from app.models.support import SchoolRisk
from app.services import methodology
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.sorting import natural_key
from app.services.support.factors import all_factors, factor_titles, limit
from app.services.support.marks import consistent
from app.services.support.types import Copied, Mark, RiskCell, RiskMatrix, RiskSchool
from app.services.workspace import Workspace

Marks = Mapping[tuple[int, str], Mark]
"""Marks by school and factor; an empty one clears the cell."""


def risk_matrix(workspace: Workspace, year: int) -> RiskMatrix:
    """Return the matrix of a year: working schools, and others that have a mark in it."""
    known = categories(workspace, year)
    with workspace.database.read() as session:
        cells = {(one.school_id, one.factor): _cell(one) for one in _stored(session, year)}
        used = {factor for _, factor in cells}
        factors = tuple(f for f in all_factors(session, True) if f.active or f.key in used)
        marked = {school for school, _ in cells}
        schools = [
            RiskSchool(one.id, one.short_name, known.get(one.id))
            for one in session.scalars(select(School))
            if one.status is SchoolStatus.ACTIVE or one.id in marked
        ]
    ordered = tuple(sorted(schools, key=lambda one: natural_key(one.name)))
    return RiskMatrix(year, ordered, factors, cells, tuple(_warnings(ordered, cells)))


def categories(workspace: Workspace, year: int) -> dict[int, Category]:
    """Return the categories in force by school; empty where no methodology covers the year."""
    try:
        verdicts = methodology.classify(workspace, year).schools
    except UserError:
        return {}
    return {one.school_id: one.category for one in verdicts}


def risk_years(workspace: Workspace) -> tuple[int, ...]:
    """Return the years that have a mark, newest first."""
    with workspace.database.read() as session:
        query = select(SchoolRisk.year).distinct().order_by(SchoolRisk.year.desc())
        return tuple(session.scalars(query))


def set_marks(workspace: Workspace, year: int, marks: Marks) -> ChangeSet:
    """Store marks of any number of cells as one action; what is so already stays as it is.

    All or nothing.  UserError for an unknown school or factor, or a mark that contradicts itself.
    """
    for mark in marks.values():
        consistent(mark)
    with workspace.database.write() as session:
        titles = factor_titles(session)
        names = {one.id: one.short_name for one in session.scalars(select(School))}
        for school, factor in marks:
            _require(school in names and factor in titles)
        stored = {(one.school_id, one.factor): one for one in _stored(session, year)}
        title = _title(year, marks, names, titles)
        with Action(session, title) as action:
            for place, mark in marks.items():
                _put(action, year, place, mark, stored.get(place))
            return action.changes


def copy_year(workspace: Workspace, source: int, target: int) -> Copied:
    """Copy the marks of one year into another; cells that have a mark of their own stay.

    Resolved risks are not copied: the new year begins without them.  UserError when the source
    year has no marks.
    """
    with workspace.database.write() as session:
        old = list(_stored(session, source))
        if source == target or not old:
            raise UserError(
                f"За {source} год факторы риска не отмечены.", "Выберите год, где они отмечены."
            )
        taken = {(one.school_id, one.factor) for one in _stored(session, target)}
        resolved = [one for one in old if one.resolved_on is not None]
        alive = [one for one in old if one.resolved_on is None]
        fresh = [one for one in alive if (one.school_id, one.factor) not in taken]
        with Action(session, f"факторы риска {source} года перенесены на {target} год") as action:
            for one in fresh:
                values = {**_of_mark(_mark(one)), "note": one.note}
                action.insert(SchoolRisk, _row(target, (one.school_id, one.factor), values))
            return Copied(len(fresh), len(alive) - len(fresh), len(resolved), action.changes)


def resolve_risk(
    workspace: Workspace, year: int, school_id: int, factor: str, on: date | None, evidence: str
) -> ChangeSet:
    """Store that a risk was resolved and by what it is seen; ``on`` None takes that back.

    UserError when the factor was never found in the school, or there is no evidence.
    """
    text = evidence.strip()
    if on is not None and not text:
        raise UserError(
            "Риск снимают с подтверждением.",
            "Впишите, чем это подтверждается: справка, результат процедуры, акт.",
        )
    with workspace.database.write() as session:
        query = select(SchoolRisk).where(
            SchoolRisk.school_id == school_id, SchoolRisk.year == year, SchoolRisk.factor == factor
        )
        row = session.scalar(query)
        if row is None or row.significance is Significance.ABSENT:
            raise UserError(
                "Этот фактор риска у школы не выявлен: снимать нечего.", "Сначала отметьте его."
            )
        values = {"resolved_on": on, "evidence": text if on is not None else ""}
        what = "снят" if on is not None else "снова в силе"
        with Action(session, f"риск школы за {year} год {what}") as action:
            action.update(SchoolRisk, row.id, values)
            return action.changes


def note_risk(workspace: Workspace, year: int, school_id: int, factor: str, note: str) -> ChangeSet:
    """Store a note to a marked cell; UserError when the cell is empty."""
    with workspace.database.write() as session:
        query = select(SchoolRisk.id).where(
            SchoolRisk.school_id == school_id, SchoolRisk.year == year, SchoolRisk.factor == factor
        )
        row = session.scalar(query)
        if row is None:
            raise UserError("Фактор риска не отмечен.", "Сначала отметьте его.")
        with Action(session, f"примечание к риску за {year} год") as action:
            action.update(SchoolRisk, row, {"note": note.strip()})
            return action.changes


def _stored(session: Session, year: int) -> Iterator[SchoolRisk]:
    yield from session.scalars(select(SchoolRisk).where(SchoolRisk.year == year))


def _mark(row: SchoolRisk) -> Mark:
    return Mark(row.significance, row.actual, row.priority)


def _cell(row: SchoolRisk) -> RiskCell:
    return RiskCell(_mark(row), row.resolved_on, row.evidence, row.note)


def _of_mark(mark: Mark) -> dict[str, Any]:
    return {
        "significance": mark.significance,
        "actual": mark.actual or mark.priority,
        "priority": mark.priority,
    }


def _row(year: int, place: tuple[int, str], values: dict[str, Any]) -> dict[str, Any]:
    school, factor = place
    empty = {"resolved_on": None, "evidence": "", "note": ""}
    return {"school_id": school, "year": year, "factor": factor, **empty, **values}


def _put(
    action: Action, year: int, place: tuple[int, str], mark: Mark, stored: SchoolRisk | None
) -> None:
    if stored is None:
        if not mark.is_empty:
            action.insert(SchoolRisk, _row(year, place, _of_mark(mark)))
    elif mark.is_empty:
        action.delete(SchoolRisk, stored.id)
    elif _mark(stored) != mark:
        action.update(SchoolRisk, stored.id, _of_mark(mark))


def _title(year: int, marks: Marks, names: Mapping[int, str], titles: Mapping[str, str]) -> str:
    if len(marks) == 1:
        ((school, factor),) = marks
        return f"риск «{titles[factor][:60]}» школы «{names[school]}» за {year} год"
    return f"факторы риска за {year} год, ячеек: {len(marks)}"


def _require(known: bool) -> None:
    if not known:
        raise UserError("Школы или фактора риска больше нет.", "Обновите страницу.")


def _warnings(
    schools: tuple[RiskSchool, ...], cells: Mapping[tuple[int, str], RiskCell]
) -> Iterator[str]:
    usual = limit("factors", "priorities")
    chosen = Counter(school for (school, _), cell in cells.items() if cell.mark.priority)
    for school in schools:
        if chosen[school.id] > usual.value:
            yield (
                f"{school.name}: приоритетных факторов {chosen[school.id]}, обычно не больше "
                f"{usual.value} ({usual.source})."
            )
