"""A section of the school card: titles with values, each of which tells the cell it came from."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.pages.schools.lines import Requisite
from app.ui.theme.metrics import GRID, MARGIN
from app.ui.widgets.source_popup import SourcePopup
from app.ui.widgets.text import label


class RequisiteSection(QWidget):
    """A heading, what to do when there is nothing to show, and a grid of titles with values."""

    copy_wanted = Signal(object)
    """Open the archived copy of the file of this ``Source``."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self.heading = label(heading, "heading")
        self.note = label("", "muted", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(MARGIN)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(1, 1)
        column.addWidget(self.heading)
        column.addWidget(self.note)
        column.addLayout(self._grid)

    def show_requisites(
        self, requisites: tuple[Requisite, ...], heading: str = "", note: str = ""
    ) -> None:
        """Show other values; ``note`` stands above them, or says why there are none."""
        if heading:
            self.heading.setText(heading)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._clear()
        for row, requisite in enumerate(requisites):
            title = label(requisite.title, "muted", wrap=True)
            title.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(title, row, 0)
            value = RequisiteValue(requisite)
            value.copy_wanted.connect(self.copy_wanted)
            self._grid.addWidget(value, row, 1)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()


class RequisiteValue(QWidget):
    """The value; with a source it can be clicked to see the cell."""

    copy_wanted = Signal(object)

    def __init__(self, requisite: Requisite) -> None:
        super().__init__()
        self._requisite = requisite
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        value = label(
            requisite.value or "не указано", "" if requisite.value else "muted", wrap=True
        )
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(value, 1)
        if requisite.source is not None:
            button = QPushButton("откуда")
            button.setProperty("role", "link")
            button.setAccessibleName(f"Откуда: {requisite.title}")
            button.clicked.connect(self._on_source)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_source(self) -> None:
        popup = SourcePopup(self, self._requisite.title, self._requisite.source)
        popup.copy_wanted.connect(self.copy_wanted)
        popup.show_at(self.mapToGlobal(QPoint(0, self.height())))
