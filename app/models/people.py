"""People and organizations that answer for something, with the cases of their names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText
from app.models.enums import OrganizationKind
from app.models.schools import School


class Organization(Base):
    """An organization of the directory; a school of the register stands here once, by its id."""

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OrganizationKind] = mapped_column(EnumText(OrganizationKind))
    name: Mapped[str] = mapped_column(String(600))
    short_name: Mapped[str] = mapped_column(String(300), default="")
    key: Mapped[str] = mapped_column(String(600), index=True)
    """Folded name for search and for joining spelling variants."""
    spellings: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Other spellings that a person said mean this organization."""
    cases: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """``{"genitive": …, "dative": …, "instrumental": …}`` where a person accepted or wrote them."""
    contacts: Mapped[str] = mapped_column(default="")
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)

    school: Mapped[School | None] = relationship()


class Person(Base):
    """Somebody who curates, answers or signs; never a pupil or a parent."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    """Surname, name and patronymic, nominative."""
    post: Mapped[str] = mapped_column(String(300), default="")
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    key: Mapped[str] = mapped_column(String(300), index=True)
    spellings: Mapped[list[str]] = mapped_column(JSON, default=list)
    cases: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """``{"name": {"genitive": …}, "post": {"dative": …}}`` as accepted or corrected by hand."""
    contacts: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)

    organization: Mapped[Organization | None] = relationship()
