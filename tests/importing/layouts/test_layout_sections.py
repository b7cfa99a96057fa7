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
