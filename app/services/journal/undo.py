"""Taking back the last action of a person, and doing again what was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.office import JournalEntry
from app.services.changes import ChangeSet
from app.services.journal.rows import (
    TOPICS,
    from_json,
    is_row,
    plain,
    referring,
    snapshot,
    table_of,
)
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

    The journal is in the database, so this works after a restart too.  UserError when the rows
    have changed since in another way: taking the action back would lose that change.
    """
    with workspace.database.write() as session:
        entry = session.scalar(_last())
        if entry is None:
            return UndoOutcome(False, "Отменять нечего.", ChangeSet())
        _check(session, entry)
        # Rows that refer to each other come back in any order; the commit still checks them all.
        session.execute(sqlalchemy.text("PRAGMA defer_foreign_keys = ON"))
        for change in reversed(entry.changes):
            restore(session, change)
        _check_needed(session, entry)
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
    load or by an action that changes no row of the journal: doing it again would lose that.
    """
    with workspace.database.write() as session:
        entry = session.scalar(_taken_back())
        if entry is None:
            return UndoOutcome(False, "Повторять нечего.", ChangeSet())
        _check_again(session, entry)
        session.execute(sqlalchemy.text("PRAGMA defer_foreign_keys = ON"))
        for change in entry.changes:
            restore(session, _turned(change))
        _check_references(session, entry)
        entry.undone = False
        topics = ChangeSet.of(*(TOPICS[change["table"]] for change in entry.changes))
        return UndoOutcome(True, f"Повторено: {entry.title}.", topics)


def _taken_back() -> Select[JournalEntry]:
    """Ask for the oldest of the actions taken back since the last one that stands.

    Rows of a load go and come with the load, never by themselves.
    """
    stands = select(sqlalchemy.func.coalesce(sqlalchemy.func.max(JournalEntry.id), 0)).where(
        JournalEntry.undone.is_(False)
    )
    return (
        select(JournalEntry)
        .where(
            JournalEntry.undone.is_(True),
            JournalEntry.batch_id.is_(None),
            JournalEntry.id > stands.scalar_subquery(),
        )
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


def _check_references(session: Session, entry: JournalEntry) -> None:
    """Refuse when a row would refer to what is there no more, such as a school of an undone load.

    The commit would find that too, but could not say it.
    """
    for table in sorted({change["table"] for change in entry.changes}):
        if session.execute(sqlalchemy.text(f"PRAGMA foreign_key_check({table})")).first():
            raise UserError(
                f"Повторить действие «{entry.title}» нельзя: того, к чему оно относится, больше "
                "нет.",
                "Внесите нужное значение вручную.",
            )


def _last() -> Select[JournalEntry]:
    return (
        select(JournalEntry)
        .where(JournalEntry.undone.is_(False))
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


def _check_needed(session: Session, entry: JournalEntry) -> None:
    """Refuse when what was stored since refers to a row that goes, as results to a new school.

    The commit would find that too, but could not say it.
    """
    gone = [one for one in entry.changes if one["before"] is None]
    if any(next(referring(session, one["table"], one["id"]), None) for one in gone):
        raise UserError(
            f"Отменить действие «{entry.title}» нельзя: на нём держатся данные, которые "
            "появились позже.",
            "Сначала отмените то, что сделано после него, например загрузку.",
        )


def restore(session: Session, change: dict[str, Any]) -> None:
    """Put one row back as it was before a change of the journal."""
    table = table_of(change["table"])
    this = is_row(table, change["id"])
    if change["before"] is None:
        session.execute(sqlalchemy.delete(plain(table)).where(this))
        return
    values = from_json(change["before"])
    if change["after"] is None:
        session.execute(sqlalchemy.insert(plain(table)).values(**values))
    else:
        session.execute(sqlalchemy.update(plain(table)).where(this).values(**values))
