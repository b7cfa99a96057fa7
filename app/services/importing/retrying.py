"""Rows of the quarantine tried again: read from the archive, planned as a load of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from app.errors import UserError
from app.models.enums import QuarantineState
from app.models.imports import ImportBatch, ImportFile
from app.models.intake import QuarantineRow
from app.services.importing.corrections import cells_of
from app.services.importing.loading import Loader
from app.services.importing.mappings import load_mappings
from app.services.importing.own_scales import by_own_scales
from app.services.importing.pipeline import plan_again
from app.services.importing.plan import Decisions, ImportPlan
from app.services.importing.stage import Staged, StagedFile, stage_kept
from app.services.importing.stash import Stash
from app.services.importing.workers import Workers
from app.services.progress import Progress
from app.services.workspace import Workspace


@dataclass
class _Kept:
    """A file of the quarantine as the archive keeps it, and which of its rows are tried."""

    path: str
    size: int
    sha256: str
    archived_as: str
    batch: int
    folder: str
    rows: set[tuple[str, int]]


@by_own_scales
def retry(workspace: Workspace, rows: Collection[int], progress: Progress) -> ImportPlan:
    """Return the plan of a new load of waiting rows alone, by their ids in the quarantine.

    The archived copies are read as the files were, with all corrections; other rows of the files
    stay as they are stored.  The plan is decided on, applied or discarded like any other.  Raises
    UserError when a row waits no more or its file is not in the archive, Cancelled when asked to.
    """
    kept = _kept_files(workspace, sorted(set(rows)))
    label = f"Карантин: строк {len(set(rows))}"
    staged = stage_kept(_named(kept), workspace.archive, label)
    try:
        return _plan(workspace, staged, progress)
    except BaseException:
        staged.close()
        raise


def _plan(workspace: Workspace, staged: Staged, progress: Progress) -> ImportPlan:
    decisions = Decisions()
    with workspace.database.read() as session:
        mappings = load_mappings(session)
        cells = cells_of(session, staged.files, decisions)
    with Workers(progress) as workers:
        loader = Loader(workers, mappings, cells)
        loader.expect(staged.files)
        files = tuple(loader.load(file) for file in staged.files)
    return plan_again(workspace, Stash(staged, files, decisions, datetime.now(UTC)))


def _kept_files(workspace: Workspace, rows: Sequence[int]) -> list[_Kept]:
    """Return the files of the rows; the same bytes loaded twice are one file, of the newer load."""
    query = (
        select(QuarantineRow, ImportFile, ImportBatch)
        .join(ImportFile, ImportFile.id == QuarantineRow.file_id)
        .join(ImportBatch, ImportBatch.id == ImportFile.batch_id)
        .where(QuarantineRow.id.in_(rows), QuarantineRow.state == QuarantineState.WAITING)
        .order_by(ImportBatch.id.desc(), ImportFile.path, QuarantineRow.id)
    )
    found: dict[str, _Kept] = {}
    with workspace.database.read() as session:
        lines = session.execute(query).all()
        for row, file, batch in lines:
            kept = found.setdefault(file.sha256, _kept(file, batch))
            kept.rows.add((row.sheet, row.row))
    if len(lines) < len(rows):
        raise UserError("Часть выбранных строк уже не ждёт решения.", "Обновите список.")
    for one in found.values():
        if not (one.archived_as and (workspace.archive / one.archived_as).is_file()):
            raise UserError(
                f"Копии файла «{one.path}» нет в архиве: прочитать строки заново не из чего.",
                "Загрузите исходный файл ещё раз.",
            )
    return list(found.values())


def _kept(file: ImportFile, batch: ImportBatch) -> _Kept:
    archived = file.archived_as or ""
    return _Kept(file.path, file.size, file.sha256, archived, batch.id, file.folder, set())


def _named(kept: Sequence[_Kept]) -> list[StagedFile]:
    """Return the files with paths of their own: two loads may have brought files of one name."""
    seen: set[str] = set()
    files = []
    for one in kept:
        path = f"{one.path} (загрузка № {one.batch})" if one.path in seen else one.path
        seen.add(path)
        files.append(
            StagedFile(
                path,
                None,
                one.size,
                one.sha256,
                archived_as=one.archived_as,
                only=frozenset(one.rows),
                folder=one.folder,
            )
        )
    return files
