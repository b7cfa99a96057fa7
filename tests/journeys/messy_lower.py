"""The stick of the imaginary Приозёрский district: few codes, and figures that need an answer."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from tests.journeys import messy_sheets as sheets
from tests.journeys.messy_books import Tab, write
from tests.journeys.messy_oracle import Story
from tests.journeys.messy_sheets import Counts, Exam, Line, Look, Pupil, School


def _school(key: str, name: str, full: str, place: str, number: int) -> School:
    whole = f'Муниципальное общеобразовательное учреждение "{full}"'
    login, rcoi = f"sch4405{number:02}", f"4{number:04}"
    return School(key, "МОУ", name, whole, place, login, rcoi, 60 + 17 * number)


CITY1 = _school("city1", "СОШ №1", "Средняя общеобразовательная школа №1", "г. Приозёрск", 1)
CITY5 = _school("city5", "СОШ №5", "Средняя общеобразовательная школа №5", "г. Приозёрск", 5)
CITY15 = _school("city15", "СОШ №15", "Средняя общеобразовательная школа №15", "г. Приозёрск", 15)
TOWN = _school(
    "town",
    "Городищенская СОШ",
    "Городищенская средняя общеобразовательная школа",
    "с. Городище",
    20,
)
SPRING = _school(
    "spring", "Ключевская СОШ", "Ключевская средняя общеобразовательная школа", "с. Ключи", 21
)
SPRING9 = _school(
    "spring9", "Ключевская ООШ", "Ключевская основная общеобразовательная школа", "с. Ключи", 22
)
QUIET = _school(
    "quiet", "Лесная НОШ", "Лесная начальная общеобразовательная школа", "п. Лесной", 23
)
REGISTERED = (CITY1, CITY5, CITY15, TOWN, SPRING, SPRING9, QUIET)
WITH_RESULTS = (CITY1, CITY5, CITY15, TOWN, SPRING, SPRING9)

_LOW: Mapping[tuple[str, str, int, str, int], Counts] = {
    ("spring", "ВПР", 2025, "Русский язык", 8): (6, 6, 4, 2),
    ("spring", "ОГЭ", 2025, "Русский язык", 9): (3, 4, 2, 1),
    ("city5", "ВПР", 2024, "Математика", 7): (9, 10, 8, 3),
    ("city5", "ВПР", 2025, "Математика", 7): (10, 11, 9, 1),
    # The neighbour in the same village is low only once.
    ("spring9", "ОГЭ", 2025, "Русский язык", 9): (2, 2, 1, 0),
}


def _counts(story: Story, exam: Exam) -> Mapping[School, Counts]:
    chance = random.Random(f"lower{exam}")
    found = {}
    for school in WITH_RESULTS:
        twos, threes = chance.randint(0, 2), chance.randint(6, 12)
        usual = (twos, threes, chance.randint(3, 9), chance.randint(0, 4))
        key = (school.key, exam.kind, exam.year, exam.subject, exam.grade)
        found[school] = _LOW.get(key, usual)
    return story.marks(exam, found)


_BY_NAME = Look(
    ("Всероссийские проверочные работы, {exam.year} год", "по учебному предмету", "{exam.subject}"),
    columns=(
        "№ п/п",
        "group",
        "participants",
        "5",
        "4",
        "3",
        "2",
        "Качество, %",
        "Успеваемость, %",
    ),
    words={
        "group": "Наименование ОУ",
        "participants": "Писали работу",
        "5": "на «5»",
        "2": "на «2»",
    },
    value=sheets.in_text(0),
    title=lambda s: f'{s.legal} "{s.name.replace("№", "№ ")}" {s.settlement}',
    above=((None, "город Приозёрск", 77, "10", "30", "50", "10"),),
    below=((None, "ИТОГО по району", 141, "10", "30", "50", "10"), ("NaN",) * 7),
)
_BY_LOGIN = Look(
    (
        "ВПР {exam.year}. {exam.grade} класс",
        "Статистика по отметкам",
        "Предмет: {exam.subject}",
        "",
    ),
    title=lambda s: f"({s.login}) {s.legal} {s.name}",
    value=sheets.in_text(2),
    above=(("Вся выборка", 36012, 1412345, "11,9", "39,6", "34,4", "14,1"),),
)


def _register() -> list[Line]:
    header: Line = [
        "Название школы", "Сменность", "Мощность", "Кол-во\nучащихся ", "Кол-во учителей",
        "Населённый пункт", "Район", "ШНОР",
    ]  # fmt: skip
    rows: list[Line] = [["Сведения о школах на 2019-2020 учебный год"], header]
    for school in REGISTERED:
        shifts = "в одну смену"
        full = school.full.replace("общеобразовательное", "общеобразовательное ")
        place = school.settlement
        rows.append([full, shifts, 320, f"{school.pupils} чел.", 12, place, "Приозёрский", "нет"])
    return [*rows, ["Итого", None, None, sum(school.pupils for school in REGISTERED)]]


def _vpr(story: Story, root: Path) -> None:
    def tab(look: Look, year: int, subject: str, grade: int, name: str = "Лист1") -> Tab:
        exam = Exam("ВПР", year, subject, grade)
        return Tab(name, sheets.statistics(look, exam, _counts(story, exam)))

    write(root / "впр24.ods", tab(_BY_LOGIN, 2024, "Математика", 7))
    write(root / "Новая папка" / "впр25.xlsx", tab(_BY_LOGIN, 2025, "Математика", 7))
    write(
        root / "Новая папка (2)" / "Лист Microsoft Excel.xls",
        tab(_BY_NAME, 2025, "Русский язык", 8, "8 класс"),
    )


_PROTOCOL = ("№", "Код ОО", "Класс", "Фамилия", "Имя", "Отчество", "", "Первичный балл", "", "Балл")


def _oge(story: Story, root: Path) -> None:
    rows: list[Line] = []
    for code, day, subject in (("01", "09", "Русский язык"), ("02", "02", "Математика")):
        exam = Exam("ОГЭ", 2025, subject, 9)
        pupils = sheets.pupils_by_mark(_counts(story, exam), (5, 12, 20, 28))
        pupils.insert(2, Pupil(SPRING, None, "не явился"))
        block = sheets.protocol(_PROTOCOL, pupils, code=lambda school: int(school.rcoi))
        # Only the first exam has a header; the next one is announced by its title alone.
        rows += [[f"{code} - {subject} 2025.06.{day}"], *(block if not rows else block[1:]), []]
    write(root / "огэ.xlsx", Tab("Page 1", rows))


def make(root: Path, *, register: bool = True) -> Story:
    """Write the stick into ``root``, with or without its register, and return the truth."""
    story = Story()
    if register:
        write(root / "школы.xlsx", Tab("ОО", _register()))
    _vpr(story, root)
    _oge(story, root)
    return story
