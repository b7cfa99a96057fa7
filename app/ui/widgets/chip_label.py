"""A status chip outside a table."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.itemmodels.columns import Chip
from app.ui.widgets.signs import chip_width, paint_chip


class ChipLabel(QWidget):
    """Shows one chip, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chip: Chip | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_chip(self, chip: Chip | None) -> None:
        """Show a chip, or nothing."""
        self._chip = chip
        self.setAccessibleName(chip.word if chip else "")
        self.setVisible(chip is not None)
        self.updateGeometry()
        self.update()

    def chip(self) -> Chip | None:
        """Return the chip that is shown."""
        return self._chip

    def sizeHint(self) -> QSize:  # noqa: N802
        width = chip_width(self.fontMetrics(), self._chip) if self._chip else 0
        return QSize(width, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        if self._chip is not None:
            painter = QPainter(self)
            paint_chip(painter, self.rect(), self._chip)
            painter.end()
