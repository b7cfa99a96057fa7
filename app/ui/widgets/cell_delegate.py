"""Paints the cells that are more than text: chips, marked numbers, numbers one can click."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.itemmodels.columns import Chip, Mark
from app.ui.itemmodels.table_model import Role
from app.ui.theme.metrics import GAP
from app.ui.widgets.signs import SIGN_SIZE, chip_width, paint_chip, paint_sign, tone_color

Index = QModelIndex | QPersistentModelIndex

# The stubs of PySide do not know the fields of style options.
Option = Any


class CellDelegate(QStyledItemDelegate):
    """Looks at the roles of our model; a plain cell is painted by Qt."""

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        chip = index.data(Role.CHIP)
        mark = index.data(Role.MARK)
        if isinstance(chip, Chip):
            self._ground(painter, option, index)
            paint_chip(painter, option.rect.adjusted(GAP + 1, 0, -GAP, 0), chip)
        elif isinstance(mark, Mark):
            self._ground(painter, option, index)
            self._marked(painter, option.rect, mark, str(index.data()))
        else:
            super().paint(painter, option, index)

    def sizeHint(self, option: Option, index: Index) -> QSize:  # noqa: N802
        size = super().sizeHint(option, index)
        chip = index.data(Role.CHIP)
        if isinstance(chip, Chip):
            size.setWidth(chip_width(QFontMetrics(option.font), chip) + 2 * GAP)
        elif isinstance(index.data(Role.MARK), Mark):
            size.setWidth(size.width() + SIGN_SIZE + GAP)
        return size

    def _ground(self, painter: QPainter, option: Option, index: Index) -> None:
        plain: Option = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        style = plain.widget.style() if plain.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)

    def _marked(self, painter: QPainter, area: QRect, mark: Mark, text: str) -> None:
        color = tone_color(mark.tone)
        words = area.adjusted(GAP, 0, -GAP - 3, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        left = words.right() - painter.fontMetrics().horizontalAdvance(text) - SIGN_SIZE - 4
        box = QRectF(left, area.center().y() - SIGN_SIZE / 2 + 0.5, SIGN_SIZE, SIGN_SIZE)
        paint_sign(painter, box, mark.sign, color)
        painter.restore()
