"""Indicators copied into another programme: what is measured and how, without any value."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.indicators import Indicator
from app.services.journal import Action

_COPIED = (
    "position", "number", "title", "unit", "better", "formula", "source", "method", "is_group",
)  # fmt: skip


def copy_indicators(
    session: Session, action: Action, programme_id: int, target: int, goals: Mapping[int, int]
) -> Mapping[int, int]:
    """Copy the indicators of a programme inside an action; return the new ids by the old ones.

    ``goals`` are the copies of the goals that they belong to.  Values are of their years and stay.
    """
    query = select(Indicator).where(Indicator.programme_id == programme_id)
    stored = session.scalars(query.order_by(Indicator.position, Indicator.id)).all()
    made: dict[int, int] = {}
    waiting = [one for one in stored if one.parent_id is None]
    for one in waiting:  # grows while it is walked
        made[one.id] = action.insert(Indicator, _values(one, target, made, goals))
        waiting += [inner for inner in stored if inner.parent_id == one.id]
    return made


def _values(
    one: Indicator, target: int, made: Mapping[int, int], goals: Mapping[int, int]
) -> dict[str, object]:
    return {name: getattr(one, name) for name in _COPIED} | {
        "programme_id": target,
        "parent_id": None if one.parent_id is None else made[one.parent_id],
        "goal_id": None if one.goal_id is None else goals.get(one.goal_id),
        "extra": dict(one.extra),
    }
