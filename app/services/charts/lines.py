"""Layout of lines over time: each series has its own sign and stroke, so colour is not needed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.services.charts.figures import Axis, axis_for, bare_text, tick_text, value_text
from app.services.charts.scene import SERIES, Ink, Scene, Segment, Spot
from app.services.charts.sketch import LINE, PAD, Key, Sketch, SpotSign, Stroke, wrap
from app.services.charts.types import Lines

_PLOT = 14.0
_LABEL_LINES = 2


def lay_out_lines(chart: Lines, sketch: Sketch) -> Scene:
    """Return the picture of lines."""
    values = [value for one in chart.series for value in one.values]
    axis = axis_for(chart.unit, [*values, *(level.value for level in chart.levels)])
    sketch.title(chart.title)
    sketch.legend(_keys(chart))
    _plot(chart, sketch, axis)
    if any(value is None for value in values):
        sketch.note("Пропуск в линии: нет данных.")
    sketch.note(chart.note)
    return sketch.scene(chart.title)


def _keys(chart: Lines) -> list[Key]:
    keys = [Key(one.title, _ink(n), _sign(n)) for n, one in enumerate(chart.series)]
    for level in chart.levels:
        text = f"{level.title}: {value_text(level.value, chart.unit)}"
        keys.append(Key(text, Ink.ALARM, Stroke.DASHED))
    return keys


def _plot(chart: Lines, sketch: Sketch, axis: Axis) -> None:
    left = max(sketch.wide(tick_text(value, axis.unit)) for value in axis.ticks()) + PAD
    top = sketch.y + sketch.small * LINE
    bottom = top + sketch.size * _PLOT
    pitch = (sketch.width - left) / max(len(chart.steps), 1)
    for value in axis.ticks():
        y = bottom - (bottom - top) * axis.share(value)
        sketch.add(Segment(left, y, sketch.width, y, Ink.AXIS if value == 0 else Ink.GRID))
        text = tick_text(value, axis.unit)
        sketch.text(left - PAD, y, text, ink=Ink.MUTED, anchor="end")
    for level in chart.levels:
        y = bottom - (bottom - top) * axis.share(level.value)
        sketch.add(Segment(left, y, sketch.width, y, Ink.ALARM, 1.0, dashed=True))
    xs = [left + pitch * (n + 0.5) for n in range(len(chart.steps))]
    ys = [[_height(v, axis, top, bottom) for v in one.values] for one in chart.series]
    for number in range(len(chart.series)):
        _line(chart, sketch, number, list(zip(xs, ys[number], strict=True)))
    every = _steps(chart, sketch, xs, (pitch, bottom))
    _table(chart, sketch, xs[::every], every)


def _height(value: float | None, axis: Axis, top: float, bottom: float) -> float | None:
    return None if value is None else bottom - (bottom - top) * axis.share(value)


def _line(
    chart: Lines, sketch: Sketch, number: int, points: Sequence[tuple[float, float | None]]
) -> None:
    """Draw one series; a step without data breaks the line."""
    series, ink, sign = chart.series[number], _ink(number), _sign(number)
    for (x1, y1), (x2, y2) in pairwise(points):
        if y1 is not None and y2 is not None:
            sketch.add(Segment(x1, y1, x2, y2, ink, 1.75, dashed=bool(number % 2)))
    for step, (x, y) in enumerate(points):
        if y is not None:
            tip = f"{chart.steps[step]}, {series.title}: {_bare(chart, series.values[step])}"
            look = (sign.diamond, sign.hollow)
            sketch.add(Spot(x, y, sketch.small * 0.36, ink, *look, tip))


def _table(chart: Lines, sketch: Sketch, xs: Sequence[float], every: int) -> None:
    """Write the values below the steps, a line per series: beside the points they would collide."""
    line = sketch.small * LINE
    for number, one in enumerate(chart.series):
        middle = sketch.y + line * (number + 0.5)
        radius = sketch.small * 0.36
        sign = _sign(number)
        sketch.add(Spot(radius * 2, middle, radius, _ink(number), sign.diamond, sign.hollow))
        for x, value in zip(xs, one.values[::every], strict=True):
            ink = Ink.MUTED if value is None else Ink.TEXT
            text = _bare(chart, value)
            sketch.text(sketch.inside(x, text), middle, text, ink=ink, anchor="middle")
    sketch.y += line * len(chart.series)


def _bare(chart: Lines, value: float | None) -> str:
    return bare_text(value, chart.unit, [level.value for level in chart.levels])


def _ink(number: int) -> Ink:
    return SERIES[number % len(SERIES)]


def _sign(number: int) -> SpotSign:
    """Return the sign of a series: discs and diamonds in turn, from the third on hollow."""
    return SpotSign(diamond=bool(number % 2), hollow=number % 4 >= 2)


def _steps(chart: Lines, sketch: Sketch, xs: Sequence[float], at: tuple[float, float]) -> int:
    """Write the titles of the steps and return which are shown: 1 all, 2 every second…"""
    pitch, bottom = at
    texts = [_bare(chart, value) for one in chart.series for value in one.values]
    texts += [word for step in chart.steps for word in step.split(" ")]
    widest = max((sketch.wide(text) for text in texts), default=0.0)
    every = 1
    while pitch * every < widest + PAD and every < len(xs):
        every += 1
    line, most = sketch.small * LINE, 1
    for x, step in list(zip(xs, chart.steps, strict=True))[::every]:
        room = pitch * every - PAD
        lines = wrap(step, room, sketch.measure, sketch.small, most=_LABEL_LINES)
        most = max(most, len(lines))
        for place, text in enumerate(lines):
            down = bottom + PAD + line * (place + 0.5)
            sketch.text(sketch.inside(x, text), down, text, anchor="middle")
    sketch.y = bottom + PAD + line * most
    return every
