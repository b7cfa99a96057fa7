"""Writing a file so that it is there whole or the old one is untouched, and safe names for it."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from app.errors import OutputError

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"}
)
_MAX_NAME = 120
"""Characters: with a folder of the usual depth the path stays under the 260 of old Windows."""

_ANOTHER_PLACE = "Выберите другую папку или другое имя файла."
_SENTENCES = {
    errno.ENOSPC: (
        "На диске нет места, файл «{name}» не записан.",
        "Освободите место или выберите другой диск и повторите.",
    ),
    errno.EDQUOT: (
        "Исчерпано место, отведённое вам на диске; файл «{name}» не записан.",
        "Освободите место или выберите другой диск и повторите.",
    ),
    errno.EROFS: ("Диск защищён от записи, файл «{name}» не записан.", _ANOTHER_PLACE),
    errno.ENOENT: ("Папки «{folder}» нет, файл «{name}» не записан.", _ANOTHER_PLACE),
    errno.ENOTDIR: ("«{folder}» – не папка, файл «{name}» не записан.", _ANOTHER_PLACE),
    errno.ENAMETOOLONG: ("Слишком длинное имя файла «{name}».", "Задайте имя покороче."),
}
_NO_PERMISSION = (
    "Нет права записи: файл «{name}» в папке «{folder}» не записан.",
    "Если файл открыт в другой программе, закройте его; иначе выберите другую папку.",
)


def safe_file_name(title: str) -> str:
    """Return ``title`` as a file name (without ending) that Windows and Linux both allow.

    Forbidden signs become spaces, reserved names get an underscore, the length is limited.
    """
    name = " ".join(_FORBIDDEN.sub(" ", title).split())[:_MAX_NAME].strip(" .")
    if name.split(".")[0].casefold() in _RESERVED:
        name = f"_{name}"
    return name or "документ"


def write_safely(path: Path, data: bytes, check: Callable[[Path], None]) -> None:
    """Write ``data`` to ``path``: temporary file beside it, flush, fsync, check, replace.

    ``check`` reopens the temporary file and raises when it is not what was meant; so does a length
    that differs.  OutputError says in Russian why nothing was written; the old file is untouched.
    """
    target = _target(path)
    temporary = _temporary(target)
    try:
        _write_through(temporary, data)
        _check_length(temporary, len(data), target)
        check(temporary)
        os.replace(temporary, target)
        _flush_folder(target.parent)
    except OSError as error:
        raise _explained(error, target) from error
    finally:
        _remove(temporary)


class Together:
    """Files that get into their places all together or not at all.

    ``with Together() as files: files.add(path, data, check)``: each is written beside its place,
    flushed and reopened at once; leaving the block puts all of them there.  When that fails
    halfway or the block is left by an exception, every file is as it was before.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[Path, Path]] = []
        """The temporary file and its place."""

    def __enter__(self) -> Together:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._place()
        finally:
            for temporary, _ in self._waiting:
                _remove(temporary)

    def add(self, path: Path, data: bytes, check: Callable[[Path], None]) -> None:
        """Write one more file beside its place; OutputError says why it cannot be written."""
        target = _target(path)
        temporary = _temporary(target)
        self._waiting.append((temporary, target))
        try:
            _write_through(temporary, data)
            _check_length(temporary, len(data), target)
            check(temporary)
        except OSError as error:
            raise _explained(error, target) from error

    def _place(self) -> None:
        saved: dict[Path, Path] = {}
        placed: list[Path] = []
        try:
            for temporary, target in self._waiting:
                _keep(target, saved)
                os.replace(temporary, target)
                placed.append(target)
        except OSError as error:
            for done in placed:
                _bring_back(done, saved)
            raise _explained(error, target) from error
        finally:
            for backup in saved.values():
                _remove(backup)
        for folder in {target.parent for _, target in self._waiting}:
            _flush_folder(folder)


def _keep(target: Path, saved: dict[Path, Path]) -> None:
    """Copy the file that will be replaced, so that it can be brought back."""
    if target.exists():
        saved[target] = _temporary(target)
        shutil.copy2(target, saved[target])


def _bring_back(target: Path, saved: dict[Path, Path]) -> None:
    if target in saved:
        os.replace(saved[target], target)
    else:
        target.unlink(missing_ok=True)


def _temporary(target: Path) -> Path:
    return target.with_name(f".opora-{secrets.token_hex(6)}.tmp")


def _remove(temporary: Path) -> None:
    """Remove what is no more needed.

    A disk that refuses to be written refuses this too: the reason that is told is the first one.
    """
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)


def unreadable(path: Path) -> OutputError:
    """Return the error for a file that was written and cannot be read back."""
    return OutputError(
        f"Файл, записанный в папку «{path.parent}», не открывается.",
        "Проверьте диск и повторите; прежний файл не тронут.",
    )


def _target(path: Path) -> Path:
    """Return the real path of the file, refusing what must not be replaced."""
    target = path.resolve()
    try:
        return _replaceable(target)
    except OSError as error:  # a name that the system does not even look for
        raise _explained(error, target) from error


def _replaceable(target: Path) -> Path:
    if target.is_dir():
        raise OutputError(f"«{target}» – папка, а не файл.", "Укажите имя файла.")
    if not target.parent.is_dir():
        code = errno.ENOTDIR if target.parent.exists() else errno.ENOENT
        raise _explained(OSError(code, ""), target)
    if target.exists() and not os.access(target, os.W_OK):
        raise OutputError(
            f"Файл «{target.name}» защищён от записи.", "Снимите защиту или задайте другое имя."
        )
    for owner in _owner_files(target):
        if owner.exists():
            raise OutputError(
                f"Файл «{target.name}» открыт в другой программе (рядом лежит «{owner.name}»).",
                "Закройте его там или задайте другое имя и повторите.",
            )
    return target


def _owner_files(target: Path) -> tuple[Path, ...]:
    """Return the marks that LibreOffice and Word lay beside a file they have open.

    On Linux a file that is open elsewhere can be replaced, and the other program would write its
    old text over ours; on Windows the system itself refuses.
    """
    if not target.exists():
        return ()
    name = target.name
    word = name[2:] if len(target.stem) > 7 else name
    return (target.with_name(f".~lock.{name}#"), target.with_name(f"~${word}"))


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _check_length(path: Path, length: int, target: Path) -> None:
    if path.stat().st_size != length:
        raise OutputError(
            f"Файл «{target.name}» записан не полностью.",
            "Проверьте диск и повторите; прежний файл не тронут.",
        )


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut; Windows has no such call for folders.

    The file is flushed and in its place already, so a file system that cannot do this for folders
    (FAT on a stick, a network share) has not failed to write.
    """
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _explained(error: OSError, target: Path) -> OutputError:
    code = error.errno or 0
    if isinstance(error, PermissionError):
        message, hint = _NO_PERMISSION
    else:
        message, hint = _SENTENCES.get(
            code, (f"Файл «{{name}}» не записан: {error.strerror or error}.", _ANOTHER_PLACE)
        )
    return OutputError(message.format(name=target.name, folder=target.parent), hint)
