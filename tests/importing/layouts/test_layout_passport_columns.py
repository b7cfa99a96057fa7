"""Passports whose columns count parts of a school, families and children, or two dates."""

from __future__ import annotations

import pytest

from app.services.importing.layouts import best_layout
from tests.importing.layouts.layout_sheets import errors, read, said, sheet
from tests.importing.layouts.record_sheets import cell, record, records

FORM = ("Социальный паспорт", "МБОУ «Лесная СОШ № 4»", "2024/2025 учебный год")
SUMMARY = "Социальный паспорт школ района, 2024/2025 учебный год"


@pytest.mark.parametrize(
    "titles",
    [
        "Показатель;1-4 кл.;5–9 кл.;10-11 кл.;Всего",
        "Показатель;1-4;5-9;10-11;Итого",
        "Показатель;Начальная школа;Основная школа;Средняя школа;По школе",
        "Показатель;НОО;ООО;СОО;Всего по школе",
    ],
)
def test_the_whole_school_is_taken_and_no_level_of_it(titles: str) -> None:
    made = sheet(*FORM, titles, "Всего обучающихся;90;120;30;240", "Дети-инвалиды;1;2;0;3")
    extract = read(made, "social_passport_form")
    fact = record(extract)
    assert fact.data == {"pupils": 240, "disabled": 3}
    assert cell(extract, fact, "pupils") == "E5"
    assert len(said(extract.problems, "часть школы")) == len(extract.problems) == 1


def test_levels_without_the_whole_school_are_refused() -> None:
    made = sheet(*FORM, "Показатель;1-4 классы;5-9 классы", "Всего обучающихся;90;120")
    extract = read(made, "social_passport_form")
    assert [block.facts for block in extract.blocks] == [()]
    assert said(errors(extract.problems), "столбца «Всего» нет")


LEVEL = ("Показатель;1-4 классы", "Всего обучающихся;90", "Дети-инвалиды;2")


def test_one_level_alone_is_not_the_school() -> None:
    extract = read(sheet(*FORM, *LEVEL), "social_passport_form")
    assert [block.facts for block in extract.blocks] == [()]
    assert said(errors(extract.problems), "только по части школы («1-4 классы»)")


def test_the_only_level_of_a_primary_school_is_all_of_it() -> None:
    made = sheet("Социальный паспорт", "МКОУ «Речная НОШ»", "2024/2025 учебный год", *LEVEL)
    assert record(read(made, "social_passport_form")).data == {"pupils": 90, "disabled": 2}


def test_one_level_of_a_summary_is_told_once_and_left_out() -> None:
    titles = "Школа;Всего обучающихся;в т.ч. 1-4 кл.;Многодетные;Опека"
    made = sheet(SUMMARY, titles, ";;1-4 кл.;;", "МКОУ Речная СОШ;100;40;12;3")
    extract = read(made, "social_passport")
    assert record(extract).data == {"pupils": 100, "large_families": 12, "guardianship": 3}
    assert len(said(extract.problems, "часть школы")) == len(extract.problems) == 1


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        ("Показатель;Значение", 1),
        ("Показатель;Количество", 1),
        ("Показатель;чел.", 0),
        ("Показатель;Количество детей", 0),
    ],
)
def test_families_that_may_be_their_children_are_told(titles: str, told: int) -> None:
    made = sheet(*FORM, titles, "Всего обучающихся;150", "Многодетные семьи;9", "Неполные семьи;4")
    extract = read(made, "social_passport_form")
    assert record(extract).data == {"pupils": 150, "large_families": 9, "single_parent": 4}
    found = said(extract.problems, "«Многодетные семьи», «Неполные семьи»")
    assert [one.cell for one in found] == ["A6"] * told
    assert len(extract.problems) == told


@pytest.mark.parametrize(
    ("title", "told"), [("Многодетные семьи", 1), ("Дети из многодетных семей", 0)]
)
def test_families_of_a_summary_that_may_be_their_children_are_told(title: str, told: int) -> None:
    titles = f"Школа;Всего обучающихся;{title};Инвалиды;ОВЗ"
    extract = read(sheet(SUMMARY, titles, "СОШ № 7;80;4;2;1"), "social_passport")
    assert record(extract).data["large_families"] == 4
    assert len(said(extract.problems, "семьи это или дети")) == len(extract.problems) == told


def test_levels_of_a_summary_give_way_to_the_whole_school() -> None:
    made = sheet(
        SUMMARY,
        "Школа;1-4 классы;;5-9 классы;;Всего;",
        ";обучающихся;многодетные;обучающихся;многодетные;обучающихся;многодетные",
        "МКОУ Речная СОШ;40;5;60;7;100;12",
    )
    extract = read(made, "social_passport")
    assert record(extract).data == {"pupils": 100, "large_families": 12}
    assert len(said(extract.problems, "часть школы")) == len(extract.problems) == 1


def test_families_and_children_side_by_side_are_two_figures() -> None:
    made = sheet(
        *FORM,
        "Показатель;семей;детей",
        "Всего обучающихся;;150",
        "Многодетные;9;31",
        "Малообеспеченные;14;22",
        "Дети-инвалиды;1;2",
    )
    extract = read(made, "social_passport_form")
    assert record(extract).data == {
        "pupils": 150,
        "large_families_count": 9,
        "large_families": 31,
        "low_income_count": 14,
        "low_income": 22,
        "disabled": 2,
    }
    assert [one.cell for one in said(extract.problems, "такого показателя нет")] == ["B8"]


@pytest.mark.parametrize("line", ["в них детей школьного возраста", "из них обучающихся в школе"])
def test_children_of_the_families_above_in_any_words(line: str) -> None:
    made = sheet(*FORM, "Показатель;Количество", "Многодетные семьи;9", f"{line};31", "ОВЗ;2")
    data = record(read(made, "social_passport_form")).data
    assert data == {"large_families_count": 9, "large_families": 31, "ovz": 2}


def test_another_figure_below_families_is_not_their_children() -> None:
    made = sheet(*FORM, "Показатель;Количество", "Многодетные семьи;9", "из них детей-инвалидов;3")
    assert record(read(made, "social_passport_form")).data["disabled"] == 3


def test_figures_of_two_dates_ask_which_is_meant() -> None:
    lines = ("Всего обучающихся;150;152", "Дети-инвалиды;3;4")
    for titles in ("на начало года;на конец года", "на 01.09.2024;на 01.06.2025"):
        made = sheet(*FORM, f"Показатель;{titles}", *lines)
        found = best_layout(made)
        assert found is not None
        extract = found[0].extract(made)
        assert not any(block.facts for block in extract.blocks)
        assert said(errors(extract.problems), "разные даты")
    made = sheet(
        SUMMARY,
        "Школа;Всего обучающихся;;Дети-инвалиды;ОВЗ;Сироты",
        ";на начало года;на конец года;;;",
        "МКОУ Речная СОШ;100;104;2;5;1",
    )
    assert said(errors(read(made, "social_passport").problems), "разные даты")


def test_pupils_of_the_school_are_not_those_on_its_record() -> None:
    made = sheet(*FORM, "Всего обучающихся в школе;150", "ВШК;4", "Дети-инвалиды;3")
    data = record(read(made, "social_passport_form")).data
    assert data == {"pupils": 150, "school_record": 4, "disabled": 3}


def test_one_date_is_no_question() -> None:
    made = sheet(*FORM, "Показатель;на начало года", "Всего обучающихся;150", "Дети-инвалиды;3")
    assert record(read(made, "social_passport_form")).data == {"pupils": 150, "disabled": 3}


def test_a_dash_in_place_of_a_number_is_told_and_is_no_zero() -> None:
    made = sheet(*FORM, "Показатель;Количество", "Всего обучающихся;150", "Дети-инвалиды;–", "ОВЗ;")
    extract = read(made, "social_passport_form")
    assert record(extract).data == {"pupils": 150}
    assert [one.cell for one in said(extract.problems, "прочерк")] == ["B6"]
    rows = ("СОШ № 7;80;4;-;1", "СОШ № 8;90;5;2;")
    made = sheet(SUMMARY, "Школа;Всего обучающихся;Многодетные;Инвалиды;ОВЗ", *rows)
    extract = read(made, "social_passport")
    assert "disabled" not in records(extract)[0].data
    assert [one.cell for one in said(extract.problems, "прочерк")] == ["D3"]


def test_a_count_under_a_title_of_both_is_no_share() -> None:
    made = sheet(
        *FORM, "Показатель;Кол-во (%)", "Всего учащихся;150", "Дети-инвалиды;3 (2%)", "ОВЗ;6 (4%)"
    )
    extract = read(made, "social_passport_form")
    assert record(extract).data == {"pupils": 150, "disabled": 3, "ovz": 6}
    assert extract.problems == ()


def test_a_row_of_means_of_a_summary_is_not_its_total() -> None:
    rows = ("СОШ № 7;80;4;1;1", "СОШ № 8;90;6;2;1", "Среднее по району;85;5;1,5;1")
    made = sheet(SUMMARY, "Школа;Всего обучающихся;Многодетные;Инвалиды;ОВЗ", *rows)
    assert read(made, "social_passport").problems == ()


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        ("Показатель;Мальчики;Девочки;Всего", "«Мальчики», «Девочки» не загружены"),
        ("Показатель;По району;План;По школе", "«По району», «План» не загружены"),
        ("Показатель;Область;Район;Наша школа", "«Область», «Район» не загружены"),
        ("Показатель;Филиал;Головная школа;Всего по школе", "«Головная школа» не загружены"),
        ("Показатель;п. Лесной;д. Речка;Итого", "«п. Лесной», «д. Речка» не загружены"),
        ("Показатель;Девочки;из них на учёте;Количество", "взято из «Количество»"),
    ],
)
def test_the_column_of_the_school_is_taken_wherever_it_stands(titles: str, told: str) -> None:
    made = sheet(*FORM, titles, "Всего обучающихся;90;150;240", "Дети-инвалиды;1;2;3")
    extract = read(made, "social_passport_form")
    fact = record(extract)
    assert fact.data == {"pupils": 240, "disabled": 3}
    assert cell(extract, fact, "pupils") == "D5"
    assert len(said(extract.problems, told)) == len(extract.problems) == 1
    assert extract.problems[0].cell == "B4"


@pytest.mark.parametrize(
    ("titles", "reason"),
    [
        ("Показатель;Мальчики;Девочки", "Столбца всей школы нет"),
        ("Показатель;По району;План", "Столбца всей школы нет"),
        ("Показатель;п. Лесной;д. Речка", "Какой из них о всей школе, не сказано"),
    ],
)
def test_the_first_column_of_several_is_never_taken_for_the_school(
    titles: str, reason: str
) -> None:
    made = sheet(*FORM, titles, "Всего обучающихся;90;150", "Дети-инвалиды;1;2")
    extract = read(made, "social_passport_form")
    assert [block.facts for block in extract.blocks] == [()]
    assert said(errors(extract.problems), reason)


@pytest.mark.parametrize("title", ["По району", "Мальчики"])
def test_the_only_column_of_somebody_else_is_not_the_school(title: str) -> None:
    made = sheet(*FORM, f"Показатель;{title}", "Всего обучающихся;90", "Дети-инвалиды;1")
    extract = read(made, "social_passport_form")
    assert said(errors(extract.problems), "Столбца всей школы нет")


@pytest.mark.parametrize("titles", ["Показатель;Кол-во", "Показатель;Кол-во;из них девочек"])
def test_the_district_named_above_the_table_is_no_column(titles: str) -> None:
    head = ("Социальный паспорт", "2024/2025 учебный год", "Школа;СОШ № 7", "Район;Лесной район")
    made = sheet(*head, titles, "Всего обучающихся;150;70", "Дети-инвалиды;3;1")
    assert record(read(made, "social_passport_form")).data == {"pupils": 150, "disabled": 3}


@pytest.mark.parametrize(
    ("title", "name", "who"),
    [
        ("Семьи СОП", "risk_families", "семьи"),
        ("Семьи, находящиеся в социально опасном положении", "risk_families", "семьи"),
        ("Семьи на учёте в КДН", "kdn", "семьи"),
        ("Безработные родители", "unemployed", "родители"),
        ("Родители-инвалиды", "disabled_parents", "родители"),
    ],
)
def test_families_and_parents_taken_for_children_are_told(title: str, name: str, who: str) -> None:
    titles = f"Школа;Всего обучающихся;{title};Инвалиды;ОВЗ"
    extract = read(sheet(SUMMARY, titles, "СОШ № 7;80;4;2;1"), "social_passport")
    assert record(extract).data[name] == 4
    (told,) = extract.problems
    assert f"«{title}»: не сказано, {who} это или дети" in told.message


@pytest.mark.parametrize(
    "title",
    ["Количество семей в СОП", "Число безработных родителей", "Кол-во приёмных семей"],
)
def test_a_number_of_families_or_parents_is_no_number_of_children(title: str) -> None:
    titles = f"Школа;Всего обучающихся;{title};Инвалиды;ОВЗ"
    extract = read(sheet(SUMMARY, titles, "СОШ № 7;80;4;2;1"), "social_passport")
    assert record(extract).data == {"pupils": 80, "disabled": 2, "ovz": 1}
    assert len(said(extract.problems, title)) == len(extract.problems) == 1


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Дети из семей СОП", "risk_families"),
        ("Количество обучающихся из семей, находящихся в СОП", "risk_families"),
        ("Количество детей, у которых родители безработные", "unemployed"),
        ("Количество оставшихся без попечения родителей", "orphans"),
        ("Количество многодетных семей", "large_families_count"),
        ("Оба родителя имеют высшее образование", "parents_higher"),
    ],
)
def test_children_of_families_and_parents_need_no_word(title: str, name: str) -> None:
    titles = f"Школа;Всего обучающихся;{title};Инвалиды;ОВЗ"
    extract = read(sheet(SUMMARY, titles.replace(", ", " "), "СОШ № 7;80;4;2;1"), "social_passport")
    assert record(extract).data[name] == 4
    assert extract.problems == ()
