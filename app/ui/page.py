"""What the main window expects of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6 import QtCore
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    # This module is loaded before the first paint, a page's parts are not.
    from app.ui.widgets.empty_state import EmptyState

Places: TypeAlias = "tuple[EmptyState | None, QWidget | None]"
"""What stands for the work while there is none, and what takes the focus when there is."""


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
        """The page comes to the front: put the focus on the next step, or where work begins."""
        empty, _ = self.focus_places()
        if empty is not None and empty.isVisibleTo(self):
            empty.take_focus()
        else:
            self.enter_work()

    def enter_work(self) -> None:
        """Put the focus where work begins, now that there is something to work on."""
        _, work = self.focus_places()
        if work is not None:
            work.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    def focus_places(self) -> Places:
        """Return what of the page takes the focus."""
        return None, None

    def save_state(self) -> None:
        """Remember widths and positions; called before the window closes."""
