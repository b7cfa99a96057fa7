"""The list of bias marks (L7) and the comparison with the journal (L3), from their description."""

from __future__ import annotations

import pytest

from app.models.enums import AssessmentKind, CodeSystem, ReferenceScope
from app.services.importing.facts import Procedure
from app.services.importing.layouts import best_layout
from app.services.importing.layouts.bias_list import marker_name
from tests.importing.layouts.layout_sheets import errors, read, said, sheet
from tests.importing.layouts.record_sheets import cell, records

LIST = (
    "Год;Муниципалитет;Логин;ОО;4 РУ;4 МА;5 РУ;5 МА;Количество маркеров",
    "2025;Озёрский район;edu123456;МКОУ Озёрская СОШ;1;;1;;2",
    "2025;Озёрский район;edu123457;МБОУ Лесная ООШ;;1;;;2",
)


def test_markers_by_school() -> None:
    extract = read(sheet(*LIST), "bias_list")
    first, second = records(extract)
    assert first.data == {"marker_4 РУ": 1, "marker_5 РУ": 1, "total": 2}
    assert first.year == 2025
    assert first.ref is not None
    assert first.ref.code(CodeSystem.FISOKO) == "edu123456"
    assert cell(extract, first, "marker_5 РУ") == "G2"
    assert cell(extract, first, "year") == "A2"
    (problem,) = extract.problems
    assert problem.cell == "I3"
    assert "отмечено 1" in problem.message
    assert second.data["marker_4 МА"] == 1


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("РУ4", "4 РУ"),
        ("5 МА", "5 МА"),
        ("4 PY", "4 РУ"),
        ("Русский язык, 4 класс", "4 РУ"),
        ("4 класс МА", "4 МА"),
        ("Количество", None),
    ],
)
def test_names_of_markers(title: str, name: str | None) -> None:
    assert marker_name(title) == name


def test_words_for_marks_and_a_year_in_the_title() -> None:
    made = sheet(
        "Перечень школ с признаками необъективности, ВПР 2024",
        "№;Наименование ОО;РУ4;МА4;РУ5;МА5",
        "1;МКОУ Озёрская СОШ;да;нет;+;не требуется",
    )
    (fact,) = records(read(made, "bias_list"))
    assert fact.year == 2024
    assert fact.data == {"marker_4 РУ": 1, "marker_4 МА": 0, "marker_5 РУ": 1, "marker_5 МА": 0}


def test_a_mark_that_says_neither_yes_nor_no_waits() -> None:
    made = sheet(LIST[0], "2025;Район;edu123456;МКОУ Озёрская СОШ;возможно;;;;1")
    (problem,) = errors(read(made, "bias_list").problems)
    assert problem.cell == "E2"


JOURNAL = (
    "ВПР 2025. 5 класс",
    "Сравнение отметок с отметками по журналу",
    "Предмет:;Русский язык",
    "",
    "Группы участников;Кол-во участников;%",
    "Озёрский муниципальный район",
    "Понизили (Отметка < Отметка по журналу);30;30",
    "Подтвердили (Отметка = Отметка по журналу);60;60",
    "Повысили (Отметка > Отметка по журналу);10;10",
    "Всего;100;100",
    "МКОУ Озёрская СОШ (edu123456)",
    "Понизили (Отметка < Отметка по журналу);3;33,33",
    "Подтвердили (Отметка = Отметка по журналу);6;66,67",
    "Повысили (Отметка > Отметка по журналу);0;0",
    "Всего;9;100",
)


def test_the_comparison_of_each_group() -> None:
    extract = read(sheet(*JOURNAL), "journal_comparison")
    district, school = records(extract)
    assert (district.scope, district.name) == (
        ReferenceScope.DISTRICT,
        "Озёрский муниципальный район",
    )
    assert school.procedure == Procedure(AssessmentKind.VPR, 2025, "Русский язык", 5)
    assert school.data == {
        "lowered": 3,
        "lowered_share": 33.33,
        "confirmed": 6,
        "confirmed_share": 66.67,
        "raised": 0,
        "raised_share": 0,
        "participants": 9,
    }
    assert cell(extract, school, "confirmed_share") == "C13"
    assert cell(extract, school, "fisoko") == "A11"
    assert (school.rows, extract.rows_read) == ("12-15", 8)
    assert not extract.problems


def test_shares_alone_are_enough() -> None:
    rows = (*JOURNAL[:4], "Группы участников;%", "СОШ № 5", "Понизили;20", "Подтвердили;80")
    extract = read(sheet(*rows, "Повысили;0", "Всего;100"), "journal_comparison")
    (fact,) = records(extract)
    assert fact.data == {"lowered_share": 20, "confirmed_share": 80, "raised_share": 0}


def test_text_in_a_number_keeps_its_row_out() -> None:
    broken = [row.replace("Подтвердили (Отметка = Отметка по журналу);6;", "Подтвердили;шесть;")
              for row in JOURNAL]  # fmt: skip
    extract = read(sheet(*broken), "journal_comparison")
    (problem,) = errors(extract.problems)
    assert problem.cell == "B13"
    assert [fact.scope for fact in records(extract)] == [ReferenceScope.DISTRICT]


def test_a_comparison_without_a_subject_says_so() -> None:
    extract = read(sheet(*JOURNAL[:2], *JOURNAL[3:]), "journal_comparison")
    assert records(extract) == []
    assert said(extract.problems, "не найден предмет")


def test_a_mark_in_each_row() -> None:
    made = sheet(
        "Перечень ОО с признаками необъективных результатов ВПР 2025 года",
        "№;ОО;Логин;Класс;Предмет",
        "1;МКОУ Озёрская СОШ;edu123456;4;Русский язык",
        "2;МКОУ Озёрская СОШ;edu123456;5 класс;Математика",
        "3;МБОУ Лесная ООШ;edu123457;4, 5;РУ, МА",
        "Всего;;;;6",
    )
    extract = read(made, "bias_list")
    marks: dict[str, set[str]] = {}
    for one in records(extract):
        assert one.year == 2025
        assert one.ref is not None
        marks.setdefault(one.ref.name or "", set()).update(one.data)
    assert marks == {
        "МКОУ Озёрская СОШ": {"marker_4 РУ", "marker_5 МА"},
        "МБОУ Лесная ООШ": {"marker_4 РУ", "marker_4 МА", "marker_5 РУ", "marker_5 МА"},
    }
    assert extract.rows_read == 3
    assert extract.problems == ()


def test_a_mark_that_is_not_understood_is_told_with_its_cell() -> None:
    made = sheet(
        "Школы с признаками необъективности 2025",
        "ОО;Класс;Предмет",
        "МКОУ Озёрская СОШ;начальная;Русский язык",
        "МБОУ Лесная ООШ;4;Чтение по ролям",
        "МБОУ Степная СОШ;4;",
    )
    extract = read(made, "bias_list")
    assert [(one.cell, one.row) for one in errors(extract.problems)] == [
        ("B3", 3), ("C4", 4), ("C5", 5),
    ]  # fmt: skip
    assert records(extract) == []


def test_results_by_grade_and_subject_are_no_list_of_marks() -> None:
    made = sheet(
        "Школы с признаками необъективности: отметки ВПР 2025",
        "ОО;Класс;Предмет;Количество участников",
        "МКОУ Озёрская СОШ;4;Русский язык;12",
    )
    found = best_layout(made)
    assert found is None or found[0].key != "bias_list"


def test_a_comparison_with_a_school_per_row() -> None:
    made = sheet(
        "Сравнение отметок ВПР с отметками по журналу",
        "ВПР 2025. 6 класс. Математика",
        "№;Наименование ОО;Логин;Кол-во участников;Понизили;;Подтвердили;;Повысили;",
        ";;;;чел.;%;чел.;%;чел.;%",
        "1;МКОУ Озёрская СОШ;edu123456;20;5;25;14;70;1;5",
        "2;МБОУ Лесная ООШ;edu123457;10;0;0;9;90;1;10",
    )
    extract = read(made, "journal_comparison")
    first, second = records(extract)
    assert first.procedure == Procedure(AssessmentKind.VPR, 2025, "Математика", 6)
    assert first.data == {
        "participants": 20,
        "lowered": 5,
        "lowered_share": 25,
        "confirmed": 14,
        "confirmed_share": 70,
        "raised": 1,
        "raised_share": 5,
    }
    assert cell(extract, second, "confirmed_share") == "H6"
    assert extract.problems == ()


@pytest.mark.parametrize(
    ("written", "grades"),
    [("4, 5 классы", "4 5"), ("4–6", "4 5 6"), ("4-6 классы", "4 5 6"), ("7А", "7"), ("5", "5")],
)
def test_every_grade_of_a_row_of_bias_has_its_mark(written: str, grades: str) -> None:
    title = "Школы с признаками необъективности 2025"
    made = sheet(title, "ОО;Класс;Предмет", f"МБОУ Лесная СОШ;{written};Математика")
    found = {name for one in records(read(made, "bias_list")) for name in one.data}
    assert found == {f"marker_{grade} МА" for grade in grades.split()}


def test_a_school_printed_once_serves_its_rows_of_bias() -> None:
    made = sheet(
        "Школы с признаками необъективности ВПР 2025",
        "ОО;Логин;Класс;Предмет",
        "МКОУ Озёрская СОШ;edu123456;4;Русский язык",
        ";;5;Математика",
        "МБОУ Лесная ООШ;edu123457;6;История",
    )
    extract = read(made, "bias_list")
    marks: dict[str, set[str]] = {}
    for one in records(extract):
        assert one.ref is not None
        marks.setdefault(one.ref.name or "", set()).update(one.data)
    assert marks == {
        "МКОУ Озёрская СОШ": {"marker_4 РУ", "marker_5 МА"},
        "МБОУ Лесная ООШ": {"marker_6 ИС"},
    }
    assert said(extract.problems, "взята из строки выше")[0].cell == "A4"


@pytest.mark.parametrize("title", ["Кол-во", "Участников", "Средний балл", "Успеваемость, %"])
def test_a_column_of_figures_makes_no_list_of_marks(title: str) -> None:
    head = f"ОО;Класс;Предмет;{title};Примечание"
    made = sheet("Признаки необъективности, 2025 год", head, "Лесная СОШ;4;Математика;3;снять")
    found = best_layout(made)
    assert found is None or found[0].key != "bias_list"


def test_a_column_beside_the_marks_is_told() -> None:
    made = sheet(
        "Признаки необъективности, 2025 год",
        "ОО;Класс;Предмет;Примечание",
        "МБОУ Лесная СОШ;4;Математика;снять",
    )
    extract = read(made, "bias_list")
    assert len(records(extract)) == 1
    assert [one.cell for one in said(extract.problems, "«Примечание»")] == ["D2"]


@pytest.mark.parametrize("written", ["4, 15", "0", "10-12", "4 и 42"])
def test_a_grade_that_no_school_has_is_an_error(written: str) -> None:
    made = sheet(
        "Признаки необъективности, 2025 год",
        "ОО;Класс;Предмет",
        f"МБОУ Лесная СОШ;{written};Математика",
    )
    (problem,) = errors(read(made, "bias_list").problems)
    assert problem.cell == "B3"
    assert "не класс" in problem.message


@pytest.mark.parametrize("cross", ["X", "Х", "х"])
def test_crosses_are_marks_where_nothing_else_is(cross: str) -> None:
    extract = read(
        sheet(
            "Перечень школ с признаками необъективности, ВПР 2025",
            "ОО;4 класс;;5 класс;",
            ";русский язык;математика;русский язык;математика",
            f"МБОУ Лесная СОШ;{cross};;;{cross}",
            f"МБОУ Речная СОШ;;{cross};;",
        ),
        "bias_list",
    )
    assert [one.data for one in records(extract)] == [
        {"marker_4 РУ": 1, "marker_5 МА": 1},
        {"marker_4 МА": 1},
    ]
    assert errors(extract.problems) == []
    assert len(said(extract.problems, "прочитано как «да»")) == 3


def test_a_cross_beside_words_for_yes_is_not_guessed() -> None:
    rows = ("МБОУ Лесная СОШ;да", "МБОУ Речная СОШ;Х")
    made = sheet("Признаки необъективности ВПР 2025", "ОО;РУ4", *rows)
    (problem,) = errors(read(made, "bias_list").problems)
    assert problem.cell == "B4"


@pytest.mark.parametrize(
    "written", ["РУ4, МА5", "4 РУ; 5 МА", "РУ 4 и МА 5", "4PY\n5MA", "РУ4 МА5"]
)
def test_all_marks_of_a_school_in_one_cell(written: str) -> None:
    made = sheet(
        ["Школы с признаками необъективности, ВПР 2025"],
        ["№", "ОО", "Признаки"],
        [1, "МБОУ Лесная СОШ", written],
        [2, "МБОУ Речная СОШ", "МА4"],
    )
    extract = read(made, "bias_list")
    marks = {(one.ref.name if one.ref else "", *one.data) for one in records(extract)}
    assert marks == {
        ("МБОУ Лесная СОШ", "marker_4 РУ"),
        ("МБОУ Лесная СОШ", "marker_5 МА"),
        ("МБОУ Речная СОШ", "marker_4 МА"),
    }
    assert extract.problems == ()


def test_a_word_among_the_marks_of_a_cell_is_an_error() -> None:
    rows = ("МБОУ Лесная СОШ;РУ4, снято", "МБОУ Речная СОШ;МА4", "МБОУ Полевая СОШ;МА5")
    made = sheet("Школы с признаками необъективности, ВПР 2025", "ОО;Признаки", *rows)
    (problem,) = errors(read(made, "bias_list").problems)
    assert (problem.cell, "«снято»" in problem.message) == ("B3", True)


def test_a_grade_after_a_comma_belongs_to_the_subject_before_it() -> None:
    rows = (
        ["МБОУ Лесная СОШ", "русский язык 4 класс; русский язык 5 класс"],
        ["МБОУ Речная СОШ", "математика, 4 класс"],
        ["МБОУ Полевая СОШ", "МА(5)"],
    )
    made = sheet(["Школы с признаками необъективности, ВПР 2025"], ["ОО", "Предмет, класс"], *rows)
    extract = read(made, "bias_list")
    marks = {(one.ref.name if one.ref else "", *one.data) for one in records(extract)}
    assert marks == {
        ("МБОУ Лесная СОШ", "marker_4 РУ"),
        ("МБОУ Лесная СОШ", "marker_5 РУ"),
        ("МБОУ Речная СОШ", "marker_4 МА"),
        ("МБОУ Полевая СОШ", "marker_5 МА"),
    }
    assert extract.problems == ()


def test_of_two_subjects_before_one_grade_the_first_is_told() -> None:
    rows = ("МБОУ Лесная СОШ;русский язык, математика 4 класс", "МБОУ Речная СОШ;МА4", "ОШ 5;МА5")
    made = sheet("Школы с признаками необъективности, ВПР 2025", "ОО;Признаки", *rows)
    extract = read(made, "bias_list")
    assert [problem.cell for problem in errors(extract.problems)] == ["B3"]


def test_a_row_of_bias_that_says_there_is_none() -> None:
    made = sheet(
        "Перечень школ с признаками необъективности результатов ВПР-2024",
        "№;Наименование ОО;Класс;Предмет;Маркер;Приказ",
        "1;МБОУ Лесная СОШ;4;Математика;завышение;",
        "2;МБОУ Речная СОШ;5;Русский язык;нет;",
        "3;МБОУ Полевая СОШ;5;Русский язык;–;",
    )
    extract = read(made, "bias_list")
    assert [list(one.data) for one in records(extract)] == [["marker_4 МА"]]
    (told,) = extract.problems
    assert "«Маркер»: признака нет" in told.message
