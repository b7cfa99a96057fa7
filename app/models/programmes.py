"""Programmes, their ordered parts, and the outline by which they are printed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText
from app.models.enums import ProgrammeKind


class Programme(Base):
    """A planning document with a period; roadmaps, indicators and parts belong to one."""

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ProgrammeKind] = mapped_column(EnumText(ProgrammeKind))
    title: Mapped[str] = mapped_column(String(1000))
    short_title: Mapped[str] = mapped_column(String(300), default="")
    first_year: Mapped[int]
    last_year: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    approval: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """By what it is approved: ``{"document", "by", "date", "number"}``; absent while a draft."""
    preset: Mapped[str] = mapped_column(String(60), default="")
    """Key of the outline it was started from."""


class ProgrammeItem(Base):
    """One entry of one part of a programme: an act, a goal, a task, a stage, a funding line…

    One table for all parts: what a part consists of is data (``resources/programmes/parts.json``),
    so every list of the real programmes has a place and a new one needs no migration.
    """

    __tablename__ = "programme_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    part: Mapped[str] = mapped_column(String(40), index=True)
    """Key of the part: ``legal_basis``, ``goal``, ``task``, ``swot``, ``funding``…"""
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(40), default="")
    """As printed; empty means numbered by the program or not at all, as the part says."""
    text: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Further fields of the part by name; what is not known is absent."""

    programme: Mapped[Programme] = relationship()


class ProgrammeBlock(Base):
    """One block of the printed outline of a programme."""

    __tablename__ = "programme_block"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("programme_block.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    """What the block shows: a section, text, a part, a table from data, a chart, a free table…"""
    title: Mapped[str] = mapped_column(String(600), default="")
    body: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Own text, options and filters of the block; without own text it says what the data say."""
    included: Mapped[bool] = mapped_column(default=True)

    programme: Mapped[Programme] = relationship()
