"""The filter bar above a table: labelled choices, a search field, and actions at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.elided import LEAST, ElidedCombo, ElidedLabel

_MOST = 260
"""Width of a choice, logical pixels."""


class Choice(ElidedCombo):
    """A list whose first line is «all»; ``value`` None stands for it."""

    picked = Signal()
    """The person chose another line."""

    def __init__(self, label: str, everything: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self._everything = everything
        self.addItem(everything, None)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        # Gives way where the window is narrow or the letters are large.
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(_MOST)
        self.activated.connect(self._on_activated)

    def offer(self, values: Sequence[tuple[str, Any]]) -> None:
        """Replace the lines by (text, value); the chosen value stays if it is still there."""
        chosen = self.value()
        self.blockSignals(True)
        self.clear()
        self.addItem(self._everything, None)
        for text, value in values:
            self.addItem(text, value)
        self.blockSignals(False)
        self.choose(chosen)

    def value(self) -> Any:
        """Return the value of the chosen line; None for the first one."""
        return self.currentData()

    def choose(self, value: Any) -> None:
        """Choose the line of ``value``; an unknown one chooses the first line."""
        self.setCurrentIndex(max(self.findData(value), 0) if value is not None else 0)

    def _on_activated(self, _line: int) -> None:
        self.picked.emit()


class _SearchField(QLineEdit):
    """As wide as asked for while there is room, narrower in a narrow window."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._wanted = width
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(LEAST)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._wanted, super().sizeHint().height())


class FilterBar(QWidget):
    """Controls in a row with even gaps; actions stand at the right end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterBar")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        self._line.setSpacing(GAP)
        self._line.addStretch()
        self._filters = 0

    def add_search(self, placeholder: str, width: int = 220) -> QLineEdit:
        """Add a search field at the end of the filters and return it."""
        field = _SearchField(width)
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(placeholder)
        field.setClearButtonEnabled(True)
        self._add(field)
        return field

    def add_choice(self, label: str, everything: str) -> Choice:
        """Add a list of choices at the end of the filters and return it."""
        choice = Choice(label, everything)
        self._add(choice)
        return choice

    def add_note(self) -> ElidedLabel:
        """Add a quiet line at the end of the filters, for «показано 3 из 15»."""
        note = ElidedLabel()
        note.setProperty("role", "muted")
        self._add(note)
        return note

    def add_lead(self, widget: QWidget) -> None:
        """Add a widget of the page's own at the end of the filters."""
        self._add(widget)

    def add_action(self, text: str, *, primary: bool = False) -> QPushButton:
        """Add a button at the right end and return it."""
        button = QPushButton(text)
        button.setProperty("role", "primary" if primary else "button")
        self._line.addWidget(button)
        return button

    def _add(self, widget: QWidget) -> None:
        self._line.insertWidget(self._filters, widget)
        self._filters += 1
