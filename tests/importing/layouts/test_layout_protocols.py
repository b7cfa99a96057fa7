"""Protocols of the РЦОИ: ОГЭ (L10) and ЕГЭ (L9), aggregated per school without a single name."""

from __future__ import annotations

import pytest

from app.models.enums import AssessmentKind, CodeSystem, CountsOrigin
from app.services.importing.checking import check
from app.services.importing.facts import Extract, Procedure
from app.services.importing.grid import CellError, Sheet, column_letters
from app.services.importing.layouts import best_layout
from tests.importing.layouts.layout_sheets import errors, numbers, read, results, said, sheet

OGE_HEADER = (
    "№;Код ОО;Класс;;Код ППЭ;;Аудитория;;Код МСУ;;Фамилия;;Имя;Отчество;"
    "Задания с кратким ответом;;;Задания с развёрнутым ответом;Первичный балл;;Оценка"
)
EGE_HEADER = (
    "№;;Код МСУ;;Код ОО;;Класс;;Код ППЭ;;Аудитория;;Фамилия;Имя;Отчество;;"
    "Задания с кратким ответом;;Задания с развёрнутым ответом;;Первичный балл;;Тестовый балл"
)


def oge_pupil(code: str, mark: object, number: int = 1, grade: str = "9а") -> list[object]:
    return [
        number, code, grade, None, 1301, None, 5, None, 213, None, "Тестовый", None, "Ученик",
        "Примерович", "++-", None, None, "1(2)", 17, None, mark,
    ]  # fmt: skip


def oge(*pupils: list[object], title: str = "02 - Математика 2026.06.02") -> Sheet:
    return sheet(title, OGE_HEADER, *pupils, name="Page 1")  # type: ignore[arg-type]


def ege_pupil(code: str, score: object, number: int = 1, grade: str = "11") -> list[object]:
    return [
        number, None, 213, None, code, None, grade, None, 1301, None, 108, None, "Тестовый",
        "Ученик", "Примерович", None, "++-", None, "1(1)2(3)", None, 15, None, score,
    ]  # fmt: skip


def ege(
    *pupils: list[object], title: str = "01 - Русский язык 2026.06.01", header: str = EGE_HEADER
) -> Sheet:
    top = ("Протокол проверки", "20 - Примерная Республика", "", "", "", title, "")
    return sheet(*top, header, *pupils, name="Page 1")  # type: ignore[arg-type]


def by_code(extract: Extract) -> dict[str | None, tuple[int | None, ...]]:
    return {fact.ref.code(CodeSystem.RCOI): numbers(fact) for fact in results(extract)}


def test_marks_are_counted_per_school() -> None:
    extract = read(
        oge(
            oge_pupil("13450", 4),
            oge_pupil("01307", 2),
            oge_pupil("13450", 5),
            oge_pupil("13450", 4),
        ),
        "oge_protocol",
    )
    assert by_code(extract) == {"13450": (3, 0, 0, 2, 1), "01307": (1, 1, 0, 0, 0)}
    first = results(extract)[0]
    assert first.procedure == Procedure(AssessmentKind.OGE, 2026, "Математика", 9)
    assert first.marks.mean == pytest.approx(13 / 3)
    assert first.marks.below == 0
    assert first.marks.origin is CountsOrigin.AGGREGATED
    assert first.rows == "3,5-6"
    assert extract.blocks[0].cell("n4", first.rows) == "U3,U5:U6"
    assert extract.blocks[0].cell("year", first.rows) == "$A$1"
    assert extract.rows_read == 4
    assert check(extract) == ()


def test_names_never_leave_the_sheet_and_their_columns_are_named() -> None:
    extract = read(oge(oge_pupil("13450", 4)), "oge_protocol")
    columns = {column_letters(personal.column) for personal in extract.personal}
    assert columns == {"K", "L", "M", "N"}
    assert {personal.first_row for personal in extract.personal} == {2}
    assert "Тестовый" not in repr(extract)
    assert "Примерович" not in repr(extract)
    scores = read(ege(ege_pupil("13450", 70)), "ege_protocol")
    assert {column_letters(p.column) for p in scores.personal} == {"M", "N", "O", "P"}


def test_the_variant_that_ends_with_a_plain_score_column() -> None:
    made = sheet(
        "01 - Русский язык 2026.06.09",
        "№;Код ОО;Класс;Фамилия;Имя;Отчество;Первичный балл;Балл",
        "1;13450;9;Тестовый;Ученик;Примерович;30;5",
    )
    assert by_code(read(made, "oge_protocol")) == {"13450": (1, 0, 0, 0, 1)}


def test_pupils_without_a_mark_are_told_once_per_kind_and_do_not_count() -> None:
    extract = read(
        oge(
            oge_pupil("13450", 3),
            oge_pupil("13450", "не явился"),
            oge_pupil("13450", "Не явился"),
            oge_pupil("13450", "Удалён с экзамена"),
            oge_pupil("13450", None),
            oge_pupil("13450", "X"),
            oge_pupil("13450", "Х"),
            oge_pupil("13450", "—"),
            oge_pupil("13450", "Нет отметки"),
        ),
        "oge_protocol",
    )
    assert by_code(extract) == {"13450": (1, 0, 1, 0, 0)}
    assert extract.rows_read == 9
    assert errors(extract.problems) == []
    assert said(extract.problems, "не явился")[0].cell == "U4:U5"
    assert len(said(extract.problems, "Без результата")) == 7
    assert said(extract.problems, "ячейка пустая")[0].cell == "U7"


@pytest.mark.parametrize("mark", [7, 1, 12, "три", "4,5", CellError("#Н/Д")])
def test_an_impossible_mark_holds_the_result_of_its_school(mark: object) -> None:
    extract = read(
        oge(oge_pupil("13450", 4), oge_pupil("13450", mark), oge_pupil("01307", 5)), "oge_protocol"
    )
    (problem,) = errors(extract.problems)
    assert (problem.cell, problem.row) == ("U4", 4)
    held, sound = results(extract)
    assert held.rows == "3-4"
    assert sound.rows == "5"


def test_a_pupil_without_a_code_of_school_is_an_error() -> None:
    extract = read(oge(oge_pupil("", 4), oge_pupil("13450", 5)), "oge_protocol")
    (problem,) = errors(extract.problems)
    assert (problem.cell, problem.row) == ("B3", 3)
    assert by_code(extract) == {"13450": (1, 0, 0, 0, 1)}


def test_zeros_that_excel_took_away_come_back() -> None:
    extract = read(
        oge(oge_pupil("01307", 3), oge_pupil(1307, 4), oge_pupil(13450.0, 5)),  # type: ignore[arg-type]
        "oge_protocol",
    )
    assert by_code(extract) == {"01307": (2, 0, 1, 1, 0), "13450": (1, 0, 0, 0, 1)}


def test_a_code_with_and_without_its_zeros_is_one_school_and_told() -> None:
    codes = ("00450", "450", "450", "450", "451")
    made = oge(*(oge_pupil(code, 2 + place % 4) for place, code in enumerate(codes)))
    extract = read(made, "oge_protocol")
    assert by_code(extract) == {"00450": (4, 1, 1, 1, 1), "451": (1, 1, 0, 0, 0)}
    (told,) = said(extract.problems, "«450» стоит в этом столбце и как «00450»")
    assert told.cell == "B4:B6"


def test_marks_and_codes_written_as_text() -> None:
    extract = read(oge(oge_pupil(" 13450 ", " 4 "), oge_pupil("13450", "2,0")), "oge_protocol")
    assert by_code(extract) == {"13450": (2, 1, 0, 1, 0)}


def test_a_code_written_with_the_name_of_the_school() -> None:
    extract = read(oge(oge_pupil("13450 - СОШ №1", 3), oge_pupil("13450", 4)), "oge_protocol")
    assert by_code(extract) == {"13450": (2, 0, 1, 1, 0)}


def test_what_is_not_a_code_is_an_error() -> None:
    (problem,) = errors(read(oge(oge_pupil("СОШ", 3)), "oge_protocol").problems)
    assert (problem.cell, problem.row) == ("B3", 3)
    assert "не похоже на код" in problem.message
    faulty = read(oge(oge_pupil(CellError("#ССЫЛКА!"), 3)), "oge_protocol")  # type: ignore[arg-type]
    assert "#ССЫЛКА!" in errors(faulty.problems)[0].message


def test_repeated_headers_totals_and_signatures_are_not_pupils() -> None:
    extract = read(
        sheet(
            "02 - Математика 2026.06.02",
            OGE_HEADER,
            oge_pupil("13450", 4),  # type: ignore[arg-type]
            OGE_HEADER,
            oge_pupil("13450", 5),  # type: ignore[arg-type]
            "Всего участников;;;;;;;;;;;;;;;;;;;;2",
            "Председатель комиссии;;;;;______",
            name="Page 1",
        ),
        "oge_protocol",
    )
    assert by_code(extract) == {"13450": (2, 0, 0, 1, 1)}
    assert extract.rows_read == 2
    assert said(extract.problems, "подписи")[0].cell == "A7"


def test_several_exams_in_one_sheet() -> None:
    extract = read(
        sheet(
            "01 - Русский язык 2026.06.09",
            OGE_HEADER,
            oge_pupil("13450", 4),  # type: ignore[arg-type]
            "",
            "02 - Математика 2026.06.02",
            OGE_HEADER,
            oge_pupil("13450", 2),  # type: ignore[arg-type]
        ),
        "oge_protocol",
    )
    assert [(f.procedure.subject, numbers(f)) for f in results(extract)] == [
        ("Русский язык", (1, 0, 0, 1, 0)),
        ("Математика", (1, 1, 0, 0, 0)),
    ]


def test_values_that_stand_beside_their_merged_title() -> None:
    made = sheet(
        "02 - Математика 2026.06.02",
        "№;Код ОО;;Фамилия;Первичный балл;;Оценка;",
        "1;;13450;Тестовый;17;;;4",
        "2;;13450;Тестовый;18;;;5",
    )
    extract = read(made, "oge_protocol")
    assert by_code(extract) == {"13450": (2, 0, 0, 1, 1)}
    assert extract.blocks[0].cell("n4", "3") == "H3"


def test_an_oge_protocol_without_a_date_is_refused_with_the_reason() -> None:
    extract = read(oge(oge_pupil("13450", 4), title="02 - Математика"), "oge_protocol")
    assert extract.blocks == ()
    assert said(errors(extract.problems), "не найден год")


@pytest.mark.parametrize(
    ("title", "subject", "below"),
    [
        ("01 - Русский язык 2026.06.01", "Русский язык", 1),
        ("02 - Математика профильная 2026.06.01", "Математика (профильная)", 2),
        ("02 - Математика (профильный уровень) (2026.06.01)", "Математика (профильная)", 2),
        ("02 - Математика 2026.06.01", "Математика (профильная)", 2),
        ("04 - Химия 2026.06.01", "Химия", 3),
    ],
)
def test_scores_below_the_minimum_of_the_year(title: str, subject: str, below: int) -> None:
    extract = read(
        ege(*(ege_pupil("13450", score) for score in (23, 24, 27, 36, 100)), title=title),
        "ege_protocol",
    )
    (fact,) = results(extract)
    assert fact.procedure == Procedure(AssessmentKind.EGE, 2026, subject, 11)
    assert fact.marks.below == below
    assert fact.marks.participants == 5
    assert fact.marks.mean == pytest.approx(42.0)
    assert fact.marks.n2 is None
    assert fact.rows == "9-13"
    assert extract.blocks[0].cell("below", fact.rows) == "W9:W13"
    assert extract.problems == ()


def test_a_year_without_a_known_minimum_counts_nobody_below() -> None:
    extract = read(
        ege(ege_pupil("13450", 20), title="01 - Русский язык 2039.06.01"), "ege_protocol"
    )
    assert results(extract)[0].marks.below is None
    assert said(extract.problems, "неизвестен")[0].cell == "A6"


def test_an_unconfirmed_minimum_is_said() -> None:
    extract = read(
        ege(ege_pupil("13450", 20), title="01 - Русский язык 2025.06.01"), "ege_protocol"
    )
    assert results(extract)[0].marks.below == 1
    assert said(extract.problems, "не подтверждён")


@pytest.mark.parametrize("last_title", ["Тестовый балл", "Оценка", "Балл"])
def test_basic_mathematics_has_marks_and_is_its_own_procedure(last_title: str) -> None:
    extract = read(
        ege(
            *(ege_pupil("13450", mark) for mark in (2, 3, 4, 5, 5)),
            title="22 - Математика базовая 2024.05.31",
            header=EGE_HEADER.replace("Тестовый балл", last_title),
        ),
        "ege_protocol",
    )
    (fact,) = results(extract)
    assert fact.procedure.subject == "Математика (базовая)"
    assert numbers(fact) == (5, 1, 1, 1, 2)
    assert fact.marks.below == 1
    assert fact.marks.mean == pytest.approx(3.8)


def test_mathematics_without_a_level_is_settled_by_the_scores_and_said() -> None:
    for scores, subject in (
        ((27, 80), "Математика (профильная)"),
        ((3, 5), "Математика (базовая)"),
    ):
        made = ege(
            *(ege_pupil("13450", score) for score in scores),
            title="Предмет: Математика (2024.06.01)",
        )
        extract = read(made, "ege_protocol")
        assert results(extract)[0].procedure.subject == subject
        assert said(extract.problems, "без уровня")


@pytest.mark.parametrize("score", [101, -1, "сто", 55.5])
def test_an_impossible_score_is_an_error_with_its_cell(score: object) -> None:
    extract = read(ege(ege_pupil("13450", 50), ege_pupil("13450", score)), "ege_protocol")
    (problem,) = errors(extract.problems)
    assert (problem.cell, problem.row) == ("W10", 10)


def test_oge_and_ege_in_one_sheet_are_refused_with_the_reason() -> None:
    other = "№;Код ОО;Класс;Фамилия;Первичный балл;Тестовый балл"
    made = sheet(
        "02 - Математика 2026.06.02",
        OGE_HEADER,
        oge_pupil("13450", 4),
        other,
        "1;13450;11;Тестовый;40;76",
    )
    assert said(errors(read(made, "oge_protocol").problems), "а это ЕГЭ")[0].cell == "A4"


def test_the_class_tells_ege_from_oge_where_the_titles_do_not() -> None:
    header = "№;Код ОО;Класс;Фамилия;Первичный балл;Балл"
    eleventh = sheet("01 - Русский язык 2026.06.01", header, "1;13450;11;Тестовый;40;76")
    ninth = sheet("01 - Русский язык 2026.06.01", header, "1;13450;9б;Тестовый;30;4")
    assert results(read(eleventh, "ege_protocol"))[0].marks.mean == 76
    assert results(read(ninth, "oge_protocol"))[0].marks.n4 == 1


def procedures_of(made: Sheet, layout: str = "oge_protocol") -> set[tuple[AssessmentKind, int]]:
    return {(fact.procedure.kind, fact.procedure.grade) for fact in results(read(made, layout))}


@pytest.mark.parametrize("first", ["10А", "10", "11"])
def test_one_pupil_of_another_class_does_not_make_marks_scores(first: str) -> None:
    pupils = [oge_pupil("13450", 4, 1, first), oge_pupil("13450", 3, 2), oge_pupil("13450", 2, 3)]
    made = oge(*pupils, title="12 - Обществознание 2025.06.05")
    assert procedures_of(made) == {(AssessmentKind.OGE, 9)}
    assert by_code(read(made, "oge_protocol")) == {"13450": (3, 1, 1, 1, 0)}


@pytest.mark.parametrize("title", ["ОГЭ 08 - География 2025.06.05", "ГИА-9. География, 2025 год"])
def test_the_exam_that_the_title_names_is_believed_before_the_classes(title: str) -> None:
    made = oge(*(oge_pupil("13450", mark, 1, "10А") for mark in (4, 3, 2)), title=title)
    assert procedures_of(made) == {(AssessmentKind.OGE, 9)}


def test_marks_where_the_ege_has_scores_are_of_the_oge_even_without_a_ninth_class() -> None:
    pupils = [oge_pupil("13450", mark, 1, "10А") for mark in (4, 3, 2)]
    made = oge(*pupils, title="08 - География 2025.06.05")
    assert procedures_of(made) == {(AssessmentKind.OGE, 9)}
    basic = oge(*pupils, title="22 - Математика базовая 2025.06.05")
    assert procedures_of(basic, "ege_protocol") == {(AssessmentKind.EGE, 11)}


def test_gve_is_named_counted_and_not_stored() -> None:
    pupils = (oge_pupil("13450", 4), oge_pupil("13450", 3), oge_pupil("01307", 5))
    made = oge(*pupils, title="51 - Русский язык ГВЭ 2026.06.02")
    extract = read(made, "gve_protocol")
    assert (extract.blocks, extract.blank) == ((), True)
    (problem,) = extract.problems
    assert "участников 3, школ 2" in problem.message
    assert "ГВЭ в нём не считается" in problem.message
    assert {one.title for one in extract.personal} >= {"Фамилия", "Имя", "Отчество"}


def test_gve_is_told_by_the_name_of_the_sheet_too() -> None:
    rows = ("№;Код ОО;ФИО;Оценка", "1;13450;Тестовый;4")
    found = best_layout(sheet(*rows, name="ГВЭ-9 математика"))
    assert found is not None
    assert found[0].key == "gve_protocol"


FLAT = "Год;Предмет;Код ОО;Фамилия;Первичный балл;Тестовый балл"


def test_a_flat_export_of_pupils_has_an_exam_in_every_row() -> None:
    extract = read(
        sheet(
            FLAT,
            "2026;Математика профильная;13450;Тестовый;5;22",
            "2026;Физика;13450;Тестовый;15;40",
            "2026;Математика профильная;13450;Тестовый;9;50",
            "2025;Физика;01307;Тестовый;15;44",
            ";Всего;;;;",
        ),
        "ege_protocol",
    )
    found = {
        (fact.procedure.year, fact.procedure.subject, fact.ref.codes[0][1]): fact.marks
        for fact in results(extract)
    }
    assert {place: (one.participants, one.mean) for place, one in found.items()} == {
        (2026, "Математика (профильная)", "13450"): (2, 36),
        (2026, "Физика", "13450"): (1, 40),
        (2025, "Физика", "01307"): (1, 44),
    }
    first = next(block for block in extract.blocks if block.facts)
    assert (first.cell("year", "2"), first.cell("subject", "2")) == ("$A$2", "$B$2")
    assert errors(extract.problems) == []


def test_a_row_of_a_flat_export_without_a_subject_is_told_and_takes_no_other() -> None:
    rows = ("2026;Физика;13450;Тестовый;15;40", "2026;;13450;Тестовый;15;90")
    extract = read(sheet(FLAT, *rows), "ege_protocol")
    assert [fact.marks.mean for fact in results(extract)] == [40]
    assert "не найден предмет" in errors(extract.problems)[0].message


def test_a_title_that_names_the_exam_counts_over_the_column() -> None:
    rows = ("02;13450;Тестовый;15;40", "2;13450;Тестовый;15;60")
    made = sheet("ЕГЭ 2026. Физика", "Предмет;Код ОО;Фамилия;Первичный балл;Тестовый балл", *rows)
    (fact,) = results(read(made, "ege_protocol"))
    assert (fact.procedure.subject, fact.marks.participants) == ("Физика", 2)


def named(title: str, *rows: str) -> Sheet:
    return sheet(title, "№;Школа;Ф.И.О. выпускника;Первичный балл;Отметка", *rows)


def test_a_list_of_the_exam_whose_schools_are_names() -> None:
    rows = ("1;МБОУ Лесная СОШ;Тестовый Т. Т.;20;2", "2;МБОУ Лесная СОШ;Тестовый Т. Т.;20;5")
    extract = read(named("Ведомость результатов ОГЭ 2025 года. Химия", *rows), "oge_protocol")
    (fact,) = results(extract)
    assert (fact.ref.name, fact.ref.codes, numbers(fact)) == (
        "МБОУ Лесная СОШ",
        (),
        (2, 1, 0, 0, 1),
    )
    assert [one.title for one in extract.personal] == ["Ф.И.О. выпускника"]


def test_a_pupil_of_no_school_in_such_a_list_is_an_error() -> None:
    rows = ("1;МБОУ Лесная СОШ;Тестовый Т. Т.;20;2", "2;;Тестовый Т. Т.;20;5")
    extract = read(named("ОГЭ 2025. Химия", *rows), "oge_protocol")
    assert [problem.cell for problem in errors(extract.problems)] == ["B4"]


@pytest.mark.parametrize(
    "title", ["Ведомость отметок, химия, 2025", "ВПР 2025. Химия. 8 класс", "Апелляции ОГЭ 2025"]
)
def test_a_list_of_names_that_names_no_exam_is_no_protocol(title: str) -> None:
    found = best_layout(named(title, "1;МБОУ Лесная СОШ;Тестовый Т. Т.;20;2"))
    assert found is None or not found[0].key.endswith("_protocol")


def test_a_list_of_teachers_is_no_protocol() -> None:
    head = "Школа;ФИО учителя;Первичный балл;Отметка"
    found = best_layout(sheet("ОГЭ 2025. Химия", head, "МБОУ Лесная СОШ;Тестовый Т. Т.;20;2"))
    assert found is None or not found[0].key.endswith("_protocol")
