"""A small stick of spreadsheets as a district receives them; every name in it is invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

SCHOOLS = (
    ("МКОУ СОШ №1", "edu010001", "01307", "СОШ", 504),
    ("МБОУ СОШ №15", "edu010015", "13015", "СОШ", 409),
    ("МАОУ Троицкая ООШ", "edu010003", "13003", "ООШ", 98),
)
PUPILS = (("Вымышленников", "Придуман"), ("Небывалова", "Сочинена"), ("Несуществующий", "Выдуман"))

Rows = Sequence[Sequence[object]]


def write_book(path: Path, rows: Rows, sheet: str = "Лист1") -> Path:
    """Write one sheet of plain values."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


def register_rows(schools: Sequence[tuple[str, str, str, str, int]] = SCHOOLS) -> Rows:
    """Return a register of schools."""
    head = (
        "№",
        "Краткое наименование",
        "Логин ФИС ОКО",
        "Код РЦОИ",
        "Вид",
        "Численность обучающихся",
    )
    rows = [(number, *school) for number, school in enumerate(schools, start=1)]
    return [("Реестр общеобразовательных организаций",), (), head, *rows]


def vpr_rows(shares: Sequence[tuple[int, float, float, float, float]], year: int = 2025) -> Rows:
    """Return «Статистика по отметкам»: participants and per cents of each school."""
    schools = [
        (f"{school[0]}({school[1]})", "", *row)
        for school, row in zip(SCHOOLS, shares, strict=False)
    ]
    return [
        (f"ВПР {year}. 5 класс",),
        ("Статистика по отметкам",),
        ("Предмет:", "Математика"),
        ("Максимальный первичный балл:", 20),
        (),
        ("Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5"),
        ("Вся выборка", 36012, 1412345, 11.9, 39.6, 34.4, 14.1),
        *schools,
    ]


def oge_rows(marks: Sequence[tuple[str, int]], subject: str = "02 - Математика 2025.06.02") -> Rows:
    """Return an ОГЭ protocol: code of the school and mark of each pupil."""
    head = (
        "№", "Код ОО", "Класс", "", "Код ППЭ", "", "Аудитория", "", "Код МСУ", "", "Фамилия", "",
        "Имя", "", "Отчество", "Задания с кратким ответом", "", "", "Задания с развёрнутым ответом",
        "Первичный балл", "", "Оценка",
    )  # fmt: skip
    rows = []
    for number, (code, mark) in enumerate(marks, start=1):
        surname, name = PUPILS[number % len(PUPILS)]
        rows.append(
            (number, code, "9а", "", 1301, "", 5, "", 213, "", surname, "", name, "", name + "ович",
             "++-", "", "", "1(2)", 15, "", mark)
        )  # fmt: skip
    return [(subject,), head, *rows]


GOOD_SHARES = (
    (10, 10.0, 40.0, 30.0, 20.0),
    (20, 5.0, 45.0, 30.0, 20.0),
    (5, 40.0, 20.0, 20.0, 20.0),
)
MARKS = (("01307", 2), ("01307", 4), ("13015", 5), ("13015", 3), ("13003", 2), ("13003", 2))


def write_stick(folder: Path) -> Path:
    """Write a register, a ВПР report and an ОГЭ protocol; return the folder."""
    write_book(folder / "Реестр школ.xlsx", register_rows())
    write_book(folder / "ВПР 2025" / "5 МА.xlsx", vpr_rows(GOOD_SHARES))
    write_book(folder / "ГИА-9" / "02.xlsx", oge_rows(MARKS), "Page 1")
    return folder
