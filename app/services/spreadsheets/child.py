"""The process that parses: it takes a request, sends back rows or a refusal, and nothing else."""

from __future__ import annotations

import faulthandler
import os
import signal
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO
from xml.parsers.expat import ExpatError

from app.services.spreadsheets.messages import (
    DAMAGED,
    DAMAGED_DOCUMENT,
    RESAVE,
    RESAVE_DOCUMENT,
    TOO_BIG,
    TOO_BIG_HINT,
    Done,
    RawSheet,
    Ready,
    Refusal,
    Refused,
    Request,
    Rows,
    SheetStart,
)
from app.services.spreadsheets.values import MAX_AREA

Note = Callable[[str], None]
Parser = Callable[[Path, Note], Iterator[RawSheet]]

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


def serve(connection: Connection, memory: int) -> None:
    """Answer requests until the parent hangs up; ``memory`` bytes may be taken on top of the start.

    This is the whole life of the child process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115 - open as long as the process lives
    _silence(nowhere)
    _limit_memory(memory)
    connection.send(Ready())
    while (request := _next(connection)) is not None:
        alarm = _Alarm(request.seconds + _GRACE, nowhere)
        alarm.set()
        _answer(connection, request, alarm)
        alarm.stop()


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


def _limit_memory(memory: int) -> None:
    """Let the system refuse memory at once where it can; elsewhere the parent's watch has to do."""
    if sys.platform == "win32":
        return
    import resource  # POSIX only

    taken = _address_space()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if taken is not None:
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))


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
        """Begin to count, from zero."""
        faulthandler.dump_traceback_later(self._seconds, exit=True, file=self._nowhere)

    def stop(self) -> None:
        """Count no longer."""
        faulthandler.cancel_dump_traceback_later()


def _answer(connection: Connection, request: Request, alarm: _Alarm) -> None:
    try:
        notes = _send_sheets(connection, request, alarm)
    except (BrokenPipeError, ConnectionError):
        raise SystemExit(0) from None
    except Refused as refused:
        reply: Done | Refusal = Refusal(
            refused.message, refused.hint, refused.sheet, refused.cell, "refused"
        )
    except MemoryError:
        reply = Refusal(TOO_BIG, TOO_BIG_HINT, None, None, "memory")
    except _DAMAGE as error:
        reply = Refusal(*_damaged(request.format), None, None, _where(error))
    else:
        reply = Done(notes)
    alarm.stop()
    connection.send(reply)


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


def _send_sheets(connection: Connection, request: Request, alarm: _Alarm) -> tuple[str, ...]:
    notes: list[str] = []
    area = 0
    for sheet in _parser(request.format)(Path(request.path), notes.append):
        area += len(sheet.rows) * (len(sheet.rows[0]) if sheet.rows else 0)
        if area > MAX_AREA:
            raise Refused(TOO_BIG, TOO_BIG_HINT, sheet=sheet.name)
        alarm.stop()
        connection.send(SheetStart(sheet.name, sheet.hidden, sheet.before, sheet.merged))
        for start in range(0, len(sheet.rows), _CHUNK):
            connection.send(Rows(sheet.rows[start : start + _CHUNK]))
        alarm.set()
    return tuple(dict.fromkeys(notes))


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
