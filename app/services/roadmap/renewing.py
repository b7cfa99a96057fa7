"""A whole roadmap as the base of a new one: all its lines, for other years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.roadmaps import Roadmap
from app.services.journal import Action
from app.services.roadmap.copying import Copying, Links, shifted
from app.services.roadmap.editing import require_roadmap, roadmap_values, siblings
from app.services.roadmap.types import Done, RoadmapForm, RoadmapInfo
from app.services.workspace import Workspace

_YEAR_COLUMN = "year:"


def renewal_shift(old: RoadmapInfo, first_year: int | None, asked: int | None = None) -> int:
    """Return by how many years a roadmap moves to begin in ``first_year``.

    Only one that knows its first year tells that by itself; another one moves by what was asked
    for.  UserError where nobody has said it: years in its deadlines must not stay unasked.
    """
    if asked is not None:
        return asked
    if old.first_year is None or first_year is None:
        raise UserError(
            f"На сколько лет сдвинуть сроки, неизвестно: у дорожной карты «{old.title}» или у "
            "новой не указан первый год.",
            "Укажите первый год или скажите, на сколько лет сдвинуть.",
        )
    return first_year - old.first_year


def renew_roadmap(workspace: Workspace, roadmap_id: int, form: RoadmapForm, shift: int) -> Done:
    """Make a new roadmap with all lines of an existing one; years move by ``shift``.

    One action.  What was reached and states do not come along, reminders move with the years.
    ``ids`` is that of the new roadmap.  UserError as for a new roadmap.
    """
    values = roadmap_values(form)
    with workspace.database.write() as session:
        old = require_roadmap(session, roadmap_id)
        with Action(session, f"дорожная карта «{form.title.strip()}» по прежней") as action:
            new = _renewed(session, action, old, values, shift, Links())
            return Done((new,), action.changes)


def renew_roadmaps(
    session: Session, action: Action, programme_id: int, target: int, links: Links, shift: int
) -> int:
    """Copy the roadmaps of a programme into another one inside an action; return how many."""
    query = select(Roadmap).where(Roadmap.programme_id == programme_id)
    stored = session.scalars(query.order_by(Roadmap.position, Roadmap.id)).all()
    for old in stored:
        values = {
            "title": shifted(old.title, shift),
            "mode": old.mode,
            "first_year": _moved(old.first_year, shift),
            "last_year": _moved(old.last_year, shift),
            "programme_id": target,
            "directions": list(old.directions),
        }
        _renewed(session, action, old, values, shift, links)
    return len(stored)


def _renewed(
    session: Session,
    action: Action,
    old: Roadmap,
    values: Mapping[str, Any],
    shift: int,
    links: Links,
) -> int:
    last = session.scalar(select(func.coalesce(func.max(Roadmap.position), 0))) or 0
    columns = [_column(one, shift) for one in old.columns]
    new = action.insert(Roadmap, {**values, "position": last + 1, "columns": columns})
    copying = Copying(session, action, session.get_one(Roadmap, new), shift, links)
    for position, line in enumerate(siblings(session, old.id, None), start=1):
        copying.copy(line, None, position)
    copying.keep_order()
    return new


def _column(column: Mapping[str, Any], shift: int) -> dict[str, Any]:
    """Return a printed column; one of a year moves with it."""
    field = str(column["field"])
    if not field.startswith(_YEAR_COLUMN):
        return dict(column)
    year = int(field.removeprefix(_YEAR_COLUMN)) + shift
    return {**column, "field": f"{_YEAR_COLUMN}{year}", "title": shifted(column["title"], shift)}


def _moved(year: int | None, shift: int) -> int | None:
    return None if year is None else year + shift
