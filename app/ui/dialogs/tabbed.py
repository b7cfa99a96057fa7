"""Dialogs with tabs and what opens them from the menu, on any of their tabs."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QTabWidget

from app.ui import prompts
from app.ui.context import Context


class TabbedDialog(QDialog):
    """A dialog whose work is divided into tabs."""

    tabs: QTabWidget

    @abstractmethod
    def leave(self) -> None:
        """Drop what is still on its way: nobody will look at it."""


class TabbedLauncher(QObject):
    """Answers a menu; made anew each time, the dialog shows what is stored now."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context

    def open(self) -> None:
        """Show the dialog on its first tab."""
        self.open_at(0)

    def open_at(self, tab: int) -> None:
        """Show the dialog with one of its tabs in front."""
        dialog = self._make(self._context)
        if dialog is None:
            return
        dialog.tabs.setCurrentIndex(tab)
        prompts.run(dialog)
        dialog.leave()
        dialog.deleteLater()

    @abstractmethod
    def _make(self, context: Context) -> TabbedDialog | None:
        """Return a new dialog; None where there is nothing to show, and the person was told."""
