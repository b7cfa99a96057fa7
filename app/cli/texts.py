"""``texts``: sentences of documents in the office's own words, and what it calls its schools."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.console import require_writable, table
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, database, existing_database
from app.errors import UserError
from app.services import settings
from app.services.documents import (
    TextRow,
    export_texts,
    import_texts,
    list_texts,
    restore_text,
    save_text,
)
from app.services.workspace import Workspace

NAME = "texts"
HELP = "тексты документов: показать, изменить, вернуть исходные, перенести; термины учреждения"

_SHOWN = 70
"""Signs of a sentence in the list."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="Действия", metavar="ДЕЙСТВИЕ", dest="action")
    actions.required = True
    listed = _action(actions, "list", "перечислить предложения документов")
    listed.add_argument("--own", action="store_true", help="только изменённые учреждением")
    listed.add_argument("--find", metavar="ТЕКСТ", help="только те, где встречается этот текст")
    _keyed(_action(actions, "show", "показать предложение целиком и его метки"))
    changed = _keyed(_action(actions, "set", "записать свой текст вместо исходного"))
    changed.add_argument("text", metavar="ТЕКСТ", help="новый текст; метки – в фигурных скобках")
    _keyed(_action(actions, "reset", "вернуть исходный текст"))
    out = _action(actions, "export", "выгрузить свои тексты в файл")
    out.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="куда записать, .json")
    taken = _action(actions, "import", "принять тексты из файла")
    taken.add_argument("file", type=Path, metavar="ФАЙЛ", help="файл, который сделал texts export")
    term = _action(actions, "term", "показать или выбрать термин: ШНОР или ШНРО, ШНСУ или ШФНСУ")
    term.add_argument("term", nargs="?", metavar="ТЕРМИН", help="какой термин принят в учреждении")


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Do the named action."""
    match arguments.action:
        case "import" | "set" | "term":
            opened = doors.open_workspace(database(arguments))
        case _:
            opened = doors.open_workspace(existing_database(arguments))
    if arguments.action == "export":
        require_writable(arguments.out)
    with opened as workspace:
        _ACTIONS[arguments.action](workspace, arguments)
    return ExitCode.DONE


def _list(workspace: Workspace, arguments: argparse.Namespace) -> None:
    wanted = (arguments.find or "").casefold()
    rows = [
        (row.key, row.kind, row.place, "своё" if row.own is not None else "", _short(row.text))
        for row in list_texts(workspace)
        if (row.own is not None or not arguments.own) and wanted in row.text.casefold()
    ]
    headers = ("Ключ", "Документ", "Место", "Чьё", "Текст")
    print(table(headers, rows) if rows else "Таких предложений нет.")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _show(workspace: Workspace, arguments: argparse.Namespace) -> None:
    row = _found(workspace, arguments.key)
    print(f"{row.kind}, {row.place}")
    print(f"Исходный текст: {row.shipped or '–'}")
    print(f"Свой текст: {row.own or '–'}")
    for tag in row.tags:
        print(f"  {{{tag.word}}} – {tag.about or tag.word}")


def _set(workspace: Workspace, arguments: argparse.Namespace) -> None:
    save_text(workspace, arguments.key, arguments.text)
    row = _found(workspace, arguments.key)
    print(f"{row.kind}, {row.place}: {row.text}")


def _reset(workspace: Workspace, arguments: argparse.Namespace) -> None:
    row = _found(workspace, arguments.key)
    restore_text(workspace, arguments.key)
    print(f"{row.kind}, {row.place}: {row.shipped or 'предложение удалено'}")


def _export(workspace: Workspace, arguments: argparse.Namespace) -> None:
    count = export_texts(workspace, arguments.out)
    print(f"Выгружено текстов: {count}. Файл: {arguments.out}")


def _import(workspace: Workspace, arguments: argparse.Namespace) -> None:
    count, _ = import_texts(workspace, arguments.file)
    print(f"Принято текстов: {count}.")


def _term(workspace: Workspace, arguments: argparse.Namespace) -> None:
    chosen = (arguments.term or "").strip().upper()
    if chosen:
        setting = next(
            (one for one in settings.TERMS.values() if chosen in (one.choices or ())), None
        )
        if setting is None:
            known = "; ".join(
                title for one in settings.TERMS.values() for title in (one.choices or {}).values()
            )
            raise UserError(f"Термина «{arguments.term}» программа не знает.", f"Есть: {known}.")
        settings.put(workspace, setting, chosen)
    for one in settings.TERMS.values():
        print(f"{one.title}: {(one.choices or {})[settings.get(workspace, one)]}")


def _found(workspace: Workspace, key: str) -> TextRow:
    row = next((one for one in list_texts(workspace) if one.key == key), None)
    if row is None:
        raise UserError(
            f"Предложения «{key}» в документах нет.", "Список предложений: команда texts list."
        )
    return row


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, told: str
) -> argparse.ArgumentParser:
    made = actions.add_parser(name, help=told, description=f"{told[:1].upper()}{told[1:]}.")
    add_database(made)
    return made


def _keyed(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("key", metavar="КЛЮЧ", help="ключ предложения из texts list")
    return parser


_ACTIONS = {
    "list": _list,
    "show": _show,
    "set": _set,
    "reset": _reset,
    "export": _export,
    "import": _import,
    "term": _term,
}
