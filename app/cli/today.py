"""``today``: what is late, near, awaited or undecided, as the home page of the window shows it."""

from __future__ import annotations

import argparse

from app.cli.console import require_writable, table, write_json
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, add_json, add_year, existing_database
from app.cli.russian import day
from app.services import today
from app.services.today import Pile, PileKey, Today, Urgency

NAME = "today"
HELP = "показать, что просрочено, что скоро, кого ждём и что не решено"

_TITLES = {
    PileKey.OVERDUE: "Просрочено",
    PileKey.SOON: "Ближайшие дни",
    PileKey.REMINDERS: "Напоминания",
    PileKey.AWAITED: "Кого ждём",
    PileKey.DECISIONS: "Ждут решения",
    PileKey.QUARANTINE: "Карантин",
    PileKey.MISSING: "Сдали не всё",
    PileKey.BIAS: "Признаки необъективности",
    PileKey.BACKUP: "Резервные копии",
}
_LISTED = (PileKey.OVERDUE, PileKey.SOON, PileKey.REMINDERS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_year(parser, "год процедур; без него новейший")
    parser.add_argument("--day", type=day, metavar="ДАТА", help="на какой день: 20.11.2025")
    add_database(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Print the page; exit code 1 while something asks for a person."""
    require_writable(arguments.json)
    with doors.open_workspace(existing_database(arguments)) as workspace:
        page = today.today(workspace, arguments.year, arguments.day)
    print(_as_text(page))
    if arguments.json:
        write_json(arguments.json, today.today_json(page))
    loud = (Urgency.ALARM, Urgency.WARNING)
    return ExitCode.WAITS if any(pile.urgency in loud for pile in page.piles) else ExitCode.DONE


def _as_text(page: Today) -> str:
    rows = [
        (_TITLES[pile.key], "–" if pile.count is None else str(pile.count), pile.sentence)
        for pile in page.piles
    ]
    parts = [f"Сегодня {page.day:%d.%m.%Y}", "", table(("Что", "Сколько", ""), rows)]
    for key in _LISTED:
        pile = page.pile(key)
        if pile.lines:
            parts += ["", f"{_TITLES[key]}:", _lines(pile)]
    return "\n".join(parts)


def _lines(pile: Pile) -> str:
    rows = [
        (f"{line.day:%d.%m.%Y}" if line.day else "", line.what, line.who, line.note)
        for line in pile.lines
    ]
    return table(("Срок", "Что", "Кто", ""), rows)
