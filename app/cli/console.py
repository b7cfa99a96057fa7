"""How commands talk: tables and sentences on stdout, progress on stderr, JSON into a file."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from app.errors import OutputError, UserError, reason
from app.services.output import write_safely
from app.services.russian import counted as counted  # a word of every report

_WIDEST = 60
"""Columns of a table are cut no earlier than here; a cut cell ends with «…»."""


def use_utf8() -> None:
    """Make the standard streams UTF-8: a redirected one on Windows would be cp1251 or worse."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def tell_error(error: UserError) -> None:
    """Print what happened and what to do on stderr."""
    print(f"Ошибка. {error.message}", file=sys.stderr)
    if error.hint:
        print(error.hint, file=sys.stderr)


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return an aligned text table; numbers stand at the right, None is an empty cell."""
    cells = [[_cell(value) for value in row] for row in rows]
    numeric = [
        bool(cells) and all(_is_number(row[i]) for row in cells) for i in range(len(headers))
    ]
    widths = [max(len(text) for text in column) for column in zip(headers, *cells, strict=True)]
    lines = [list(headers), ["─" * width for width in widths], *cells]
    return "\n".join(_line(line, widths, numeric) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = (
        text.rjust(width) if right else text.ljust(width)
        for text, width, right in zip(cells, widths, numeric, strict=True)
    )
    return "  ".join(padded).rstrip()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _is_number(text: str) -> bool:
    return not text or text.replace(",", "").replace("%", "").strip().isdecimal()


class ConsoleProgress:
    """Progress on one line of a terminal; elsewhere it says nothing."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._shown = 0
        self._terminal = self._stream.isatty()

    def report(self, done: int, total: int, text: str) -> None:
        """Show the step over the one before."""
        if not self._terminal:
            return
        line = f"{done}/{total} {text}" if total else text
        line = line[:100]
        self._stream.write("\r" + line.ljust(self._shown))
        self._stream.flush()
        self._shown = len(line)

    def check(self) -> None:
        """Never cancel by itself: Ctrl+C interrupts the command."""

    def clear(self) -> None:
        """Wipe the line, so that the result starts on a clean one."""
        if self._shown:
            self._stream.write("\r" + " " * self._shown + "\r")
            self._stream.flush()
            self._shown = 0


def require_writable(path: Path | None) -> None:
    """Raise OutputError when a file cannot be written at ``path``; called before any work."""
    if path is None:
        return
    if path.is_dir():
        raise OutputError(f"{path} – это папка, а нужно имя файла.", "Допишите имя файла.")
    if path.exists() and not os.access(path, os.W_OK):
        raise OutputError(f"Файл {path} защищён от записи.", "Укажите другое имя файла.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise _not_written(path, error) from error


def write_json(path: Path, data: Any) -> None:
    """Write ``data`` as readable UTF-8 JSON; an older file stays whole until the new one is."""
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    write_safely(path, text.encode(), lambda draft: json.loads(draft.read_bytes()))


def _not_written(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"Файл {path} записать нельзя: {reason(error)}.",
        "Проверьте, что папка существует, в неё разрешена запись и файл не открыт в другой "
        "программе, или укажите другое место.",
    )
