"""Where every stored value came from: loads, their files, blocks of cells, problems."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText, UtcDateTime
from app.models.enums import BatchStatus, FileStatus, Severity


class ImportBatch(Base):
    """One load: what a person brought in at once, stored in one transaction."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(500))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[BatchStatus] = mapped_column(EnumText(BatchStatus))

    files: Mapped[list[ImportFile]] = relationship(back_populates="batch")


class ImportFile(Base):
    """One file of a load, also one that was refused: nothing is skipped silently."""

    __tablename__ = "import_file"
    __table_args__ = (Index("ix_import_file_sha256", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    path: Mapped[str] = mapped_column(String(1000))
    """Relative to the folder that was brought in, with forward slashes."""
    folder: Mapped[str] = mapped_column(String(300), default="")
    """Name of that folder, where it was brought in alone: it may say what its files are about."""
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    layout: Mapped[str | None] = mapped_column(String(64))
    """Key of the layout that read the file; none when it was not understood."""
    status: Mapped[FileStatus] = mapped_column(EnumText(FileStatus))
    archived_as: Mapped[str | None] = mapped_column(String(200))
    """Name inside the archive folder; personal columns are blank in that copy."""
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_stored: Mapped[int] = mapped_column(default=0)
    rows_unchanged: Mapped[int] = mapped_column(default=0)
    rows_quarantined: Mapped[int] = mapped_column(default=0)

    batch: Mapped[ImportBatch] = relationship(back_populates="files")
    problems: Mapped[list[ImportProblem]] = relationship(back_populates="file")


class ImportProblem(Base):
    """A finding about a file, a sheet or a cell, as it was told to the person."""

    __tablename__ = "import_problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("import_file.id"), index=True)
    severity: Mapped[Severity] = mapped_column(EnumText(Severity))
    sheet: Mapped[str | None] = mapped_column(String(200))
    cell: Mapped[str | None] = mapped_column(String(200))
    message: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")

    file: Mapped[ImportFile] = relationship(back_populates="problems")


class SourceBlock(Base):
    """A block of cells whose columns mean the same in every row.

    A stored value finds its cell as ``columns[field]`` plus its own ``rows``; an address that holds
    for the whole block (a year in a title) is written absolutely, as ``$A$1``.  So 100,000 results
    carry a short row list each, not a dozen addresses.
    """

    __tablename__ = "source_block"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("import_file.id"), index=True)
    sheet: Mapped[str] = mapped_column(String(200))
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)

    file: Mapped[ImportFile] = relationship()
