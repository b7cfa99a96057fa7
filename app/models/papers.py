"""The register of documents, their attached files, and the office's own texts and templates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText, UtcDateTime
from app.models.enums import DocumentStatus
from app.models.programmes import Programme
from app.models.schools import School


class Document(Base):
    """A document that was made, with a snapshot of everything it says."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    title: Mapped[str] = mapped_column(String(600))
    number: Mapped[str] = mapped_column(String(60), default="")
    date: Mapped[date | None]
    status: Mapped[DocumentStatus] = mapped_column(EnumText(DocumentStatus))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(100), default="")
    """Account of the workstation; empty where the system names none."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was signed or cancelled."""
    note: Mapped[str] = mapped_column(default="")
    """Why it was cancelled, and whatever a person keeps with it."""
    request: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What it was asked for with; asked again, it tells whether the data have changed since."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)

    programme: Mapped[Programme | None] = relationship()
    school: Mapped[School | None] = relationship()


class DocumentFile(Base):
    """A scan or a detached signature that belongs to a registered document."""

    __tablename__ = "document_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OwnText(Base):
    """A sentence of a document as the office wants it, instead of the shipped one."""

    __tablename__ = "own_text"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    """``FILE/NAME`` of the sentence in ``resources/documents``."""
    text: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OwnTemplate(Base):
    """A DOCX template of the office's own, checked when it was taken in."""

    __tablename__ = "own_template"
    __table_args__ = (UniqueConstraint("title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(60), default="")
    """Kind of document whose data fill it."""
    body: Mapped[bytes]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
