"""The engine, its pragmas, and the two ways to touch the data: ``read()`` and ``write()``."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.orm import Session

APPLICATION_ID = 0x4F504F52
"""``OPOR`` in SQLite's header: tells our file from any other SQLite file."""

_BUSY_MS = 5_000

# TRUNCATE with FULL is the one pair that lost and corrupted nothing in simulated power cuts.
_PRAGMAS = (
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA secure_delete = ON",
    f"PRAGMA busy_timeout = {_BUSY_MS}",
)


class Database:
    """An open database file of the current schema; see ``models.opening`` for how to get one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = threading.Lock()
        # isolation_level None: pysqlite must not begin or commit anything by itself.
        self._engine = create_engine(
            f"sqlite+pysqlite:///{path}",
            connect_args={"isolation_level": None, "check_same_thread": False},
        )
        event.listen(self._engine, "connect", _set_pragmas)
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session over one consistent snapshot; nothing it does is stored."""
        with self._engine.connect() as connection:
            connection.execution_options(opora_begin="BEGIN")
            with Session(connection, expire_on_commit=False, autoflush=False) as session:
                yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield a session whose work is stored whole when the block ends, or not at all.

        Blocks of several threads wait for each other.  The block owns the transaction: code inside
        must not commit.
        """
        with self._writing, self._engine.connect() as connection:
            connection.execution_options(opora_begin="BEGIN IMMEDIATE")
            with Session(connection, expire_on_commit=False) as session:
                yield session
                session.commit()

    def close(self) -> None:
        """Close all connections; the object cannot be used afterwards."""
        self._engine.dispose()


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(options.get("opora_begin", "BEGIN"))
