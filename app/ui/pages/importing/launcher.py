"""Opens the page «Загрузка» when files are dropped or chosen, one load at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui import prompts
from app.ui.context import Context
from app.ui.pages.importing.loads_dialog import LoadsDialog
from app.ui.pages.importing.page import ImportPage
from app.ui.pages.importing.presenter import ImportPresenter

if TYPE_CHECKING:
    # The window is the frame of all pages; a page must not load it.
    from app.ui.main_window import MainWindow

LOADS_TITLE = "Журнал загрузок…"


class ImportLauncher(QObject):
    """Lives as long as the window."""

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self.page: ImportPage | None = None
        self.presenter: ImportPresenter | None = None
        self._came_from = "schools"
        context.import_wanted.connect(self._on_wanted)
        context.retry_wanted.connect(self._on_retry)
        window.closing.connect(self._on_closing)
        self.loads = window.menus.add_action(LOADS_TITLE, "Ctrl+J")
        self.loads.triggered.connect(self._on_loads)

    def _on_wanted(self, paths: tuple[Path, ...]) -> None:
        if not paths:
            self._window.menus.open_folder.trigger()
        else:
            presenter = self._open()
            if presenter is not None:
                presenter.begin(paths)

    def _on_retry(self, rows: tuple[int, ...], place: tuple[str, str, str] | None) -> None:
        presenter = self._open()
        if presenter is not None:
            presenter.begin_again(rows, place)

    def _open(self) -> ImportPresenter | None:
        """Return the presenter of a new page; None, told to the person, while a load is open."""
        if self.presenter is not None and self.presenter.is_finished():
            self._on_over()
        if self.page is None:
            return self._make()
        self._window.show_page(ImportPage.key)
        prompts.inform(
            self._window,
            "Загрузка уже идёт",
            "Сначала закончите начатую загрузку или отмените её, потом начните новую.",
        )
        return None

    def _make(self) -> ImportPresenter:
        front = self._window.current_page()
        self._came_from = front.key if front else self._came_from
        self.page = ImportPage(self._context)
        self.presenter = ImportPresenter(self._context, self.page)
        self.presenter.over.connect(self._on_over)
        self._window.open_extra(self.page)
        return self.presenter

    def _on_over(self) -> None:
        if self.page is not None:
            self.page.save_state()
            self._window.close_extra(self.page, self._came_from)
            self.page = None
            self.presenter = None

    def _on_closing(self) -> None:
        if self.presenter is not None:
            self.presenter.close()

    def _on_loads(self) -> None:
        dialog = LoadsDialog(self._context)
        prompts.run(dialog)
        dialog.deleteLater()
