"""Rows that wait: kept with their load, let in when they are mended, or dismissed with a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import FileStatus, QuarantineState
from app.models.imports import ImportBatch, ImportFile
from app.models.intake import QuarantineRow
from app.services.changes import ChangeSet, Topic
from app.services.importing.loaded import LoadedFile
from app.services.importing.plan import FilePlan, WaitingRow
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class QuarantineLine:
    """A row of a file that was kept out, and what became of it."""

    id: int
    file_id: int
    batch_id: int
    loaded_at: datetime
    path: str
    sheet: str
    row: int
    school: str
    item: str
    reason: str
    state: QuarantineState
    note: str
    closed_at: datetime | None
    can_retry: bool
    """The archive holds the copy that the row can be read from again."""


def list_quarantine(
    workspace: Workspace, state: QuarantineState | None = None
) -> tuple[QuarantineLine, ...]:
    """Return the rows of the quarantine, those of the newest load first; all, or of one state."""
    query = (
        select(QuarantineRow, ImportFile, ImportBatch.finished_at)
        .join(ImportFile, ImportFile.id == QuarantineRow.file_id)
        .join(ImportBatch, ImportBatch.id == ImportFile.batch_id)
        .order_by(ImportBatch.id.desc(), ImportFile.path, QuarantineRow.id)
    )
    if state is not None:
        query = query.where(QuarantineRow.state == state)
    with workspace.database.read() as session:
        return tuple(_line(*row) for row in session.execute(query))


def count_waiting(workspace: Workspace) -> int:
    """Return how many rows wait for a person."""
    query = (
        select(func.count())
        .select_from(QuarantineRow)
        .where(QuarantineRow.state == QuarantineState.WAITING)
    )
    with workspace.database.read() as session:
        return int(session.scalar(query) or 0)


def dismiss(workspace: Workspace, rows: Collection[int], reason: str) -> ChangeSet:
    """Close waiting rows for good; UserError without a reason, or when one waits no more."""
    if not reason.strip():
        raise UserError("Строки не отклонены: нет причины.", "Напишите, почему они не нужны.")
    now = datetime.now(UTC)
    with workspace.database.write() as session:
        for row_id in sorted(set(rows)):
            row = session.get(QuarantineRow, row_id)
            if row is None or row.state is not QuarantineState.WAITING:
                raise UserError(
                    f"Строка карантина № {row_id} уже не ждёт решения.", "Обновите список."
                )
            _close(row, QuarantineState.DISMISSED, now, reason.strip())
    return ChangeSet.of(Topic.IMPORTS)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the quarantine as the archive keeps it; ``sha256`` is that of the original."""

    path: str
    sha256: str
    archived_as: str


def kept_file(workspace: Workspace, file_id: int) -> Kept:
    """Return the archived file; UserError when there is none to read again."""
    with workspace.database.read() as session:
        file = session.get(ImportFile, file_id)
        found = file and Kept(file.path, file.sha256, file.archived_as or "")
    if not found or not found.archived_as or not (workspace.archive / found.archived_as).is_file():
        name = f" «{found.path}»" if found else ""
        raise UserError(
            f"Копии файла{name} нет в архиве: прочитать строки заново не из чего.",
            "Загрузите исходный файл ещё раз.",
        )
    return found


# What loading and undoing do with the quarantine.


def known_rows(session: Session, hashes: Collection[str]) -> dict[str, set[tuple[str, int]]]:
    """Return the rows (sheet, row) that wait or were dismissed, by SHA-256 of their file."""
    query = (
        select(ImportFile.sha256, QuarantineRow.sheet, QuarantineRow.row)
        .join(ImportFile, ImportFile.id == QuarantineRow.file_id)
        .where(
            ImportFile.sha256.in_(sorted(set(hashes))),
            QuarantineRow.state != QuarantineState.STORED,
        )
    )
    found: dict[str, set[tuple[str, int]]] = {}
    for sha, sheet, row in session.execute(query):
        found.setdefault(sha, set()).add((sheet, row))
    return found


def settle(
    session: Session,
    plans: Sequence[FilePlan],
    files: Sequence[LoadedFile],
    batch: int | None,
    moment: datetime,
) -> int:
    """Put new rows that wait into the quarantine and close those that wait no more.

    ``moment`` is that of the load: undoing it finds the rows that it let in by it.  Returns how
    many rows changed.
    """
    ids: list[int | None] = [None] * len(files)
    if batch is not None:
        query = select(ImportFile.id).where(ImportFile.batch_id == batch).order_by(ImportFile.id)
        ids = list(session.scalars(query))
    changed = 0
    for plan, file, file_id in zip(plans, files, ids, strict=True):
        if _was_read(plan, file):
            changed += _close_mended(session, plan, file.sha256, moment)
            changed += _add(session, plan, file_id, moment)
    session.flush()
    return changed


def _was_read(plan: FilePlan, file: LoadedFile) -> bool:
    """Return whether the plan says something about each row: not when all of the file waits."""
    waits_as_a_whole = plan.has_errors and not plan.good_accepted and not plan.waiting
    return file.known is None and plan.status is not FileStatus.REFUSED and not waits_as_a_whole


def _add(session: Session, plan: FilePlan, file_id: int | None, moment: datetime) -> int:
    new = [] if file_id is None else [row for row in plan.waiting if not row.known]
    for row in new:
        session.add(_new_row(row, file_id or 0, moment))
    return len(new)


def _new_row(row: WaitingRow, file_id: int, moment: datetime) -> QuarantineRow:
    skipped = row.skipped
    return QuarantineRow(
        file_id=file_id,
        sheet=row.sheet,
        row=row.row,
        school=row.school,
        item=row.item,
        reason=row.reason,
        state=QuarantineState.DISMISSED if skipped else QuarantineState.WAITING,
        note="Школа не наша." if skipped else "",
        closed_at=moment if skipped else None,
    )


def _close_mended(session: Session, plan: FilePlan, sha256: str, moment: datetime) -> int:
    waiting = {(row.sheet, row.row): row for row in plan.waiting}
    query = (
        select(QuarantineRow)
        .join(ImportFile, ImportFile.id == QuarantineRow.file_id)
        .where(ImportFile.sha256 == sha256, QuarantineRow.state == QuarantineState.WAITING)
    )
    changed = 0
    for row in session.scalars(query):
        still = waiting.get((row.sheet, row.row))
        if still is None:
            _close(row, QuarantineState.STORED, moment, "")
        elif still.skipped:
            _close(row, QuarantineState.DISMISSED, moment, "Школа не наша.")
        elif row.reason != still.reason:
            row.reason = still.reason
        else:
            continue
        changed += 1
    return changed


def undo_rows(session: Session, batch: ImportBatch) -> None:
    """Take back what a load did to the quarantine: its own rows close, those it let in wait."""
    mine = select(ImportFile.id, ImportFile.sha256).where(ImportFile.batch_id == batch.id)
    files = {row.id: row.sha256 for row in session.execute(mine)}
    query = (
        select(QuarantineRow)
        .join(ImportFile, ImportFile.id == QuarantineRow.file_id)
        .where(ImportFile.sha256.in_(sorted(set(files.values()))))
    )
    for row in session.scalars(query):
        if row.file_id in files and row.state is QuarantineState.WAITING:
            note = f"Загрузка № {batch.id} отменена."
            _close(row, QuarantineState.DISMISSED, datetime.now(UTC), note)
        elif row.state is QuarantineState.STORED and row.closed_at == batch.finished_at:
            row.state, row.closed_at = QuarantineState.WAITING, None


def _close(row: QuarantineRow, state: QuarantineState, moment: datetime, note: str) -> None:
    row.state, row.closed_at, row.note = state, moment, note


def _line(row: QuarantineRow, file: ImportFile, loaded_at: datetime) -> QuarantineLine:
    return QuarantineLine(
        id=row.id,
        file_id=file.id,
        batch_id=file.batch_id,
        loaded_at=loaded_at,
        path=file.path,
        sheet=row.sheet,
        row=row.row,
        school=row.school,
        item=row.item,
        reason=row.reason,
        state=row.state,
        note=row.note,
        closed_at=row.closed_at,
        can_retry=file.archived_as is not None,
    )
