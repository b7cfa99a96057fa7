"""Addressed support of schools: risk factors, school documents, curators, pairs, networks."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText
from app.models.enums import PaperState, SchoolPaper, Significance, SupportRole
from app.models.people import Organization, Person
from app.models.schools import School


class OwnRiskFactor(Base):
    """A risk factor of the office's own; the ten of «500+» are data in ``resources/risks``."""

    __tablename__ = "own_risk_factor"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    """What other rows refer to: shipped factors are ``500-1``…``500-10``, own ones ``own-N``."""
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class SchoolRisk(Base):
    """One risk factor of one school in one year."""

    __tablename__ = "school_risk"
    __table_args__ = (UniqueConstraint("school_id", "year", "factor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    year: Mapped[int]
    factor: Mapped[str] = mapped_column(String(60))
    significance: Mapped[Significance | None] = mapped_column(EnumText(Significance))
    """Empty while nobody assessed it, which is not the same as «не выявлен»."""
    actual: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[bool] = mapped_column(default=False)
    """Chosen by the school to be worked on; a few of the actual ones."""
    resolved_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    school: Mapped[School] = relationship()


class SchoolDocument(Base):
    """A document that the school wrote for its support (концепция, среднесрочная программа…)."""

    __tablename__ = "school_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    year: Mapped[int]
    kind: Mapped[SchoolPaper] = mapped_column(EnumText(SchoolPaper))
    factor: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(600), default="")
    number: Mapped[str] = mapped_column(String(60), default="")
    issued_on: Mapped[date | None]
    due: Mapped[date | None]
    valid_until: Mapped[date | None]
    state: Mapped[PaperState] = mapped_column(EnumText(PaperState))
    link: Mapped[str] = mapped_column(default="")
    """File or page where it lies."""
    note: Mapped[str] = mapped_column(default="")

    school: Mapped[School] = relationship()


class Appointment(Base):
    """Who coordinates, curates or tutors; a name not known yet is reported, never invented."""

    __tablename__ = "appointment"

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[SupportRole] = mapped_column(EnumText(SupportRole))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    """The school that is helped; empty for whoever serves the whole district."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    """Where the person works, if it differs from the directory or the person is not known."""
    post: Mapped[str] = mapped_column(String(300), default="")
    order_text: Mapped[str] = mapped_column(String(300), default="")
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")

    school: Mapped[School | None] = relationship()
    person: Mapped[Person | None] = relationship()
    organization: Mapped[Organization | None] = relationship()


class MentorPair(Base):
    """A school in support and the one that mentors it."""

    __tablename__ = "mentor_pair"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    subject: Mapped[str] = mapped_column(default="")
    agreement_number: Mapped[str] = mapped_column(String(60), default="")
    agreement_date: Mapped[date | None]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")

    school: Mapped[School] = relationship()
    mentor: Mapped[Organization] = relationship()


class NetworkGroup(Base):
    """Schools and organizations that work together, and the principle that joined them."""

    __tablename__ = "network_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[str] = mapped_column(String(300), default="")
    principle: Mapped[str] = mapped_column(default="")
    first_year: Mapped[int | None]
    last_year: Mapped[int | None]


class NetworkMember(Base):
    """A member of a network group."""

    __tablename__ = "network_member"
    __table_args__ = (UniqueConstraint("group_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("network_group.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    position: Mapped[int]
    role: Mapped[str] = mapped_column(String(200), default="")

    group: Mapped[NetworkGroup] = relationship()
    organization: Mapped[Organization] = relationship()
