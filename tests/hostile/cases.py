"""What a hostile case is: a file to build, and the answer that reading it must give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """One file of the hostile set."""

    name: str
    """Its name, unique in the set; the extension may lie."""
    build: Callable[[Path], object]
    """Writes the file."""
    refused: bool = False
    """True when it must be refused, False when it must be read."""
    says: str = ""
    """A regular expression that the refusal or the notes must match."""


def raw(data: bytes | str) -> Callable[[Path], object]:
    """Return a builder that writes the bytes, or the text in UTF-8."""
    content = data.encode() if isinstance(data, str) else data
    return lambda path: path.write_bytes(content)
