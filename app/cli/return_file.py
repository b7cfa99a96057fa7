"""``return-file``: send a school its file back with red cells and a covering letter."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.console import ConsoleProgress, counted
from app.cli.doors import Doors, ExitCode
from app.cli.export import find_school
from app.cli.places import add_database, existing_database
from app.cli.russian import day
from app.errors import UserError
from app.services import forms, importing
from app.services.workspace import Workspace

NAME = "return-file"
HELP = "вернуть школе её файл: копия с красными ячейками и письмо, что исправить"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="ФАЙЛ", help="файл, который прислала школа")
    parser.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="куда положить")
    parser.add_argument("--school", metavar="КОД", help="школа, если по файлу она не видна")
    parser.add_argument(
        "--each",
        action="store_true",
        help="таблица многих школ: каждой школе – её строки и письмо",
    )
    parser.add_argument("--deadline", type=day, metavar="ДАТА", help="срок: 20.11.2025")
    add_database(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Read the file, write its copy and the letter; nothing is stored."""
    if not arguments.file.is_file():
        raise UserError(f"Файла {arguments.file} нет.", "Проверьте путь.")
    arguments.out.mkdir(parents=True, exist_ok=True)
    progress = ConsoleProgress()
    with doors.open_workspace(existing_database(arguments)) as workspace:
        try:
            made, clean = _return(workspace, arguments, progress)
        finally:
            progress.clear()
    for one in made:
        _tell(one)
    if arguments.each:
        schools = counted(len(made), "школе", "школам", "школам")
        print(f"Возвращено: {schools}; без замечаний школ: {clean}.")
    return ExitCode.DONE


def _tell(made: forms.Returned) -> None:
    print(f"Письмо: {made.letter}")
    if made.copy is None:
        print(f"Копии нет: {made.note}")
    else:
        print(f"Копия: {made.copy}, красных ячеек: {made.marks}")
    for note in made.warnings:
        print(f"Обратите внимание: {note}")


def _return(
    workspace: Workspace, arguments: argparse.Namespace, progress: ConsoleProgress
) -> tuple[tuple[forms.Returned, ...], int]:
    """Return what was written, and of how many schools there was nothing to mend."""
    school = find_school(workspace, arguments.school).id if arguments.school else None
    plan = importing.prepare(workspace, [arguments.file], progress)
    try:
        path, out, deadline = plan.files[0].path, arguments.out, arguments.deadline
        if arguments.each:
            all_ = forms.return_to_schools(workspace, plan, path, out, progress, deadline)
            return all_.made, all_.clean
        one = forms.return_to_school(workspace, plan, path, out, progress, deadline, school)
        return (one,), 0
    finally:
        importing.discard(plan)
