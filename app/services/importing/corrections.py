"""Cells that a person corrected and findings let pass, as they are remembered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import intake
from app.services.importing.blanking import Blanked, blanked
from app.services.importing.correcting import Cells, place_of
from app.services.importing.loaded import LoadedFile
from app.services.importing.plan import (
    Correction,
    Decisions,
    Finding,
    FindingKey,
)
from app.services.importing.stage import StagedFile


def decided(decisions: Decisions, path: str) -> Cells:
    """Return the corrections of one file among the decisions."""
    return {
        (sheet, cell): one
        for (file, sheet, cell), one in decisions.corrections.items()
        if file == path
    }


def cells_of(
    session: Session, files: Iterable[StagedFile], decisions: Decisions
) -> dict[str, Cells]:
    """Return the corrections of each file by its path: those decided now over the remembered."""
    staged = [file for file in files if file.sha256]
    known = remembered(session, [file.sha256 for file in staged])
    found = {
        file.path: {**known.get(file.sha256, {}), **decided(decisions, file.path)}
        for file in staged
    }
    return {path: cells for path, cells in found.items() if cells}


def require_sound(decisions: Decisions, files: Iterable[LoadedFile]) -> None:
    """Refuse corrections without a reason, of no cell, or of a column with personal data."""
    personal = {
        (file.path, sheet.sheet): blanked(sheet.extract.personal, sheet.sheet)
        for file in files
        for sheet in file.sheets
    }
    for (path, sheet, cell), one in decisions.corrections.items():
        row, column = place_of(cell)
        if not one.reason.strip():
            raise UserError(f"Исправление ячейки {cell} без причины.", "Напишите причину.")
        if personal.get((path, sheet), Blanked()).hides(row, column):
            raise UserError(
                f"Ячейка {cell} стоит в столбце с личными данными: он не загружается.",
                "Исправлять в нём нечего.",
            )


# What is remembered of files by their SHA-256.


def in_force(rows: Iterable[intake.Correction]) -> list[intake.Correction]:
    """Return the corrections in force among ``rows``: the newest of each cell, oldest first.

    One whose value is the file's own takes the earlier ones back.
    """
    newest: dict[tuple[str, str, str], intake.Correction] = {}
    for row in rows:
        place = (row.sha256, row.sheet, row.cell)
        newest.pop(place, None)
        newest[place] = row
    return [row for row in newest.values() if row.new != row.old]


def remembered(
    session: Session, hashes: Collection[str]
) -> dict[str, dict[tuple[str, str], Correction]]:
    """Return the corrections in force of each file, by its SHA-256."""
    found: dict[str, dict[tuple[str, str], Correction]] = {}
    query = select(intake.Correction).where(intake.Correction.sha256.in_(sorted(set(hashes))))
    for row in in_force(session.scalars(query.order_by(intake.Correction.id))):
        found.setdefault(row.sha256, {})[row.sheet, row.cell] = Correction(row.new, row.reason)
    return found


def store(session: Session, files: Sequence[LoadedFile], moment: datetime) -> int:
    """Remember the corrections of the files; return how many are new."""
    known = remembered(session, [file.sha256 for file in files if file.corrections])
    count = 0
    for file in files:
        for one in file.corrections:
            before = known.get(file.sha256, {}).get((one.sheet, one.cell))
            same = before == Correction(one.new, one.reason)
            if same or (before is None and not one.changes):
                continue
            values = {"sheet": one.sheet, "cell": one.cell, "old": one.old, "new": one.new}
            session.add(
                intake.Correction(sha256=file.sha256, reason=one.reason, made_at=moment, **values)
            )
            count += 1
    return count


def confirmed(
    session: Session, hashes: Collection[str]
) -> dict[str, dict[tuple[str, str, str], str]]:
    """Return the notes of the findings let pass, of each file, by sheet, cell and message."""
    table = intake.ConfirmedFinding
    found: dict[str, dict[tuple[str, str, str], str]] = {}
    query = select(table).where(table.sha256.in_(sorted(set(hashes)))).order_by(table.id)
    for row in session.scalars(query):
        found.setdefault(row.sha256, {})[row.sheet, row.cell, row.message] = row.note
    return found


def notes_of(
    file: LoadedFile, known: Mapping[tuple[str, str, str], str], decisions: Decisions
) -> dict[FindingKey, str]:
    """Return the notes of one file's findings: the remembered ones under those decided now."""
    notes = {(file.path, *key): note for key, note in known.items()}
    return notes | {key: note for key, note in decisions.confirmed.items() if key[0] == file.path}


def store_confirmed(
    session: Session, file: LoadedFile, findings: Iterable[Finding], moment: datetime
) -> int:
    """Remember which soft findings of a file a person lets pass; return how many are new.

    An empty note takes an earlier one back.
    """
    soft = [one for one in findings if one.soft]
    known = confirmed(session, [file.sha256]).get(file.sha256, {}) if soft else {}
    count = 0
    for one in soft:
        _, sheet, cell, message = one.key(file.path)
        if known.get((sheet, cell, message), "") != one.note:
            where = {"sha256": file.sha256, "sheet": sheet, "cell": cell, "message": message}
            session.add(intake.ConfirmedFinding(**where, note=one.note, made_at=moment))
            count += 1
    return count
