"""One piece of work as the window sees it: its outcome, its progress, and the wish to cancel it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.errors import Cancelled

_REPORT_EVERY = 0.05
"""Seconds between reports that reach the window; more could only flood it."""


class Task(QObject):
    """A task belongs to the thread of the window; the worker never touches its signals.

    Exactly one of ``done``, ``failed`` and ``cancelled`` is sent, and none after ``abandon``.
    """

    done = Signal(object)
    failed = Signal(object)
    """Carries the exception; the person has been told of it already unless the task is quiet."""
    cancelled = Signal()
    progressed = Signal(int, int, str)
    """Steps done, steps in all (0: unknown), Russian text."""

    def __init__(
        self,
        title: str,
        work: Callable[[TaskProgress], Any],
        *,
        quiet: bool,
        long: bool,
        lasting: bool = False,
    ) -> None:
        super().__init__()
        self.title = title
        self.work = work
        self.quiet = quiet
        self.long = long
        """It reports progress; closing the window asks before it is interrupted."""
        self.lasting = lasting
        """Closing the window lets it run: it stores what a person has typed last."""
        self.abandoned = False
        self.stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next check; ``cancelled`` follows when it has."""
        self.stop.set()

    def abandon(self) -> None:
        """Ask the work to stop and send nothing more: a newer task has taken its place."""
        self.abandoned = True
        self.stop.set()


class TaskProgress:
    """The ``services.progress.Progress`` that a worker hands to a use case."""

    def __init__(self, stop: threading.Event, tell: Callable[[tuple[int, int, str]], None]) -> None:
        self._stop = stop
        self._tell = tell
        self._told_at = 0.0

    def report(self, done: int, total: int, text: str) -> None:
        """Pass the report on, at most every 50 ms, but always the last step."""
        now = time.monotonic()
        if now - self._told_at >= _REPORT_EVERY or done == total:
            self._told_at = now
            self._tell((done, total, text))

    def check(self) -> None:
        """Raise ``Cancelled`` when the person asked to stop."""
        if self._stop.is_set():
            raise Cancelled
