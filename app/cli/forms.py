"""``forms``: blank forms for schools, to be filled in and brought back."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.console import ConsoleProgress, counted
from app.cli.doors import Doors, ExitCode
from app.cli.export import find_school
from app.cli.places import add_database, add_year, existing_database
from app.cli.russian import day
from app.services import forms

NAME = "forms"
HELP = "сделать бланки для школ (xlsx): социальный паспорт, кадры, результаты ГИА"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_year(parser, "учебный год по", required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="куда положить")
    parser.add_argument(
        "--form",
        action="append",
        default=[],
        metavar="БЛАНК",
        help="passport, staff, oge или ege; можно несколько раз; без него – все",
    )
    parser.add_argument(
        "--school",
        action="append",
        default=[],
        metavar="КОД",
        help="только эта школа: код или название; можно несколько раз",
    )
    parser.add_argument("--deadline", type=day, metavar="ДАТА", help="срок сдачи: 20.11.2025")
    parser.add_argument("--together", action="store_true", help="все школы в одном файле")
    add_database(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Write the blanks and name the files."""
    progress = ConsoleProgress()
    with doors.open_workspace(existing_database(arguments)) as workspace:
        schools = tuple(find_school(workspace, text).id for text in arguments.school)
        request = forms.FormsRequest(
            year=arguments.year,
            folder=arguments.out,
            forms=tuple(arguments.form),
            school_ids=schools,
            deadline=arguments.deadline,
            together=arguments.together,
        )
        try:
            made = forms.make_forms(workspace, request, progress)
        finally:
            progress.clear()
    for path in made.files:
        print(path)
    for note in made.notes:
        print(f"Обратите внимание: {note}")
    print(f"Готово: {counted(len(made.files), 'файл', 'файла', 'файлов')} в {arguments.out}.")
    return ExitCode.DONE
