"""Where one part of the procedure comes from: a choice, and a value where it needs one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.services.mapping import How, Origin
from app.ui.theme.metrics import GRID
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.text import label

_HOW = {
    How.TITLES: "над таблицей",
    How.CELL: "в ячейке",
    How.CONSTANT: "указать",
    How.COLUMN: "в столбце",
    How.HEADER: "в заголовках",
}
_EXAMPLES = {"year": "2025", "assessment": "ВПР", "subject": "Математика", "grade": "5"}
_WIDE = {"subject"}


class OriginField(QWidget):
    """Label, list of ways, and a field for a constant or the address of a cell."""

    changed = Signal()

    def __init__(self, part: str, title: str) -> None:
        super().__init__()
        self.part = part
        self.how = ElidedCombo()
        self.how.setAccessibleName(f"Откуда взять: {title.lower()}")
        self.how.addItem("откуда?", None)
        for how, text in _HOW.items():
            self.how.addItem(text, how)
        self.value = QLineEdit()
        self.value.setAccessibleName(f"{title}: значение или ячейка")
        wide = part in _WIDE
        self.value.setMinimumWidth(100 if wide else 64)  # four such fields fit 1280 points
        self.value.setMaximumWidth(140 if wide else 64)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(label(f"{title}:"))
        line.addWidget(self.how)
        line.addWidget(self.value)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.how.activated.connect(self._on_how)
        self.value.editingFinished.connect(self.changed)

    def show_origin(self, origin: Origin | None) -> None:
        """Show where the part comes from; None when it is not said yet."""
        how = origin.how if origin else None
        self.how.setCurrentIndex(max(self.how.findData(how), 0) if how else 0)
        self.value.setText(origin.value if origin else "")
        self._fit(how)

    def origin(self) -> Origin | None:
        """Return what the person chose, or None."""
        how = self.how.currentData()
        if how is None:
            return None
        wants = how in (How.CONSTANT, How.CELL)
        return Origin(How(how), self.value.text().strip() if wants else "")

    def _on_how(self, _line: int) -> None:
        self._fit(self.how.currentData())
        self.changed.emit()

    def _fit(self, how: How | None) -> None:
        self.value.setVisible(how in (How.CONSTANT, How.CELL))
        self.value.setPlaceholderText("B2" if how is How.CELL else _EXAMPLES[self.part])
