"""``board``: which schools have not handed in what, and the letter that reminds them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.cli.console import counted, require_writable, table, write_json
from app.cli.doors import Doors, ExitCode
from app.cli.export import find_school
from app.cli.places import add_database, add_json, add_year, existing_database
from app.cli.russian import day
from app.services import forms
from app.services.documents import write
from app.services.workspace import Workspace

NAME = "board"
HELP = "показать, кто не сдал формы за год, и составить письмо-напоминание"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_year(parser, "за какой год", required=True)
    parser.add_argument(
        "--reminder", type=Path, metavar="ФАЙЛ", help="записать письмо-напоминание (.pdf или .docx)"
    )
    parser.add_argument("--school", metavar="КОД", help="письмо только этой школе")
    parser.add_argument("--deadline", type=day, metavar="ДАТА", help="срок в письме: 20.11.2025")
    add_database(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Print the board; exit code 1 while schools owe something."""
    require_writable(arguments.json)
    require_writable(arguments.reminder)
    with doors.open_workspace(existing_database(arguments)) as workspace:
        found = forms.board(workspace, arguments.year)
        if arguments.reminder:
            _remind(workspace, arguments)
    print(_as_text(found))
    if arguments.json:
        write_json(arguments.json, forms.board_json(found))
    return ExitCode.WAITS if any(row.owed() for row in found.rows) else ExitCode.DONE


def _remind(workspace: Workspace, arguments: argparse.Namespace) -> None:
    chosen = (find_school(workspace, arguments.school).id,) if arguments.school else ()
    letter = forms.build_reminder(workspace, arguments.year, chosen, deadline=arguments.deadline)
    write(letter.content, arguments.reminder)
    for note in (*letter.warnings, *(f"в письме осталось вписать: {b}." for b in letter.blanks)):
        print(f"Обратите внимание: {note}", file=sys.stderr)
    print(f"Письмо: {arguments.reminder}")


def _as_text(found: forms.Board) -> str:
    if not found.rows:
        return "В базе нет действующих школ. Загрузите реестр школ командой import."
    headers = ("Школа", *(one.short for one in found.expected))
    rows = [(row.school, *(cell.state.value for cell in row.cells.values())) for row in found.rows]
    owing = sum(bool(row.owed()) for row in found.rows)
    summary = f"За {found.year} год ждём сведений: {counted(owing, 'школа', 'школы', 'школ')}."
    return "\n".join((table(headers, rows), "", summary))
