"""Figures of schools that are not marks: passports, comparisons, distributions, official lists."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText
from app.models.enums import RecordKind, ReferenceScope
from app.models.observed import Observed
from app.models.results import Assessment
from app.models.schools import School


class Record(Observed, Base):
    """Named figures of one school, or of one reference scope, in one year.

    One table for all kinds: what a kind consists of is data (``resources/records``), so a new form
    needs a layout and no migration.  The columns of the source block carry the same names as
    ``data``, so every figure finds its cell.
    """

    __tablename__ = "record"
    __table_args__ = (
        Index("uq_record_current", "identity", unique=True, sqlite_where=text("current = 1")),
        Index("ix_record_kind_year", "kind", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(String(600))
    """Owner, kind, year and assessment in one text; what a newer record of the same thing meets."""
    kind: Mapped[RecordKind] = mapped_column(EnumText(RecordKind))
    year: Mapped[int]
    """Calendar year of the end of the school year."""
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    scope: Mapped[ReferenceScope | None] = mapped_column(EnumText(ReferenceScope))
    """Set instead of the school for rows of the country, the region or the district."""
    name: Mapped[str | None] = mapped_column(String(300))
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Numbers or texts by name; a name that the file leaves empty is absent, never zero."""

    school: Mapped[School | None] = relationship()
    assessment: Mapped[Assessment | None] = relationship()
