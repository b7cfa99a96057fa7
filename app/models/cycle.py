"""The management cycle: monitoring, evidence of its steps, addressed recommendations."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText
from app.models.enums import RecommendationState
from app.models.programmes import Programme
from app.models.schools import School


class MonitoringRow(Base):
    """A row of the monitoring table: what is watched, by what, with which instruments."""

    __tablename__ = "monitoring_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    position: Mapped[int]
    subject: Mapped[str] = mapped_column(default="")
    criterion: Mapped[str] = mapped_column(default="")
    indicators: Mapped[str] = mapped_column(default="")
    instruments: Mapped[str] = mapped_column(default="")
    sources: Mapped[str] = mapped_column(default="")

    programme: Mapped[Programme] = relationship()


class Evidence(Base):
    """A document that proves a step of the management cycle in one direction."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_place", "year", "step", "direction"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    year: Mapped[int]
    step: Mapped[str] = mapped_column(String(40))
    """Key of the step in ``resources/cycle``: goals, tasks, indicators, methods, monitoring…"""
    direction: Mapped[str] = mapped_column(String(60), default="")
    """Key of the direction (row under the step); empty for the step as a whole."""
    title: Mapped[str] = mapped_column(String(600), default="")
    number: Mapped[str] = mapped_column(String(60), default="")
    issued_on: Mapped[date | None]
    due: Mapped[date | None]
    """Until when it is awaited; with no document after that day it is overdue."""
    link: Mapped[str] = mapped_column(default="")
    responsible: Mapped[str] = mapped_column(String(300), default="")
    prior_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    """The document of an earlier step that this one cites."""
    note: Mapped[str] = mapped_column(default="")

    programme: Mapped[Programme | None] = relationship()


class Recommendation(Base):
    """An addressed recommendation that follows from a deficit, a risk or an analysis."""

    __tablename__ = "recommendation"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    addressee: Mapped[str] = mapped_column(String(40))
    """Key of the kind of addressee in ``resources/cycle``: school, method union, office…"""
    addressee_name: Mapped[str] = mapped_column(String(300), default="")
    factor: Mapped[str] = mapped_column(String(60), default="")
    deficit: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    term: Mapped[str] = mapped_column(default="")
    term_start: Mapped[date | None]
    term_end: Mapped[date | None]
    state: Mapped[RecommendationState] = mapped_column(EnumText(RecommendationState))
    analysis_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    """The analysis that it cites."""
    note: Mapped[str] = mapped_column(default="")

    school: Mapped[School | None] = relationship()
