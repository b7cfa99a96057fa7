"""The files of the stick, laid out as the sources lay them out (domain §4: L2, L9, L10, L16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import reduce
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from tools.demo import district, pupils
from tools.demo.district import DISTRICT, SCHOOLS, School
from tools.demo.drawing import Tally, generator, tally

if TYPE_CHECKING:
    from collections.abc import Iterator

# Workbooks carry the moment they were made; a fixed one keeps the files the same.
_MADE = datetime(2025, 9, 1, tzinfo=UTC).replace(tzinfo=None)

_REGISTER = (
    "№ п/п", "Полное наименование", "Краткое наименование", "Логин ФИС ОКО", "Код РЦОИ", "Вид",
    "Населённый пункт", "Местность", "Численность обучающихся", "Директор",
)  # fmt: skip
_SHORT_SUBJECT = {
    district.RUSSIAN: "РУ", district.MATHS: "МА", "Окружающий мир": "ОМ", "История": "ИС",
    "Физика": "ФИ",
}  # fmt: skip


@contextmanager
def _workbook(path: Path, sheet: str) -> Iterator[tuple[Any, Any, Any]]:
    """Yield a sheet and the formats of its title and header; the file is there afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": sheet, "author": DISTRICT, "created": _MADE})
    title = book.add_format({"bold": True})
    header = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
    yield book.add_worksheet(sheet), title, header
    book.close()


def register(folder: Path) -> Path:
    """Write the register of schools."""
    path = folder / "Реестр школ.xlsx"
    with _workbook(path, "Реестр ОО") as (sheet, title, header):
        sheet.merge_range(0, 0, 0, 9, "", title)
        sheet.write(0, 0, f"Реестр общеобразовательных организаций ({DISTRICT})", title)
        sheet.write_row(2, 0, _REGISTER, header)
        sheet.set_column(1, 2, 40)
        for number, school in enumerate(SCHOOLS, start=1):
            sheet.write_row(2 + number, 0, _register_row(number, school))
    return path


def _register_row(number: int, school: School) -> tuple[str | int, ...]:
    place = "городская" if school.settlement.startswith("г.") else "сельская"
    return (
        number, school.full, school.short, school.login, school.rcoi, school.kind,
        school.settlement, place, school.pupils, school.director,
    )  # fmt: skip


def marks(folder: Path, year: int, grade: int, subject: str) -> Path:
    """Write one «Статистика по отметкам» of the ВПР (L2)."""
    name = f"{grade} класс {_SHORT_SUBJECT[subject]} - Статистика по отметкам.xlsx"
    path = folder / f"ВПР {year}" / name
    with _workbook(path, "Статистика по отметкам") as (sheet, title, header):
        sheet.write(0, 0, f"ВПР {year}. {grade} класс", title)
        sheet.write(1, 0, "Статистика по отметкам", title)
        sheet.write_row(2, 0, ("Предмет:", subject))
        maximum = generator("maximum", subject, grade).randint(20, 45)
        sheet.write_row(3, 0, ("Максимальный первичный балл:", maximum))
        sheet.write_row(4, 0, ("Дата:", f"{10 + grade}.04.{year}"))
        columns = ("Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5")
        sheet.write_row(6, 0, columns, header)
        sheet.set_column(0, 0, 45)
        for row, cells in enumerate(_mark_rows(year, grade, subject), start=7):
            sheet.write_row(row, 0, cells)
    return path


def _mark_rows(year: int, grade: int, subject: str) -> Iterator[tuple[str | int | float, ...]]:
    tallies = {
        school: tally(school, year, "ВПР", subject, grade)
        for school in SCHOOLS
        if grade in school.grades
    }
    yield (district.COUNTRY, 36012, 1412345, 9.8, 40.4, 34.7, 15.1)
    yield (district.REGION, 417, 19876, 10.2, 41.1, 34.4, 14.3)
    whole: Tally = reduce(add, tallies.values())
    yield (DISTRICT, len(tallies), whole.participants, *whole.percents)
    for school, result in tallies.items():
        # The source wrote the login in front of the name one year and behind it the next.
        name = f"({school.login}) {school.short}" if year == 2024 else _named(school)
        yield (name, "", result.participants, *result.percents)


def _named(school: School) -> str:
    return f"{school.short}({school.login})"


def oge(folder: Path, year: int, number: int, subject: str) -> Path:
    """Write one ОГЭ protocol of the regional centre (L10)."""
    path = folder / f"ГИА-9 {year}" / f"{number:02d} - {subject} {year}.xlsx"
    columns = {
        0: "№", 1: "Код ОО", 2: "Класс", 4: "Код ППЭ", 6: "Аудитория", 8: "Код МСУ",
        10: "Фамилия", 12: "Имя", 14: "Отчество", 15: "Задания с кратким ответом",
        18: "Задания с развёрнутым ответом", 19: "Первичный балл", 21: "Оценка",
    }  # fmt: skip
    with _workbook(path, "Page 1") as (sheet, title, header):
        sheet.write(0, 0, f"{number:02d} - {subject} {year}.06.0{number + 2}", title)
        _write(sheet, 1, columns, header)
        for row, pupil in enumerate(pupils.oge(year, subject), start=1):
            cells: dict[int, str | int] = {
                0: row, 1: pupil.rcoi, 2: pupil.form, 4: 9001, 6: 1 + row // 15,
                8: district.DISTRICT_CODE, 10: pupil.surname, 12: pupil.name, 14: pupil.patronymic,
                15: "++-+-", 18: "1(2)2(2)", 19: pupil.primary, 21: pupil.final,
            }  # fmt: skip
            _write(sheet, 1 + row, cells)
    return path


def ege(folder: Path, year: int, number: int, subject: str) -> Path:
    """Write one ЕГЭ protocol of the regional centre (L9)."""
    path = folder / f"ГИА-11 {year}" / f"{number:02d} - {subject} {year}.xlsx"
    final = "Оценка" if subject == district.BASIC_MATHS else "Тестовый балл"
    columns = {
        0: "№", 2: "Код МСУ", 4: "Код ОО", 6: "Класс", 8: "Код ППЭ", 10: "Аудитория",
        12: "Фамилия", 13: "Имя", 14: "Отчество", 16: "Задания с кратким ответом",
        18: "Задания с развёрнутым ответом", 20: "Первичный балл", 22: final,
    }  # fmt: skip
    with _workbook(path, "Page 1") as (sheet, title, header):
        sheet.write(0, 0, "Протокол проверки", title)
        sheet.write(1, 0, district.REGION_TITLE)
        sheet.write(5, 0, f"{number:02d} - {subject} {year}.05.{20 + number % 10}", title)
        _write(sheet, 7, columns, header)
        for row, pupil in enumerate(pupils.ege(year, subject), start=1):
            cells: dict[int, str | int] = {
                0: row, 2: district.DISTRICT_CODE, 4: pupil.rcoi, 6: pupil.form, 8: 9001,
                10: 100 + row // 15, 12: pupil.surname, 13: pupil.name, 14: pupil.patronymic,
                16: "++---+---", 18: "1(1)2(3)", 20: pupil.primary, 22: pupil.final,
            }  # fmt: skip
            _write(sheet, 7 + row, cells)
    return path


def _write(sheet: Any, row: int, cells: Mapping[int, str | int], style: Any = None) -> None:
    for column, value in cells.items():
        sheet.write(row, column, value, style)


def stick(folder: Path) -> Iterable[Path]:
    """Write every file of the district's stick below ``folder`` and yield their paths."""
    yield register(folder)
    for year in district.YEARS:
        for grade, subjects in district.VPR.items():
            for subject in subjects:
                yield marks(folder, year, grade, subject)
        for number, subject in district.OGE:
            yield oge(folder, year, number, subject)
        for number, subject in district.EGE:
            yield ege(folder, year, number, subject)
