"""What the office calls its schools, and by which standard its papers are laid out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from app.services.settings import DOCUMENT_STANDARD, TERMS, Setting
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.text import label

SHOWN: tuple[Setting[str], ...] = (*TERMS.values(), DOCUMENT_STANDARD)
_NOTE = (
    "Термин меняется во всех документах и в списках категорий на экране: сокращение, расшифровка и "
    "падежи. Тексты, которые учреждение написало само, и названия актов остаются как есть."
)


class TermsPane(QWidget):
    """Every choice is stored at once."""

    chosen = Signal(object, str)
    """The setting and its new value."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, QComboBox] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(MARGIN)
        form.setVerticalSpacing(GAP)
        for setting in SHOWN:
            form.addRow(setting.title, self._field(setting))
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(_NOTE, "muted", wrap=True))
        column.addLayout(form)
        column.addStretch()

    def _field(self, setting: Setting[str]) -> QComboBox:
        field = ElidedCombo()
        field.setAccessibleName(setting.title)
        for value, title in (setting.choices or {}).items():
            field.addItem(title, value)
        field.activated.connect(self._on_activated)
        self.fields[setting.key] = field
        return field

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what is stored, by the key of the setting."""
        for key, field in self.fields.items():
            field.setCurrentIndex(max(0, field.findData(values[key])))

    def _on_activated(self) -> None:
        field = self.sender()
        for setting in SHOWN:
            if self.fields[setting.key] is field:
                self.chosen.emit(setting, str(self.fields[setting.key].currentData()))
