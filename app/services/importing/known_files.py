"""Which files of a stick are stored already, so that reading them again would change nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models.enums import BatchStatus, FileStatus
from app.models.imports import ImportBatch, ImportFile, SourceBlock
from app.models.intake import Correction
from app.models.records import Record
from app.models.results import ReferenceResult, Result, ResultPart
from app.models.schools import SchoolCode, SchoolValue
from app.services.importing.layouts_door import is_traceless
from app.services.importing.loaded import KnownFile
from app.services.importing.plan import RowCounts
from app.services.indicators import indicators_are_gone
from app.services.roadmap import roadmaps_are_gone


def find_known_files(session: Session, hashes: Iterable[str]) -> dict[str, KnownFile]:
    """Return the files of ``hashes`` that need no second reading, by SHA-256.

    Such a file was stored in full, its load was not undone, and no later load has replaced any of
    its values: loaded again it would change nothing.
    """
    query = (
        select(
            ImportFile.sha256,
            ImportFile.id,
            ImportFile.layout,
            ImportFile.archived_as,
            ImportFile.rows_read,
            ImportFile.rows_stored,
        )
        .join(ImportBatch)
        .where(
            ImportFile.sha256.in_(sorted(set(hashes))),
            ImportFile.status == FileStatus.IMPORTED,
            ImportFile.rows_stored > 0,
            ImportFile.rows_unchanged == 0,
            ImportFile.rows_quarantined == 0,
            ImportBatch.status == BatchStatus.APPLIED,
            ~_corrected_since(),
        )
    )
    rows = session.execute(query).all()
    return {
        sha: KnownFile(file_id, layout, archived, RowCounts(read=read, unchanged=stored))
        for sha, file_id, layout, archived, read, stored in rows
        if not _was_replaced(session, file_id)
    }


def files_of_days(session: Session, files: Collection[int]) -> frozenset[int]:
    """Return those of ``files`` (ids) that are protocols of exam days.

    Who sat an exam twice shows only where the protocols of all its days are read together.
    """
    query = (
        select(SourceBlock.file_id)
        .join(ResultPart, ResultPart.block_id == SourceBlock.id)
        .where(SourceBlock.file_id.in_(sorted(files)))
    )
    return frozenset(session.scalars(query))


def _corrected_since() -> ColumnElement[bool]:
    """A correction of the file was made or taken back after its load: its cells read otherwise."""
    newer = (Correction.sha256 == ImportFile.sha256, Correction.made_at > ImportBatch.finished_at)
    return select(Correction.id).where(*newer).exists()


def _was_replaced(session: Session, file_id: int) -> bool:
    file = session.get_one(ImportFile, file_id)
    if file.layout == "roadmap" and roadmaps_are_gone(session, file.batch_id):
        return True
    if file.layout == "indicators" and indicators_are_gone(session, file.batch_id):
        return True
    if is_traceless(file.layout):
        return True
    blocks = select(SourceBlock.id).where(SourceBlock.file_id == file_id)
    return any(
        session.execute(
            select(table.id).where(table.block_id.in_(blocks), ~table.current).limit(1)
        ).first()
        for table in (Result, ReferenceResult, Record, SchoolValue, SchoolCode)
    )
