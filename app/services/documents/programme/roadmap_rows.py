"""Roadmaps of a programme as rows to print, numbered as the window numbers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.services.documents.programme.facts import (
    ActivityFacts,
    ColumnFacts,
    GroupFacts,
    RoadmapFacts,
)
from app.services.roadmap import (
    ActivityRow,
    GroupRow,
    Line,
    RoadmapView,
    list_roadmaps,
    open_roadmap,
)
from app.services.support import factors as risk_factors
from app.services.workspace import Workspace

_DEFAULT = (
    ("number", "№ п/п"),
    ("title", "Мероприятие"),
    ("term", "Сроки"),
    ("responsible", "Ответственные"),
    ("result", "Ожидаемый результат"),
)


def roadmaps_of(workspace: Workspace, programme_id: int) -> tuple[RoadmapView, ...]:
    """Return the roadmaps of a programme with their lines, in the order of the window."""
    listed = list_roadmaps(workspace)
    return tuple(
        open_roadmap(workspace, one.id) for one in listed if one.programme_id == programme_id
    )


def roadmap_facts(workspace: Workspace, programme_id: int) -> Mapping[int, RoadmapFacts]:
    """Return the roadmaps of a programme by id, in their order."""
    factors = {one.key: one.title for one in risk_factors(workspace, with_retired=True)}
    return {view.info.id: _facts(view, factors) for view in roadmaps_of(workspace, programme_id)}


def _facts(view: RoadmapView, factors: Mapping[str, str]) -> RoadmapFacts:
    info = view.info
    return RoadmapFacts(info.title, _columns(view), _tree(view.lines, factors), info.directions)


def _columns(view: RoadmapView) -> tuple[ColumnFacts, ...]:
    if view.info.columns:
        return tuple(ColumnFacts(item["field"], item["title"]) for item in view.info.columns)
    plain = [ColumnFacts(name, title) for name, title in _DEFAULT]
    years = sorted({cell.year for row in view.activities for cell in row.years})
    return (*plain, *(ColumnFacts(f"year:{year}", str(year)) for year in years))


def _tree(
    lines: Sequence[Line], factors: Mapping[str, str]
) -> tuple[ActivityFacts | GroupFacts, ...]:
    """Put the lines under their headings; the level of a line tells where it stands."""
    made: list[ActivityFacts | GroupFacts] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if isinstance(line, ActivityRow):
            made.append(ActivityFacts(_cells(line, factors), line.direction))
            continue
        end = _end_of(lines, at, line.level)
        made.append(GroupFacts(line.title, line.number, _tree(lines[at:end], factors)))
        at = end
    return tuple(made)


def _end_of(lines: Sequence[Line], start: int, level: int) -> int:
    """Return where the lines under a heading of ``level`` end."""
    for at in range(start, len(lines)):
        line = lines[at]
        # A heading of the same level ends it; so does an activity of a heading above.
        if line.level < level or (isinstance(line, GroupRow) and line.level == level):
            return at
    return len(lines)


def _cells(row: ActivityRow, factors: Mapping[str, str]) -> Mapping[str, str]:
    cells = {
        "number": row.number,
        "title": row.title,
        "term": row.term,
        "responsible": row.responsible,
        "who_when": row.who_when,
        "result": row.result,
        "evidence": row.evidence,
        "plan": row.plan,
        "factor": factors.get(row.factor, row.factor),
        "status": state_of(row),
        "proof": row.proof,
        "schools": ", ".join(name for _, name in row.schools),
    }
    for year in row.years:
        cells |= {f"year:{year.year}": year.plan, f"fact:{year.year}": year.fact}
    return cells | {f"extra:{name}": text for name, text in row.extra.items()}


def state_of(row: ActivityRow) -> str:
    """Return what became of an activity, with the note that explains it."""
    return f"{row.status.value}: {row.status_note}" if row.status_note else row.status.value
