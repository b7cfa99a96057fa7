"""The parent's side of reading: one child process for many files, watched, killed and replaced."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from app.models.enums import Severity
from app.services.importing.grid import CellValue, Sheet, Workbook
from app.services.importing.plan import Finding
from app.services.importing.read_child import Child, Stopped, Watch
from app.services.importing.sniff import Sniffed
from app.services.progress import NoProgress, Progress
from app.services.spreadsheets import Done, Refusal, Request, Rows, SheetStart

_log = logging.getLogger(__name__)

_BASE_SECONDS = 4.0
_SECONDS_PER_MEGABYTE = 3.0


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
        if self._child is not None:
            self._child.stop()
            self._child = None

    def read(self, copy: Path, sniffed: Sniffed) -> Workbook:
        """Return the book of a staged copy.

        Raises ReadFailure with what is wrong in Russian, and Cancelled when the user asked to stop;
        after both the reader is ready for the next file.
        """
        if sniffed.problem is not None:
            raise ReadFailure(sniffed.problem)
        child = self._take_child()
        try:
            answer = self._ask(child, copy, sniffed.format)
        except Stopped as stopped:
            child.kill()
            _log.info("reading was stopped: %s", stopped.detail)
            raise ReadFailure(stopped.finding) from None
        except BaseException:
            child.kill()
            raise
        self._child = child
        if isinstance(answer, Refusal):
            raise _failure(answer)
        return Workbook(sniffed.format, answer.sheets, sniffed.notes + answer.notes)

    def _take_child(self) -> Child:
        """Return a living child; it is put back when its answer is whole."""
        child, self._child = self._child, None
        if child is not None and not child.alive:
            # Ended between two files, from outside: no fault of the next file.
            child.kill()
            child = None
        return child or Child(self._limits.memory)

    def _ask(self, child: Child, copy: Path, kind: str) -> _Book | Refusal:
        seconds = self._limits.seconds_for(copy.stat().st_size)
        watch = Watch(child, self._limits.memory, self._progress)
        watch.wait_until_ready()
        watch.ask(Request(str(copy), kind, seconds))
        sheets: list[Sheet] = []
        rows: list[list[CellValue]] = []
        for message in watch.messages(seconds):
            if isinstance(message, SheetStart):
                rows = []
                sheets.append(Sheet(message.name, rows, message.hidden))
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


def _failure(refusal: Refusal) -> ReadFailure:
    _log.info("a file was not read: %s", refusal.detail)
    return ReadFailure(
        Finding(Severity.ERROR, refusal.message, refusal.hint, refusal.sheet, refusal.cell)
    )
