"""``outline``: by what blocks a programme is printed, changed without a window, and the check."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from app.cli.console import table
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, existing_database
from app.errors import UserError
from app.services.documents import (
    BLOCK_KINDS,
    OutlineBlock,
    ProgrammeDraft,
    add_block,
    build_programme,
    change_block,
    check_programme_document,
    move_block,
    newest_programme,
    programme_presets,
    remove_block,
    start_from,
)
from app.services.workspace import Workspace

NAME = "outline"
HELP = "показать и менять структуру, по которой печатается программа; проверить её перед печатью"
_ACTIONS = {
    "show": "показать блоки с их номерами",
    "presets": "перечислить готовые структуры",
    "kinds": "перечислить виды блоков и их свойства",
    "start": "взять готовую структуру: start КЛЮЧ",
    "add": "добавить блок: add ВИД [--inside БЛОК] [--before БЛОК]",
    "change": "изменить блок: change БЛОК [--title …] [--set ИМЯ=ЗНАЧЕНИЕ] [--on|--off]",
    "move": "переставить блок: move БЛОК [--inside БЛОК] [--before БЛОК]",
    "remove": "убрать блок: remove БЛОК",
    "check": "перечислить, на что посмотреть перед печатью",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    listed = "; ".join(f"{name} – {what}" for name, what in _ACTIONS.items())
    parser.add_argument("action", nargs="?", default="show", choices=_ACTIONS, help=listed)
    parser.add_argument("what", nargs="?", default="", metavar="ЧТО", help="ключ, вид или блок")
    parser.add_argument("--programme", type=int, metavar="НОМЕР", help="номер программы в базе")
    parser.add_argument("--inside", type=int, metavar="БЛОК", help="в какой блок поместить")
    parser.add_argument("--before", type=int, metavar="БЛОК", help="перед каким блоком поставить")
    parser.add_argument("--title", metavar="ТЕКСТ", help="заголовок блока")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="ИМЯ=ЗНАЧЕНИЕ",
        help="свойство блока: text=…, landscape=true, table=oge; пустое значение убирает его",
    )
    printed = parser.add_mutually_exclusive_group()
    printed.add_argument("--on", dest="included", action="store_true", default=None,
                         help="печатать блок")  # fmt: skip
    printed.add_argument("--off", dest="included", action="store_false", help="не печатать блок")
    add_database(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Do the action; findings and empty blocks wait for a person."""
    if arguments.action in _LISTS:
        print(_LISTS[arguments.action]())
        return ExitCode.DONE
    with doors.open_workspace(existing_database(arguments)) as workspace:
        programme_id = arguments.programme or newest_programme(workspace)
        if arguments.action == "check":
            return _check(workspace, programme_id)
        if arguments.action in _CHANGES:
            _CHANGES[arguments.action](workspace, programme_id, arguments)
        draft = build_programme(workspace, programme_id)
    print("\n".join(_lines(draft, draft.outline, 0)))
    return ExitCode.DONE


def _lines(draft: ProgrammeDraft, blocks: Sequence[OutlineBlock], level: int) -> Iterator[str]:
    """Return a line for each block: its id, what it is, its heading, why it is not printed."""
    empty = {one.block_id for one in draft.empty}
    for block in blocks:
        number = draft.numbers.get(block.id, "")
        kind = BLOCK_KINDS[block.kind].title
        title = f"{number} {block.title}".strip()
        note = "" if block.included else " (не печатается)"
        note = note or (" (пусто)" if block.id in empty else "")
        said = f"{kind}: {title}" if title else kind
        yield f"{block.id:>5}  {'  ' * level}{said}{note}"
        yield from _lines(draft, block.blocks, level + 1)


def _presets() -> str:
    rows = [(key, one.title, one.about) for key, one in programme_presets().items()]
    return table(("Ключ", "Структура", "Что в ней"), rows)


def _kinds() -> str:
    rows = [(kind.key, kind.title, ", ".join(kind.options) or "–") for kind in BLOCK_KINDS.values()]
    return table(("Вид", "Блок", "Свойства"), rows)


def _check(workspace: Workspace, programme_id: int) -> ExitCode:
    found = check_programme_document(workspace, programme_id)
    for one in found:
        block = f" [блок {one.block_id}]" if one.block_id is not None else ""
        print(f"{one.finding.kind.value}: {one.finding.message} {one.finding.hint}".strip() + block)
    if not found:
        print("Замечаний нет.")
    return ExitCode.WAITS if found else ExitCode.DONE


def _start(workspace: Workspace, programme_id: int, arguments: argparse.Namespace) -> None:
    start_from(workspace, programme_id, arguments.what)


def _add(workspace: Workspace, programme_id: int, arguments: argparse.Namespace) -> None:
    add_block(
        workspace,
        programme_id,
        arguments.what,
        parent_id=arguments.inside,
        before_id=arguments.before,
        title=arguments.title or "",
        body=_properties(arguments.set, {}),
    )


def _change(workspace: Workspace, programme_id: int, arguments: argparse.Namespace) -> None:
    block = _block(workspace, programme_id, arguments.what)
    change_block(
        workspace,
        programme_id,
        block.id,
        title=arguments.title,
        body=_properties(arguments.set, block.body) if arguments.set else None,
        included=arguments.included,
    )


def _move(workspace: Workspace, programme_id: int, arguments: argparse.Namespace) -> None:
    block = _block(workspace, programme_id, arguments.what)
    move_block(workspace, programme_id, block.id, arguments.inside, arguments.before)


def _remove(workspace: Workspace, programme_id: int, arguments: argparse.Namespace) -> None:
    remove_block(workspace, programme_id, _block(workspace, programme_id, arguments.what).id)


def _block(workspace: Workspace, programme_id: int, text: str) -> OutlineBlock:
    """Return the block of the outline with that id; UserError when there is none."""
    listed = _flat(build_programme(workspace, programme_id).outline)
    found = next((block for block in listed if str(block.id) == text), None)
    if found is None:
        raise UserError(
            f"Блока «{text}» в структуре программы нет.",
            "Номера блоков показывает команда outline show.",
        )
    return found


def _flat(blocks: Sequence[OutlineBlock]) -> Iterator[OutlineBlock]:
    for block in blocks:
        yield block
        yield from _flat(block.blocks)


def _properties(given: Sequence[str], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties with what was given; values are JSON or else plain text."""
    body = dict(known)
    for one in given:
        name, sign, text = one.partition("=")
        if not sign:
            raise UserError(f"Свойство «{one}» записано не так.", "Пишите ИМЯ=ЗНАЧЕНИЕ.")
        if text:
            body[name] = _value(text)
        else:
            body.pop(name, None)
    return body


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text.replace("\\n", "\n")


_LISTS: Mapping[str, Callable[[], str]] = {"presets": _presets, "kinds": _kinds}
_CHANGES = {"start": _start, "add": _add, "change": _change, "move": _move, "remove": _remove}
