"""A worker thread with a queue; outcomes come back to the thread of the window in order.

The worker puts outcomes into a plain queue and only rings a bell; the bell belongs to the runner,
which lives in the thread of the window.  A signal owned by the worker loses results.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.errors import Cancelled, UserError
from app.ui.tasks.task import Task, TaskProgress

_log = logging.getLogger(__name__)


class _Kind(Enum):
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PROGRESS = "progress"


_Message = tuple[Task, _Kind, Any]


class Runner(QObject):
    """Runs tasks one after another in a thread of its own."""

    started = Signal(object)
    """A task waits or runs; carries the Task."""
    finished = Signal(object)
    """The task is over, however it ended."""
    user_error = Signal(object)
    """A ``UserError`` of a task that is not quiet."""
    bug = Signal(object)
    """Any other exception of any task; it is in the log already."""
    _bell = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._jobs: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._messages: queue.SimpleQueue[_Message] = queue.SimpleQueue()
        self._open: list[Task] = []
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._bell.connect(self._deliver)  # queued, because the worker rings from its own thread
        self._thread.start()

    def call(
        self,
        title: str,
        work: Callable[..., Any],
        *args: Any,
        quiet: bool = False,
        lasting: bool = False,
        **named: Any,
    ) -> Task:
        """Queue ``work(*args, **named)``; for what takes a moment.  ``lasting``, see ``Task``."""

        def run(_progress: TaskProgress) -> Any:
            return work(*args, **named)

        return self._queue(Task(title, run, quiet=quiet, long=False, lasting=lasting))

    def call_long(
        self, title: str, work: Callable[..., Any], *args: Any, quiet: bool = False, **named: Any
    ) -> Task:
        """Queue ``work(*args, progress=…, **named)``; it can report and be cancelled."""

        def run(progress: TaskProgress) -> Any:
            return work(*args, progress=progress, **named)

        return self._queue(Task(title, run, quiet=quiet, long=True))

    def open_tasks(self) -> tuple[Task, ...]:
        """Return the tasks that wait or run, oldest first."""
        return tuple(self._open)

    def stop(self, timeout: float) -> bool:
        """Cancel all but what lasts, and end the thread; False when it runs after ``timeout`` s."""
        for task in self._open:
            if not task.lasting:
                task.abandon()
        self._jobs.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _queue(self, task: Task) -> Task:
        self._open.append(task)
        self._jobs.put(task)
        self.started.emit(task)
        return task

    def _work(self) -> None:
        while (task := self._jobs.get()) is not None:
            kind, value = self._outcome(task)
            self._send((task, kind, value))
            del task, value  # a waiting worker must not keep the last result alive

    def _outcome(self, task: Task) -> tuple[_Kind, Any]:
        progress = TaskProgress(task.stop, lambda step: self._send((task, _Kind.PROGRESS, step)))
        try:
            progress.check()
            return _Kind.DONE, task.work(progress)
        except Cancelled:
            return _Kind.CANCELLED, None
        except Exception as error:  # noqa: BLE001 - the task boundary: nothing may end the worker
            return _Kind.FAILED, error

    def _send(self, message: _Message) -> None:
        self._messages.put(message)
        try:
            self._bell.emit()
        except RuntimeError:
            # The window is gone and with it the C++ half of the runner: nobody is left to tell.
            _log.info("an outcome came after the window was closed")

    def _deliver(self) -> None:
        while not self._messages.empty():
            task, kind, value = self._messages.get()
            if kind is _Kind.PROGRESS:
                if not task.abandoned:
                    task.progressed.emit(*value)
            else:
                self._finish(task, kind, value)

    def _finish(self, task: Task, kind: _Kind, value: Any) -> None:
        self._open.remove(task)
        self.finished.emit(task)
        if kind is _Kind.FAILED:
            self._tell_failure(task, value)
        if task.abandoned:
            return
        if kind is _Kind.DONE:
            task.done.emit(value)
        elif kind is _Kind.FAILED:
            task.failed.emit(value)
        else:
            task.cancelled.emit()

    def _tell_failure(self, task: Task, error: Exception) -> None:
        if not isinstance(error, UserError):
            _log.error("task failed: %s", task.title, exc_info=error)
            self.bug.emit(error)
        elif not task.quiet and not task.abandoned:
            self.user_error.emit(error)
