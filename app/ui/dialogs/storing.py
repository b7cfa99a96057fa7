"""A dialog whose answer a service stores; what it refuses is mended in the same dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from app.errors import UserError
from app.services.changes import ChangeSet
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context

Work = Callable[[Workspace], Any]
"""Stores something; returns a ChangeSet or a result with ``changes``."""


class Storing(QObject):
    """Shows the dialog, stores its answer, tells the bus; shown again with all that was entered
    when the service refuses."""

    stored = Signal(object)
    """Carries what the service returned."""

    def __init__(self, context: Context, dialog: QDialog, read: Callable[[], Work]) -> None:
        super().__init__(dialog)
        self._context = context
        self._dialog = dialog
        self._read = read

    def run(self) -> None:
        """Ask, and store when the person accepts."""
        if not prompts.run(self._dialog):
            self._dialog.deleteLater()
            return
        task = self._context.tasks.database.call(
            self._dialog.windowTitle(), self._read(), self._context.workspace
        )
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)

    def _on_done(self, result: Any) -> None:
        self._context.bus.publish(changes_of(result))
        self.stored.emit(result)
        self._dialog.deleteLater()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.run()
        else:
            self._dialog.deleteLater()


def changes_of(result: Any) -> ChangeSet:
    """Return what a writing use case changed, whatever else it returns."""
    changes = result if isinstance(result, ChangeSet) else result.changes
    if not isinstance(changes, ChangeSet):
        raise TypeError(f"no ChangeSet in {type(result).__name__}")
    return changes
