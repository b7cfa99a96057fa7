"""The parent's side of a load: child processes that make facts of files, several at once."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from app.closing import Closing
from app.models.enums import Severity
from app.services.importing.children import FEW, WORTH, Children
from app.services.importing.layouts_door import facts_here
from app.services.importing.loaded import LoadedFile
from app.services.importing.plan import Finding
from app.services.importing.read_child import (
    START_SECONDS,
    Child,
    Limits,
    NotStarted,
    Stopped,
    Watch,
)
from app.services.importing.reading import Reader, ReadFailure, failure_of
from app.services.importing.sniff import Sniffed
from app.services.importing.task import BookTask
from app.services.progress import NoProgress, Progress
from app.services.spreadsheets import MEMORY, Failed, Made, Read, Ready, Refusal, Request

_log = logging.getLogger(__name__)

_STEP = 0.05
"""Seconds between two looks at cancel, time and memory."""
_AHEAD = 8
"""Answers that may lie ready before they are asked for."""
_SMALL = 2 << 20
"""Bytes; a larger file is worked on alone: two such books would fill the memory."""

_OUR_FAULT = (
    "Разобрать файл не удалось: в программе ошибка. Остальные файлы она разобрала.",
    "Сообщите о ней разработчикам: подробности в журнале работы программы.",
)


@dataclass(frozen=True, slots=True)
class Job:
    """One staged copy to make facts of, and the format that it was found to have."""

    task: BookTask
    format: str

    @property
    def small(self) -> bool:
        """Whether other files may be worked on at the same time."""
        return self.task.size <= _SMALL


@dataclass
class _Run:
    """A job that a child works on; ``answer`` is there when it is done."""

    job: Job
    child: Child
    watch: Watch
    memory: int
    answer: LoadedFile | ReadFailure | None = None
    hindered: bool = False
    """Ended by a limit, or by itself: beside others that may be for want of memory or time."""


class Workers(Closing):
    """Makes facts of staged copies in child processes; use it as a context manager.

    ``expect`` says what will be asked for, in this order: when that is much, the children work
    ahead.  ``children`` that were begun before are used, and ended in the end.
    """

    def __init__(
        self,
        progress: Progress | None = None,
        limits: Limits | None = None,
        most: int | None = None,
        few: int = FEW,
        children: Children | None = None,
    ) -> None:
        self._progress = progress or NoProgress()
        self._children = children or Children(limits, most)
        self._limits = self._children.limits
        self._most = self._children.most
        self._few = few
        self._reader = Reader(self._progress, self._limits)
        self._many = few == 0
        self._runs: dict[Path, _Run] = {}
        self._expected: deque[Job] = deque()
        self._looked = time.monotonic()

    def close(self) -> None:
        """End the children; may be called twice."""
        for run in self._busy():
            run.child.kill()
        self._children.close()
        self._reader.close()
        self._runs.clear()
        self._expected.clear()

    def expect(self, jobs: Iterable[Job]) -> None:
        """Say which jobs will be asked for next, in this order."""
        self._expected = deque(jobs)
        self._many = len(self._expected) >= self._few
        if self._many:
            self._work_ahead()

    def load(self, job: Job) -> LoadedFile:
        """Return the facts of a staged copy, or why parts of it give none.

        Raises ReadFailure with what is wrong in Russian when the file could not be read at all,
        NotStarted when no child could be had to read it, and Cancelled when the user asked to stop.
        """
        if not self._many:
            sniffed = Sniffed(job.format, notes=job.task.notes)
            book = self._reader.read(job.task.copy, sniffed)
            return facts_here(job.task, book)
        run = self._runs.get(job.task.copy) or self._begin(job)
        answer = self._wait_for(run)
        if run.hindered and run.memory < self._limits.memory:
            self._let_all_end()
            run = self._start(job, self._limits.memory)
            answer = self._wait_for(run)
        if run.hindered and not run.child.ready:
            raise NotStarted
        del self._runs[job.task.copy]
        self._work_ahead()
        if isinstance(answer, ReadFailure):
            raise answer
        return answer

    def _begin(self, job: Job) -> _Run:
        """Start a job that no child works on yet; what was expected before it is not wanted."""
        if job in self._expected:
            while self._expected.popleft() != job:
                pass
        if not job.small:
            self._let_all_end()
        while len(self._busy()) >= self._most:
            self._listen()
        return self._start(job, self._limits.shared if job.small else self._limits.memory)

    def _work_ahead(self) -> None:
        """Give the children that have nothing to do the next small files."""
        while self._expected and self._has_room(self._expected[0]):
            self._start(self._expected.popleft(), self._limits.shared)

    def _has_room(self, job: Job) -> bool:
        """Return whether another job may be begun beside those that run."""
        busy = self._busy()
        if not (job.small and all(run.job.small for run in busy)) or len(self._runs) >= _AHEAD:
            return False
        children = len(busy) + self._children.idle
        worth = not children or len(self._expected) > WORTH * children
        worth = worth and children < self._most
        return bool(self._children.idle) or worth

    def _start(self, job: Job, memory: int) -> _Run:
        child = self._children.take()
        limits, task = self._limits, job.task
        watch = Watch(child, memory, self._progress)
        run = self._runs[task.copy] = _Run(job, child, watch, memory)
        seconds = limits.seconds_for(task.size)
        # A new child is not waited for: what it is asked for lies ready when it is up.
        watch.allow(seconds if child.ready else START_SECONDS, memory)
        request = Request(
            str(task.copy), job.format, seconds, memory, task,
            limits.work_seconds, limits.work_memory,
        )  # fmt: skip
        try:
            watch.ask(request)
        except Stopped as stopped:
            self._end(run, stopped)
        return run

    def _busy(self) -> list[_Run]:
        return [run for run in self._runs.values() if run.answer is None]

    def _let_all_end(self) -> None:
        """Wait until no child works: what comes next needs the memory for itself alone."""
        expected, self._expected = self._expected, deque()
        while self._busy():
            self._listen()
        self._expected = expected

    def _wait_for(self, run: _Run) -> LoadedFile | ReadFailure:
        while run.answer is None:
            self._listen()
        return run.answer

    def _listen(self) -> None:
        """Take what the children have to say, and look at their limits from time to time."""
        self._progress.check()
        busy: dict[object, _Run] = {run.child.connection: run for run in self._busy()}
        for connection in wait([run.child.connection for run in busy.values()], _STEP):
            self._hear(busy[connection])
        if time.monotonic() - self._looked >= _STEP:
            self._looked = time.monotonic()
            for run in self._busy():
                self._look_at(run)

    def _look_at(self, run: _Run) -> None:
        try:
            run.watch.check()
        except Stopped as stopped:
            self._end(run, stopped)

    def _hear(self, run: _Run) -> None:
        try:
            message = run.watch.receive()
        except Stopped as stopped:
            self._end(run, stopped)
            return
        limits = self._limits
        if isinstance(message, Ready):
            run.child.greeted()
            run.watch.allow(limits.seconds_for(run.job.task.size), run.memory)
        elif isinstance(message, Read):
            run.watch.allow(limits.work_seconds, limits.work_memory)
        else:
            self._done(run, message)

    def _done(self, run: _Run, message: Made | Refusal | Failed) -> None:
        if isinstance(message, Refusal) and message.detail == MEMORY:
            run.child.kill()  # what it has taken so far would be missed by the next file
            run.hindered = True
        else:
            self._children.give(run.child)
        if isinstance(message, Made):
            run.answer = message.value
        elif isinstance(message, Refusal):
            run.answer = failure_of(message)
        else:
            _log.error("making facts of a file failed: %s", message.detail)
            run.answer = ReadFailure(Finding(Severity.ERROR, *_OUR_FAULT))
        self._work_ahead()

    def _end(self, run: _Run, stopped: Stopped) -> None:
        """Give a file up whose child passed a limit or died."""
        run.child.kill()
        run.hindered = True
        run.answer = ReadFailure(stopped.finding)
        _log.info("reading was stopped: %s", stopped.detail)
