"""Indicators of a programme and their base, planned and reached values."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText
from app.models.enums import BetterWhen, ValueRole
from app.models.imports import ImportBatch
from app.models.programmes import Programme, ProgrammeItem


class Indicator(Base):
    """An indicator, or a heading over others; one that has both values and children is both."""

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"), index=True)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str]
    unit: Mapped[str] = mapped_column(String(60), default="")
    better: Mapped[BetterWhen | None] = mapped_column(EnumText(BetterWhen))
    formula: Mapped[str] = mapped_column(String(60), default="")
    """Key of the formula over the data that computes it; empty for one entered by hand."""
    source: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    is_group: Mapped[bool] = mapped_column(default=False)
    """A heading without values of its own."""
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Cells of columns that have no field of ours, by the title of the column."""
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    """The load that brought it."""

    programme: Mapped[Programme] = relationship()
    goal: Mapped[ProgrammeItem | None] = relationship()
    batch: Mapped[ImportBatch | None] = relationship()


class IndicatorValue(Base):
    """One value of an indicator: the text as written and the number in it, if there is one."""

    __tablename__ = "indicator_value"
    __table_args__ = (UniqueConstraint("indicator_id", "role", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    role: Mapped[ValueRole] = mapped_column(EnumText(ValueRole))
    period: Mapped[str] = mapped_column(String(20))
    """``2022``, ``2022-1`` and ``2022-2`` for half-years, empty for a base without a year."""
    text: Mapped[str] = mapped_column(String(200))
    number: Mapped[float | None]
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    """Of a computed or counted share; both empty where only the share is known."""
    on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(default="")
