"""What many tests start from is stored once by each worker; later tests get copies of the rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from app.models.files import connected, row_counts
from app.services.workspace import Workspace

Made = TypeVar("Made")


class Fillings:
    """Databases as they were right after being filled, before any test touched them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[Callable[[Workspace], object], tuple[Path, object]] = {}

    def fill(self, workspace: Workspace, store: Callable[[Workspace], Made]) -> Made:
        """Let ``store`` fill an empty database, or bring what it stored there the first time.

        Returns what ``store`` returned: ids and the like, nothing that hangs on a database.
        ``store`` must be a function of a module, and write no file.  Over rows of this test it
        stores its own as ever.
        """
        path = workspace.database.path
        if not _is_empty(path):
            return store(workspace)
        if store not in self._kept:
            made = store(workspace)
            copy = self._folder / f"{len(self._kept)}.db"
            _copy(path, copy)
            self._kept[store] = copy, made
            return made
        copy, kept = self._kept[store]
        _copy(copy, path)
        return cast(Made, kept)


def _is_empty(path: Path) -> bool:
    with connected(path) as connection:
        return not any(row_counts(connection).values())


def _copy(source: Path, target: Path) -> None:
    """Copy page by page through SQLite: connections that are open learn of it."""
    with connected(source) as whole, connected(target, create=True) as empty:
        empty.execute("PRAGMA synchronous = OFF")  # no test needs it to outlive the computer
        whole.backup(empty)
