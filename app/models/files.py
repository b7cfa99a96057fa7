"""SQLite files as files: connections outside SQLAlchemy, their checks, and verified copies."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from app.errors import DatabaseError

BUSY_MS = 30_000
"""How long a statement waits for another program (an antivirus, a copy tool) to let the file go."""

PRAGMAS = (
    # TRUNCATE with FULL is the one pair that lost and corrupted nothing in simulated power cuts.
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = FULL",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA secure_delete = ON",
    f"PRAGMA busy_timeout = {BUSY_MS}",
    # A spill takes the exclusive lock in the middle of a write block and shuts readers out.
    "PRAGMA cache_spill = OFF",
)
"""What every connection that may write sets first; foreign keys are each caller's own choice."""


@dataclass(frozen=True, slots=True)
class CopyReport:
    """A copy that was read back: where it is, its size in bytes, and its rows by table."""

    path: Path
    size: int
    rows: Mapping[str, int]


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """Open ``path`` with no transaction management by the driver; a missing file is an error.

    The connection may move between threads, one at a time.
    """
    return sqlite3.connect(
        _uri(path, "rwc" if create else "rw"),
        uri=True,
        isolation_level=None,
        timeout=BUSY_MS / 1000,
        check_same_thread=False,
    )


def _uri(path: Path, mode: str) -> str:
    """Return the address that alone carries a mode; a plain path would create a missing file.

    ``Path.as_uri`` is of no use: it makes a network folder of Windows a host, which SQLite refuses.
    """
    name = path.absolute().as_posix()
    slash = "" if name.startswith("/") else "/"
    return f"file://{slash}{quote(os.fsencode(name), safe='/:')}?mode={mode}"


@contextmanager
def connected(path: Path, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """Yield a connection of :func:`connect` and close it; sqlite3's own block would not."""
    connection = connect(path, create=create)
    try:
        yield connection
    finally:
        connection.close()


def pragma(connection: sqlite3.Connection, name: str) -> int:
    """Return the whole number that a pragma holds."""
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table holds."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in names
    }


def damage(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong with the structure of the file; empty when it is sound."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    return [] if found == ["ok"] else found


def broken_references(connection: sqlite3.Connection) -> list[tuple[str, int | None, str]]:
    """Return rows whose foreign key points nowhere: table, rowid, table it should be in."""
    found = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [(table, rowid, parent) for table, rowid, parent, _ in found]


def verified_copy(source: Path, target: Path) -> CopyReport:
    """Copy the database ``source`` to the new file ``target`` and read the copy back.

    The source may be open elsewhere: SQLite's backup takes one consistent state of it.  The copy
    gets its name only after its structure and its row counts were checked and it is on the disk,
    so ``target`` is whole or absent.  Raises DatabaseError when the copy differs or the source is
    damaged, sqlite3.Error and OSError when it cannot be read or written.
    """
    draft = target.with_name(target.name + ".new")
    remove_with_journal(draft)
    try:
        rows = _copy_pages(source, draft)
        _compare(draft, rows)
        put_in_place(draft, target, replace=False)
    finally:
        remove_with_journal(draft)
    return CopyReport(target, target.stat().st_size, rows)


def _copy_pages(source: Path, draft: Path) -> dict[str, int]:
    with connected(source) as old, connected(draft, create=True) as new:
        new.execute("PRAGMA synchronous = OFF")  # synced once, by put_in_place
        old.execute("BEGIN")
        rows = row_counts(old)
        old.backup(new)
        old.execute("ROLLBACK")
    return rows


def _compare(draft: Path, rows: Mapping[str, int]) -> None:
    with connected(draft) as copy:
        found = damage(copy)
        same = not found and row_counts(copy) == rows
    if not same:
        raise DatabaseError(
            "Копия базы не прошла проверку"
            + (f": {found[0]}." if found else ": число записей не совпало с исходным."),
            "Копия не сохранена, сама база не изменена. Запустите проверку базы (команда check).",
        )


def put_in_place(draft: Path, target: Path, *, replace: bool) -> None:
    """Give the finished file ``draft`` the name ``target`` so that a power cut leaves one of both.

    Raises FileExistsError when ``target`` exists and ``replace`` is False.
    """
    if not replace and target.exists():
        raise FileExistsError(f"{target} exists")
    _sync(draft)
    os.replace(draft, target)
    _sync_folder(target.parent)


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # NTFS journals the rename itself, and a folder cannot be opened for syncing
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_with_journal(path: Path) -> None:
    """Remove an unfinished file of our own and its rollback journal, if they are there."""
    for name in (path, journal_of(path)):
        with suppress(FileNotFoundError):
            name.unlink()


def journal_of(path: Path) -> Path:
    """Return the path of the rollback journal that belongs to ``path``."""
    return path.with_name(path.name + "-journal")
