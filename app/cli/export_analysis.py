"""The kinds of ``export`` that come from the analysis: signals, subjects and pictures."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from app.cli.places import newest_year
from app.errors import UserError
from app.services import analysis
from app.services.charts import Chart
from app.services.documents import write_picture
from app.services.exporting import write_signals, write_subjects
from app.services.workspace import Workspace

Filter = tuple[int | None, int | None]
"""Year and school that were asked for, None for all."""


def _signals(workspace: Workspace, arguments: argparse.Namespace, wanted: Filter) -> list[str]:
    year, school = wanted
    count = write_signals(workspace, arguments.out, year or newest_year(workspace), school)
    return [] if count else ["сравнивать не с чем: ни одного сигнала не посчитано."]


def _subjects(workspace: Workspace, arguments: argparse.Namespace, wanted: Filter) -> list[str]:
    year, school = wanted
    count = write_subjects(workspace, arguments.out, year or newest_year(workspace), school)
    return [] if count else ["результатов ВПР под это условие в базе нет."]


def _bars(workspace: Workspace, arguments: argparse.Namespace, wanted: Filter) -> list[str]:
    if wanted[0] is not None:
        raise UserError("Картинка показывает все годы.", "Уберите параметр --year.")
    return _draw(analysis.bars_by_school(workspace, school_id=wanted[1]), arguments)


def _heat(workspace: Workspace, arguments: argparse.Namespace, wanted: Filter) -> list[str]:
    _all_schools(wanted)
    year = wanted[0] or newest_year(workspace)
    return _draw(analysis.heat_by_procedure(workspace, year), arguments)


def _marks(workspace: Workspace, arguments: argparse.Namespace, wanted: Filter) -> list[str]:
    _all_schools(wanted)
    year = wanted[0] or newest_year(workspace)
    return _draw(analysis.marks_by_school(workspace, year), arguments)


def _all_schools(wanted: Filter) -> None:
    if wanted[1] is not None:
        raise UserError("Картинка показывает все школы.", "Уберите параметр --school.")


def _draw(chart: Chart, arguments: argparse.Namespace) -> list[str]:
    write_picture(chart, arguments.out)
    return []


WRITERS: Mapping[str, Callable[[Workspace, argparse.Namespace, Filter], list[str]]] = {
    "signals": _signals,
    "subjects": _subjects,
    "chart-years": _bars,
    "chart-procedures": _heat,
    "chart-marks": _marks,
}
"""What each of them writes; the answer is what a person should know of the file."""
