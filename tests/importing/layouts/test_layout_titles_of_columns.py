"""Titles of columns as districts write them: who took part, how many of each mark, who failed."""

from __future__ import annotations

import pytest

from app.models.enums import CodeSystem, Severity
from app.services.importing.layouts import best_layout
from tests.importing.layouts.layout_sheets import errors, numbers, read, results, sheet

VPR = "ВПР 2025. 5 класс. Математика"
SHARES = "10;40;30;20"


@pytest.mark.parametrize(
    ("titles", "row"),
    [
        ("Кол-во учащихся;Писали работу;2;3;4;5", f"25;20;{SHARES}"),
        ("Всего учащихся;Писали;2;3;4;5", f"25;20;{SHARES}"),
        ("Всего;Выполняло;2;3;4;5", f"25;20;{SHARES}"),
        ("Писали;Кол-во обучающихся;2;3;4;5", f"20;25;{SHARES}"),
        ("Кол-во учащихся;2;3;4;5", f"20;{SHARES}"),
        ("Всего;2;3;4;5", "20;2;8;6;4"),
        ("Кол-во уч-ков;2;3;4;5", f"20;{SHARES}"),
        ("Всего уч-ков;Писали;2;3;4;5", f"25;20;{SHARES}"),
        ("Писали;Кол-во двоек;Кол-во троек;Кол-во четвёрок;Кол-во пятёрок", "20;2;8;6;4"),
        ("Писали;Кол-во «5»;Кол-во «4»;Кол-во «3»;Кол-во «2»", "20;4;6;8;2"),
    ],
)
def test_those_who_took_part_and_not_the_whole_class(titles: str, row: str) -> None:
    extract = read(sheet(VPR, f"ОО;{titles}", f"МБОУ Лесная СОШ;{row}"), "fisoko_marks")
    assert [numbers(fact) for fact in results(extract)] == [(20, 2, 8, 6, 4)]
    assert not errors(extract.problems)


@pytest.mark.parametrize(
    ("titles", "row"),
    [
        ("Всего сдавали;Ср. балл;min;max;Ниже минимума, чел.;Ниже минимума, %", "20;65;30;90;2;10"),
        ("Кол-во участников;Средний балл;Не набрали минимальный балл", "20;65;2"),
        ("Количество выпускников;Сдавали;Средний балл;Не сдали", "23;20;65;2"),
        ("Сдавало;Не сдали (%);Средний балл", "20;2 (10,0%);65"),
        ("Сдавало;Не преодолели порог, чел. (%);Средний балл", "20;2 (10,0%);65"),
        ("Сдавало;Не сдали (%);Средний балл", "20;10;65"),
    ],
)
def test_those_who_failed_the_ege(titles: str, row: str) -> None:
    rows = ("ЕГЭ 2025. Русский язык", f"ОУ;{titles}", f"МБОУ Лесная СОШ;{row}")
    (fact,) = results(read(sheet(*rows), "rcoi_summary"))
    assert (fact.marks.participants, fact.marks.mean, fact.marks.below) == (20, 65, 2)


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("Кол-во участников", "20 из 25"),
        ("Писали/всего", "20/25"),
        ("Всего/писали", "25/20"),
        ("Писали из общего числа обучающихся", "20 чел. из 25"),
    ],
)
def test_how_many_took_part_of_how_many(title: str, cell: str) -> None:
    rows = (
        VPR,
        f"ОО;{title};2;3;4;5",
        f"МБОУ Лесная СОШ;{cell};{SHARES}",
        "Итого;20/25;10;40;30;20",
    )
    extract = read(sheet(*rows), "fisoko_marks")
    assert [numbers(fact) for fact in results(extract)] == [(20, 2, 8, 6, 4)]
    (told,) = extract.problems
    assert (told.cell, told.severity) == ("B3:B4", Severity.WARNING)
    assert "участниками взято меньшее" in told.message


def test_more_took_part_than_there_are() -> None:
    rows = (VPR, "ОО;Кол-во участников;2;3;4;5", f"МБОУ Лесная СОШ;12 из 10;{SHARES}")
    extract = read(sheet(*rows), "fisoko_marks")
    assert results(extract) == []
    assert [problem.cell for problem in errors(extract.problems)] == ["B3"]


@pytest.mark.parametrize(
    "title",
    [
        "Код и наименование ОО",
        "Наименование и код школы",
        "Школа, населённый пункт",
        "Населённый пункт (школа)",
        "Наименование ОО, населённый пункт",
    ],
)
def test_a_column_of_schools_that_says_more_than_their_names(title: str) -> None:
    rows = (VPR, f"{title};Кол-во участников;2;3;4;5", f"59301 МБОУ Лесная СОШ;20;{SHARES}")
    (fact,) = results(read(sheet(*rows), "fisoko_marks"))
    assert (fact.ref.name, fact.ref.codes) == ("МБОУ Лесная СОШ", ((CodeSystem.RCOI, "59301"),))


@pytest.mark.parametrize(
    ("success", "quality"), [("Успев., %", "Кач-во, %"), ("Успев.", "Кач. зн.")]
)
def test_success_and_quality_cut_short(success: str, quality: str) -> None:
    head = f"ОО;Кол-во уч-ков;{success};{quality}"
    extract = read(sheet("ОГЭ 2025. Химия", head, "МБОУ Лесная СОШ;20;90;50"), "success_rates")
    assert [(f.marks.participants, f.marks.below) for f in results(extract)] == [(20, 2)]


def test_a_flat_export_with_people_of_each_mark_is_no_register() -> None:
    head = (
        "Учебный год;Параллель;Учебный предмет;МСУ;Логин ОО;Наименование ОО;Писали;"
        "Получили «2», чел.;Получили «3», чел.;Получили «4», чел.;Получили «5», чел."
    )
    rows = (
        "2023/2024;5 класс;История;Озёрский;edu123456;МКОУ Озёрская СОШ;20;2;8;6;4",
        "2023/2024;6 класс;География;Озёрский;edu123456;МКОУ Озёрская СОШ;18;1;7;6;4",
    )
    extract = read(sheet(head, *rows), "regional_flat")
    assert [(f.procedure.year, f.procedure.grade, numbers(f)) for f in results(extract)] == [
        (2024, 5, (20, 2, 8, 6, 4)),
        (2024, 6, (18, 1, 7, 6, 4)),
    ]
    unknown = sheet(head.replace("Получили", "Итог"), *rows)
    found = best_layout(unknown)
    assert found is None or found[0].key != "register"


def test_raw_results_with_the_mark_of_the_work() -> None:
    made = sheet(
        "ВПР 2021. Математика. 5 класс",
        "логин школы;класс;номер обучающегося;вариант;балл за 1;всего баллов;отметка за ВПР",
        "edu123456;5;6001;1;1;4;2",
        "edu123456;5;6002;1;1;12;4",
    )
    (fact,) = results(read(made, "vpr_raw_marked"))
    assert numbers(fact) == (2, 1, 0, 1, 0)


@pytest.mark.parametrize(
    "cells", ["2 (10%);8 (40%);6 (30%);4 (20%)", "2- 10%;8- 40%;6-30%;4- 20,0%"]
)
def test_marks_as_a_number_with_its_share(cells: str) -> None:
    extract = read(
        sheet(VPR, "ОО;Участников;2;3;4;5", f"МБОУ Лесная СОШ;20;{cells}", f"Итого;20;{cells}"),
        "fisoko_marks",
    )
    assert [numbers(fact) for fact in results(extract)] == [(20, 2, 8, 6, 4)]
    assert extract.problems == ()
    flat = read(
        sheet(
            "Год;Класс;Предмет;Логин;ОО;Кол-во участников;2;3;4;5",
            f"2025;5;Математика;edu000001;МБОУ Лесная СОШ;20;{cells}",
        ),
        "regional_flat",
    )
    assert [numbers(fact) for fact in results(flat)] == [(20, 2, 8, 6, 4)]


@pytest.mark.parametrize(
    "marks",
    [
        "неуд.;удовл.;хор.;отл.",
        "Неудовлетворительно;Удовлетворительно;Хорошо;Отлично",
        "Кол-во «неуд»;Кол-во «уд»;Кол-во «хор»;Кол-во «отл»",
    ],
)
def test_marks_in_words(marks: str) -> None:
    made = sheet(VPR, f"ОО;Участников;{marks}", "МБОУ Лесная СОШ;20;2;8;6;4")
    assert [numbers(fact) for fact in results(read(made, "fisoko_marks"))] == [(20, 2, 8, 6, 4)]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Сравнение ВПР 2024 и 2025. 5 класс. Математика", "(2024, 2025); взят 2024"),
        ("ВПР 2025 (2024/2025 уч. год), приказ от 12.03.2023. 5 класс. Математика", ""),
        ("ВПР 2025. 5 класс. Математика", ""),
    ],
)
def test_another_year_of_a_title_is_told(title: str, told: str) -> None:
    extract = read(sheet(title, "ОО;Участники;2;3;4;5", "СОШ № 1;10;1;4;4;1"), "fisoko_marks")
    assert len(results(extract)) == 1
    assert [told in one.message and one.cell for one in extract.problems] == ["A1"] * bool(told)
