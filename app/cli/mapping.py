"""``mapping``: what the program remembers of unknown tables; to and from files."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.console import ConsoleProgress, require_writable, table
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, database, existing_database
from app.errors import UserError
from app.services import mapping
from app.services.workspace import Workspace

NAME = "mapping"
HELP = "разметки незнакомых таблиц: показать, назвать, выгрузить, принять из файла, забыть"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="Действия", metavar="ДЕЙСТВИЕ", dest="action")
    actions.required = True
    shown = actions.add_parser("list", help="показать разметки", description="Показать разметки.")
    out = actions.add_parser(
        "export", help="выгрузить разметку в файл", description="Выгрузить разметку в файл."
    )
    out.add_argument(
        "what", metavar="НОМЕР|ФАЙЛ", help="номер разметки из list или таблица, которую она читает"
    )
    out.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="куда записать, .json")
    taken = actions.add_parser(
        "import", help="принять разметку из файла", description="Принять разметку из файла."
    )
    taken.add_argument("file", type=Path, metavar="ФАЙЛ", help="файл разметки, .json")
    gone = actions.add_parser("forget", help="забыть разметку", description="Забыть разметку.")
    gone.add_argument("number", type=int, metavar="НОМЕР", help="номер разметки из list")
    called = actions.add_parser(
        "rename", help="назвать разметку иначе", description="Назвать разметку иначе."
    )
    called.add_argument("number", type=int, metavar="НОМЕР", help="номер разметки из list")
    called.add_argument("title", metavar="НАЗВАНИЕ", help="новое название")
    for one in (shown, out, taken, gone, called):
        add_database(one)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Do the named action; exit code 1 when a mapping cannot be read by this version."""
    if arguments.action == "import":
        with doors.open_workspace(database(arguments)) as workspace:
            taken = mapping.import_mapping(workspace, arguments.file)
        print(f"Разметка «{taken.title}» принята под номером {taken.id}.")
        return ExitCode.DONE
    if arguments.action == "export":
        require_writable(arguments.out)
    with doors.open_workspace(existing_database(arguments)) as workspace:
        if arguments.action == "list":
            return _list(workspace)
        if arguments.action == "rename":
            mapping.rename(workspace, arguments.number, arguments.title)
            print(f"Разметка № {arguments.number} называется «{arguments.title}».")
            return ExitCode.DONE
        if arguments.action == "forget":
            mapping.forget(workspace, arguments.number)
            print(f"Разметка № {arguments.number} забыта. Загруженное с ней осталось.")
            return ExitCode.DONE
        return _export(workspace, arguments.what, arguments.out)


def _list(workspace: Workspace) -> ExitCode:
    rows = mapping.list_mappings(workspace)
    lines = [
        (
            row.id,
            row.title,
            mapping.KIND_TITLES[row.body.kind] if row.body else "не читается",
            f"{row.used_at.astimezone():%d.%m.%Y %H:%M}",
        )
        for row in rows
    ]
    headers = ("Номер", "Название", "Вид", "Последний раз")
    print(table(headers, lines) if lines else "Разметок ещё нет.")
    broken = [row for row in rows if row.body is None]
    for row in broken:
        print(f"Разметка № {row.id} не действует. {row.fault}")
    return ExitCode.WAITS if broken else ExitCode.DONE


def _export(workspace: Workspace, what: str, path: Path) -> ExitCode:
    found = _numbered(workspace, int(what)) if what.isdecimal() else _of_file(workspace, Path(what))
    if found.body is None:
        raise UserError(f"Разметка № {found.id} не читается.", found.fault)
    mapping.export_mapping(found.title, found.body, path)
    print(f"Разметка «{found.title}» записана: {path}")
    return ExitCode.DONE


def _numbered(workspace: Workspace, number: int) -> mapping.MappingRow:
    found = next((row for row in mapping.list_mappings(workspace) if row.id == number), None)
    if found is None:
        raise UserError(f"Разметки № {number} нет.", "Посмотрите номера командой mapping list.")
    return found


def _of_file(workspace: Workspace, path: Path) -> mapping.MappingRow:
    """Return the mapping that reads a table; UserError when none does."""
    if not path.is_file():
        raise UserError(f"Файла {path} нет.", "Проверьте путь.")
    progress = ConsoleProgress()
    try:
        found = mapping.mapping_of_file(workspace, path, progress)
    finally:
        progress.clear()
    if found is None:
        raise UserError(
            f"Для таблицы «{path.name}» разметки нет.",
            "Загрузите файл в окне программы и нажмите «Разметить…».",
        )
    return found
