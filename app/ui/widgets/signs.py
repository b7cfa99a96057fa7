"""Drawing chips and marks: shapes, not letters, so that no font can lack them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from app.ui.itemmodels.columns import Chip, Sign
from app.ui.theme import Tone, theme

SIGN_SIZE = 10
_PADDING = 6
_CHIP_HEIGHT = 20


def chip_width(metrics: QFontMetrics, chip: Chip) -> int:
    """Return the width of a chip in logical pixels."""
    return metrics.horizontalAdvance(chip.word) + SIGN_SIZE + 3 * _PADDING


def paint_chip(painter: QPainter, area: QRect, chip: Chip) -> None:
    """Draw the chip at the left of ``area``, centred vertically, its word elided if need be."""
    front, ground = theme().tones[chip.tone]
    metrics = painter.fontMetrics()
    width = min(chip_width(metrics, chip), area.width())
    height = max(_CHIP_HEIGHT, metrics.height())
    box = QRect(area.left(), area.center().y() - height // 2 + 1, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, 4, 4)
    paint_sign(painter, _sign_box(box, box.left() + _PADDING), chip.sign, QColor(front))
    words = box.adjusted(SIGN_SIZE + 2 * _PADDING, 0, -_PADDING + 2, 0)
    painter.setPen(QColor(front))
    text = metrics.elidedText(chip.word, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


def tone_color(tone: Tone) -> QColor:
    """Return the text colour of a tone in the theme in force."""
    return QColor(theme().tones[tone][0])


def _sign_box(box: QRect, left: int) -> QRectF:
    return QRectF(left, box.center().y() - SIGN_SIZE / 2 + 0.5, SIGN_SIZE, SIGN_SIZE)


def paint_sign(painter: QPainter, box: QRectF, sign: Sign, color: QColor) -> None:
    """Draw a sign into ``box``; the caller has switched antialiasing on."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    _SHAPES[sign](painter, box, color)
    painter.restore()


def _down(painter: QPainter, box: QRectF, _color: QColor) -> None:
    top, bottom = box.top() + 2, box.bottom() - 1
    corners = [box.left(), top, box.right(), top, box.center().x(), bottom]
    painter.drawPolygon(_polygon(corners))


def _alert(painter: QPainter, box: QRectF, _color: QColor) -> None:
    middle = box.center()
    half = box.width() / 2
    points = [
        middle.x(), middle.y() - half, middle.x() + half, middle.y(),
        middle.x(), middle.y() + half, middle.x() - half, middle.y(),
    ]  # fmt: skip
    painter.drawPolygon(_polygon(points))


def _check(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.setPen(QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    left, width, middle = box.left(), box.width(), box.center().y()
    painter.drawPolyline(
        _polygon(
            [left + 1, middle, left + width * 0.4, box.bottom() - 2, box.right() - 1, box.top() + 2]
        )
    )


def _dot(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawEllipse(box.adjusted(2, 2, -2, -2))


def _dash(painter: QPainter, box: QRectF, _color: QColor) -> None:
    painter.drawRect(QRectF(box.left() + 1, box.center().y() - 1, box.width() - 2, 2))


def _polygon(flat: list[float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in zip(flat[::2], flat[1::2], strict=True)])


_SHAPES = {
    Sign.DOWN: _down,
    Sign.ALERT: _alert,
    Sign.CHECK: _check,
    Sign.DOT: _dot,
    Sign.DASH: _dash,
}
