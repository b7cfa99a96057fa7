"""What the main window expects of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

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
        self._came_to: QWidget | None = None

    def come_to_front(self) -> None:
        """Enter, and know where the focus went: data that are still being read may move it."""
        self.enter()
        self._came_to = self.window().focusWidget()

    def enter_read(self) -> None:
        """Enter once more now that the data are there, unless the person went on meanwhile."""
        if self.isVisible() and self.window().focusWidget() is self._came_to:
            self.enter()

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


class Pages(Mapping[str, Page]):
    """The pages of the window by their keys; a page is made when it is first asked for.

    To look whether a key is there, to count and to go through the keys makes nothing.
    """

    def __init__(self) -> None:
        self._made: dict[str, Page] = {}
        self._offered: dict[str, Callable[[], object]] = {}
        """In the order of the tabs; what is called makes the page and adds it here."""

    def offer(self, key: str, make: Callable[[], object]) -> None:
        """Have a page made by ``make``, which has to ``add`` it, once somebody asks for it."""
        self._offered[key] = make

    def add(self, page: Page) -> None:
        """Take over a page that has been made."""
        self._made[page.key] = page
        self._offered.setdefault(page.key, lambda: None)

    def remove(self, key: str) -> None:
        """Forget a page that is closed for good."""
        self._made.pop(key, None)
        self._offered.pop(key, None)

    def made(self) -> tuple[Page, ...]:
        """Return the pages that somebody has asked for so far."""
        return tuple(self._made.values())

    def is_made(self, key: str) -> bool:
        """Return True when somebody has asked for the page."""
        return key in self._made

    def __getitem__(self, key: str) -> Page:
        make = self._offered[key]
        if key not in self._made:
            make()
        return self._made[key]

    def get(self, key: str, default: Any = None) -> Any:
        # That of a mapping would take a fault in the making of a page for a page that is not there.
        if key not in self:
            return default
        return self[key]

    def __contains__(self, key: object) -> bool:
        return key in self._offered

    def __iter__(self) -> Iterator[str]:
        return iter(self._offered)

    def __len__(self) -> int:
        return len(self._offered)
