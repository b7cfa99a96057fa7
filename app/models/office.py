"""The office itself, its settings, and the journal of what people did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Office(Base):
    """Requisites of the office for its papers; the table holds one row."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str] = mapped_column(String(600))
    short_name: Mapped[str] = mapped_column(String(200))
    parent_name: Mapped[str] = mapped_column(String(600), default="")
    """The administration above the office, printed over its name; may be empty."""
    place: Mapped[str] = mapped_column(String(200))
    head_post: Mapped[str] = mapped_column(String(300))
    head_name: Mapped[str] = mapped_column(String(200))
    """Surname, name and patronymic in full, nominative."""
    name_cases: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Cases of the names and of the head's post and name, as accepted or corrected by hand."""
    address: Mapped[str] = mapped_column(String(600), default="")
    phones: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    site: Mapped[str] = mapped_column(String(200), default="")
    okpo: Mapped[str] = mapped_column(String(20), default="")
    ogrn: Mapped[str] = mapped_column(String(20), default="")
    inn: Mapped[str] = mapped_column(String(20), default="")
    kpp: Mapped[str] = mapped_column(String(20), default="")
    executor_name: Mapped[str] = mapped_column(String(200), default="")
    executor_phone: Mapped[str] = mapped_column(String(60), default="")
    emblem: Mapped[bytes | None]
    """PNG or JPEG."""


class Setting(Base):
    """One stored setting; its type, default and title stand in services.settings."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class JournalEntry(Base):
    """One action of a person on stored rows: what it is called, and the rows before and after."""

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    title: Mapped[str] = mapped_column(String(300))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """``{"table", "id", "before", "after"}`` each; ``before`` empty for a new row."""
    undone: Mapped[bool] = mapped_column(default=False)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    """The load that did it; empty for what a person did by hand."""
