"""Hatching as plain lines clipped to a box, so that every renderer draws the same pattern."""

from __future__ import annotations

from app.services.charts.palettes import Hatch
from app.services.charts.scene import Box

STEP = 4.0
"""Between two lines, along the edge, in points."""

Line = tuple[float, float, float, float]


def hatch_lines(box: Box, hatch: Hatch) -> tuple[Line, ...]:
    """Return the lines of the pattern inside the box; they continue from box to box."""
    match hatch:
        case Hatch.NONE:
            return ()
        case Hatch.FALLING:
            return _falling(box)
        case Hatch.RISING:
            return _rising(box)
        case Hatch.CROSSED:
            return (*_falling(box), *_rising(box))


def _falling(box: Box) -> tuple[Line, ...]:
    """Lines y − x = c, which fall to the right."""
    right, bottom = box.x + box.width, box.y + box.height
    lines = []
    for place in _steps(box.y - right, bottom - box.x):
        left, end = max(box.x, box.y - place), min(right, bottom - place)
        if end > left:
            lines.append((left, left + place, end, end + place))
    return tuple(lines)


def _rising(box: Box) -> tuple[Line, ...]:
    """Lines y + x = c, which rise to the right."""
    right, bottom = box.x + box.width, box.y + box.height
    lines = []
    for place in _steps(box.x + box.y, right + bottom):
        left, end = max(box.x, place - bottom), min(right, place - box.y)
        if end > left:
            lines.append((left, place - left, end, place - end))
    return tuple(lines)


def _steps(first: float, last: float) -> list[float]:
    """Return the multiples of the step strictly between two places."""
    start = int(first // STEP) + 1
    return [n * STEP for n in range(start, int(last // STEP) + 1) if first < n * STEP < last]
