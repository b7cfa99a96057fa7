"""Everything the page says of one school in a year, read beside the window."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from app.services import analysis, decimals
from app.services.analysis import (
    Comparison,
    Dynamics,
    Grade,
    Level,
    Measure,
    ProcedureDynamics,
    SchoolSignals,
    TaskLine,
    TaskReport,
    YearPoint,
    fixed,
    procedure_text,
)
from app.services.charts import Chart
from app.services.workspace import Workspace
from app.ui.numbers import Limits

_GRADES = (Grade.SHORT, Grade.BORDER, Grade.UNKNOWN, Grade.ENOUGH)


@dataclass(frozen=True)
class SchoolReport:
    """A school over the years and in one year."""

    title: str
    year: int
    dynamics: Dynamics
    lines: tuple[Chart, ...]
    comparison: Comparison
    dots: Chart | None
    signals: SchoolSignals
    tasks: tuple[TaskReport, ...]
    limits: Limits
    """The threshold of a low result in the year, in per cent."""


def school_report(
    workspace: Workspace, school_id: int, year: int, measure: Measure
) -> SchoolReport:
    """Return the report; UserError when the school is gone."""
    found = analysis.dynamics(workspace, school_id)
    shown = Measure.BELOW if measure in _COUNTS else measure
    level = analysis.threshold(workspace, year)
    lines = tuple(
        analysis.lines_of(one, found.title, shown, level)
        for one in found.procedures
        if any(point.year == year for point in one.school)
    )
    comparison = analysis.compare(workspace, school_id, year, shown)
    drawn = comparison.places and comparison.group.enough
    (signals,) = analysis.bias_signals(workspace, year, school_id)
    return SchoolReport(
        found.title,
        year,
        found,
        lines,
        comparison,
        analysis.dots_of(comparison, found.title) if drawn else None,
        signals,
        analysis.task_reports(workspace, year, school_id),
        (decimals.exact(level.value),) if level else (),
    )


_COUNTS = (Measure.PARTICIPANTS, Measure.BELOW_COUNT)


def growth_text(found: Dynamics, year: int, limits: Limits) -> str:
    """Return where the share of «2» grew by the limit or more in a year; empty for nowhere.

    ``limits`` are the thresholds of a low result, in per cent.
    """
    lines = [
        _growth(one, point, limits)
        for one in found.procedures
        for point in one.school
        if point.year == year and point.grown
    ]
    if not lines:
        return ""
    limit = fixed(analysis.analysis_limits().growth_points, 0)
    head = f"Доля «2» за год выросла на {limit} п. п. и больше – отрицательная динамика (ФИОКО):"
    return "\n".join((head, *lines))


def _growth(one: ProcedureDynamics, now: YearPoint, limits: Limits) -> str:
    before = next(point for point in one.school if point.year == now.year - 1)
    shares = [
        "" if point.below.value is None else decimals.share(point.below.value, *limits)
        for point in (before, now)
    ]
    counts = f"участников {before.below.participants} и {now.below.participants}"
    small = ", малая выборка" if before.small or now.small else ""
    return f"{procedure_text(*one.procedure)}: с {shares[0]} до {shares[1]} % ({counts}{small})"


def task_texts(report: TaskReport) -> tuple[str, ...]:
    """Return a sentence per judgement, with the tasks and their per cents."""
    found = []
    for grade in _GRADES:
        tasks = [task for task in report.tasks if task.grade is grade]
        if tasks:
            listed = ", ".join(_task(task) for task in tasks)
            found.append(f"{grade.value.capitalize()}: {listed}.")
    return tuple(found)


def _task_limits() -> tuple[Fraction, ...]:
    """Return the limits that the judgement of a task stands on."""
    both = analysis.analysis_limits().tasks
    limits = (both.basic.enough, both.basic.short, both.advanced.enough, both.advanced.short)
    return tuple(map(decimals.exact, limits))


def _task(task: TaskLine) -> str:
    text = f"№ {task.code} – {decimals.share(task.percent, *_task_limits())} %"
    others = []
    if task.district is not None:
        others.append(f"район {fixed(task.district, 1)} %")
    if task.region is not None:
        others.append(f"регион {fixed(task.region, 1)} %")
    level = {Level.BASIC: "базовое", Level.ADVANCED: "повышенное", None: ""}[task.level]
    notes = [note for note in (level, *others) if note]
    return f"{text} ({', '.join(notes)})" if notes else text
