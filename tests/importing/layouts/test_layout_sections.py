"""One header over several tables: a row that is only a subject or a grade begins the next."""

from __future__ import annotations

import pytest

from tests.importing.layouts.layout_sheets import errors, numbers, read, results, sheet

MARKS = "ОО;Кол-во участников;2;3;4;5"
SUMMARY = "Код ОО;Школа;Всего участников;Средний балл;Не преодолели мин. порог чел."


@pytest.mark.parametrize("numbering", [(), ("1;2;3;4;5;6",)])
@pytest.mark.parametrize(
    "title", ["Результаты ВПР в 6-х классах в 2023-2024 учебном году",
              "ВПР 2024 по русскому языку и математике, 6 класс"],
)  # fmt: skip
def test_sections_of_bare_subjects_under_one_title(title: str, numbering: tuple[str, ...]) -> None:
    made = sheet(
        title, MARKS, *numbering,
        "Русский язык", "СОШ №1;20;2;8;6;4",
        "Математика", "СОШ №1;21;3;8;6;4",
    )  # fmt: skip
    extract = read(made, "fisoko_marks")
    found = [
        (one.procedure.year, one.procedure.subject, one.procedure.grade, *numbers(one))
        for one in results(extract)
    ]
    assert found == [
        (2024, "Русский язык", 6, 20, 2, 8, 6, 4),
        (2024, "Математика", 6, 21, 3, 8, 6, 4),
    ]
    assert not errors(extract.problems)
    where = [(block.columns["year"], block.columns["subject"]) for block in extract.blocks]
    first = 3 + len(numbering)
    assert where == [("$A$1", f"$A${first}"), ("$A$1", f"$A${first + 2}")]


def test_sections_of_bare_grades() -> None:
    made = sheet(
        "Результаты ВПР 2024, история", MARKS,
        "6 класс", "СОШ №1;20;2;8;6;4",
        "7-е классы", "СОШ №1;21;3;8;6;4",
    )  # fmt: skip
    found = results(read(made, "fisoko_marks"))
    assert [one.procedure.grade for one in found] == [6, 7]


def test_sections_of_a_summary_of_the_ege() -> None:
    made = sheet(
        "Сводная таблица результатов ЕГЭ 2025 года", SUMMARY,
        "Химия", "07101;СОШ №1;10;55;1",
        "Математика (профильная)", "07101;СОШ №1;12;56;2",
    )  # fmt: skip
    extract = read(made, "rcoi_summary")
    found = [(one.procedure.subject, one.marks.participants) for one in results(extract)]
    assert found == [("Химия", 10), ("Математика (профильная)", 12)]
    assert not errors(extract.problems)


def test_summary_with_the_subject_in_a_column() -> None:
    made = sheet(
        "Результаты ЕГЭ 2024", f"Предмет;{SUMMARY}",
        "Биология;07101;СОШ №1;10;55;1",
        ";07102;СОШ №2;11;55;1",
        "Химия;07101;СОШ №1;5;60;0",
        ";07102;СОШ №2;6;60;0",
        "ИТОГО;;;32;56;2",
    )  # fmt: skip
    extract = read(made, "rcoi_summary")
    found = [(one.procedure.subject, one.marks.participants) for one in results(extract)]
    assert found == [("Биология", 10), ("Биология", 11), ("Химия", 5), ("Химия", 6)]
    assert extract.blocks[0].cell("subject", "3") == "A3"
    assert not errors(extract.problems)


def test_summary_with_the_school_printed_once_over_its_subjects() -> None:
    made = sheet(
        "Результаты ЕГЭ 2024",
        "Школа;Предмет;Всего участников;Средний балл;Не преодолели мин. порог чел.",
        "СОШ №1;Биология;10;55;1", ";Химия;11;55;1",
        "СОШ №2;Биология;5;60;0", ";Химия;6;60;0",
    )  # fmt: skip
    found = {
        (one.ref.name, one.procedure.subject): one.marks.participants
        for one in results(read(made, "rcoi_summary"))
    }
    assert found == {
        ("СОШ №1", "Биология"): 10,
        ("СОШ №1", "Химия"): 11,
        ("СОШ №2", "Биология"): 5,
        ("СОШ №2", "Химия"): 6,
    }


def test_row_without_a_subject_waits_alone() -> None:
    made = sheet(
        "Результаты ЕГЭ 2024", f"Предмет;{SUMMARY}",
        "Биология;07101;СОШ №1;10;55;1",
        "Биология;07102;СОШ №2;11;55;1",
        ";07103;СОШ №3;5;60;0",
    )  # fmt: skip
    extract = read(made, "rcoi_summary")
    assert len(results(extract)) == 2
    (problem,) = errors(extract.problems)
    assert (problem.cell, problem.row) == ("A5", 5)


@pytest.mark.parametrize(
    ("mean", "subject"), [(55, "Математика (профильная)"), (4, "Математика (базовая)")]
)
def test_mean_score_tells_the_level_of_the_mathematics(mean: int, subject: str) -> None:
    extract = read(
        sheet("ЕГЭ 2023. Математика", SUMMARY, f"07101;СОШ №1;10;{mean};1"), "rcoi_summary"
    )
    assert [one.procedure.subject for one in results(extract)] == [subject]
    assert any("без уровня" in problem.message for problem in extract.problems)


def test_level_that_nothing_tells_is_asked() -> None:
    made = sheet(
        "ЕГЭ 2023", "Предмет: Математика",
        "Код ОО;Школа;Всего участников;Не преодолели мин. порог чел.", "07101;СОШ №1;10;1",
    )  # fmt: skip
    (problem,) = errors(read(made, "rcoi_summary").problems)
    assert "двух уровней" in problem.message
    assert "Математика (профильная)" in problem.hint
    assert problem.cell == "A2"


def test_mathematics_does_not_take_the_subject_of_the_section_above() -> None:
    made = sheet(
        "ЕГЭ 2025 года", SUMMARY,
        "Химия", "07101;СОШ №1;10;55;1",
        "Математика", "07101;СОШ №1;12;56;2",
    )  # fmt: skip
    found = [one.procedure.subject for one in results(read(made, "rcoi_summary"))]
    assert found == ["Химия", "Математика (профильная)"]


@pytest.mark.parametrize(
    ("title", "grade", "told"),
    [
        ("ВПР (осень 2022), 9 класс по программе 8 класса, математика", 8, True),
        ("ВПР 2020 (осень). Математика. 5 класс (по программе 4 класса)", 4, True),
        ("ВПР 2022 (осень) по программам 4-х классов. Математика", 4, False),
        ("ВПР 2022. Математика. 5 класс. Рабочая программа по математике", 5, False),
    ],
)
def test_work_of_the_programme_of_the_grade_before(title: str, grade: int, told: bool) -> None:
    extract = read(sheet(title, MARKS, "СОШ №1;20;2;8;6;4"), "fisoko_marks")
    assert [one.procedure.grade for one in results(extract)] == [grade]
    sentences = [one for one in extract.problems if f"взято как {grade} класс" in one.message]
    assert [one.cell for one in sentences] == ["A1"] * told


PASSED = "Школа;Кол-во участников;Преодолели минимальный порог, чел.;%;Средний балл"


def test_who_passed_tells_who_did_not() -> None:
    rows = ("СОШ №1;20;16;80;55", "СОШ №2;5;5;100;60", "СОШ №3;4;6;150;60")
    extract = read(sheet("ЕГЭ 2026. Русский язык", PASSED, *rows), "rcoi_summary")
    found = [(one.marks.participants, one.marks.below) for one in results(extract)]
    assert found == [(20, 4), (5, 0)]
    assert extract.blocks[0].cell("below", "3") == "C3"
    (problem,) = errors(extract.problems)
    assert problem.cell == "C5"
