"""What people decide while files come in: rows that wait, corrections, mappings, excuses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, EnumText, UtcDateTime
from app.models.enums import AssessmentKind, DaysAnswer, QuarantineState


class QuarantineRow(Base):
    """A row of a stored file that was kept out, until it is mended or dismissed with a reason."""

    __tablename__ = "quarantine_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("import_file.id"), index=True)
    sheet: Mapped[str] = mapped_column(String(200))
    row: Mapped[int]
    """1-based row of the sheet."""
    school: Mapped[str] = mapped_column(String(600))
    """How the file names the school."""
    item: Mapped[str] = mapped_column(String(300))
    """What the row is about, in Russian."""
    reason: Mapped[str]
    state: Mapped[QuarantineState] = mapped_column(EnumText(QuarantineState))
    note: Mapped[str] = mapped_column(default="")
    """Why the row was dismissed."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Correction(Base):
    """A cell that a person corrected while loading; the file itself is never changed."""

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_sha256", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the file: the same file loaded again is corrected again."""
    sheet: Mapped[str] = mapped_column(String(200))
    cell: Mapped[str] = mapped_column(String(20))
    old: Mapped[str]
    new: Mapped[str]
    reason: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConfirmedFinding(Base):
    """A soft finding that a person looked at and let pass, with a note."""

    __tablename__ = "confirmed_finding"
    __table_args__ = (Index("ix_confirmed_finding_sha256", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    sheet: Mapped[str] = mapped_column(String(200))
    cell: Mapped[str] = mapped_column(String(200), default="")
    message: Mapped[str]
    note: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SkippedSchool(Base):
    """The answer «не наша» about a school of some file, so that it is asked only once."""

    __tablename__ = "skipped_school"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(700))
    """Codes and normal form of the name, as the question about it was keyed."""
    name: Mapped[str] = mapped_column(String(600))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AskedSchool(Base):
    """A school of some file that a load asked about: what an answer given later is about."""

    __tablename__ = "asked_school"
    __table_args__ = (UniqueConstraint("key", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(700))
    """Codes and normal form of the name, as the question is keyed."""
    path: Mapped[str]
    """Of the file that asks; read again, it says anew what it asks."""
    name: Mapped[str | None] = mapped_column(String(600))
    codes: Mapped[list[list[str]]] = mapped_column(JSON)
    """System and code, as the file gives them."""
    year: Mapped[int | None]
    """Of the row that asked first: a school that has ended is asked about by year."""
    contested: Mapped[bool]
    """Code or name point to a school, and a register says that it is another."""
    place: Mapped[str]
    """File, sheet and cell of the first mention, in Russian."""


class ExamDaysAnswer(Base):
    """How the days of an exam are counted in one year: asked once, changed at any time."""

    __tablename__ = "exam_days_answer"
    __table_args__ = (UniqueConstraint("kind", "year", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AssessmentKind] = mapped_column(EnumText(AssessmentKind))
    year: Mapped[int]
    subject: Mapped[str] = mapped_column(String(100))
    answer: Mapped[DaysAnswer] = mapped_column(EnumText(DaysAnswer))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TableMapping(Base):
    """How a person read an unknown table: kept by the fingerprint of its header."""

    __tablename__ = "table_mapping"
    __table_args__ = (UniqueConstraint("fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(300))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FormExcuse(Base):
    """A school that need not hand in a form this year, and why."""

    __tablename__ = "form_excuse"
    __table_args__ = (UniqueConstraint("school_id", "year", "form"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    year: Mapped[int]
    form: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str]
