"""Rows that wait: kept with their load, let in when they are mended, or dismissed with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from app.errors import UserError
from app.models.enums import BatchStatus, FileStatus, QuarantineState
from app.models.imports import ImportBatch, ImportFile
from app.models.intake import QuarantineRow
from app.services.changes import ChangeSet, Topic
from app.services.importing.loaded import LoadedFile
from app.services.importing.plan import FilePlan, WaitingRow
from app.services.journal import Action
from app.services.workspace import Workspace

NOT_OURS = "Школа не наша."
"""Note of a row whose school a person called none of ours."""


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


@dataclass(frozen=True, slots=True)
class WaitingCounts:
    """What of the loads waits for a person, for a badge or the home page."""

    rows: int
    """Rows in the quarantine."""
    files: int
    """Files that these rows come from."""
    undecided: int = 0
    """Other files of stored loads that wait as a whole, and have not come again since."""


def waiting(workspace: Workspace) -> WaitingCounts:
    """Return how much waits in the quarantine."""
    rows = select(func.count(), func.count(func.distinct(QuarantineRow.file_id))).where(
        QuarantineRow.state == QuarantineState.WAITING
    )
    with workspace.database.read() as session:
        undecided = session.scalar(_undecided())
        return WaitingCounts(*session.execute(rows).one(), undecided or 0)


def _undecided() -> Select[int]:
    """Files without a row in the quarantine that wait, and that no later load has brought."""
    later = aliased(ImportFile)
    again = select(later.id).where(
        later.id > ImportFile.id,
        or_(later.path == ImportFile.path, later.sha256 == ImportFile.sha256),
    )
    kept = select(QuarantineRow.id).where(QuarantineRow.file_id == ImportFile.id)
    return (
        select(func.count(ImportFile.id))
        .join(ImportBatch, ImportBatch.id == ImportFile.batch_id)
        .where(
            ImportBatch.status == BatchStatus.APPLIED,
            ImportFile.status == FileStatus.NEEDS_DECISION,
            ~again.exists(),
            ~kept.exists(),
        )
    )


def dismiss(workspace: Workspace, rows: Collection[int], reason: str) -> ChangeSet:
    """Close waiting rows with a reason; undone through the journal.

    UserError without a reason, or when one of the rows waits no more.
    """
    if not reason.strip():
        raise UserError("Строки не отклонены: нет причины.", "Напишите, почему они не нужны.")
    ids = sorted(set(rows))
    closed = {
        "state": QuarantineState.DISMISSED,
        "closed_at": datetime.now(UTC),
        "note": reason.strip(),
    }
    with (
        workspace.database.write() as session,
        Action(session, f"Отклонение строк карантина: {len(ids)}") as action,
    ):
        for row_id in ids:
            row = session.get(QuarantineRow, row_id)
            if row is None or row.state is not QuarantineState.WAITING:
                raise UserError(
                    f"Строка карантина № {row_id} уже не ждёт решения.", "Обновите список."
                )
            action.update(QuarantineRow, row_id, closed)
    return ChangeSet.of(Topic.IMPORTS)


# What loading and undoing do with the quarantine.


def kept_rows(
    session: Session, hashes: Collection[str]
) -> dict[str, dict[tuple[str, int], str | None]]:
    """Return the rows (sheet, row) that wait or were dismissed, by SHA-256 of their file.

    A dismissed row has its note, a waiting one None; rows of undone loads are forgotten.
    """
    query = (
        select(ImportFile.sha256, QuarantineRow)
        .join(ImportFile, ImportFile.id == QuarantineRow.file_id)
        .join(ImportBatch, ImportBatch.id == ImportFile.batch_id)
        .where(
            ImportFile.sha256.in_(sorted(set(hashes))),
            ImportBatch.status == BatchStatus.APPLIED,
            QuarantineRow.state != QuarantineState.STORED,
        )
    )
    found: dict[str, dict[tuple[str, int], str | None]] = {}
    for sha, row in session.execute(query):
        waits = row.state is QuarantineState.WAITING
        found.setdefault(sha, {})[row.sheet, row.row] = None if waits else row.note
    return found


def settle(
    session: Session,
    plans: Sequence[FilePlan],
    files: Sequence[LoadedFile],
    batch: int | None,
    moment: datetime,
) -> int:
    """Put new rows that wait into the quarantine and close those that wait no more.

    ``moment`` is that of the load: undoing it finds the rows that it let in by it.  Without a
    ``batch`` (nothing is stored) no new row is kept.  Returns how many rows changed.
    """
    ids: list[int | None] = [None] * len(files)
    if batch is not None:
        query = select(ImportFile.id).where(ImportFile.batch_id == batch).order_by(ImportFile.id)
        ids = list(session.scalars(query))
    changed = 0
    seen: set[str] = set()
    before = _waiting_rows(session, {file.sha256 for file in files})
    for plan, file, file_id in zip(plans, files, ids, strict=True):
        if file.sha256 not in seen and _was_read(plan, file):
            seen.add(file.sha256)
            changed += _close_mended(before[file.sha256], plan, file, moment)
            changed += _add(session, plan, file_id, moment)
    session.flush()
    return changed


def _was_read(plan: FilePlan, file: LoadedFile) -> bool:
    """Return whether the plan says something about each row: not when all of the file waits."""
    waits_as_a_whole = plan.has_errors and not plan.good_accepted
    return file.known is None and file.failure is None and not waits_as_a_whole


def _add(session: Session, plan: FilePlan, file_id: int | None, moment: datetime) -> int:
    new = [] if file_id is None else [row for row in plan.waiting if not row.known]
    if new:
        session.execute(insert(QuarantineRow), [_new_row(row, file_id, moment) for row in new])
    return len(new)


def _new_row(row: WaitingRow, file_id: int | None, moment: datetime) -> dict[str, object]:
    state = QuarantineState.DISMISSED if row.skipped else QuarantineState.WAITING
    return {
        "file_id": file_id,
        "sheet": row.sheet,
        "row": row.row,
        "school": row.school,
        "item": row.item,
        "reason": row.reason,
        "state": state,
        "note": NOT_OURS if row.skipped else "",
        "closed_at": moment if row.skipped else None,
    }


def _close_mended(
    rows: Iterable[QuarantineRow], plan: FilePlan, file: LoadedFile, moment: datetime
) -> int:
    """Close rows of these bytes that went in or are not ours; of a retry, only the tried ones."""
    waiting = {(row.sheet, row.row): row for row in plan.waiting}
    changed = 0
    for row in rows:
        place = (row.sheet, row.row)
        if file.only is not None and place not in file.only:
            continue
        still = waiting.get(place)
        if still is None:
            _close(row, QuarantineState.STORED, moment, "")
        elif still.skipped:
            _close(row, QuarantineState.DISMISSED, moment, NOT_OURS)
        elif row.reason != still.reason:
            row.reason = still.reason
        else:
            continue
        changed += 1
    return changed


def _waiting_rows(
    session: Session, hashes: Collection[str]
) -> Mapping[str, Sequence[QuarantineRow]]:
    """Return the rows that wait from earlier loads of the same bytes, by hash."""
    query = (
        select(ImportFile.sha256, QuarantineRow)
        .join(ImportFile, ImportFile.id == QuarantineRow.file_id)
        .join(ImportBatch, ImportBatch.id == ImportFile.batch_id)
        .where(
            ImportBatch.status == BatchStatus.APPLIED,
            QuarantineRow.state == QuarantineState.WAITING,
        )
    )
    found: dict[str, list[QuarantineRow]] = defaultdict(list)
    # All that wait are few; a query for each of many files takes longer than the rows do.
    for sha, row in session.execute(query):
        if sha in hashes:
            found[sha].append(row)
    return found


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
        elif row.file_id not in files and row.closed_at == batch.finished_at:
            _close(row, QuarantineState.WAITING, None, "")
    session.flush()


def _close(row: QuarantineRow, state: QuarantineState, moment: datetime | None, note: str) -> None:
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
