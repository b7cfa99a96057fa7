"""Decisions of the head on measures, and what they brought."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.cycle import Evidence, Recommendation
from app.models.papers import Document
from app.models.roadmaps import Activity


class ManagementDecision(Base):
    """What the head decided about measures, by which order, and what it brought."""

    __tablename__ = "management_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    title: Mapped[str] = mapped_column(String(600))
    number: Mapped[str] = mapped_column(String(60), default="")
    issued_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    recommendation_id: Mapped[int | None] = mapped_column(
        ForeignKey("recommendation.id"), index=True
    )
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    due: Mapped[date | None]
    effect: Mapped[str] = mapped_column(default="")
    effect_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    """The later analysis that tells what the decision brought."""
    note: Mapped[str] = mapped_column(default="")

    document: Mapped[Document | None] = relationship()
    recommendation: Mapped[Recommendation | None] = relationship()
    activity: Mapped[Activity | None] = relationship()
    effect_evidence: Mapped[Evidence | None] = relationship()
