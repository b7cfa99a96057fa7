"""The main window: frame, pages in tabs, drop target.  Painted before any data is touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QStatusBar, QVBoxLayout, QWidget

from app.ui.page import Page, Pages
from app.ui.shell.top_bar import TopBar
from app.ui.state import WindowState
from app.ui.theme.metrics import MARGIN

if TYPE_CHECKING:
    # Names only: what is imported or made before the first paint delays it.
    from PySide6.QtGui import (
        QAction,
        QCloseEvent,
        QDragEnterEvent,
        QDropEvent,
        QKeyEvent,
        QPaintEvent,
    )

    from app.ui.context import Context
    from app.ui.shell.menus import Menus
    from app.ui.shell.status import StatusBar
    from app.ui.tasks import Tasks

TITLE = "Опора"
_FIRST_SIZE = (1280, 700)

MENUS = ("&Файл", "&Вид", "&Справка")

TABS = (("today", "Сегодня"), ("schools", "Школы"), ("results", "Результаты"))
"""Tabs that stand from the first paint on; their pages come after it."""


class MainWindow(QMainWindow):
    """Knows no service; ``workbench`` brings the pages and what the menus do with data."""

    painted = Signal()
    """The window has been painted for the first time."""
    closing = Signal()
    """The window closes for good; nothing can stop it any more."""

    # Made after the first paint, see take_context() and complete().
    context: Context
    tasks: Tasks
    menus: Menus
    status: StatusBar

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self.state = state
        self.pages = Pages()
        self.may_close: list[Callable[[], bool]] = []
        """Asked one by one before the window closes; a False keeps it open."""
        self.restore_from: Path | None = None
        """A backup to put in the place of the data once the window has closed."""
        self._was_painted = False
        self._build()
        self._restore()

    def _build(self) -> None:
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self.menu_titles = [self.menuBar().addMenu(title) for title in MENUS]
        self.top_bar = TopBar()
        # A menu bar of the desktop itself would have no room for the tools.
        self.menuBar().setNativeMenuBar(False)
        self.menuBar().setCornerWidget(self.top_bar.tools)
        self.setStatusBar(QStatusBar())  # as high as the real one that comes in complete()
        self.stack = QStackedWidget()
        self.waiting = QLabel("Открываю базу данных…")
        self.waiting.setIndent(MARGIN)
        self.waiting.setProperty("role", "muted")
        self.stack.addWidget(self.waiting)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(centre)
        for key, title in TABS:
            self.top_bar.add_tab(key, title)

    def take_context(self, context: Context) -> None:
        """Take over the workers and what pages are given; the first page can be added now."""
        self.context, self.tasks = context, context.tasks
        context.place = self.stack
        self.top_bar.tab_chosen.connect(self.show_page)
        self.top_bar.year_chosen.connect(context.set_year)
        self.top_bar.school_chosen.connect(context.school_wanted)
        context.page_wanted.connect(self.show_page)

    def complete(self, menus: Menus, status: StatusBar) -> None:
        """Take over the rest of the frame."""
        self.menus, self.status = menus, status
        self.setStatusBar(status)
        self.top_bar.set_load_menu(menus.load)
        for key, title in TABS:
            self._add_action(key, title)

    def _restore(self) -> None:
        self.resize(*_FIRST_SIZE)
        geometry = self.state.blob("window/geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    # Pages.

    def offer_page(self, key: str, title: str, make: Callable[[], object]) -> None:
        """Add a tab whose page is made by ``make``, through ``put_page``, when first asked for."""
        self._add_tab(key, title)
        self.pages.offer(key, make)
        if self.top_bar.chosen_tab() == key:
            self.show_page(key)

    def put_page(self, page: Page) -> None:
        """Take over the page of a tab that is there already."""
        self.pages.add(page)
        self.stack.addWidget(page)

    def add_page(self, page: Page) -> None:
        """Put a page behind its tab; a tab that is not there yet is added at the end."""
        self._add_tab(page.key, page.title)
        self.put_page(page)
        if self.top_bar.chosen_tab() == page.key:
            self.show_page(page.key)

    def _add_tab(self, key: str, title: str) -> None:
        if not self.top_bar.has_tab(key):
            self.top_bar.add_tab(key, title)
            self._add_action(key, title)

    def open_extra(self, page: Page) -> None:
        """Show a page under a tab of its own, without a number, until ``close_extra``."""
        self.open_behind(page)
        self.show_page(page.key)

    def open_behind(self, page: Page) -> None:
        """Like ``open_extra``, but the page in front stays there."""
        self.top_bar.add_tab(page.key, page.title)
        self.put_page(page)

    def close_extra(self, page: Page, then: str) -> None:
        """Take a page of ``open_extra`` away and show the page ``then``."""
        self.top_bar.remove_tab(page.key)
        self.stack.removeWidget(page)
        self.pages.remove(page.key)
        page.deleteLater()
        self.show_page(then)

    def show_page(self, key: str) -> None:
        """Bring the page to the front; before the data are open, only its tab is chosen."""
        self.top_bar.choose_tab(key)
        page = self.pages.get(key)
        self.stack.setCurrentWidget(page or self.waiting)
        if page is not None:
            page.come_to_front()

    def current_page(self) -> Page | None:
        """Return the page in front, or None before there is any."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def _add_action(self, key: str, title: str) -> None:
        action = self.menus.add_page(key, title)
        action.triggered.connect(self._on_page_action)

    # Slots.

    def _on_page_action(self) -> None:
        action: QAction = self.sender()  # type: ignore[assignment]
        self.show_page(str(action.data()))

    # Events of Qt.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            # Told when this paint, that of the children included, is over.
            QTimer.singleShot(0, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if not self.menus.trigger_by_place(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if self.top_bar.load.isEnabled() and _local_paths(event):
            self.status.showMessage("Отпустите, чтобы загрузить: сначала будет показан план.")
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.status.clearMessage()
        paths = _local_paths(event)
        if paths:
            event.acceptProposedAction()
            self.context.import_wanted.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if not all(ask() for ask in self.may_close):
            event.ignore()
            return
        for page in self.pages.made():
            page.save_state()
        self.state.put("window/geometry", self.saveGeometry())
        self.state.save()
        self.closing.emit()
        super().closeEvent(event)


def _local_paths(event: QDropEvent) -> tuple[Path, ...]:
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
