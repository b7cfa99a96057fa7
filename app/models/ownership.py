"""One running copy of the program per database file: the lock beside it and who holds it."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.errors import DatabaseBusy, DatabaseError, reason

if sys.platform == "win32":
    import msvcrt

    # Windows locks are mandatory: the locked byte lies far behind the text, so that a second start
    # can still read who the owner is.
    _LOCKED_BYTE = 1 << 30

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


_HELD_ELSEWHERE = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that has the database open, and since when."""

    pid: int
    since: datetime

    def sentence(self) -> str:
        """Return who it is, in Russian, for the second start."""
        moment = self.since.astimezone()
        return f"запущена {moment:%d.%m.%Y} в {moment:%H:%M}, номер процесса {self.pid}"


class Ownership:
    """The held lock of one database file.

    The operating system drops the lock when the process dies in whatever way, so a stale lock does
    not exist; the lock file stays, because removing it would let two owners in.  (The ``filelock``
    package does the same, but takes longer to import than the database to open, and on Windows
    locks the very byte that names the owner.)
    """

    def __init__(self, database: Path) -> None:
        """Take the lock of ``database``, whose folder exists.

        Raises DatabaseBusy when another owner holds it, DatabaseError when the folder cannot keep
        a lock at all.
        """
        self.path = lock_path(database)
        try:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise _no_lock(self.path, error) from error
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            if error.errno in _HELD_ELSEWHERE:
                raise _busy(database, read_owner(database)) from error
            raise _no_lock(self.path, error) from error
        self._write(Owner(os.getpid(), datetime.now(UTC)))

    def _write(self, owner: Owner) -> None:
        text = f"{owner.pid}\n{owner.since.isoformat(timespec='seconds')}\n".encode("ascii")
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, text)

    def release(self) -> None:
        """Let the next owner in; a second call does nothing."""
        if self._descriptor >= 0:
            _unlock(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = -1


def lock_path(database: Path) -> Path:
    """Return the path of the lock file beside ``database``."""
    return database.with_name(database.name + ".lock")


def read_owner(database: Path) -> Owner | None:
    """Return who wrote the lock file last; None when it says nothing readable."""
    try:
        pid, since = lock_path(database).read_text("ascii").split()
        return Owner(int(pid), datetime.fromisoformat(since))
    except (OSError, ValueError):
        return None


def _busy(database: Path, owner: Owner | None) -> DatabaseBusy:
    who = f" ({owner.sentence()})" if owner else ""
    return DatabaseBusy(
        f"База {database} уже открыта другой копией программы{who}.",
        "Перейдите в открытое окно программы или закройте его и повторите запуск.",
    )


def _no_lock(path: Path, error: OSError) -> DatabaseError:
    return DatabaseError(
        f"Не удалось занять базу: файл {path} не создаётся или не блокируется ({reason(error)}).",
        "Проверьте, что в эту папку разрешена запись, или перенесите базу на локальный диск.",
    )
