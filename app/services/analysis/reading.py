"""Reading what files say of the country, the region and the district beside the schools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any

from sqlalchemy import select

from app.models.enums import RecordKind, ReferenceScope
from app.models.results import Assessment, ReferenceResult
from app.services.analysis.types import ProcedureName, StatedLine, StatedPoint
from app.services.part_totals import is_part_total
from app.services.records import RecordRow, list_records
from app.services.workspace import Workspace

_SCOPES = {scope: place for place, scope in enumerate(ReferenceScope)}
_ROUNDING = Fraction(1, 10)
"""Files of the same figures differ by no more, in points or marks."""
_Line = tuple[ReferenceScope, str]
Stated = Mapping[ProcedureName, tuple[StatedLine, ...]]


def stated_lines(workspace: Workspace) -> Stated:
    """Return the lines that files give by procedure: the country first, the district last.

    A table of the district's dynamics (L15) and rows of ФИС ОКО of the same owner make one line;
    where both speak of a year, the figures that one leaves out come from the other.
    """
    found: dict[ProcedureName, dict[_Line, dict[int, StatedPoint]]] = {}
    for procedure, line, point in (*_references(workspace), *_dynamics(workspace)):
        points = found.setdefault(procedure, {}).setdefault(line, {})
        points[point.year] = _joined(points.get(point.year), point)
    return {procedure: _lines(lines) for procedure, lines in found.items()}


def _lines(lines: Mapping[_Line, Mapping[int, StatedPoint]]) -> tuple[StatedLine, ...]:
    in_order = sorted(lines, key=lambda line: (_SCOPES[line[0]], line[1]))
    return tuple(
        StatedLine(scope, name, tuple(point for _, point in sorted(lines[scope, name].items())))
        for scope, name in in_order
    )


def _references(workspace: Workspace) -> Iterable[tuple[ProcedureName, _Line, StatedPoint]]:
    query = select(
        ReferenceResult.scope,
        ReferenceResult.name,
        Assessment.kind,
        Assessment.subject,
        Assessment.grade,
        Assessment.year,
        ReferenceResult.participants,
        ReferenceResult.p2,
        ReferenceResult.p3,
        ReferenceResult.p4,
        ReferenceResult.p5,
        ReferenceResult.mean,
    ).join(Assessment).where(ReferenceResult.current)  # fmt: skip
    with workspace.database.read() as session:
        rows = session.execute(query).all()
    for scope, name, kind, subject, grade, year, participants, p2, p3, p4, p5, mean in rows:
        below, good, best = exact(p2), exact(p4), exact(p5)
        point = StatedPoint(
            year,
            participants,
            below,
            None if below is None else 100 - below,
            None if good is None or best is None else good + best,
            _mean_of((below, exact(p3), good, best)) if mean is None else exact(mean),
        )
        yield (kind, subject, grade), (scope, name), point


def _mean_of(shares: tuple[Fraction | None, ...]) -> Fraction | None:
    """Return the mean mark that the shares of «2»–«5» give; rounded shares count by their sum."""
    known = [share for share in shares if share is not None]
    whole = sum(known, Fraction())
    if len(known) < len(shares) or not whole:
        return None
    return (
        sum((mark * share for mark, share in zip((2, 3, 4, 5), known, strict=True)), Fraction())
        / whole
    )


def _dynamics(workspace: Workspace) -> Iterable[tuple[ProcedureName, _Line, StatedPoint]]:
    for row in list_records(workspace, RecordKind.DYNAMICS):
        if row.procedure is None or row.scope is None:
            continue
        kind, _, subject, grade = row.procedure
        yield (kind, subject, grade), (row.scope, row.school), _of_record(row)


def _of_record(row: RecordRow) -> StatedPoint:
    success = exact(row.data.get("success"))
    participants = row.data.get("participants")
    return StatedPoint(
        row.year,
        participants if isinstance(participants, int) else None,
        None if success is None else 100 - success,
        success,
        exact(row.data.get("quality")),
        exact(row.data.get("mean")),
    )


def _joined(one: StatedPoint | None, other: StatedPoint) -> StatedPoint:
    """Return the figures of both; where both have one, that of the first stays."""
    if one is None:
        return other
    return StatedPoint(
        one.year,
        other.participants if one.participants is None else one.participants,
        _first(one.below, other.below),
        _first(one.success, other.success),
        _first(one.quality, other.quality),
        _first(one.mean, other.mean),
    )


def _first(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return other if one is None else one


def district_points(lines: Iterable[StatedLine]) -> Mapping[int, StatedPoint]:
    """Return what files say of the district itself by year; nothing where they say several things.

    Totals of a part of the schools are not the district; neither is one of two districts whose
    figures differ, for nothing says which of them is ours.
    """
    known: dict[int, list[StatedPoint]] = {}
    for line in lines:
        if line.scope is ReferenceScope.DISTRICT and not is_part_total(line.name):
            for point in line.points:
                known.setdefault(point.year, []).append(point)
    return {year: reduce(_joined, points) for year, points in known.items() if _agree(points)}


def _agree(points: Sequence[StatedPoint]) -> bool:
    """Return whether the figures of a year are the same up to their rounding."""
    for name in ("participants", "below", "success", "quality", "mean"):
        values = [value for point in points if (value := getattr(point, name)) is not None]
        if values and max(values) - min(values) > _ROUNDING:
            return False
    return True


def exact(value: Any) -> Fraction | None:
    """Return the number that is written, None for a text or for nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Fraction(str(value))
