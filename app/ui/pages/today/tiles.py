"""A number with its words and its sign, as a button that can be held down."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.pages.today.lines import TITLES, TONES, Tile
from app.ui.theme import keeper, theme
from app.ui.theme.metrics import GAP, GRID
from app.ui.widgets.signs import SIGN_SIZE, paint_sign, tone_color

_LINES = 4
"""The title and three lines of words: five tiles in a row of 1366 points are narrow."""
_DIGITS = 4
"""Room of the number; a larger one is told by the list below, too."""
_STRIPE = 4
_BIG = 1.9
"""The number is so many times as high as the text."""


class TileButton(QAbstractButton):
    """Shows one number; pressed, its rows stand in the list below."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._tile: Tile | None = None
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(TITLES[key])
        keeper().changed.connect(self.update)

    def show_tile(self, tile: Tile) -> None:
        """Show another number."""
        self._tile = tile
        meaning = TONES[tile.urgency][2]
        self.setAccessibleName(f"{TITLES[tile.key]}: {tile.number}, {meaning}")
        self.setAccessibleDescription(tile.sentence)
        self.setToolTip(tile.sentence)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        # Of the font, not of a constant: with large letters nothing may be cut.
        return QSize(240, self.fontMetrics().height() * _LINES + 2 * GAP + 2 * GRID)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        tile = self._tile
        tone, sign, _ = TONES[tile.urgency if tile else "calm"]
        color = tone_color(tone) if tile else QColor(theme().muted)
        painter.fillRect(QRect(1, 6, _STRIPE, self.height() - 12), color)
        self._paint_number(painter, tile.number if tile else "…", color)
        words = self.rect().adjusted(self._number_width() + 3 * GRID, GAP, -GAP, -GAP)
        self._paint_title(painter, words.adjusted(0, 0, -SIGN_SIZE - GRID, 0))
        if tile is not None:
            middle = words.top() + self.fontMetrics().height() / 2
            box = QRectF(words.right() - SIGN_SIZE, middle - SIGN_SIZE / 2, SIGN_SIZE, SIGN_SIZE)
            paint_sign(painter, box, sign, color)
            self._paint_sentence(painter, words, tile.sentence)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        marked = self.isChecked() or self.hasFocus() or self.underMouse()
        painter.setBrush(QColor(theme().selection if self.isChecked() else theme().base))
        painter.setPen(QPen(QColor(theme().accent if marked else theme().border), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _number_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * _BIG)
        return font

    def _number_width(self) -> int:
        return QFontMetrics(self._number_font()).horizontalAdvance("0" * _DIGITS)

    def _paint_number(self, painter: QPainter, text: str, color: QColor) -> None:
        painter.setFont(self._number_font())
        painter.setPen(color)
        area = QRect(GAP, 0, self._number_width(), self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_title(self, painter: QPainter, words: QRect) -> None:
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self._text_color()))
        title = painter.fontMetrics().elidedText(
            TITLES[self.key], Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)

    def _paint_sentence(self, painter: QPainter, words: QRect, sentence: str) -> None:
        painter.setFont(self.font())
        muted = theme().on_selection if self.isChecked() else theme().muted
        painter.setPen(QColor(muted))
        top = painter.fontMetrics().height() + GRID
        area = words.adjusted(0, top, 0, 0)
        painter.drawText(area, int(Qt.TextFlag.TextWordWrap), sentence)

    def _text_color(self) -> str:
        return theme().on_selection if self.isChecked() else theme().text
