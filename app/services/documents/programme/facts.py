"""Frozen facts of a programme as its document needs them, free of the tables they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.services.charts.types import Chart as Picture
from app.services.documents.tables import Table


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One entry of a part, with the entries nested in it."""

    text: str
    number: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    items: tuple[ItemFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """A printed column of a roadmap: which field it shows, under which title."""

    field: str
    title: str


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """A row of a roadmap as it is printed; ``cells`` by the field of a column."""

    cells: Mapping[str, str]
    direction: int | None = None


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A heading inside a roadmap with what stands under it, in order."""

    title: str
    number: str = ""
    entries: tuple[ActivityFacts | GroupFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class RoadmapFacts:
    """A whole roadmap; with ``directions`` its rows stand in parallel columns."""

    title: str
    columns: tuple[ColumnFacts, ...]
    entries: tuple[ActivityFacts | GroupFacts, ...]
    directions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator, or a heading over those after it; ``values`` by the title of their column."""

    title: str
    number: str = ""
    unit: str = ""
    goal: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class MatrixFacts:
    """Risk factors of schools: a mark for each factor and school, empty where none is stored."""

    factors: tuple[str, ...]
    schools: tuple[str, ...]
    marks: tuple[tuple[str, ...], ...]
    """Row by factor, in the order of the schools."""


@dataclass(frozen=True, slots=True)
class CuratorFacts:
    """Who helps a school; an empty name is a blank on paper and a finding of the check."""

    school: str
    name: str
    post: str
    organization: str
    term: str


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """A group of the network with its members and the principle that joined them."""

    number: str
    members: tuple[str, ...]
    principle: str


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table whose columns and rows come ready from another verb."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """Everything that the blocks of one programme may print."""

    title: str
    first_year: int
    last_year: int
    parts: Mapping[str, tuple[ItemFacts, ...]]
    roadmaps: Mapping[int, RoadmapFacts]
    indicators: tuple[IndicatorFacts, ...]
    indicator_columns: tuple[str, ...]
    risks: MatrixFacts
    curators: tuple[CuratorFacts, ...]
    coordinators: tuple[CuratorFacts, ...]
    networks: tuple[NetworkFacts, ...]
    mentors: TableFacts
    monitoring: TableFacts
    recommendations: TableFacts
    tables: Mapping[str, Table] = field(default_factory=dict)
    """Tables of results by the key that a block asks for."""
    charts: Mapping[str, Picture] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Proposed paragraphs made from the data, by key."""
