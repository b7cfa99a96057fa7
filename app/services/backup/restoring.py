"""Putting a backup in the place of the database; the present one is put aside, never lost."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from app.models.files import (
    journal_of,
    put_in_place,
    remove_with_journal,
    row_counts,
    verified_copy,
)
from app.models.ownership import Ownership
from app.paths import backup_dir, dated_copy
from app.services.backup.copies import output_errors
from app.services.backup.soundness import sound_copy


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """The restored database, its rows, and where the one before it was put (None: was none)."""

    path: Path
    rows: int
    put_aside: Path | None

    def sentence(self) -> str:
        """Return what was done, in Russian."""
        text = f"База {self.path} восстановлена из копии (записей: {self.rows})."
        if self.put_aside:
            text += f" Прежняя база сохранена как {self.put_aside}."
        return text


def restore(database: Path, backup: Path) -> RestoreReport:
    """Replace the closed ``database`` by a verified copy of ``backup``.

    The backup is checked first and stays as it is; the present file is copied to the backup folder
    before the one atomic replacement, so a power cut leaves the old database or the new one.  An
    older backup is updated when it is opened next.  Raises DatabaseBusy when the program has the
    database open, DatabaseError when the backup is missing, damaged, foreign or too new,
    OutputError when the disk does not take the copies; the database is then as it was.
    """
    database, backup = database.absolute(), backup.absolute()
    with sound_copy(database, backup) as connection:
        rows = row_counts(connection)
    with output_errors(database):
        database.parent.mkdir(parents=True, exist_ok=True)
    ownership = Ownership(database)
    try:
        with output_errors(database):
            put_aside = _put_aside(database)
            _replace(database, backup)
    finally:
        ownership.release()
    return RestoreReport(database, sum(rows.values()), put_aside)


def _put_aside(database: Path) -> Path | None:
    """Copy the present file and its journal to the backup folder, byte by byte.

    Not through SQLite: it would finish or discard the journal of a damaged file, and that may be
    all that is left of it.  Reading directly is safe here, see ``models.opening``.
    """
    if not database.exists():
        return None
    folder = backup_dir(database)
    folder.mkdir(exist_ok=True)
    aside = dated_copy(folder, database.stem, "_before-restore")
    if journal_of(database).exists():
        _copy_bytes(journal_of(database), journal_of(aside))  # first: a copy without it is torn
    _copy_bytes(database, aside)
    return aside


def _copy_bytes(source: Path, target: Path) -> None:
    draft = target.with_name(target.name + ".new")
    try:
        shutil.copyfile(source, draft)
        put_in_place(draft, target, replace=False)
    finally:
        draft.unlink(missing_ok=True)


def _replace(database: Path, backup: Path) -> None:
    draft = database.with_name(database.name + ".restored")
    remove_with_journal(draft)
    try:
        verified_copy(backup, draft)
        # The old journal must never be played into the new file; it was put aside with the old.
        journal_of(database).unlink(missing_ok=True)
        put_in_place(draft, database, replace=True)
    finally:
        remove_with_journal(draft)
