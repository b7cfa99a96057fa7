"""PDF from a filled template: LibreOffice of the same computer lays it out, where there is one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.errors import OutputError, reason

_LIMIT = 180.0
"""Seconds: the first start of LibreOffice on an old computer makes its profile and takes long."""
_NAMES = ("soffice", "libreoffice")
_UNIX_PLACES = (
    "/usr/bin",
    "/usr/local/bin",
    "/snap/bin",
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
)
_WINDOWS_FOLDERS = ("PROGRAMW6432", "PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_HINT = "Запишите документ как .docx и сохраните его в PDF из Word или LibreOffice."


def find_office() -> Path | None:
    """Return the LibreOffice of this computer, or None where there is none."""
    return next((path for path in _candidates() if path.is_file()), None)


def as_pdf(body: bytes) -> bytes:
    """Return the PDF that LibreOffice makes of a Word file; OutputError says why there is none."""
    office = find_office()
    if office is None:
        raise OutputError(
            "PDF по своему шаблону делает LibreOffice, а на этом компьютере он не найден.", _HINT
        )
    # A program that was ended may hold its files a little longer on Windows.
    with tempfile.TemporaryDirectory(prefix="opora-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, made = folder / "document.docx", folder / "document.pdf"
        try:
            source.write_bytes(body)
            if not _run(_command(office, source)):
                return _failed("он не закончил работу вовремя")
            if not made.is_file():
                return _failed("он закончил работу, а файла не оставил")
            return made.read_bytes()
        except OSError as error:
            return _failed(reason(error), error)


def _failed(why: str, error: OSError | None = None) -> bytes:
    raise OutputError(f"LibreOffice не сделал PDF: {why}.", _HINT) from error


def _command(office: Path, source: Path) -> list[str]:
    """A profile of its own: a LibreOffice that is open already would take the order over."""
    profile = (source.parent / "profile").as_uri()
    start = [str(office), f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    return [*start, "--convert-to", "pdf", "--outdir", str(source.parent), str(source)]


def _run(command: Sequence[str]) -> bool:
    """Run it to its end; False when it had to be ended with all that it started."""
    hidden = 0
    if sys.platform == "win32":
        hidden = subprocess.CREATE_NO_WINDOW
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=hidden,
        start_new_session=True,
    ) as started:
        try:
            started.wait(_LIMIT)
            return True
        except subprocess.TimeoutExpired:
            _end(started)
            return False


def _end(started: subprocess.Popen[bytes]) -> None:
    """End the program and its children: what is called first only starts another one."""
    if sys.platform == "win32":
        order = ["taskkill", "/T", "/F", "/PID", str(started.pid)]
        subprocess.run(order, check=False, capture_output=True)
    else:
        os.killpg(started.pid, signal.SIGKILL)
    started.kill()


def _candidates() -> Iterator[Path]:
    if sys.platform == "win32":
        # Not by PATH: there Windows looks into the current folder first, which may be a stick.
        for variable in _WINDOWS_FOLDERS:
            folder = os.environ.get(variable)
            if folder:
                for inner in (Path(folder), Path(folder) / "Programs"):
                    yield inner / "LibreOffice" / "program" / "soffice.exe"
        return
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            yield Path(found)
        yield from (Path(place) / name for place in _UNIX_PLACES)
    yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
