"""Neutral pictures drawn with Qt: on the screen, and as an image for the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from app.services.charts import (
    HOLLOW_LINE,
    Box,
    Chart,
    Ink,
    Label,
    Palette,
    Scene,
    Segment,
    Shape,
    Spot,
    diamond,
    hatch_lines,
    lay_out,
    text_color,
)

_DASHES = [4.0, 3.0]
_HATCH_WIDTH = 0.6


def font_of(size: float, bold: bool) -> QFont:
    """Return the font of the window in a size of logical pixels."""
    font = QFont(QApplication.font())
    font.setPixelSize(max(round(size), 1))
    font.setBold(bold)
    return font


def measure(text: str, size: float, bold: bool) -> float:
    """Return the width of a text in logical pixels."""
    return QFontMetricsF(font_of(size, bold)).horizontalAdvance(text)


def scene_of(chart: Chart, width: float, size: float) -> Scene:
    """Return the picture laid out for the font of the window."""
    return lay_out(chart, width, measure, size)


def image_of(chart: Chart, width: float, size: float, palette: Palette, scale: float) -> QImage:
    """Return the picture as an image with ``scale`` dots per logical pixel, on its ground."""
    scene = scene_of(chart, width, size)
    margin = size
    area = QRectF(0, 0, scene.width + 2 * margin, scene.height + 2 * margin)
    image = QImage((area.size() * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor(palette.paint(Ink.GROUND).color))
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(margin, margin)
    paint(painter, scene, palette)
    painter.end()
    return image


def paint(painter: QPainter, scene: Scene, palette: Palette) -> None:
    """Draw the shapes where the painter's origin is."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in scene.shapes:
        _draw(painter, shape, palette)
    painter.restore()


def _draw(painter: QPainter, shape: Shape, palette: Palette) -> None:
    match shape:
        case Box():
            _box(painter, shape, palette)
        case Segment():
            color = palette.stroke(shape.ink)
            painter.setPen(_pen(color, shape.thickness, dashed=shape.dashed))
            painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))
        case Spot():
            _spot(painter, shape, palette)
        case Label():
            _label(painter, shape, palette)


def _pen(color: str, width: float, *, dashed: bool = False) -> QPen:
    pen = QPen(QColor(color), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([dash / width for dash in _DASHES])
    return pen


def _box(painter: QPainter, box: Box, palette: Palette) -> None:
    area = QRectF(box.x, box.y, box.width, box.height)
    if box.fill is not None:
        look = palette.paint(box.fill)
        painter.fillRect(area, QColor(look.color))
        painter.setPen(_pen(look.lines, _HATCH_WIDTH))
        for x1, y1, x2, y2 in hatch_lines(box, look.hatch):
            painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))
    if box.border is not None:
        painter.setPen(_pen(palette.paint(box.border).color, 0.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)


def _spot(painter: QPainter, spot: Spot, palette: Palette) -> None:
    color = palette.stroke(spot.fill)
    inside = palette.paint(Ink.GROUND).color if spot.hollow else color
    painter.setBrush(QColor(inside))
    painter.setPen(_pen(color, HOLLOW_LINE) if spot.hollow else QPen(Qt.PenStyle.NoPen))
    if spot.diamond:
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in diamond(spot)]))
    else:
        painter.drawEllipse(QPointF(spot.x, spot.y), spot.radius, spot.radius)


def _label(painter: QPainter, label: Label, palette: Palette) -> None:
    painter.setFont(font_of(label.size, label.bold))
    painter.setPen(QColor(text_color(label, palette)))
    width = measure(label.text, label.size, label.bold)
    shift = {"start": 0.0, "middle": -width / 2, "end": -width}[label.anchor]
    painter.save()
    painter.translate(label.x, label.y)
    if label.turned:
        painter.rotate(-90)
    painter.drawText(QPointF(shift, 0), label.text)
    painter.restore()
