"""The parser speaks Russian in every help and error that a person can meet."""

from __future__ import annotations

import argparse
import re

import pytest

from app.cli.russian import RussianParser, pixels, translated, year

ENGLISH = re.compile(r"\b(usage|error|show|the|positional|options|expected|invalid|choose)\b")


@pytest.fixture
def parser() -> RussianParser:
    made = RussianParser(prog="opora", description="Пробная команда.")
    made.add_argument("file", metavar="ФАЙЛ", help="файл")
    made.add_argument("--year", type=year, metavar="ГОД", help="год")
    made.add_argument("--size", type=pixels, metavar="ТОЧЕК", help="размер")
    made.add_argument("--number", type=int, metavar="ЧИСЛО", help="число")
    made.add_argument("--theme", choices=("light", "dark"), help="оформление")
    made.add_argument("--flag", action="store_true", help="да")
    both = made.add_mutually_exclusive_group()
    both.add_argument("--one", action="store_true", help="одно")
    both.add_argument("--other", action="store_true", help="другое")
    return made


def test_help_has_no_english(parser: RussianParser) -> None:
    shown = parser.format_help()
    assert "Как вызвать: opora" in shown
    assert "показать эту справку" in shown
    assert not ENGLISH.search(shown)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "не указано: ФАЙЛ"),
        (["f", "--year"], "--year: нужно одно значение"),
        (["f", "--year", "25"], "--year: год – от 2000 до 2100, например 2025, а не «25»"),
        (["f", "--size", "1"], "--size: размер задаётся числом от 320 до 8000, а не «1»"),
        (["f", "--number", "x"], "--number: не подходит значение 'x'"),
        (["f", "--theme", "red"], "--theme: нет такого значения: 'red'; бывает: "),
        (["f", "--flag=1"], "--flag: значение '1' здесь лишнее"),
        (["f", "--one", "--other"], "--other: нельзя вместе с --one"),
        (["f", "g"], "непонятные слова в команде: g"),
        (["f", "--yea", "2025"], "непонятные слова в команде: --yea 2025"),
    ],
)
def test_errors_have_no_english(
    parser: RussianParser, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser.parse_args(words)
    assert stopped.value.code == 2
    shown = capsys.readouterr().err
    assert told in shown
    assert "Справка: opora --help" in shown
    assert not ENGLISH.search(shown)


def test_unknown_message_is_told_in_general_words() -> None:
    assert translated("something quite unforeseen") == "команда записана неверно"
    assert translated("argument --a: something unforeseen") == "--a: команда записана неверно"


@pytest.mark.parametrize("text", ["1999", "2101", "20 25", "", "-2025", "2025.0"])
def test_only_sensible_years(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        year(text)
    assert year("2025") == 2025


def test_the_way_to_the_help_of_a_command_is_its_name_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands = RussianParser(prog="opora").add_subparsers()
    with pytest.raises(SystemExit):
        commands.add_parser("classify").parse_args(["лишнее"])
    assert "Справка: opora classify --help" in capsys.readouterr().err
