"""What the page shows of a roadmap and of one that was read from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.services import indicators, roadmap, schools, support
from app.services.roadmap import RoadmapInfo, RoadmapView
from app.services.roadmap.facts import Plan
from app.services.workspace import Workspace
from app.ui.pages.roadmap.columns import one_line


@dataclass(frozen=True)
class Loaded:
    """Everything that the page shows."""

    infos: tuple[RoadmapInfo, ...]
    view: RoadmapView | None
    factors: Mapping[str, str]
    """Titles of risk factors by key."""
    programmes: tuple[tuple[str, int], ...]
    schools: tuple[tuple[str, int], ...]
    indicators: Mapping[int, str]
    """Those of the roadmap's programme with their numbers, by id; empty without a programme."""


def load(workspace: Workspace, wanted: int | None) -> Loaded:
    """Read the list of roadmaps and the wanted one; the first one when that is gone."""
    infos = roadmap.list_roadmaps(workspace)
    known = {info.id for info in infos}
    chosen = wanted if wanted in known else next(iter(info.id for info in infos), None)
    view = roadmap.open_roadmap(workspace, chosen) if chosen is not None else None
    return Loaded(
        infos,
        view,
        {one.key: one.title for one in support.factors(workspace, with_retired=True)},
        tuple((one.title, one.id) for one in indicators.programmes(workspace)),
        tuple((one.short_name, one.id) for one in schools.list_schools(workspace)),
        _indicators(workspace, view.info.programme_id if view else None),
    )


def _indicators(workspace: Workspace, programme_id: int | None) -> Mapping[int, str]:
    if programme_id is None:
        return {}
    rows = indicators.indicator_table(workspace, programme_id).rows
    return {
        row.id: f"{row.shown_number} {one_line(row.title)}".strip()
        for row in rows
        if not row.is_group
    }


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of a table that was read, as the preview shows it."""

    row: int
    level: int
    number: str
    title: str
    term: str
    responsible: str
    result: str
    years: str


def read_lines(plan: Plan) -> tuple[ReadLine, ...]:
    """Return the lines of a plan for the preview; what has no column of its own follows behind."""
    return tuple(
        ReadLine(
            index,
            line.level,
            line.number,
            ("▸ " if line.level else "") + one_line(line.title),
            one_line(line.cells.get("term", "")),
            one_line(line.cells.get("responsible", line.cells.get("who_when", ""))),
            one_line(line.cells.get("result", "")),
            "; ".join(f"{year}: {text}" for year, text in line.years.items()),
        )
        for index, line in enumerate(plan.lines)
    )
