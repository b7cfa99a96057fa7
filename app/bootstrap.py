"""Composition root: paths, database, services, then a command or the window.

The rooms are imported inside the functions that open them: the window must be painted without
SQLAlchemy and the services, a command must not need Qt at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app import faces, paths
from app.errors import UserError

if TYPE_CHECKING:
    from app.cli.doors import ScreenshotOptions
    from app.services.workspace import Workspace


def start(words: Sequence[str]) -> int:
    """Do what the command line asks and return the exit code; no words open the window."""
    database = window_database(words)
    if database is not None:
        return open_window(database)
    faces.read_lazily()
    from app.cli.doors import Doors
    from app.cli.main import main

    return main(words, Doors(open_workspace, open_window, take_screenshots))


def window_database(words: Sequence[str]) -> Path | None:
    """Return the database of the window when the words ask for nothing but the window."""
    match words:
        case []:
            return paths.default_database()
        case ["--db", name]:
            return Path(name)
        case _:
            return None


@contextmanager
def open_workspace(database: Path) -> Iterator[Workspace]:
    """Own the database file while the block runs and yield the workspace over it."""
    from app.models.opening import open_database
    from app.services.workspace import Workspace

    with open_database(database) as opened:
        yield Workspace(opened.database, paths.archive_dir(database))


def open_window(database: Path) -> int:
    """Show the window on ``database``; it opens the file after its first paint, we close it.

    A backup that the person chose is put in place between two windows, while nobody has the file.
    """
    from app.ui.application import run

    told: str | UserError = ""
    while True:
        with ExitStack() as opened:

            def enter(opened: ExitStack = opened) -> Workspace:
                return opened.enter_context(open_workspace(database))

            ended = run(enter, database=database, told=told)
        if ended.restore_from is None:
            return ended.code
        told = _restored(database, ended.restore_from)


def _restored(database: Path, copy: Path) -> str | UserError:
    """Put a backup in place and return what is to be said of it."""
    from app.services.backup import restore

    try:
        return restore(database, copy).sentence()
    except UserError as error:
        return error


def take_screenshots(database: Path, options: ScreenshotOptions) -> tuple[Path, ...]:
    """Draw every tab and dialog over ``database`` without a display."""
    from app.ui.screenshots import take

    return take(database, open_workspace, options)
