"""Putting the rows of an action back, all of them, or saying what stands in the way."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.tables import Base
from app.services.backup import TABLES
from app.services.journal.rows import Values, plain, restore, title_of

_NAMED = 3
"""Rows of one table that a refusal names; of the rest it says how many there are."""

_BY_HAND = "Внесите нужное значение вручную."

_COLUMN = re.compile(r"\w+\.(\w+)")
"""As in «UNIQUE constraint failed: own_text.key, own_text.year»."""

_UNIQUE = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)


class _Broken(NamedTuple):
    """A row whose reference points nowhere, and the table it points into."""

    table: str
    row_id: int
    parent: str


def put_back(session: Session, doing: str, changes: Sequence[Mapping[str, Any]]) -> None:
    """Put every row back as it was before its change; ``doing`` names the action in a refusal.

    UserError when other rows took a value that must be the only one, refer to a row that would go,
    or are gone while a row that would come refers to them; the block must end with it.  The commit
    would find that too, but could not say it.
    """
    # Rows that refer to each other come back in any order.
    session.execute(sqlalchemy.text("PRAGMA defer_foreign_keys = ON"))
    waiting = [one for one in sorted(changes, key=_turn) if _taken(session, one)]
    # Rows of one action that changed their values around wait for each other: all of them go
    # first.  A value that is taken still belongs to a row that the action never touched.
    for change in waiting:
        if change["after"] is not None:
            restore(session, {**change, "before": None})
    for change in waiting:
        clash = _taken(session, {**change, "after": None})
        if clash:
            raise UserError(
                f"{doing} нельзя: то же значение с тех пор занято другой записью: "
                f"{_holder(session, change, clash)}.",
                "Удалите или измените ту запись и повторите.",
            )
    _refuse_broken(session, doing, changes)


def _taken(session: Session, change: Mapping[str, Any]) -> str:
    """Put a row back; where another one has its value, return what SQLite says of that."""
    try:
        restore(session, change)
    except IntegrityError as error:
        if getattr(error.orig, "sqlite_errorcode", None) not in _UNIQUE:
            raise
        return str(error.orig)
    return ""


def _holder(session: Session, change: Mapping[str, Any], clash: str) -> str:
    """Return the row that has what must be the only one; SQLite names the columns alone."""
    table = Base.metadata.tables[change["table"]]
    names = set(_COLUMN.findall(clash))
    bare = plain(table)
    query = select(bare).where(*(bare.c[name] == change["before"][name] for name in names))
    for index in table.indexes:
        only_some = index.dialect_options["sqlite"]["where"]
        if only_some is not None and set(index.columns.keys()) == names:
            query = query.where(only_some)
    found = session.execute(query).mappings().first()
    return _listed(table.name, [title_of(dict(found))] if found else [])


def _turn(change: Mapping[str, Any]) -> int:
    """Return when a row has its turn: those that go free unique values for those that come."""
    if change["before"] is None:
        return 0
    return 1 if change["after"] is not None else 2


def _refuse_broken(session: Session, doing: str, changes: Sequence[Mapping[str, Any]]) -> None:
    ours = {(one["table"], one["id"]) for one in changes}
    gone = {one["table"] for one in changes if one["before"] is None}
    broken = list(_broken(session, {table for table, _ in ours} | _referring(gone)))
    standing = [one for one in broken if one.parent in gone and one[:2] not in ours]
    if standing:
        raise UserError(
            f"{doing} нельзя: на том, что уйдёт, держатся данные, которые появились "
            f"позже: {_named(session, standing)}.",
            "Сначала удалите это (загруженное – отменой загрузки) или оставьте всё как есть.",
        )
    if broken:
        owners = ", ".join(sorted({TABLES[one.parent] for one in broken}))
        raise UserError(
            f"{doing} нельзя: того, к чему оно относится, больше нет: {owners}.", _BY_HAND
        )


def _referring(tables: set[str]) -> set[str]:
    """Return the tables whose rows may point to rows of these."""
    return {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.column.table.name in tables for key in table.foreign_keys)
    }


def _broken(session: Session, tables: set[str]) -> Iterator[_Broken]:
    for name in sorted(tables):
        found = session.execute(sqlalchemy.text(f"PRAGMA foreign_key_check({name})"))
        for table, row_id, parent, _ in found:
            yield _Broken(table, row_id, parent)


def _named(session: Session, broken: Sequence[_Broken]) -> str:
    """Return the tables of these rows with the first rows of each."""
    rows: dict[str, dict[int, None]] = defaultdict(dict)
    for one in broken:
        rows[one.table][one.row_id] = None  # a row may point there twice
    return "; ".join(
        _listed(name, [title_of(_row(session, name, one)) for one in list(ids)[:_NAMED]], len(ids))
        for name, ids in rows.items()
    )


def _row(session: Session, name: str, row_id: int) -> Values:
    table = plain(Base.metadata.tables[name])
    found = session.execute(select(table).where(sqlalchemy.column("rowid") == row_id))
    return dict(found.mappings().one())


def _listed(table: str, titles: Sequence[str], count: int = 1) -> str:
    """Return a table in Russian with the rows that have a name, and how many more there are."""
    named = ", ".join(f"«{one}»" for one in titles if one)
    said = f"{TABLES[table]} {named}".rstrip()
    shown = sum(1 for one in titles if one)
    return said if count <= max(shown, 1) else f"{said} (всего {count})"
