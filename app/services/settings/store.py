"""Reading and storing declared settings."""

from __future__ import annotations

from sqlalchemy import select

from app.errors import UserError
from app.models import office as tables
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.settings.declared import Setting, T
from app.services.workspace import Workspace


def get(workspace: Workspace, setting: Setting[T]) -> T:
    """Return the stored value, or the declared default when none was ever stored.

    UserError when the database holds a value that the setting does not allow.
    """
    query = select(tables.Setting.value).where(tables.Setting.key == setting.key)
    with workspace.database.read() as session:
        row = session.execute(query).first()
    if row is None:
        return setting.default
    _check(setting, row[0])
    value: T = row[0]
    return value


def put(workspace: Workspace, setting: Setting[T], value: T) -> ChangeSet:
    """Store the value; UserError when the setting does not allow it, and nothing is stored."""
    _check(setting, value)
    if get(workspace, setting) == value:
        return ChangeSet()
    title = f"настройка «{setting.title}»"
    with workspace.database.write() as session, Action(session, title) as action:
        if session.get(tables.Setting, setting.key) is None:
            session.add(tables.Setting(key=setting.key, value=setting.default))
            session.flush()
        action.update(tables.Setting, setting.key, {"value": value})
        return action.changes


def _check(setting: Setting[T], value: object) -> None:
    if setting.accepts(value):
        return
    allowed = "; ".join((setting.choices or {}).values())
    raise UserError(
        f"Недопустимое значение настройки «{setting.title}»: {value!r}.",
        f"Допустимые значения: {allowed}." if allowed else "Задайте настройку заново.",
    )
