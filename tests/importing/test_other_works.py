"""Works that are no ВПР, ОГЭ or ЕГЭ: nothing is taken for one, and ordinary files go on working."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.enums import Severity
from app.services.importing.facts import Problem, ResultFact
from app.services.importing.grid import Sheet, Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedFile
from app.services.importing.task import BookTask
from tests.importing.layouts.layout_sheets import sheet

MARKS = ("ОО;Кол-во участников;2;3;4;5", "МКОУ СОШ №1;20;10;40;30;20")
SUMMARY = (
    "Код ОО;Школа;Всего участников;Средний балл;Не преодолели мин. порог чел.",
    "07101;СОШ №1;10;55;4",
)
PROTOCOL = (
    "№;Код ОО;Класс;Аудитория;Фамилия;Первичный балл;Оценка",
    "1;07101;9а;1;Первая;17;4",
)


def book(path: str, *sheets: Sheet, folder: str = "", kind: str = "xlsx") -> LoadedFile:
    """Return what a book of these sheets gives as a file of that path."""
    task = BookTask(path, 10, "0" * 64, Path("нет.xlsx"), folder=folder)
    return load_book(task, Workbook(kind, sheets))


def one(path: str, *rows: str, name: str = "Лист1") -> LoadedFile:
    """Return what one table gives as a file of that path."""
    return book(path, sheet(*rows, name=name))


def taken(file: LoadedFile) -> list[str]:
    """Return the assessments of the results, in their order."""
    return [
        f"{fact.procedure.kind} {fact.procedure.subject}"
        for found in file.sheets
        for block in found.extract.blocks
        for fact in block.facts
        if isinstance(fact, ResultFact)
    ]


def problems(file: LoadedFile) -> list[Problem]:
    """Return what is found wrong on the sheets."""
    return [problem for found in file.sheets for problem in found.problems]


def refused(file: LoadedFile) -> bool:
    """Return whether nothing is taken and nothing waits, with one sentence that says why."""
    (told,) = problems(file)
    no_facts = not any(found.extract.blocks for found in file.sheets)
    waits = told.severity is Severity.ERROR or not all(one.extract.refused for one in file.sheets)
    return no_facts and not waits and "ничего не взято" in told.message


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Входной мониторинг, сентябрь 2024 года. Русский язык. 5 класс", "Входной мониторинг"),
        ("Результаты стартовой диагностики 2024, математика, 5 класс", "стартовой диагностики"),
        (
            "Региональная диагностическая работа 2024. Русский язык. 6 класс",
            "Региональная диагностическая работа 2024",
        ),
        ("Муниципальная контрольная работа. Русский язык. 7 класс", "Муниципальная контрольная"),
        ("Итоги административных контрольных работ. Математика, 6 класс, 2025", "контрольных"),
        ("Тренировочная ВПР 2024. Русский язык. 8 класс", "Тренировочная ВПР"),
        ("ВПР 2024 (пробная). Русский язык. 8 класс", "пробная"),
        ("Входной контроль в формате ВПР, 2024. Русский язык. 8 класс", "Входной контроль"),
        ("Муниципальный мониторинг 2024. Математика. 6 класс", "мониторинг 2024"),
        ("НИКО 2024. Математика. 6 класс", "НИКО"),
        ("Мониторинг по математике, 6 класс, 2024 год", "Мониторинг"),
        ("Итоги 1 четверти 2024/2025 уч. года. Математика. 6 класс", "Итоги 1 четверти"),
        ("Пробный ОГЭ 2024. Математика. 9 класс", "Пробный ОГЭ"),
        ("Результаты пробного экзамена по математике (ОГЭ) 2024", "пробного экзамена"),
        ("ОГЭ-2026, репетиционный. Математика", "репетиционный"),
        ("Прогноз результатов ОГЭ 2026. Математика. 9 класс", "Прогноз результатов ОГЭ"),
        ("Диагностическая работа в формате ОГЭ 2026. Математика. 9 класс", "Диагностическая"),
        ("ОГЭ 2026. Контрольная работа. Математика. 9 класс", "Контрольная работа"),
        ("Результаты ГВЭ-9 2025. Русский язык. 9 класс", "ГВЭ"),
        ("ОГЭ 2026 (прогноз). Математика", "прогноз"),
        ("Диагностика готовности к ОГЭ 2026, математика", "Диагностика готовности к ОГЭ"),
        ("Годовые отметки 2024/2025. Математика. 5 класс", "Годовые отметки 2024/2025"),
    ],
)
def test_table_called_something_else_gives_nothing_and_says_what_it_is(
    title: str, written: str
) -> None:
    file = one("таблица.xlsx", title, *MARKS)
    assert refused(file)
    (told,) = problems(file)
    assert written in told.message
    assert told.cell == "A1"
    assert "ячейка A1" in told.message
    assert told.hint


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        (("Пробный ЕГЭ 2025. Физика", *SUMMARY), "ячейка A1"),
        (("Тренировочный экзамен", "02 - Математика 2026.06.02", *PROTOCOL), "ячейка A1"),
        (("Пробный ОГЭ;;", "Математика", *MARKS), "ячейка A1"),
        (("Вид работы;Входной контроль;Класс;5", "Математика 2024", *MARKS), "ячейка B1"),
    ],
)
def test_every_kind_of_table_is_asked_what_it_is_called(rows: tuple[str, ...], where: str) -> None:
    """Also one that lacks a year or a subject: of such a table nothing has to be found out."""
    file = one("таблица.xlsx", *rows)
    assert refused(file)
    assert where in problems(file)[0].message


@pytest.mark.parametrize(
    ("path", "name", "title", "where"),
    [
        ("Пробный ОГЭ 2026 математика.xlsx", "Лист1", "ОГЭ 2026. Математика", "имя файла"),
        ("Репетиционный экзамен/м.xlsx", "Лист1", "ОГЭ 2026. Математика", "имя папки"),
        ("Входной контроль/м5.xlsx", "Лист1", "Математика, 5 класс, 2025", "имя папки"),
        ("м5.xlsx", "Входная диагностика", "Математика, 5 класс, 2025", "название листа"),
        ("м9.xlsx", "Пробник", "ОГЭ 2026. Математика", "название листа"),
    ],
)
def test_file_folder_and_sheet_call_it_too(path: str, name: str, title: str, where: str) -> None:
    file = one(path, title, *MARKS, name=name)
    assert refused(file)
    assert where in problems(file)[0].message


def test_folder_that_is_brought_in_calls_it_too() -> None:
    table = sheet("ОГЭ 2026. Математика. 9 класс", *MARKS)
    assert refused(book("м.xlsx", table, folder="Пробные ОГЭ"))


def test_paragraph_above_a_table_of_a_document_calls_it() -> None:
    table = sheet(*MARKS)
    above = ("Об итогах года", "Входная диагностика 2025. Математика. 5 класс")
    titled = Sheet(table.name, table.rows, before=above)
    file = book("справка.docx", titled, kind="docx")
    assert refused(file)
    assert "над таблицей" in problems(file)[0].message


@pytest.mark.parametrize(
    ("path", "title", "found"),
    [
        ("а.xlsx", "Итоги ВПР 2025. Мониторинг качества образования. Математика. 5 класс", "ВПР"),
        ("а.xlsx", "ВПР 2025, муниципальный мониторинг. Математика. 5 класс", "ВПР"),
        ("ВПР 2025/а.xlsx", "Мониторинг качества. Математика. 5 класс, 2025", "ВПР"),
        ("Мониторинг.xlsx", "Математика. 5 класс, 2025", "ВПР"),
        ("а.xlsx", "Всероссийские проверочные работы 2025. Математика. 5 класс", "ВПР"),
        ("а.xlsx", "Результаты проверочной работы по математике, 5 класс, 2025", "ВПР"),
        ("а.xlsx", "ГИА-9 в форме ОГЭ 2025. Математика", "ОГЭ"),
        ("а.xlsx", "Государственная итоговая аттестация ОГЭ 2025. Математика", "ОГЭ"),
        ("а.xlsx", "ОГЭ 2025. Математика (в сравнении с пробным ОГЭ)", "ОГЭ"),
        ("ВПР и пробный ОГЭ/а.xlsx", "ВПР 2025. Математика. 5 класс", "ВПР"),
        ("а.xlsx", "ВПР и пробный ОГЭ. 9 класс, математика, 2024", "ВПР"),
        ("а.xlsx", "ВПР 2025 и отметки за 3 четверть. Математика. 5 класс", "ВПР"),
    ],
)
def test_ordinary_wording_goes_on_working_without_a_word(path: str, title: str, found: str) -> None:
    file = one(path, title, *MARKS)
    assert taken(file) == [f"{found} Математика"]
    assert not any("ОГЭ и не ЕГЭ" in one.message or "Названо" in one.message
                   for one in problems(file))  # fmt: skip


def test_folder_about_preparing_for_an_exam_may_hold_real_results() -> None:
    file = one("Подготовка к ГИА/а.xlsx", "ОГЭ 2025. Математика", *MARKS)
    assert taken(file) == ["ОГЭ Математика"]


@pytest.mark.parametrize(
    ("path", "title", "told"),
    [
        ("а.xlsx", "Математика. 5 класс, 2025", True),
        ("ВПР/а.xlsx", "Математика. 5 класс, 2025", False),
        ("а.xlsx", "ВПР 2025. Математика. 5 класс", False),
    ],
)
def test_marks_of_nobody_knows_what_are_taken_for_the_vpr_and_told(
    path: str, title: str, told: bool
) -> None:
    file = one(path, title, *MARKS)
    assert taken(file) == ["ВПР Математика"]
    assert told is any("приняты за ВПР" in problem.message for problem in problems(file))


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("а.xlsx", "ВПР осенью 2020 (входной мониторинг). Математика. 5 класс"),
        ("Входной контроль/а.xlsx", "ВПР 2025. Математика. 5 класс"),
        ("а.xlsx", "ГИА-9 2025 (ОГЭ и ГВЭ). Математика"),
    ],
)
def test_both_are_named_and_the_person_is_told_which_is_taken(path: str, title: str) -> None:
    file = one(path, title, *MARKS)
    assert len(taken(file)) == 1
    (told,) = [one for one in problems(file) if "Названо" in one.message]
    assert told.severity is Severity.WARNING


def test_only_the_table_that_is_called_so_is_left_out() -> None:
    file = one(
        "а.xlsx",
        "ВПР 2025. Математика. 5 класс",
        *MARKS,
        "",
        "Входной контроль 2025. Русский язык. 5 класс",
        *MARKS,
    )
    assert taken(file) == ["ВПР Математика"]
    (told,) = [one for one in problems(file) if "ничего не взято" in one.message]
    assert told.cell == "A5"


def test_real_table_below_a_rehearsal_is_taken() -> None:
    file = one(
        "а.xlsx",
        "Пробный ОГЭ 2025. Математика. 9 класс",
        *MARKS,
        "",
        "ОГЭ 2025. Русский язык. 9 класс",
        *MARKS,
    )
    assert taken(file) == ["ОГЭ Русский язык"]


def test_second_table_without_a_name_is_what_the_first_is() -> None:
    file = one(
        "а.xlsx",
        "Входной контроль 2025. 5 класс",
        "Предмет: Математика",
        *MARKS,
        "Предмет: Русский язык",
        *MARKS,
    )
    assert refused(file)


def test_rows_that_say_it_themselves_are_left_out_of_an_export() -> None:
    file = one(
        "выгрузка.csv",
        "Работа;Год;Класс;Предмет;ОО;Кол-во участников;2;3;4;5",
        "ВПР;2024;5;Математика;СОШ №1;20;2;8;6;4",
        "Входной контроль;2024;5;Русский язык;СОШ №1;20;2;8;6;4",
        "Пробный ОГЭ;2024;9;Математика;СОШ №1;20;2;8;6;4",
    )
    assert taken(file) == ["ВПР Математика"]
    told = [one for one in problems(file) if "такие строки не загружены" in one.message]
    assert [one.cell for one in told] == ["A3", "A4"]


def test_export_of_such_rows_alone_asks_nothing() -> None:
    file = one(
        "выгрузка.csv",
        "Работа;Год;Класс;Предмет;ОО;Кол-во участников;2;3;4;5",
        "Входной контроль;2024;5;Русский язык;СОШ №1;20;2;8;6;4",
    )
    assert [read.extract.refused for read in file.sheets] == [True]
    assert [one.severity for one in problems(file)] == [Severity.WARNING]


def test_comparison_with_the_marks_of_a_term_is_kept() -> None:
    file = one(
        "а.xlsx",
        "Сравнение отметок с отметками по журналу за 3 четверть 2025, математика, 5 класс",
        "Группы участников;Кол-во участников;%",
        "СОШ №1",
        "Понизили (Отметка < Отметка по журналу);3;30",
        "Подтвердили (Отметка = Отметка по журналу);6;60",
        "Повысили (Отметка > Отметка по журналу);1;10",
        "Всего;10;100",
    )
    assert [read.layout for read in file.sheets] == ["journal_comparison"]
    assert file.sheets[0].extract.blocks
    assert not file.sheets[0].extract.refused


@pytest.mark.parametrize(
    ("column", "value", "told"), [("Район", "Лесной", 1), ("Работа", "ВПР", 0)]
)
def test_flat_export_that_does_not_say_what_was_written_is_told(
    column: str, value: str, told: int
) -> None:
    head = f"{column};Год;Класс;Предмет;ОО;Участников;2;3;4;5"
    file = one("свод.xlsx", head, f"{value};2025;5;Математика;МКОУ СОШ №1;10;1;4;4;1")
    assert taken(file) == ["ВПР Математика"]
    said = [problem for problem in problems(file) if "приняты за ВПР" in problem.message]
    assert len(said) == told


@pytest.mark.parametrize(("title", "told"), [("Результаты за 2025 год", 1), ("ОГЭ 2025", 0)])
def test_marks_of_subjects_that_do_not_say_the_exam_are_told(title: str, told: int) -> None:
    head = ("ОУ;Кол в-ков;Русский язык;;;;Математика;;;", ";;5;4;3;2;5;4;3;2")
    file = one("свод.xlsx", title, *head, "СОШ № 1;10;1;4;4;1;1;4;4;1")
    assert taken(file) == ["ОГЭ Русский язык", "ОГЭ Математика"]
    said = [one.message for one in problems(file) if "приняты за ОГЭ" in one.message]
    assert len(said) == told


def test_a_column_beside_that_of_the_exam_says_nothing_of_it() -> None:
    header = "№;Код ОО;Фамилия;Класс;Первичный балл;Отметка;Годовая отметка"
    file = one("Ведомость.xlsx", "ОГЭ 2025. Химия", header, "1;001;Лесной;9А;20;4;5")
    assert not refused(file)
    assert taken(file)
    header = "№;Код ОО;Фамилия;Класс;Первичный балл;Годовая отметка"
    assert not taken(one("Ведомость.xlsx", "ОГЭ 2025. Химия", header, "1;001;Лесной;9А;20;5"))
