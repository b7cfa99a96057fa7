"""Layout of a table of numbers on grounds of five steps; the number itself is always written."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from app.services.charts.figures import NO_DATA, bare_text, number_text, value_text
from app.services.charts.plane import label_lines, row_height
from app.services.charts.scene import HEATS, Box, Ink, Label, Scene
from app.services.charts.sketch import LINE, PAD, Key, Sketch, fits, wrap
from app.services.charts.types import Heat, Unit

_TITLE_LINES = 3
_TURNED = 9.0
"""Most room for a turned title, in sizes of type."""


@dataclass(frozen=True, slots=True)
class _Grid:
    labels: float
    pitch: float
    turned: bool


def lay_out_heat(chart: Heat, sketch: Sketch) -> Scene:
    """Return the table; it is wider than asked where its columns need the room."""
    labels, lines = label_lines(sketch, chart.rows)
    grid = _grid(chart, sketch, labels)
    sketch.title(chart.title)
    sketch.legend(_keys(chart))
    _titles(chart, sketch, grid)
    y = sketch.y
    for number, values in enumerate(chart.values):
        height = row_height(sketch, len(lines[number]), sketch.small * LINE)
        sketch.lines(labels, y + height / 2, lines[number], anchor="end")
        for place, value in enumerate(values):
            _cell(chart, sketch, grid, (number, place, y, height), value)
        y += height
    sketch.y = y + PAD
    sketch.note(chart.note)
    scene = sketch.scene(chart.title)
    needed = labels + 2 * PAD + grid.pitch * len(chart.columns)
    return Scene(max(scene.width, needed), scene.height, scene.shapes, scene.title)


def _grid(chart: Heat, sketch: Sketch, labels: float) -> _Grid:
    texts = [bare_text(value, chart.unit, chart.steps) for row in chart.values for value in row]
    least = max((sketch.wide(text) for text in texts), default=0.0) + 2 * PAD
    room = sketch.width - labels - 2 * PAD
    count = max(len(chart.columns), 1)
    pitch = max(least, min(room / count, sketch.size * 8))
    turned = not all(
        fits(title, pitch - PAD, sketch.measure, sketch.small, most=_TITLE_LINES)
        for title in chart.columns
    )
    return _Grid(labels, max(pitch, sketch.small * LINE + PAD) if turned else pitch, turned)


def _keys(chart: Heat) -> list[Key]:
    texts = [_border(value) for value in chart.steps]
    sign = " %" if chart.unit is Unit.PERCENT else ""
    between = [f"{a}–{b}{sign}" for a, b in pairwise(texts)]
    last = f"больше {texts[-1]}{sign}" if chart.low_is_dark else f"{texts[-1]}{sign} и больше"
    titles = [f"до {texts[0]}{sign}", *between, last]
    inks = reversed(HEATS) if chart.low_is_dark else HEATS
    keys = [Key(title, ink) for title, ink in zip(titles, inks, strict=True)]
    empty = any(value is None for row in chart.values for value in row)
    return [*keys, Key(f"– {NO_DATA}", Ink.GROUND)] if empty else keys


def _border(value: float) -> str:
    return number_text(value, 0 if value == int(value) else 1)


def _titles(chart: Heat, sketch: Sketch, grid: _Grid) -> None:
    left = grid.labels + 2 * PAD
    if grid.turned:
        _turned_titles(chart, sketch, grid, left)
        return
    blocks = [
        wrap(title, grid.pitch - PAD, sketch.measure, sketch.small, most=_TITLE_LINES)
        for title in chart.columns
    ]
    step = sketch.small * LINE
    most = max((len(block) for block in blocks), default=0)
    for place, block in enumerate(blocks):
        x = left + grid.pitch * (place + 0.5)
        first = sketch.y + step * (most - len(block) + 0.5)
        for number, line in enumerate(block):
            sketch.text(x, first + step * number, line, anchor="middle")
    sketch.y += step * most + PAD


def _turned_titles(chart: Heat, sketch: Sketch, grid: _Grid, left: float) -> None:
    room = sketch.size * _TURNED
    most = int((grid.pitch - 2) / (sketch.small * LINE)) or 1
    blocks = [wrap(title, room, sketch.measure, sketch.small, most=most) for title in chart.columns]
    high = max((sketch.wide(line) for block in blocks for line in block), default=0.0)
    bottom = sketch.y + high + PAD
    for place, block in enumerate(blocks):
        middle = left + grid.pitch * (place + 0.5)
        first = middle - sketch.small * LINE * (len(block) - 1) / 2
        for number, line in enumerate(block):
            x = first + sketch.small * LINE * number + sketch.small * 0.35
            sketch.add(Label(x, bottom - PAD, line, sketch.small, turned=True))
    sketch.y = bottom


def _cell(
    chart: Heat,
    sketch: Sketch,
    grid: _Grid,
    at: tuple[int, int, float, float],
    value: float | None,
) -> None:
    row, column, y, height = at
    x = grid.labels + 2 * PAD + grid.pitch * column
    fill = Ink.GROUND if value is None else HEATS[step_of(value, chart)]
    tip = (
        f"{chart.rows[row]}, {chart.columns[column]}: {value_text(value, chart.unit, chart.steps)}"
    )
    sketch.add(Box(x, y, grid.pitch, height, fill, Ink.GRID, tip))
    text = bare_text(value, chart.unit, chart.steps)
    ink = Ink.MUTED if value is None else Ink.TEXT
    over = None if value is None else fill
    middle = x + grid.pitch / 2
    sketch.text(middle, y + height / 2, text, ink=ink, anchor="middle", over=over)


def step_of(value: float, chart: Heat) -> int:
    """Return which of the five grounds a value stands on: a border belongs to the darker one."""
    if chart.low_is_dark:
        return sum(value <= border for border in chart.steps)
    return sum(value >= border for border in chart.steps)
