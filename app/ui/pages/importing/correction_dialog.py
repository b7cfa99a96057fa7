"""The dialog that puts another value in the place of a cell, with the reason why."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.services.importing import Correction
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import fit_height
from app.ui.widgets.text import label

_WIDTH = 460


class CorrectionDialog(QDialog):
    """``correction`` holds the answer when the dialog was accepted."""

    def __init__(self, parent: QWidget, cell: str, title: str, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Исправить ячейку")
        self._old = text
        self._build(cell, title, text)
        self.value.textChanged.connect(self._on_change)
        self.reason.textChanged.connect(self._on_change)
        self._on_change()
        self.value.selectAll()
        self.value.setFocus()

    def _build(self, cell: str, title: str, text: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        heading = f"Ячейка {cell}: {title}" if title else f"Ячейка {cell}"
        column.addWidget(label(heading, "heading", wrap=True))
        column.addWidget(
            label(
                "Файл на носителе не меняется. Исправление запоминается: тот же файл будет "
                "прочитан с ним и в следующий раз.",
                "muted",
                wrap=True,
            )
        )
        self.value = QLineEdit(text)
        self.value.setAccessibleName("Верное значение")
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Почему исправлено")
        self.reason.setPlaceholderText("Например: школа прислала верное число 12.03")
        column.addWidget(label(f"Верное значение (сейчас «{text}»)" if text else "Верное значение"))
        column.addWidget(self.value)
        column.addWidget(label("Почему исправлено"))
        column.addWidget(self.reason)
        buttons = QDialogButtonBox()
        self.done_button = buttons.addButton("Исправить", QDialogButtonBox.ButtonRole.AcceptRole)
        self.done_button.setProperty("role", "primary")
        buttons.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addSpacing(GAP)
        column.addWidget(buttons)
        fit_height(self, _WIDTH)

    @property
    def correction(self) -> Correction:
        """The new value and the reason."""
        return Correction(self.value.text().strip(), self.reason.text().strip())

    def _on_change(self) -> None:
        changed = self.value.text().strip() != self._old
        self.done_button.setEnabled(changed and bool(self.reason.text().strip()))
