"""Which database a command works on, and the arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app import paths
from app.cli.russian import year as year_of
from app.errors import UserError
from app.services import results

if TYPE_CHECKING:
    from app.services.workspace import Workspace


def add_database(parser: argparse.ArgumentParser) -> None:
    """Declare ``--db``."""
    parser.add_argument(
        "--db", type=Path, metavar="ФАЙЛ", help="файл базы; без него – ваша собственная база"
    )


def add_year(parser: argparse.ArgumentParser, about: str, *, required: bool = False) -> None:
    """Declare ``--year``; ``about`` is its line of help."""
    parser.add_argument("--year", type=year_of, required=required, metavar="ГОД", help=about)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Declare ``--json``."""
    parser.add_argument(
        "--json", type=Path, metavar="ФАЙЛ", help="записать отчёт в файл JSON для других программ"
    )


def database(arguments: argparse.Namespace) -> Path:
    """Return the database file that the arguments name, the user's own by default."""
    named: Path | None = arguments.db
    return named or paths.default_database()


def existing_database(arguments: argparse.Namespace) -> Path:
    """Return the database file for a command that only reads; UserError when there is none."""
    path = database(arguments)
    if not path.exists():
        raise UserError(
            f"Файла базы {path} нет.",
            "Сначала загрузите файлы командой import или укажите базу параметром --db.",
        )
    return path


def newest_year(workspace: Workspace) -> int:
    """Return the newest year with results; UserError when nothing was loaded yet."""
    known = results.years(workspace)
    if not known:
        raise UserError("В базе ещё нет результатов.", "Загрузите файлы с флешки командой import.")
    return known[0]


def require_year(workspace: Workspace, year: int, known: Sequence[int] | None = None) -> None:
    """Raise UserError when nothing is stored for the year, naming the years that there are.

    ``known`` are the years that will do, those with results without it.
    """
    known = known or results.years(workspace)
    if not known:
        newest_year(workspace)
    if year in known:
        return
    raise UserError(
        f"За {year} год результатов в базе нет.",
        f"Есть за: {', '.join(map(str, sorted(known)))}. Загрузите файлы или укажите другой год.",
    )
