"""Opens the page «Сборка программы» under a tab of its own when a menu or a page asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.context import Context
from app.ui.pages.builder.page import BuilderPage
from app.ui.pages.builder.presenter import BuilderPresenter

if TYPE_CHECKING:
    # The window is the frame of all pages; a page must not load it.
    from app.ui.main_window import MainWindow


class BuilderLauncher(QObject):
    """Lives as long as the window."""

    office_wanted = Signal()
    entry_wanted = Signal(int, int)
    indicator_wanted = Signal(int, int)

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._came_from = "documents"
        self.page: BuilderPage | None = None
        self.presenter: BuilderPresenter | None = None

    def open(self, programme_id: int | None = None) -> None:
        """Show the page with that programme, or bring it to the front as it is."""
        if self.page is not None and self.presenter is not None:
            self._window.show_page(self.page.key)
            if programme_id is not None:
                self.presenter.show_programme(programme_id)
            return
        front = self._window.current_page()
        self._came_from = front.key if front else self._came_from
        self.page = BuilderPage(self._context)
        self.presenter = BuilderPresenter(self._context, self.page, programme_id)
        self.presenter.over.connect(self._on_over)
        self.presenter.office_wanted.connect(self.office_wanted)
        self.presenter.entry_wanted.connect(self.entry_wanted)
        self.presenter.indicator_wanted.connect(self.indicator_wanted)
        self._window.open_extra(self.page)

    def open_from_menu(self) -> None:
        """Show the page with the newest programme."""
        self.open()

    def _on_over(self) -> None:
        if self.page is None or self.presenter is None:
            return
        self.presenter.leave()
        self.page.save_state()
        self._window.close_extra(self.page, self._came_from)
        self.page = None
        self.presenter = None
