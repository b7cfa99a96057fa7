"""Layout of dots: where one school stands inside its group, the others without their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from app.services.charts.figures import axis_for, value_text
from app.services.charts.plane import Plane, draw_axis, label_lines, plane, row_height
from app.services.charts.scene import Ink, Scene, Segment, Spot
from app.services.charts.sketch import PAD, Key, Sketch, SpotSign, Stroke
from app.services.charts.types import Dots, Lane, Unit

_RADIUS = 0.3
_MOST_HIGH = 4
"""Dots above each other before they begin to overlap, so that lanes stay of one size."""


def lay_out_dots(chart: Dots, sketch: Sketch) -> Scene:
    """Return the picture of lanes."""
    axis = axis_for(chart.unit, [reach(chart)])
    sketch.title(chart.title)
    sketch.legend(_keys(chart))
    labels, lines = label_lines(sketch, [lane.title for lane in chart.lanes])
    texts = [_own(chart, lane) for lane in chart.lanes]
    room = max((sketch.wide(text) for text in texts), default=0.0) + 3 * PAD
    where = plane(sketch, labels, room, axis)
    y = where.top
    for lane, label, text in zip(chart.lanes, lines, texts, strict=True):
        height = row_height(sketch, len(label), sketch.small * 2 * _RADIUS * (_MOST_HIGH + 1))
        middle = y + height / 2
        sketch.lines(labels, middle, label, anchor="end")
        _lane(chart, lane, sketch, where, (middle, height))
        ink = Ink.MUTED if lane.own is None else Ink.TEXT
        sketch.text(where.right + 2 * PAD, middle, text, ink=ink)
        y += height
    draw_axis(sketch, where, y)
    sketch.note(chart.note)
    return sketch.scene(chart.title)


def reach(chart: Dots) -> float:
    """Return how far the axis has to go."""
    return max((chart.reach, *(value for lane in chart.lanes for value in _values(lane))))


def _values(lane: Lane) -> Iterable[float]:
    yield from lane.others
    yield from (level.value for level in lane.levels)
    if lane.own is not None:
        yield lane.own


def _level_titles(chart: Dots) -> tuple[str, ...]:
    titles = (level.title for lane in chart.lanes for level in lane.levels)
    return tuple(dict.fromkeys(titles))


def _keys(chart: Dots) -> list[Key]:
    own = Key(chart.own_title, Ink.OWN, SpotSign(diamond=True))
    others = Key(chart.others_title, Ink.OTHER, SpotSign())
    strokes = (Stroke.LINE, Stroke.DASHED)
    levels = [
        Key(title, Ink.LEVEL, strokes[number % 2])
        for number, title in enumerate(_level_titles(chart))
    ]
    return [own, others, *levels]


def _lane(
    chart: Dots, lane: Lane, sketch: Sketch, where: Plane, place: tuple[float, float]
) -> None:
    middle, height = place
    radius = sketch.small * _RADIUS
    sketch.add(Segment(where.left, middle, where.right, middle, Ink.GRID))
    titles = _level_titles(chart)
    for level in lane.levels:
        x, half = where.x(level.value), height * 0.42
        dashed = bool(titles.index(level.title) % 2)
        sketch.add(Segment(x, middle - half, x, middle + half, Ink.LEVEL, 1.25, dashed))
    xs = sorted(where.x(value) for value in lane.others)
    for x, y in spread(xs, radius, height * 0.8):
        sketch.add(Spot(x, middle + y, radius, Ink.OTHER))
    if lane.own is not None:
        tip = f"{chart.own_title}, {lane.title}: {_own(chart, lane)}"
        sketch.add(Spot(where.x(lane.own), middle, radius * 1.5, Ink.OWN, True, False, tip))


def _own(chart: Dots, lane: Lane) -> str:
    """Return the value of our school; a share never reads as a per cent it has not reached."""
    borders = [] if lane.own is None or chart.unit is not Unit.PERCENT else [ceil(lane.own)]
    return value_text(lane.own, chart.unit, borders)


def spread(xs: Sequence[float], radius: float, room: float) -> list[tuple[float, float]]:
    """Return places for dots at the ascending ``xs``: those that would touch go above each other.

    ``y`` is measured from the middle of the lane; with too many at one place the steps shrink, so
    that every dot stays inside ``room``.
    """
    levels: list[float] = []
    ranks: list[int] = []
    for x in xs:
        rank = next((n for n, last in enumerate(levels) if x - last >= 2 * radius), len(levels))
        if rank == len(levels):
            levels.append(x)
        levels[rank] = x
        ranks.append(rank)
    step = 2 * radius
    if len(levels) > 1:
        step = min(step, (room - 2 * radius) / (len(levels) - 1))
    return [(x, _offset(rank) * step) for x, rank in zip(xs, ranks, strict=True)]


def _offset(rank: int) -> float:
    """Return 0, −1, 1, −2, 2 … halves of the lane in turn: the crowd stays centred."""
    half = (rank + 1) // 2
    return half if rank % 2 == 0 else -half
