"""``documents``: everything that ``export`` can write, and the register of what was written."""

from __future__ import annotations

import argparse

from app.cli.console import table
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, existing_database
from app.services.documents import DocumentRow, all_kinds, list_documents

NAME = "documents"
HELP = "перечислить всё, что умеет выгружать команда export, или реестр документов"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--register",
        action="store_true",
        help="показать реестр: номера в нём нужны параметрам --like и --amends команды export",
    )
    add_database(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Print the kinds with their titles and file endings, or the rows of the register."""
    if not arguments.register:
        rows = [(kind.key, kind.title, " ".join(kind.formats)) for kind in all_kinds()]
        print(table(("Имя", "Что это", "Файлы"), rows))
        return ExitCode.DONE
    with doors.open_workspace(existing_database(arguments)) as workspace:
        listed = list_documents(workspace)
    headers = ("№ в реестре", "Вид", "Номер", "Дата", "Состояние", "Заголовок")
    print(table(headers, [_line(row) for row in listed]) if listed else "Реестр документов пуст.")
    return ExitCode.DONE


def _line(row: DocumentRow) -> tuple[object, ...]:
    day = f"{row.date:%d.%m.%Y}" if row.date else ""
    return row.id, row.kind, row.number, day, row.status.value, row.title
