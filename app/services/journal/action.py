"""One action of a person on stored rows, written down in the transaction that does it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.office import JournalEntry
from app.services.changes import ChangeSet
from app.services.journal.rows import TOPICS, RowId, Values, snapshot, table_of

_GOES_ON = timedelta(minutes=2)
"""A later change of the same rows is another action."""


class Action:
    """Changes rows and remembers them before and after; use inside a write block.

    ``with Action(session, "Данные учреждения") as action: action.update(Office, 1, {...})``.  The
    title is Russian and completes «Отменено: …».  An action that changed nothing leaves no entry.
    With ``joins`` it goes on with the last action when that one changed the same columns of the
    same rows a moment ago: a text that is stored while it is typed is taken back at once.
    Every action discards for ever what was taken back before it.  ``batch_id`` is the load that
    did it.
    """

    def __init__(
        self,
        session: Session,
        title: str,
        batch_id: int | None = None,
        *,
        joins: bool = False,
    ) -> None:
        self._session = session
        self._title = title
        self._batch_id = batch_id
        self._joins = joins
        self._before: dict[tuple[str, RowId], Values | None] = {}

    def __enter__(self) -> Action:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._store()

    @property
    def changes(self) -> ChangeSet:
        """The topics of the rows touched so far."""
        return ChangeSet.of(*(TOPICS[table] for table, _ in self._before))

    def insert(self, model: type[Base], values: Mapping[str, Any]) -> int:
        """Add a row and return its new id."""
        table = cast(Table, model.__table__)
        table_of(table.name)
        added = self._session.execute(insert(model).values(**values).returning(*table.primary_key))
        row_id = int(added.scalar_one())
        # SQLite gives a freed id again: a row taken out by this very action had a "before".
        self._before.setdefault((table.name, row_id), None)
        return row_id

    def update(self, model: type[Base], row_id: RowId, values: Mapping[str, Any]) -> None:
        """Change columns of the row with the given primary key."""
        table = table_of(cast(Table, model.__table__).name)
        self._before.setdefault((table.name, row_id), snapshot(self._session, table, row_id))
        (key,) = table.primary_key.columns
        self._session.execute(update(table).where(key == row_id).values(**values))

    def delete(self, model: type[Base], row_id: RowId) -> None:
        """Take the row with the given primary key out; undoing puts it back as it was."""
        table = table_of(cast(Table, model.__table__).name)
        self._before.setdefault((table.name, row_id), snapshot(self._session, table, row_id))
        (key,) = table.primary_key.columns
        self._session.execute(delete(table).where(key == row_id))

    def _store(self) -> None:
        changed = [
            {"table": name, "id": row_id, "before": before, "after": after}
            for (name, row_id), before in self._before.items()
            if (after := snapshot(self._session, table_of(name), row_id)) != before
        ]
        if not changed:
            return
        self._discard_undone()
        now = datetime.now(UTC)
        last = self._last_of_same(changed, now) if self._joins else None
        if last is None:
            self._session.add(
                JournalEntry(at=now, title=self._title, changes=changed, batch_id=self._batch_id)
            )
            return
        before = [one["before"] for one in last.changes]
        last.changes = [one | {"before": first} for one, first in zip(changed, before, strict=True)]
        last.at = now

    def _discard_undone(self) -> None:
        """End what could be done again: it began from rows that are others from now on.

        Kept, it could not be told from what is taken back later, and would come back instead.
        Entries of loads stay with their loads: they are never done again.
        """
        mine = (JournalEntry.undone.is_(True), JournalEntry.batch_id.is_(None))
        self._session.execute(delete(JournalEntry).where(*mine))

    def _last_of_same(self, changed: list[dict[str, Any]], now: datetime) -> JournalEntry | None:
        """Return the last action where this one goes on with it and nothing came between."""
        if any(one["before"] is None or one["after"] is None for one in changed):
            return None  # a row that comes or goes is an action of its own
        last = self._session.scalar(
            select(JournalEntry)
            .where(JournalEntry.undone.is_(False))
            .order_by(JournalEntry.id.desc())
            .limit(1)
        )
        if last is None or last.batch_id is not None or now - last.at > _GOES_ON:
            return None
        ended = [(one["table"], one["id"], one["after"], _columns(one)) for one in last.changes]
        begins = [(one["table"], one["id"], one["before"], _columns(one)) for one in changed]
        return last if ended == begins else None


def _columns(change: Mapping[str, Any]) -> set[str]:
    """Return the columns that a change gave another value; all of a row that came or went."""
    before, after = change["before"] or {}, change["after"] or {}
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}
