"""Which pictures show a selection of results; worked out beside the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.services import analysis, scales
from app.services.analysis import Distribution, Field, Layout, Measure, Pivot, Scale
from app.services.charts import Chart, Level
from app.services.results import ResultRow
from app.services.workspace import Workspace

MOST_SERIES = 6
"""More bars in a group cannot be told apart by colour."""
MOST_PICTURES = 12
MOST_ROWS = 200


class Picture(StrEnum):
    """Kinds of pictures."""

    BARS = "bars"
    HEAT = "heat"
    MARKS = "marks"
    YEARS = "years"
    SCORES = "scores"


PICTURE_TITLES = {
    Picture.BARS: "Столбцы",
    Picture.HEAT: "Тепловая таблица",
    Picture.MARKS: "Распределение отметок",
    Picture.YEARS: "По годам",
    Picture.SCORES: "Баллы участников",
}


@dataclass(frozen=True)
class Request:
    """What is to be drawn; ``school_id`` is the school of the filter."""

    picture: Picture
    layout: Layout
    rows: tuple[ResultRow, ...]
    school_id: int | None
    year: int | None
    """The year whose methodology gives the threshold that is drawn."""


@dataclass(frozen=True)
class Pictures:
    """The pictures, or why there are none and what to do."""

    charts: tuple[Chart, ...]
    heading: str = ""
    advice: str = ""


def pictures(workspace: Workspace, request: Request) -> Pictures:
    """Return the pictures of a request."""
    if not request.rows:
        return Pictures((), "Рисовать нечего", "Ни один результат не подходит под отбор.")
    return _MAKERS[request.picture](workspace, request)


def _bars(workspace: Workspace, request: Request) -> Pictures:
    found = analysis.pivot(request.rows, request.layout)
    refused = _too_much(found, request.layout.measure)
    if refused:
        return refused
    if len(found.columns) > MOST_SERIES:
        return Pictures(
            (),
            f"Столбцов в группе {len(found.columns)}: их не различить",
            f"Выберите в «Столбцах» поле, у которого не больше {MOST_SERIES} значений, или "
            "тепловую таблицу.",
        )
    return Pictures((analysis.bars_of_pivot(found, _scale(request), _level(workspace, request)),))


def _heat(_workspace: Workspace, request: Request) -> Pictures:
    found = analysis.pivot(request.rows, request.layout)
    refused = _too_much(found, request.layout.measure)
    if refused:
        return refused
    if request.layout.measure not in (Measure.BELOW, Measure.SUCCESS, Measure.QUALITY):
        return Pictures(
            (),
            "Тепловая таблица показывает доли",
            "Выберите показатель в процентах: долю «2», успеваемость или качество.",
        )
    steps = analysis.analysis_limits().heat_steps
    return Pictures((analysis.heat_of_pivot(found, _scale(request), steps),))


def _too_much(found: Pivot, measure: Measure) -> Pictures | None:
    if measure is Measure.MEAN and found.grand.total.mixed:
        return Pictures(
            (),
            "Отметки и тестовые баллы на одной оси не рисуются",
            "Выберите в отборе одну процедуру: ВПР и ОГЭ или ЕГЭ.",
        )
    if len(found.rows) > MOST_ROWS:
        return Pictures(
            (),
            f"Строк {len(found.rows)}: картинка будет нечитаемой",
            f"Сузьте отбор: рисуется не больше {MOST_ROWS} строк.",
        )
    return None


def _scale(request: Request) -> Scale:
    return analysis.scale_of(request.rows[0])


def _level(workspace: Workspace, request: Request) -> Level | None:
    below = request.layout.measure is Measure.BELOW
    if not below or request.year is None:
        return None
    return analysis.threshold(workspace, request.year)


def _marks(_workspace: Workspace, request: Request) -> Pictures:
    """Draw a bar per row of the pivot; the columns of the pivot are joined."""
    fields = request.layout.rows
    groups: dict[tuple[str, ...], list[ResultRow]] = {}
    rows = Layout(fields, (), Measure.PARTICIPANTS)
    by_id = {row.id: row for row in request.rows}
    found = analysis.pivot(request.rows, rows)
    for head in found.rows:
        cell = found.row_totals[head.key]
        groups[head.texts] = [by_id[number] for number in cell.results]
    refused = _too_much(found, Measure.PARTICIPANTS)
    if refused:
        return refused
    titled = [(", ".join(texts) or "Все результаты", group) for texts, group in groups.items()]
    return Pictures((analysis.marks_of_groups(_marks_title(request), titled),))


def _marks_title(request: Request) -> str:
    """Return a title that names what all rows share."""
    shared = []
    for field in (Field.PROCEDURE, Field.YEAR):
        texts = {analysis.field_text(row, field) for row in request.rows}
        if len(texts) == 1:
            shared.append(texts.pop() + (" год" if field is Field.YEAR else ""))
    return f"Распределение отметок: {', '.join(shared)}" if shared else "Распределение отметок"


def _years(workspace: Workspace, request: Request) -> Pictures:
    wanted = {(row.kind, row.subject, row.grade) for row in request.rows}
    found = analysis.dynamics(workspace, request.school_id)
    measure = request.layout.measure
    if measure in (Measure.PARTICIPANTS, Measure.BELOW_COUNT):
        return Pictures((), "По годам рисуются доли и средний балл", "Выберите другой показатель.")
    lines = [one for one in found.procedures if one.procedure in wanted]
    level = _level(workspace, request)
    charts = tuple(
        analysis.lines_of(one, found.title, measure, level) for one in lines[:MOST_PICTURES]
    )
    return Pictures(charts)


def _scores(workspace: Workspace, request: Request) -> Pictures:
    wanted = {(row.kind, row.subject, row.grade, row.year) for row in request.rows}
    schools = {row.school_id for row in request.rows}
    known = scales.in_force(workspace)
    found = [
        one
        for year in sorted({row.year for row in request.rows}, reverse=True)
        for one in analysis.distributions(workspace, year)
        if (*one.procedure, one.year) in wanted and one.school_id in schools
    ]
    together = _together(found, request.school_id)
    charts = []
    for one in together[:MOST_PICTURES]:
        scale = analysis.scale_of_scores(one, known)
        starts = None if scale is None else analysis.starts_of(scale)
        minimum = analysis.minimum_of(one, known)
        charts.append(analysis.histogram_of(one, starts, minimum))
    if not charts:
        return Pictures(
            (),
            "Распределений баллов нет",
            "Загрузите отчёт ФИС ОКО «Распределение первичных баллов» или протоколы экзаменов: "
            "баллы посчитаются по школам, фамилии не сохранятся.",
        )
    return Pictures(tuple(charts))


def _together(found: Sequence[Distribution], school_id: int | None) -> list[Distribution]:
    """Return the distributions of a procedure over all schools, or of the one that is asked."""
    groups: dict[object, list[Distribution]] = {}
    for one in found:
        # Of a protocol the highest score says nothing: nobody may have reached that of the scale.
        top = None if one.counted and not one.test else one.highest
        groups.setdefault((one.procedure, one.year, top), []).append(one)
    return [analysis.joined(group, group[0].name if school_id is not None else "Школы отбора")
            for group in groups.values()]  # fmt: skip


_MAKERS: Mapping[Picture, Callable[[Workspace, Request], Pictures]] = {
    Picture.BARS: _bars,
    Picture.HEAT: _heat,
    Picture.MARKS: _marks,
    Picture.YEARS: _years,
    Picture.SCORES: _scores,
}
