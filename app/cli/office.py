"""``office``: shows and sets the requisites that stand on every paper."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, replace
from pathlib import Path

from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, database
from app.errors import UserError, reason
from app.services import settings
from app.services.settings import OfficeDetails

NAME = "office"
HELP = "показать или задать реквизиты учреждения"

_TITLES = {
    "full_name": "полное название",
    "short_name": "краткое название",
    "parent_name": "вышестоящий орган",
    "place": "место издания документов",
    "head_post": "должность руководителя",
    "head_name": "фамилия, имя, отчество руководителя",
    "executor_name": "исполнитель",
    "executor_phone": "телефон исполнителя",
    "address": "адрес",
    "phones": "телефоны",
    "email": "электронная почта",
    "site": "сайт",
    "okpo": "ОКПО",
    "ogrn": "ОГРН",
    "inn": "ИНН",
    "kpp": "КПП",
}
_EMPTY = OfficeDetails("", "", "", "", "")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare one option for each requisite."""
    add_database(parser)
    for name, title in _TITLES.items():
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="ТЕКСТ", help=title)
    parser.add_argument("--emblem", type=Path, metavar="ФАЙЛ", help="рисунок герба, PNG или JPEG")


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Store what the options give, keep the rest, and print what is in force."""
    given = {name: text for name in _TITLES if (text := getattr(arguments, name)) is not None}
    emblem = None if arguments.emblem is None else _read(arguments.emblem)
    with doors.open_workspace(database(arguments)) as workspace:
        stored = settings.office(workspace)
        if given or emblem is not None:
            details = replace(stored or _EMPTY, **given)
            details = details if emblem is None else replace(details, emblem=emblem)
            settings.save_office(workspace, details)
            stored = settings.office(workspace)
    if stored is None:
        print("Реквизиты учреждения ещё не заполнены. Задайте их, например: --full-name «…».")
        return ExitCode.WAITS
    _show(stored)
    for remark in settings.office_remarks(stored).values():
        print(f"Обратите внимание: {remark}", file=sys.stderr)
    return ExitCode.DONE


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"Рисунок герба {path} не читается: {reason(error)}.", "Укажите другой файл."
        ) from error


def _show(details: OfficeDetails) -> None:
    values = asdict(details)
    for name, title in _TITLES.items():
        print(f"{title[:1].upper()}{title[1:]}: {values[name] or '–'}")
    print(f"Герб: {'есть' if details.emblem else 'не печатается'}")
