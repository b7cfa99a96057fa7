"""Opens the dialog of backups and closes the window when one is to be put in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui import prompts
from app.ui.context import Context
from app.ui.pages.backups.dialog import BackupsDialog

if TYPE_CHECKING:
    # The window is the frame of all pages; a page must not load it.
    from app.ui.main_window import MainWindow

TITLE = "Резервные копии…"


class BackupsLauncher(QObject):
    """Lives as long as the window."""

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        window.menus.add_action(TITLE).triggered.connect(self.open)

    def open(self) -> None:
        """Show the copies; a chosen one is put in place once the window has closed."""
        dialog = BackupsDialog(self._context, self._context.workspace.database.path)
        prompts.run(dialog)
        dialog.leave()
        chosen = dialog.chosen
        dialog.deleteLater()
        if chosen is not None:
            self._window.restore_from = chosen
            if not self._window.close():
                self._window.restore_from = None
