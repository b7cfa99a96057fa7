"""Books as they are, for looking at: read by a child process, watched, killed and replaced."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from app.closing import Closing
from app.models.enums import Severity
from app.services.importing.documents import joined
from app.services.importing.grid import CellValue, Sheet, Workbook
from app.services.importing.plan import Finding
from app.services.importing.read_child import Child, Limits, NotStarted, Stopped, Watch
from app.services.importing.sniff import Sniffed
from app.services.progress import NoProgress, Progress
from app.services.spreadsheets import Done, Refusal, Request, Rows, SheetStart

_log = logging.getLogger(__name__)


class ReadFailure(Exception):  # noqa: N818 - a result of reading, shown to the person
    """A file that could not be read; ``finding`` says why and what to do, in Russian."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Reader(Closing):
    """Reads staged copies in a child process; use it as a context manager."""

    def __init__(self, progress: Progress | None = None, limits: Limits | None = None) -> None:
        self._progress = progress or NoProgress()
        self._limits = limits or Limits()
        self._child: Child | None = None

    def close(self) -> None:
        """End the child; may be called twice."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def read(self, copy: Path, sniffed: Sniffed) -> Workbook:
        """Return the book of a staged copy.

        Raises ReadFailure with what is wrong in Russian, NotStarted when that is no fault of the
        file, and Cancelled when the user asked to stop; after all of them the reader is ready for
        the next file.
        """
        if sniffed.problem is not None:
            raise ReadFailure(sniffed.problem)
        answer = self._answer(copy, sniffed)
        if isinstance(answer, Refusal):
            raise failure_of(answer)
        sheets = joined(answer.sheets) if sniffed.format == "docx" else answer.sheets
        return Workbook(sniffed.format, sheets, sniffed.notes + answer.notes)

    def _answer(self, copy: Path, sniffed: Sniffed) -> _Book | Refusal:
        child = self._take_child()
        try:
            watch = Watch(child, self._limits.memory, self._progress)
            watch.wait_until_ready()
            seconds = self._limits.seconds_for(copy.stat().st_size)
            watch.ask(Request(str(copy), sniffed.format, seconds, self._limits.memory))
            answer = self._receive(watch, seconds)
        except Stopped as stopped:
            child.kill()
            _log.info("reading was stopped: %s", stopped.detail)
            if not child.ready:
                raise NotStarted from None
            raise ReadFailure(stopped.finding) from None
        except BaseException:
            child.kill()
            raise
        self._child = child
        return answer

    def _take_child(self) -> Child:
        """Return a living child; it is put back when its answer is whole."""
        child, self._child = self._child, None
        if child is not None and not child.alive:
            # Ended between two files, from outside: no fault of the next file.
            child.kill()
            child = None
        return child or Child(self._limits.memory)

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


def failure_of(refusal: Refusal) -> ReadFailure:
    """Return what is shown of a refusal of the child."""
    _log.info("a file was not read: %s", refusal.detail)
    return ReadFailure(
        Finding(Severity.ERROR, refusal.message, refusal.hint, refusal.sheet, refusal.cell)
    )
