"""The engine, its pragmas, and the two ways to touch the data: ``read()`` and ``write()``."""

from __future__ import annotations

import itertools
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app.models.failures import as_user_error
from app.models.files import PRAGMAS, connect

APPLICATION_ID = 0x4F504F52
"""``OPOR`` in SQLite's header: tells our file from any other SQLite file."""


@dataclass(frozen=True, slots=True)
class DataState:
    """Which state of the data a block sees, see :meth:`Database.state`; only for comparing."""

    connection: int
    others: int
    own: int


class Database:
    """An open database file of the current schema; see ``models.opening`` for how to get one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = threading.Lock()
        self._blocks = _Blocks()
        self._stored = 0
        self._connections = itertools.count(1)
        self._engine = create_engine(
            "sqlite+pysqlite://", creator=lambda: connect(path), poolclass=QueuePool
        )
        event.listen(self._engine, "connect", _set_pragmas)
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session over one consistent snapshot; storing anything in it is an error.

        Keep the block short: a write block of another thread waits for it before it can commit.
        Inside a write block of the same thread it shows the state before that block.  Raises
        DatabaseError when the file cannot be read.
        """
        with (
            _user_errors(self.path, ours=sqlite3.SQLITE_READONLY),
            self._blocks.entered("read"),
            self._engine.connect() as connection,
        ):
            connection.execution_options(opora_begin="BEGIN", opora_query_only=True)
            with _BlockSession(connection, expire_on_commit=False, autoflush=False) as session:
                yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield a session whose work is stored whole when the block ends, or not at all.

        Blocks of several threads wait for each other.  The block owns the transaction: code inside
        must not commit or roll back, and must not open another write block, which would wait for
        itself for ever; a write block inside a read block would wait likewise.  All of it is
        refused with a RuntimeError.  Raises DatabaseError when the disk is full, gone or read-only.
        """
        self._blocks.refuse_write()
        _know_all_tables()
        with (
            _user_errors(self.path),
            self._writing,
            self._blocks.entered("write"),
            self._engine.connect() as connection,
            _left_clean(connection),
        ):
            connection.execution_options(opora_begin="BEGIN IMMEDIATE")
            with _BlockSession(connection, expire_on_commit=False) as session:
                yield session
                session.store()
                self._stored += 1

    def state(self, session: Session) -> DataState:
        """Return a mark of the data that the block of ``session`` sees.

        Equal marks of two blocks mean that nobody, in this process or another, stored anything
        between them; different ones need not mean a change.
        """
        connection = session.connection()
        # SQLite counts what others store, and only as one connection sees it; we count our own.
        own = connection.info.setdefault("opora_connection", next(self._connections))
        seen = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        return DataState(own, seen, self._stored)

    def close(self) -> None:
        """Close all connections; the object cannot be used afterwards."""
        self._engine.dispose()


def _know_all_tables() -> None:
    """Import the tables that nobody has asked for yet.

    What is stored is ordered by the foreign keys of its tables; one whose target is not known
    stops the block, and which tables a command has imported by then is chance.
    """
    from app.models import tables  # noqa: F401


class _BlockSession(Session):
    """A session of one block: only the block itself may end its transaction."""

    _storing = False

    def commit(self) -> None:
        """Refuse unless the block is over: half of its work would be stored."""
        if not self._storing:
            raise RuntimeError("a block stores its work itself: no commit inside")
        super().commit()

    def rollback(self) -> None:
        """Refuse: what follows would be stored without what went before.  Raise instead."""
        raise RuntimeError("a block rolls its work back itself: raise instead")

    def store(self) -> None:
        """Commit the whole block."""
        self._storing = True
        self.commit()


class _Blocks(threading.local):
    """The blocks that this thread is inside of."""

    def __init__(self) -> None:
        self.open: list[str] = []

    @contextmanager
    def entered(self, kind: str) -> Iterator[None]:
        self.open.append(kind)
        try:
            yield
        finally:
            self.open.remove(kind)

    def refuse_write(self) -> None:
        if self.open:
            raise RuntimeError(f"a write block inside a {self.open[-1]} block of the same thread")


@contextmanager
def _user_errors(path: Path, ours: int | None = None) -> Iterator[None]:
    """Turn what the environment did to the file (no space, no rights, damage) into a sentence.

    The code ``ours`` can only be a bug: in a read block, a statement that writes.
    """
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", None)
        known = None if code == ours else as_user_error(code, path)
        if known is None:
            raise
        raise known from error


@contextmanager
def _left_clean(connection: Connection) -> Iterator[None]:
    """Roll back what is open when the block is over, or throw the connection away.

    For SQLAlchemy a COMMIT that failed ends the transaction; for SQLite it stays open, and the next
    block would get the same connection from the pool in the middle of it.
    """
    driver = connection.connection
    try:
        yield
    finally:
        if driver.in_transaction:
            try:
                driver.rollback()
            except sqlite3.Error:
                connection.invalidate()  # closing rolls back; the failed COMMIT is what is told


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (*PRAGMAS, "PRAGMA foreign_keys = ON"):
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    read_only = int(options.get("opora_query_only", False))
    connection.exec_driver_sql(f"PRAGMA query_only = {read_only}")
    connection.exec_driver_sql(options.get("opora_begin", "BEGIN"))
