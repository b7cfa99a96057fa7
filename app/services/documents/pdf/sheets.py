"""Flowables of whole sheets and frames: the title sheet, the place for an electronic mark."""

from __future__ import annotations

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from app.services.documents.blocks import Run, StampPlace, Title
from app.services.documents.pdf.fonts import REGULAR
from app.services.documents.pdf.styles import Measures, markup

_STAMP_WIDTH = 70 * mm
_STAMP_HEIGHT = 22 * mm
_STAMP_RADIUS = 2 * mm
_STAMP_SPACE = 8.0
_TITLE_FROM_TOP = 0.42
"""The middle of the title stands a little above the middle of what is left of the sheet."""


class TitleSheet(Flowable):
    """The name of the document in the middle of all that is left of its sheet."""

    def __init__(self, block: Title, title: ParagraphStyle, foot: ParagraphStyle) -> None:
        super().__init__()
        self._lines = [Paragraph(markup((Run(line),)), title) for line in block.lines]
        self._foot = Paragraph(markup((Run(block.foot),)), foot) if block.foot else None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the whole of the room."""
        self.width, self.height = width, height - 1
        return self.width, self.height

    def draw(self) -> None:
        """Draw the lines of the title and the place and year at the foot."""
        canvas: Canvas = self.canv
        heights = [line.wrap(self.width, self.height)[1] for line in self._lines]
        gaps = [line.style.spaceAfter for line in self._lines]
        y = self.height * (1 - _TITLE_FROM_TOP) + (sum(heights) + sum(gaps)) / 2
        for line, height, gap in zip(self._lines, heights, gaps, strict=True):
            line.drawOn(canvas, 0, y - height)
            y -= height + gap
        if self._foot is not None:
            self._foot.wrap(self.width, self.height)
            self._foot.drawOn(canvas, 0, 0)


class Stamp(Flowable):
    """An empty frame in the middle of the line."""

    def __init__(self, block: StampPlace, sizes: Measures) -> None:
        super().__init__()
        self._text = block.text
        self._size = sizes.small_size - 3
        self.width, self.height = sizes.width, _STAMP_HEIGHT
        self.spaceBefore = self.spaceAfter = _STAMP_SPACE

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size, which does not depend on the frame."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the frame and what it is for."""
        canvas: Canvas = self.canv
        left = (self.width - _STAMP_WIDTH) / 2
        canvas.saveState()
        canvas.setStrokeColor(colors.Color(0.55, 0.55, 0.55))
        canvas.setDash(2, 2)
        canvas.roundRect(left, 0, _STAMP_WIDTH, _STAMP_HEIGHT, _STAMP_RADIUS)
        canvas.setFillColor(colors.Color(0.35, 0.35, 0.35))
        canvas.setFont(REGULAR, self._size)
        canvas.drawCentredString(self.width / 2, _STAMP_HEIGHT / 2 - self._size / 3, self._text)
        canvas.restoreState()
