"""Opens the page «Разметка таблицы» when a load asks for it, one table at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.services.importing import ImportPlan
from app.ui import prompts
from app.ui.context import Context
from app.ui.pages.mapping.list_dialog import MappingsDialog
from app.ui.pages.mapping.page import MappingPage
from app.ui.pages.mapping.presenter import MappingPresenter

if TYPE_CHECKING:
    # The window is the frame of all pages; a page must not load it.
    from app.ui.main_window import MainWindow


LIST_TITLE = "Разметки таблиц…"


class MappingLauncher(QObject):
    """Lives as long as the window."""

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._came_from = "schools"
        self.page: MappingPage | None = None
        self.presenter: MappingPresenter | None = None
        context.mapping_wanted.connect(self._on_wanted)
        self.list = window.menus.add_action(LIST_TITLE)
        self.list.triggered.connect(self._on_list)

    def _on_wanted(self, plan: ImportPlan, path: str) -> None:
        self._on_over()
        front = self._window.current_page()
        self._came_from = front.key if front else self._came_from
        self.page = MappingPage(self._context)
        self.presenter = MappingPresenter(self._context, self.page)
        self.presenter.over.connect(self._on_over)
        self._window.open_extra(self.page)
        self.presenter.begin(plan, path)

    def _on_list(self) -> None:
        dialog = MappingsDialog(self._context)
        prompts.run(dialog)
        dialog.deleteLater()

    def _on_over(self) -> None:
        if self.page is not None:
            self.page.save_state()
            self._window.close_extra(self.page, self._came_from)
            self.page = None
            self.presenter = None
