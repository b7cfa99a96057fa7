"""Distribution of scores (L4), tasks (L5), dynamics (L15), the region's ИСБ and lists (L16)."""

from __future__ import annotations

import pytest

from app.models.enums import AssessmentKind, CodeSystem, RecordKind, ReferenceScope
from app.services.importing.facts import Procedure
from app.services.importing.grid import CellValue
from app.services.importing.layouts import best_layout
from app.services.importing.layouts.named import figure_of
from tests.importing.layouts.layout_sheets import errors, read, said, sheet
from tests.importing.layouts.record_sheets import cell, record, records

VPR = AssessmentKind.VPR
SCORES = ";".join(str(score) for score in range(9))


def test_scores_of_a_flat_export() -> None:
    made = sheet(
        f"Год;Класс;Предмет;Муниципалитет;Логин;ОО;Кол-во участников;{SCORES}",
        "2025;5;Математика;Озёрский район;edu123456;МКОУ Озёрская СОШ;10;0;10;20;30;40;0;0;0;0",
    )
    extract = read(made, "score_distribution")
    fact = record(extract)
    assert fact.kind is RecordKind.SCORES
    assert fact.procedure == Procedure(VPR, 2025, "Математика", 5)
    assert fact.data["participants"] == 10
    assert fact.data["score_4"] == 40
    assert cell(extract, fact, "score_4") == "L2"
    assert len(fact.data) == 10


def test_scores_under_titles_with_groups() -> None:
    made = sheet(
        "ВПР 2025. 5 класс",
        "Распределение первичных баллов",
        "Предмет:;Русский язык",
        "",
        f"Группы участников;Кол-во участников;{SCORES}",
        "Вся выборка;1000;1;2;3;4;10;20;30;20;10",
        "Озёрский муниципальный район;50;0;2;4;4;10;20;30;20;10",
        "(edu123456) МКОУ Озёрская СОШ;8;0;12,5;0;0;0;25;25;25;12,5",
    )
    extract = read(made, "score_distribution")
    scopes = [(fact.scope, fact.year) for fact in records(extract)]
    assert scopes == [
        (ReferenceScope.SAMPLE, 2025),
        (ReferenceScope.DISTRICT, 2025),
        (None, 2025),
    ]
    school = records(extract)[2]
    assert school.ref is not None
    assert school.ref.code(CodeSystem.FISOKO) == "edu123456"
    assert school.data["score_1"] == 12.5
    assert cell(extract, school, "subject") == "B3"


def test_shares_of_marks_are_no_scores() -> None:
    made = sheet(
        "ВПР 2025. 5 класс. Математика",
        "Группы участников;Кол-во участников;2;3;4;5",
        "(edu123456) МКОУ Озёрская СОШ;10;10;20;30;40",
    )
    found = best_layout(made)
    assert found is not None
    assert found[0].key == "fisoko_marks"


TASKS = (
    "ВПР 2025. 5 класс",
    "Выполнение заданий",
    "Предмет:;Русский язык",
    "",
    "Группы участников;Кол-во участников;1К1;1К2;2;3.1",
    "Макс. балл;;4;3;2;1",
    "Вся выборка;1000;50;60;70;80",
    "(edu123456) МКОУ Озёрская СОШ;8;37,5;62,5;100;0",
)


def test_tasks_with_their_highest_scores() -> None:
    extract = read(sheet(*TASKS), "task_results")
    sample, school = records(extract)
    assert sample.scope is ReferenceScope.SAMPLE
    assert school.data == {
        "participants": 8,
        "task_1К1": 37.5,
        "task_1К2": 62.5,
        "task_2": 100,
        "task_3.1": 0,
        "max_1К1": 4,
        "max_1К2": 3,
        "max_2": 2,
        "max_3.1": 1,
    }
    assert cell(extract, school, "task_3.1") == "F8"
    assert cell(extract, school, "max_2") == "E6"
    assert extract.rows_read == 2


def test_highest_scores_named_beside_the_numbers() -> None:
    rows = (
        *TASKS[:4],
        "Группы участников;Кол-во ОО;Кол-во участников;1;2;7К1",
        ";;Макс балл;1;2;3",
    )
    extract = read(sheet(*rows, "СОШ № 5;;8;37,5;62,5;100"), "task_results")
    assert record(extract).data["max_7К1"] == 3


def test_highest_scores_inside_the_titles() -> None:
    rows = (*TASKS[:4], "Группы участников;Кол-во участников;1 (2б);2 (1б);3 (3б)")
    extract = read(sheet(*rows, "СОШ № 5;8;37,5;62,5;100"), "task_results")
    assert record(extract).data["max_3"] == 3


def test_more_than_all_of_a_task_keeps_its_row_out() -> None:
    rows = [row.replace("100;0", "120;0") for row in TASKS]
    extract = read(sheet(*rows), "task_results")
    (problem,) = errors(extract.problems)
    assert (problem.cell, problem.row) == ("E8", 8)
    assert len(records(extract)) == 1


def test_dynamics_of_the_district() -> None:
    made = sheet(
        "Результаты ВПР, Озёрский район",
        "Предмет;Качество 2020г;Качество 2021г;Средний балл 2020г;Средний балл 2021г;"
        "Успеваемость 2020г;Успеваемость 2021г",
        "Русский язык 4 кл.;45,5;50;3,4;3,6;90,9;95",
        "Математика 5 кл.;40;;3,2;;88;",
    )
    extract = read(made, "vpr_dynamics")
    first, second, third = records(extract)
    assert first.procedure == Procedure(VPR, 2020, "Русский язык", 4)
    assert (first.scope, first.name) == (ReferenceScope.DISTRICT, "Озёрский район")
    assert first.data == {"quality": 45.5, "mean": 3.4, "success": 90.9}
    assert second.procedure == Procedure(VPR, 2020, "Математика", 5)
    assert third.year == 2021
    assert cell(extract, third, "success") == "G3"


def test_dynamics_with_years_under_groups_and_an_unclear_subject() -> None:
    made = sheet(
        "Предмет;Качество;;Успеваемость;",
        ";2020-2021;2021-2022;2020-2021;2021-2022",
        "Русский язык, 6 класс;45;50;90;95",
        "Труд;45;50;90;95",
    )
    extract = read(made, "vpr_dynamics")
    assert [fact.year for fact in records(extract)] == [2021, 2022]
    assert {problem.cell for problem in errors(extract.problems)} == {"A4"}


def test_the_ready_index_of_the_region() -> None:
    made = sheet(
        "Индекс социального благополучия школ за 2025 год",
        "№;Логин;Наименование ОО;ИСБ;Квартиль;Признак ШНСУ",
        "1;edu123456;МКОУ Озёрская СОШ;41,37;1;да",
        "2;edu123457;МБОУ Лесная ООШ;68,2;3;нет",
    )
    extract = read(made, "ready_isb")
    first, second = records(extract)
    assert first.data == {"isb": 41.37, "quartile": 1, "shnsu": 1}
    assert second.data["shnsu"] == 0
    assert first.year == 2025
    assert cell(extract, second, "isb") == "D4"


@pytest.mark.parametrize(("word", "value"), [("да", 1), ("нет", 0), ("1", 1), ("0", 0)])
def test_the_list_of_the_region(word: str, value: int) -> None:
    made = sheet(
        "Перечень на 2025 год",
        "№;Образовательная организация;ШНОР;ШНСУ",
        f"1;МКОУ Озёрская СОШ;{word};",
    )
    fact = record(read(made, "region_list"))
    assert fact.kind is RecordKind.REGION_LIST
    assert fact.data == {"shnor": value}


def test_an_unknown_column_of_a_report_is_told() -> None:
    made = sheet(
        "Индекс социального благополучия школ за 2025 год",
        "Логин;Наименование ОО;ИСБ;Примечание",
        "edu123456;МКОУ Озёрская СОШ;41,37;уточняется",
    )
    extract = read(made, "ready_isb")
    assert said(extract.problems, "Примечание")[0].cell == "D2"


def test_the_lowest_quartile_may_be_yes_or_no() -> None:
    made = sheet(
        "Рейтинг школ по индексу социального благополучия, 2024 год",
        "Место;ОО;Индекс социального благополучия;Нижний квартиль (да/нет)",
        "1;МКОУ Озёрская СОШ;71,5;нет",
        "2;МБОУ Лесная ООШ;20,25;да",
    )
    extract = read(made, "ready_isb")
    assert [one.data for one in records(extract)] == [
        {"rank": 1, "isb": 71.5, "lowest": 0},
        {"rank": 2, "isb": 20.25, "lowest": 1},
    ]
    assert extract.problems == ()


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (("1", "0"), [{"lowest": 1}, {"lowest": 0}]),
        (("1", "3"), [{"quartile": 1}, {"quartile": 3}]),
    ],
)
def test_numbers_under_the_lowest_quartile_are_answers_or_quartiles(
    values: tuple[str, str], found: list[dict[str, int]]
) -> None:
    made = sheet(
        "ИСБ школ района, 2024 год",
        "Школа;ИСБ;Нижний квартиль",
        f"МКОУ Озёрская СОШ;20;{values[0]}",
        f"МБОУ Лесная ООШ;71,5;{values[1]}",
    )
    data = [one.data for one in records(read(made, "ready_isb"))]
    assert data == [{"isb": isb, **more} for isb, more in zip((20, 71.5), found, strict=True)]


def test_numbers_beside_a_column_of_quartiles_stay_an_unclear_answer() -> None:
    made = sheet(
        "ИСБ школ района, 2024 год",
        "Школа;ИСБ;Квартиль;Нижний квартиль",
        "МКОУ Озёрская СОШ;20;2;35,5",
    )
    assert said(read(made, "ready_isb").problems, "35,5")[0].cell == "D3"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Квартиль ИСБ (1 – ниже границы 35)", "quartile"),
        ("Квартиль (1 – нижний квартиль)", "quartile"),
        ("ИСБ, граница 35. Квартиль", "quartile"),
        ("Граница ИСБ", "cutoff"),
        ("ИСБ, порог", "cutoff"),
        ("Пороговое значение ИСБ", "cutoff"),
        ("Порог отнесения к ШНСУ", "cutoff"),
        ("Граница ИСБ (нижний квартиль)", "cutoff"),
        ("Верхняя граница нижнего квартиля", "cutoff"),
        ("Граница 1-го квартиля", "cutoff"),
        ("Входит в нижний квартиль", "lowest"),
        ("Не входит в нижний квартиль", "quartile"),
        ("Отклонение от границы ИСБ", None),
        ("Порог пройден", None),
    ],
)
def test_a_column_beside_the_index_is_what_its_title_is_about(title: str, name: str | None) -> None:
    figure = figure_of(RecordKind.ISB, title)
    assert (figure.name if figure else None) == name


def test_the_limit_of_the_lowest_quartile_is_no_quartile() -> None:
    made = sheet(
        "ИСБ школ района, 2023 г.",
        "Школа;Значение ИСБ;Квартиль;Граница нижнего квартиля",
        "МКОУ Озёрская СОШ;41,2;2;35,5",
    )
    extract = read(made, "ready_isb")
    assert record(extract).data == {"isb": 41.2, "quartile": 2, "cutoff": 35.5}
    assert extract.problems == ()


def test_years_of_the_dynamics_may_be_numbers() -> None:
    made = sheet(
        "Динамика ВПР. Ясный район",
        "Предмет;Качество;;Успеваемость;",
        ";2024;2025;2024;2025",
        "Математика, 6 класс;50;55;90;99",
    )
    extract = read(made, "vpr_dynamics")
    found = [(one.year, one.data["quality"], one.data["success"]) for one in records(extract)]
    assert found == [(2024, 50, 90), (2025, 55, 99)]
    assert extract.problems == ()


@pytest.mark.parametrize("years", [("2023", "2024"), (2023, 2024)])
def test_dynamics_with_years_kept_as_text(years: tuple[CellValue, CellValue]) -> None:
    made = sheet(
        ["Предмет", "Качество", None, "Успеваемость", None],
        [None, *years, *years],
        ["Русский язык, 6 класс", 45, 50, 90, 95],
    )
    extract = read(made, "vpr_dynamics")
    assert [(fact.year, fact.data) for fact in records(extract)] == [
        (2023, {"quality": 45, "success": 90}),
        (2024, {"quality": 50, "success": 95}),
    ]
    assert extract.problems == ()


@pytest.mark.parametrize("label", [(None, "Макс балл"), (None, None), ("Макс. балл", None)])
def test_tasks_that_only_the_highest_scores_tell(label: tuple[CellValue, CellValue]) -> None:
    made = sheet(
        "ВПР 2025. 4 класс",
        "Предмет: Русский язык",
        "Группы участников;Кол-во участников;1К1;1К2;2;3.1",
        [*label, 4, 3, 3, 1],
        "МБОУ Лесная СОШ (edu990001);40;60;70;80;90",
    )
    extract = read(made, "task_results")
    (fact,) = records(extract)
    assert fact.data["task_1К2"] == 70
    assert fact.data["max_1К2"] == 3


def test_columns_of_marks_are_no_tasks() -> None:
    made = sheet(
        "ВПР 2025. 4 класс",
        "Предмет: Русский язык",
        "Группы участников;Кол-во участников;2;3;4;5",
        ";;4;3;3;1",
        "МБОУ Лесная СОШ (edu990001);40;10;40;30;20",
    )
    found = best_layout(made)
    assert found is not None
    assert found[0].key == "fisoko_marks"
