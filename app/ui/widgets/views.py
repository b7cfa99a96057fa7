"""Buttons that switch between the views of one page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.ui.theme.metrics import GRID


class ViewSwitch(QWidget):
    """One view is chosen; arrows move between the buttons."""

    chosen = Signal(str)
    """Key of the view."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GRID // 2)
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        self._group.idToggled.connect(self._on_toggled)

    def add(self, key: str, title: str) -> None:
        """Add a view; the first one is chosen."""
        button = QPushButton(title)
        button.setCheckable(True)
        button.setProperty("role", "view")
        self._group.addButton(button, len(self._keys))
        self._keys.append(key)
        self._line.addWidget(button)
        if len(self._keys) == 1:
            button.setChecked(True)

    def choose(self, key: str) -> None:
        """Choose a view; ``chosen`` follows when it was another one."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def value(self) -> str:
        """Return the key of the chosen view."""
        return self._keys[self._group.checkedId()]

    def set_count(self, key: str, title: str, count: int, what: str = "") -> None:
        """Show how much waits in a view beside its title; none shows the title only.

        ``what`` says in the hint and aloud what is counted: «просрочено».
        """
        button = self._group.button(self._keys.index(key))
        button.setText(f"{title} · {count}" if count else title)
        meaning = f"{what}: {count}" if what and count else ""
        button.setToolTip(meaning[:1].upper() + meaning[1:])
        button.setAccessibleName(f"{title}, {meaning}" if meaning else title)

    def _on_toggled(self, number: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(self._keys[number])
