"""Tables as other districts make them: other words, merged headers, totals, signatures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.enums import AssessmentKind
from app.services.importing.facts import RecordFact
from app.services.importing.grid import Sheet
from app.services.importing.layouts import best_layout
from tests.importing.layouts.layout_sheets import (
    errors,
    numbers,
    read,
    results,
    said,
    schools,
    sheet,
)


def records(made: Sheet, layout: str) -> list[RecordFact]:
    """Return the records that the sheet gives."""
    blocks = read(made, layout).blocks
    return [fact for block in blocks for fact in block.facts if isinstance(fact, RecordFact)]


def test_second_row_of_merged_titles_of_a_register_is_no_school() -> None:
    extract = read(
        sheet(
            "Сведения об общеобразовательных организациях",
            "№ п/п;Наименование организации;;Идентификаторы;;Населённый пункт;Контингент",
            ";по уставу;сокращённое;логин в ФИС ОКО;код ОО в РИС ГИА",
            "1;Учреждение «Лесная школа»;МБОУ Лесная СОШ;edu240101;24011;с. Лесное;100",
            "Итого;;;;;;100",
        ),
        "register",
    )
    (school,) = schools(extract)
    assert [code for _, code in school.ref.codes] == ["edu240101", "24011"]
    assert school.fields["short_name"] == "МБОУ Лесная СОШ"
    assert school.fields["full_name"] == "Учреждение «Лесная школа»"


def test_first_school_of_words_alone_is_no_row_of_titles() -> None:
    extract = read(
        sheet(
            "Реестр школ",
            "Наименование ОО;Тип;;Директор",
            "МБОУ Лесная СОШ;СОШ;;Примерова П. П.",
            "МБОУ Речная ООШ;ООШ;;Образцов О. О.",
        ),
        "register",
    )
    assert [school.ref.name for school in schools(extract)] == [
        "МБОУ Лесная СОШ",
        "МБОУ Речная ООШ",
    ]


@pytest.mark.parametrize(
    ("title", "kind", "grade", "subject"),
    [
        ("ОГЭ 2026. Математика. 9 класс", AssessmentKind.OGE, 9, "Математика"),
        ("Результаты ГИА-9 по русскому языку, 2026 год", AssessmentKind.OGE, 9, "Русский язык"),
        ("ЕГЭ-2026, математика базового уровня", AssessmentKind.EGE, 11, "Математика (базовая)"),
        ("Основной государственный экзамен 2026: химия", AssessmentKind.OGE, 9, "Химия"),
    ],
)
def test_marks_under_a_title_of_an_exam_are_of_that_exam(
    title: str, kind: AssessmentKind, grade: int, subject: str
) -> None:
    made = sheet(title, "Школа;Кол-во участников;2;3;4;5", "МБОУ Лесная СОШ;10;1;2;3;4")
    (fact,) = results(read(made, "gia_marks"))
    procedure = fact.procedure
    assert (procedure.kind, procedure.grade, procedure.year) == (kind, grade, 2026)
    assert procedure.subject == subject
    assert numbers(fact) == (10, 1, 2, 3, 4)


def test_each_table_of_a_sheet_is_of_the_assessment_that_its_own_title_names() -> None:
    extract = read(
        sheet(
            "ВПР 2025. Математика. 8 класс",
            "Школа;Кол-во участников;2;3;4;5",
            "МБОУ Лесная СОШ;10;1;2;3;4",
            "",
            "ОГЭ 2025. Математика",
            "Школа;Кол-во участников;2;3;4;5",
            "МБОУ Лесная СОШ;9;1;1;3;4",
        ),
        "fisoko_marks",
    )
    found = [(fact.procedure.kind, fact.procedure.grade) for fact in results(extract)]
    assert found == [(AssessmentKind.VPR, 8), (AssessmentKind.OGE, 9)]


def test_bare_mathematics_with_marks_of_the_ege_is_the_basic_one_and_told() -> None:
    made = sheet("ЕГЭ 2025. Математика", "Школа;Участников;2;3;4;5", "МБОУ Лесная СОШ;3;0;1;1;1")
    extract = read(made, "gia_marks")
    assert [fact.procedure.subject for fact in results(extract)] == ["Математика (базовая)"]
    assert said(extract.problems, "без уровня")


def test_flat_export_of_exams_is_not_of_the_vpr() -> None:
    extract = read(
        sheet(
            "Год;Процедура;Класс;Предмет;ОО;Участников;2;3;4;5",
            "2025;ОГЭ;9;Математика;МБОУ Лесная СОШ;10;1;2;3;4",
            "2025;ВПР;8;Математика;МБОУ Лесная СОШ;10;1;2;3;4",
        ),
        "regional_flat",
    )
    kinds = [fact.procedure.kind for fact in results(extract)]
    assert kinds == [AssessmentKind.OGE, AssessmentKind.VPR]


def test_participants_of_each_subject_stand_under_its_own_title() -> None:
    extract = read(
        sheet(
            "Сводная таблица ГИА-9, 2024 год",
            "№ п/п;ОУ;Русский язык;;;;;Математика",
            ";;Кол-во выпускников;5;4;3;2;Кол-во выпускников;5;4;3;2",
            "1;МБОУ Лесная СОШ;10;4;3;2;1;9;3;3;2;1",
            "2;Итого;10;4- 40%;3- 30%;2- 20%;1- 10%;9;3- 33,3%;3- 33,3%;2- 22,2%;1- 11,1%",
        ),
        "oge_schools",
    )
    found = {fact.procedure.subject: numbers(fact) for fact in results(extract)}
    assert found == {"Русский язык": (10, 1, 2, 3, 4), "Математика": (9, 1, 2, 3, 3)}
    assert not errors(extract.problems)


def test_grades_over_the_marks_make_the_table_one_of_the_vpr() -> None:
    extract = read(
        sheet(
            "Результаты работ 2025 года",
            "ОУ;Русский язык, 4 класс;;;;;Математика, 5 класс",
            ";Участников;2;3;4;5;Участников;2;3;4;5",
            "МБОУ Лесная СОШ;10;1;2;3;4;9;1;2;3;3",
        ),
        "oge_schools",
    )
    found = [(f.procedure.kind, f.procedure.subject, f.procedure.grade) for f in results(extract)]
    assert found == [
        (AssessmentKind.VPR, "Русский язык", 4),
        (AssessmentKind.VPR, "Математика", 5),
    ]


def test_number_of_children_under_a_group_of_a_passport_is_the_figure_of_the_group() -> None:
    (passport,) = records(
        sheet(
            "Социальный паспорт, 2025-2026 учебный год",
            "Школа;Всего обучающихся;Многодетные семьи;;Неполные семьи;;Опекаемые",
            ";;кол-во семей;кол-во детей;кол-во семей;в них детей;кол-во детей",
            "МБОУ Лесная СОШ;100;7;20;8;11;3",
        ),
        "social_passport",
    )
    assert passport.data == {
        "pupils": 100,
        "large_families_count": 7,
        "large_families": 20,
        "single_parent_count": 8,
        "single_parent": 11,
        "guardianship": 3,
    }


def test_families_that_are_no_figure_are_told_and_never_taken_for_children() -> None:
    extract = read(
        sheet(
            "Социальный паспорт, 2025-2026 учебный год",
            "Школа;Всего обучающихся;Многодетные;Опекаемые",
            ";;детей;семей",
            "МБОУ Лесная СОШ;100;20;3",
        ),
        "social_passport",
    )
    (fact,) = [f for b in extract.blocks for f in b.facts if isinstance(f, RecordFact)]
    assert fact.data == {"pupils": 100, "large_families": 20}
    assert [problem.cell for problem in said(extract.problems, "не знаком")] == ["D3"]


def test_children_in_families_stand_below_the_number_of_these_in_a_form() -> None:
    (passport,) = records(
        sheet(
            "Социальный паспорт школы",
            "МБОУ «Лесная СОШ»",
            "2024/2025 учебный год",
            "Всего обучающихся;100",
            "Многодетные семьи;7",
            "в них детей;20",
            "Количество неполных семей;8",
            "из них детей;11",
            "Дети с ОВЗ;5",
        ),
        "social_passport_form",
    )
    assert passport.data == {
        "pupils": 100,
        "large_families_count": 7,
        "large_families": 20,
        "single_parent_count": 8,
        "single_parent": 11,
        "ovz": 5,
    }


@pytest.mark.parametrize("signed", ["_____________", "П. П. Примерова", "Примерова П.П."])
def test_line_where_somebody_signs_is_no_figure_of_a_form(signed: str) -> None:
    extract = read(
        sheet(
            "Социальный паспорт школы",
            "МБОУ «Лесная СОШ»",
            "2024/2025 учебный год",
            "Всего обучающихся;100",
            "Дети с ОВЗ;5",
            f"Социальный педагог;{signed}",
        ),
        "social_passport_form",
    )
    assert not errors(extract.problems)
    (fact,) = extract.blocks[0].facts
    assert isinstance(fact, RecordFact)
    assert fact.data == {"pupils": 100, "ovz": 5}
    assert not any("Примеров" in problem.message for problem in extract.problems)


def test_list_of_the_region_with_a_category_in_words() -> None:
    found = records(
        sheet(
            "Перечень школ на 2026 год",
            "№;Муниципалитет;Наименование ОО;Категория",
            "1;Лесной район;МБОУ Лесная СОШ;ШНОР",
            "2;Лесной район;МБОУ Речная ООШ;ШНОР и ШНСУ",
        ),
        "region_list",
    )
    assert [fact.data for fact in found] == [{"shnor": 1}, {"shnor": 1, "shnsu": 1}]


def test_bare_list_says_by_its_title_what_it_lists() -> None:
    found = records(
        sheet(
            "Перечень школ с низкими образовательными результатами на 2026 год",
            "№;Муниципалитет;Наименование ОО",
            "1;Лесной район;МБОУ Лесная СОШ",
        ),
        "region_list",
    )
    assert [(fact.data, fact.year) for fact in found] == [({"shnor": 1}, 2026)]


@pytest.mark.parametrize(
    "rows",
    [
        ("Перечень ШНОР и ШНСУ, 2026 год", "№;Наименование ОО", "1;МБОУ Лесная СОШ"),
        ("Список ШНОР и кураторов, 2026", "Наименование ОО;Куратор", "МБОУ Лесная СОШ;Образцов"),
    ],
)
def test_list_that_does_not_part_its_schools_is_not_guessed(rows: tuple[str, ...]) -> None:
    found = best_layout(sheet(*rows))
    assert found is None or found[0].key != "region_list"


def test_per_cents_written_in_the_cells_are_shares_and_no_numbers_of_pupils() -> None:
    (passport,) = records(
        sheet(
            "Социальный паспорт, 2024-2025 уч. год",
            "Школа;Кол-во обучающихся;Из многодетных семей;ОВЗ",
            "МБОУ Лесная СОШ;100;30%;9",
        ),
        "social_passport",
    )
    assert passport.data == {"pupils": 100, "large_families_share": 30, "ovz": 9}


def test_mean_of_primary_scores_is_not_a_mean_mark() -> None:
    extract = read(
        sheet(
            "ОГЭ 2025. Химия",
            "ОО;Кол-во участников;2;3;4;5;Средний балл",
            "МБОУ Лесная СОШ;10;1;2;3;4;21,4",
            "МБОУ Речная ООШ;4;1;1;1;1;18",
        ),
        "gia_marks",
    )
    assert [fact.marks.mean for fact in results(extract)] == [None, None]


def test_mean_mark_stands_beside_the_mean_score() -> None:
    extract = read(
        sheet(
            "ОГЭ 2025. Химия",
            "ОО;Кол-во участников;2;3;4;5;Средний балл;Средняя отметка",
            "МБОУ Лесная СОШ;10;1;2;3;4;21,4;4",
        ),
        "gia_marks",
    )
    assert [fact.marks.mean for fact in results(extract)] == [4.0]


def test_mean_of_test_scores_may_be_shortened() -> None:
    extract = read(
        sheet(
            "Результаты ЕГЭ по русскому языку 2025",
            "№;ОО;Кол-во сдававших;Ср. тестовый балл;Не преодолели порог",
            "1;МБОУ Лесная СОШ;8;60,5;1",
        ),
        "rcoi_summary",
    )
    assert [fact.marks.mean for fact in results(extract)] == [60.5]


def test_mean_of_the_district_without_participants_is_told_and_nothing_waits() -> None:
    extract = read(
        sheet(
            "Русский язык, 6 класс, ВПР-2025",
            "Название ОУ;Количество писавших;2;3;4;5",
            "МБОУ Лесная СОШ;10;1;2;3;4",
            "Среднее по району;;10%;20%;30%;40%",
        ),
        "fisoko_marks",
    )
    assert len(results(extract)) == 1
    assert not errors(extract.problems)
    assert said(extract.problems, "нет числа участников")


def test_title_says_the_year_of_a_table_with_classes_and_subjects_in_rows() -> None:
    extract = read(
        sheet(
            "Результаты ВПР 2024 года",
            "ОО;Класс;Предмет;Кол-во участников;2;3;4;5",
            "МБОУ Лесная СОШ;5 кл.;Русский язык;10;1;2;3;4",
            "МБОУ Лесная СОШ;6 кл.;Математика;4;1;1;1;1",
        ),
        "regional_flat",
    )
    found = [(f.procedure.year, f.procedure.grade, f.procedure.subject) for f in results(extract)]
    assert found == [(2024, 5, "Русский язык"), (2024, 6, "Математика")]


def test_merged_name_stands_in_the_first_row_of_a_school_alone() -> None:
    extract = read(
        sheet(
            "Результаты ОГЭ 2026 года",
            "Школа;Предмет;Сдавали;5;4;3;2",
            "МБОУ Лесная СОШ;Русский язык;10;4;3;2;1",
            ";Математика;9;3;3;2;1",
            "МБОУ Речная ООШ;Русский язык;4;1;1;1;1",
            ";Русский язык;14;5;4;3;2",
            "Итого;;37",
        ),
        "regional_flat",
    )
    found = [(f.ref.name, f.procedure.subject, f.procedure.grade) for f in results(extract)]
    assert found == [
        ("МБОУ Лесная СОШ", "Русский язык", 9),
        ("МБОУ Лесная СОШ", "Математика", 9),
        ("МБОУ Речная ООШ", "Русский язык", 9),
    ]
    assert not errors(extract.problems)


def test_a_subject_printed_once_for_its_schools_serves_them_all() -> None:
    extract = read(
        sheet(
            "ВПР-2025, 8 класс",
            "Предмет;ОО;Участников;2;3;4;5",
            "Русский язык;МБОУ Лесная СОШ;10;1;2;3;4",
            ";МБОУ Речная ООШ;4;1;1;1;1",
            ";Итого по предмету;14;2;3;4;5",
            "Биология;;;;;;",
            ";МБОУ Лесная СОШ;9;1;2;3;3",
            ";МБОУ Речная ООШ;3;0;1;1;1",
            "Итого;;12;1;3;4;4",
        ),
        "regional_flat",
    )
    found = [(f.procedure.subject, f.ref.name, f.rows) for f in results(extract)]
    assert found == [
        ("Русский язык", "МБОУ Лесная СОШ", "3"),
        ("Русский язык", "МБОУ Речная ООШ", "4"),
        ("Биология", "МБОУ Лесная СОШ", "7"),
        ("Биология", "МБОУ Речная ООШ", "8"),
    ]
    (told,) = extract.problems
    assert "Строка итога не говорит об одном предмете и классе" in told.message
    assert told.cell == "C5,C9"


def test_a_gap_among_filled_cells_is_a_group_only_where_cells_are_merged() -> None:
    rows = (
        "ВПР-2025, 8 класс",
        "Предмет;ОО;Участников;2;3;4;5",
        "Биология;МБОУ Лесная СОШ;10;1;2;3;4",
        ";МБОУ Речная ООШ;4;1;1;1;1",
        "История;МБОУ Лесная СОШ;10;1;2;3;4",
        "История;МБОУ Речная ООШ;4;1;1;1;1",
    )
    (gap,) = errors(read(sheet(*rows), "regional_flat").problems)
    assert (gap.cell, "нет предмета" in gap.message) == ("A4", True)
    merged = read(replace(sheet(*rows), merged=((2, 0, 3, 0),)), "regional_flat")
    assert [f.procedure.subject for f in results(merged)] == ["Биология"] * 2 + ["История"] * 2


def test_years_may_stand_over_the_figures_of_the_dynamics() -> None:
    found = records(
        sheet(
            "Динамика ВПР",
            "Предмет, класс;2023;;;2024",
            ";Успеваемость;Качество;Ср. балл;Успеваемость;Качество;Ср. балл",
            "Математика 5 класс;91;46;3,6;92;47;3,7",
        ),
        "vpr_dynamics",
    )
    assert [(fact.year, fact.data) for fact in found] == [
        (2023, {"success": 91, "quality": 46, "mean": 3.6}),
        (2024, {"success": 92, "quality": 47, "mean": 3.7}),
    ]


def test_note_beside_a_figure_and_other_units_are_no_faults_of_a_form() -> None:
    extract = read(
        sheet(
            "Социальный паспорт школы на 01.10.2025",
            "Наименование ОО:;МБОУ Лесная СОШ",
            "№ п/п;Показатель;Ед. изм.;Значение;Примечание",
            "1;Численность обучающихся;чел.;120;по ОО-1",
            "2;Количество многодетных семей;ед.;9",
            "2.1;в них детей;чел.;21",
        ),
        "social_passport_form",
    )
    assert not extract.problems
    (fact,) = extract.blocks[0].facts
    assert isinstance(fact, RecordFact)
    assert fact.data == {"pupils": 120, "large_families_count": 9, "large_families": 21}


BY_SUBJECT = ("ВПР 2025", "Предмет;Класс;ОО;Кол-во участников;2;3;4;5")


@pytest.mark.parametrize("between", [";;Русский язык", ";;Всего;20;10;40;30;20"])
def test_a_heading_or_a_total_ends_a_group(between: str) -> None:
    first = "Математика;5;МБОУ СОШ №1;20;10;40;30;20"
    made = sheet(*BY_SUBJECT, first, between, ";5;МБОУ ООШ №2;10;0;40;40;20")
    found = results(read(made, "regional_flat"))
    assert [(fact.ref.name, fact.procedure.subject) for fact in found] == [
        ("МБОУ СОШ №1", "Математика")
    ]


def test_a_forgotten_subject_under_repeated_ones_is_not_guessed() -> None:
    said = [f"Математика;5;МБОУ СОШ №{n};20;10;40;30;20" for n in (1, 2, 3)]
    gaps = [f";5;МБОУ СОШ №{n};20;10;40;30;20" for n in (4, 5, 6)]
    extract = read(sheet(*BY_SUBJECT, *said, *gaps), "regional_flat")
    assert len(results(extract)) == 3
    assert errors(extract.problems)


def test_a_grade_of_one_subject_is_not_carried_into_the_next() -> None:
    rows = (
        "Математика;5;МБОУ Лесная СОШ;20;2;8;6;4",
        ";;МБОУ Речная СОШ;20;2;8;6;4",
        ";6;МБОУ Лесная СОШ;20;2;8;6;4",
        ";;МБОУ Речная СОШ;20;2;8;6;4",
        "История;;МБОУ Лесная СОШ;20;2;8;6;4",
        ";;МБОУ Речная СОШ;20;2;8;6;4",
    )
    extract = read(sheet(*BY_SUBJECT, *rows), "regional_flat")
    found = [(fact.procedure.subject, fact.procedure.grade) for fact in results(extract)]
    assert found == [("Математика", 5)] * 2 + [("Математика", 6)] * 2
    assert [one.row for one in errors(extract.problems)] == [7, 8]
