"""``restore``: put a backup in the place of the database."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, database
from app.services.backup import list_copies, restore
from app.services.decimals import size_words

NAME = "restore"
HELP = "восстановить базу из копии; без имени копии – показать, какие есть"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("backup", nargs="?", type=Path, metavar="КОПИЯ", help="файл копии")
    add_database(parser)


def run(arguments: argparse.Namespace, _doors: Doors) -> ExitCode:
    """Replace the database, the present one is put aside; or list the copies."""
    path = database(arguments)
    if arguments.backup:
        print(restore(path, arguments.backup).sentence())
    else:
        _list(path)
    return ExitCode.DONE


def _list(path: Path) -> None:
    copies = list_copies(path)
    if not copies:
        print(f"Копий базы {path} нет. Сделать копию: команда backup.")
        return
    print(f"Копии базы {path}, новые сверху:")
    for copy in copies:
        made = f"{copy.made_at:%d.%m.%Y %H:%M}, {size_words(copy.size)}, сделана {copy.reason}"
        print(f"  {copy.path} ({made})")
