"""Draws the cells of a sheet as Excel does: grounds of marked cells, a frame around the current."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.theme import theme

_FRAME = 2

# The stubs of PySide do not know the fields of style options.
Option = Any


class SheetDelegate(QStyledItemDelegate):
    """A selected cell keeps its ground: what is wrong with it must stay in sight."""

    def paint(
        self, painter: QPainter, option: Option, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QColor):
            # The style sheet of the items paints over the ground that the model gives.
            painter.fillRect(option.rect, ground)
        plain: Option = QStyleOptionViewItem(option)
        plain.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        super().paint(painter, plain, index)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.save()
            painter.setPen(QPen(QColor(theme().accent), _FRAME))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
            painter.restore()
