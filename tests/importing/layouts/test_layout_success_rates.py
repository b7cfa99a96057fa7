"""Tables of schools that give success and quality alone: the number of «2» follows from success."""

from __future__ import annotations

import pytest

from app.models.enums import AssessmentKind
from app.services.importing.facts import Procedure, RecordFact, ReferenceFact
from app.services.importing.layouts import best_layout
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
    assert total.participants == 22
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
