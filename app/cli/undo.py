"""``undo``: take back a whole load, or list the loads."""

from __future__ import annotations

import argparse

from app.cli.console import table
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, existing_database
from app.models.enums import BatchStatus
from app.services import importing
from app.services.workspace import Workspace

NAME = "undo"
_STATUS = {BatchStatus.APPLIED: "принята", BatchStatus.UNDONE: "отменена"}
HELP = "отменить загрузку по её номеру; без номера – показать загрузки"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("batch", nargs="?", type=int, metavar="НОМЕР", help="номер загрузки")
    add_database(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Undo the load or list what could be undone."""
    with doors.open_workspace(existing_database(arguments)) as workspace:
        if arguments.batch is None:
            _list(workspace)
            return ExitCode.DONE
        report = importing.undo(workspace, arguments.batch)
    print(
        f"Загрузка № {report.batch_id} отменена: убрано значений {report.removed}, "
        f"возвращено прежних {report.restored}."
    )
    if report.removed_schools:
        print(f"Убраны школы, известные только из неё: {', '.join(report.removed_schools)}.")
    for sentence in report.kept:
        print(sentence)
    return ExitCode.DONE


def _list(workspace: Workspace) -> None:
    rows = [
        (
            batch.id,
            f"{batch.finished_at.astimezone():%d.%m.%Y %H:%M}",
            batch.label,
            _STATUS[batch.status],
            batch.file_count,
            batch.rows.stored,
        )
        for batch in importing.list_batches(workspace)
    ]
    headers = ("Номер", "Когда", "Что", "Состояние", "Файлов", "Строк")
    print(table(headers, rows) if rows else "Загрузок ещё не было.")
