"""What a laid out picture consists of: boxes, lines, spots and labels on a plane of points.

The origin is the upper left corner, y grows downwards.  Colours are named by what they mean; a
palette turns them into paint, so one layout serves the screen, the print and the grey print.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Measure = Callable[[str, float, bool], float]
"""Width of a text in a size of type, bold or not; the renderer's own font answers."""


class Ink(StrEnum):
    """What a colour means."""

    GROUND = "ground"
    TEXT = "text"
    MUTED = "muted"
    GRID = "grid"
    AXIS = "axis"
    ALARM = "alarm"
    """A threshold."""
    LEVEL = "level"
    """A figure of the district or of the group."""
    OWN = "own"
    OTHER = "other"
    SERIES_1 = "series 1"
    SERIES_2 = "series 2"
    SERIES_3 = "series 3"
    SERIES_4 = "series 4"
    SERIES_5 = "series 5"
    SERIES_6 = "series 6"
    YEAR_1 = "year 1"
    YEAR_2 = "year 2"
    YEAR_3 = "year 3"
    YEAR_4 = "year 4"
    YEAR_5 = "year 5"
    MARK_2 = "mark 2"
    MARK_3 = "mark 3"
    MARK_4 = "mark 4"
    MARK_5 = "mark 5"
    HEAT_0 = "heat 0"
    HEAT_1 = "heat 1"
    HEAT_2 = "heat 2"
    HEAT_3 = "heat 3"
    HEAT_4 = "heat 4"


SERIES = (Ink.SERIES_1, Ink.SERIES_2, Ink.SERIES_3, Ink.SERIES_4, Ink.SERIES_5, Ink.SERIES_6)
YEARS = (Ink.YEAR_1, Ink.YEAR_2, Ink.YEAR_3, Ink.YEAR_4, Ink.YEAR_5)
MARKS = (Ink.MARK_2, Ink.MARK_3, Ink.MARK_4, Ink.MARK_5)
HEATS = (Ink.HEAT_0, Ink.HEAT_1, Ink.HEAT_2, Ink.HEAT_3, Ink.HEAT_4)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; ``tip`` tells what it stands for, in Russian, where a pointer may ask."""

    x: float
    y: float
    width: float
    height: float
    fill: Ink | None
    border: Ink | None = None
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: Ink
    thickness: float = 0.75
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A disc, or a diamond where shape must tell what colour may not."""

    x: float
    y: float
    radius: float
    fill: Ink
    diamond: bool = False
    hollow: bool = False
    """Only the outline has the ink; the inside is the ground of the picture."""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A text on its baseline; ``over`` is the fill it stands on, which decides black or white."""

    x: float
    y: float
    text: str
    size: float
    ink: Ink = Ink.TEXT
    anchor: Anchor = "start"
    bold: bool = False
    over: Ink | None = None
    turned: bool = False
    """Reads from below to above."""


Shape = Box | Segment | Spot | Label


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture ready to be painted, in points (on the screen: logical pixels)."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    """Said to those who cannot see the picture."""
