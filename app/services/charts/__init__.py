"""Neutral pictures laid out once: for the window, for PDF, for Word and for files."""

from app.services.charts.hatching import hatch_lines
from app.services.charts.layout import lay_out, pages
from app.services.charts.palettes import DARK, LIGHT, Paint, Palette, print_palette
from app.services.charts.scene import Box, Ink, Label, Measure, Scene, Segment, Shape, Spot
from app.services.charts.svg import HOLLOW_LINE, as_svg, diamond, text_color
from app.services.charts.types import (
    Bars,
    Boundary,
    Chart,
    Dots,
    Heat,
    Histogram,
    Lane,
    Level,
    Lines,
    Series,
    Stack,
    StackRow,
    Tint,
    Unit,
    words,
)

__all__ = [
    "DARK",
    "HOLLOW_LINE",
    "LIGHT",
    "Bars",
    "Boundary",
    "Box",
    "Chart",
    "Dots",
    "Heat",
    "Histogram",
    "Ink",
    "Label",
    "Lane",
    "Level",
    "Lines",
    "Measure",
    "Paint",
    "Palette",
    "Scene",
    "Segment",
    "Series",
    "Shape",
    "Spot",
    "Stack",
    "StackRow",
    "Tint",
    "Unit",
    "as_svg",
    "diamond",
    "hatch_lines",
    "lay_out",
    "pages",
    "print_palette",
    "text_color",
    "words",
]
