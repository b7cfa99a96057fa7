"""What the menus hold, and their shortcuts, which work in the Russian keyboard layout too."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from app.ui.main_window import MainWindow
from app.ui.shell import layout_keys
from app.ui.theme import ThemeChoice

_THEMES = (
    (ThemeChoice.SYSTEM, "Как в системе"),
    (ThemeChoice.LIGHT, "Светлая"),
    (ThemeChoice.DARK, "Тёмная"),
)


class Menus:
    """Makes the actions; the window connects them."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._numbers = 0
        self.file, self.view, self.help = window.menu_titles
        self.load = QMenu(window)
        self._fill_file()
        self._fill_view()
        self._fill_help()

    def _fill_file(self) -> None:
        self.open_folder = self._action("Загрузить папку…", "Ctrl+O")
        self.open_files = self._action("Загрузить отдельные файлы…", "Ctrl+Shift+O")
        self.undo = self._action("Отменить последнее действие", "Ctrl+Z")
        self.redo = self._action("Повторить отменённое", "Ctrl+Y")
        self.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.redo.setEnabled(False)
        self.data_folder = self._action("Открыть папку с данными")
        self.quit = self._action("Выход", "Ctrl+Q")
        self.load.addActions([self.open_folder, self.open_files])
        self.file.addActions([self.open_folder, self.open_files])
        self.file.addSeparator()
        self.file.addActions([self.undo, self.redo])
        self.extra = self.file.addSeparator()
        """Actions of pages go before this one."""
        self.file.addActions([self.data_folder, self.quit])

    def _fill_view(self) -> None:
        self.pages = self.view.addSeparator()
        self.search = self._action("Найти школу", "Ctrl+K")
        self.refresh = self._action("Обновить", "F5")
        self.view.addActions([self.search, self.refresh])
        themes = self.view.addMenu("Тема")
        self.themes = QActionGroup(self._window)
        for choice, title in _THEMES:
            action = themes.addAction(title)
            action.setCheckable(True)
            action.setData(choice.value)
            self.themes.addAction(action)

    def _fill_help(self) -> None:
        self.page_help = self._action("Справка по этому разделу", "F1")
        self.layouts = self._action("Что умеет загружать программа…")
        self.about = self._action("О программе")
        self.help.addActions([self.page_help, self.layouts, self.about])

    def _action(self, title: str, keys: str = "") -> QAction:
        action = QAction(title, self._window)
        if keys:
            action.setShortcut(QKeySequence(keys))
        self._window.addAction(action)  # works with the menu bar hidden, too
        return action

    def add_page(self, key: str, title: str) -> QAction:
        """Add «Школы Ctrl+1» to the menu «Вид», the next page with the next number."""
        self._numbers += 1
        # The tenth stands on the key after the nine; there is no key for further ones.
        keys = f"Ctrl+{self._numbers % 10}" if self._numbers <= 10 else ""
        action = self._action(title, keys)
        action.setData(key)
        self.view.insertAction(self.pages, action)
        return action

    def add_view(self, title: str, keys: str = "") -> QAction:
        """Add a page without a tab of its own to the menu «Вид»."""
        action = self._action(title, keys)
        self.view.insertAction(self.search, action)
        return action

    def add_action(self, title: str, keys: str = "") -> QAction:
        """Add an action of a page to the menu «Файл»."""
        action = self._action(title, keys)
        self.file.insertAction(self.extra, action)
        return action

    def set_ready(self, ready: bool) -> None:
        """Enable what the workbench answers to; what to undo is known when the data were read."""
        for action in (
            self.open_folder, self.open_files, self.refresh, self.data_folder, self.page_help,
            self.layouts, self.about,
        ):  # fmt: skip
            action.setEnabled(ready)
        if not ready:
            self.undo.setEnabled(False)

    def trigger_by_place(self, event: QKeyEvent) -> bool:
        """Trigger what the key would do in the Latin layout; False when that is nothing."""
        return layout_keys.trigger(self._window, event)

    def show_theme(self, choice: ThemeChoice) -> None:
        """Tick the chosen theme."""
        for action in self.themes.actions():
            action.setChecked(action.data() == choice.value)
