"""``documents``: everything that ``export`` can write."""

from __future__ import annotations

import argparse

from app.cli.console import table
from app.cli.doors import Doors, ExitCode
from app.services.documents import all_kinds

NAME = "documents"
HELP = "перечислить всё, что умеет выгружать команда export"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: there are none."""


def run(_arguments: argparse.Namespace, _doors: Doors) -> ExitCode:
    """Print the kinds with their titles and file endings."""
    rows = [(kind.key, kind.title, " ".join(kind.formats)) for kind in all_kinds()]
    print(table(("Имя", "Что это", "Файлы"), rows))
    return ExitCode.DONE
