"""Several grades side by side over marks of the one subject that the titles name."""

from __future__ import annotations

from app.services.importing.layouts import best_layout
from tests.importing.layouts.layout_sheets import errors, numbers, read, results, sheet

HEADER = ("ОО;7 класс;;;;;8 класс;;;;", ";Кол-во;2;3;4;5;Кол-во;2;3;4;5")
ROW = "МБОУ СОШ №1;10;1;2;3;4;8;2;2;2;2"


def test_each_grade_is_a_procedure_of_the_subject_above() -> None:
    extract = read(
        sheet("Результаты ВПР по предмету «Русский язык», 2025", *HEADER, ROW), "oge_schools"
    )
    found = {
        (fact.procedure.grade, block.cell("grade", fact.rows), block.cell("n2", fact.rows)): fact
        for block in extract.blocks
        for fact in results(extract)
        if fact in block.facts
    }
    assert {place: (str(f.procedure.kind), f.procedure.subject, f.procedure.year, numbers(f))
            for place, f in found.items()} == {
        (7, "$B$2", "C4"): ("ВПР", "Русский язык", 2025, (10, 1, 2, 3, 4)),
        (8, "$G$2", "H4"): ("ВПР", "Русский язык", 2025, (8, 2, 2, 2, 2)),
    }  # fmt: skip
    assert errors(extract.problems) == []


def test_a_title_with_both_grades_does_not_make_the_first_group_of_the_last() -> None:
    header = tuple(one.replace("Кол-во", "Писали") for one in HEADER)
    extract = read(sheet("ВПР 2025, русский язык, 7 и 8 классы", *header, ROW), "oge_schools")
    assert [fact.procedure.grade for fact in results(extract)] == [7, 8]


def test_grades_over_no_known_subject_are_not_guessed() -> None:
    assert best_layout(sheet("Результаты 2025", *HEADER, ROW)) is None
