"""From a stored observation to the cell it was read from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.imports import ImportBatch, ImportFile, SourceBlock
from app.models.intake import Correction
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
    corrected: Mapping[str, str] = field(default_factory=dict)
    """By cell: the sentence about a correction that the load was read with."""

    def source(self, rows: str | None, *fields: str) -> Source:
        """Return the address of the first of ``fields`` that the block has a column for.

        Without such a column the address is the whole row: the value was counted from it.
        """
        known = (cell_address(self.columns, name, rows or "") for name in fields)
        cell = next((cell.replace("$", "") for cell in known if cell), None)
        return Source(
            batch_id=self.batch_id,
            loaded_at=self.loaded_at,
            file=self.file,
            sheet=self.sheet,
            row=first_row(rows),
            cell=cell,
            archived_as=self.archived_as,
            correction="; ".join(self._corrections(cell)),
        )

    def _corrections(self, cell: str | None) -> Iterator[str]:
        """Yield what was corrected in a cell, or in the cells of an aggregate."""
        parts = (cell or "").split(",")
        for place, sentence in self.corrected.items():
            if any(_covers(part, place) for part in parts):
                yield sentence


def _covers(part: str, cell: str) -> bool:
    """Return whether ``C9`` or ``C8:C12`` holds the cell."""
    first, _, last = part.partition(":")
    if not last:
        return part == cell
    column, row = cell.rstrip("0123456789"), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if not first.startswith(column) or not first[len(column) :].isdigit():
        return False
    return int(first[len(column) :]) <= int(row) <= int(last[len(column) :])


def load_origins(session: Session, block_ids: Iterable[int | None]) -> dict[int, BlockOrigin]:
    """Return the origin of each block of the given ids; ``None`` (entered by hand) is left out."""
    wanted = {block_id for block_id in block_ids if block_id is not None}
    rows = session.execute(
        select(
            SourceBlock.id,
            ImportFile.sha256,
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
    ).all()
    corrections = _corrections(session, {row[1] for row in rows})
    return {row[0]: _corrected(BlockOrigin(*row[2:]), corrections.get(row[1], ())) for row in rows}


def _corrections(session: Session, hashes: Collection[str]) -> dict[str, list[Correction]]:
    """Return all corrections of the files, oldest first, those taken back too."""
    found: dict[str, list[Correction]] = {}
    query = select(Correction).where(Correction.sha256.in_(hashes)).order_by(Correction.id)
    for row in session.scalars(query):
        found.setdefault(row.sha256, []).append(row)
    return found


def _corrected(origin: BlockOrigin, corrections: Iterable[Correction]) -> BlockOrigin:
    """Return the origin with the corrections that were in force when its file was loaded."""
    cells: dict[str, str] = {}
    for one in corrections:
        if one.sheet == origin.sheet and one.made_at <= origin.loaded_at:
            cells[one.cell] = (
                f"исправлено: было «{one.old}», стало «{one.new}» ({one.reason})"
                if one.new != one.old
                else ""
            )
    return replace(origin, corrected={cell: text for cell, text in cells.items() if text})
