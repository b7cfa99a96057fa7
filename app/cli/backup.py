"""``backup``: a verified copy of the database."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, existing_database
from app.services.backup import back_up

NAME = "backup"
HELP = "сделать проверенную резервную копию базы"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_database(parser)
    parser.add_argument(
        "--out",
        type=Path,
        metavar="КУДА",
        help="новый файл или папка (например, на флешке); без него – папка копий рядом с базой",
    )


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Copy the database and read the copy back."""
    with doors.open_workspace(existing_database(arguments)) as workspace:
        report = back_up(workspace, arguments.out)
    print(report.sentence())
    return ExitCode.WAITS if report.stuck else ExitCode.DONE
