"""Bringing files in: each is copied to a private folder and hashed; everything odd is listed."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

import psutil

from app.closing import Closing
from app.errors import UserError
from app.models.enums import Severity
from app.services.importing.plan import Finding
from app.services.progress import Progress

LARGEST_FILE = 200 << 20
"""Bytes; no district's table comes near."""

MOST_FILES = 10_000

_DEEPEST = 40
_BLOCK = 1 << 20
_PREFIX = "opora-"

_SERVICE_NAMES = {
    "thumbs.db": "служебный файл Windows (эскизы картинок)",
    "desktop.ini": "служебный файл Windows (вид папки)",
    "autorun.inf": "служебный файл носителя (автозапуск)",
    ".ds_store": "служебный файл macOS",
    "indexervolumeguid": "служебный файл Windows",
    "wpsettings.dat": "служебный файл Windows",
}
_SERVICE_PREFIXES = {
    "~$": "временный файл открытого документа Office",
    ".~lock.": "временный файл открытого документа LibreOffice",
    "._": "служебный файл macOS",
}
_SERVICE_FOLDERS = frozenset(
    {"system volume information", "$recycle.bin", ".trashes", ".spotlight-v100", ".fseventsd"}
)


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One file that was found, copied or not."""

    path: str
    """Relative to the folder that was brought in, with forward slashes, fit to show and store."""
    copy: Path | None
    """None when there is nothing to read: then ``problem`` says why."""
    size: int
    """Bytes."""
    sha256: str
    """Of the content as copied; empty without a copy."""
    problem: Finding | None = None
    service: bool = False
    """True for rubbish of the system (Thumbs.db, ~$…): listed, but nobody has to act."""
    archived_as: str = ""
    """Name in the archive of a copy that is read again; its ending is that of the copy."""
    only: frozenset[tuple[str, int]] | None = None
    """Rows (sheet, 1-based row) of the quarantine that are tried again; None for all rows."""
    folder: str = ""
    """Name of the folder that was brought in alone; empty where files or several folders were."""

    @property
    def name(self) -> str:
        """The name whose ending the content is compared with."""
        return PurePosixPath(self.archived_as or self.path).name


class Staged(Closing):
    """The copies of one load; ``close`` removes them."""

    def __init__(
        self, files: Sequence[StagedFile], label: str, folder: tempfile.TemporaryDirectory[str]
    ) -> None:
        self.files = tuple(files)
        self.label = label
        self._folder = folder

    def close(self) -> None:
        """Remove the copies; may be called twice."""
        self._folder.cleanup()


def stage(
    paths: Iterable[Path], progress: Progress, found_so_many: Callable[[int], None] | None = None
) -> Staged:
    """Copy files and the files of folders to a private temporary folder, in the order of names.

    ``found_so_many`` is told the number of files before the first of them is copied.
    What cannot be read becomes an entry with a Russian problem, the others go on.  Raises UserError
    when there is nothing at all to bring in or no room for the copies, Cancelled when asked to.
    """
    roots = [Path(os.path.abspath(path)) for path in paths]
    _remove_orphans()
    found = _find(roots, progress)
    if found_so_many is not None:
        found_so_many(len(found))
    folder = tempfile.TemporaryDirectory(
        prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True
    )
    brought = _brought_folder(roots)
    try:
        files = []
        for number, item in enumerate(found):
            progress.check()
            progress.report(number, len(found), f"Копирую: {item.path}")
            file = _stage_one(item, Path(folder.name) / f"{number:05d}", progress)
            files.append(replace(file, folder=brought))
    except BaseException:
        folder.cleanup()
        raise
    progress.report(len(found), len(found), "Файлы скопированы")
    return Staged(files, _label(roots, len(found)), folder)


def stage_kept(files: Sequence[StagedFile], archive: Path, label: str) -> Staged:
    """Copy files of the archive to a private temporary folder, to be read once more.

    ``archived_as`` of each names its copy.  Raises UserError when one cannot be copied.
    """
    _remove_orphans()
    folder = tempfile.TemporaryDirectory(
        prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True
    )
    staged = []
    try:
        for number, file in enumerate(files):
            target = Path(folder.name) / f"{number:05d}"
            shutil.copyfile(archive / file.archived_as, target)
            staged.append(replace(file, copy=target))
    except OSError as error:
        folder.cleanup()
        raise UserError(
            "Копию файла из архива прочитать не удалось: её нет или диск недоступен.",
            "Загрузите исходный файл ещё раз.",
        ) from error
    return Staged(staged, label, folder)


@dataclass(frozen=True, slots=True)
class _Found:
    """A name met on the way: a file to copy, or something that is none and why."""

    path: str
    real: Path
    problem: Finding | None = None
    service: bool = False


def _find(roots: Sequence[Path], progress: Progress) -> list[_Found]:
    if not any(os.path.lexists(root) for root in roots):
        names = ", ".join(f"«{printable(root.name or str(root))}»" for root in roots)
        raise UserError(
            f"Не найдено: {names}.", "Проверьте, что носитель вставлен и путь указан верно."
        )
    found: list[_Found] = []
    for root in roots:
        prefix = f"{printable(root.name)}/" if len(roots) > 1 else ""
        for item in _walk(root, prefix):
            progress.check()
            found.append(item)
            if len(found) > MOST_FILES:
                raise UserError(
                    f"В папке больше {MOST_FILES} файлов: похоже, выбран весь диск.",
                    "Выберите папку с отчётами школ.",
                )
    if not found:
        raise UserError(
            f"В папке «{printable(roots[0].name)}» нет ни одного файла.",
            "Выберите папку с отчётами школ.",
        )
    return _unique(sorted(found, key=lambda item: (item.path.casefold(), item.path)))


def _unique(found: list[_Found]) -> list[_Found]:
    """Tell apart names that became equal when their odd characters were replaced."""
    seen: dict[str, int] = {}
    result = []
    for item in found:
        count = seen[item.path] = seen.get(item.path, 0) + 1
        path = item.path if count == 1 else f"{item.path} ({count})"
        result.append(_Found(path, item.real, item.problem, item.service))
    return result


def _walk(root: Path, prefix: str) -> Iterator[_Found]:
    if os.path.isdir(_long(root)):
        yield from _walk_folder(root, prefix, frozenset())
    else:
        yield _entry(root, printable(root.name))


def _walk_folder(folder: Path, prefix: str, above: frozenset[tuple[int, int]]) -> Iterator[_Found]:
    """Yield what a folder holds; ``above`` are the folders on the way here, to see a circle."""
    try:
        place = os.stat(_long(folder))
        identity = (place.st_dev, place.st_ino)
        if identity in above or len(above) > _DEEPEST:
            yield _refused(folder, prefix.rstrip("/"), "Папка содержит ссылку сама на себя.", "")
            return
        with os.scandir(_long(folder)) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError as error:
        yield _refused(
            folder, prefix.rstrip("/") or printable(folder.name), *_reason(error, "Папку")
        )
        return
    for name in names:
        child = folder / name
        path = prefix + printable(name)
        is_folder = os.path.isdir(_long(child))
        if is_folder and name.casefold() in _SERVICE_FOLDERS:
            yield _service(child, path, "служебная папка системы")
        elif is_folder:
            yield from _walk_folder(child, f"{path}/", above | {identity})
        else:
            yield _entry(child, path)


def _entry(file: Path, path: str) -> _Found:
    name = file.name.casefold()
    reason = _SERVICE_NAMES.get(name) or next(
        (why for start, why in _SERVICE_PREFIXES.items() if name.startswith(start)), None
    )
    return _service(file, path, reason) if reason else _Found(path, file)


def _service(file: Path, path: str, reason: str) -> _Found:
    finding = Finding(Severity.WARNING, f"Пропущено: это {reason}, данных в нём нет.")
    return _Found(path, file, finding, service=True)


def _refused(file: Path, path: str, message: str, hint: str) -> _Found:
    return _Found(path, file, Finding(Severity.ERROR, message, hint))


def _stage_one(item: _Found, target: Path, progress: Progress) -> StagedFile:
    if item.problem is not None:
        return StagedFile(item.path, None, 0, "", item.problem, item.service)
    try:
        with _open_regular(item.real) as source:
            size = os.fstat(source.fileno()).st_size
            if size > LARGEST_FILE:
                return _unread(item, size, *_too_large(size))
            if size == 0:
                return _unread(
                    item,
                    0,
                    "Файл пуст: в нём нет ни одного байта.",
                    "Попросите прислать его ещё раз.",
                )
            digest, copied = _copy(source, target, progress)
    except _NotRegular:
        return _unread(
            item, 0, "Это не файл с данными, а особый объект системы.", "Скопируйте сюда сам файл."
        )
    except OSError as error:
        target.unlink(missing_ok=True)
        return _unread(item, 0, *_reason(error, "Файл"))
    return StagedFile(item.path, target, copied, digest)


def _unread(item: _Found, size: int, message: str, hint: str) -> StagedFile:
    return StagedFile(item.path, None, size, "", Finding(Severity.ERROR, message, hint))


def _too_large(size: int) -> tuple[str, str]:
    return (
        f"Файл слишком велик: {size / (1 << 20):.0f} МБ при допустимых {LARGEST_FILE >> 20} МБ.",
        "Если это таблица, разделите её на несколько файлов.",
    )


class _NotRegular(Exception):  # noqa: N818 - what it is, not what failed
    """A pipe, a socket or a device."""


def _open_regular(path: Path) -> IO[bytes]:
    """Open an ordinary file for reading; a pipe must not make us wait for its other end."""
    if not stat.S_ISREG(os.stat(_long(path)).st_mode):
        raise _NotRegular
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    stream = os.fdopen(os.open(_long(path), flags), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise _NotRegular
    return stream


def _copy(source: IO[bytes], target: Path, progress: Progress) -> tuple[str, int]:
    """Return the SHA-256 and the bytes copied.

    The copy serves this load alone: after a power cut nobody looks for it, so the disk need not
    confirm it.  What is kept for good is confirmed by the archive.
    """
    digest = hashlib.sha256()
    copied = 0
    with _room_needed(target) as output:
        while block := source.read(_BLOCK):
            progress.check()
            digest.update(block)
            _write(output, block)
            copied += len(block)
            if copied > LARGEST_FILE:
                raise OSError(errno.EFBIG, "the file grows while it is read")
        _write(output, b"")
    return digest.hexdigest(), copied


def _room_needed(target: Path) -> IO[bytes]:
    try:
        return target.open("xb", buffering=0)
    except OSError as error:
        raise _no_room(error) from error


def _write(output: IO[bytes], block: bytes) -> None:
    try:
        output.write(block)
    except OSError as error:
        raise _no_room(error) from error


def _no_room(error: OSError) -> UserError:
    return UserError(
        "Не удалось записать временную копию файла: "
        + ("на диске нет места." if error.errno == errno.ENOSPC else "диск недоступен для записи."),
        f"Освободите место на диске с папкой «{tempfile.gettempdir()}» и повторите загрузку.",
    )


def _reason(error: OSError, what: str) -> tuple[str, str]:
    """Return why a file or folder cannot be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        gone = "исчез" if what == "Файл" else "исчезла"
        return (
            f"{what.replace('Папку', 'Папка')} {gone} во время чтения: возможно, носитель вынули.",
            "Вставьте носитель и загрузите его ещё раз.",
        )
    if isinstance(error, PermissionError):
        return (
            f"{what} не удалось прочитать: нет прав доступа или он открыт в другой программе.",
            "Закройте его в других программах и загрузите ещё раз.",
        )
    if error.errno in (errno.ELOOP, errno.EMLINK):
        return f"{what} не удалось прочитать: это ссылка сама на себя.", "Скопируйте сюда сам файл."
    return (
        f"{what} не удалось прочитать: носитель не отвечает или повреждён.",
        "Вставьте носитель ещё раз; если не поможет, скопируйте файлы на другой.",
    )


def printable(name: str) -> str:
    """Return a file name that can be shown and stored: one spelling of letters, no odd characters.

    macOS writes «й» as two characters; broken names hold bytes that are no characters at all.
    """
    text = unicodedata.normalize("NFC", name)
    return "".join(
        "\ufffd" if unicodedata.category(sign) in ("Cc", "Cs", "Cf") else sign for sign in text
    )


def _brought_folder(roots: Sequence[Path]) -> str:
    """Return the name of the only folder that is brought in: no path of its files has it."""
    alone = len(roots) == 1 and os.path.isdir(_long(roots[0]))
    return printable(roots[0].name) if alone else ""


def _label(roots: Sequence[Path], count: int) -> str:
    if len(roots) == 1:
        return printable(roots[0].name or str(roots[0]))
    return f"{printable(roots[0].name)} и ещё {len(roots) - 1} (файлов: {count})"


def _long(path: Path) -> str:
    """Return a path that Windows takes at any length; elsewhere the path itself."""
    text = str(path)
    if sys.platform == "win32" and len(text) > 240 and not text.startswith("\\\\"):
        return "\\\\?\\" + text
    return text


def _remove_orphans() -> None:
    """Remove the copies that a killed program left behind: they may hold names of pupils."""
    base = Path(tempfile.gettempdir())
    for folder in base.glob(f"{_PREFIX}[0-9]*-*"):
        owner = folder.name.split("-")[1]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)) and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
