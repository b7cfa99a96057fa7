"""The loads so far, newest first, for the page «Загрузки»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.models.enums import BatchStatus, FileStatus
from app.models.imports import ImportBatch, ImportFile
from app.services.importing.plan import RowCounts
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One load: its files by what became of them, and its rows."""

    id: int
    label: str
    finished_at: datetime
    status: BatchStatus
    files: Mapping[FileStatus, int]
    rows: RowCounts

    @property
    def file_count(self) -> int:
        """Number of files in the load, refused ones too."""
        return sum(self.files.values())


def list_batches(workspace: Workspace) -> tuple[BatchRow, ...]:
    """Return every load, newest first, undone ones too."""
    with workspace.database.read() as session:
        batches = session.execute(
            select(
                ImportBatch.id, ImportBatch.label, ImportBatch.finished_at, ImportBatch.status
            ).order_by(ImportBatch.id.desc())
        ).all()
        counted = session.execute(
            select(
                ImportFile.batch_id,
                ImportFile.status,
                func.count(),
                func.sum(ImportFile.rows_read),
                func.sum(ImportFile.rows_stored),
                func.sum(ImportFile.rows_unchanged),
                func.sum(ImportFile.rows_quarantined),
            ).group_by(ImportFile.batch_id, ImportFile.status)
        ).all()
    files: dict[int, dict[FileStatus, int]] = {}
    rows: dict[int, RowCounts] = {}
    for batch, status, count, *sums in counted:
        files.setdefault(batch, {})[status] = count
        rows[batch] = rows.get(batch, RowCounts()) + RowCounts(*sums)
    return tuple(
        BatchRow(*batch, files.get(batch.id, {}), rows.get(batch.id, RowCounts()))
        for batch in batches
    )
