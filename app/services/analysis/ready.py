"""Pictures of the whole district that papers and the command line ask for by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.errors import UserError
from app.models.enums import AssessmentKind
from app.services import methodology
from app.services.analysis.limits import analysis_limits
from app.services.analysis.pictures import bars_of_pivot, heat_of_pivot, marks_of_groups
from app.services.analysis.pivot import Field, Layout, pivot
from app.services.analysis.weighted import Measure, Scale, scale_of
from app.services.charts import Bars, Heat, Level, Stack
from app.services.results import ResultRow, list_results
from app.services.workspace import Workspace

_SHARES = (Measure.BELOW, Measure.SUCCESS, Measure.QUALITY)


def bars_by_school(
    workspace: Workspace,
    measure: Measure = Measure.BELOW,
    kind: AssessmentKind | None = None,
    school_id: int | None = None,
) -> Bars:
    """Return a share by school and year, over all procedures or those of one kind, weighted.

    Shares of «2» get the line of the threshold of the newest year.
    """
    rows = _of_kind(list_results(workspace, school_id=school_id), kind)
    level = None
    if measure is Measure.BELOW and rows:
        level = threshold(workspace, max(row.year for row in rows))
    found = pivot(rows, Layout((Field.SCHOOL,), (Field.YEAR,), _share(measure)))
    return bars_of_pivot(found, Scale.MARK, level)


def heat_by_procedure(
    workspace: Workspace,
    year: int,
    measure: Measure = Measure.BELOW,
    kind: AssessmentKind | None = None,
) -> Heat:
    """Return the table school × procedure of a year; the darker, the larger the share."""
    rows = _of_kind(list_results(workspace, year), kind)
    found = pivot(rows, Layout((Field.SCHOOL,), (Field.PROCEDURE,), _share(measure)))
    heat = heat_of_pivot(found, Scale.MARK, analysis_limits().heat_steps)
    return replace(heat, title=f"{heat.title}, {year} год")


def marks_by_school(workspace: Workspace, year: int, kind: AssessmentKind | None = None) -> Stack:
    """Return the distribution of marks of every school in a year, weighted over procedures.

    Exams with test scores give no marks and are left out.
    """
    rows = _of_kind(list_results(workspace, year), kind)
    by_id = {row.id: row for row in rows}
    found = pivot(rows, Layout((Field.SCHOOL,), (), Measure.PARTICIPANTS))
    groups = [
        (head.text, [by_id[number] for number in found.row_totals[head.key].results])
        for head in found.rows
    ]
    of_kind = f", {kind.value}" if kind is not None else ""
    return marks_of_groups(f"Распределение отметок по школам, {year} год{of_kind}", groups)


def means_by_procedure(workspace: Workspace, kind: AssessmentKind, years: int = 3) -> Bars:
    """Return the mean of the district by procedure over the last years held, weighted.

    Of the ЕГЭ only exams with test scores are shown: marks have another axis.
    """
    scale = Scale.TEST if kind is AssessmentKind.EGE else Scale.MARK
    rows = [row for row in _of_kind(list_results(workspace), kind) if scale_of(row) is scale]
    last = sorted({row.year for row in rows})[-years:]
    shown = [row for row in rows if row.year in last]
    found = pivot(shown, Layout((Field.PROCEDURE,), (Field.YEAR,), Measure.MEAN))
    title = f"Средний балл, {kind.value}"
    return replace(bars_of_pivot(found, scale), title=title)


def threshold(workspace: Workspace, year: int) -> Level | None:
    """Return the threshold of a low result in a year as a line; None without a methodology."""
    try:
        rules = methodology.rules_for(workspace, year)
    except UserError:
        return None  # the picture is drawn without the line
    return Level("Порог", float(rules.threshold_percent))


def _share(measure: Measure) -> Measure:
    if measure not in _SHARES:
        raise ValueError("only shares have one axis over all procedures")
    return measure


def _of_kind(rows: Iterable[ResultRow], kind: AssessmentKind | None) -> list[ResultRow]:
    return [row for row in rows if kind is None or row.kind is kind]
