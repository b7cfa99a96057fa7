"""Opens the database file: takes its lock, creates it, checks that it is ours, updates it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.closing import Closing
from app.errors import DatabaseDamaged, DatabaseError, DatabaseTooNew, reason
from app.models import migrations
from app.models.database import APPLICATION_ID, Database
from app.models.failures import as_user_error
from app.models.files import (
    PRAGMAS,
    connected,
    journal_of,
    pragma,
    put_in_place,
    remove_with_journal,
    verified_copy,
)
from app.models.ownership import Ownership
from app.paths import backup_dir, dated_copy

_HEADER = b"SQLite format 3\x00"
_CHECKED_AT_ONCE = 4 * 1024 * 1024
"""Bytes: up to this size the structure is checked at every opening, which takes some 0.04 s."""


class OpenDatabase(Closing):
    """A database together with the lock that makes this process its owner."""

    def __init__(self, database: Database, ownership: Ownership) -> None:
        self.database = database
        self._ownership = ownership

    def close(self) -> None:
        """Close the file and let the next owner in."""
        self.database.close()
        self._ownership.release()


def open_database(path: Path) -> OpenDatabase:
    """Return the database of ``path`` in the current schema, owned by this process.

    An absent file is created, an older one updated after a verified backup beside it.  Raises
    DatabaseBusy when another process owns the file, DatabaseTooNew when a newer program wrote it,
    DatabaseDamaged when it cannot be read any more, DatabaseError when it is not ours; such a file
    is left as it is.
    """
    path = path.absolute()
    _make_folder(path)
    ownership = Ownership(path)
    try:
        _prepare(path)
        return OpenDatabase(Database(path), ownership)
    except BaseException:
        ownership.release()
        raise


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"Папка базы {path.parent} не создаётся: {reason(error)}.",
            "Укажите другую папку, в которую вам разрешена запись.",
        ) from error


def _prepare(path: Path) -> None:
    with readable(path):
        if not path.exists():
            _create(path)
        schema = examine(path)
        if schema < migrations.head():
            _update(path, schema)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn failures of SQLite and of the disk over ``path`` into a DatabaseError in Russian."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        raise as_user_error(code, path) or _unreadable(path, str(error)) from error
    except OSError as error:
        raise _unreadable(path, reason(error)) from error


def _create(path: Path) -> None:
    """Build the new file beside its place: a kill leaves no file or a finished one."""
    journal = journal_of(path)
    if journal.exists() and journal.stat().st_size:
        raise DatabaseError(
            f"Файла базы {path} нет, а журнал его незавершённой записи {journal.name} есть.",
            "Верните файл базы на место; если он не нужен, уберите журнал в другую папку.",
        )
    draft = path.with_name(path.name + ".new")
    remove_with_journal(draft)
    try:
        with connected(draft, create=True) as connection:
            for statement in PRAGMAS:
                connection.execute(statement)
            connection.executescript(migrations.schema().read_text("utf-8"))
        put_in_place(draft, path, replace=False)
    finally:
        remove_with_journal(draft)


def examine(path: Path) -> int:
    """Return the schema number of an existing file of ours that this program can use.

    This process must have no connection to it.  Raises DatabaseTooNew or DatabaseError for any
    other file, which is left as it is; sqlite3.Error and OSError see :func:`readable`.
    """
    _check_header(path)
    with connected(path) as connection:
        if pragma(connection, "application_id") != APPLICATION_ID:
            raise _foreign(path, "это база другой программы")
        schema = pragma(connection, "user_version")
        if schema > migrations.head():
            raise DatabaseTooNew(
                f"База {path} записана более новой версией программы (номер базы {schema}, эта "
                f"версия понимает до {migrations.head()}).",
                "Установите новую версию программы. Файл базы не изменён.",
            )
        _check_structure(connection, path)
    return schema


def _check_header(path: Path) -> None:
    """Tell a file that is no SQLite database before SQLite touches it.

    Only for a file that this process has no connection to: closing a file drops all locks that
    SQLite holds on it in the same process, on Linux.
    """
    if path.is_dir():
        raise _foreign(path, "это папка")
    with path.open("rb") as stream:
        start = stream.read(len(_HEADER))
    if not start:
        raise _foreign(path, "файл пуст", DatabaseDamaged)
    if start != _HEADER:
        raise _foreign(path, "это не файл базы данных", DatabaseDamaged)


def _check_structure(connection: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size > _CHECKED_AT_ONCE:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise _damaged(path, found)


def _update(path: Path, schema: int) -> None:
    from app.models.migrations.runner import migrate  # late: Alembic takes 0.4 s to import

    folder = backup_dir(path)
    folder.mkdir(exist_ok=True)
    verified_copy(path, dated_copy(folder, path.stem, f"_before-update-from-{schema}"))
    migrate(path)


def _foreign(path: Path, why: str, kind: type[DatabaseError] = DatabaseError) -> DatabaseError:
    return kind(
        f"Файл {path} нельзя открыть как базу программы: {why}.",
        "Укажите другой файл или восстановите базу из резервной копии. Этот файл не изменён.",
    )


def _damaged(path: Path, found: str) -> DatabaseDamaged:
    return DatabaseDamaged(
        f"Файл базы {path} повреждён ({found}).",
        "Восстановите базу из резервной копии (команда restore). Этот файл не изменён.",
    )


def _unreadable(path: Path, why: str) -> DatabaseError:
    return DatabaseError(
        f"Файл базы {path} не открывается: {why}.",
        "Проверьте, что диск подключён и в папку базы разрешена запись.",
    )
