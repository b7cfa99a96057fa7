"""From a neutral picture to shapes on a plane; long ones in parts that fit a page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from app.services.charts import bars, dots
from app.services.charts.bars import lay_out_bars
from app.services.charts.dots import lay_out_dots
from app.services.charts.heat import lay_out_heat
from app.services.charts.histogram import lay_out_histogram
from app.services.charts.lines import lay_out_lines
from app.services.charts.scene import Measure, Scene
from app.services.charts.sketch import Sketch
from app.services.charts.stack import lay_out_stack
from app.services.charts.types import Bars, Chart, Dots, Heat, Histogram, Lines, Series, Stack

T = TypeVar("T")


def lay_out(chart: Chart, width: float, measure: Measure, size: float) -> Scene:
    """Return the picture laid out in ``width`` points with type of ``size`` points.

    The height follows from what is drawn; a heat table may come out wider than asked.
    """
    sketch = Sketch(width, measure, size)
    match chart:
        case Bars():
            return lay_out_bars(chart, sketch)
        case Lines():
            return lay_out_lines(chart, sketch)
        case Stack():
            return lay_out_stack(chart, sketch)
        case Histogram():
            return lay_out_histogram(chart, sketch)
        case Dots():
            return lay_out_dots(chart, sketch)
        case Heat():
            return lay_out_heat(chart, sketch)


def pages(
    chart: Chart, width: float, height: float, measure: Measure, size: float
) -> tuple[Scene, ...]:
    """Return the picture in as few parts as fit pages of ``width`` × ``height``, evenly filled.

    Parts keep the axis, the legend and the note, and say which of how many they are.  What cannot
    be divided (upright columns, lines, a histogram) comes back in one part whatever its height.
    """
    columns = _column_parts(chart, width, measure, size)
    rows = max((_row_parts(part, (width, height), measure, size) for part in columns), default=1)
    sketch = Sketch(width, measure, size)
    parts = [piece for part in columns for piece in _cut_rows(part, rows, sketch)]
    if len(parts) > 1:
        parts = [
            replace(part, title=f"{part.title} (часть {number} из {len(parts)})")
            for number, part in enumerate(parts, start=1)
        ]
    return tuple(lay_out(part, width, measure, size) for part in parts)


def _column_parts(chart: Chart, width: float, measure: Measure, size: float) -> list[Chart]:
    """Return a heat table cut into groups of columns that fit the width."""
    if not isinstance(chart, Heat):
        return [chart]
    for count in range(1, len(chart.columns) + 1):
        parts: list[Chart] = [
            replace(
                chart,
                columns=chart.columns[start:stop],
                values=tuple(row[start:stop] for row in chart.values),
            )
            for start, stop in pairwise(_borders(len(chart.columns), count))
        ]
        if all(lay_out(part, width, measure, size).width <= width for part in parts):
            return parts
    return [chart]


def _row_parts(chart: Chart, page: tuple[float, float], measure: Measure, size: float) -> int:
    """Return into how many parts the rows must be cut so that each fits the page."""
    width, height = page
    sketch = Sketch(width, measure, size)
    rows = _rows(chart, sketch)
    whole = lay_out(chart, width, measure, size).height
    for count in range(max(math.ceil(whole / height), 1), rows + 1):
        parts = _cut_rows(chart, count, sketch)
        if all(lay_out(part, width, measure, size).height <= height for part in parts):
            return count
    return max(rows, 1)


def _rows(chart: Chart, sketch: Sketch) -> int:
    """Return how many rows may be divided between parts; 1 where none may."""
    match chart:
        case Bars():
            return 1 if bars.upright(chart, sketch) else len(chart.groups)
        case Stack() | Heat():
            return len(chart.rows)
        case Dots():
            return len(chart.lanes)
        case Lines() | Histogram():
            return 1


def _cut_rows(chart: Chart, count: int, sketch: Sketch) -> list[Chart]:
    count = min(count, _rows(chart, sketch))
    if count <= 1:
        return [chart]
    return [
        _slice(chart, start, stop)
        for start, stop in pairwise(_borders(_rows(chart, sketch), count))
    ]


def _slice(chart: Chart, start: int, stop: int) -> Chart:
    match chart:
        case Bars():
            series = tuple(Series(s.title, _part(s.values, start, stop)) for s in chart.series)
            groups = _part(chart.groups, start, stop)
            far = bars.reach(chart)
            return replace(chart, groups=groups, series=series, reach=far, in_rows=True)
        case Stack():
            return replace(chart, rows=_part(chart.rows, start, stop))
        case Heat():
            rows = _part(chart.rows, start, stop)
            return replace(chart, rows=rows, values=_part(chart.values, start, stop))
        case Dots():
            lanes = _part(chart.lanes, start, stop)
            return replace(chart, lanes=lanes, reach=dots.reach(chart))
        case Lines() | Histogram():
            return chart


def _part(items: tuple[T, ...], start: int, stop: int) -> tuple[T, ...]:
    return items[start:stop]


def _borders(length: int, count: int) -> Sequence[int]:
    """Return where ``count`` parts of nearly equal length begin and end."""
    return [round(length * n / count) for n in range(count + 1)]
