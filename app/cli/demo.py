"""``demo``: the main job on the bundled imaginary district, from the stick to the order."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app import paths
from app.cli import load_report, verdict_report
from app.cli.console import counted, write_json
from app.cli.demo_district import fill, fresh_database
from app.cli.doors import Doors, ExitCode
from app.cli.places import newest_year
from app.errors import OutputError, reason
from app.services import documents, exporting, importing, methodology
from app.services.workspace import Workspace

NAME = "demo"
HELP = "показать всю работу на вымышленном районе: загрузка, перечень, приказ"
DEFAULT_FOLDER = Path("out") / "demo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--out",
        type=Path,
        default=DEFAULT_FOLDER,
        metavar="ПАПКА",
        help=f"куда положить готовые файлы; без него {DEFAULT_FOLDER}",
    )
    parser.add_argument(
        "--window", action="store_true", help="потом открыть этот район в окне (нужен экран)"
    )


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Load the district into a database of its own, name the schools, print the order."""
    folder: Path = arguments.out
    _make(folder)
    database = fresh_database(folder, doors)
    with doors.open_workspace(database) as workspace:
        code, files = _work(workspace, folder)
    _tell_files(database, files)
    if arguments.window:
        return ExitCode(doors.open_window(database))
    python = "py" if sys.platform == "win32" else "python3"
    print(f"Открыть этот район в окне: {python} run.py app --db {database}")
    return code


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"Папка {folder} не создаётся: {reason(error)}.",
            "Укажите другую папку параметром --out.",
        ) from error


def _work(workspace: Workspace, folder: Path) -> tuple[ExitCode, list[tuple[Path, str]]]:
    """Do the whole job and return the exit code of the load and the files that were made."""
    print(f"1. Загрузка файлов вымышленного района: {paths.resource('demo', 'usb')}\n")
    report = fill(workspace)
    print(load_report.as_text(report, planned=False))
    year = newest_year(workspace)
    print(f"\n2. Школы, которым нужна поддержка, {year} год\n")
    found = methodology.classify(workspace, year)
    print(verdict_report.as_text(found))
    print("\n3. Приказ и выгрузки\n")
    files = [
        (folder / "import.json", "отчёт о загрузке", importing.report_json(report)),
        (folder / "classification.json", "категории школ", methodology.report_json(found)),
    ]
    for path, _, data in files:
        write_json(path, data)
    made = _print_order(workspace, folder, year) + _write_results(workspace, folder)
    return ExitCode(importing.exit_code(report.files)), made + [file[:2] for file in files]


def _print_order(workspace: Workspace, folder: Path, year: int) -> list[tuple[Path, str]]:
    draft = documents.build_order(workspace, documents.OrderRequest(year))
    for warning in draft.warnings:
        print(f"Перед подписью: {warning}")
    for blank in draft.blanks:
        print(f"Осталось вписать: {blank}.")
    pdf = documents.write(draft.content, folder / "order.pdf")
    docx = documents.write(draft.content, folder / "order.docx")
    return [(pdf, "приказ для подписи"), (docx, "тот же приказ для правки в Word")]


def _write_results(workspace: Workspace, folder: Path) -> list[tuple[Path, str]]:
    titles = {"results.xlsx": "все результаты таблицей", "results.json": "они же для программ"}
    for name in titles:
        exporting.write_results(workspace, folder / name)
    return [(folder / name, title) for name, title in titles.items()]


def _tell_files(database: Path, files: list[tuple[Path, str]]) -> None:
    print(f"\nГотово, {counted(len(files) + 1, 'файл', 'файла', 'файлов')}:")
    width = max(len(str(path)) for path, _ in files)
    for path, title in [*files, (database, "база вымышленного района")]:
        print(f"  {path!s:{width}}  {title}")
