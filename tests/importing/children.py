"""What tests of reading in child processes share: who is running, a stop, books to read."""

from __future__ import annotations

from pathlib import Path

import psutil

from app.errors import Cancelled
from app.services.progress import NoProgress
from tests.hostile.xlsx_parts import number, row, sheet, write_xlsx


class Stop(NoProgress):
    """Cancels at the given check."""

    def __init__(self, after: int) -> None:
        self.left = after

    def check(self) -> None:
        """Count down."""
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def children() -> list[psutil.Process]:
    """Return the children of this process that read files."""
    found = psutil.Process().children()
    return [one for one in found if "resource_tracker" not in " ".join(one.cmdline())]


def write_large_book(folder: Path) -> Path:
    """Write a book that takes a child long enough to be stopped in the middle."""
    rows = (row(n, *(number(f"{c}{n}", n / 7) for c in "ABCDEFGH")) for n in range(1, 20_001))
    return write_xlsx(folder / "большая.xlsx", {"Лист1": sheet(*rows)})
