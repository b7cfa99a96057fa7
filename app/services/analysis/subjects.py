"""The table of subjects that offices print: качество, средний балл, успеваемость in two years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.models.enums import AssessmentKind
from app.services.analysis.dynamics import year_points
from app.services.analysis.limits import AnalysisLimits, analysis_limits
from app.services.analysis.reading import Stated, district_points, stated_lines
from app.services.analysis.types import StatedPoint, SubjectLine, SubjectTable, YearPoint
from app.services.results import ResultRow, list_results
from app.services.workspace import Workspace


def subjects_table(
    workspace: Workspace,
    year: int,
    before: int | None = None,
    kind: AssessmentKind = AssessmentKind.VPR,
    school_id: int | None = None,
) -> SubjectTable:
    """Return the subjects of a year beside an earlier one (the last year held before it).

    A line per subject and grade, and one for the subject as a whole where it has several grades.
    What a file states of the district stands beside what the results of the schools give.
    """
    rows = [row for row in list_results(workspace, school_id=school_id) if row.kind is kind]
    if before is None:
        before = max((row.year for row in rows if row.year < year), default=year - 1)
    stated = stated_lines(workspace) if school_id is None else {}
    return table_of(rows, (before, year), kind, stated, analysis_limits())


def table_of(
    rows: Iterable[ResultRow],
    years: tuple[int, int],
    kind: AssessmentKind,
    stated: Stated,
    limits: AnalysisLimits,
) -> SubjectTable:
    """Return the table of results that are already read."""
    groups: dict[str, dict[int, list[ResultRow]]] = {}
    for row in rows:
        if row.year in years:
            groups.setdefault(row.subject, {}).setdefault(row.grade, []).append(row)
    for of_kind, subject, grade in stated:
        if of_kind is kind and _told(stated, (kind, subject, grade), years):
            groups.setdefault(subject, {}).setdefault(grade, [])
    lines: list[SubjectLine] = []
    for subject in sorted(groups):
        grades = groups[subject]
        for grade in sorted(grades):
            points = _told(stated, (kind, subject, grade), years)
            lines.append(_line((subject, grade), grades[grade], years, points, limits))
        if len(grades) > 1:
            together = [row for found in grades.values() for row in found]
            lines.append(_line((subject, None), together, years, {}, limits))
    return SubjectTable(kind, *years, tuple(lines))


def _line(
    what: tuple[str, int | None],
    rows: Sequence[ResultRow],
    years: tuple[int, int],
    stated: Mapping[int, StatedPoint],
    limits: AnalysisLimits,
) -> SubjectLine:
    points: dict[int, YearPoint] = {point.year: point for point in year_points(rows, limits)}
    before, now = years
    return SubjectLine(
        *what, points.get(before), points.get(now), stated.get(before), stated.get(now)
    )


def _told(
    stated: Stated, name: tuple[AssessmentKind, str, int], years: tuple[int, int]
) -> dict[int, StatedPoint]:
    """Return what files say of the district itself in these years."""
    points = district_points(stated.get(name, ()))
    return {year: point for year, point in points.items() if year in years}
