"""Opens the dialog of document texts and templates."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.ui import prompts
from app.ui.context import Context
from app.ui.pages.templates.dialog import TemplatesDialog


class TemplatesLauncher(QObject):
    """Answers the menu «Тексты и шаблоны документов…»."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context

    def open(self) -> None:
        """Show the dialog on its first tab."""
        self.open_at(0)

    def open_at(self, tab: int) -> None:
        """Show the dialog with one of its tabs in front."""
        dialog = TemplatesDialog(self._context)
        dialog.tabs.setCurrentIndex(tab)
        prompts.run(dialog)
        dialog.leave()
        dialog.deleteLater()
