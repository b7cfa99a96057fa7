"""Layout of a histogram of scores, coloured by mark, with the borders of marks drawn."""

from __future__ import annotations

from app.services.charts.figures import Axis, axis_for, free_axis, tick_text, value_text
from app.services.charts.scene import MARKS, Box, Ink, Scene, Segment
from app.services.charts.sketch import LINE, PAD, Key, Sketch
from app.services.charts.types import Histogram, Unit
from app.services.russian import counted

_PLOT = 15.0
_LOWEST_MARK = 2


def lay_out_histogram(chart: Histogram, sketch: Sketch) -> Scene:
    """Return the picture of the distribution."""
    maker = axis_for if chart.unit is Unit.COUNT else free_axis
    axis = maker(chart.unit, chart.counts)
    sketch.title(chart.title)
    sketch.legend(_keys(chart))
    left = max(sketch.wide(tick_text(value, axis.unit)) for value in axis.ticks()) + PAD
    top = sketch.y + sketch.small * LINE
    bottom = top + sketch.size * _PLOT
    for value in axis.ticks():
        y = bottom - (bottom - top) * axis.share(value)
        sketch.add(Segment(left, y, sketch.width, y, Ink.AXIS if value == 0 else Ink.GRID))
        text = tick_text(value, axis.unit)
        sketch.text(left - PAD, y, text, ink=Ink.MUTED, anchor="end")
    pitch = (sketch.width - left) / max(len(chart.counts), 1)
    _bins(chart, sketch, axis, (left, pitch, top, bottom))
    _borders(chart, sketch, (left, pitch, top, bottom))
    _scores(chart, sketch, (left, pitch, bottom))
    sketch.note(chart.note)
    return sketch.scene(chart.title)


def _keys(chart: Histogram) -> list[Key]:
    if not chart.boundaries:
        return []
    named = chart.boundaries[0].title
    lowest = Key("ниже минимума" if named else f"«{_LOWEST_MARK}»", MARKS[0])
    return [lowest, *(Key(f"{b.text} – от {b.score}", _ink(b.mark)) for b in chart.boundaries)]


def _ink(mark: int) -> Ink:
    return MARKS[mark - _LOWEST_MARK]


def _ink_of(chart: Histogram, score: int) -> Ink:
    if not chart.boundaries:
        return Ink.SERIES_1
    reached = [b.mark for b in chart.boundaries if b.score <= score]
    return _ink(max(reached, default=_LOWEST_MARK))


_Plot = tuple[float, float, float, float]


def _bins(chart: Histogram, sketch: Sketch, axis: Axis, plot: _Plot) -> None:
    left, pitch, top, bottom = plot
    for number, count in enumerate(chart.counts):
        if not count:
            continue
        score = chart.first + number
        height = (bottom - top) * axis.share(count)
        tip = f"{_points(score)}: {value_text(count, chart.unit)}"
        ink = _ink_of(chart, score)
        x = left + pitch * number
        sketch.add(Box(x + 0.5, bottom - height, pitch - 1, height, ink, Ink.AXIS, tip))


def _points(score: int) -> str:
    return counted(score, "балл", "балла", "баллов")


def _borders(chart: Histogram, sketch: Sketch, plot: _Plot) -> None:
    """Draw a line before the first score of each mark, with the mark above it."""
    left, pitch, top, bottom = plot
    free = left  # the axis has a number of its own there
    for boundary in chart.boundaries:
        x = left + pitch * (boundary.score - chart.first)
        sketch.add(Segment(x, top, x, bottom, Ink.ALARM, 1.0, dashed=True))
        text = boundary.text
        half = sketch.wide(text) / 2
        x = sketch.inside(x, text)
        if x - half >= free:  # the legend names a mark whose label would touch the one before
            sketch.text(x, top - sketch.small * 0.6, text, anchor="middle")
            free = x + half + PAD


def _scores(chart: Histogram, sketch: Sketch, plot: tuple[float, float, float]) -> None:
    left, pitch, bottom = plot
    last = chart.first + len(chart.counts) - 1
    widest = sketch.wide(str(last)) + PAD
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if pitch * n >= widest)
    middle = bottom + PAD + sketch.small * LINE / 2
    for number in range(len(chart.counts)):
        score = chart.first + number
        if score % every == 0:
            x = sketch.inside(left + pitch * (number + 0.5), str(score))
            sketch.text(x, middle, str(score), ink=Ink.MUTED, anchor="middle")
    sketch.y = bottom + PAD + sketch.small * LINE
    what = "Доля" if chart.unit is Unit.PERCENT else "Число"
    text = f"{what} участников по {'тестовым' if chart.test else 'первичным'} баллам"
    sketch.y += sketch.small * LINE
    sketch.text(sketch.width, sketch.y - PAD, text, ink=Ink.MUTED, anchor="end")
