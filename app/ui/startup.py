"""What happens between the first paint and the first filled table, in the order of waiting.

1. The window has been painted; only Qt and the frame are loaded.
2. The list of schools is shown from the copy of the last time, if the database has not changed.
3. The database worker imports the heavy half and opens the data.
4. The first pages read the data; any other one is made and reads when it is first asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.errors import DatabaseDamaged, UserError
from app.ui import prompts
from app.ui.main_window import MainWindow

if TYPE_CHECKING:
    # Both are loaded after the first paint, see below.
    from app.services.workspace import Workspace
    from app.ui.crash import CrashHook
    from app.ui.first_list import FirstList

_FAILED = 2
"""Exit code when the data could not be opened."""
_MADE = object()
"""Said by ``next`` when nothing is left to make."""


class Startup(QObject):
    """Lives as long as the window."""

    ready = Signal()
    """The data is open and every page can be asked for."""

    failed = Signal()
    """The data could not be opened; ``failure`` says why.

    The window may hold a backup then that is to take the place of a damaged file.
    """

    def __init__(
        self,
        window: MainWindow,
        open_workspace: Callable[[], Workspace],
        database: Path,
        crash_hook: CrashHook | None = None,
    ) -> None:
        super().__init__(window)
        self.exit_code = 0
        self.failure: Exception | None = None
        self.first: FirstList | None = None
        self.workbench: Any = None
        """The ``workbench.Workbench``; None until the data is open."""
        self._told: str | UserError = ""
        self._making: Iterator[None] = iter(())
        self._window = window
        self._open = open_workspace
        self._database = database
        self._crash_hook = crash_hook
        window.painted.connect(self._on_painted)

    def _on_painted(self) -> None:
        # Late, in the order of what the person waits for: none of it stands in the first paint.
        self.first = importlib.import_module("app.ui.first_list").FirstList(
            self._window, self._database
        )
        self.first.show()
        # The imports that follow would hold up the paint of the list.
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._connect_crash_hook()
        self._begin()
        importlib.import_module("app.ui.after_paint").finish(self._window)
        # Until the pages are there nobody would answer to a menu.
        self._window.menus.set_ready(False)
        self.first.page.classify.setEnabled(False)
        self._window.status.database.setText(f"База: {self._database}")

    def _connect_crash_hook(self) -> None:
        if self._crash_hook is not None:
            for runner in (self._window.tasks.database, self._window.tasks.files):
                runner.bug.connect(self._crash_hook.show)

    def greet(self) -> None:
        """Ask for what the program cannot work without, at the first start of all."""
        self.workbench.greet()

    def tell_when_ready(self, told: str | UserError) -> None:
        """Say a sentence, or report a failure, as soon as the window is ready."""
        self._told = told
        if told:
            self.ready.connect(self._tell)

    def _tell(self) -> None:
        if isinstance(self._told, UserError):
            prompts.report(self._window, self._told)
        else:
            prompts.inform(self._window, "Готово", self._told)

    def stop(self) -> None:
        """End the workers, if they were ever started."""
        if self.first is not None:
            self._window.tasks.stop()

    def _begin(self) -> None:
        task = self._window.tasks.database.call(
            "Открываю базу данных", _open_all, self._open, quiet=True
        )
        task.done.connect(self._on_opened)
        task.failed.connect(self._on_failed)

    def _on_opened(self, opened: tuple[Workspace, Any]) -> None:
        workspace, workbench = opened
        self._window.context.attach(workspace)
        self.workbench = workbench(self._window, self.first)
        self._making = self.workbench.make()
        self._make_next()

    def _make_next(self) -> None:
        # One part in one turn of the event loop: the window answers between them.
        if next(self._making, _MADE) is _MADE:
            self.ready.emit()
        else:
            QTimer.singleShot(0, self._make_next)

    def _on_failed(self, error: Exception) -> None:
        self.exit_code = _FAILED
        self.failure = error
        if isinstance(self._told, UserError):
            prompts.report(self._window, self._told)
        if isinstance(error, DatabaseDamaged):
            # Late: only then.
            rescue = importlib.import_module("app.ui.rescue")
            context = self._window.context
            self._window.restore_from = rescue.choose_copy(context, self._database, error)
        elif isinstance(error, UserError):
            prompts.report(self._window, error)
        self.failed.emit()


def _open_all(open_workspace: Callable[[], Workspace]) -> tuple[Workspace, Any]:
    # Late and in the worker: services bring SQLAlchemy, which takes longer than the window itself.
    workbench = importlib.import_module("app.ui.workbench")
    return open_workspace(), workbench.Workbench
