"""What backups there are and what is in each of them, told before one is put in place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.models.enums import BatchStatus
from app.models.files import row_counts
from app.services.backup.copies import Named, named_copies
from app.services.backup.soundness import sound_copy
from app.services.backup.titles import TABLES

_SHOWN = (
    "school",
    "result",
    "record",
    "decision",
    "school_risk",
    "roadmap",
    "activity",
    "indicator",
    "programme",
    "document",
    "import_batch",
    "quarantine_row",
)
"""Tables whose rows tell a person one copy from another."""

_REASONS = {
    "": "по кнопке или команде",
    "before-restore": "перед восстановлением из другой копии",
    "before-update": "перед обновлением программы",
}


@dataclass(frozen=True, slots=True)
class CopyInfo:
    """A copy in the backup folder: when it was made (local time), its bytes, and why."""

    path: Path
    made_at: datetime
    size: int
    reason: str


@dataclass(frozen=True, slots=True)
class CopyContents:
    """What a sound copy holds: rows by Russian title, the last load and the last action.

    Both are sentences in Russian, empty where there was none.
    """

    path: Path
    rows: tuple[tuple[str, int], ...]
    last_load: str
    last_action: str


def list_copies(database: Path) -> tuple[CopyInfo, ...]:
    """Return the copies in the backup folder of ``database``, newest first.

    One that was taken away while they were listed is none of them.
    """
    return tuple(_infos(named_copies(database)))


def _infos(copies: Iterable[Named]) -> Iterator[CopyInfo]:
    for copy in copies:
        try:
            size = copy.path.stat().st_size
        except FileNotFoundError:
            continue
        yield CopyInfo(copy.path, copy.moment, size, _reason(copy))


def look_into(database: Path, backup: Path) -> CopyContents:
    """Return what is in ``backup``; nothing is changed.

    Raises DatabaseError as ``restore`` does: what is told of a copy can be put in place.
    """
    with sound_copy(database, backup) as connection:
        return _contents(connection, backup)


def _contents(connection: sqlite3.Connection, backup: Path) -> CopyContents:
    counts = row_counts(connection)
    return CopyContents(
        backup,
        tuple((TABLES[name], counts[name]) for name in _SHOWN if counts.get(name)),
        _last(
            connection,
            "SELECT label, finished_at FROM import_batch WHERE status = ? ORDER BY id DESC",
            BatchStatus.APPLIED.value,
        ),
        _last(connection, "SELECT title, at FROM journal WHERE undone = ? ORDER BY id DESC", 0),
    )


def _last(connection: sqlite3.Connection, query: str, value: str | int) -> str:
    row = connection.execute(query, (value,)).fetchone()
    if row is None:
        return ""
    title, moment = row
    local = datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone()
    return f"{local:%d.%m.%Y %H:%M}, {title}"


def _reason(copy: Named) -> str:
    known = (text for key, text in _REASONS.items() if key and copy.why.startswith(key))
    return next(known, _REASONS[""] if not copy.why else "самой программой")
