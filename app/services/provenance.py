"""From a stored observation to the cell it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.imports import ImportBatch, ImportFile, SourceBlock
from app.services.source import Source, cell_address, first_row


@dataclass(frozen=True, slots=True)
class BlockOrigin:
    """Where a block of cells stands: load, file and sheet, and what its columns mean."""

    batch_id: int
    loaded_at: datetime
    file: str
    archived_as: str | None
    sheet: str
    columns: Mapping[str, Any]

    def source(self, rows: str | None, *fields: str) -> Source:
        """Return the address of the first of ``fields`` that the block has a column for.

        Without such a column the address is the whole row: the value was counted from it.
        """
        known = (cell_address(self.columns, field, rows or "") for field in fields)
        return Source(
            batch_id=self.batch_id,
            loaded_at=self.loaded_at,
            file=self.file,
            sheet=self.sheet,
            row=first_row(rows),
            cell=next((cell.replace("$", "") for cell in known if cell), None),
            archived_as=self.archived_as,
        )


def load_origins(session: Session, block_ids: Iterable[int | None]) -> dict[int, BlockOrigin]:
    """Return the origin of each block of the given ids; ``None`` (entered by hand) is left out."""
    wanted = {block_id for block_id in block_ids if block_id is not None}
    rows = session.execute(
        select(
            SourceBlock.id,
            ImportBatch.id,
            ImportBatch.finished_at,
            ImportFile.path,
            ImportFile.archived_as,
            SourceBlock.sheet,
            SourceBlock.columns,
        )
        .join(ImportFile, SourceBlock.file_id == ImportFile.id)
        .join(ImportBatch, ImportFile.batch_id == ImportBatch.id)
        .where(SourceBlock.id.in_(wanted))
    )
    return {row[0]: BlockOrigin(*row[1:]) for row in rows}
