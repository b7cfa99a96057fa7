"""Opens the dialog «Методика» for the year that the window shows."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.ui import prompts
from app.ui.context import Context
from app.ui.pages.methodology.dialog import MethodologyDialog


class MethodologyLauncher(QObject):
    """Answers the menu «Методика…»."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context

    def open(self) -> None:
        """Show the dialog; without results there is no year to choose rules for."""
        self.open_at(0)

    def open_at(self, tab: int) -> None:
        """Show the dialog with one of its tabs in front."""
        year = self._context.year
        if year is None:
            prompts.inform(
                self._context.window,
                "Методика",
                "Методика выбирается для года, а результатов в базе ещё нет.",
                "Загрузите файлы с флешки (Ctrl+O).",
            )
            return
        dialog = MethodologyDialog(self._context, year)
        dialog.editor.tabs.setCurrentIndex(tab)
        prompts.run(dialog)
        dialog.deleteLater()
