"""One line of text, alone or in a list of choices, that is shortened where there is no room."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QToolTip,
    QWidget,
)

LEAST = 88
"""Width in logical pixels that a line gives way to; less says nothing."""
_BESIDE_TEXT = 1
"""Pixels that the style leaves free beside the text of a list; its own first width has one more."""


class ElidedLabel(QLabel):
    """Gives way to what stands beside it; what is cut is whole in the hint, and read out whole.

    ``middle``: the end tells as much as the beginning, as in the path of a file.
    """

    def __init__(self, parent: QWidget | None = None, *, middle: bool = False) -> None:
        super().__init__(parent)
        right = Qt.TextElideMode.ElideRight
        self._mode = Qt.TextElideMode.ElideMiddle if middle else right

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), LEAST), whole.height())

    def shown(self) -> str:
        """Return the text as it stands on the screen."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self._is_cut():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignVCenter, self.shown())
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and not self.toolTip() and self._is_cut():
            QToolTip.showText(cast(QHelpEvent, event).globalPos(), self.text(), self)
            return True
        return super().event(event)

    def _is_cut(self) -> bool:
        return self.shown() != self.text()


class ElidedCombo(QComboBox):
    """A list of choices whose chosen line is shortened; the style cuts it through a letter.

    The hint has the line whole unless a hint of its own was given.
    """

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802
        super().initStyleOption(option)
        shorten(option, self.style(), self)

    def shown(self) -> str:
        """Return the chosen line as it stands on the screen."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return str(cast(Any, option).currentText)

    def event(self, event: QEvent) -> bool:
        cut = event.type() == QEvent.Type.ToolTip and not self.toolTip()
        if cut and not self.isEditable() and self.shown() != self.currentText():
            QToolTip.showText(cast(QHelpEvent, event).globalPos(), self.currentText(), self)
            return True
        return super().event(event)


def shorten(option: QStyleOptionComboBox, style: QStyle, combo: QWidget | None = None) -> None:
    """Shorten the text of a list of choices to what the style draws of it, also in a cell."""
    drawn = cast(Any, option)  # the stubs of PySide 6.8 lack its fields
    place = style.subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    right = Qt.TextElideMode.ElideRight
    room = place.width() - _BESIDE_TEXT
    drawn.currentText = drawn.fontMetrics.elidedText(drawn.currentText, right, room)
