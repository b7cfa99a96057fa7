"""OLE2 compound files with a few streams: the container of old .xls and of encrypted .xlsx."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR = 512
_SMALLEST = 4096
"""Shorter streams would live in the mini stream; padding keeps the writer simple."""

_FREE = 0xFFFFFFFF
_END = 0xFFFFFFFE
_FAT = 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file ([MS-CFB], version 3) holding the streams in its root."""
    bodies = {name: _padded(data) for name, data in streams.items()}
    fat: list[int] = []
    starts = {}
    for name, body in bodies.items():
        starts[name] = len(fat)
        _chain(fat, len(body) // _SECTOR)
    directory = _directory(starts, {name: len(body) for name, body in bodies.items()})
    directory_start = len(fat)
    _chain(fat, len(directory) // _SECTOR)
    fat_start = len(fat)
    sectors = 1
    while (len(fat) + sectors) * 4 > sectors * _SECTOR:
        sectors += 1
    fat += [_FAT] * sectors
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(sectors * _SECTOR, b"\xff")
    header = _header(directory_start, fat_start, sectors)
    return header + b"".join(bodies.values()) + directory + table


def _padded(data: bytes) -> bytes:
    size = max(_SMALLEST, -(-len(data) // _SECTOR) * _SECTOR)
    return data.ljust(size, b"\0")


def _chain(fat: list[int], count: int) -> None:
    start = len(fat)
    fat.extend(range(start + 1, start + count))
    fat.append(_END)


def _directory(starts: Mapping[str, int], sizes: Mapping[str, int]) -> bytes:
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    last = len(starts)
    for index, (name, start) in enumerate(starts.items(), 1):
        following = index + 1 if index < last else _FREE
        entries.append(_entry(name, 2, start, sizes[name], right=following))
    while len(entries) % 4:
        entries.append(b"\0" * 128)
    return b"".join(entries)


def _entry(
    name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE
) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def _header(directory: int, fat: int, sectors: int) -> bytes:
    listed = [*range(fat, fat + sectors), *[_FREE] * (109 - sectors)]
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 10
        + struct.pack("<IIIIIIII", sectors, directory, 0, _SMALLEST, _END, 0, _END, 0)
        + struct.pack("<109I", *listed)
    )
