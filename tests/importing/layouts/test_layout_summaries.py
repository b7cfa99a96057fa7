"""Files that a district gets beside the main ones: L1, L6, L8, L12, L13 and those only named."""

from __future__ import annotations

import pytest

from app.models.enums import AssessmentKind, CodeSystem, CountsOrigin, ReferenceScope
from app.services.importing.checking import check
from app.services.importing.facts import Extract, Procedure, RecordFact, ReferenceFact
from app.services.importing.grid import Sheet
from app.services.importing.layouts import ALL, best_layout
from tests.importing.layouts.layout_sheets import errors, numbers, read, results, said, sheet


def references(extract: Extract) -> list[ReferenceFact]:
    return [f for block in extract.blocks for f in block.facts if isinstance(f, ReferenceFact)]


FLAT = "Год;Класс;Предмет;Муниципалитет;Логин;ОО;Кол-во участников;2;3;4;5"


def test_flat_export_has_a_procedure_in_every_row() -> None:
    extract = read(
        sheet(
            FLAT,
            "2025;5;Русский язык;Примерный;edu073000;МКОУ СОШ №1;9;33,33;55,56;11,11;0",
            "2024/2025;5 класс;МА;Примерный;edu073000;МКОУ СОШ №1;4;50;25;25;0",
            "2025;5;Русский язык;Примерный район;;;9;33,33;55,56;11,11;0",
            "2025;5;Русский язык;;;;1000;10;40;40;10",
        ),
        "regional_flat",
    )
    first, second = results(extract)
    assert first.procedure == Procedure(AssessmentKind.VPR, 2025, "Русский язык", 5)
    assert second.procedure == Procedure(AssessmentKind.VPR, 2025, "Математика", 5)
    assert [numbers(first), numbers(second)] == [(9, 3, 5, 1, 0), (4, 2, 1, 1, 0)]
    assert [fact.scope for fact in references(extract)] == [
        ReferenceScope.DISTRICT,
        ReferenceScope.REGION,
    ]
    block = extract.blocks[0]
    assert [block.cell(n, "3") for n in ("year", "subject", "fisoko", "n2")] == [
        "A3",
        "C3",
        "E3",
        "H3",
    ]
    assert extract.rows_read == 4
    assert check(extract) == ()


def test_flat_export_without_year_or_grade_in_a_row() -> None:
    extract = read(
        sheet(
            FLAT,
            ";5;Русский язык;Примерный;edu073000;МКОУ СОШ №1;9;33,33;55,56;11,11;0",
            "2025;;Краеведение;Примерный;edu073000;МКОУ СОШ №1;9;33,33;55,56;11,11;0",
            "2025;6;Краеведение;Примерный;edu073000;МКОУ СОШ №1;9;33,33;55,56;11,11;0",
        ),
        "regional_flat",
    )
    assert [problem.cell for problem in errors(extract.problems)] == ["A2", "B3"]
    assert said(extract.problems, "не знаком")[0].cell == "C4"
    assert len(results(extract)) == 1


SUMMARY = (
    "№;Код ОО;Наименование ОО;Всего участников;Средний балл;Не преодолели мин. порог чел.;%;"
    "61–80 чел.;%;81–99 чел.;%;100 баллов"
)


def summary(*rows: str, title: str = "ЕГЭ 2026. Русский язык", header: str = SUMMARY) -> Sheet:
    return sheet(title, header, *rows)


def test_summary_of_the_regional_centre() -> None:
    extract = read(
        summary(
            "1;13450;МКОУ СОШ №1;12;55,4;3;25;4;33,3;1;8,3;0",
            "2;01307;МКОУ СОШ №2;0;;;;;;;;",
            "ИТОГО по АТЕ;;;12;55,4;3;25;4;33,3;1;8,3;0",
        ),
        "rcoi_summary",
    )
    (fact,) = results(extract)
    assert fact.procedure == Procedure(AssessmentKind.EGE, 2026, "Русский язык", 11)
    assert fact.ref.codes == ((CodeSystem.RCOI, "13450"),)
    assert (fact.marks.participants, fact.marks.below, fact.marks.mean) == (12, 3, 55.4)
    assert fact.marks.origin is CountsOrigin.GIVEN
    assert extract.blocks[0].cell("below", fact.rows) == "F3"
    (total,) = references(extract)
    assert (total.scope, total.participants, total.mean) == (ReferenceScope.DISTRICT, 12, 55.4)
    assert said(extract.problems, "участников нет")[0].cell == "D4"
    assert check(extract) == ()


@pytest.mark.parametrize(
    ("label", "scope"),
    [
        ("Район", ReferenceScope.DISTRICT),
        ("Муниципалитет", ReferenceScope.DISTRICT),
        ("По муниципалитету", ReferenceScope.DISTRICT),
        ("Лесной район", ReferenceScope.DISTRICT),
        ("МР", ReferenceScope.DISTRICT),
        ("АТЕ", ReferenceScope.DISTRICT),
        ("Свод", ReferenceScope.DISTRICT),
        ("Сводные данные по району", ReferenceScope.DISTRICT),
        ("Область", ReferenceScope.REGION),
        ("Регион", ReferenceScope.REGION),
    ],
)
def test_a_row_of_a_summary_that_names_no_school(label: str, scope: ReferenceScope) -> None:
    made = sheet(
        "ЕГЭ 2026. Русский язык",
        "ОО;Сдавали;Ниже минимума;Средний балл",
        "МБОУ «Лесная СОШ»;12;3;55,4",
        f"{label};12;3;55,4",
    )
    extract = read(made, "rcoi_summary")
    assert [fact.ref.name for fact in results(extract)] == ["МБОУ «Лесная СОШ»"]
    assert [(f.scope, f.name, f.mean) for f in references(extract)] == [(scope, label, 55.4)]
    assert not errors(extract.problems)


def test_a_school_whose_name_has_the_word_of_a_district_stays_a_school() -> None:
    made = sheet(
        "ЕГЭ 2026. Русский язык",
        "ОО;Сдавали;Ниже минимума;Средний балл",
        "Районная вечерняя школа;12;3;55,4",
        "МАОУ СОШ № 2 городского округа;10;1;61",
        "13450 Сводная;9;0;60",
    )
    extract = read(made, "rcoi_summary")
    assert len(results(extract)) == 3
    assert references(extract) == []


def test_summary_with_a_two_row_header_and_only_a_share() -> None:
    extract = read(
        sheet(
            "Результаты ОГЭ 2026, математика",
            "Код ОО;Наименование ОО;Кол-во участников;Средний балл;Не преодолели порог, %",
            "13450;МКОУ СОШ №1;12;3,5;25",
        ),
        "rcoi_summary",
    )
    (fact,) = results(extract)
    assert fact.procedure == Procedure(AssessmentKind.OGE, 2026, "Математика", 9)
    assert (fact.marks.below, fact.marks.origin) == (3, CountsOrigin.RECOVERED)
    two_rows = sheet(
        "ЕГЭ 2026. Химия",
        "Код ОО;Наименование ОО;Кол-во участников;Средний балл;Не преодолели мин. порог;",
        ";;;;чел.;%",
        "13450;МКОУ СОШ №1;12;55;3;25",
    )
    extract = read(two_rows, "rcoi_summary")
    assert results(extract)[0].marks.below == 3
    assert extract.rows_read == 1


def test_summary_with_impossible_figures() -> None:
    extract = read(summary("1;13450;СОШ №1;10;55,4;12;120;0;0;0;0;0"), "rcoi_summary")
    assert [problem.cell for problem in errors(check(extract))] == ["F3, D3"]
    extract = read(summary("1;13450;СОШ №1;10;много;1;10;0;0;0;0;0"), "rcoi_summary")
    assert [(p.cell, p.row) for p in errors(extract.problems)] == [("E3", 3)]
    extract = read(summary("1;13450;СОШ №1;10;55;1;50;0;0;0;0;0"), "rcoi_summary")
    assert said(extract.problems, "доля в файле другая")[0].cell == "G3"
    extract = read(summary("1;13450;СОШ №1;10;55;;13;0;0;0;0;0"), "rcoi_summary")
    assert [(p.cell, p.row) for p in errors(extract.problems)] == [("G3", 3)]
    extract = read(summary(";;;10;55;1;10;0;0;0;0;0"), "rcoi_summary")
    assert said(errors(extract.problems), "чья это строка")


MATRIX = (
    "ОУ;Кол в-ков;Русский язык %;;;;Математика%;;;",
    ";;5;4;3;2;5;4;3;2",
)


def test_marks_of_subjects_side_by_side_in_descending_order() -> None:
    extract = read(
        sheet(
            "Результаты ОГЭ 2021 года",
            *MATRIX,
            "МКОУ СОШ №1;12;0;33,3;66,7;0;0;8,3;83,4;8,3",
            "Примерная ООШ;9;22,2;0;55,6;22,2;11,1;22,2;44,5;22,2",
            "итого;21;2- 9,5%;4- 19%;13-62%;2-9,5%;1-4,8%;3- 14,3%;14- 66,7%;3-14,3%",
        ),
        "oge_schools",
    )
    found = results(extract)
    assert [(f.procedure.subject, f.ref.name, numbers(f)) for f in found] == [
        ("Русский язык", "МКОУ СОШ №1", (12, 0, 8, 4, 0)),
        ("Русский язык", "Примерная ООШ", (9, 2, 5, 0, 2)),
        ("Математика", "МКОУ СОШ №1", (12, 1, 10, 1, 0)),
        ("Математика", "Примерная ООШ", (9, 2, 4, 2, 1)),
    ]
    assert {f.procedure.grade for f in found} == {9}
    assert {f.procedure.year for f in found} == {2021}
    totals = references(extract)
    assert [fact.participants for fact in totals] == [21, 21]
    assert totals[0].p2 == pytest.approx(100 * 2 / 21, abs=1e-5)
    assert [block.cell("n2", "4") for block in extract.blocks] == ["F4", "J4"]
    assert extract.blocks[1].cell("subject", "4") == "$G$2"
    assert extract.rows_read == 3
    assert errors(extract.problems) == []
    assert check(extract) == ()


def test_matrix_of_marks_without_a_year_or_with_text_in_a_number() -> None:
    row = "МКОУ СОШ №1;12;0;33,3;66,7;0;0;8,3;83,4;8,3"
    extract = read(sheet(*MATRIX, row), "oge_schools")
    assert said(errors(extract.problems), "не найден год")
    assert extract.blocks == ()
    spoilt = row.replace("66,7", "много")
    extract = read(sheet("ОГЭ 2021", *MATRIX, spoilt), "oge_schools")
    assert [(p.cell, p.row) for p in errors(extract.problems)] == [("E4", 4)]
    assert [fact.procedure.subject for fact in results(extract)] == ["Математика"]


def test_a_school_that_nobody_took_the_subject_in() -> None:
    made = sheet("ОГЭ 2021", *MATRIX, "МКОУ СОШ №1;12;0;33,3;66,7;0;;;;")
    extract = read(made, "oge_schools")
    assert [fact.procedure.subject for fact in results(extract)] == ["Русский язык"]
    assert said(extract.problems, "отметок нет")[0].cell == "G4:J4"


INDIVIDUAL = (
    "ОО;Муниципалитет;Название ОО;Код участника;Класс;Вариант;1 (1б);2 (2б);9.1 (1б);7К1 (3б);"
    "Первичный балл;Отметка;Отметка по журналу"
)


def individual(*rows: str, declared: int = 3) -> Sheet:
    return sheet(
        "ВПР 2026 Математика 5 класс",
        "Предмет:;Математика",
        "Максимальный первичный балл:;20",
        "Дата:;21.04.2026",
        f"МБОУ СОШ №1 (edu123456) | Кол-во участников: {declared}",
        ";;;;;;Б;Б;П;П;;;",
        INDIVIDUAL,
        *rows,
        name="Индивидуальные результаты",
    )


def test_individual_results_are_counted_and_codes_of_pupils_stay_behind() -> None:
    extract = read(
        individual(
            "edu123456;Примерный;МБОУ СОШ №1;5001;5А;1;1;X;0;2;11;4;3",
            "edu123456;Примерный;МБОУ СОШ №1;5002;5Б;1;1;X;0;2;4;2;3",
            "edu123456;Примерный;МБОУ СОШ №1;5003;5Б;1;X;X;X;X;X;X;3",
        ),
        "fisoko_individual",
    )
    (fact,) = results(extract)
    assert fact.procedure == Procedure(AssessmentKind.VPR, 2026, "Математика", 5)
    assert fact.ref.codes == ((CodeSystem.FISOKO, "edu123456"),)
    assert fact.ref.name == "МБОУ СОШ №1"
    assert numbers(fact) == (2, 1, 0, 1, 0)
    assert extract.blocks[0].cell("n2", fact.rows) == "L8:L9"
    assert [personal.title for personal in extract.personal] == ["Код участника"]
    assert "5001" not in repr(extract)
    assert said(extract.problems, "Без результата")[0].cell == "L10"


def test_individual_results_that_are_cut_short_are_noticed() -> None:
    extract = read(
        individual("edu123456;Примерный;МБОУ СОШ №1;5001;5А;1;1;X;0;2;11;4;3", declared=23),
        "fisoko_individual",
    )
    assert said(extract.problems, "указано участников 23, а строк с участниками 1")


RAW = (
    "логин школы;класс;номер обучающегося;пол;вариант;балл за 1;балл за 2;всего баллов;"
    "отметка за предыдущую четверть/триместр;Учебник"
)


def test_raw_scores_become_marks_only_by_a_known_scale() -> None:
    rows = ("sch770001;4А;1;ж;1;1;2;9;3;А", "sch770001;4А;2;м;1;1;2;24;5;А")
    extract = read(sheet("ВПР 2026. Русский язык. 4 класс", RAW, *rows), "vpr_raw")
    (fact,) = results(extract)
    assert numbers(fact) == (2, 1, 0, 0, 1)
    assert {personal.title for personal in extract.personal} == {"номер обучающегося", "пол"}
    unknown = read(sheet("ВПР 2021. Физика. 8 класс", RAW, *rows), "vpr_raw")
    assert unknown.blocks == ()
    assert said(errors(unknown.problems), "Шкала перевода баллов в отметки неизвестна")
    doubtful = read(sheet("ВПР 2021. Русский язык", RAW, *rows), "vpr_raw")
    assert numbers(results(doubtful)[0]) == (2, 1, 0, 1, 0)
    assert said(doubtful.problems, "не подтверждена")


def test_short_titles_of_raw_scores() -> None:
    head = (
        "Логин школы;Класс;№ обучающегося;Пол;Вариант;Балл за 1;Балл за 2;Всего баллов;Отметка;"
        "Отметка за пред. четверть;Учебник"
    )
    rows = ("sch770001;4а;1;ж;1;1;2;24;3;4;А", "sch770001;4а;2;м;1;1;2;24;5;4;А")
    extract = read(sheet("ВПР 2021. Математика. 4 класс", head, *rows), "vpr_raw_marked")
    assert numbers(results(extract)[0]) == (2, 0, 1, 0, 1)
    assert {personal.title for personal in extract.personal} == {"№ обучающегося", "Пол"}


def test_marks_beside_raw_scores_count_more_than_a_scale() -> None:
    head = f"{RAW};Отметка"
    rows = ("sch770001;4А;1;ж;1;1;2;24;3;А;2", "sch770001;4А;2;м;1;1;2;24;3;А;3")
    extract = read(sheet("ВПР 2021. Физика. 8 класс", head, *rows), "vpr_raw_marked")
    (fact,) = results(extract)
    assert numbers(fact) == (2, 1, 1, 0, 0)
    scores = [f for b in extract.blocks for f in b.facts if isinstance(f, RecordFact)]
    assert [dict(one.data) for one in scores] == [{"primary_весь файл": "24 – 2"}]


def test_a_raw_score_above_the_maximum() -> None:
    made = sheet("ВПР 2026. Русский язык. 4 класс", RAW, "sch770001;4А;1;ж;1;1;2;25;3;А")
    extract = read(made, "vpr_raw")
    (problem,) = errors(extract.problems)
    assert (problem.cell, problem.row) == ("H3", 3)
    assert results(extract) == []


def test_a_social_passport_of_one_school() -> None:
    found = best_layout(
        sheet(
            "СОЦИАЛЬНЫЙ ПАСПОРТ",
            "МБОУ СОШ №1",
            "2024/2025 учебный год",
            "1;Из многодетных семей;29",
        )
    )
    assert found is not None
    assert found[0].key == "social_passport_form"


@pytest.mark.parametrize(
    "made",
    [
        sheet(),
        sheet("", "", ""),
        sheet("Меню столовой", "Блюдо;Цена", "Суп;50"),
        sheet("Помещение;Этаж;Площадь;Окон", "Спортзал;1;200;8"),
        sheet("2;3;4;5", "1;2;3;4"),
    ],
)
def test_a_sheet_of_another_kind_is_not_recognised(made: Sheet) -> None:
    assert best_layout(made) is None


def test_keys_and_titles_of_layouts_are_unique() -> None:
    assert len({layout.key for layout in ALL}) == len(ALL)
    assert len({layout.title for layout in ALL}) == len(ALL)


def test_a_number_below_the_minimum_with_its_share() -> None:
    head = "ОО;Количество участников;Средний балл;Не преодолели минимальный балл"
    rows = ("МБОУ Лесная СОШ;24;55,5;3 (12,5%)", "МБОУ Речная СОШ;10;60;1 (20%)")
    extract = read(sheet("Результаты ЕГЭ по химии в 2025 году", head, *rows), "rcoi_summary")
    assert [fact.marks.below for fact in results(extract)] == [3]
    (problem,) = errors(extract.problems)
    assert (problem.row, "1 из 10 это 10 %" in problem.message) == (4, True)


def test_total_over_all_subjects_of_a_summary_is_told_not_taken() -> None:
    made = sheet(
        "Итоги ЕГЭ 2025",
        "Предмет;Наименование ОО;Всего участников;Средний балл;Не преодолели мин. порог чел.",
        "Физика;СОШ № 7;12;50;3",
        "Химия;СОШ № 7;10;60;1",
        "Итого;;22;55;4",
    )
    extract = read(made, "rcoi_summary")
    assert [one.procedure.subject for one in results(extract)] == ["Физика", "Химия"]
    assert not references(extract)
    assert said(extract.problems, "не говорит об одном предмете и классе")[0].cell == "A5"


@pytest.mark.parametrize("head", [(), ("Класс;Предмет;ОО;Участников;2;3;4;5",)])
def test_flat_tables_under_one_another_have_their_own_year_and_assessment(
    head: tuple[str, ...],
) -> None:
    made = sheet(
        "ВПР 2024", "Класс;Предмет;ОО;Участников;2;3;4;5", "5;Математика;СОШ № 7;10;1;4;4;1",
        "Итоги ВПР 2025 года", *head, "5;Математика;СОШ № 7;12;2;5;4;1",
        "ОГЭ 2025", *head, "9;Физика;СОШ № 7;4;1;1;1;1",
    )  # fmt: skip
    found = [one.procedure for one in results(read(made, "regional_flat"))]
    assert [(one.kind.value, one.year, one.subject, one.grade) for one in found] == [
        ("ВПР", 2024, "Математика", 5),
        ("ВПР", 2025, "Математика", 5),
        ("ОГЭ", 2025, "Физика", 9),
    ]


EXAM = ("Код ОО;Школа;Всего участников;Не преодолели мин. порог чел.", "07101;СОШ №1;10;4")


@pytest.mark.parametrize("head", [0, 1])
def test_every_summary_of_a_sheet_is_of_the_exam_of_its_own_title(head: int) -> None:
    rows = EXAM[1 - head :]
    made = sheet("ОГЭ 2025. Физика", *EXAM, "ЕГЭ 2025. Физика", *rows, "Химия", *rows)
    found = [one.procedure for one in results(read(made, "rcoi_summary"))]
    assert [(one.kind.value, one.subject, one.grade) for one in found] == [
        ("ОГЭ", "Физика", 9),
        ("ЕГЭ", "Физика", 11),
        ("ЕГЭ", "Химия", 11),
    ]


@pytest.mark.parametrize(
    ("title", "column", "kind"),
    [
        ("Физика, 9 класс, 2025", "Примечание", "ОГЭ"),
        ("Физика, 11 класс, 2025", "Примечание", "ЕГЭ"),
        ("Физика, 2025", "81–99 баллов", "ЕГЭ"),
        ("Физика, 2025", "100 баллов", "ЕГЭ"),
    ],
)
def test_the_grade_or_test_scores_tell_the_exam(title: str, column: str, kind: str) -> None:
    made = sheet(title, f"{EXAM[0]};{column}", f"{EXAM[1]};1")
    assert [one.procedure.kind.value for one in results(read(made, "rcoi_summary"))] == [kind]


def test_a_summary_of_no_exam_is_asked_about() -> None:
    extract = read(sheet("Результаты, физика", *EXAM), "rcoi_summary")
    assert not results(extract)
    assert [one.message for one in errors(extract.problems)] == [
        "Нигде не сказано, ОГЭ это или ЕГЭ.",
        "В заголовке таблицы не найден год.",
    ]


def test_a_summary_of_no_exam_with_subjects_in_rows_lacks_only_that() -> None:
    made = sheet("Результаты 2025", f"Предмет;{EXAM[0]}", f"Физика;{EXAM[1]}")
    (asked,) = errors(read(made, "rcoi_summary").problems)
    assert asked.message == "Нигде не сказано, ОГЭ это или ЕГЭ."
