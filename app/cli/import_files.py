"""``import``: take in the files of a stick, or show what would become of them."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli import load_report
from app.cli.console import ConsoleProgress, require_writable, tell_error, write_json
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, add_json, database
from app.errors import UserError
from app.services import importing

if TYPE_CHECKING:
    from app.services.workspace import Workspace

NAME = "import"
HELP = "загрузить файлы и папки (с флешки) в базу"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="ПУТЬ", help="папка или файл")
    add_database(parser)
    add_json(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="только показать, что будет; ничего не записывать"
    )
    parser.add_argument(
        "--accept-good",
        action="store_true",
        help="в файлах с ошибками принять верные строки, неверные оставить в карантине",
    )
    parser.add_argument(
        "--no-states",
        action="store_true",
        help="отметки о выполнении оставить текстом: состояний мероприятий не ставить",
    )


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Load the files and tell what became of each."""
    _require_existing(arguments.paths)
    require_writable(arguments.json)
    # To the end of the command: between the steps the collector would look at all that they made.
    with importing.collector_off():
        # The children come up while the database is opened; neither needs the other.
        with (
            importing.children_for(arguments.paths) as children,
            _workspace(arguments, doors) as workspace,
        ):
            load = load_files(
                workspace,
                arguments.paths,
                store=not arguments.dry_run,
                good=arguments.accept_good,
                states=not arguments.no_states,
                children=children,
            )
        print(load_report.as_text(load, planned=arguments.dry_run))
        importing.leave_to_the_end()
    if arguments.dry_run:
        print("Это только план: в базу ничего не записано.")
    if arguments.json:
        write_json(arguments.json, importing.report_json(load))
    code = ExitCode(importing.exit_code(load.files))
    if code is ExitCode.FAILED:
        tell_error(load_report.refusals(load))
    return code


def load_files(
    workspace: Workspace,
    paths: list[Path],
    *,
    store: bool,
    good: bool,
    states: bool = True,
    children: importing.Children | None = None,
) -> load_report.Load:
    """Return the report of the load, or its plan when nothing is to be stored.

    ``good`` takes the good rows of files with errors; without ``states`` remarks on what was done
    stay texts.
    """
    progress = ConsoleProgress()
    try:
        plan = importing.prepare(workspace, paths, progress, children=children)
        try:
            decisions = _decisions(plan, good=good, states=states)
            if decisions != importing.Decisions():
                plan = importing.revise(workspace, plan, decisions)
            return importing.apply(workspace, plan, progress) if store else plan
        finally:
            importing.discard(plan)
    finally:
        progress.clear()


def _decisions(plan: importing.ImportPlan, *, good: bool, states: bool) -> importing.Decisions:
    wrong = (file.path for file in plan.files if file.has_errors)
    tables = ((file.path, one.sheet) for file in plan.files for one in file.plans if one.remarks)
    without = importing.PlanChoice(states=False)
    return importing.Decisions(
        accept_good=frozenset(wrong) if good else frozenset(),
        plans={} if states else dict.fromkeys(tables, without),
    )


def _require_existing(paths: list[Path]) -> None:
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UserError(
            f"Не найдено: {', '.join(missing)}.",
            "Проверьте путь и то, что флешка вставлена. Ничего не загружено.",
        )


@contextmanager
def _workspace(arguments: argparse.Namespace, doors: Doors) -> Iterator[Workspace]:
    """Yield the workspace; a plan for a database that is not there yet makes no such file."""
    path = database(arguments)
    if path.exists() or not arguments.dry_run:
        with doors.open_workspace(path) as workspace:
            yield workspace
        return
    with (
        tempfile.TemporaryDirectory(prefix="opora-") as folder,
        doors.open_workspace(Path(folder) / "plan.db") as workspace,
    ):
        yield workspace
