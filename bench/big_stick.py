"""Makes the large stick of the bench: files laid out as the sources do, with drawn figures."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import xlsxwriter

ROWS_PER_FILE = 500
"""Schools of a region in one file: 200 files are 100,000 result rows."""

_YEARS = range(2015, 2026)
_GRADES = (4, 5, 6, 7, 8)
_SUBJECTS = ("Русский язык", "Математика", "История", "Физика")
_MARKS_HEADER = (
    "Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5",
)  # fmt: skip
_PROTOCOL_HEADER = (
    "№", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Код МСУ", "Фамилия", "Имя", "Отчество",
    "Задания с кратким ответом", "Задания с развёрнутым ответом", "Первичный балл", "Оценка",
)  # fmt: skip
_REGISTER_HEADER = ("№ п/п", "Краткое наименование", "Логин ФИС ОКО", "Код РЦОИ")
_EVERY_TENTH = 10

Cells = tuple[str | int | float, ...]


def make(folder: Path, files: int, *, protocols: bool) -> None:
    """Write a register and so many files of ``ROWS_PER_FILE`` rows; always the same ones.

    With ``protocols`` every tenth is a protocol of ОГЭ (L10, a row per pupil), the others are
    «Статистика по отметкам» (L2, a row per school).
    """
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(files)
    _write(folder / "Реестр.xlsx", [_REGISTER_HEADER, *_register()])
    kinds = islice(product(_YEARS, _GRADES, _SUBJECTS), files)
    for number, (year, grade, subject) in enumerate(kinds):
        path = folder / f"{number:03d}.xlsx"
        if protocols and number % _EVERY_TENTH == 0:
            _write(path, _protocol(draw, 2015 + number // _EVERY_TENTH))
        else:
            _write(path, _statistics(draw, year, grade, subject))


def _write(path: Path, rows: Iterator[Cells] | list[Cells]) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)


def _register() -> Iterator[Cells]:
    for number in range(1, ROWS_PER_FILE + 1):
        yield (number, _name(number), _login(number), f"{90000 + number}")


def _name(number: int) -> str:
    return f"МБОУ СОШ № {number}"


def _login(number: int) -> str:
    return f"edu{990000 + number}"


def _statistics(draw: random.Random, year: int, grade: int, subject: str) -> Iterator[Cells]:
    yield (f"ВПР {year}. {grade} класс",)
    yield ("Статистика по отметкам",)
    yield ("Предмет:", subject)
    yield ("Максимальный первичный балл:", 30)
    yield ()
    yield _MARKS_HEADER
    for number in range(1, ROWS_PER_FILE + 1):
        counts = _counts(draw, number, grade)
        total = sum(counts)
        shares = (round(100 * count / total, 2) for count in counts)
        yield (f"{_name(number)}({_login(number)})", "", total, *shares)


def _counts(draw: random.Random, number: int, grade: int) -> tuple[int, int, int, int]:
    """Return pupils by mark 2–5 of a grade that has much the same size in each subject and year."""
    present = 12 + (7 * number + 3 * grade) % 40 - draw.randint(0, 2)
    twos, fives = draw.randint(0, present // 6), draw.randint(0, present // 4)
    threes = draw.randint(1, present - twos - fives - 1)
    return twos, threes, present - twos - threes - fives, fives


def _protocol(draw: random.Random, year: int) -> Iterator[Cells]:
    yield (f"02 - Математика {year}.06.04",)
    yield _PROTOCOL_HEADER
    for number in range(1, ROWS_PER_FILE + 1):
        code = f"{90000 + draw.randint(1, 50)}"
        score, mark = draw.randint(3, 31), draw.randint(2, 5)
        yield (
            number, code, "9а", 9001, 1 + number // 15, 907, "Загадкин", "Лель", "Сказович",
            "++-+-", "1(2)2(2)", score, mark,
        )  # fmt: skip
