"""An argument parser that speaks Russian: argparse translates neither its help nor its errors."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, NoReturn

_ERRORS = (
    (r"the following arguments are required: (.*)", r"не указано: \1"),
    (r"one of the arguments (.*) is required", r"нужно указать одно из: \1"),
    (r"unrecognized arguments: (.*)", r"непонятные слова в команде: \1"),
    (r"expected one argument", "нужно одно значение"),
    (r"expected at most one argument", "нужно не больше одного значения"),
    (r"expected at least one argument", "нужно хотя бы одно значение"),
    (r"expected (\d+) arguments?", r"нужно значений: \1"),
    (r"invalid choice: (.*) \(choose from (.*)\)", r"нет такого значения: \1; бывает: \2"),
    (r"invalid \w+ value: (.*)", r"не подходит значение \1"),
    (r"not allowed with argument (.*)", r"нельзя вместе с \1"),
    (r"ignored explicit argument (.*)", r"значение \1 здесь лишнее"),
    (r"ambiguous option: (.*) could match (.*)", r"параметр \1 можно понять по-разному: \2"),
    (r"argument (\S+(?: \S+)?): (.*)", r"\1: \2"),
)
"""Messages of argparse (3.11 to 3.13) and what to say instead; the last one wraps the others."""

_HAS_ENGLISH = re.compile(r"\b[a-z]{3,} [a-z]{3,}\b")


def translated(message: str) -> str:
    """Return an error of argparse in Russian; one that is not known is told in general words."""
    *rules, wrapper = _ERRORS
    wrapped = re.fullmatch(wrapper[0], message, re.DOTALL)
    inner = wrapped.group(2) if wrapped else message
    for pattern, russian in rules:
        found = re.fullmatch(pattern, inner, re.DOTALL)
        if found:
            inner = found.expand(russian)
            break
    else:
        if _HAS_ENGLISH.search(inner):
            inner = "команда записана неверно"
    return f"{wrapped.group(1)}: {inner}" if wrapped else inner


class _Formatter(argparse.HelpFormatter):
    """Help text with a Russian «usage»."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Как вызвать: " if prefix is None else prefix)


class RussianParser(argparse.ArgumentParser):
    """ArgumentParser whose help and errors are Russian; exit code 2 on an error, as argparse's."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Formatter)
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "Что указать"
        self._optionals.title = "Параметры"
        self.add_argument("-h", "--help", action="help", help="показать эту справку")

    def error(self, message: str) -> NoReturn:
        """Tell the error and the way to the help on stderr, then exit with 2."""
        sys.stderr.write(
            f"Команда не выполнена: {translated(message)}.\nСправка: {self.prog} --help\n"
        )
        raise SystemExit(2)


def year(text: str) -> int:
    """Parse a year of study results; anything outside 2000–2100 is a slip of the pen."""
    if text.isdecimal() and 2000 <= int(text) <= 2100:
        return int(text)
    raise argparse.ArgumentTypeError(f"год – от 2000 до 2100, например 2025, а не «{text}»")


def pixels(text: str) -> int:
    """Parse a size of a picture in pixels, 320 to 8000."""
    if text.isdecimal() and 320 <= int(text) <= 8000:
        return int(text)
    raise argparse.ArgumentTypeError(f"размер задаётся числом от 320 до 8000, а не «{text}»")


def day(text: str) -> date:
    """Parse a date as people write it: 20.11.2025."""
    try:
        return datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=UTC).date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"дата пишется так: 20.11.2025, а не «{text}»") from None
