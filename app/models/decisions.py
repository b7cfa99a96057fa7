"""Methodologies as they were in force, and what people decided under them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText, UtcDateTime
from app.models.enums import Basis, Category
from app.models.schools import School


class Methodology(Base):
    """One version of the rules, kept whole, so that old years stay under old rules."""

    __tablename__ = "methodology"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    first_year: Mapped[int]
    last_year: Mapped[int | None]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Decision(Base):
    """What a person decided about a school for a year, beside what was computed at that moment.

    Computed categories are not stored: they follow from the results and the methodology.  The
    decision freezes what the person saw.
    """

    __tablename__ = "decision"
    __table_args__ = (
        Index(
            "uq_decision_current",
            "school_id",
            "year",
            unique=True,
            sqlite_where=text("current = 1"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    year: Mapped[int]
    category: Mapped[Category] = mapped_column(EnumText(Category))
    basis: Mapped[Basis] = mapped_column(EnumText(Basis))
    reason: Mapped[str] = mapped_column(default="")
    """Why the person departs from the computed category; empty for a plain confirmation."""
    computed_category: Mapped[Category] = mapped_column(EnumText(Category))
    computed_reason: Mapped[str]
    methodology_id: Mapped[int] = mapped_column(ForeignKey("methodology.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(100))
    """Account of the workstation under which it was decided; empty where the system names none."""
    current: Mapped[bool] = mapped_column(default=True)

    school: Mapped[School] = relationship()
    methodology: Mapped[Methodology] = relationship()
