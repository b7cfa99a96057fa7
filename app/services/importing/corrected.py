"""The corrections of cells that are remembered: to look at, and to take back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from app.errors import UserError
from app.models.imports import ImportFile
from app.models.intake import Correction
from app.services.changes import ChangeSet, Topic
from app.services.importing.corrections import in_force
from app.services.journal import Action
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction in force: where it stands, what it says, why, and since when."""

    id: int
    sha256: str
    path: str
    """Of the newest load of the file; empty when the file was never stored."""
    sheet: str
    cell: str
    old: str
    new: str
    reason: str
    made_at: datetime


def list_corrections(workspace: Workspace, sha256: str | None = None) -> tuple[CorrectionLine, ...]:
    """Return the corrections in force of all files or of one, the newest first."""
    with workspace.database.read() as session:
        query = select(Correction).order_by(Correction.id)
        if sha256 is not None:
            query = query.where(Correction.sha256 == sha256)
        rows = in_force(session.scalars(query))
        wanted = {row.sha256 for row in rows}
        files = select(ImportFile).where(ImportFile.sha256.in_(sorted(wanted)))
        paths = {one.sha256: one.path for one in session.scalars(files.order_by(ImportFile.id))}
        return tuple(_line(row, paths.get(row.sha256, "")) for row in reversed(rows))


def forget_correction(workspace: Workspace, correction_id: int) -> ChangeSet:
    """Take a correction back: the file loaded again says what its own cell says.

    What was stored with it stays, with its explanation, until then.  Undone through the journal.
    UserError when the correction is not in force any more.
    """
    with workspace.database.write() as session:
        row = session.get(Correction, correction_id)
        query = select(Correction).where(Correction.sha256 == (row.sha256 if row else ""))
        if row is None or row not in in_force(session.scalars(query.order_by(Correction.id))):
            raise UserError("Этого исправления больше нет.", "Обновите список.")
        with Action(session, f"Удаление исправления ячейки {row.cell}") as action:
            action.insert(
                Correction,
                {
                    "sha256": row.sha256,
                    "sheet": row.sheet,
                    "cell": row.cell,
                    "old": row.old,
                    "new": row.old,
                    "reason": "исправление убрано",
                    "made_at": datetime.now(UTC),
                },
            )
    return ChangeSet.of(Topic.IMPORTS)


def _line(row: Correction, path: str) -> CorrectionLine:
    return CorrectionLine(
        id=row.id,
        sha256=row.sha256,
        path=path,
        sheet=row.sheet,
        cell=row.cell,
        old=row.old,
        new=row.new,
        reason=row.reason,
        made_at=row.made_at,
    )
