"""``layouts``: every kind of table that the program takes in, with an example of each."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from app.cli.console import require_writable, write_json
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_json
from app.errors import UserError
from app.services import importing
from app.services.importing import LayoutInfo

NAME = "layouts"
HELP = "показать, какие таблицы программа умеет загружать: что даёт каждая и как выглядит"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("key", nargs="?", metavar="ВИД", help="только этот вид: его код из списка")
    add_json(parser)


def run(arguments: argparse.Namespace, _doors: Doors) -> ExitCode:
    """Print the kinds; no database is needed.  Exit code 2 for a kind that there is not."""
    require_writable(arguments.json)
    known = importing.known_layouts()
    chosen = [one for one in known if arguments.key in (None, one.key)]
    if not chosen:
        raise UserError(
            f"Вида таблиц «{arguments.key}» нет.", "Посмотрите коды видов командой layouts."
        )
    print("\n\n".join(_text(one) for one in chosen))
    if arguments.json:
        write_json(arguments.json, [asdict(one) for one in chosen])
    return ExitCode.DONE


def _text(one: LayoutInfo) -> str:
    sure = "подтверждён" if one.confirmed else "не подтверждён"
    lines = [f"{one.title} [{one.key}]", f"  {one.gives}", f"  Вид {sure}: {one.source}."]
    for row, cells in enumerate(one.shown):
        lines.append(f"  {'>' if row in one.header else ' '} {_cells(cells)}")
    return "\n".join(lines)


def _cells(cells: tuple[str, ...]) -> str:
    return " | ".join(cells).rstrip(" |")
