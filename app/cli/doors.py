"""What every command is given and what it gives back: doors to other rooms, exit codes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.services.workspace import Workspace


class ExitCode(IntEnum):
    """What the shell learns; scripts rely on it."""

    DONE = 0
    WAITS = 1
    """Done, but something waits for a person and is listed."""
    FAILED = 2
    """Refused or failed with a reason on stderr; the database is untouched."""


@dataclass(frozen=True)
class ScreenshotOptions:
    """What to draw and where; sizes in pixels, ``theme`` is ``light`` or ``dark``."""

    folder: Path
    width: int
    height: int
    theme: str


@dataclass(frozen=True)
class Doors:
    """Ways into rooms that commands do not import; the composition root fills them in."""

    open_workspace: Callable[[Path], AbstractContextManager[Workspace]]
    """Open (and create or update) the database file and give the workspace over it."""
    open_window: Callable[[Path], int]
    """Show the window on that database file and return its exit code."""
    take_screenshots: Callable[[Path, ScreenshotOptions], tuple[Path, ...]]
    """Draw every tab and dialog over that database file."""


Run = Callable[[argparse.Namespace, Doors], ExitCode]


class Command(Protocol):
    """A module of one command: its name, its one-line help, its arguments and its work."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, arguments: argparse.Namespace, doors: Doors) -> ExitCode:
        """Do the work; UserError is told and becomes exit code 2."""
