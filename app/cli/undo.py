"""``undo``: take back a whole load, or list the loads."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from app.cli.console import counted, table
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, existing_database
from app.models.enums import BatchStatus
from app.services import importing
from app.services.importing import UndoLine, UndoPreview
from app.services.workspace import Workspace

NAME = "undo"
_STATUS = {BatchStatus.APPLIED: "принята", BatchStatus.UNDONE: "отменена"}
HELP = "отменить загрузку по её номеру; без номера – показать загрузки"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("batch", nargs="?", type=int, metavar="НОМЕР", help="номер загрузки")
    parser.add_argument(
        "--dry-run", action="store_true", help="только показать, что вернётся и что останется"
    )
    add_database(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Undo the load, show what that would do, or list what could be undone."""
    with doors.open_workspace(existing_database(arguments)) as workspace:
        if arguments.batch is None:
            _list(workspace)
            return ExitCode.DONE
        if arguments.dry_run:
            _preview(importing.preview_undo(workspace, arguments.batch))
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


def _preview(shown: UndoPreview) -> None:
    report = shown.report
    print(
        f"Загрузка № {shown.batch_id} от {shown.loaded_at.astimezone():%d.%m.%Y}, {shown.label}. "
        f"Ничего не изменено. При отмене уйдёт значений {report.removed}, "
        f"вернётся прежних {report.restored}."
    )
    if shown.returning:
        print("\nВернутся прежние значения:")
        print(_lines(shown.returning, "Вернётся", lambda line: line.before))
    if shown.standing:
        print("\nОстанутся, как есть: на них держатся более поздние сведения:")
        print(_lines(shown.standing, "Почему останется", lambda line: line.kept_by))
    if shown.gone:
        print("\nУйдут, прежних значений у них нет:")
        print(table(("Что", "Строк"), shown.gone.items()))
    if report.removed_schools:
        schools = counted(len(report.removed_schools), "школа", "школы", "школ")
        print(f"\nУйдут из реестра ({schools}): {', '.join(report.removed_schools)}.")
    for sentence in report.kept:
        print(sentence)


def _lines(lines: Sequence[UndoLine], last: str, value: Callable[[UndoLine], str]) -> str:
    headers = ("Школа", "Что", "Показатель", "Сейчас", last)
    return table(headers, [(one.owner, one.item, one.figure, one.now, value(one)) for one in lines])


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
