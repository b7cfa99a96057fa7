"""The line over a form that tells where its texts come from, with a way to begin anew."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.text import label


class DraftLine(QWidget):
    """Hidden as long as there is nothing to tell."""

    wanted = Signal()
    """Empty the fields, or put back what was in them before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = label(role="muted", wrap=True)
        self.button = QPushButton()
        self.button.setProperty("role", "flat")
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, MARGIN, 0)
        row.setSpacing(GAP)
        row.addWidget(self.told, 1)
        row.addWidget(self.button)
        self.hide()

    def tell_kept(self, at: datetime) -> None:
        """The fields hold what was typed then and is not in the register yet."""
        self._say(f"Черновик от {at.astimezone():%d.%m.%Y %H:%M}", "Начать заново")
        self.button.setToolTip("Очистить поля; введённое можно будет вернуть")

    def tell_put_away(self) -> None:
        """The fields were emptied; what was in them is still at hand."""
        self._say("Поля очищены", "Вернуть введённое")
        self.button.setToolTip("Снова показать черновик; нынешнее можно будет вернуть")

    def _say(self, told: str, button: str) -> None:
        self.told.setText(told)
        self.button.setText(button)
        self.show()
