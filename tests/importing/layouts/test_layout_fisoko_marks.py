"""«Статистика по отметкам» (L2) as the field describes it, in all the ways people spoil it."""

from __future__ import annotations

import pytest

from app.models.enums import AssessmentKind, CodeSystem, CountsOrigin, ReferenceScope
from app.services.importing.checking import check
from app.services.importing.facts import Procedure, ReferenceFact
from app.services.importing.grid import CellError, Sheet, UncachedFormula
from app.services.importing.layouts import fisoko_marks
from tests.importing.layouts.layout_sheets import errors, numbers, read, results, said, sheet

HEADER = "Группы участников;Кол-во ОО;Кол-во участников;2;3;4;5"
TITLES = ("ВПР 2025. 5 класс", "Статистика по отметкам", "Предмет:;Русский язык", "")
RUSSIAN_5 = Procedure(AssessmentKind.VPR, 2025, "Русский язык", 5)
SCHOOL = "(sch663012) МКОУ Пелевинская ООШ;;9;33,33;55,56;11,11;0"


def statistics(*rows: str, titles: tuple[str, ...] = TITLES, header: str = HEADER) -> Sheet:
    return sheet(*titles, header, *rows)


def test_schools_with_their_code_before_after_or_instead_of_the_name() -> None:
    extract = read(
        statistics(
            SCHOOL,
            "МКОУ СОШ №1(edu073000);;32;0;40,62;37,5;21,88",
            "sch77171506;;4;50;25;25;0",
        ),
        "fisoko_marks",
    )
    found = results(extract)
    assert [fact.procedure for fact in found] == [RUSSIAN_5] * 3
    assert [fact.ref.code(CodeSystem.FISOKO) for fact in found] == [
        "sch663012",
        "edu073000",
        "sch77171506",
    ]
    assert [fact.ref.name for fact in found] == ["МКОУ Пелевинская ООШ", "МКОУ СОШ №1", None]
    assert [numbers(fact) for fact in found] == [
        (9, 3, 5, 1, 0),
        (32, 0, 13, 12, 7),
        (4, 2, 1, 1, 0),
    ]
    assert found[0].marks.below == 3
    assert found[0].marks.p2 == 33.33
    assert found[0].marks.origin is CountsOrigin.RECOVERED
    assert extract.rows_read == 3
    assert extract.problems == ()


def test_every_value_knows_its_cell() -> None:
    block = read(statistics(SCHOOL), "fisoko_marks").blocks[0]
    rows = block.facts[0].rows
    assert block.cell("n2", rows) == block.cell("p2", rows) == "D6"
    assert block.cell("participants", rows) == "C6"
    assert block.cell("fisoko", rows) == block.cell("name", rows) == "A6"
    assert (block.cell("year", rows), block.cell("grade", rows)) == ("$A$1", "$A$1")
    assert block.cell("subject", rows) == "$B$3"


def test_country_region_and_district_are_references_never_schools() -> None:
    extract = read(
        statistics(
            "Вся выборка;36012;1412345;11,9;39,6;34,4;14,1",
            "Свердловская обл.;1012;45210;12,4;40,1;33,9;13,6",
            "Ханты-Мансийский автономный округ - Югра;400;9000;10;40;40;10",
            "Байкаловский муниципальный район;1;9;33,33;55,56;11,11;0",
            SCHOOL,
        ),
        "fisoko_marks",
    )
    references = [f for f in extract.blocks[0].facts if isinstance(f, ReferenceFact)]
    assert [fact.scope for fact in references] == [
        ReferenceScope.SAMPLE,
        ReferenceScope.REGION,
        ReferenceScope.REGION,
        ReferenceScope.DISTRICT,
    ]
    assert references[0].participants == 1412345
    assert references[0].p2 == 11.9
    assert len(results(extract)) == 1
    assert extract.rows_read == 5
    assert check(extract) == ()


def test_an_unclear_group_is_a_district_only_when_it_counts_schools() -> None:
    extract = read(
        statistics("Зареченский;3;9;33,33;55,56;11,11;0", "Зареченская;;9;33,33;55,56;11,11;0"),
        "fisoko_marks",
    )
    first, second = extract.blocks[0].facts
    assert isinstance(first, ReferenceFact)
    assert results(extract) == [second]


@pytest.mark.parametrize(
    "titles",
    [
        ("Предмет: Русский язык", "ВПР 2025. 5 класс"),
        ("ВПР 2025 Русский язык 5 класс", "Дата: 20.04.2025"),
        ("", "Результаты ВПР;;2024/2025 учебный год", "Класс:;5", "Предмет;РУ"),
        (
            "Всероссийские проверочные работы 2025 года",
            "в 5-х классах",
            "учебный предмет:; РУССКИЙ  ЯЗЫК ",
        ),
    ],
)
def test_titles_say_year_grade_and_subject_in_many_ways(titles: tuple[str, ...]) -> None:
    extract = read(statistics(SCHOOL, titles=titles), "fisoko_marks")
    assert [fact.procedure for fact in results(extract)] == [RUSSIAN_5]
    assert errors(extract.problems) == []


@pytest.mark.parametrize(
    "header",
    [
        "ГРУППЫ УЧАСТНИКОВ ;Кол-во\nОО;Кол-во\xa0участников;2;3;4;5",
        "Группы участников;Количествo OO;Количество  участников, чел.;«2»;«3»;«4»;«5»",
        "Группы участников;Кол-во ОО;Кол-во участников;2 (%);3 (%);4 (%);5 (%)",
    ],
)
def test_header_titles_differ_in_case_spaces_and_alphabet(header: str) -> None:
    extract = read(statistics(SCHOOL, header=header), "fisoko_marks")
    assert numbers(results(extract)[0]) == (9, 3, 5, 1, 0)


def test_columns_may_be_reordered_and_have_empty_ones_between() -> None:
    extract = read(
        statistics(
            "МКОУ Пелевинская ООШ (sch663012);;0;11,11;55,56;33,33;;9",
            header="Группы участников;;5;4;3;2;;Кол-во участников",
        ),
        "fisoko_marks",
    )
    assert numbers(results(extract)[0]) == (9, 3, 5, 1, 0)
    assert extract.blocks[0].cell("n2", "6") == "F6"


def test_a_two_row_header_with_a_group_title() -> None:
    made = sheet(
        *TITLES,
        "Группы участников;Кол-во ОО;Кол-во участников;Распределение отметок, %",
        ";;;2;3;4;5",
        SCHOOL,
    )
    assert numbers(results(read(made, "fisoko_marks"))[0]) == (9, 3, 5, 1, 0)


def test_a_separate_column_of_logins() -> None:
    extract = read(
        statistics(
            "МКОУ Пелевинская ООШ;SCH663012 ;9;33,33;55,56;11,11;0",
            header="ОО;Логин ФИС ОКО;Кол-во участников;2;3;4;5",
        ),
        "fisoko_marks",
    )
    (fact,) = results(extract)
    assert fact.ref.codes == ((CodeSystem.FISOKO, "sch663012"),)
    assert extract.blocks[0].cell("fisoko", fact.rows) == "B6"


def test_several_tables_in_one_sheet_and_a_repeated_header() -> None:
    made = sheet(
        *TITLES,
        HEADER,
        SCHOOL,
        HEADER,
        "МКОУ СОШ №1(edu073000);;32;0;40,62;37,5;21,88",
        "",
        "Предмет:;Математика",
        HEADER,
        SCHOOL,
    )
    extract = read(made, "fisoko_marks")
    assert [fact.procedure.subject for fact in results(extract)] == [
        "Русский язык",
        "Русский язык",
        "Математика",
    ]
    assert [fact.procedure.grade for fact in results(extract)] == [5, 5, 5]
    assert len(extract.blocks) == 2
    assert extract.blocks[1].cell("subject", "12") == "$B$10"


def test_fractions_and_numbers_of_pupils_instead_of_per_cents() -> None:
    extract = read(
        statistics(
            "МКОУ СОШ №1(edu073000);;9;0,3333;0,5556;0,1111;0",
            "МКОУ СОШ №2(edu073002);;9;3;5;1;0",
        ),
        "fisoko_marks",
    )
    first, second = results(extract)
    assert numbers(first) == numbers(second) == (9, 3, 5, 1, 0)
    assert first.marks.p2 == 33.33
    assert second.marks.p2 is None
    assert second.marks.origin is CountsOrigin.GIVEN


def test_rounding_that_leaves_several_numbers_is_said() -> None:
    extract = read(statistics("СОШ №1(edu073000);;300;10;40;40;10"), "fisoko_marks")
    (fact,) = results(extract)
    assert fact.marks.origin is CountsOrigin.APPROXIMATE
    (problem,) = extract.problems
    assert problem.cell == "D6:G6"
    assert "«2» – от 29 до 31" in problem.message


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        ("СОШ №1(edu073000);;двенадцать;0;40;40;20", "C6", "стоит текст «двенадцать»"),
        ("СОШ №1(edu073000);;10;0;сорок;40;20", "E6", "стоит текст «сорок»"),
        ("СОШ №1(edu073000);;;0;40;40;20", "C6", "не указано число участников"),
        ("СОШ №1(edu073000);;9,5;0;40;40;20", "C6", "не целое число"),
        (";;10;0;40;40;20", "A6", "чья это строка"),
    ],
)
def test_an_unreadable_cell_keeps_its_row_out(row: str, cell: str, words: str) -> None:
    extract = read(statistics(row, SCHOOL), "fisoko_marks")
    (problem,) = errors(extract.problems)
    assert (problem.cell, problem.row, problem.sheet) == (cell, 6, "Лист1")
    assert words in problem.message
    assert len(results(extract)) == 1
    assert extract.rows_read == 2


def test_error_cells_and_formulas_without_a_value_are_never_zero() -> None:
    made = sheet(
        *TITLES,
        HEADER,
        ["СОШ №1(edu073000)", None, 10, CellError("#Н/Д"), 40, 40, 20],
        ["СОШ №2(edu073002)", None, UncachedFormula("=A1"), 0, 40, 40, 20],
    )
    extract = read(made, "fisoko_marks")
    assert [problem.cell for problem in errors(extract.problems)] == ["D6", "C7"]
    assert "#Н/Д" in extract.problems[0].message
    assert results(extract) == []


@pytest.mark.parametrize(
    ("row", "cells", "words"),
    [
        ("СОШ №1(edu073000);;10;20;30;30;10", "D6, E6, F6, G6", "в сумме 90 %"),
        ("СОШ №1(edu073000);;10;12,7;27,3;30;30", "C6, D6, E6, F6, G6", "не бывает"),
        ("СОШ №1(edu073000);;10;120;-20;0;0", "D6", "вне пределов"),
        ("СОШ №1(edu073000);;-3;0;100;0;0", "C6", "участников -3"),
        ("СОШ №1(edu073000);;0;0;100;0;0", "C6", "участников 0"),
    ],
)
def test_impossible_values_are_caught_by_the_control_rules(
    row: str, cells: str, words: str
) -> None:
    extract = read(statistics(row, SCHOOL), "fisoko_marks")
    found = errors(check(extract))
    assert said(found, words)
    assert said(found, words)[0].cell == cells
    assert {problem.row for problem in found} == {6}
    assert all(fact.marks.n2 is None for fact in results(extract) if fact.rows == "6")


def test_one_school_twice_in_one_procedure_is_an_error_of_both_rows() -> None:
    found = errors(check(read(statistics(SCHOOL, SCHOOL), "fisoko_marks")))
    assert sorted(problem.row or 0 for problem in found) == [6, 7]


def test_nobody_took_part() -> None:
    extract = read(statistics("СОШ №1(edu073000);;0;0;0;0;0", SCHOOL), "fisoko_marks")
    assert len(results(extract)) == 1
    assert said(extract.problems, "участников нет")[0].cell == "C6"


def test_remarks_under_the_table_are_told_and_not_read() -> None:
    extract = read(statistics(SCHOOL, "* по данным на 20.04.2025"), "fisoko_marks")
    assert extract.rows_read == 1
    assert said(extract.problems, "примечания")[0].cell == "A7"
    assert errors(extract.problems) == []


def test_rows_of_nan_and_dashes_say_nothing() -> None:
    extract = read(
        statistics("NaN;NaN;NaN;NaN;NaN;NaN;NaN", "-;;-;-;-;-;-", SCHOOL), "fisoko_marks"
    )
    assert extract.rows_read == 1
    assert extract.problems == ()


def test_a_school_without_any_figure_is_told_and_does_not_stop_the_file() -> None:
    extract = read(statistics("СОШ №1(edu073000);;-;-;-;-;-", SCHOOL), "fisoko_marks")
    assert len(results(extract)) == 1
    assert errors(extract.problems) == []
    assert said(extract.problems, "чисел нет")[0].cell == "C6"


@pytest.mark.parametrize(
    ("label", "code", "name"),
    [
        ("13450 - СОШ №1", (CodeSystem.RCOI, "13450"), "СОШ №1"),
        ("СОШ №1 [13450]", (CodeSystem.RCOI, "13450"), "СОШ №1"),
        ("edu073000 – СОШ №1", (CodeSystem.FISOKO, "edu073000"), "СОШ №1"),
        ("СОШ №1, еdu073000", (CodeSystem.FISOKO, "edu073000"), "СОШ №1"),
        ("СОШ №1 (2007)", None, "СОШ №1 (2007)"),
        ("СОШ №1 (корпус 2)", None, "СОШ №1 (корпус 2)"),
        ("СОШ №1 (СОШ 105)", None, "СОШ №1 (СОШ 105)"),
    ],
)
def test_codes_inside_labels(label: str, code: tuple[CodeSystem, str] | None, name: str) -> None:
    (fact,) = results(read(statistics(f"{label};;9;33,33;55,56;11,11;0"), "fisoko_marks"))
    assert fact.ref.codes == ((code,) if code else ())
    assert fact.ref.name == name


@pytest.mark.parametrize("extra", ["0", "1", "6", "12", "7К1", "9 (2б)"])
def test_scores_or_tasks_as_columns_are_not_marks(extra: str) -> None:
    made = statistics(SCHOOL, header=f"{HEADER};{extra}")
    assert fisoko_marks.LAYOUT.recognise(made) == 0


def test_a_row_that_numbers_the_columns_is_not_data() -> None:
    extract = read(statistics("1;2;3;4;5;6;7", SCHOOL), "fisoko_marks")
    assert extract.rows_read == 1


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        (("5 класс", "Предмет: Русский язык"), "не найден год"),
        (("ВПР 2025", "Предмет: Русский язык"), "не найден класс"),
        (("ВПР 2025. 5 класс",), "не найден предмет"),
    ],
)
def test_a_table_without_year_grade_or_subject_is_refused(
    titles: tuple[str, ...], words: str
) -> None:
    extract = read(statistics(SCHOOL, titles=titles), "fisoko_marks")
    assert extract.blocks == ()
    assert said(errors(extract.problems), words)
    assert all(problem.row is None for problem in errors(extract.problems))


def test_an_unknown_subject_is_kept_as_written() -> None:
    titles = ("ВПР 2025. 5 класс", "Предмет: Краеведение")
    extract = read(statistics(SCHOOL, titles=titles), "fisoko_marks")
    assert results(extract)[0].procedure.subject == "Краеведение"
    assert said(extract.problems, "не знаком")


def test_the_district_row_is_compared_with_its_schools() -> None:
    extract = read(statistics("Заречный район;1;10;33,33;55,56;11,11;0", SCHOOL), "fisoko_marks")
    (problem,) = check(extract)
    assert "участников 10, а в сумме по школам 9" in problem.message
    assert errors([problem]) == []
    extract = read(statistics("Заречный район;1;9;22,22;66,67;11,11;0", SCHOOL), "fisoko_marks")
    assert said(check(extract), "по школам получается 33,33 %")


def test_a_plain_list_of_schools_is_not_a_statistic() -> None:
    made = sheet("Школа;Учитель", "МКОУ СОШ №1;есть")
    assert fisoko_marks.LAYOUT.recognise(made) == 0


def test_a_district_without_participants_has_shares_of_nothing() -> None:
    extract = read(statistics("Примерный район;2;0;0;0;0;0", SCHOOL), "fisoko_marks")
    district = next(f for f in extract.blocks[0].facts if isinstance(f, ReferenceFact))
    assert (district.participants, district.p2, district.p5) == (0, 0.0, 0.0)


@pytest.mark.parametrize(
    "title", ["Участвовало", "Количество сдававших экзамен", "Сдавало, чел.", "Писавших ВПР"]
)
def test_numbers_of_participants_are_called_in_many_ways(title: str) -> None:
    made = sheet("ВПР 2025. 5 класс. Математика", f"ОО;{title};2;3;4;5", "СОШ №1;10;20;30;40;10")
    (fact,) = results(read(made, "fisoko_marks"))
    assert fact.marks.participants == 10


@pytest.mark.parametrize(
    ("rows", "procedures"),
    [
        (
            ("ВПР 2025. Математика", "ОО;Класс;Писали;2;3;4;5", "СОШ №1;5;10;20;30;40;10",
             "СОШ №1;6;10;10;30;40;20"),
            [(2025, "Математика", 5), (2025, "Математика", 6)],
        ),
        (
            ("ВПР, математика, 5 класс", "ОО;Год;Писали;2;3;4;5", "СОШ №1;2024;10;20;30;40;10",
             "СОШ №1;2025;10;10;30;40;20"),
            [(2024, "Математика", 5), (2025, "Математика", 5)],
        ),
    ],
)  # fmt: skip
def test_rows_parted_by_grade_or_year_under_a_title_of_the_subject(
    rows: tuple[str, ...], procedures: list[tuple[int, str, int]]
) -> None:
    found = results(read(sheet(*rows), "regional_flat"))
    told = [(f.procedure.year, f.procedure.subject, f.procedure.grade) for f in found]
    assert told == procedures
    assert [fact.marks.n2 for fact in found] == [2, 1]


def test_a_column_of_classes_under_a_title_of_the_grade_is_no_grade() -> None:
    made = sheet("ВПР 2025. 5 класс. Математика", "ОО;Класс;Писали;2;3;4;5", "СОШ №1;5;4;0;50;50;0")
    assert len(results(read(made, "fisoko_marks"))) == 1


def test_title_that_names_an_assessment_begins_the_next_table() -> None:
    head, row = "Школа;Писали;2;3;4;5", "СОШ № 7;12;1;1;5;5"
    made = sheet(
        "ВПР 2025. Математика. 5 класс", head, row,
        "Итоги ОГЭ 2025 года, математика", head, row,
        "Не все писали ВПР", "СОШ № 8;12;1;1;5;5",
    )  # fmt: skip
    found = [one.procedure for one in results(read(made, "fisoko_marks"))]
    assert found == [
        Procedure(AssessmentKind.VPR, 2025, "Математика", 5),
        Procedure(AssessmentKind.OGE, 2025, "Математика", 9),
        Procedure(AssessmentKind.OGE, 2025, "Математика", 9),
    ]
