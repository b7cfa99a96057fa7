"""``methodology``: which rules serve a year; choosing, bringing in and taking out a methodology."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from app.cli.console import counted, require_writable
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, add_year, existing_database
from app.errors import UserError
from app.models.enums import Category
from app.services import methodology
from app.services.methodology import RuleSet
from app.services.workspace import Workspace

NAME = "methodology"
HELP = "показать, выбрать, загрузить или выгрузить методику идентификации школ"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_year(parser, "год, о котором речь")
    parser.add_argument(
        "--apply", metavar="КЛЮЧ|ФАЙЛ", help="применять к году эту методику: ключ или файл .json"
    )
    parser.add_argument(
        "--import", dest="bring", type=Path, metavar="ФАЙЛ", help="загрузить методику из файла"
    )
    parser.add_argument(
        "--export", dest="take", type=Path, metavar="ФАЙЛ", help="выгрузить методику года в файл"
    )
    add_database(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Do what is asked; without a wish the known methodologies are listed."""
    if (arguments.apply or arguments.take) and arguments.year is None:
        raise UserError("Не указан год.", "Добавьте параметр --year, например --year 2025.")
    require_writable(arguments.take)
    with doors.open_workspace(existing_database(arguments)) as workspace:
        for line in _work(workspace, arguments):
            print(line)
    return ExitCode.DONE


def _work(workspace: Workspace, arguments: argparse.Namespace) -> Iterator[str]:
    if arguments.bring:
        for rules in methodology.import_rules(workspace, arguments.bring):
            yield f"Загружена: {_title(rules)}."
    if arguments.apply:
        chosen = methodology.rules_by_name(workspace, arguments.apply)
        yield from _compared(workspace, arguments.year, chosen)
        methodology.apply_rules(workspace, arguments.year, chosen)
    if arguments.take:
        written = methodology.export_rules(
            methodology.rules_for(workspace, arguments.year), arguments.take
        )
        yield f"Методика записана: {written}."
    if arguments.year is not None:
        yield from _of_year(workspace, arguments.year)
    elif not arguments.bring:
        yield from _known(workspace)


def _compared(workspace: Workspace, of_year: int, chosen: RuleSet) -> Iterator[str]:
    found = methodology.WhatIf(workspace, of_year).compare(chosen)
    yield f"Категория меняется: {counted(len(found.changes), 'школа', 'школы', 'школ')}."
    for change in found.changes:
        yield f"  {change.school}: {_category(change.before)} → {_category(change.after)}"
    if found.moves:
        yield f"Кластер меняется: {counted(len(found.moves), 'школа', 'школы', 'школ')}."
    for move in found.moves:
        yield f"  {move.school}: {_cluster(move.before)} → {_cluster(move.after)}"


def _category(category: Category | None) -> str:
    return "нет данных" if category is None else category.value


def _cluster(number: int | None) -> str:
    return "без кластера" if number is None else f"№ {number}"


def _of_year(workspace: Workspace, of_year: int) -> Iterator[str]:
    found = methodology.year_rules(workspace, of_year)
    how = "выбрана для этого года" if found.chosen else "по умолчанию"
    yield f"{of_year} год: {_title(found.rules)} ({how}); решений: {found.decisions}."
    for basis in found.rules.legal_basis:
        doubt = "" if basis.confirmed else " (не подтверждено источником)"
        yield f"  Основание: {basis.title}{doubt}"
    unsure = sum(not note.confirmed for note in found.rules.notes)
    if unsure:
        yield f"  Не подтверждено источником параметров: {unsure} из {len(found.rules.notes)}."


def _known(workspace: Workspace) -> Iterator[str]:
    yield "Методики:"
    for item in methodology.known_rules(workspace):
        ends = f"–{item.rules.last_year}" if item.rules.last_year else " и далее"
        yield f"  {item.rules.key}: {item.name}; годы {item.rules.first_year}{ends}"


def _title(rules: RuleSet) -> str:
    return f"{rules.title}, версия {rules.version}"
