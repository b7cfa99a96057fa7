"""From the words of a command line to a command and its exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app import __version__, paths
from app.cli.commands import commands_of
from app.cli.console import tell_error, use_utf8
from app.cli.doors import Doors, ExitCode
from app.cli.russian import RussianParser
from app.errors import Cancelled, UserError

_DESCRIPTION = (
    "«Опора»: школы с низкими результатами – от файлов на флешке до приказа. "
    "Без команды открывается окно."
)
_EPILOG = (
    "Код завершения: 0 – сделано; 1 – сделано, но что-то ждёт человека и перечислено; "
    "2 – отказ, причина написана, база не изменена."
)


def build_parser(words: Sequence[str] = ()) -> RussianParser:
    """Return the parser of the whole command line, or of as much of it as ``words`` need."""
    parser = RussianParser(prog="opora", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=__version__, help="номер версии")
    parser.add_argument("--db", type=Path, metavar="ФАЙЛ", help="база, с которой открыть окно")
    commands = parser.add_subparsers(title="Команды", metavar="КОМАНДА", dest="command")
    for command in commands_of(words):
        one = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_arguments(one)
        one.set_defaults(run=command.run)
    return parser


def main(words: Sequence[str], doors: Doors) -> int:
    """Run the command that ``words`` name; what a person can mend is told on stderr."""
    use_utf8()
    arguments = build_parser(words).parse_args(words)
    try:
        code = _run(arguments, doors)
        sys.stdout.flush()
    except UserError as error:
        tell_error(error)
    except (Cancelled, KeyboardInterrupt):
        print("Прервано. Незавершённое не записано.", file=sys.stderr)
    except BrokenPipeError:
        # The reader of our output went away (``| head``): what is left is written nowhere, or the
        # interpreter would complain about it on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    else:
        return code
    return ExitCode.FAILED


def _run(arguments: argparse.Namespace, doors: Doors) -> int:
    if arguments.command is None:
        return doors.open_window(arguments.db or paths.default_database())
    code: int = arguments.run(arguments, doors)
    return code
