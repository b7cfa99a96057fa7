"""Rows with a label at the left and a horizontal axis: what bars, stacks and lanes share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.charts.figures import Axis, tick_text
from app.services.charts.scene import Ink, Segment
from app.services.charts.sketch import LINE, PAD, Sketch, wrap

_LABEL_SHARE = 0.36
_LABEL_LINES = 2


@dataclass(frozen=True, slots=True)
class Plane:
    """Where rows are drawn: ``left``–``right`` is the axis, ``top`` the first row."""

    left: float
    right: float
    top: float
    axis: Axis

    def x(self, value: float) -> float:
        """Return the place of a value."""
        return self.left + (self.right - self.left) * self.axis.share(value)


def label_lines(sketch: Sketch, titles: Sequence[str]) -> tuple[float, tuple[tuple[str, ...], ...]]:
    """Return the width of the column of labels and the lines of each label."""
    most = sketch.width * _LABEL_SHARE
    widest = max((sketch.wide(title) for title in titles), default=0.0)
    room = min(widest, most)
    lines = tuple(
        wrap(title, room + 0.01, sketch.measure, sketch.small, most=_LABEL_LINES)
        for title in titles
    )
    return room, lines


def plane(sketch: Sketch, labels: float, right: float, axis: Axis) -> Plane:
    """Return the plane right of ``labels`` that leaves ``right`` for what follows the bars."""
    return Plane(labels + 2 * PAD, sketch.width - right, sketch.y, axis)


def row_height(sketch: Sketch, lines: int, content: float) -> float:
    """Return the height of a row: its label or its content, whichever needs more, and a gap."""
    return max(lines * sketch.small * LINE, content) + sketch.small * 0.6


def draw_axis(sketch: Sketch, where: Plane, bottom: float) -> None:
    """Draw the grid behind the rows down to ``bottom`` and the ticks below it."""
    grid = []
    for value in where.axis.ticks():
        x = where.x(value)
        ink = Ink.AXIS if value == 0 else Ink.GRID
        grid.append(Segment(x, where.top, x, bottom, ink))
    sketch.shapes[:0] = grid
    middle = bottom + sketch.small * 0.8
    for value in _readable(sketch, where):
        text = tick_text(value, where.axis.unit)
        x = sketch.inside(where.x(value), text)
        sketch.text(x, middle, text, ink=Ink.MUTED, anchor="middle")
    sketch.y = bottom + sketch.small * 1.6


def _readable(sketch: Sketch, where: Plane) -> tuple[float, ...]:
    """Return the ticks whose texts do not touch; every second one, every third… where narrow."""
    ticks = where.axis.ticks()
    widest = max(sketch.wide(tick_text(value, where.axis.unit)) for value in ticks)
    room = (where.right - where.left) / max(len(ticks) - 1, 1)
    every = 1
    while room * every < widest + PAD and every < len(ticks):
        every += 1
    return ticks[::every]
