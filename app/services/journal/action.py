"""One action of a person on stored rows, written down in the transaction that does it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, cast

from sqlalchemy import Table, delete, insert, update
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.office import JournalEntry
from app.services.changes import ChangeSet
from app.services.journal.rows import TOPICS, RowId, Values, snapshot, table_of


class Action:
    """Changes rows and remembers them before and after; use inside a write block.

    ``with Action(session, "Данные учреждения") as action: action.update(Office, 1, {...})``.  The
    title is Russian and completes «Отменено: …».  An action that changed nothing leaves no entry.
    """

    def __init__(self, session: Session, title: str) -> None:
        self._session = session
        self._title = title
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
        if changed:
            now = datetime.now(UTC)
            self._session.add(JournalEntry(at=now, title=self._title, changes=changed))
