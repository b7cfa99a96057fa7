"""Schools, their codes in other systems, and the names under which files know them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText
from app.models.enums import CodeSystem, SchoolStatus
from app.models.observed import Observed


class School(Base):
    """A school as it is now; the history and the source of each field are in SchoolValue."""

    __tablename__ = "school"

    id: Mapped[int] = mapped_column(primary_key=True)
    short_name: Mapped[str] = mapped_column(String(300))
    full_name: Mapped[str | None] = mapped_column(String(600))
    kind: Mapped[str | None] = mapped_column(String(60))
    """Kind of programme as the register writes it: СОШ, ООШ, гимназия…"""
    settlement: Mapped[str | None] = mapped_column(String(200))
    rural: Mapped[bool | None]
    pupils: Mapped[int | None]
    director: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[SchoolStatus] = mapped_column(EnumText(SchoolStatus))
    search_key: Mapped[str] = mapped_column(String(1000), index=True)
    """Names folded for search and sort: SQLite does not know Cyrillic case."""

    codes: Mapped[list[SchoolCode]] = relationship(back_populates="school")
    aliases: Mapped[list[SchoolAlias]] = relationship(back_populates="school")


class SchoolValue(Observed, Base):
    """One observed value of one field of a school, with its source cell."""

    __tablename__ = "school_value"
    __table_args__ = (
        Index(
            "uq_school_value_current",
            "school_id",
            "field",
            unique=True,
            sqlite_where=text("current = 1"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    value: Mapped[str | None]


class SchoolCode(Observed, Base):
    """A code of the school in another system; old codes stay, so that old files still match."""

    __tablename__ = "school_code"
    __table_args__ = (UniqueConstraint("system", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    system: Mapped[CodeSystem] = mapped_column(EnumText(CodeSystem))
    code: Mapped[str] = mapped_column(String(40))
    since: Mapped[date | None] = mapped_column(Date)
    """From when the code was in force, where a person said so."""
    until: Mapped[date | None] = mapped_column(Date)

    school: Mapped[School] = relationship(back_populates="codes")


class SchoolEnding(Base):
    """When, why and into which school a school that works no more went; its history stays."""

    __tablename__ = "school_ending"
    __table_args__ = (UniqueConstraint("school_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    """The school it was joined to; empty for a closed one."""
    ended_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str]


class SchoolAlias(Observed, Base):
    """A spelling of the school's name that a person confirmed once."""

    __tablename__ = "school_alias"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    name: Mapped[str] = mapped_column(String(600))
    key: Mapped[str] = mapped_column(String(600))
    """The spelling in the normal form that matching compares."""

    school: Mapped[School] = relationship(back_populates="aliases")
