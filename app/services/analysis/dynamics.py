"""Procedures over the years: the school, its district, what files state, and the trend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from app.errors import UserError
from app.services.analysis.limits import AnalysisLimits, analysis_limits
from app.services.analysis.reading import stated_lines
from app.services.analysis.types import (
    Dynamics,
    ProcedureDynamics,
    ProcedureName,
    StatedLine,
    YearPoint,
)
from app.services.analysis.uncertainty import Direction, Share, Trend, trend
from app.services.analysis.weighted import Measure, scale_of, sum_of, weighted
from app.services.analysis.words import points_text
from app.services.results import ResultRow, list_results
from app.services.schools import list_schools
from app.services.workspace import Workspace

DISTRICT = "Район"
_ByProcedure = dict[ProcedureName, list[ResultRow]]


def dynamics(workspace: Workspace, school_id: int | None = None) -> Dynamics:
    """Return every procedure over all stored years, of a school or of the whole district.

    A school gets only the procedures that it had; UserError when there is no such school.
    """
    rows = list_results(workspace)
    title = DISTRICT if school_id is None else _school(workspace, school_id)
    return dynamics_of(rows, school_id, title, stated_lines(workspace), analysis_limits())


def dynamics_of(
    rows: Sequence[ResultRow],
    school_id: int | None,
    title: str,
    stated: Mapping[ProcedureName, tuple[StatedLine, ...]],
    limits: AnalysisLimits,
) -> Dynamics:
    """Return the dynamics of results that are already read."""
    school = _by_procedure(row for row in rows if row.school_id == school_id)
    known = _by_procedure(rows)
    asked = school if school_id is not None else known
    district = {name: known[name] for name in asked}
    found = tuple(
        _procedure(name, school.get(name, ()), district[name], stated.get(name, ()), limits)
        for name in sorted(asked, key=_order)
    )
    return Dynamics(school_id, title, tuple(sorted({row.year for row in rows})), found)


def _school(workspace: Workspace, school_id: int) -> str:
    for school in list_schools(workspace):
        if school.id == school_id:
            return school.short_name
    raise UserError("Такой школы больше нет в реестре.", "Выберите школу снова.")


def _by_procedure(rows: Iterable[ResultRow]) -> _ByProcedure:
    found: _ByProcedure = {}
    for row in rows:
        found.setdefault((row.kind, row.subject, row.grade), []).append(row)
    return found


_KINDS = ("ВПР", "ОГЭ", "ЕГЭ")


def _order(name: ProcedureName) -> tuple[int, str, int]:
    return (_KINDS.index(name[0].value), name[1], name[2])


def _procedure(
    name: ProcedureName,
    school: Sequence[ResultRow],
    district: Sequence[ResultRow],
    stated: tuple[StatedLine, ...],
    limits: AnalysisLimits,
) -> ProcedureDynamics:
    scale = scale_of(district[0])
    own = school or district
    change = trend(shares_of(own), limits.trend_years)
    return ProcedureDynamics(
        name,
        scale,
        year_points(school, limits),
        year_points(district, limits),
        stated,
        change,
        trend_text(change, limits.small_sample),
    )


def year_points(rows: Iterable[ResultRow], limits: AnalysisLimits) -> tuple[YearPoint, ...]:
    """Return one point per year, ascending; growth is measured against the year before only."""
    by_year: dict[int, list[ResultRow]] = {}
    for row in rows:
        by_year.setdefault(row.year, []).append(row)
    points: dict[int, YearPoint] = {}
    for year in sorted(by_year):
        points[year] = _point(year, by_year[year], points.get(year - 1), limits)
    return tuple(points.values())


def _point(
    year: int, rows: Sequence[ResultRow], before: YearPoint | None, limits: AnalysisLimits
) -> YearPoint:
    below = weighted(rows, Measure.BELOW)
    growth = None
    if before is not None and before.below.value is not None and below.value is not None:
        growth = below.value - before.below.value
    return YearPoint(
        year,
        below,
        weighted(rows, Measure.SUCCESS),
        weighted(rows, Measure.QUALITY),
        weighted(rows, Measure.MEAN),
        growth,
        growth is not None and growth >= Fraction(str(limits.growth_points)),
        sum(row.participants for row in rows) < limits.small_sample,
    )


def shares_of(rows: Iterable[ResultRow]) -> tuple[Share, ...]:
    """Return the share of «2» of each year as part and whole, for the trend."""
    parts: dict[int, tuple[Fraction, int]] = {}
    for row in rows:
        amount = sum_of(row, Measure.BELOW)
        if amount is None or not row.participants:
            continue
        part, whole = parts.get(row.year, (Fraction(), 0))
        parts[row.year] = (part + amount, whole + row.participants)
    return tuple(
        Share(year, min(float(part / 100), float(whole)), whole)
        for year, (part, whole) in sorted(parts.items())
    )


_CHANGES = {Direction.UP: "выросла", Direction.DOWN: "снизилась"}


def trend_text(found: Trend | None, small_sample: int) -> str:
    """Return one Russian sentence about a trend, with its uncertainty in figures."""
    if found is None:
        return "Для тенденции нужны результаты хотя бы двух лет."
    years = f"{found.years[0]}–{found.years[-1]}"
    between = (
        f"95 %-й интервал от {points_text(found.interval.low)} "
        f"до {points_text(found.interval.high)} п. п."
    )
    if found.direction is Direction.STEADY:
        text = (
            f"За {years} годы доля «2» изменилась на {points_text(found.change)} п. п. "
            f"({between}): это не больше случайного разброса."
        )
    else:
        text = (
            f"За {years} годы доля «2» {_CHANGES[found.direction]} "
            f"на {points_text(abs(found.change), signed=False)} п. п. "
            f"({between}): это больше случайного разброса."
        )
    if found.smallest < small_sample:
        text += f" Малая выборка: в одном из лет участников {found.smallest}."
    return text
