"""Neutral pictures in a PDF: vector shapes and the embedded fonts."""

from __future__ import annotations

import io

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from app.services.charts import (
    HOLLOW_LINE,
    Box,
    Ink,
    Label,
    Palette,
    Scene,
    Segment,
    Shape,
    Spot,
    diamond,
    hatch_lines,
    pages,
    print_palette,
    text_color,
)
from app.services.documents import blocks
from app.services.documents.pdf.fonts import BOLD, REGULAR, register
from app.services.documents.pdf.styles import Measures

_DASHES = (4.0, 3.0)
_HATCH_WIDTH = 0.6
_SPACE = 8.0
"""Above and below a picture in the text."""


def measure(text: str, size: float, bold: bool) -> float:
    """Return the width of a text in the font of documents."""
    return pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size)


def scenes(block: blocks.Chart, width: float, height: float, size: float) -> tuple[Scene, ...]:
    """Return the picture of a block in parts that fit the page; the fonts get registered."""
    register()
    return pages(block.chart, width, height, measure, size)


def chart(block: blocks.Chart, sizes: Measures) -> list[Flowable]:
    """Return the picture as wide as the text, in as many parts as the height of a page asks."""
    room = sizes.height - 2 * _SPACE
    palette = print_palette(grey=block.grey)
    parts = scenes(block, sizes.width, room, sizes.table_size - 2)
    return [_Picture(scene, palette) for scene in parts]


def one_page(scene: Scene, palette: Palette) -> bytes:
    """Return a PDF whose only page is the picture."""
    file = io.BytesIO()
    size = (scene.width, scene.height)
    # The stub is wrong: it is a name; without it the page names Helvetica, which is not embedded.
    canvas = Canvas(file, size, initialFontName=REGULAR)  # type: ignore[arg-type]
    canvas.setTitle(scene.title)
    canvas.setProducer("Опора, reportlab")
    paint(canvas, scene, palette)
    canvas.save()
    return file.getvalue()


class _Picture(Flowable):
    """A laid out picture in the flow of a document."""

    def __init__(self, scene: Scene, palette: Palette) -> None:
        super().__init__()
        self._scene = scene
        self._palette = palette
        self.width, self.height = scene.width, scene.height
        self.spaceBefore = self.spaceAfter = _SPACE

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size, which does not depend on the frame."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw where reportlab has put the origin: the lower left corner."""
        paint(self.canv, self._scene, self._palette)


def paint(canvas: Canvas, scene: Scene, palette: Palette) -> None:
    """Draw the shapes onto a canvas whose origin is the lower left corner of the picture."""
    canvas.saveState()
    brush = _Brush(canvas, scene.height, palette)
    for shape in scene.shapes:
        brush.draw(shape)
    canvas.restoreState()


class _Brush:
    """Draws shapes; y is turned over, because a page is measured from below."""

    def __init__(self, canvas: Canvas, height: float, palette: Palette) -> None:
        self._canvas = canvas
        self._height = height
        self._palette = palette

    def draw(self, shape: Shape) -> None:
        """Draw one shape."""
        match shape:
            case Box():
                self._box(shape)
            case Segment():
                color = self._palette.stroke(shape.ink)
                self._line((shape.x1, shape.y1, shape.x2, shape.y2), color, shape)
            case Spot():
                self._spot(shape)
            case Label():
                self._label(shape)

    def _box(self, box: Box) -> None:
        canvas = self._canvas
        y = self._height - box.y - box.height
        if box.fill is not None:
            paint = self._palette.paint(box.fill)
            canvas.setFillColor(HexColor(paint.color))
            canvas.rect(box.x, y, box.width, box.height, stroke=0, fill=1)
            for line in hatch_lines(box, paint.hatch):
                self._line(line, paint.lines)
        if box.border is not None:
            canvas.setStrokeColor(HexColor(self._palette.paint(box.border).color))
            canvas.setLineWidth(0.5)
            canvas.setDash(())
            canvas.rect(box.x, y, box.width, box.height, stroke=1, fill=0)

    def _line(
        self, ends: tuple[float, float, float, float], color: str, look: Segment | None = None
    ) -> None:
        canvas = self._canvas
        canvas.setStrokeColor(HexColor(color))
        canvas.setLineWidth(look.thickness if look else _HATCH_WIDTH)
        canvas.setDash(_DASHES if look and look.dashed else ())
        x1, y1, x2, y2 = ends
        canvas.line(x1, self._height - y1, x2, self._height - y2)

    def _spot(self, spot: Spot) -> None:
        canvas = self._canvas
        ink = HexColor(self._palette.stroke(spot.fill))
        inside = self._palette.stroke(Ink.GROUND if spot.hollow else spot.fill)
        canvas.setFillColor(HexColor(inside))
        canvas.setStrokeColor(ink)
        canvas.setLineWidth(HOLLOW_LINE)
        canvas.setDash(())
        stroke = int(spot.hollow)
        if not spot.diamond:
            canvas.circle(spot.x, self._height - spot.y, spot.radius, stroke=stroke, fill=1)
            return
        path = canvas.beginPath()
        corners = [(x, self._height - y) for x, y in diamond(spot)]
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.close()
        canvas.drawPath(path, stroke=stroke, fill=1)

    def _label(self, label: Label) -> None:
        canvas = self._canvas
        canvas.setFillColor(HexColor(text_color(label, self._palette)))
        canvas.setFont(BOLD if label.bold else REGULAR, label.size)
        canvas.saveState()
        canvas.translate(label.x, self._height - label.y)
        if label.turned:
            canvas.rotate(90)
        place = {
            "start": canvas.drawString,
            "middle": canvas.drawCentredString,
            "end": canvas.drawRightString,
        }[label.anchor]
        place(0, 0, label.text)
        canvas.restoreState()
