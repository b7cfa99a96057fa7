"""The child process that parses files, as its parent sees it: started, asked, watched, killed."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psutil

from app.errors import UserError
from app.models.enums import Severity
from app.services.importing.plan import Finding
from app.services.progress import Progress
from app.services.spreadsheets import MEMORY, NO_MEMORY_EXIT, Ready, Request, Work, serve

_STEP = 0.05
"""Seconds between two looks at cancel, time and memory."""

START_SECONDS = 60.0
"""A slow disk and a virus scanner may hold a new process back for long."""

_STOP_SECONDS = 1.0
_KILL_SECONDS = 5.0

_ABORTED = frozenset({-6, 0xC0000409, -1073740791, NO_MEMORY_EXIT})
"""How a process ends for want of memory: SIGABRT, the fail-fast code of Windows, or by itself."""

_SLOW = (
    "Файл не удалось прочитать за отведённое время.",
    "Удалите из него лишние листы, строки и столбцы или сохраните заново как «Книга Excel (.xlsx)» "
    "и загрузите ещё раз.",
)
_TOO_BIG = (
    "Файл слишком велик: для чтения не хватает отведённой памяти.",
    "Удалите из файла лишние листы, строки и столбцы или разделите его на несколько и сохраните.",
)
_DIED = (
    "Файл не удалось прочитать: он повреждён или устроен необычно, и чтение на нём прервалось.",
    "Откройте файл в Excel или LibreOffice и сохраните его заново как «Книга Excel (.xlsx)».",
)


_NOT_STARTED = (
    "Чтение файлов не запустилось: отдельная программа, которая их читает, не ответила.",
    "Закройте лишние программы и повторите загрузку. Если не поможет, проверьте, не мешает ли "
    "антивирус: файлы здесь ни при чём, и ничего не загружено.",
)


_BASE_SECONDS = 4.0
_SECONDS_PER_MEGABYTE = 3.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; a small file gets less time than ``seconds``."""

    seconds: float = 20.0
    memory: int = 360 << 20
    """Bytes on top of what the child takes when it starts; the largest sheet takes 300 MB."""
    shared: int = 150 << 20
    """The same for a file that is read beside others; one that wants more is read again alone."""
    work_seconds: float = 180.0
    """For making facts of a book that was read: of 100,000 rows on a slow machine."""
    work_memory: int = 600 << 20
    """Bytes for the rows of the largest sheet together with its facts."""

    def seconds_for(self, size: int) -> float:
        """Return the seconds for a file of so many bytes: 4 and 3 more for each megabyte."""
        return min(self.seconds, _BASE_SECONDS + _SECONDS_PER_MEGABYTE * size / (1 << 20))


class NotStarted(UserError):  # noqa: N818 - a state of the machine, told as a sentence
    """A child ended, or was silent, before it was asked for anything: no file is to blame."""

    def __init__(self) -> None:
        super().__init__(*_NOT_STARTED)


class Stopped(Exception):  # noqa: N818 - a result, shown to the person
    """Reading a file was ended from outside, or the child ended by itself."""

    def __init__(self, message: str, hint: str, detail: str) -> None:
        super().__init__(message)
        self.finding = Finding(Severity.ERROR, message, hint)
        self.detail = detail


class Child:
    """One spawned process; it is ready when its first message comes."""

    def __init__(self, memory: int, work: Work | None = None) -> None:
        # Spawned, not forked: a fork would copy Qt's and SQLite's threads and locks half-alive.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs, memory, work), name="opora-reader", daemon=True
        )
        try:
            self._process.start()
        except OSError as error:
            self.connection.close()
            raise UserError(
                "Не удалось запустить чтение файлов: системе не хватает памяти или прав.",
                "Закройте лишние программы и повторите загрузку.",
            ) from error
        finally:
            theirs.close()
        self.ready = False
        self._base: int | None = None

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def memory_taken(self) -> int:
        """Return the bytes taken since the child was ready; 0 when it is not, or gone."""
        if not self.ready:
            return 0
        try:
            taken = int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0
        if self._base is None:
            self._base = taken
        return taken - self._base

    def greeted(self) -> None:
        """Note that the child is up, and what memory it takes so far."""
        self.ready = True
        self.memory_taken()

    def exit_code(self) -> int | None:
        """Return how the process ended, waiting a moment for it."""
        self._process.join(_STOP_SECONDS)
        return self._process.exitcode

    def stop(self) -> None:
        """Ask the process to end, and end it if it does not."""
        with suppress(OSError):
            self.connection.send(None)
        self._process.join(_STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the process at once and free what it held."""
        if self._process.is_alive():
            self._process.kill()
        self._process.join(_KILL_SECONDS)
        if self._process.exitcode is not None:
            self._process.close()
        self.connection.close()


class Watch:
    """Waits for a child's messages and ends the wait when a limit is passed."""

    def __init__(self, child: Child, memory: int, progress: Progress) -> None:
        self._child = child
        self._progress = progress
        self.allow(START_SECONDS, memory)

    def allow(self, seconds: float, memory: int) -> None:
        """Give the child so many seconds from now on, and bytes on top of its start."""
        self._deadline = time.monotonic() + seconds
        self._memory = memory

    def wait_until_ready(self) -> None:
        """Wait until the child takes requests; its start does not count as reading."""
        if self._child.ready:
            return
        if not isinstance(self._next(), Ready):
            raise Stopped(*_DIED, "no greeting")
        self._child.greeted()

    def ask(self, request: Request) -> None:
        """Send a request."""
        try:
            self._child.connection.send(request)
        except OSError:
            raise self._died() from None

    def messages(self, seconds: float) -> Iterator[Any]:
        """Yield the messages of the answer; it has ``seconds`` to come.

        Raises Stopped when a limit is passed or the child dies, Cancelled when the user asked to
        stop.
        """
        self.allow(seconds, self._memory)
        while True:
            yield self._next()

    def _next(self) -> Any:
        while not self._child.connection.poll(_STEP):
            self.check()
        return self.receive()

    def receive(self) -> Any:
        """Return the message that is there; raises Stopped when the child died instead."""
        self._progress.check()
        try:
            return self._child.connection.recv()
        except (EOFError, OSError):
            raise self._died() from None

    def check(self) -> None:
        """Raise Stopped when a limit is passed, Cancelled when the user asked to stop."""
        self._progress.check()
        if self._child.memory_taken() > self._memory:
            raise Stopped(*_TOO_BIG, MEMORY)
        if time.monotonic() > self._deadline:
            raise Stopped(*_SLOW, "time")

    def _died(self) -> Stopped:
        code = self._child.exit_code()
        if code in _ABORTED:
            return Stopped(*_TOO_BIG, MEMORY)
        return Stopped(*_DIED, f"died, exit code {code}")
