"""What SQLite reports about the file and its disk, said in Russian with a next step."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.errors import DatabaseDamaged, DatabaseError

_RIGHTS = "Проверьте права на файл и папку базы и не снята ли флешка с базой, затем повторите."
_DAMAGED = (
    "Не изменяйте файл: восстановите базу из резервной копии («Файл», «Резервные копии…» или "
    "команда restore)."
)
_BEYOND_READING = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

# Primary result codes of SQLite; see sqlite.org/rescode.html.
_SENTENCES = {
    sqlite3.SQLITE_BUSY: (
        "База {path} занята другой программой.",
        "Закройте программы, которые держат этот файл (просмотр базы, копирование), и повторите.",
    ),
    sqlite3.SQLITE_READONLY: ("База {path} доступна только для чтения.", _RIGHTS),
    sqlite3.SQLITE_PERM: ("Нет прав на файл базы {path}.", _RIGHTS),
    sqlite3.SQLITE_CANTOPEN: ("Файл базы {path} не открывается.", _RIGHTS),
    sqlite3.SQLITE_IOERR: (
        "Диск не читает или не пишет файл базы {path}.",
        "Проверьте диск; если база на флешке – не вынута ли она. Записанное ранее сохранено.",
    ),
    sqlite3.SQLITE_FULL: (
        "На диске нет места: запись в базу {path} отменена целиком.",
        "Освободите место на диске и повторите действие.",
    ),
    sqlite3.SQLITE_CORRUPT: ("Файл базы {path} повреждён.", _DAMAGED),
    sqlite3.SQLITE_NOTADB: (
        "Файл {path} – не база программы.",
        "Укажите другой файл; этот оставлен без изменений.",
    ),
}


def as_user_error(code: int | None, path: Path) -> DatabaseError | None:
    """Return the Russian form of a failure of the file or its disk; None for a bug of ours.

    ``code`` is ``sqlite_errorcode`` of the error; errors of the driver itself have none.
    """
    primary = code & 0xFF if code else None  # extended codes keep it in the low byte
    known = _SENTENCES.get(primary) if primary else None
    if known is None:
        return None
    kind = DatabaseDamaged if primary in _BEYOND_READING else DatabaseError
    return kind(known[0].format(path=path), known[1])
