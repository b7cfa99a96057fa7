"""A long text of which the beginning is shown until the person asks for the rest."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.text import label

SHORT = 170
"""Characters: about three lines of the detail panel."""
BRIEF = 100
"""About two lines."""


class ExpandableText(QWidget):
    """``role`` as in ``widgets.text.label``; a short text has no button."""

    def __init__(self, role: str = "", limit: int = SHORT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._limit = limit
        self._open = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.words = label("", role, wrap=True, selectable=True)
        self.more = QPushButton("Показать полностью")
        self.more.setProperty("role", "link")
        self.more.clicked.connect(self._on_more)
        column.addWidget(self.words)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def set_text(self, text: str) -> None:
        """Show another text, folded; an empty one hides the widget."""
        self._text = text
        self._open = False
        self.setVisible(bool(text))
        self._show()

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def _on_more(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        long = len(self._text) > self._limit
        self.words.setText(
            self._text if self._open or not long else _beginning(self._text, self._limit)
        )
        self.more.setVisible(long)
        self.more.setText("Свернуть" if self._open else "Показать полностью")


def _beginning(text: str, limit: int) -> str:
    cut = text[:limit]
    return cut[: cut.rfind(" ")].rstrip(" ,;:–—") + "…"
