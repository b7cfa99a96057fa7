"""Layout of distributions: bars of 100 % below each other, parts told apart by order and shade."""

from __future__ import annotations

from app.services.charts.bars import inks
from app.services.charts.figures import NO_DATA, Axis, bare_text, value_text
from app.services.charts.plane import Plane, draw_axis, label_lines, plane, row_height
from app.services.charts.scene import Box, Ink, Scene
from app.services.charts.sketch import PAD, Key, Sketch
from app.services.charts.types import Stack, StackRow, Unit

_AXIS = Axis(100.0, 20.0, Unit.PERCENT)
_BAR = 1.5


def lay_out_stack(chart: Stack, sketch: Sketch) -> Scene:
    """Return the picture of distributions."""
    colors = inks(chart.tint, len(chart.parts))
    sketch.title(chart.title)
    sketch.legend([Key(part, ink) for part, ink in zip(chart.parts, colors, strict=True)])
    labels, lines = label_lines(sketch, [row.title for row in chart.rows])
    counts = [_count(row) for row in chart.rows]
    room = max((sketch.wide(text) for text in counts), default=0.0) + 2 * PAD
    where = plane(sketch, labels, room, _AXIS)
    y = where.top
    for row, label, count in zip(chart.rows, lines, counts, strict=True):
        height = row_height(sketch, len(label), sketch.small * _BAR)
        middle = y + height / 2
        sketch.lines(labels, middle, label, anchor="end")
        _bar(chart, row, sketch, where, middle, colors)
        sketch.text(where.right + PAD, middle, count, ink=Ink.MUTED)
        y += height
    draw_axis(sketch, where, y)
    sketch.note(chart.note)
    return sketch.scene(chart.title)


def _count(row: StackRow) -> str:
    return "" if row.participants is None else f"{row.participants} чел."


def _bar(
    chart: Stack,
    row: StackRow,
    sketch: Sketch,
    where: Plane,
    middle: float,
    colors: tuple[Ink, ...],
) -> None:
    if not row.shares:
        sketch.text(where.left + PAD, middle, NO_DATA, ink=Ink.MUTED)
        return
    thick = sketch.small * _BAR
    whole, start = sum(row.shares), 0.0
    for part, share, ink in zip(chart.parts, row.shares, colors, strict=True):
        # Rounded shares of a file may add up to 100,2: the bar stays 100 % long.
        end = start + (100.0 * share / whole if whole else 0.0)
        left, right = where.x(start), where.x(end)
        if right > left:
            tip = f"{row.title}, {part}: {value_text(share, Unit.PERCENT)}"
            box = Box(left, middle - thick / 2, right - left, thick, ink, Ink.AXIS, tip)
            sketch.add(box)
            _share(sketch, box, bare_text(share, Unit.PERCENT))
        start = end


def _share(sketch: Sketch, box: Box, text: str) -> None:
    """Write a share into its part where it fits, on a plain ground: hatching would hide it."""
    width = sketch.wide(text)
    if width + 2 > box.width:
        return
    x, middle = box.x + box.width / 2, box.y + box.height / 2
    half = sketch.small * 0.55
    sketch.add(Box(x - width / 2 - 1, middle - half, width + 2, 2 * half, Ink.GROUND))
    sketch.text(x, middle, text, anchor="middle")
