"""Asks for the requisites of the office: at the first start, from the menu, for a paper."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.errors import UserError
from app.services import settings
from app.services.changes import ChangeSet
from app.services.settings import OfficeDetails, OfficeError
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.office_dialog import OfficeDialog

_ASKED = "documents/office-asked"


class Requisites(QObject):
    """Opens the form and stores what was filled in; ``parent`` is who asks."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._dialog: OfficeDialog | None = None

    def ask(self) -> None:
        """Open the form of the requisites."""
        task = self._context.tasks.database.call(
            "Чтение реквизитов", settings.office, self._context.workspace
        )
        task.done.connect(self._on_read)

    def greet(self) -> None:
        """Open the form at the first start; put off once, it is not pressed on anybody again."""
        if not self._context.state.flag(_ASKED, False):
            task = self._context.tasks.database.call(
                "Чтение реквизитов", settings.office, self._context.workspace
            )
            task.done.connect(self._on_first_start)

    def _on_first_start(self, details: OfficeDetails | None) -> None:
        self._context.state.put(_ASKED, True)
        if details is None:
            self._run(OfficeDialog(None, self._context.window))

    def _on_read(self, details: OfficeDetails | None) -> None:
        self._run(OfficeDialog(details, self._context.window))

    def _run(self, dialog: OfficeDialog) -> None:
        self._dialog = dialog
        if not prompts.run(dialog):
            self._dialog = None
            return
        task = self._context.tasks.database.call(
            "Сохранение реквизитов",
            settings.save_office,
            self._context.workspace,
            dialog.details(),
            quiet=True,
        )
        task.done.connect(self._on_saved)
        task.failed.connect(self._on_refused)

    def _on_saved(self, changes: ChangeSet) -> None:
        self._dialog = None
        self._context.bus.publish(changes)

    def _on_refused(self, error: Exception) -> None:
        dialog = self._dialog
        if isinstance(error, OfficeError) and dialog is not None:
            dialog.show_problems(error.problems)
            self._run(dialog)
        elif isinstance(error, UserError):
            self._dialog = None
            prompts.report(self._context.window, error)
