"""Opens the page «Классификация» under a tab of its own when a menu or a page asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.context import Context
from app.ui.pages.classification.page import ClassificationPage
from app.ui.pages.classification.presenter import ClassificationPresenter

if TYPE_CHECKING:
    # The window is the frame of all pages; a page must not load it.
    from app.ui.main_window import MainWindow


class ClassificationLauncher(QObject):
    """Lives as long as the window."""

    methodology_wanted = Signal()

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._came_from = "schools"
        self.page: ClassificationPage | None = None
        self.presenter: ClassificationPresenter | None = None

    def open(self) -> None:
        """Show the page, or bring it to the front when it is open already."""
        if self.page is not None:
            self._window.show_page(self.page.key)
            return
        front = self._window.current_page()
        self._came_from = front.key if front else self._came_from
        self.page = ClassificationPage(self._context)
        self.presenter = ClassificationPresenter(self._context, self.page)
        self.presenter.over.connect(self._on_over)
        self.presenter.methodology_wanted.connect(self.methodology_wanted)
        self._window.open_extra(self.page)

    def _on_over(self) -> None:
        if self.page is None or self.presenter is None:
            return
        self.presenter.leave()
        self.page.save_state()
        self._window.close_extra(self.page, self._came_from)
        self.page = None
        self.presenter = None
