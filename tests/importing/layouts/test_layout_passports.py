"""Social passports (L14) as a table and as a form, made from the description."""

from __future__ import annotations

import pytest

from app.models.enums import CodeSystem, RecordKind
from app.services.importing.layouts import best_layout
from app.services.importing.layouts.named import school_year_of
from tests.importing.layouts.layout_sheets import errors, read, said, sheet
from tests.importing.layouts.record_sheets import cell, record, records

TABLE = (
    "Сводный социальный паспорт на 2024/2025 учебный год",
    "",
    "№;Школа;Код РЦОИ;Всего учащихся;Многодетные семьи;;Дети под опекой;;Дети-инвалиды;",
    ";;;;чел.;%;чел.;%;чел.;%",
    "1;МКОУ «Школа №3»;01307;50;9;18;0;0;1;2",
    "2;МБОУ Озёрская СОШ;01308;109;22;20,2;3;2,8;;",
    ";Всего по району;;159;31;;3;;1;",
)


def test_two_row_header_gives_counts_and_shares() -> None:
    extract = read(sheet(*TABLE), "social_passport")
    first, second = records(extract)
    assert first.kind is RecordKind.PASSPORT
    assert first.year == 2025
    assert first.data == {
        "pupils": 50,
        "large_families": 9,
        "large_families_share": 18,
        "guardianship": 0,
        "guardianship_share": 0,
        "disabled": 1,
        "disabled_share": 2,
    }
    assert second.data["large_families_share"] == 20.2
    assert "disabled" not in second.data  # empty is not zero
    assert second.ref is not None
    assert second.ref.code(CodeSystem.RCOI) == "01308"
    assert cell(extract, second, "guardianship") == "G6"
    assert cell(extract, second, "year") == "A1"
    assert not errors(extract.problems)


def test_a_total_that_is_not_the_sum_is_told() -> None:
    wrong = (*TABLE[:-1], ";Итого;;159;40;;3;;1;")
    (problem,) = read(sheet(*wrong), "social_passport").problems
    assert problem.cell == "E7:E7" or problem.cell == "E7"
    assert "40" in problem.message
    assert "31" in problem.message


def test_groups_of_parts_and_boys_and_girls() -> None:
    made = sheet(
        "Социальный паспорт школ, 01.10.2024",
        "Наименование ОО;Обучающиеся;;;Семьи;;Состоят на учёте;",
        ";всего обучающихся;м;д;многодетные;неполные;ПДН;ВШУ",
        "СОШ № 7;80;40;40;10;12;1;2",
    )
    fact = record(read(made, "social_passport"))
    assert fact.year == 2025
    assert fact.data == {
        "pupils": 80,
        "boys": 40,
        "girls": 40,
        "large_families": 10,
        "single_parent": 12,
        "pdn": 1,
        "school_record": 2,
    }


def test_an_unknown_column_is_named_with_its_cell() -> None:
    made = sheet(
        "Социальный паспорт 2025",
        "Школа;Всего детей;Многодетные;Неполные семьи;Опекаемые;Любят читать",
        "СОШ № 7;80;10;12;1;15",
    )
    extract = read(made, "social_passport")
    (problem,) = said(extract.problems, "Любят читать")
    assert problem.cell == "F2"
    assert record(extract).data["pupils"] == 80


@pytest.mark.parametrize("bad", ["много", "12,5", "-3"])
def test_an_impossible_number_keeps_its_row_out(bad: str) -> None:
    made = sheet(
        "Социальный паспорт 2025",
        "Школа;Всего детей;Многодетные;Неполные семьи;Опекаемые",
        f"СОШ № 7;80;{bad};12;1",
        "СОШ № 8;80;10;12;1",
    )
    extract = read(made, "social_passport")
    (problem,) = errors(extract.problems)
    assert (problem.cell, problem.row) == ("C3", 3)
    assert [fact.ref.name for fact in records(extract) if fact.ref] == ["СОШ № 8"]


def test_under_the_title_one_known_figure_is_enough() -> None:
    made = sheet("Социальный паспорт 2025", "Школа;Многодетные;Любят читать", "СОШ № 7;10;15")
    extract = read(made, "social_passport")
    assert record(extract).data == {"large_families": 10}
    assert said(extract.problems, "Любят читать")


def test_without_a_year_nothing_is_invented() -> None:
    made = sheet(
        "Социальный паспорт",
        "Школа;Всего детей;Многодетные;Неполные семьи;Опекаемые",
        "СОШ № 7;80;10;12;1",
    )
    extract = read(made, "social_passport")
    assert records(extract) == []
    assert "не найден год" in errors(extract.problems)[0].message


FORM = (
    "СОЦИАЛЬНЫЙ ПАСПОРТ",
    "Муниципальное казённое общеобразовательное учреждение «Озёрская СОШ»",
    "2024/2025 учебный год",
    "",
    "№;Показатель;чел.;%",
    "1;Всего обучающихся;144;",
    "2;из них из многодетных семей;29;20,1",
    "3;Дети-сироты;0;0",
    "4;Состоят на внутришкольном учёте;8;5,6",
    "5;Социальный педагог;1;",
    "6;Любимых книг;12;",
)


def test_a_form_gives_one_passport() -> None:
    extract = read(sheet(*FORM), "social_passport_form")
    fact = record(extract)
    assert fact.year == 2025
    assert fact.ref is not None
    assert fact.ref.name is not None
    assert "Озёрская" in fact.ref.name
    assert fact.data == {
        "pupils": 144,
        "large_families": 29,
        "large_families_share": 20.1,
        "orphans": 0,
        "orphans_share": 0,
        "school_record": 8,
        "school_record_share": 5.6,
        "social_teachers": 1,
    }
    assert cell(extract, fact, "large_families") == "C7"
    assert cell(extract, fact, "name") == "A2"
    assert said(extract.problems, "Любимых книг")[0].cell == "B11"


def test_labels_with_values_name_the_school_and_the_year() -> None:
    made = sheet(
        "Социальный паспорт общеобразовательной организации",
        "Логин ФИС ОКО:;edu123456",
        "Школа:;МБОУ Озёрская ООШ",
        "Отчётный год:;2025",
        "Общее количество учащихся;61",
        "Количество учащихся, воспитывающихся в малообеспеченных семьях;20",
        "Доля детей с ОВЗ, %;4,9",
        "Родители имеют высшее или среднее специальное образование;9",
    )
    extract = read(made, "social_passport_form")
    fact = record(extract)
    assert fact.ref is not None
    assert fact.ref.code(CodeSystem.FISOKO) == "edu123456"
    assert fact.ref.name == "МБОУ Озёрская ООШ"
    assert fact.data == {
        "pupils": 61,
        "low_income": 20,
        "ovz_share": 4.9,
        "parents_higher_or_special": 9,
    }
    assert cell(extract, fact, "fisoko") == "B2"


def test_two_forms_on_a_sheet_are_two_schools() -> None:
    second = ("СОЦИАЛЬНЫЙ ПАСПОРТ", "МБОУ «Лесная ООШ»", "2024/2025 учебный год", "", *FORM[4:])
    extract = read(sheet(*FORM, "", *second), "social_passport_form")
    names = [fact.ref.name for fact in records(extract) if fact.ref]
    assert len(names) == 2
    assert names[1] == "МБОУ «Лесная ООШ»"


def test_a_form_without_a_school_is_refused() -> None:
    extract = read(sheet(FORM[0], *FORM[2:]), "social_passport_form")
    assert records(extract) == []
    assert "название школы" in errors(extract.problems)[0].message


def test_a_register_is_no_passport() -> None:
    made = sheet(
        "Реестр школ 2025",
        "Краткое наименование;Логин ФИС ОКО;Код РЦОИ;Количество обучающихся;Количество учителей",
        "МБОУ Озёрская ООШ;edu123456;01308;61;12",
    )
    found = best_layout(made)
    assert found is not None
    assert found[0].key == "register"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024/2025 учебный год", 2025),
        ("2024-25 уч. г.", 2025),
        ("на 01.10.2024", 2025),
        ("по состоянию на 1 сентября 2024 года", 2025),
        ("на 01.01.2025", 2025),
        ("за 2025 год", 2025),
        ("без года", None),
    ],
)
def test_school_years(text: str, year: int | None) -> None:
    assert school_year_of(text) == year


BOTH = (
    "12 (10%)",
    "12 чел. (10,0 %)",
    "12/10%",
    "12 - 10 %",
    "12 человек (10,00%)",
    "10% (12 чел.)",
)


@pytest.mark.parametrize("text", BOTH)
def test_a_count_with_its_share_in_one_cell(text: str) -> None:
    table = read(
        sheet(
            "Социальный паспорт, 2024/2025 учебный год",
            "Школа;Многодетные семьи;Опека;Всего обучающихся",
            f"СОШ № 7;{text};3;120",
            "СОШ № 8;7 (8,4%);2;83",
            "Всего;19 (9,4%);5;203",
        ),
        "social_passport",
    )
    assert [one.data["large_families"] for one in records(table)] == [12, 7]
    assert table.problems == ()
    form = read(
        sheet(
            "Социальный паспорт",
            "МКОУ Ключевская СОШ",
            "2024/2025 учебный год",
            f"Дети из многодетных семей;{text}",
            "Всего обучающихся;120",
            "Опека;3",
            "Дети-инвалиды;1",
            "Сироты;0",
        ),
        "social_passport_form",
    )
    assert record(form).data["large_families"] == 12
    assert form.problems == ()


def test_a_count_whose_share_is_another_one_is_told_with_both() -> None:
    table = read(
        sheet(
            "Социальный паспорт, 2024/2025 учебный год",
            "Школа;Всего обучающихся;Многодетные семьи;Опека",
            "СОШ № 7;120;12 (15%);3",
            "СОШ № 8;83;7 (8,4%);2",
        ),
        "social_passport",
    )
    (problem,) = errors(table.problems)
    assert (problem.cell, problem.row) == ("C3", 3)
    assert "число 12 и доля 15 % не сходятся – 12 из 120 это 10 %" in problem.message
    assert [one.data["large_families"] for one in records(table)] == [7]


def test_a_share_without_its_whole_is_told_once() -> None:
    table = read(
        sheet(
            "Социальный паспорт, 2024/2025 учебный год",
            "Школа;Многодетные семьи;Опека;Инвалиды",
            "СОШ № 7;12 (10%);3;1",
            "СОШ № 8;7 (8,4%);2;1",
        ),
        "social_passport",
    )
    assert [one.data["large_families"] for one in records(table)] == [12, 7]
    (problem,) = table.problems
    assert problem.cell == "B3:B4"
    assert "сравнить не с чем" in problem.message


def test_a_title_of_both_does_not_make_counts_shares() -> None:
    table = read(
        sheet(
            "Социальный паспорт, 2024/2025 учебный год",
            "Школа;Всего обучающихся;Многодетные семьи, чел. (%);Опека, чел./%",
            "СОШ № 7;120;12 (10%);3/2,5%",
            "СОШ № 8;83;7 (8,4%);",
        ),
        "social_passport",
    )
    first, second = records(table)
    assert first.data == {"pupils": 120, "large_families": 12, "guardianship": 3}
    assert second.data == {"pupils": 83, "large_families": 7}
    assert table.problems == ()


def test_a_share_of_the_staff_is_of_its_own_whole() -> None:
    table = read(
        sheet(
            "Кадры школ, 2025",
            "Школа;Работников;Учителей;Высшая категория;Первая категория",
            "СОШ № 7;40;20;5 (25%);4 (20%)",
        ),
        "staff_table",
    )
    (found,) = records(table)
    assert (found.data["category_top"], found.data["category_first"]) == (5, 4)
    assert errors(table.problems) == []


def test_boys_and_girls_among_the_pupils_with_short_words() -> None:
    form = read(
        sheet(
            "Социальный паспорт", "МКОУ Ключевская СОШ", "2024/2025 учебный год",
            "Количество учащихся;100", "в т.ч. мальчиков;48", "девочек;52", "Опека;3",
        ),
        "social_passport_form",
    )  # fmt: skip
    assert record(form).data == {"pupils": 100, "boys": 48, "girls": 52, "guardianship": 3}


def test_pupils_on_a_day_are_all_the_pupils() -> None:
    form = read(
        sheet(
            "Социальный паспорт", "МКОУ Ключевская СОШ", "2025/2026 учебный год",
            "Всего обучающихся на 1 сентября;70", "Количество детей-инвалидов;1", "Опека;3",
        ),
        "social_passport_form",
    )  # fmt: skip
    assert record(form).data == {"pupils": 70, "disabled": 1, "guardianship": 3}


@pytest.mark.parametrize(
    ("above", "year"),
    [
        (("от 12.09.2025 № 1187", "Социальный паспорт на 2024/2025 учебный год"), 2025),
        (("на 01.10.2025", "Сводный социальный паспорт на 2025 год"), 2025),
        (("Приложение к приказу от «5» октября 2025 г. № 812-п", "Паспорта 2024 г."), 2024),
        (("Социальный паспорт школ", "по состоянию на 01.10.2024"), 2025),
        (("Социальный паспорт школ от 01.10.2024",), 2025),
        (("Утверждаю 01.09.2023", "Социальный паспорт 2024-2025 г."), 2025),
    ],
)
def test_the_date_of_a_letter_is_no_year_of_the_table(above: tuple[str, ...], year: int) -> None:
    extract = read(sheet(*above, "", *TABLE[2:]), "social_passport")
    assert {fact.year for fact in records(extract)} == {year}


def test_every_dash_of_a_form_is_told_with_its_cell() -> None:
    made = sheet(
        "Социальный паспорт МКОУ Озёрская СОШ на 2024/2025 учебный год",
        "",
        "Всего обучающихся;50",
        "Дети-инвалиды;-",
        "Обучающиеся с ОВЗ;3",
        "Дети под опекой;-",
        "Многодетные семьи, детей;–",
    )
    (told,) = said(read(made, "social_passport_form").problems, "прочерк")
    assert told.cell == "B4,B6:B7"
    assert "ещё в 2 ячейках" in told.message


def test_what_is_said_of_several_cells_is_true_of_each() -> None:
    made = sheet(
        "Социальный паспорт, 2024/2025 учебный год",
        "Школа;Всего обучающихся;Опека", "СОШ № 7;120;-", "СОШ № 8;80;–",
        "Социальный паспорт, 2023/2024 учебный год",
        "Школа;Всего обучающихся;Инвалиды", "СОШ № 7;120;-",
    )  # fmt: skip
    (told,) = said(read(made, "social_passport").problems, "прочерк")
    assert told.cell == "C3:C4,C7"
    assert told.message.startswith("Вместо числа прочерк, значение не записано. То же ещё в 2 яч")


def test_one_cell_is_told_with_its_school_and_title() -> None:
    made = sheet(
        "Социальный паспорт, 2024/2025 учебный год", "Школа;Всего обучающихся;Опека",
        "СОШ № 7;120;-", "СОШ № 8;80;3",
    )  # fmt: skip
    (told,) = said(read(made, "social_passport").problems, "прочерк")
    assert told.message == "«СОШ № 7», «Опека»: вместо числа прочерк, значение не записано."


@pytest.mark.parametrize(
    ("between", "years"),
    [
        ((), {2025}),
        (("", "Социальный паспорт, 2023/2024 учебный год"), {2025, 2024}),
    ],
)
def test_a_second_table_has_titles_of_its_own_or_those_above(
    between: tuple[str, ...], years: set[int]
) -> None:
    made = sheet(
        "Социальный паспорт, 2024/2025 учебный год",
        "Школа;Всего обучающихся;Опека", "СОШ № 7;120;3", *between,
        "Школа;Всего обучающихся;Инвалиды", "СОШ № 7;120;2",
    )  # fmt: skip
    extract = read(made, "social_passport")
    assert {fact.year for fact in records(extract)} == years
    assert not extract.problems


def test_the_same_columns_under_another_year_are_another_table() -> None:
    extract = read(
        sheet(*TABLE, "Социальный паспорт, 2022/2023 учебный год", *TABLE[2:]), "social_passport"
    )
    assert {fact.year for fact in records(extract)} == {2025, 2023}


def test_a_header_of_four_rows() -> None:
    made = sheet(
        "Социальный паспорт, 2024/2025 учебный год",
        "Школа;Всего обучающихся;Семьи", ";;Многодетные;;Неполные", ";;всего;;всего",
        ";;чел.;%;чел.;%",
        "СОШ № 7;120;12;10;6;5", "СОШ № 8;80;8;10;4;5",
    )  # fmt: skip
    first, second = records(read(made, "social_passport"))
    assert first.data == {
        "pupils": 120, "large_families": 12, "large_families_share": 10,
        "single_parent": 6, "single_parent_share": 5,
    }  # fmt: skip
    assert second.data["single_parent"] == 4


@pytest.mark.parametrize(
    ("title", "share"),
    [
        ("Количество (чел./%)", "2 / 2%"),
        ("Кол-во чел., %", "2 (2%)"),
        ("Всего (%)", "2 чел. (2 %)"),
    ],
)
def test_a_form_whose_cells_write_both_counts_its_pupils_alone(title: str, share: str) -> None:
    made = sheet(
        "Социальный паспорт МБОУ Лесная СОШ, 2024/2025 учебный год",
        f"№;Категория;{title}",
        "1;Всего обучающихся;100",
        f"2;Дети-инвалиды;{share}",
    )
    extract = read(made, "social_passport_form")
    assert record(extract).data == {"pupils": 100, "disabled": 2}
    assert extract.problems == ()


def test_a_column_of_a_form_that_is_no_share_is_told_once() -> None:
    made = sheet(
        "Социальный паспорт МБОУ Лесная СОШ, 2024/2025 учебный год",
        "Показатель;Всего;из них девочек",
        "Всего обучающихся;150;70",
        "Дети-инвалиды;3;2",
        "Дети с ОВЗ;9;4",
    )
    extract = read(made, "social_passport_form")
    # 2 of 150 is nearly the share of the three: one such row makes no column of shares.
    assert set(record(extract).data) == {"pupils", "disabled", "ovz"}
    (told,) = extract.problems
    assert "«из них девочек» не загружен" in told.message
    assert told.cell == "C2"


def test_shares_of_a_form_under_a_title_without_the_sign() -> None:
    made = sheet(
        "Социальный паспорт МБОУ Лесная СОШ, 2024/2025 учебный год",
        "Показатель;Всего;от общего числа",
        "Всего обучающихся;150;",
        "Дети-инвалиды;3;2",
        "Дети с ОВЗ;9;6",
    )
    extract = read(made, "social_passport_form")
    assert record(extract).data["ovz_share"] == 6
    assert extract.problems == ()
