"""Keeps the tab «Карантин (3)»: it comes when rows wait, and whenever the menu asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.services import importing
from app.services.changes import ChangeSet, Topic
from app.services.importing import WaitingCounts
from app.ui.context import Context
from app.ui.pages.quarantine.page import QuarantinePage
from app.ui.pages.quarantine.presenter import QuarantinePresenter
from app.ui.tasks import Task

if TYPE_CHECKING:
    # The window is the frame of all pages; a page must not load it.
    from app.ui.main_window import MainWindow


class QuarantineLauncher(QObject):
    """Lives as long as the window."""

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._came_from = "schools"
        self._counting: Task | None = None
        self.page: QuarantinePage | None = None
        self.presenter: QuarantinePresenter | None = None
        window.menus.add_view("Карантин", "Ctrl+Shift+J").triggered.connect(self.open)
        context.bus.changed.connect(self._on_changed)
        self._count()

    def open(self) -> None:
        """Bring the page to the front."""
        front = self._window.current_page()
        if front is not None and front.key != QuarantinePage.key:
            self._came_from = front.key
        self._make()
        self._window.show_page(QuarantinePage.key)

    def _make(self) -> None:
        if self.page is None:
            self.page = QuarantinePage(self._context)
            self.presenter = QuarantinePresenter(self._context, self.page)
            self.page.closed.connect(self._on_closed)
            self._window.open_behind(self.page)

    def _count(self) -> None:
        if self._counting is not None:
            self._counting.abandon()
        self._counting = self._context.tasks.database.call(
            "Читаю карантин", importing.waiting, self._context.workspace
        )
        self._counting.done.connect(self._on_counted)

    def _on_counted(self, counts: WaitingCounts) -> None:
        self._counting = None
        if counts.rows:
            self._make()
        elif self.page is not None and self._window.current_page() is not self.page:
            self._on_closed()
        if self.page is not None:
            title = f"{QuarantinePage.title} ({counts.rows})" if counts.rows else self.page.title
            self._window.top_bar.retitle_tab(QuarantinePage.key, title)

    def _on_changed(self, changes: ChangeSet) -> None:
        if Topic.IMPORTS in changes.topics:
            self._count()

    def _on_closed(self) -> None:
        if self.page is None or self.presenter is None:
            return
        self.presenter.leave()
        self.page.save_state()
        front = self._window.current_page()
        there = front.key if front is not None and front is not self.page else self._came_from
        self._window.close_extra(self.page, there)
        self.page = None
        self.presenter = None
