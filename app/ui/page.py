"""What the main window expects of a page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """One tab.  Pages listen to the context by themselves; the window only calls these."""

    key = ""
    """Stable name: remembered state, help text ``resources/help/<key>.md``, navigation."""
    title = ""
    """Russian; the text of the tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")

    def enter(self) -> None:
        """The page comes to the front: put the focus where work begins."""

    def save_state(self) -> None:
        """Remember widths and positions; called before the window closes."""
