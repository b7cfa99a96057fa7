"""The two workers of the window and what they tell it together."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.ui.tasks.runner import Runner
from app.ui.tasks.task import Task

_PATIENCE = 10.0
"""Seconds that closing the window waits for a running step; a transaction is never cut in two."""


class Tasks(QObject):
    """``database`` for reads and transactions, ``files`` for reading and writing files."""

    changed = Signal()
    """A task has begun or ended."""

    def __init__(self) -> None:
        super().__init__()
        self.database = Runner("opora-database")
        self.files = Runner("opora-files")
        for runner in (self.database, self.files):
            runner.started.connect(self._on_change)
            runner.finished.connect(self._on_change)

    def open_tasks(self) -> tuple[Task, ...]:
        """Return the tasks of both workers, the long work with files first."""
        return self.files.open_tasks() + self.database.open_tasks()

    def stop(self) -> bool:
        """Cancel everything and end both threads; return False when one still runs."""
        stopped = [runner.stop(_PATIENCE) for runner in (self.files, self.database)]
        return all(stopped)

    def _on_change(self, _task: object) -> None:
        self.changed.emit()
