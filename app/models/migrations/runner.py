"""Runs the steps that a file still lacks: all of them in one transaction, checked before commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

from app.errors import DatabaseError
from app.models import migrations
from app.models.database import APPLICATION_ID
from app.models.files import PRAGMAS, broken_references, connect, damage, pragma, row_counts


def migrate(path: Path) -> None:
    """Bring the existing SQLite file ``path`` to the newest schema, whole or not at all.

    An empty file becomes a database of ours.  The caller owns the file and has made a backup.
    Raises DatabaseError when a check after the steps fails; the file is then as it was before.
    """
    engine = create_engine("sqlite+pysqlite://", creator=lambda: _open(path), poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    try:
        with engine.connect() as connection, connection.begin():
            _run(connection)
    finally:
        engine.dispose()


def _open(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    for statement in PRAGMAS:
        connection.execute(statement)
    # Off, and before BEGIN, where alone it works: rebuilding a parent table with foreign keys on
    # silently empties its children.
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


def _begin(connection: Connection) -> None:
    """Begin ourselves: under pysqlite's own rules a killed migration left half of a schema."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _run(connection: Connection) -> None:
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("migrations run on sqlite3 alone")
    before = row_counts(raw)
    steps = pending(pragma(raw, "user_version"))
    with Operations.context(MigrationContext.configure(connection)):
        for step in steps:
            step.module.upgrade()
            _check_rows(before, row_counts(raw), step)
            before = row_counts(raw)
    _check_file(raw)
    if steps:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute(f"PRAGMA user_version = {int(steps[-1].revision)}")


def pending(schema: int) -> list[Script]:
    """Return the steps above ``schema``, oldest first."""
    steps = ScriptDirectory(str(migrations.FOLDER)).walk_revisions()
    return sorted(
        (step for step in steps if int(step.revision) > schema), key=lambda step: step.revision
    )


def _check_rows(before: Mapping[str, int], after: Mapping[str, int], step: Script) -> None:
    """Refuse a step that lost rows of a table not named in its ``MAY_LOSE_ROWS``."""
    declared = getattr(step.module, "MAY_LOSE_ROWS", ())
    lost = [
        name for name, rows in before.items() if after.get(name, 0) < rows and name not in declared
    ]
    if lost:
        raise _failed(f"на шаге {step.revision} пропали записи в таблицах {', '.join(lost)}")


def _check_file(raw: sqlite3.Connection) -> None:
    found = damage(raw)
    if found:
        raise _failed(f"проверка файла нашла повреждение: {found[0]}")
    broken = broken_references(raw)
    if broken:
        table, _, parent = broken[0]
        raise _failed(f"записи таблицы {table} ссылаются на отсутствующие записи {parent}")


def _failed(why: str) -> DatabaseError:
    return DatabaseError(
        f"Обновление базы отменено: {why}.",
        "База осталась прежней. Передайте разработчикам файл журнала и это сообщение.",
    )
