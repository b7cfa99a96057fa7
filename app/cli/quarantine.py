"""``quarantine``: the rows of loaded files that wait for a person; closing those not needed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from app.cli.console import counted, require_writable, write_json
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, add_json, existing_database
from app.errors import UserError
from app.models.enums import QuarantineState
from app.services import importing
from app.services.importing import QuarantineLine

NAME = "quarantine"
HELP = "показать строки файлов, которые ждут в карантине, или отклонить их с причиной"

_STATES = {
    QuarantineState.WAITING: "ждёт",
    QuarantineState.STORED: "загружена",
    QuarantineState.DISMISSED: "отклонена",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--all", action="store_true", help="показать и те, что уже загружены или отклонены"
    )
    parser.add_argument(
        "--dismiss", nargs="+", type=int, metavar="НОМЕР", help="отклонить строки с этими номерами"
    )
    parser.add_argument("--reason", default="", metavar="ТЕКСТ", help="почему они не нужны")
    add_database(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Print the rows; exit code 1 while any of them waits."""
    require_writable(arguments.json)
    if arguments.reason and not arguments.dismiss:
        raise UserError("Параметр --reason бывает только вместе с --dismiss.", "Добавьте номера.")
    with doors.open_workspace(existing_database(arguments)) as workspace:
        if arguments.dismiss:
            importing.dismiss(workspace, arguments.dismiss, arguments.reason)
        lines = importing.list_quarantine(workspace)
    waiting = [line for line in lines if line.state is QuarantineState.WAITING]
    print(_as_text(lines if arguments.all else waiting))
    if arguments.json:
        write_json(arguments.json, _as_json(lines if arguments.all else waiting))
    return ExitCode.WAITS if waiting else ExitCode.DONE


def _as_text(lines: Sequence[QuarantineLine]) -> str:
    if not lines:
        return "В карантине ничего нет."
    told = "\n".join(_line(line) for line in lines)
    return f"{told}\n\nВсего {counted(len(lines), 'строка', 'строки', 'строк')}."


def _line(line: QuarantineLine) -> str:
    """Return where the row stands and, below it, the whole reason: a table would cut it."""
    about = ", ".join(part for part in (line.school, line.item) if part)
    place = f"{line.path}, лист «{line.sheet}», строка {line.row}"
    note = f" Отклонена: {line.note}" if line.note else ""
    return f"№ {line.id} ({_STATES[line.state]}): {place}; {about}\n    {line.reason}{note}"


def _as_json(lines: Sequence[QuarantineLine]) -> dict[str, Any]:
    """Return ``{"rows": […], "totals": {state: number}}``."""
    return {
        "rows": [
            {
                "id": line.id,
                "batch": line.batch_id,
                "file": line.path,
                "sheet": line.sheet,
                "row": line.row,
                "school": line.school,
                "item": line.item,
                "reason": line.reason,
                "state": line.state.name.lower(),
                "note": line.note,
            }
            for line in lines
        ],
        "totals": {
            state.name.lower(): sum(line.state is state for line in lines)
            for state in QuarantineState
        },
    }
