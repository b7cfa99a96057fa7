"""A laid out picture as SVG, for files and for Word, which prints it without a grain."""

from __future__ import annotations

from html import escape

from app.services.charts.hatching import hatch_lines
from app.services.charts.palettes import Palette
from app.services.charts.scene import Box, Ink, Label, Scene, Segment, Shape, Spot

FONT = "Times New Roman, Tinos, Liberation Serif, serif"
_DASHES = "4 3"
_HATCH_WIDTH = 0.6
HOLLOW_LINE = 1.25
"""Thickness of the outline of a hollow spot."""


def as_svg(scene: Scene, palette: Palette, font: str = FONT) -> str:
    """Return the picture as an SVG document of its size in points."""
    width, height = _n(scene.width), _n(scene.height)
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" '
        f'font-family="{escape(font)}">'
    )
    body = [part for shape in scene.shapes for part in _shape(shape, palette)]
    title = f"<title>{escape(scene.title, quote=False)}</title>"
    return "\n".join([head, title, *body, "</svg>", ""])


def _n(value: float) -> str:
    """Return a coordinate short: two decimals are a fortieth of a millimetre."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _shape(shape: Shape, palette: Palette) -> list[str]:
    match shape:
        case Box():
            return _box(shape, palette)
        case Segment():
            return [_segment(shape, palette)]
        case Spot():
            return [_spot(shape, palette)]
        case Label():
            return [_label(shape, palette)]


def _box(box: Box, palette: Palette) -> list[str]:
    place = (
        f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
    )
    border = ' stroke="none"'
    if box.border is not None:
        border = f' stroke="{palette.paint(box.border).color}" stroke-width="0.5"'
    if box.fill is None:
        return [f'{place} fill="none"{border}/>']
    paint = palette.paint(box.fill)
    hatch = [
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" '
        f'stroke="{paint.lines}" stroke-width="{_HATCH_WIDTH}"/>'
        for x1, y1, x2, y2 in hatch_lines(box, paint.hatch)
    ]
    return [f'{place} fill="{paint.color}"{border}/>', *hatch]


def _segment(line: Segment, palette: Palette) -> str:
    dashes = f' stroke-dasharray="{_DASHES}"' if line.dashed else ""
    return (
        f'<line x1="{_n(line.x1)}" y1="{_n(line.y1)}" x2="{_n(line.x2)}" y2="{_n(line.y2)}" '
        f'stroke="{palette.stroke(line.ink)}" stroke-width="{_n(line.thickness)}"{dashes}/>'
    )


def _spot(spot: Spot, palette: Palette) -> str:
    color = palette.stroke(spot.fill)
    paint = f'fill="{color}"'
    if spot.hollow:
        ground = palette.paint(Ink.GROUND).color
        paint = f'fill="{ground}" stroke="{color}" stroke-width="{_n(HOLLOW_LINE)}"'
    if not spot.diamond:
        return f'<circle cx="{_n(spot.x)}" cy="{_n(spot.y)}" r="{_n(spot.radius)}" {paint}/>'
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in diamond(spot))
    return f'<polygon points="{points}" {paint}/>'


def diamond(spot: Spot) -> tuple[tuple[float, float], ...]:
    """Return the corners of a diamond, which looks as large as a disc of its radius."""
    far = spot.radius * 1.25
    return (
        (spot.x, spot.y - far),
        (spot.x + far, spot.y),
        (spot.x, spot.y + far),
        (spot.x - far, spot.y),
    )


def text_color(label: Label, palette: Palette) -> str:
    """Return the colour of a text: that of its meaning, or what is read on its ground."""
    return palette.paint(label.ink).color if label.over is None else palette.text_on(label.over)


def _label(label: Label, palette: Palette) -> str:
    place = f'x="{_n(label.x)}" y="{_n(label.y)}"'
    if label.turned:
        place += f' transform="rotate(-90 {_n(label.x)} {_n(label.y)})"'
    weight = ' font-weight="bold"' if label.bold else ""
    return (
        f'<text {place} font-size="{_n(label.size)}" text-anchor="{label.anchor}"{weight} '
        f'fill="{text_color(label, palette)}">{escape(label.text, quote=False)}</text>'
    )
