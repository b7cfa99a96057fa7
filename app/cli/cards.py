"""``cards``: cards of many schools at once, in one file or a file for each."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.console import ConsoleProgress, counted
from app.cli.doors import Doors, ExitCode
from app.cli.export import find_school
from app.cli.places import add_database, add_year, existing_database, newest_year, require_year
from app.models.enums import Category
from app.services import methodology
from app.services.documents import CARD_FORMATS, CardsRequest, print_cards
from app.services.workspace import Workspace

NAME = "cards"
HELP = "напечатать карточки всех или выбранных школ: одним файлом или по файлу на школу"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="КУДА",
        help="файл .pdf или .docx – все карточки подряд; папка – по файлу на школу",
    )
    add_year(parser, "за какой год; без него – последний")
    parser.add_argument(
        "--school",
        action="append",
        default=[],
        metavar="КОД",
        help="только эта школа: код или название; можно несколько раз",
    )
    parser.add_argument(
        "--category",
        choices=[category.value for category in Category],
        metavar="КАТЕГОРИЯ",
        help="только школы этой категории: " + ", ".join(one.value for one in Category),
    )
    parser.add_argument(
        "--format",
        action="append",
        default=[],
        choices=CARD_FORMATS,
        metavar="ВИД",
        help="для папки: .pdf или .docx; можно оба",
    )
    add_database(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Write the cards; all of them appear together or none."""
    progress = ConsoleProgress()
    with doors.open_workspace(existing_database(arguments)) as workspace:
        of_year = arguments.year or newest_year(workspace)
        require_year(workspace, of_year)
        request = CardsRequest(
            year=of_year,
            target=arguments.out,
            school_ids=_schools(workspace, arguments, of_year),
            formats=tuple(dict.fromkeys(arguments.format)) or (".pdf",),
        )
        try:
            made = print_cards(workspace, request, progress)
        finally:
            progress.clear()
    cards = counted(made.schools, "карточка", "карточки", "карточек")
    files = counted(len(made.files), "файл", "файла", "файлов")
    print(f"Готово: {cards}, {files}: {arguments.out}")
    return ExitCode.DONE


def _schools(
    workspace: Workspace, arguments: argparse.Namespace, of_year: int
) -> tuple[int, ...] | None:
    """Return the ids that the arguments ask for; None for all schools."""
    named = {find_school(workspace, text).id for text in arguments.school}
    if arguments.category is None:
        return tuple(named) or None
    found = methodology.classify(workspace, of_year).of(Category(arguments.category))
    return tuple(one.school_id for one in found if not named or one.school_id in named)
