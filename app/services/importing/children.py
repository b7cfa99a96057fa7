"""The children that make facts of files: brought up before anybody asks, lent, given back.

Kept apart from who works with them, for they have to begin early: a child needs half a second to
come up, in which its parent can open the database and copy the files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from app.closing import Closing
from app.services.importing.read_child import Child, Limits
from app.services.spreadsheets import Work

FEW = 8
"""Fewer files are only read by a child, a light one, and made into facts by the parent: a worker
knows all layouts and takes as long to start as such a load takes."""
WORTH = 10
"""So many files must be waiting for another child: its start costs as much as some of them."""
_MOST = 3
"""Children at once: the parent cannot take in more than they make, and each takes memory."""

_WORK = Work("app.services.importing.intake.facts_of")


class Children(Closing):
    """Those that have nothing to do, ready or coming up; use it as a context manager."""

    def __init__(self, limits: Limits | None = None, most: int | None = None) -> None:
        self.limits = limits or Limits()
        self.most = most or min(_MOST, os.cpu_count() or 1)
        """So many may live at once."""
        self._idle: list[Child] = []

    @property
    def idle(self) -> int:
        """How many have nothing to do."""
        return len(self._idle)

    def begin(self, files: int) -> None:
        """Bring up as many as so many files want."""
        if files >= FEW:
            wanted = min(self.most, 1 + (files - 1) // WORTH)
            self._idle.extend(self._new() for _ in range(wanted - len(self._idle)))

    def take(self) -> Child:
        """Lend a child; a new one is brought up where none has nothing to do."""
        while self._idle:
            child = self._idle.pop()
            if child.alive:
                return child
            child.kill()  # ended between two files, from outside: no fault of the next file
        return self._new()

    def give(self, child: Child) -> None:
        """Take a child back that has done its work."""
        self._idle.append(child)

    def close(self) -> None:
        """End those that are not lent; may be called twice."""
        for child in self._idle:
            child.kill()
        self._idle.clear()

    def _new(self) -> Child:
        return Child(max(self.limits.memory, self.limits.work_memory), _WORK)


def children_for(paths: Iterable[Path]) -> Children:
    """Return the children that the files of these paths and folders will want, coming up.

    Files are counted no further than that takes, and what cannot be read is not told here: the
    load itself will meet it.
    """
    children = Children()
    enough = max(FEW, 1 + WORTH * (children.most - 1))
    try:
        children.begin(len(list(islice(_files(paths), enough))))
    except BaseException:
        children.close()
        raise
    return children


def _files(paths: Iterable[Path]) -> Iterable[str]:
    for path in paths:
        if not path.is_dir():
            yield path.name
        for _, _, names in os.walk(path):
            yield from names
