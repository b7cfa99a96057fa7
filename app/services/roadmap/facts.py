"""A roadmap as a document holds it: its lines with everything that stood in their cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.models.enums import RoadmapMode


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column of the table: what it means and its title as written.

    ``field`` is one of ``number``, ``group`` (a heading beside its activities), ``title``,
    ``term``, ``until`` (the end of the term), ``responsible``, ``who_when`` (both in one cell),
    ``result``, ``evidence``, ``plan``, ``year``, ``fact`` or ``extra``; ``year`` belongs to
    ``year`` and ``fact``.
    """

    field: str
    title: str
    year: int | None = None
    direction: int | None = None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A heading (``level`` 1 and more) or an activity (``level`` 0), texts as written.

    ``cells`` holds the texts by field of ``PlanColumn``; ``years`` and ``facts`` quantities by
    year; ``extra`` the cells of columns that have no field, by title.  ``direction`` is the index
    of the parallel direction, None for a line that is for all of them.
    """

    title: str
    level: int = 0
    number: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    years: Mapping[int, str] = field(default_factory=dict)
    facts: Mapping[int, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    direction: int | None = None
    row: int = 0
    """1-based row of the table."""
    last_row: int = 0
    """The last row of one that a page has torn; 0 when it is a single row."""

    @property
    def rows(self) -> str:
        """The rows it stands in, as ``models.imports.SourceBlock`` counts them."""
        return f"{self.row}-{self.last_row}" if self.last_row > self.row else str(self.row or "")


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What is said of a whole table: its title, how it is grouped, its years and columns."""

    title: str
    mode: RoadmapMode
    first_year: int | None = None
    last_year: int | None = None
    columns: tuple[PlanColumn, ...] = ()
    directions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole roadmap of a document."""

    head: PlanHead
    lines: tuple[PlanLine, ...]


def column_name(column: PlanColumn) -> str:
    """Return how the source of an activity calls a column: ``term``, ``year:2022``, ``extra:Вид``.

    One of parallel directions says which: ``0:title``.
    """
    name = column.field
    if column.year is not None:
        name = f"{name}:{column.year}"
    elif column.field == "extra":
        name = f"extra:{column.title}"
    return name if column.direction is None else f"{column.direction}:{name}"
