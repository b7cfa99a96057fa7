"""Making verified copies of the open database and keeping the last of them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app.errors import OutputError, reason
from app.models.files import verified_copy
from app.paths import COPY_MOMENT, backup_dir, dated_copy
from app.services.workspace import Workspace

KEPT = 20
"""How many dated copies stay in the backup folder; older ones are removed after a new one."""

_NAME = re.compile(
    r"_(?P<moment>\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)(?P<why>_before-[a-z0-9-]+)?(_(?P<again>\d+))?"
)
"""What follows the database's name in a copy's; ``why`` marks copies made before a change."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A copy that was read back: its size in bytes, its rows, and older copies removed for it.

    ``stuck`` are older copies that could not be removed.
    """

    path: Path
    size: int
    rows: int
    removed: tuple[Path, ...] = ()
    stuck: tuple[Path, ...] = ()

    def sentence(self) -> str:
        """Return what was done, in Russian."""
        text = f"Резервная копия сохранена и проверена: {self.path} (записей: {self.rows})."
        if self.removed:
            text += f" Удалено старых копий: {len(self.removed)}."
        if self.stuck:
            text += f" Не удалось удалить старых копий: {len(self.stuck)}."
        return text


def back_up(workspace: Workspace, target: Path | None = None) -> BackupReport:
    """Store a verified copy of the database; it may be in use meanwhile.

    ``target`` is a new file, or a folder where the copy is named by date; without it the copy goes
    to the backup folder beside the database, where the last ``KEPT`` stay.  The copies of imported
    files (the archive folder) are not part of it.  Raises OutputError when the copy cannot be
    written, DatabaseError when the database is damaged; nothing is overwritten either way.
    """
    database = workspace.database.path
    with output_errors(target or backup_dir(database)):
        place = _place(database, target)
        copied = verified_copy(database, place)
        removed, stuck = _remove_old(database) if target is None else ((), ())
    return BackupReport(place, copied.size, sum(copied.rows.values()), removed, stuck)


class Named(NamedTuple):
    """A copy as its name tells: when it was made (local time) and before what, if by itself."""

    path: Path
    moment: datetime
    why: str
    again: int
    """Which of the copies of one second it is."""


def named_copies(database: Path) -> tuple[Named, ...]:
    """Return the copies in the backup folder of ``database``, newest first.

    A file whose name tells no day of the calendar is none of ours: it is neither told nor removed.
    """
    folder = backup_dir(database)
    found = [_named(path, database.stem) for path in folder.glob("*.db")]
    copies = [one for one in found if one is not None]
    return tuple(sorted(copies, key=lambda one: (one.moment, one.again), reverse=True))


def list_backups(database: Path) -> tuple[Path, ...]:
    """Return the copies in the backup folder of ``database``, newest first.

    Those that were made by themselves before an update or a restore are among them.
    """
    return tuple(copy.path for copy in named_copies(database))


def _named(path: Path, stem: str) -> Named | None:
    name = _NAME.fullmatch(path.stem.removeprefix(stem))
    if name is None or not path.stem.startswith(stem):
        return None
    try:
        moment = datetime.strptime(name["moment"], COPY_MOMENT).astimezone()
    except ValueError:  # 30 February: somebody else's name
        return None
    return Named(path, moment, (name["why"] or "").lstrip("_"), int(name["again"] or 1))


@contextmanager
def output_errors(target: Path) -> Iterator[None]:
    """Say in Russian that a copy cannot be written to ``target``."""
    try:
        yield
    except FileExistsError as error:
        raise OutputError(
            f"Файл {target} уже есть.", "Укажите другое имя: копия не заменяет файлы."
        ) from error
    except OSError as error:
        raise _unwritten(target, reason(error)) from error
    except sqlite3.Error as error:
        raise _unwritten(target, str(error)) from error


def _unwritten(target: Path, why: str) -> OutputError:
    return OutputError(
        f"Копия базы не записана в {target}: {why}.",
        "Проверьте место на диске и права на папку или укажите другое место. База не изменена.",
    )


def _place(database: Path, target: Path | None) -> Path:
    if target is None:
        folder = backup_dir(database)
        folder.mkdir(exist_ok=True)
        return dated_copy(folder, database.stem)
    return dated_copy(target, database.stem) if target.is_dir() else target.absolute()


def _remove_old(database: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    removed: list[Path] = []
    stuck: list[Path] = []
    ordinary = [copy.path for copy in named_copies(database) if not copy.why]
    for path in ordinary[KEPT:]:
        try:
            path.unlink()
        except OSError:  # open elsewhere on Windows, or no rights: told in the report
            stuck.append(path)
        else:
            removed.append(path)
    return tuple(removed), tuple(stuck)
