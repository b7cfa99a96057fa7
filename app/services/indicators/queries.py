"""Reading the indicators of a programme as one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import ValueRole
from app.models.indicators import Indicator, IndicatorValue
from app.models.programmes import Programme, ProgrammeItem
from app.services.indicators.periods import Slot, ordered
from app.services.indicators.tree import Placed, arranged
from app.services.indicators.types import (
    GoalRow,
    IndicatorRow,
    IndicatorTable,
    ProgrammeChoice,
    Value,
)
from app.services.workspace import Workspace

GOAL_PART = "goal"
"""Part of a programme whose items are its goals."""


def programmes(workspace: Workspace) -> tuple[ProgrammeChoice, ...]:
    """Return every programme, the latest first, with the number of its indicators."""
    counted = (
        select(Indicator.programme_id, func.count().label("n"))
        .where(Indicator.is_group.is_(False))
        .group_by(Indicator.programme_id)
        .subquery()
    )
    query = select(Programme, func.coalesce(counted.c.n, 0)).outerjoin(
        counted, counted.c.programme_id == Programme.id
    )
    with workspace.database.read() as session:
        rows = session.execute(query.order_by(Programme.last_year.desc(), Programme.id)).all()
        return tuple(
            ProgrammeChoice(p.id, p.short_title or p.title, p.first_year, p.last_year, n)
            for p, n in rows
        )


def indicator_table(
    workspace: Workspace, programme_id: int, *, by_halves: bool = False
) -> IndicatorTable:
    """Return the indicators of a programme; UserError when the programme is gone.

    ``by_halves`` offers columns for the halves of every year, also where nothing stands in them.
    """
    with workspace.database.read() as session:
        return read_table(session, programme_id, by_halves=by_halves)


def read_table(session: Session, programme_id: int, *, by_halves: bool = False) -> IndicatorTable:
    """Return the same inside an open block."""
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise UserError("Такой программы больше нет.", "Обновите список и выберите другую.")
    stored = session.scalars(select(Indicator).where(Indicator.programme_id == programme_id)).all()
    values = _values(session, programme_id)
    rows = _rows(stored, values)
    slots = {slot for found in values.values() for slot in found}
    return IndicatorTable(
        programme_id,
        programme.title,
        programme.first_year,
        programme.last_year,
        ordered(slots | _expected(programme, slots, by_halves=by_halves)),
        _goals(session, programme_id),
        rows,
    )


def _rows(
    stored: Sequence[Indicator], values: Mapping[int, Mapping[Slot, Value]]
) -> tuple[IndicatorRow, ...]:
    by_id = {one.id: one for one in stored}
    return tuple(
        _row(by_id[place.id], place, values.get(place.id, {})) for place in arranged(stored)
    )


def _row(stored: Indicator, place: Placed, values: Mapping[Slot, Value]) -> IndicatorRow:
    return IndicatorRow(
        id=stored.id,
        parent_id=stored.parent_id,
        goal_id=stored.goal_id,
        level=place.level,
        number=stored.number,
        counted=place.counted,
        title=stored.title,
        unit=stored.unit,
        better=stored.better,
        formula=stored.formula,
        source=stored.source,
        method=stored.method,
        is_group=stored.is_group,
        extra={str(name): str(text) for name, text in stored.extra.items()},
        values=values,
    )


def _values(session: Session, programme_id: int) -> dict[int, dict[Slot, Value]]:
    query = (
        select(IndicatorValue)
        .join(Indicator, Indicator.id == IndicatorValue.indicator_id)
        .where(Indicator.programme_id == programme_id)
    )
    found: dict[int, dict[Slot, Value]] = defaultdict(dict)
    for one in session.scalars(query):
        found[one.indicator_id][Slot(one.role, one.period)] = Value(
            one.text, one.number, one.numerator, one.denominator, one.on, one.evidence
        )
    return found


def _expected(programme: Programme, stored: set[Slot], *, by_halves: bool) -> set[Slot]:
    """Return the columns that a programme has without any value: a base, plan and fact by year.

    A year that is kept by half-years has no column of its own beside them.
    """
    halved = {slot.period[:4] for slot in stored if "-" in slot.period}
    years = [str(y) for y in range(programme.first_year, programme.last_year + 1)]
    wanted = {Slot(ValueRole.BASE, "")} if not _has_base(stored) else set()
    for year in years:
        periods = [f"{year}-1", f"{year}-2"] if by_halves or year in halved else [year]
        for period in periods:
            wanted |= {Slot(ValueRole.PLAN, period), Slot(ValueRole.FACT, period)}
    return wanted


def _has_base(stored: set[Slot]) -> bool:
    return any(slot.role is ValueRole.BASE for slot in stored)


def _goals(session: Session, programme_id: int) -> tuple[GoalRow, ...]:
    query = (
        select(ProgrammeItem)
        .where(ProgrammeItem.programme_id == programme_id, ProgrammeItem.part == GOAL_PART)
        .order_by(ProgrammeItem.position, ProgrammeItem.id)
    )
    return tuple(GoalRow(one.id, one.number, one.text) for one in session.scalars(query))
