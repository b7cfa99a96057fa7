"""The process that parses: it answers a request with rows, with what they say, or with why not."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import struct
import sys
import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any
from xml.parsers.expat import ExpatError

from app.faces import found_by_name
from app.services.spreadsheets.messages import (
    DAMAGED,
    DAMAGED_DOCUMENT,
    MEMORY,
    RESAVE,
    RESAVE_DOCUMENT,
    TOO_BIG,
    TOO_BIG_HINT,
    Done,
    Failed,
    Made,
    RawSheet,
    Read,
    Ready,
    Refusal,
    Refused,
    Request,
    Rows,
    SheetStart,
    Work,
)
from app.services.spreadsheets.values import MAX_AREA

Note = Callable[[str], None]
Parser = Callable[[Path, Note], Iterator[RawSheet]]
Worker = Callable[[Any, str, list[RawSheet], tuple[str, ...]], Any]
"""From a task, the format, the sheets and the notes of a book to what the parent wants of it."""

_CHUNK = 10_000
"""Rows per message: memory stays low, and the parent unpacks while the child goes on."""

_GRACE = 2.0
"""Seconds after the parent's limit; only an orphan without a parent works so long on a sheet."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,  # the parse error of ElementTree
    TypeError,
    ValueError,
)
"""What the parsers raise on broken input; xlrd raises nearly anything."""


_Reading = Callable[[Request, "_Alarm"], Done | Made | Failed]
NO_MEMORY_EXIT = 77
"""How the child ends when no memory is left even for saying so."""
_NO_MEMORY = Refusal(TOO_BIG, TOO_BIG_HINT, None, None, MEMORY)


def serve(connection: Connection, memory: int, work: Work | None = None) -> None:
    """Answer requests until the parent hangs up; ``memory`` bytes may be taken on top of the start.

    This is the whole life of the child process.  Without ``work`` it sends the rows of a book; with
    it, what the named function makes of them: then only that goes to the parent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115 - open as long as the process lives
    _silence(nowhere)
    worker: Worker | None = None if work is None else found_by_name(work.function)
    gc.freeze()  # what is loaded by now stays: the collector need not look at it again
    # The first alarm's thread takes its stack and heap for all that follow: they are no file's.
    first = _Alarm(_GRACE, nowhere)
    first.set()
    first.stop()
    limit = _Memory(memory)
    connection.send(Ready())
    try:
        while (request := _next(connection)) is not None:
            limit.lift()
            alarm = _Alarm(request.seconds + _GRACE, nowhere)
            alarm.set()
            _parser(request.format)  # its library is no file's either
            limit.begin(request.memory)
            if worker is None:
                read: _Reading = partial(_send_sheets, connection)
            else:
                read = _Making(connection, worker, limit, nowhere).make
            _answer(connection, request, alarm, read)
            alarm.stop()
    except MemoryError:
        # Not even the answer found room: the way it ends tells the parent why.
        os._exit(NO_MEMORY_EXIT)


def _next(connection: Connection) -> Request | None:
    try:
        request: Request | None = connection.recv()
    except (EOFError, OSError):
        return None
    return request


def _silence(nowhere: IO[str]) -> None:
    """Keep the parsers' English chatter (xlrd's warnings, Rust's panics) off the terminal."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            os.dup2(nowhere.fileno(), stream.fileno())
    sys.stdout = sys.stderr = nowhere


class _Memory:
    """Lets the system refuse memory where it can; elsewhere the watch of the parent has to do."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = None if sys.platform == "win32" else _address_space()
        if self._taken is not None:
            import resource  # POSIX only

            self._resource = resource
            self._hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def lift(self) -> None:
        """Take the limit of the last file away."""
        if self._taken is not None:
            self._resource.setrlimit(self._resource.RLIMIT_AS, (self._hard, self._hard))

    def begin(self, memory: int) -> None:
        """Let a file take so many bytes, on top of what is taken before it.

        A stack of the alarm's thread that was not yet given back, a library that the first file
        loaded: they are measured anew, or a small file would want for their room by chance.
        """
        if self._taken is not None:
            self._taken = _address_space()
            self.allow(memory)

    def allow(self, memory: int) -> None:
        """Let the same file take so many bytes, at most those of the whole life."""
        if self._taken is not None:
            soft = self._taken + min(memory, self._most)
            if self._hard != self._resource.RLIM_INFINITY:
                soft = min(soft, self._hard)
            self._resource.setrlimit(self._resource.RLIMIT_AS, (soft, self._hard))


def _address_space() -> int | None:
    """Return the bytes of address space in use, or None where /proc does not tell."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return None
    return int(status.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


class _Alarm:
    """Ends the process when parsing does not; waiting for a busy parent to listen is no parsing."""

    def __init__(self, seconds: float, nowhere: IO[str]) -> None:
        self._seconds = seconds
        self._nowhere = nowhere

    def set(self) -> None:
        """Begin to count, from zero; MemoryError where the thread that counts has no room."""
        try:
            faulthandler.dump_traceback_later(self._seconds, exit=True, file=self._nowhere)
        except RuntimeError as error:
            raise MemoryError from error

    def stop(self) -> None:
        """Count no longer."""
        faulthandler.cancel_dump_traceback_later()


def _answer(
    connection: Connection,
    request: Request,
    alarm: _Alarm,
    read: _Reading,
) -> None:
    try:
        reply: Done | Made | Failed | Refusal = read(request, alarm)
    except (BrokenPipeError, ConnectionError):
        raise SystemExit(0) from None
    except Refused as refused:
        reply = Refusal(refused.message, refused.hint, refused.sheet, refused.cell, "refused")
    except MemoryError:
        reply = _NO_MEMORY
    except _DAMAGE as error:
        reply = Refusal(*_damaged(request.format), None, None, _where(error))
    alarm.stop()
    try:
        connection.send(reply)
    except MemoryError:
        # An answer is pickled whole before anything of it is sent.
        del reply
        connection.send(_NO_MEMORY)


@dataclass(frozen=True)
class _Making:
    """Makes of a book what the parent wants of it, once the book is read."""

    connection: Connection
    worker: Worker
    limit: _Memory
    nowhere: IO[str]

    def make(self, request: Request, alarm: _Alarm) -> Made | Failed:
        """Return what the worker makes, with the time and the memory that this takes."""
        notes: list[str] = []
        sheets = list(_sheets(request, notes))
        alarm.stop()
        self.connection.send(Read())
        self.limit.allow(request.work_memory)
        work = _Alarm(request.work_seconds + _GRACE, self.nowhere)
        work.set()
        gc.disable()  # facts have no cycles, and looking for them among many takes long
        try:
            told = tuple(dict.fromkeys(notes))
            return Made(self.worker(request.task, request.format, sheets, told))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours costs one file, and is told
            lines = "".join(traceback.format_tb(error.__traceback__))
            return Failed(f"{type(error).__name__}\n{lines}")
        finally:
            gc.enable()
            work.stop()


def _damaged(kind: str) -> tuple[str, str]:
    """Return what is told of a file that broke its parser: a document is saved by Word."""
    return (DAMAGED_DOCUMENT, RESAVE_DOCUMENT) if kind == "docx" else (DAMAGED, RESAVE)


def _where(error: BaseException) -> str:
    """Return the kind of an error and the line it came from; values stay out of the log."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = Path(trace.tb_frame.f_code.co_filename).name
    return f"{type(error).__name__} at {file}:{trace.tb_lineno}"


def _send_sheets(connection: Connection, request: Request, alarm: _Alarm) -> Done:
    notes: list[str] = []
    for sheet in _sheets(request, notes):
        alarm.stop()
        connection.send(SheetStart(sheet.name, sheet.hidden, sheet.before, sheet.merged))
        for start in range(0, len(sheet.rows), _CHUNK):
            connection.send(Rows(sheet.rows[start : start + _CHUNK]))
        alarm.set()
    return Done(tuple(dict.fromkeys(notes)))


def _sheets(request: Request, notes: list[str]) -> Iterator[RawSheet]:
    """Yield the sheets of a book, as long as all of them together are not too large."""
    area = 0
    for sheet in _parser(request.format)(Path(request.path), notes.append):
        area += len(sheet.rows) * (len(sheet.rows[0]) if sheet.rows else 0)
        if area > MAX_AREA:
            raise Refused(TOO_BIG, TOO_BIG_HINT, sheet=sheet.name)
        yield sheet


def _parser(kind: str) -> Parser:
    """Return the parser of a format, importing it and its library at its first file."""
    if kind == "xlsx":
        from app.services.spreadsheets.xlsx import read_xlsx as parser
    elif kind == "xls":
        from app.services.spreadsheets.xls import read_xls as parser
    elif kind == "ods":
        from app.services.spreadsheets.ods import read_ods as parser
    elif kind == "html":
        from app.services.spreadsheets.html_tables import read_html as parser
    elif kind == "xml":
        from app.services.spreadsheets.xml2003 import read_xml2003 as parser
    elif kind == "docx":
        from app.services.spreadsheets.docx import read_docx as parser
    elif kind == "csv":
        from app.services.spreadsheets.delimited import read_csv as parser
    else:
        raise AssertionError(f"no parser for {kind}")
    return parser
