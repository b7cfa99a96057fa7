"""Risk factors: the ten of «500+» from the resources and the office's own."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ResourceError, UserError
from app.models.roadmaps import Activity, RoadmapGroup
from app.models.support import OwnRiskFactor, SchoolRisk
from app.paths import resource
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.people import Saved
from app.services.support.types import Factor, Limit, Subfactor
from app.services.workspace import Workspace

_OWN = "own-"


@lru_cache(maxsize=1)
def shipped_factors() -> tuple[Factor, ...]:
    """Return the ten factors of «500+» in their order; ResourceError for a broken file."""
    try:
        return tuple(_factor(one) for one in _body("factors")["factors"])
    except (KeyError, TypeError) as error:
        raise _broken("factors") from error


@lru_cache(maxsize=8)
def limit(file: str, name: str) -> Limit:
    """Return a number that checks compare with; ResourceError for a broken file."""
    try:
        return Limit(**_body(file)["limits"][name])
    except (KeyError, TypeError) as error:
        raise _broken(file) from error


@lru_cache(maxsize=1)
def expected_papers() -> tuple[dict[str, Any], ...]:
    """Return the documents that a school is expected to write, as the resource describes them."""
    try:
        return tuple(_body("support")["papers"])
    except (KeyError, TypeError) as error:
        raise _broken("support") from error


def factors(workspace: Workspace, with_retired: bool = False) -> tuple[Factor, ...]:
    """Return the ten factors and the office's own after them, by position."""
    with workspace.database.read() as session:
        return all_factors(session, with_retired)


def all_factors(session: Session, with_retired: bool = False) -> tuple[Factor, ...]:
    """Return what ``factors`` returns, inside a block."""
    query = select(OwnRiskFactor).order_by(OwnRiskFactor.position, OwnRiskFactor.id)
    own = tuple(
        Factor(one.key, one.position, one.title, (), one.id, one.active, one.note)
        for one in session.scalars(query)
        if one.active or with_retired
    )
    return (*shipped_factors(), *own)


def save_own_factor(
    workspace: Workspace, title: str, note: str = "", factor_id: int | None = None
) -> Saved:
    """Store a factor of the office's own; UserError for no title or one that is there already."""
    text = " ".join(title.split())
    if not text:
        raise UserError("Укажите название фактора риска.", "Без названия его не отличить.")
    with workspace.database.write() as session:
        known = {one.title.casefold(): one.own_id for one in all_factors(session, True)}
        if known.get(text.casefold(), factor_id) != factor_id:
            raise UserError(f"Фактор «{text}» уже есть.", "Выберите имеющийся.")
        values = {"title": text, "note": note.strip()}
        with Action(session, f"фактор риска «{text}»") as action:
            if factor_id is not None:
                _require(session, factor_id)
                action.update(OwnRiskFactor, factor_id, values)
                return Saved(factor_id, action.changes)
            number = (session.scalar(select(func.max(OwnRiskFactor.id))) or 0) + 1
            place = (session.scalar(select(func.max(OwnRiskFactor.position))) or 10) + 1
            added = action.insert(
                OwnRiskFactor,
                {**values, "key": f"{_OWN}{number}", "position": place, "active": True},
            )
            return Saved(added, action.changes)


def retire_factor(workspace: Workspace, factor_id: int) -> ChangeSet:
    """Take an own factor away: one that is used somewhere only leaves the lists."""
    with workspace.database.write() as session:
        factor = _require(session, factor_id)
        with Action(session, f"фактор риска «{factor.title}» убран") as action:
            if _is_used(session, factor.key):
                action.update(OwnRiskFactor, factor_id, {"active": False})
            else:
                action.delete(OwnRiskFactor, factor_id)
            return action.changes


def factor_titles(session: Session) -> dict[str, str]:
    """Return the titles of all factors by key, retired ones too."""
    return {one.key: one.title for one in all_factors(session, True)}


def _is_used(session: Session, key: str) -> bool:
    return any(
        session.scalar(select(column).where(column == key).limit(1)) is not None
        for column in (SchoolRisk.factor, Activity.factor, RoadmapGroup.factor)
    )


def _require(session: Session, factor_id: int) -> OwnRiskFactor:
    factor = session.get(OwnRiskFactor, factor_id)
    if factor is None:
        raise UserError("Такого фактора риска больше нет.", "Обновите список.")
    return factor


def _factor(entry: dict[str, Any]) -> Factor:
    parts = tuple(Subfactor(**one) for one in entry["subfactors"])
    return Factor(entry["key"], entry["number"], entry["title"], parts, short=entry["short"])


@lru_cache(maxsize=4)
def _body(name: str) -> dict[str, Any]:
    try:
        body: dict[str, Any] = json.loads(
            resource("risks", f"{name}.json").read_text(encoding="utf-8")
        )
    except (OSError, ValueError) as error:
        raise _broken(name) from error
    return body


def _broken(name: str) -> ResourceError:
    return ResourceError(
        f"Файл программы «risks/{name}.json» не читается.", "Установите программу заново."
    )
