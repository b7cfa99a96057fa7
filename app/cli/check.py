"""``check``: look at everything stored and tell what is wrong."""

from __future__ import annotations

import argparse

from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, existing_database
from app.services.backup import check

NAME = "check"
HELP = "проверить базу: файл, ссылки между записями, архив загруженных файлов"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_database(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Check the database; findings wait for a person."""
    with doors.open_workspace(existing_database(arguments)) as workspace:
        report = check(workspace)
    print(report.sentence())
    for finding in report.findings:
        print(f"  {finding}")
    return ExitCode.DONE if report.ok else ExitCode.WAITS
