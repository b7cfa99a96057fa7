"""Directions in which evidence is kept: the shipped ones and the office's own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.cycle import Evidence
from app.models.office import Setting
from app.services.changes import ChangeSet, Topic
from app.services.cycle.resources import directions
from app.services.cycle.types import Direction
from app.services.journal import Action
from app.services.workspace import Workspace

_SETTING = "cycle.directions"
_KEY = "own-"


def all_directions(workspace: Workspace) -> tuple[Direction, ...]:
    """Return the shipped directions and the office's own after them, in the order of entering."""
    return (*directions(), *own_directions(workspace))


def own_directions(workspace: Workspace) -> tuple[Direction, ...]:
    """Return the directions that the office has added."""
    with workspace.database.read() as session:
        return tuple(Direction(**one) for one in _stored(session))


def save_direction(
    workspace: Workspace, title: str, about: str = "", key: str | None = None
) -> ChangeSet:
    """Store a direction of the office's own, a new one without a key.

    UserError for no title, one that is there already, or a shipped direction.
    """
    name = " ".join(title.split())
    if not name:
        raise UserError("Направлению нужно название.", "Напишите его, как в матрице.")
    with workspace.database.write() as session:
        rows = _stored(session)
        others = [*((one.key, one.title) for one in directions()),
                  *((one["key"], one["title"]) for one in rows)]  # fmt: skip
        if any(own != key and said.casefold() == name.casefold() for own, said in others):
            raise UserError(f"Направление «{name}» уже есть.", "Выберите другое название.")
        if key in {one.key for one in directions()}:
            raise UserError("Направления программы не переименовывают.", "Добавьте своё.")
        entry = {"key": key or _new_key(rows), "title": name, "about": " ".join(about.split())}
        known = key in {one["key"] for one in rows}
        changed = [entry if one["key"] == key else one for one in rows]
        return _put(session, changed if known else [*rows, entry], f"направление «{name}»")


def delete_direction(workspace: Workspace, key: str) -> ChangeSet:
    """Take a direction of the office's own away; UserError while documents stand under it."""
    with workspace.database.write() as session:
        rows = _stored(session)
        title = next((one["title"] for one in rows if one["key"] == key), None)
        if title is None:
            raise UserError("Такого своего направления нет.", "Обновите страницу.")
        query = select(Evidence.year).where(Evidence.direction == key)
        used = sorted(set(session.scalars(query)))
        if used:
            years = ", ".join(map(str, used))
            raise UserError(
                f"Удалить направление «{title}» нельзя: под ним есть документы ({years}).",
                "Сначала перенесите их в другое направление.",
            )
        left = [one for one in rows if one["key"] != key]
        return _put(session, left, f"удаление направления «{title}»")


def _stored(session: Session) -> list[dict[str, Any]]:
    setting = session.get(Setting, _SETTING)
    return list(setting.value) if setting is not None else []


def _new_key(rows: list[dict[str, Any]]) -> str:
    numbers = [int(one["key"].removeprefix(_KEY)) for one in rows if one["key"].startswith(_KEY)]
    return f"{_KEY}{max(numbers, default=0) + 1}"


def _put(session: Session, rows: list[dict[str, Any]], title: str) -> ChangeSet:
    with Action(session, title) as action:
        if session.get(Setting, _SETTING) is None:
            session.add(Setting(key=_SETTING, value=[]))
            session.flush()
        action.update(Setting, _SETTING, {"value": rows})
        return ChangeSet(action.changes.topics | {Topic.CYCLE})
