"""Figures of several years side by side: each goes under its own year, none under another's."""

from __future__ import annotations

import pytest

from app.services.importing.facts import Extract, RecordFact, RegisterFact, ResultFact
from app.services.importing.intake import _best
from app.services.importing.layouts import best_layout
from app.services.importing.layouts.years import says_only_year_before, year_inside
from tests.importing.layouts.layout_sheets import errors, said, sheet


def read(*rows: str, name: str = "Лист1") -> Extract:
    """Return what the best layout gives, year by year."""
    return _best(sheet(*rows, name=name))[1]


def results(extract: Extract) -> dict[tuple[int, str], tuple[int, int | None]]:
    """Return participants and below by year and cell of the year."""
    return {
        (fact.procedure.year, block.cell("year", fact.rows) or ""): (
            fact.marks.participants,
            fact.marks.below,
        )
        for block in extract.blocks
        for fact in block.facts
        if isinstance(fact, ResultFact)
    }


def passports(extract: Extract) -> dict[int, dict[str, object]]:
    """Return the figures by year."""
    return {
        fact.year: dict(fact.data)
        for block in extract.blocks
        for fact in block.facts
        if isinstance(fact, RecordFact)
    }


def test_marks_of_two_years_under_a_title_of_one() -> None:
    extract = read(
        "ВПР 2025, математика, 6 класс",
        "ОО;2024 год;;;;;2025 год;;;;",
        ";Кол-во участников;2;3;4;5;Кол-во участников;2;3;4;5",
        "МБОУ СОШ №1;10;20;30;40;10;20;10;40;40;10",
    )
    assert results(extract) == {(2024, "$B$2"): (10, 2), (2025, "$G$2"): (20, 2)}
    assert errors(extract.problems) == []


def test_no_title_names_a_year() -> None:
    extract = read(
        "6 класс", "Предмет: Математика", "ОО;2023/2024;;;;;2024/2025;;;;",
        ";Писали;2;3;4;5;Писали;2;3;4;5", "МБОУ СОШ №1;10;20;30;40;10;20;10;40;40;10",
    )  # fmt: skip
    assert {year for year, _ in results(extract)} == {2024, 2025}


def test_a_summary_of_scores_of_two_years() -> None:
    extract = read(
        "Результаты ЕГЭ 2025, физика", "Код ОО;Наименование ОО;2024;;;2025;;",
        ";;Всего участников;Средний балл;Не преодолели мин. порог чел."
        ";Всего участников;Средний балл;Не преодолели мин. порог чел.",
        "01101;МБОУ СОШ №1;5;50;1;8;60;2",
    )  # fmt: skip
    assert results(extract) == {(2024, "$C$2"): (5, 1), (2025, "$F$2"): (8, 2)}


def test_figures_of_a_passport_each_with_two_years_below_it() -> None:
    extract = read(
        "Социальный паспорт, 2025/2026 учебный год",
        "ОО;Всего обучающихся;;Многодетные семьи;;Неполные семьи;",
        ";2024/2025;2025/2026;2024/2025;2025/2026;2024/2025;2025/2026",
        "МБОУ СОШ №1;100;120;10;12;5;6",
    )
    assert passports(extract) == {
        2025: {"pupils": 100, "large_families": 10, "single_parent": 5},
        2026: {"pupils": 120, "large_families": 12, "single_parent": 6},
    }


def test_years_inside_the_titles_and_as_numbers() -> None:
    inside = read(
        "Социальный паспорт",
        "ОО;Всего учащихся 2024;Всего учащихся 2025;Сироты 2024;Сироты 2025",
        "МБОУ СОШ №1;100;120;5;6",
    )
    assert passports(inside) == {
        2024: {"pupils": 100, "orphans": 5},
        2025: {"pupils": 120, "orphans": 6},
    }
    staff = read(
        "Кадры школ", "ОО;Высшая категория;;Первая категория;", ";2024;2025;2024;2025",
        "МБОУ СОШ №1;1;2;3;4",
    )  # fmt: skip
    assert passports(staff) == {
        2024: {"category_top": 1, "category_first": 3},
        2025: {"category_top": 2, "category_first": 4},
    }
    assert errors(staff.problems) == []


def test_a_column_of_the_year_before_is_left_out_and_named() -> None:
    extract = read(
        "Социальный паспорт, 2025/2026 учебный год",
        "ОО;Всего обучающихся;Многодетные семьи (прошлый год);Многодетные семьи;Опека",
        "МБОУ СОШ №1;120;10;12;6",
    )
    assert passports(extract) == {2026: {"pupils": 120, "large_families": 12, "guardianship": 6}}
    assert said(extract.problems, "прошлый год")


def test_figures_without_a_year_are_of_the_title_alone() -> None:
    extract = read(
        "Социальный паспорт, 2025 год",
        "ОО;Всего обучающихся;Многодетные семьи;Опека;Сироты 2024;Сироты 2025",
        "МБОУ СОШ №1;120;12;6;3;4",
    )
    assert passports(extract) == {
        2025: {"pupils": 120, "large_families": 12, "guardianship": 6, "orphans": 4}
    }
    assert said(extract.problems, "Столбцы других лет (2024) не загружены")


def test_columns_of_other_years_are_never_taken_for_the_title_s() -> None:
    extract = read(
        "Социальный паспорт, 2026 год",
        "ОО;Всего обучающихся;Многодетные семьи;Опека;Сироты 2024;Сироты 2025",
        "МБОУ СОШ №1;120;12;6;3;4",
    )
    assert passports(extract) == {2026: {"pupils": 120, "large_families": 12, "guardianship": 6}}


def test_one_number_of_participants_for_two_years_is_of_the_title_s() -> None:
    extract = read(
        "Результаты ВПР 2025, математика, 5 класс", "ОО;Писали;2024;;;;2025;;;",
        ";;2;3;4;5;2;3;4;5", "МБОУ СОШ №1;10;20;30;40;10;10;30;50;10",
    )  # fmt: skip
    assert results(extract) == {(2025, "$A$1"): (10, 1)}


def test_a_form_of_one_school_with_two_years_beside_each_other() -> None:
    lines = ("Всего обучающихся;100;120", "Из многодетных семей;10;12", "Дети-инвалиды;1;2")
    head = ("Социальный паспорт", "МБОУ СОШ №1", "2025/2026 учебный год")
    now = {"pupils": 120, "large_families": 12, "disabled": 2}
    both = read(*head, "Показатель;2024/2025;2025/2026", *lines)
    assert passports(both) == {
        2025: {"pupils": 100, "large_families": 10, "disabled": 1},
        2026: now,
    }
    before = read(*head, "Показатель;Прошлый год;Текущий год", *lines)
    assert passports(before) == {2026: now}
    assert said(before.problems, "(прошлый год) не загружены")


@pytest.mark.parametrize(
    "rows",
    [
        ("№;Школа;Логин;Кол-во учащихся 2024;Кол-во учащихся 2025", "1;СОШ №1;edu000001;90;95"),
        ("№;Школа;Логин;Обучающихся;", ";;;2024/2025;2025/2026", "1;СОШ №1;edu000001;90;95"),
    ],
)
def test_a_register_takes_the_newest_year(rows: tuple[str, ...]) -> None:
    extract = read("Реестр школ", *rows)
    (fact,) = (f for b in extract.blocks for f in b.facts if isinstance(f, RegisterFact))
    assert fact.fields["pupils"] == 95
    assert said(extract.problems, "взят последний год")
    assert errors(extract.problems) == []


def test_lists_of_two_years_flag_each_year_s_schools() -> None:
    extract = read("Перечень ШНОР", "№;ОО;Логин;ШНОР 2024;ШНОР 2025", "1;СОШ №1;edu1;да;нет")
    assert passports(extract) == {2024: {"shnor": 1}, 2025: {"shnor": 0}}


def test_one_year_is_read_as_ever() -> None:
    made = sheet(
        "ВПР 2025, математика, 6 класс", "ОО;2025 год;;;;", ";Кол-во участников;2;3;4;5",
        "МБОУ СОШ №1;10;20;30;40;10",
    )  # fmt: skip
    found = best_layout(made)
    assert found is not None
    assert _best(made)[1] == found[0].extract(made)


def test_a_year_that_gives_nothing_is_named() -> None:
    extract = read(
        "Лист с данными",
        "ОО;2024;;;2025;",
        ";Сироты;Многодетные;Малообеспеченные;Сироты;Многодетные",
        "МБОУ СОШ №1;3;12;6;4;5",
    )
    assert passports(extract) == {2024: {"orphans": 3, "large_families": 12, "low_income": 6}}
    assert said(extract.problems, "Столбцы за 2025 год не загружены")


@pytest.mark.parametrize("name", ["ВПР Физика 7 класс", "ВПР 2024-2025 Физика 7 класс", "фи 7"])
def test_what_the_name_of_the_sheet_says_stays_beside_the_years(name: str) -> None:
    extract = read(
        "Итоги проверочных работ", "ОО;2024;;;;;2025;;;;",
        ";Писали;2;3;4;5;Писали;2;3;4;5", "МБОУ СОШ №1;10;20;30;40;10;20;10;40;40;10",
        name=name,
    )  # fmt: skip
    assert {year for year, _ in results(extract)} == {2024, 2025}
    procedures = {
        (fact.procedure.subject, fact.procedure.grade)
        for block in extract.blocks
        for fact in block.facts
        if isinstance(fact, ResultFact)
    }
    assert procedures == {("Физика", 7)}
    assert {block.sheet for block in extract.blocks} == {name}


def test_a_bad_cell_of_a_year_is_told_on_the_sheet_that_the_file_has() -> None:
    extract = read(
        "ВПР 2025, математика, 6 класс",
        "ОО;2024 год;;;;;2025 год;;;;",
        ";Кол-во участников;2;3;4;5;Кол-во участников;2;3;4;5",
        "МБОУ СОШ №1;10;20;30;40;10;20;10;40;40;10",
        "МБОУ СОШ №2;много;20;30;40;10;20;10;40;40;10",
    )
    (error,) = errors(extract.problems)
    assert (error.sheet, error.cell, error.row) == ("Лист1", "B5", 5)


@pytest.mark.parametrize(
    "title",
    [
        "АППГ", "Прошлый год", "За прошлый учебный год", "Предыдущий год", "данные за прош. год",
        "Предшествующий год", "прошлогодние данные",
    ],
)  # fmt: skip
def test_the_year_before_is_told_by_the_same_words_over_columns_and_groups(title: str) -> None:
    over = read(
        "Социальный паспорт, 2025/2026 учебный год",
        f"ОО;{title};;Текущий год;",
        ";Всего обучающихся;Опека;Всего обучающихся;Опека",
        "МБОУ СОШ №1;100;5;120;6",
    )
    assert passports(over) == {2026: {"pupils": 120, "guardianship": 6}}
    assert said(over.problems, "прошлый год")
    inside = read(
        "Социальный паспорт, 2025/2026 учебный год",
        f"ОО;Всего обучающихся;Многодетные семьи ({title});Многодетные семьи;Опека",
        "МБОУ СОШ №1;120;10;12;6",
    )
    assert passports(inside) == {2026: {"pupils": 120, "large_families": 12, "guardianship": 6}}


def subjects_of(extract: Extract) -> dict[tuple[str, int], tuple[int, int | None, int | None]]:
    """Return participants, «2» and «5» by subject and year."""
    return {
        (fact.procedure.subject, fact.procedure.year): (
            fact.marks.participants, fact.marks.n2, fact.marks.n5,
        )
        for block in extract.blocks
        for fact in block.facts
        if isinstance(fact, ResultFact)
    }  # fmt: skip


THREE_ROWS = {
    "years over subjects": (
        "ОУ;2024;;;;;;;;;;2025",
        ";Русский язык;;;;;Математика;;;;;Русский язык;;;;;Математика",
        ";Писали;5;4;3;2;Писали;5;4;3;2;Писали;5;4;3;2;Писали;5;4;3;2",
        "МБОУ СОШ №1;10;10;40;30;20;10;0;50;40;10;20;20;40;35;5;20;5;45;40;10",
    ),
    "years as words, a number of pupils in the row of subjects": (
        "№;Наименование ОО;2023/2024 уч. г.;;;;;;;;;;2024/2025 уч. г.",
        ";;Русский язык;;;;;Математика;;;;;Русский язык;;;;;Математика",
        ";;Кол-во;5;4;3;2;Кол-во;5;4;3;2;Кол-во;5;4;3;2;Кол-во;5;4;3;2",
        "1;МБОУ СОШ №1;10;10;40;30;20;10;0;50;40;10;20;20;40;35;5;20;5;45;40;10",
    ),
    "years under subjects": (
        "ОУ;Русский язык;;;;;;;;;;Математика",
        ";2024;;;;;2025;;;;;2024;;;;;2025",
        ";Писали;5;4;3;2;Писали;5;4;3;2;Писали;5;4;3;2;Писали;5;4;3;2",
        "МБОУ СОШ №1;10;10;40;30;20;20;20;40;35;5;10;0;50;40;10;20;5;45;40;10",
    ),
}


@pytest.mark.parametrize("rows", THREE_ROWS.values(), ids=THREE_ROWS)
def test_marks_of_subjects_under_years(rows: tuple[str, ...]) -> None:
    extract = read("Результаты ОГЭ по школам района", *rows)
    assert subjects_of(extract) == {
        ("Русский язык", 2024): (10, 2, 1),
        ("Математика", 2024): (10, 1, 0),
        ("Русский язык", 2025): (20, 1, 4),
        ("Математика", 2025): (20, 2, 1),
    }
    assert errors(extract.problems) == []


def test_one_year_over_all_subjects_is_theirs() -> None:
    extract = read(
        "Результаты ОГЭ по школам района", "ОУ;Кол в-ков;2025",
        ";;Русский язык %;;;;Математика %", ";;5;4;3;2;5;4;3;2",
        "МБОУ СОШ №1;10;10;40;30;20;0;50;40;10",
    )  # fmt: skip
    assert subjects_of(extract) == {
        ("Русский язык", 2025): (10, 2, 1),
        ("Математика", 2025): (10, 1, 0),
    }


def test_a_number_of_pupils_beside_two_years_is_of_neither() -> None:
    extract = read(
        "Результаты ОГЭ по школам района", "ОУ;Кол в-ков;2024;;;;;;;;2025",
        ";;Русский язык;;;;Математика;;;;Русский язык;;;;Математика",
        ";;5;4;3;2;5;4;3;2;5;4;3;2;5;4;3;2",
        "МБОУ СОШ №1;10;10;40;30;20;0;50;40;10;20;40;35;5;5;45;40;10",
    )  # fmt: skip
    assert subjects_of(extract) == {}
    assert said(errors(extract.problems), "не найден год")


@pytest.mark.parametrize(
    ("title", "only"),
    [
        ("Показатели за предыдущий год", True),
        ("АППГ", True),
        ("Сирот, АППГ", False),
        ("Показатели за отчётный период. " * 5 + "Прошлый год", False),
        ("За отчётный период показатели учебной деятельности улучшились. " * 500, False),
    ],
)
def test_a_sentence_is_no_title_of_the_year_before(title: str, only: bool) -> None:
    assert says_only_year_before(title) is only


def test_a_cell_of_spaces_before_a_year() -> None:
    (found,) = year_inside().finditer(" " * 30_000 + "(2024 г.)")
    assert found[0].endswith("(2024 г.)")
    assert len(found[0]) < 20
