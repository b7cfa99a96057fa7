"""What an office sets for its analysis, kept as settings; every change can be undone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from app.models.office import Setting
from app.services.changes import ChangeSet, Topic
from app.services.journal import Action
from app.services.workspace import Workspace


def kept(workspace: Workspace, key: str) -> Any:
    """Return the stored value, None when the office has set none."""
    with workspace.database.read() as session:
        return session.scalar(select(Setting.value).where(Setting.key == key))


def keep(workspace: Workspace, key: str, value: Any, title: str) -> ChangeSet:
    """Store a value of plain JSON; ``title`` completes «Отменено: …»."""
    with workspace.database.write() as session:
        # An empty row first: the journal remembers changes of rows that are there.
        session.execute(insert(Setting).values(key=key, value=None).on_conflict_do_nothing())
        with Action(session, title) as action:
            action.update(Setting, key, {"value": value})
    return ChangeSet.of(Topic.SETTINGS)
