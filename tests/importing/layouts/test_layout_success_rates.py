"""Tables of schools that give success and quality alone: the number of «2» follows from success."""

from __future__ import annotations

import pytest

from app.models.enums import AssessmentKind
from app.services.importing.checking import check
from app.services.importing.facts import Extract, Procedure, RecordFact, ReferenceFact
from app.services.importing.layouts import best_layout, success_rates
from tests.importing.layouts.layout_sheets import errors, read, results, said, sheet

HEAD = "Школа;Писали;Успеваемость, %;Качество знаний, %"
VPR = "ВПР 2025. Математика. 5 класс"


@pytest.mark.parametrize(
    ("title", "kind", "grade"),
    [
        (VPR, AssessmentKind.VPR, 5),
        ("Итоги ОГЭ 2025 года, математика", AssessmentKind.OGE, 9),
    ],
)
def test_the_number_of_twos_follows_from_success(
    title: str, kind: AssessmentKind, grade: int
) -> None:
    rows = ("СОШ № 7;12;75;25", "СОШ № 8;10;100;60", "Итого;22;86,4;40,9")
    extract = read(sheet(title, HEAD, *rows), "success_rates")
    found = results(extract)
    assert [fact.procedure for fact in found] == [Procedure(kind, 2025, "Математика", grade)] * 2
    assert [(one.marks.participants, one.marks.below, one.marks.n2) for one in found] == [
        (12, 3, None),
        (10, 0, None),
    ]
    assert extract.blocks[0].cell("below", "3") == "C3"
    (total,) = [one for one in extract.blocks[0].facts if isinstance(one, ReferenceFact)]
    assert (total.participants, total.p2) == (22, 13.6)
    assert extract.blocks[0].cell("p2", total.rows) == "C5"
    assert check(extract) == ()
    (told,) = extract.problems
    assert said([told], "Отметок в таблице нет")[0].cell == "C2"


@pytest.mark.parametrize("cells", ["75%;25%", "0.75;0.25"])
def test_shares_with_the_sign_and_parts_of_one(cells: str) -> None:
    rows = (f"СОШ № 7;12;{cells}", "СОШ № 8;10;100%;60%" if "%" in cells else "СОШ № 8;10;1;0.6")
    extract = read(sheet(VPR, HEAD, *rows), "success_rates")
    assert [one.marks.below for one in results(extract)] == [3, 0]


def test_grades_and_subjects_in_columns() -> None:
    rows = ("5;Русский язык;СОШ № 7;12;75;25", "6;Математика;СОШ № 7;8;50;25")
    made = sheet("ВПР 2025", f"Класс;Предмет;{HEAD}", *rows)
    extract = read(made, "success_rates")
    assert [(one.procedure.subject, one.procedure.grade, one.marks.below) for one in
            results(extract)] == [("Русский язык", 5, 3), ("Математика", 6, 4)]  # fmt: skip
    assert not any(isinstance(fact, RecordFact) for b in extract.blocks for fact in b.facts)


def test_success_of_a_term_is_no_assessment() -> None:
    assert (
        best_layout(sheet("Итоги 2 четверти, 5 класс, математика", HEAD, "СОШ № 7;9;90;3")) is None
    )


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("97", "при 12 участниках успеваемость 97 % не бывает"),
        ("130", "успеваемость 130 % не бывает"),
        ("", "успеваемость не указана"),
        ("1", "это 1 % или 100 %, не видно"),
        ("чушь", "стоит текст"),
    ],
)
def test_success_that_cannot_be_keeps_its_row_out(cell: str, message: str) -> None:
    made = sheet(VPR, HEAD, f"СОШ № 7;12;{cell};25", "СОШ № 8;10;100;60")
    extract = read(made, "success_rates")
    assert [one.ref.name for one in results(extract)] == ["СОШ № 8"]
    (wrong,) = errors(extract.problems)
    assert (wrong.cell, message in wrong.message) == ("C3", True)


def test_marks_beside_success_are_read_as_marks() -> None:
    made = sheet(VPR, "Школа;Писали;2;3;4;5;Успеваемость;Качество", "СОШ № 7;10;1;4;4;1;90;50")
    found = best_layout(made)
    assert found is not None
    assert found[0].key == "fisoko_marks"


def taken(extract: Extract) -> list[tuple[str, str, int, int | None]]:
    """Return the assessment, the subject, the grade and the number of «2» of each result."""
    return [
        (one.procedure.kind.value, one.procedure.subject, one.procedure.grade, one.marks.below)
        for one in results(extract)
    ]


def test_every_table_of_the_sheet_has_its_own_titles() -> None:
    made = sheet(
        VPR, HEAD, "СОШ № 7;12;75;25",
        "6 класс, русский язык", "СОШ № 7;10;80;25",
        "Итоги ОГЭ 2025 года, математика", HEAD, "СОШ № 7;10;60;25",
        "Физика", "СОШ № 7;5;100;25",
    )  # fmt: skip
    extract = read(made, "success_rates")
    assert taken(extract) == [
        ("ВПР", "Математика", 5, 3),
        ("ВПР", "Русский язык", 6, 2),
        ("ОГЭ", "Математика", 9, 4),
        ("ОГЭ", "Физика", 9, 0),
    ]
    assert [one.cell for one in said(extract.problems, "Отметок в таблице нет")] == ["C2", "C7"]


def test_grade_of_an_exam_is_none_of_the_table_below() -> None:
    made = sheet(
        "ОГЭ 2025, математика", HEAD, "СОШ № 7;12;75;25", "ВПР 2025", HEAD, "СОШ № 7;10;80;25"
    )
    extract = read(made, "success_rates")
    assert taken(extract) == [("ОГЭ", "Математика", 9, 3)]
    assert "не найден класс" in errors(extract.problems)[0].message


def test_table_of_a_term_below_that_of_an_assessment_is_left_out() -> None:
    made = sheet(VPR, HEAD, "СОШ № 7;12;75;25", "Итоги 2 четверти", HEAD, "СОШ № 7;12;100;25")
    extract = read(made, "success_rates")
    assert taken(extract) == [("ВПР", "Математика", 5, 3)]
    assert said(extract.problems, "«Итоги 2 четверти» – не ВПР, не ОГЭ и не ЕГЭ")[0].cell == "A4"


def test_assessment_is_never_guessed() -> None:
    extract = success_rates.extract(sheet("5 класс, математика, 2025", HEAD, "СОШ № 7;12;75;25"))
    assert not results(extract)
    assert "Нигде не сказано, что это" in errors(extract.problems)[0].message


def test_total_over_several_subjects_and_classes_is_none_of_them() -> None:
    rows = ("5;Русский язык;СОШ № 7;12;75;25", "6;Математика;СОШ № 7;8;50;25")
    totals = ("Итого;;;20;65;25", ";;Всего;20;65;25")
    extract = read(sheet("ВПР 2025", f"Класс;Предмет;{HEAD}", *rows, *totals), "success_rates")
    assert len(results(extract)) == 2
    assert not errors(extract.problems)
    told = said(extract.problems, "Строка итога не говорит об одном предмете и классе")
    assert [one.cell for one in told] == ["A5:A6"]


@pytest.mark.parametrize("total", ["Итого;;;12;75;25", "5;Математика;Итого;12;75;25"])
def test_total_of_the_only_subject_is_its_own(total: str) -> None:
    made = sheet("ВПР 2025", f"Класс;Предмет;{HEAD}", "5;Математика;СОШ № 7;12;75;25", total)
    extract = read(made, "success_rates")
    (district,) = [f for b in extract.blocks for f in b.facts if isinstance(f, ReferenceFact)]
    assert (district.procedure.subject, district.p2) == ("Математика", 25.0)
    assert not errors(extract.problems)


@pytest.mark.parametrize("cells", ["0;0;0", "0;-;-", "0;;"])
def test_school_without_participants_has_no_result_and_holds_nobody(cells: str) -> None:
    extract = read(sheet(VPR, HEAD, "СОШ № 7;12;75;25", f"СОШ № 8;{cells}"), "success_rates")
    assert [one.ref.name for one in results(extract)] == ["СОШ № 7"]
    assert not errors(extract.problems)
    assert said(extract.problems, "«СОШ № 8»: участников нет, результата тоже")[0].cell == "B4"


def test_success_of_nobody_is_a_slip() -> None:
    extract = read(sheet(VPR, HEAD, "СОШ № 7;12;75;25", "СОШ № 8;0;75;0"), "success_rates")
    assert "при 0 участниках успеваемость 75 % не бывает" in errors(extract.problems)[0].message


@pytest.mark.parametrize(
    ("cells", "message", "cell"),
    [
        ("12;-;-", "успеваемость не указана", "C4"),
        ("12;175;-", "успеваемость 175 % не бывает", "C4"),
        ("12,5;75;-", "число участников не целое", "B4"),
        ("12;#ДЕЛ/0!;-", "строка не загружена", "C4"),
    ],
)
def test_total_that_says_nothing_holds_no_school(cells: str, message: str, cell: str) -> None:
    extract = read(sheet(VPR, HEAD, "СОШ № 7;12;75;25", f"Итого;{cells}"), "success_rates")
    assert len(results(extract)) == 1
    assert not errors(extract.problems)
    assert said(extract.problems, message)[0].cell == cell


def test_district_that_contradicts_its_schools_is_told() -> None:
    extract = read(sheet(VPR, HEAD, "СОШ № 7;12;75;25", "Итого;12;50;25"), "success_rates")
    (told,) = check(extract)
    assert "«2» 50 %, а по школам получается 25 %" in told.message
    assert told.cell == "C4"


def test_three_columns_under_a_title_between_are_rows() -> None:
    head = "Школа;Писали;Успеваемость, %"
    made = sheet(
        VPR, head, "СОШ № 7;12;75", "6 класс, русский язык", "СОШ № 7;10;80", "СОШ № 8;10;90%"
    )
    assert taken(read(made, "success_rates")) == [
        ("ВПР", "Математика", 5, 3),
        ("ВПР", "Русский язык", 6, 2),
        ("ВПР", "Русский язык", 6, 1),
    ]
