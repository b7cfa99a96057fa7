"""Layout of bars: upright columns while every label and value fits, rows below each other else."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.charts.figures import Axis, axis_for, bare_text, tick_text, value_text
from app.services.charts.plane import Plane, draw_axis, label_lines, plane, row_height
from app.services.charts.scene import MARKS, SERIES, YEARS, Box, Ink, Scene, Segment
from app.services.charts.sketch import LINE, PAD, Key, Sketch, Stroke, fits, wrap
from app.services.charts.types import Bars, Tint

_COLUMN_LINES = 3
_MOST_COLUMNS = 12
_BAR = 1.05
"""Thickness of a bar in small sizes of type: its value fits beside it."""
_PLOT = 14.0
"""Height of upright columns in sizes of type."""


def inks(tint: Tint, count: int) -> tuple[Ink, ...]:
    """Return an ink for each of ``count`` series; of years the last is always the strongest."""
    match tint:
        case Tint.MARKS:
            family: tuple[Ink, ...] = MARKS
        case Tint.YEARS:
            family = YEARS[-count:] if count <= len(YEARS) else YEARS
        case Tint.SERIES:
            family = SERIES
    return tuple(family[n % len(family)] for n in range(count))


def lay_out_bars(chart: Bars, sketch: Sketch) -> Scene:
    """Return the picture of bars."""
    colors = inks(chart.tint, len(chart.series))
    axis = _axis(chart)
    sketch.title(chart.title)
    sketch.legend(_keys(chart, colors))
    if _upright(chart, sketch, axis):
        _columns(chart, sketch, axis, colors)
    else:
        _rows(chart, sketch, axis, colors)
    sketch.note(chart.note)
    return sketch.scene(chart.title)


def upright(chart: Bars, sketch: Sketch) -> bool:
    """Return whether the bars stand upright in the width of the sketch."""
    return _upright(chart, sketch, _axis(chart))


def reach(chart: Bars) -> float:
    """Return how far the axis has to go."""
    values = [value for one in chart.series for value in one.values if value is not None]
    return max((chart.reach, *values, *(level.value for level in chart.levels)))


def _axis(chart: Bars) -> Axis:
    return axis_for(chart.unit, [reach(chart)])


def _keys(chart: Bars, colors: Sequence[Ink]) -> list[Key]:
    several = len(chart.series) > 1
    keys = [Key(one.title, c) for one, c in zip(chart.series, colors, strict=True) if several]
    levels = [
        Key(f"{level.title}: {value_text(level.value, chart.unit)}", Ink.ALARM, Stroke.DASHED)
        for level in chart.levels
    ]
    return keys + levels


def _text(chart: Bars, value: float | None) -> str:
    return value_text(value, chart.unit, [level.value for level in chart.levels])


def _bare(chart: Bars, value: float | None) -> str:
    return bare_text(value, chart.unit, [level.value for level in chart.levels])


def _pitch(chart: Bars, sketch: Sketch, axis: Axis) -> tuple[float, float]:
    """Return where the plot of upright columns begins, and the width of one group."""
    left = max(sketch.wide(tick_text(value, axis.unit)) for value in axis.ticks()) + PAD
    return left, (sketch.width - left) / max(len(chart.groups), 1)


def _upright(chart: Bars, sketch: Sketch, axis: Axis) -> bool:
    if chart.in_rows or len(chart.groups) > _MOST_COLUMNS:
        return False
    _, pitch = _pitch(chart, sketch, axis)
    bar = pitch * 0.8 / max(len(chart.series), 1)
    texts = [_bare(chart, value) for one in chart.series for value in one.values]
    if max((sketch.wide(text) for text in texts), default=0.0) + 1 > bar:
        return False
    return all(
        fits(group, pitch - PAD, sketch.measure, sketch.small, most=_COLUMN_LINES)
        for group in chart.groups
    )


def _columns(chart: Bars, sketch: Sketch, axis: Axis, colors: Sequence[Ink]) -> None:
    left, pitch = _pitch(chart, sketch, axis)
    top = sketch.y + sketch.small * LINE
    bottom = top + sketch.size * _PLOT
    _upright_axis(sketch, axis, left, (top, bottom))
    for level in chart.levels:
        y = bottom - (bottom - top) * axis.share(level.value)
        sketch.add(Segment(left, y, sketch.width, y, Ink.ALARM, 1.0, dashed=True))
    for number, group in enumerate(chart.groups):
        start = left + pitch * number
        thick = pitch * 0.8 / len(chart.series)
        for place, (one, ink) in enumerate(zip(chart.series, colors, strict=True)):
            x = start + pitch * 0.1 + thick * place
            value = one.values[number]
            height = 0.0 if value is None else (bottom - top) * axis.share(value)
            if value is not None:
                tip = f"{group}, {one.title}: {_text(chart, value)}"
                box = Box(x + 0.5, bottom - height, thick - 1, height, ink, Ink.AXIS, tip)
                sketch.add(box)
            ink_of = Ink.MUTED if value is None else Ink.TEXT
            sketch.text(
                x + thick / 2, bottom - height - sketch.small * 0.65,
                _bare(chart, value), ink=ink_of, anchor="middle",
            )  # fmt: skip
    _group_labels(chart, sketch, left, pitch, bottom)


def _upright_axis(sketch: Sketch, axis: Axis, left: float, ends: tuple[float, float]) -> None:
    top, bottom = ends
    for value in axis.ticks():
        y = bottom - (bottom - top) * axis.share(value)
        sketch.add(Segment(left, y, sketch.width, y, Ink.AXIS if value == 0 else Ink.GRID))
        text = tick_text(value, axis.unit)
        sketch.text(left - PAD, y, text, ink=Ink.MUTED, anchor="end")


def _group_labels(chart: Bars, sketch: Sketch, left: float, pitch: float, bottom: float) -> None:
    step = sketch.small * LINE
    most = 0
    for number, group in enumerate(chart.groups):
        lines = wrap(group, pitch - PAD, sketch.measure, sketch.small, most=_COLUMN_LINES)
        most = max(most, len(lines))
        for place, line in enumerate(lines):
            y = bottom + PAD + step * (place + 0.5)
            sketch.text(left + pitch * (number + 0.5), y, line, anchor="middle")
    sketch.y = bottom + PAD + step * most
    if any(value is None for one in chart.series for value in one.values):
        sketch.note("Тире: нет данных.")


def _rows(chart: Bars, sketch: Sketch, axis: Axis, colors: Sequence[Ink]) -> None:
    labels, lines = label_lines(sketch, chart.groups)
    texts = [_text(chart, value) for one in chart.series for value in one.values]
    room = max((sketch.wide(text) for text in texts), default=0.0) + 2 * PAD
    where = plane(sketch, labels, room, axis)
    thick = sketch.small * _BAR
    y = where.top
    for number in range(len(chart.groups)):
        height = row_height(sketch, len(lines[number]), thick * len(chart.series))
        sketch.lines(labels, y + height / 2, lines[number], anchor="end")
        start = y + (height - thick * len(chart.series)) / 2
        for place, ink in enumerate(colors):
            _row_bar(chart, sketch, where, (number, place), start + thick * place, ink)
        y += height
    draw_axis(sketch, where, y)
    for level in chart.levels:
        x = where.x(level.value)
        sketch.add(Segment(x, where.top, x, y, Ink.ALARM, 1.0, dashed=True))


def _row_bar(
    chart: Bars, sketch: Sketch, where: Plane, at: tuple[int, int], y: float, ink: Ink
) -> None:
    thick = sketch.small * _BAR
    group, series = chart.groups[at[0]], chart.series[at[1]]
    value = series.values[at[0]]
    text = _text(chart, value)
    end = where.left if value is None else where.x(value)
    if value is not None:
        tip = f"{group}, {series.title}: {text}"
        sketch.add(Box(where.left, y + 0.5, end - where.left, thick - 1, ink, Ink.AXIS, tip))
    middle = y + thick / 2
    for level in chart.levels:
        if end < where.x(level.value) < end + 2 * PAD + sketch.wide(text):
            end = where.x(level.value)  # the line of a level must not run through a number
    ink_of = Ink.MUTED if value is None else Ink.TEXT
    sketch.text(end + PAD, middle, text, ink=ink_of)
