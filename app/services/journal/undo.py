"""Taking back the last action of a person, and doing again what was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.office import JournalEntry
from app.services.changes import ChangeSet
from app.services.journal.restoring import put_back
from app.services.journal.rows import TOPICS, snapshot, table_of
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """What was taken back or done again; ``done`` is False when there was nothing left of it."""

    done: bool
    message: str
    """One Russian sentence for the status bar."""
    changes: ChangeSet


def next_undo(workspace: Workspace) -> str | None:
    """Return the title of the action that ``undo_last`` would take back, if there is one."""
    with workspace.database.read() as session:
        entry = session.scalar(_last())
        return entry.title if entry else None


def undo_last(workspace: Workspace) -> UndoOutcome:
    """Restore the rows that the last action changed, as they were before it.

    The journal is in the database, so this works after a restart too.  A load is none of these
    actions: it is passed over.  UserError when the rows have changed since in another way, which
    taking the action back would lose, or when others stand in the way, see :func:`put_back`.
    """
    with workspace.database.write() as session:
        entry = session.scalar(_last())
        if entry is None:
            return UndoOutcome(False, "Отменять нечего.", ChangeSet())
        _check(session, entry)
        put_back(session, f"Отменить действие «{entry.title}»", entry.changes[::-1])
        entry.undone = True
        topics = ChangeSet.of(*(TOPICS[change["table"]] for change in entry.changes))
        return UndoOutcome(True, f"Отменено: {entry.title}.", topics)


def next_redo(workspace: Workspace) -> str | None:
    """Return the title of the action that ``redo_last`` would do again, if there is one."""
    with workspace.database.read() as session:
        entry = session.scalar(_taken_back())
        return entry.title if entry else None


def redo_last(workspace: Workspace) -> UndoOutcome:
    """Do again the action that was taken back last, as long as nothing was done after it.

    Works after a restart too.  UserError when the rows have changed since in another way, by a
    load or by an action that changes no row of the journal: doing it again would lose that; and
    when others stand in the way.
    """
    with workspace.database.write() as session:
        entry = session.scalar(_taken_back())
        if entry is None:
            return UndoOutcome(False, "Повторять нечего.", ChangeSet())
        _check_again(session, entry)
        again = [_turned(change) for change in entry.changes]
        put_back(session, f"Повторить действие «{entry.title}»", again)
        entry.undone = False
        topics = ChangeSet.of(*(TOPICS[change["table"]] for change in entry.changes))
        return UndoOutcome(True, f"Повторено: {entry.title}.", topics)


def _by_hand(*, undone: bool) -> tuple[ColumnElement[bool], ...]:
    """Pick the actions of people: rows of a load go and come with the load, never by themselves.

    A load is taken back in the list of loads, with its results, and is loaded again from its file.
    """
    return JournalEntry.batch_id.is_(None), JournalEntry.undone.is_(undone)


def _taken_back() -> Select[JournalEntry]:
    """Ask for the oldest of the actions taken back; a new action discards them, see ``Action``."""
    newest = sqlalchemy.func.coalesce(sqlalchemy.func.max(JournalEntry.id), 0)
    stands = select(newest).where(*_by_hand(undone=False))
    return (
        select(JournalEntry)
        .where(*_by_hand(undone=True), JournalEntry.id > stands.scalar_subquery())
        .order_by(JournalEntry.id)
        .limit(1)
    )


def _turned(change: dict[str, Any]) -> dict[str, Any]:
    """Return a change that goes the other way."""
    return {**change, "before": change["after"], "after": change["before"]}


def _check_again(session: Session, entry: JournalEntry) -> None:
    for change in entry.changes:
        if snapshot(session, table_of(change["table"]), change["id"]) != change["before"]:
            raise UserError(
                f"Повторить действие «{entry.title}» нельзя: эти данные с тех пор изменились.",
                "Внесите нужное значение вручную.",
            )


def _last() -> Select[JournalEntry]:
    return (
        select(JournalEntry)
        .where(*_by_hand(undone=False))
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )


def _check(session: Session, entry: JournalEntry) -> None:
    for change in entry.changes:
        table = table_of(change["table"])
        if snapshot(session, table, change["id"]) != change["after"]:
            raise UserError(
                f"Отменить действие «{entry.title}» нельзя: эти данные с тех пор изменились.",
                "Внесите нужное значение вручную.",
            )
