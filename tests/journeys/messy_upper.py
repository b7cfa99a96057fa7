"""The stick of the imaginary Верхнереченский district: every file is right, none looks alike."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.journeys import messy_sheets as sheets
from tests.journeys.messy_books import Cell, Rows, Tab, write
from tests.journeys.messy_oracle import Story
from tests.journeys.messy_sheets import Counts, Exam, Line, Look, Pupil, School

_LEGAL = {
    "МКОУ": "Муниципальное казённое общеобразовательное учреждение",
    "МБОУ": "Муниципальное бюджетное общеобразовательное учреждение",
    "МАОУ": "Муниципальное автономное общеобразовательное учреждение",
}


def _school(key: str, legal: str, name: str, full: str, place: str, number: int) -> School:
    whole = f"{_LEGAL[legal]} «{full}»"
    login, rcoi = f"edu3100{number:02}", f"013{number:02}"
    return School(key, legal, name, whole, place, login, rcoi, 40 + 31 * number)


ONE = _school(
    "one", "МКОУ", "СОШ №1", "Средняя общеобразовательная школа №1", "г. Верхнереченск", 1
)
FIFTEEN = _school(
    "fifteen", "МАОУ", "СОШ №15", "Средняя общеобразовательная школа №15", "г. Верхнереченск", 15
)
FIVE = _school(
    "five", "МБОУ", "СОШ №5", "Средняя общеобразовательная школа №5", "г. Верхнереченск", 5
)
HILL = _school(
    "hill", "МБОУ", "Городищенская СОШ", "Городищенская средняя общеобразовательная школа",
    "с. Городище", 6,
)  # fmt: skip
LIME = _school(
    "lime", "МКОУ", "Липовская СОШ", "Липовская средняя общеобразовательная школа", "с. Липовка", 7
)
LIME9 = _school(
    "lime9", "МКОУ", "Липовская ООШ", "Липовская основная общеобразовательная школа",
    "с. Липовка", 8,
)  # fmt: skip
BIRCH = _school(
    "birch", "МБОУ", "Берёзовская ООШ", "Берёзовская основная общеобразовательная школа",
    "д. Берёзовая", 9,
)  # fmt: skip
SILENT = _school(
    "silent", "МКОУ", "Озерковская ООШ", "Озерковская основная общеобразовательная школа",
    "с. Озерки", 10,
)  # fmt: skip
FOREIGN = _school(
    "foreign", "МКОУ", "Дальняя СОШ", "Дальняя средняя общеобразовательная школа", "с. Дальнее", 77
)
REGISTERED = (ONE, FIFTEEN, FIVE, HILL, LIME, LIME9, BIRCH, SILENT)
WITH_RESULTS = (ONE, FIFTEEN, FIVE, HILL, LIME, LIME9, BIRCH)
WITH_GUEST = (*WITH_RESULTS, FOREIGN)
SENIOR = (ONE, FIFTEEN, FIVE, HILL)

_LOW: Mapping[tuple[str, str, int, str, int], Counts] = {
    # Rule A: exactly 30 % at the ВПР, 40 % at the ОГЭ.
    ("lime", "ВПР", 2025, "Русский язык", 5): (3, 4, 2, 1),
    ("lime", "ОГЭ", 2025, "Математика", 9): (2, 2, 1, 0),
    # Rule B alone: the same grade and subject two years running.
    ("hill", "ВПР", 2024, "Математика", 6): (5, 5, 2, 1),
    ("hill", "ВПР", 2025, "Математика", 6): (4, 6, 2, 0),
    # Not the same procedure: grade 5 of 2024, grade 6 of 2025.
    ("one", "ВПР", 2024, "Математика", 5): (12, 10, 8, 3),
    ("one", "ВПР", 2025, "Математика", 6): (11, 12, 9, 2),
    # Just under: 5 of 17 twice.
    ("birch", "ВПР", 2025, "Русский язык", 6): (5, 7, 4, 1),
    ("birch", "ВПР", 2025, "Математика", 6): (5, 7, 5, 0),
    # A subject that the rule does not count.
    ("fifteen", "ВПР", 2025, "История", 5): (10, 10, 6, 1),
    ("fifteen", "ВПР", 2025, "Русский язык", 5): (9, 10, 6, 2),
    # Rule A inside the ЕГЭ: basic mathematics and Russian.
    ("five", "ЕГЭ", 2025, "Математика (базовая)", 11): (2, 1, 2, 1),
}


def _counts(story: Story, exam: Exam, schools: tuple[School, ...]) -> Mapping[School, Counts]:
    chance = random.Random(f"{exam.kind}{exam.year}{exam.subject}{exam.grade}")
    found = {}
    for school in schools:
        twos, threes = chance.randint(0, 2), chance.randint(5, 12)
        usual = (twos, threes, chance.randint(3, 9), chance.randint(0, 4))
        key = (school.key, exam.kind, exam.year, exam.subject, exam.grade)
        found[school] = _LOW.get(key, usual)
    return story.marks(exam, found)


_PLAIN = Look(("ВПР {exam.year}. {exam.grade} класс", "Предмет: {exam.subject}", "", ""))
_REGION: tuple[Cell, ...] = ("Новогорская обл.", 1012, 45210, 12.4, 40.1, 33.9, 13.6)
_DISTRICT: tuple[Cell, ...] = ("Верхнереченский муниципальный район ", 7, 141, 10, 50, 30, 10)

_FOLDED = Look(
    (
        "",
        "Федеральная информационная система оценки качества образования",
        "ВПР {exam.year}. {exam.grade} класс",
        "Статистика по отметкам",
        "Предмет:||{exam.subject} ",
        "Максимальный первичный балл:||45",
        "Дата:||20.04.{exam.year}",
        "",
    ),
    columns=("group", "", "schools", "participants", "", "2", "3", "4", "5", "junk"),
    words={
        "group": "Группы \nучастников ",
        "schools": "Кол-во\u00a0ОО",
        "participants": "Количество\nучастников",
        "2": "«2»",
    },
    above=(
        ("Вся выборка", None, 36012, 1412345, None, 11.9, 39.6, 34.4, 14.1),
        (_REGION[0], None, 1012, 45210, None, 12.4, 40.1, 33.9, 13.6),
        ("г. Верхнереченск", None, 3, 77, None, 10, 50, 30, 10),
    ),
    below=((None,) * 9, ("Всего", None, None, 141, None, 10, 50, 30, 10)),
    title=lambda school: f"{school.legal}\u00a0 {school.name.replace('№', '№ ')} ({school.login}) ",
    repeat_after=3,
)
_COMMAS = Look(
    ("ВПР {exam.year}. {exam.grade} класс", "Статистика по отметкам", "Предмет|{exam.subject}"),
    above=(_REGION, _DISTRICT),
    below=(("ИТОГО по району", 7, 141, "10,00", "50,00", "30,00", "10,00"),),
    value=sheets.in_text(2),
    title=lambda school: f"{school.legal} {school.name}({school.login})",
)
_LATIN = Look(
    ("ВПР {exam.year}. {exam.grade} класс", "Предмет: {exam.subject}"),
    columns=("participants", "group", "5", "4", "3", "2"),
    words={"participants": "Кoл-вo учacтникoв", "group": "Гpуппы учаcтников"},  # Latin o, c, p
    title=lambda s: f"({s.login}) {s.legal.replace('К', 'K')} {s.name.replace('С', 'C')}",
    value=sheets.in_text(1),
)
_SHARES = Look(
    ("", "ВПР {exam.year}. {exam.grade} класс", "", "Предмет: {exam.subject}", ""),
    value=sheets.in_shares,
    title=lambda school: f"{school.short.replace('ё', 'е')}({school.login})",
    below=(("Итого", 7, 141, None, None, None, None),),
)
_WHOLE = Look(
    ("ВПР {exam.year}. {exam.grade} класс", "Предмет: {exam.subject}"), value=sheets.in_whole
)
_PUPILS = Look(
    ("ВПР {exam.year}. {exam.grade} класс", "Предмет: {exam.subject}", "Отметки, чел."),
    value=sheets.in_pupils,
    above=(("Верхнереченский муниципальный район", 7, None, None, None, None, None),),
)
_OLD = Look(
    ("ВПР {exam.year}. {exam.grade} класс", "Предмет: {exam.subject}", ""),
    columns=("group", "schools", "participants", "5", "4", "3", "2"),
    two_rows="Распределение отметок, %",
    title=lambda s: f'(sch77{s.login[3:]}) {s.legal} "{s.name.replace("№", "№ ")}"',
    above=(("город Верхнереченск", 3, 77, 10, 30, 50, 10),),
    repeat_after=2,
)


def _register() -> list[Line]:
    header: Line = [
        "Контингент,\nчел.", None, "Тип ОО", "Логин  ФИС ОКО ", "Краткое\nнаименование ОО",
        "Код РЦОИ", "Наименование по уставу (полное наименование)", "Населенный пункт",
        "Телефон",
    ]  # fmt: skip
    rows: list[Line] = [[], ["Приложение 1"], ["к письму отдела образования"], [],
        ["Реестр школ Верхнереченского района на 2022/2023 учебный год"],
        ["по состоянию на 01.09.2022"], [], [], header]  # fmt: skip
    for number, school in enumerate(REGISTERED):
        rows.append(_register_line(school))
        if number == 3:
            rows += [[], header]
    return [*rows, ["", None, "", "", "Всего", None, "8 школ"], ["1234", None, "", "", "ИТОГО"]]


def _register_line(school: School) -> Line:
    kind = "ООШ" if "ООШ" in school.name else "СОШ"
    short = school.short.replace("С", "C") + "\u00a0"  # Latin C
    code = int(school.rcoi)  # the leading zero is lost
    return [
        school.pupils,
        None,
        kind,
        school.login,
        short,
        code,
        school.full,
        school.settlement,
        "-",
    ]


_OGE = (
    "№", "Код ОО", "Класс", "", "Код ППЭ", "", "Аудитория", "", "Код МСУ", "", "Фамилия", "",
    "Имя", "", "Отчество", "Задания с кратким ответом", "", "",
    "Задания с развёрнутым ответом", "Первичный балл", "", "Оценка",
)  # fmt: skip
_OGE_OTHER = (
    "№", "Фамилия", "Имя", "Отчество", "Класс", "Код МСУ", "Код ОО ", "Первичный\nбалл", "Балл",
)  # fmt: skip
_EGE = (
    "№", "", "Код МСУ", "", "Код ОО", "", "Класс", "", "Код ППЭ", "", "Аудитория", "", "Фамилия",
    "Имя", "Отчество", "", "Задания с кратким ответом", "", "Задания с развёрнутым ответом", "",
    "Первичный балл", "", "Тестовый балл",
)  # fmt: skip
_EGE_OTHER = (
    "№",
    "Код ОО",
    "Код МСУ",
    "Фамилия",
    "Имя",
    "Отчество",
    "",
    "Первичный балл",
    "",
    "Тестовый балл",
)


def _ege_top(title: str) -> list[Line]:
    return [["Протокол проверки"], ["31 - Новогорская область"], [], [], [], [title], []]


def _vpr(story: Story, root: Path) -> None:
    def sheet(look: Look, year: int, subject: str, grade: int) -> Rows:
        exam = Exam("ВПР", year, subject, grade)
        schools = WITH_GUEST if look is _FOLDED else WITH_RESULTS
        return sheets.statistics(look, exam, _counts(story, exam, schools))

    title = Tab("Титул", [["Отдел образования"], ["Сводные материалы ВПР"], ["исп. Выдуманова"]])
    lists = Tab("Справочник", [["да"], ["нет"], ["не требуется"]], hidden=True)
    folder = root / "ВПР" / "весна" / "присланное из школ и ФИС ОКО (последнее)"
    write(
        folder / "Копия Свод новый.xlsx",
        title,
        Tab("РУ5", sheet(_FOLDED, 2025, "Русский язык", 5)),
        Tab("Лист2", sheet(_FOLDED, 2025, "Математика", 5)),
        lists,
    )
    write(folder / "6 класс русский 2019.xls", Tab("Лист1", sheet(_COMMAS, 2025, "Математика", 6)))
    write(folder / "статистика.csv", Tab("Лист1", sheet(_COMMAS, 2025, "Русский язык", 6)))
    write(folder / "история.ods", Tab("Лист1", sheet(_SHARES, 2025, "История", 5)))
    write(
        folder / "ру7.xls",
        Tab("Statistics", sheet(_WHOLE, 2025, "Русский язык", 7)),
        real=".xlsx",
    )
    write(folder / "МА8.xlsx", Tab("Лист1", sheet(_PUPILS, 2025, "Математика", 8)), real=".xls")
    write(folder / "МА4 (2).xlsx", Tab("Лист1", sheet(_LATIN, 2025, "Математика", 4)))
    write(root / "ВПР" / "24" / "м6.xlsm", Tab("Лист1", sheet(_OLD, 2024, "Математика", 6)))
    write(root / "ВПР" / "24" / "м5.xlsx", Tab("Лист1", sheet(_OLD, 2024, "Математика", 5)))


_OGE_SUBJECTS = {"Русский язык": ("01", "09"), "Математика": ("02", "02")}


def _oge(story: Story, root: Path) -> None:
    rows: list[Line] = []
    for subject, (code, day) in _OGE_SUBJECTS.items():
        exam = Exam("ОГЭ", 2025, subject, 9)
        pupils = sheets.pupils_by_mark(_counts(story, exam, WITH_RESULTS), (5, 12, 20, 28))
        pupils[4:4] = [Pupil(LIME, None, "не явился"), Pupil(ONE, "Х", "X"), Pupil(HILL, "-", "-")]
        rows += [[f"{code} - {subject} 2025.06.{day}"]]
        rows += sheets.protocol(_OGE, pupils, code=lambda school: int(school.rcoi))
        rows += [[], ["Всего участников", None, len(pupils)], []]
    write(root / "ГИА" / "Протоколы 9 класс.xlsx", Tab("Page 1", rows))
    exam = Exam("ОГЭ", 2024, "Математика", 9)
    pupils = sheets.pupils_by_mark(_counts(story, exam, WITH_RESULTS), (5, 12, 20, 28))
    pupils.insert(3, Pupil(LIME, None, None))
    old: list[Line] = [["02 - Математика 2024.06.06"], *_text_protocol(pupils)]
    write(root / "ГИА" / "рус 2021.xls", Tab("Лист1", old))


def _text_protocol(pupils: list[Pupil]) -> list[Line]:
    spaced = {2: "2", 3: "3 ", 4: "4\u00a0", 5: " 5"}
    return sheets.protocol(
        _OGE_OTHER,
        pupils,
        code=lambda school: school.rcoi + " ",
        final=lambda mark: spaced.get(mark, mark) if isinstance(mark, int) else mark,
    )


def _ege(story: Story, root: Path) -> None:
    folder = root / "ГИА" / "11"
    russian = Exam("ЕГЭ", 2025, "Русский язык", 11)
    scores = {ONE: (69, 26, 46, 24), FIFTEEN: (90, 55, 61), FIVE: (23, 51, 40), HILL: (36, 72)}
    pupils = sheets.pupils_by_score(story.scores(russian, scores))
    pupils[2:2] = [Pupil(ONE, None, "удалён"), Pupil(FIVE, "", "не явился")]
    rows = _ege_top("01 - Русский язык 2025.05.30")
    rows += sheets.protocol(_EGE, pupils, code=lambda school: school.rcoi)
    write(folder / "пересдача.xlsx", Tab("Page 1", rows))
    profile = Exam("ЕГЭ", 2025, "Математика (профильная)", 11)
    scores = {ONE: (27, 70), FIFTEEN: (62, 58, 26, 80), HILL: (45,)}
    pupils = sheets.pupils_by_score(story.scores(profile, scores))
    rows = [["Протокол проверки"], ["02 - Математика профильная 2025.05.27"]]
    rows += sheets.protocol(_EGE_OTHER, pupils, code=lambda school: int(school.rcoi))
    write(folder / "протокол.ods", Tab("Page 1", rows))
    basic = Exam("ЕГЭ", 2025, "Математика (базовая)", 11)
    found = _counts(story, basic, (FIVE, ONE))
    rows = _ege_top("22 - Математика базовая 2025.05.29")
    rows += sheets.protocol(
        [*_EGE[:-1], "Оценка"], sheets.pupils_by_mark(found, (4, 8, 13, 18)), code=lambda s: s.rcoi
    )
    write(folder / "Б.xls", Tab("Page 1", rows))


RUBBISH: Mapping[str, bytes] = {
    "Thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "ВПР/~$МА8.xlsx": b"\x05user" + b" " * 160,
    "readme.txt": "Здесь лежат файлы района.\r\n".encode("cp1251"),
    "фото/photo.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 300,
    ".DS_Store": b"\0\0\0\1Bud1" + b"\0" * 100,
}


def make(root: Path, order: Callable[[Path], object]) -> Story:
    """Write the stick into ``root`` and return the truth; ``order`` writes a Word file."""
    story = Story()
    write(root / "Кадры" / "список (испр).xlsx", Tab("Лист1", _register()))
    _vpr(story, root)
    _oge(story, root)
    _ege(story, root)
    twin = root / "ВПР" / "24" / "Копия м5 – отправить.xlsx"
    shutil.copyfile(root / "ВПР" / "24" / "м5.xlsx", twin)
    for name, content in RUBBISH.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    order(root / "Приказ о ВПР.docx")
    return story
