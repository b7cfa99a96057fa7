"""What a ZIP archive is, told from its table of contents without unpacking it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

_LONGEST_CONTENTS = 8 << 20
"""Bytes of the table of contents; an honest book has some kilobytes."""

_MOST_ENTRIES = 20_000
_END = b"PK\x05\x06"
_END_SPAN = 22 + 65_535
"""The end record and the longest comment after it."""

_LARGEST_TOTAL = 1 << 30
_SUSPECT_TOTAL = 64 << 20
_SUSPECT_RATIO = 200
"""Honest sheets shrink 10 to 60 times; DEFLATE cannot do more than 1,032 times."""

_HEAD = 4096

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises on a damaged archive."""


class BrokenArchive(Exception):  # noqa: N818 - what it is, not what failed
    """The archive has no readable table of contents: cut short or damaged."""


class Bomb(Exception):  # noqa: N818 - what it is, not what failed
    """The archive would unpack to far more than any spreadsheet holds."""


class Locked(Exception):  # noqa: N818 - what it is, not what failed
    """The parts of the archive are encrypted."""


def kind_of_zip(path: Path) -> str:
    """Return ``xlsx``, ``xlsb``, ``ods``, ``docx``, ``pptx``, ``odt`` or ``zip``.

    Raises BrokenArchive, Bomb or Locked.
    """
    try:
        _check_contents(path)
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive, path.stat().st_size)
            return _kind(archive)
    except BROKEN as error:
        raise BrokenArchive from error


def _check_contents(path: Path) -> None:
    """Look at the end record first: zipfile would read a table of contents of any length."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - _END_SPAN))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise BrokenArchive
    entries, length = struct.unpack_from("<HI", tail, at + 10)
    wide = length == 0xFFFFFFFF or entries == 0xFFFF
    if wide or length > _LONGEST_CONTENTS or entries > _MOST_ENTRIES:
        raise Bomb


def _check_sizes(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or total > _LARGEST_TOTAL:
        raise Bomb
    if total > _SUSPECT_TOTAL and total > _SUSPECT_RATIO * packed:
        raise Bomb
    if any(entry.flag_bits & 1 for entry in entries):
        raise Locked


def _kind(archive: zipfile.ZipFile) -> str:
    names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
    if "mimetype" in names:
        return _open_document(archive, names)
    for part, kind in (
        ("xl/workbook.xml", "xlsx"),
        ("xl/workbook.bin", "xlsb"),
        ("word/document.xml", "docx"),
        ("ppt/presentation.xml", "pptx"),
        ("content.xml", "ods"),
    ):
        if part in names:
            return kind
    if "[content_types].xml" in names:
        return _by_content_types(_head(archive, names["[content_types].xml"]))
    return "zip"


def _by_content_types(text: str) -> str:
    for mark, kind in (("spreadsheetml", "xlsx"), ("wordprocessingml", "docx")):
        if mark in text:
            return kind
    return "zip"


def _open_document(archive: zipfile.ZipFile, names: dict[str, str]) -> str:
    manifest = names.get("meta-inf/manifest.xml")
    if manifest and "encryption-data" in _head(archive, manifest, whole=True):
        raise Locked
    mime = _head(archive, names["mimetype"])
    if "opendocument.spreadsheet" in mime:
        return "ods"
    return "odt" if "opendocument" in mime else "zip"


def _head(archive: zipfile.ZipFile, name: str, *, whole: bool = False) -> str:
    with archive.open(name) as stream:
        return stream.read((1 << 20) if whole else _HEAD).decode("utf-8", "replace")
