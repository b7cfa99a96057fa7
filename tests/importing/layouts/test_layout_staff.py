"""Staff of schools as a table: never taken for a social passport, whatever words it shares."""

from __future__ import annotations

import pytest

from app.models.enums import RecordKind
from app.services.importing.layouts import best_layout
from tests.importing.layouts.layout_sheets import read, sheet
from tests.importing.layouts.record_sheets import cell, records

GROUPED = (
    "Сведения о педагогических кадрах, 2025/2026 учебный год",
    ";ОО;Педагогов всего;Образование;;Категория;;Возраст;",
    ";;;высшее;среднее проф.;высшая;первая;до 35 лет;старше 55",
    "1;МБОУ Полянская СОШ;20;17;3;6;8;4;5",
    "2;МКОУ Лесная ООШ;9;6;3;0;4;1;4",
    ";Итого;29;23;6;6;12;5;9",
)


def test_groups_of_columns_are_figures_of_the_staff() -> None:
    made = sheet(*GROUPED)
    found = best_layout(made)
    assert found is not None
    assert found[0].key == "staff_table"
    extract = found[0].extract(made)
    first, second = records(extract)
    assert {fact.kind for fact in (first, second)} == {RecordKind.STAFF}
    assert (first.year, first.data) == (
        2026,
        {
            "teachers": 20, "higher": 17, "special": 3, "category_top": 6,
            "category_first": 8, "young": 4, "old": 5,
        },
    )  # fmt: skip
    assert second.data["category_top"] == 0
    assert cell(extract, first, "special") == "E4"


def test_without_a_title_several_figures_of_teachers_are_enough() -> None:
    made = sheet(
        "2024/2025 учебный год",
        "Школа;Учителей;Высшая категория;Первая категория;Молодые специалисты;Пенсионного возраста",
        "МБОУ Полянская СОШ;20;6;8;4;5",
    )
    (fact,) = records(read(made, "staff_table"))
    assert fact.data == {
        "teachers": 20, "category_top": 6, "category_first": 8, "young": 4, "old": 5,
    }  # fmt: skip


@pytest.mark.parametrize(
    "header",
    [
        "Школа;Всего учащихся;Многодетные;Под опекой;Высшая категория;Первая категория;Вакансии",
        "Школа;Всего учащихся;Малообеспеченные;Неполные семьи;Сироты;Психологи;Высшая категория",
    ],
)
def test_a_passport_with_figures_of_teachers_stays_a_passport(header: str) -> None:
    made = sheet("2024/2025 учебный год", header, "МБОУ Полянская СОШ;100;10;2;3;4;1")
    assert {fact.kind for fact in records(read(made, "social_passport"))} == {RecordKind.PASSPORT}


def test_a_form_of_teachers_alone_is_no_passport() -> None:
    made = sheet(
        "Сведения о кадрах", "МБОУ Полянская СОШ", "2025/2026 учебный год", "Показатель;Кол-во",
        "Всего педагогов;20", "С высшей категорией;5", "С первой категорией;7",
        "Молодые специалисты;2", "Пенсионного возраста;3",
    )  # fmt: skip
    assert best_layout(made) is None


def test_parents_education_is_no_education_of_teachers() -> None:
    made = sheet(
        "Социальный паспорт, 2024/2025 учебный год",
        "Школа;Всего учащихся;Высшее образование у обоих родителей",
        "МБОУ Полянская СОШ;100;30",
    )
    (fact,) = records(read(made, "social_passport"))
    assert fact.data == {"pupils": 100, "parents_higher": 30}


def test_pensioners_are_the_old() -> None:
    made = sheet(
        "Кадровый состав школ, 2024/2025 учебный год",
        "Школа;Кол-во педагогов;Высшее образование;До 35 лет;Пенсионеры",
        "МБОУ Полянская СОШ;20;17;4;3",
    )
    (fact,) = records(read(made, "staff_table"))
    assert fact.data == {"teachers": 20, "higher": 17, "young": 4, "old": 3}
