"""Whether a backup can be put in place: one check for looking into it and for restoring it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import DatabaseError
from app.models.files import broken_references, connected, damage
from app.models.opening import examine, readable
from app.services.backup.titles import table_title

_CHOOSE = "Выберите файл резервной копии."


@contextmanager
def sound_copy(database: Path, backup: Path) -> Iterator[sqlite3.Connection]:
    """Open ``backup``, which may be put in the place of ``database``, for reading.

    Raises DatabaseError when it is missing, damaged, foreign, too new, when a row of it refers to
    one that is not there, or when it is ``database`` itself, which this process must not open a
    second time.
    """
    if not backup.is_file():
        raise DatabaseError(f"Файла {backup} нет.", _CHOOSE)
    if database.exists() and backup.samefile(database):
        raise DatabaseError(f"Файл {backup} – сама база, а не её копия.", _CHOOSE)
    with readable(backup):
        examine(backup)
        with connected(backup) as connection:
            found = damage(connection) or _orphans(connection)
            if found:
                raise DatabaseError(
                    f"Резервная копия {backup} повреждена ({found[0]}).",
                    "База не изменена. Выберите другую копию.",
                )
            yield connection


def _orphans(connection: sqlite3.Connection) -> list[str]:
    return [
        f"таблица {table_title(table)}: нет записи в таблице {table_title(parent)}"
        for table, _, parent in broken_references(connection)
    ]
