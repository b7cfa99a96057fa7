"""Taking back what a load did to rows of the journal: all of it that nothing else stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.office import JournalEntry
from app.services.backup import TABLES
from app.services.journal.rows import (
    RowId,
    Values,
    referring,
    restore,
    snapshot,
    table_of,
    title_of,
)

_Row = tuple[str, RowId]

_WHOLE = {
    "indicator_value": ("indicator_id", "indicator"),
    "network_member": ("group_id", "network_group"),
}
"""Rows that are parts of another: of one that stays nothing is taken away."""

_CHANGED = "изменено вручную"


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of a load that stays as it is, and what stands on it, in Russian."""

    table: str
    row_id: RowId
    title: str
    why: str


@dataclass(frozen=True)
class TakenBack:
    """Rows that were taken out, rows that are as they were before, and those that stay."""

    removed: Counter[str] = field(default_factory=Counter)
    """By table."""
    restored: Counter[str] = field(default_factory=Counter)
    kept: tuple[Standing, ...] = ()


def changes_of_load(session: Session, batch_id: int) -> tuple[dict[str, Any], ...]:
    """Return what a load did to rows of the journal, first to last; nothing when it is undone."""
    return tuple(change for entry in session.scalars(_of(batch_id)) for change in entry.changes)


def is_as_left(session: Session, change: Mapping[str, Any]) -> bool:
    """Return whether the row of a change is still as that change left it."""
    after: Values | None = change["after"]
    return snapshot(session, table_of(change["table"]), change["id"]) == after


def take_back_load(session: Session, batch_id: int) -> TakenBack:
    """Restore the rows that a load changed and take out those that it made.

    A row that somebody changed since stays, and so does one that other rows refer to.
    Undoing the last action does not offer the load again.
    """
    entries = session.scalars(_of(batch_id)).all()
    if not entries:
        return TakenBack()
    session.flush()
    session.execute(sqlalchemy.text("PRAGMA defer_foreign_keys = ON"))
    done = _Taking(session, batch_id).run([c for one in entries for c in one.changes])
    for entry in entries:
        entry.undone = True
    return done


def _of(batch_id: int) -> Select[JournalEntry]:
    mine = (JournalEntry.batch_id == batch_id, JournalEntry.undone.is_(False))
    return select(JournalEntry).where(*mine).order_by(JournalEntry.id)


class _Taking:
    """One load on its way out."""

    def __init__(self, session: Session, batch_id: int) -> None:
        self._session = session
        self._later = _later(session, batch_id)
        self._why: dict[_Row, str] = {}

    def run(self, changes: list[dict[str, Any]]) -> TakenBack:
        """Take back every change that may be taken back."""
        made = {(one["table"], one["id"]): one for one in changes if one["before"] is None}
        for change in changes:
            if not is_as_left(self._session, change):
                row = (change["table"], change["id"])
                self._why[row] = self._later.get(row, _CHANGED)
        self._spread(made)
        done = TakenBack(kept=tuple(self._kept(changes)))
        for change in reversed(changes):
            if (change["table"], change["id"]) not in self._why:
                restore(self._session, change)
                counted = done.removed if change["before"] is None else done.restored
                counted[change["table"]] += 1
        return done

    def _spread(self, made: Mapping[_Row, dict[str, Any]]) -> None:
        """Let everything stay that a row refers to which stays itself."""
        known = -1
        while known != len(self._why):
            known = len(self._why)
            for row, change in made.items():
                if row not in self._why:
                    why = self._stands(row, made) or self._whole(change)
                    if why:
                        self._why[row] = why

    def _stands(self, row: _Row, made: Mapping[_Row, dict[str, Any]]) -> str:
        """Return what refers to a row: a row of others, or one of the load that stays."""
        own = ""
        for table, other in referring(self._session, *row):
            if (table, other) not in made:
                return f"на этом стоят {TABLES[table]}"
            if (table, other) in self._why:
                own = self._why[table, other]
        return own

    def _whole(self, change: Mapping[str, Any]) -> str:
        column, owner = _WHOLE.get(change["table"], ("", ""))
        return self._why.get((owner, change["after"][column]), "") if owner else ""

    def _kept(self, changes: list[dict[str, Any]]) -> Iterator[Standing]:
        for change in changes:
            row = (change["table"], change["id"])
            gone = snapshot(self._session, table_of(row[0]), row[1]) is None
            if row in self._why and not gone:
                yield Standing(*row, title_of(change["after"] or {}), self._why[row])


def _later(session: Session, batch_id: int) -> dict[_Row, str]:
    """Return the rows that other loads changed, and by which."""
    query = select(JournalEntry.batch_id, JournalEntry.changes).where(
        JournalEntry.batch_id > batch_id, JournalEntry.undone.is_(False)
    )
    return {
        (change["table"], change["id"]): f"обновлено загрузкой № {batch}"
        for batch, changes in session.execute(query)
        for change in changes
    }
