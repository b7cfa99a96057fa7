"""Assessments and what schools achieved in them, as aggregates only: no pupil is ever stored."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText
from app.models.enums import AssessmentKind, CountsOrigin, PartKind, ReferenceScope
from app.models.observed import Observed
from app.models.schools import School


class Assessment(Base):
    """One procedure held in one year: kind, subject and grade, e.g. ВПР 2025, математика, 5."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("kind", "year", "subject", "grade"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AssessmentKind] = mapped_column(EnumText(AssessmentKind))
    year: Mapped[int]
    subject: Mapped[str] = mapped_column(String(100))
    grade: Mapped[int]


class _Marks:
    """Numbers and shares of marks; what a file does not give stays empty, never zero."""

    participants: Mapped[int]
    n2: Mapped[int | None]
    n3: Mapped[int | None]
    n4: Mapped[int | None]
    n5: Mapped[int | None]
    below: Mapped[int | None]
    """Participants with «2», or below the minimum score of the ЕГЭ."""
    p2: Mapped[float | None]
    p3: Mapped[float | None]
    p4: Mapped[float | None]
    p5: Mapped[float | None]
    """Shares in per cent exactly as the file gives them; empty when it gives counts."""
    mean: Mapped[float | None]
    """Mean mark (2–5); for the ЕГЭ the mean test score (0–100)."""
    origin: Mapped[CountsOrigin] = mapped_column(EnumText(CountsOrigin))


class Result(Observed, _Marks, Base):
    """What one school achieved in one assessment."""

    __tablename__ = "result"
    __table_args__ = (
        Index(
            "uq_result_current",
            "school_id",
            "assessment_id",
            unique=True,
            sqlite_where=text("current = 1"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)

    school: Mapped[School] = relationship()
    assessment: Mapped[Assessment] = relationship()


class ResultPart(Base):
    """A part of a result that several classes, exam days, or appeals, made together.

    The figures of a result are the sums over its counted parts; those of appeals are changes and
    may be negative.  Each part keeps the cells it was counted from.
    """

    __tablename__ = "result_part"

    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    kind: Mapped[PartKind] = mapped_column(EnumText(PartKind))
    day: Mapped[date] = mapped_column(Date)
    """The exam day that the title of the protocol names; of a class the first day of its year."""
    participants: Mapped[int]
    n2: Mapped[int | None]
    n3: Mapped[int | None]
    n4: Mapped[int | None]
    n5: Mapped[int | None]
    below: Mapped[int | None]
    total: Mapped[float]
    """Sum of the marks, or of the test scores of the ЕГЭ: the mean is this by the participants."""
    digest: Mapped[str] = mapped_column(String(64), default="")
    """Of appeals: what they say, without anything about pupils, so that none counts twice.
    Of a class: its letter.
    """
    counted: Mapped[bool] = mapped_column(default=True)
    """False for a part that a person's answer about the days of the exam leaves out."""
    block_id: Mapped[int] = mapped_column(ForeignKey("source_block.id"), index=True)
    rows: Mapped[str]


class ReferenceResult(Observed, Base):
    """A figure of the country, the region or the district that a file gives beside the schools."""

    __tablename__ = "reference_result"
    __table_args__ = (
        Index(
            "uq_reference_result_current",
            "scope",
            "name",
            "assessment_id",
            unique=True,
            sqlite_where=text("current = 1"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[ReferenceScope] = mapped_column(EnumText(ReferenceScope))
    name: Mapped[str] = mapped_column(String(300))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    participants: Mapped[int | None]
    p2: Mapped[float | None]
    p3: Mapped[float | None]
    p4: Mapped[float | None]
    p5: Mapped[float | None]
    mean: Mapped[float | None]

    assessment: Mapped[Assessment] = relationship()
