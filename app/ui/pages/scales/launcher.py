"""Opens the dialog of scales and minimum scores."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.ui import prompts
from app.ui.context import Context
from app.ui.pages.scales.dialog import ScalesDialog


class ScalesLauncher(QObject):
    """Answers the menu «Шкалы и минимальные баллы…»."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context

    def open(self) -> None:
        """Show the dialog on its first tab."""
        self.open_at(0)

    def open_at(self, tab: int) -> None:
        """Show the dialog with one of its tabs in front."""
        dialog = ScalesDialog(self._context)
        dialog.tabs.setCurrentIndex(tab)
        prompts.run(dialog)
        dialog.leave()
        dialog.deleteLater()
