"""The parent's side of reading: one child process for many files, watched, killed and replaced."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from app.models.enums import Severity
from app.services.importing.documents import joined
from app.services.importing.grid import CellValue, Sheet, Workbook
from app.services.importing.plan import Finding
from app.services.importing.read_child import Child, Stopped, Watch
from app.services.importing.sniff import Sniffed, sniff
from app.services.progress import NoProgress, Progress
from app.services.spreadsheets import Done, Refusal, Request, Rows, SheetStart

_log = logging.getLogger(__name__)

_BASE_SECONDS = 4.0
_SECONDS_PER_MEGABYTE = 3.0
_READ_AHEAD = 2 << 20
"""Bytes; a larger file is not read before it is asked for: two such books would fill the memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; a small file gets less time than ``seconds``."""

    seconds: float = 20.0
    memory: int = 360 << 20
    """Bytes on top of what the child takes when it starts; the largest sheet takes 300 MB."""

    def seconds_for(self, size: int) -> float:
        """Return the seconds for a file of so many bytes: 4 and 3 more for each megabyte."""
        return min(self.seconds, _BASE_SECONDS + _SECONDS_PER_MEGABYTE * size / (1 << 20))


class ReadFailure(Exception):  # noqa: N818 - a result of reading, shown to the person
    """A file that could not be read; ``finding`` says why and what to do, in Russian."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Reader:
    """Reads staged copies in a child process; use it as a context manager."""

    def __init__(self, progress: Progress | None = None, limits: Limits | None = None) -> None:
        self._progress = progress or NoProgress()
        self._limits = limits or Limits()
        self._child: Child | None = None
        self._expected: deque[tuple[Path, str]] = deque()
        self._sniffed: dict[Path, Sniffed] = {}
        self._begun: _Begun | None = None

    def __enter__(self) -> Reader:
        # Started before it is needed: it comes up while the files are still being copied.
        self._child = Child(self._limits.memory)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; may be called twice."""
        self._give_up()
        if self._child is not None:
            self._child.stop()
            self._child = None

    def expect(self, files: Iterable[tuple[Path, str]]) -> None:
        """Say which staged copies (with their names) will be read next, in this order.

        While one is worked on, the child reads the following one; a file that is not asked for
        after all costs a new child.
        """
        self._expected = deque(files)

    def sniff(self, copy: Path, name: str) -> Sniffed:
        """Return what a staged copy is by its content; looked at once."""
        if copy not in self._sniffed:
            self._sniffed[copy] = sniff(copy, name)
        return self._sniffed[copy]

    def read(self, copy: Path, sniffed: Sniffed) -> Workbook:
        """Return the book of a staged copy.

        Raises ReadFailure with what is wrong in Russian, and Cancelled when the user asked to stop;
        after both the reader is ready for the next file.
        """
        if sniffed.problem is not None:
            raise ReadFailure(sniffed.problem)
        if self._begun is not None and self._begun.copy != copy:
            self._give_up()
        begun, self._begun = self._begun, None
        try:
            answer = self._answer(copy, sniffed, begun)
        finally:
            self._read_ahead(copy)
        if isinstance(answer, Refusal):
            raise _failure(answer)
        sheets = joined(answer.sheets) if sniffed.format == "docx" else answer.sheets
        return Workbook(sniffed.format, sheets, sniffed.notes + answer.notes)

    def _answer(self, copy: Path, sniffed: Sniffed, begun: _Begun | None) -> _Book | Refusal:
        child = begun.child if begun else self._take_child()
        try:
            watch = begun.watch if begun else self._ask(child, copy, sniffed.format)
            answer = self._receive(watch, self._limits.seconds_for(copy.stat().st_size))
        except Stopped as stopped:
            child.kill()
            _log.info("reading was stopped: %s", stopped.detail)
            raise ReadFailure(stopped.finding) from None
        except BaseException:
            child.kill()
            raise
        self._child = child
        return answer

    def _read_ahead(self, done: Path) -> None:
        """Let the child begin with the file after ``done``, when both are small."""
        while self._expected and self._expected.popleft()[0] != done:
            pass
        while self._expected and self.sniff(*self._expected[0]).problem is not None:
            self._expected.popleft()
        child = self._child
        if not self._expected or child is None or not child.alive:
            return
        copy, name = self._expected[0]
        if max(copy.stat().st_size, done.stat().st_size) <= _READ_AHEAD:
            self._child = None
            self._begin(copy, self.sniff(copy, name).format, child)

    def _begin(self, copy: Path, kind: str, child: Child) -> None:
        try:
            watch = self._ask(child, copy, kind)
        except Stopped:
            child.kill()
            return
        watch.leave_alone()
        self._begun = _Begun(copy, child, watch)

    def _give_up(self) -> None:
        """End a child that reads what nobody waits for."""
        if self._begun is not None:
            self._begun.watch.stop()
            self._begun.child.kill()
            self._begun = None

    def _take_child(self) -> Child:
        """Return a living child; it is put back when its answer is whole."""
        child, self._child = self._child, None
        if child is not None and not child.alive:
            # Ended between two files, from outside: no fault of the next file.
            child.kill()
            child = None
        return child or Child(self._limits.memory)

    def _ask(self, child: Child, copy: Path, kind: str) -> Watch:
        seconds = self._limits.seconds_for(copy.stat().st_size)
        watch = Watch(child, self._limits.memory, self._progress)
        watch.wait_until_ready()
        watch.ask(Request(str(copy), kind, seconds))
        return watch

    def _receive(self, watch: Watch, seconds: float) -> _Book | Refusal:
        """Return the answer of the child, which has ``seconds`` from now on."""
        sheets: list[Sheet] = []
        rows: list[list[CellValue]] = []
        for message in watch.messages(seconds):
            if isinstance(message, SheetStart):
                rows = []
                sheets.append(
                    Sheet(message.name, rows, message.hidden, message.before, message.merged)
                )
            elif isinstance(message, Rows):
                rows.extend(message.rows)
            elif isinstance(message, Done):
                return _Book(tuple(sheets), message.notes)
            elif isinstance(message, Refusal):
                return message
        raise AssertionError("messages() ends only by an answer or an exception")


@dataclass(frozen=True, slots=True)
class _Book:
    """A whole answer of the child."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file that the child reads already although nobody asked for it yet."""

    copy: Path
    child: Child
    watch: Watch


def _failure(refusal: Refusal) -> ReadFailure:
    _log.info("a file was not read: %s", refusal.detail)
    return ReadFailure(
        Finding(Severity.ERROR, refusal.message, refusal.hint, refusal.sheet, refusal.cell)
    )
