"""``templates``: the office's own Word templates of documents."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.console import require_writable, table
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, database, existing_database
from app.errors import UserError
from app.services.documents import (
    TemplateRow,
    add_template,
    check_file,
    list_templates,
    remove_template,
    replace_template,
    save_example,
    save_template,
    template_kinds,
    template_tags,
    write_registered,
)
from app.services.workspace import Workspace

NAME = "templates"
HELP = "свои шаблоны Word: метки, пример, проверка, приём, заполнение"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="Действия", metavar="ДЕЙСТВИЕ", dest="action")
    actions.required = True
    add_database(_action(actions, "list", "показать шаблоны учреждения"))
    _kind(_action(actions, "tags", "перечислить метки вида документа"), optional=True)
    example = _kind(_action(actions, "example", "записать пример шаблона"))
    _out(example)
    checked = _kind(_action(actions, "check", "проверить файл, ничего не записывая"))
    _file(checked)
    added = _kind(_action(actions, "add", "принять шаблон"))
    _file(added)
    added.add_argument("--title", metavar="НАЗВАНИЕ", help="как назвать; без него – имя файла")
    add_database(added)
    replaced = _titled(_action(actions, "replace", "заменить файл шаблона"))
    _file(replaced)
    _titled(_action(actions, "remove", "убрать шаблон"))
    _out(_titled(_action(actions, "save", "записать файл шаблона, чтобы изменить его в Word")))
    filled = _titled(_action(actions, "fill", "заполнить шаблон по документу реестра"))
    filled.add_argument("--document", type=int, required=True, metavar="НОМЕР", help="номер строки")
    _out(filled)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Do the named action; exit code 1 when a checked file has faults or blanks were left."""
    if "out" in arguments:
        require_writable(arguments.out)
    if arguments.action in _WITHOUT_DATA:
        return _WITHOUT_DATA[arguments.action](arguments)
    place = database if arguments.action == "add" else existing_database
    with doors.open_workspace(place(arguments)) as workspace:
        return _WITH_DATA[arguments.action](workspace, arguments)


def _tags(arguments: argparse.Namespace) -> ExitCode:
    if arguments.kind is None:
        print(table(("Вид", "Документ"), list(template_kinds().items())))
        return ExitCode.DONE
    rows = [
        (tag.written, "отдельный абзац" if tag.is_block else "в тексте", tag.about)
        for tag in template_tags(arguments.kind)
    ]
    print(table(("Метка", "Где стоит", "Что подставляется"), rows))
    return ExitCode.DONE


def _example(arguments: argparse.Namespace) -> ExitCode:
    save_example(arguments.kind, arguments.out)
    print(f"Пример шаблона записан: {arguments.out}")
    return ExitCode.DONE


def _check(arguments: argparse.Namespace) -> ExitCode:
    report = check_file(arguments.kind, arguments.file)
    for fault in report.faults:
        print(fault)
    if report.faults:
        print(f"Ошибок: {len(report.faults)}. Исправьте их в Word и проверьте снова.")
        return ExitCode.WAITS
    print(f"Ошибок нет, меток: {len(report.tags)}.")
    return ExitCode.DONE


def _list(workspace: Workspace, _arguments: argparse.Namespace) -> ExitCode:
    rows = [
        (row.title, row.kind, row.kind_title, f"{row.added_at.astimezone():%d.%m.%Y %H:%M}")
        for row in list_templates(workspace)
    ]
    headers = ("Название", "Вид", "Документ", "Принят")
    print(table(headers, rows) if rows else "Своих шаблонов нет.")
    return ExitCode.DONE


def _add(workspace: Workspace, arguments: argparse.Namespace) -> ExitCode:
    title = arguments.title or arguments.file.stem
    add_template(workspace, title, arguments.kind, arguments.file)
    print(f"Шаблон «{title}» принят.")
    return ExitCode.DONE


def _replace(workspace: Workspace, arguments: argparse.Namespace) -> ExitCode:
    row = _found(workspace, arguments.title)
    replace_template(workspace, row.id, arguments.file)
    print(f"Файл шаблона «{row.title}» заменён.")
    return ExitCode.DONE


def _remove(workspace: Workspace, arguments: argparse.Namespace) -> ExitCode:
    row = _found(workspace, arguments.title)
    remove_template(workspace, row.id)
    print(f"Шаблон «{row.title}» убран. Вернуть его можно командой undo.")
    return ExitCode.DONE


def _save(workspace: Workspace, arguments: argparse.Namespace) -> ExitCode:
    save_template(workspace, _found(workspace, arguments.title).id, arguments.out)
    print(f"Шаблон записан: {arguments.out}")
    return ExitCode.DONE


def _fill(workspace: Workspace, arguments: argparse.Namespace) -> ExitCode:
    row = _found(workspace, arguments.title)
    blanks = write_registered(workspace, row.id, arguments.document, arguments.out)
    print(f"Документ по шаблону «{row.title}»: {arguments.out}")
    if blanks:
        print(f"Нет данных для меток: {', '.join(f'[[{word}]]' for word in blanks)}.")
    return ExitCode.WAITS if blanks else ExitCode.DONE


def _found(workspace: Workspace, title: str) -> TemplateRow:
    row = next((one for one in list_templates(workspace) if one.title == title), None)
    if row is None:
        raise UserError(f"Шаблона «{title}» нет.", "Список шаблонов: команда templates list.")
    return row


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, told: str
) -> argparse.ArgumentParser:
    return actions.add_parser(name, help=told, description=f"{told[:1].upper()}{told[1:]}.")


def _kind(parser: argparse.ArgumentParser, *, optional: bool = False) -> argparse.ArgumentParser:
    help_text = "вид документа; список: templates tags"
    if optional:
        parser.add_argument("kind", nargs="?", metavar="ВИД", help=help_text)
    else:
        parser.add_argument("kind", metavar="ВИД", help=help_text)
    return parser


def _titled(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("title", metavar="НАЗВАНИЕ", help="название шаблона из templates list")
    add_database(parser)
    return parser


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="ФАЙЛ", help="файл Word, .docx")


def _out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, required=True, metavar="ФАЙЛ", help="куда записать, .docx"
    )


_WITHOUT_DATA = {"tags": _tags, "example": _example, "check": _check}
_WITH_DATA = {
    "list": _list,
    "add": _add,
    "replace": _replace,
    "remove": _remove,
    "save": _save,
    "fill": _fill,
}
