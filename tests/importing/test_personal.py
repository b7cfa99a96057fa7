"""Personal data is recognised by title and by content, dropped, and the report says so."""

from __future__ import annotations

from datetime import date

from app.models.enums import RecordKind, Severity
from app.services.importing.facts import Block, Extract, Problem, RecordFact
from app.services.importing.grid import Sheet
from app.services.importing.personal import without_personal
from tests.importing.loads import ref

NAMES = ("Пробная Проба Пробовна", "Образцов Образец Образцович", "Примерова Прима Примовна")


def extract(columns: dict[str, str], rows: str, *problems: Problem) -> Extract:
    """Return an extract whose figures stand in these columns and rows."""
    fact = RecordFact(RecordKind.PASSPORT, 2025, {"pupils": 3}, rows, ref=ref("СОШ № 5"))
    return Extract((Block("Лист1", columns, (fact,)),), problems, 1)


def found(made: Extract) -> list[tuple[int, int]]:
    """Return column and first row of each personal column."""
    return [(one.column, one.first_row) for one in made.personal]


def test_titles_and_contents_below_them() -> None:
    sheet = Sheet("Лист1", [
        ["Школа", "Всего", "Прочее", "Учёт", "ФИО ребёнка", "Родился", "Связь"],
        ["СОШ № 5", 3, NAMES[0], "112-233-445 95", "Кто-то", date(2012, 3, 1), "8 (900) 000-00-00"],
        ["СОШ № 6", 4, NAMES[1], None, "Ещё кто-то", date(2013, 4, 2), "+7 900 000 00 01"],
        ["СОШ № 7", 5, NAMES[2], None, "И ещё", "05.06.2011", "нет"],
    ])  # fmt: skip
    made = without_personal(sheet, extract({"name": "A", "pupils": "B"}, "2-4"))
    assert found(made) == [(2, 1), (3, 1), (4, 1), (5, 1), (6, 1)]
    (problem,) = made.problems
    assert problem.severity is Severity.WARNING
    for word in ("фамилии", "СНИЛС", "«ФИО ребёнка»", "даты рождения", "телефоны"):
        assert word in problem.message
    assert problem.cell == "C2, D2, E2, F2, G2"


def test_a_director_is_not_a_pupil() -> None:
    rows = [["Школа", "Директор"], ["СОШ № 5", NAMES[0]], ["СОШ № 6", NAMES[1]]]
    made = without_personal(Sheet("Лист1", rows), extract({"name": "A", "director": "B"}, "2-3"))
    assert (made.personal, made.problems) == ((), ())


def test_a_list_of_children_below_a_form() -> None:
    rows = [["Всего", 3], ["Директор", NAMES[0]], ["Дети", NAMES[1]], ["", NAMES[2]]]
    made = without_personal(Sheet("Лист1", rows), extract({"pupils": "$B$1"}, "1"))
    assert found(made) == [(1, 1)]


def test_one_signature_is_no_column() -> None:
    rows = [["Школа", "Всего", None], ["СОШ № 5", 3, None], ["Исполнитель", None, NAMES[0]]]
    made = without_personal(Sheet("Лист1", rows), extract({"name": "A", "pupils": "B"}, "2"))
    assert made.personal == ()


def test_problems_do_not_quote_people() -> None:
    quoted = Problem(Severity.ERROR, f"стоит текст «{NAMES[0]}» вместо числа.", cell="B2", row=2)
    made = without_personal(Sheet("Лист1", []), extract({"pupils": "B"}, "2", quoted))
    assert made.problems[0].message == "стоит текст «…» вместо числа."


def test_a_sheet_without_people_stays_as_it_is() -> None:
    before = extract({"name": "A", "pupils": "B"}, "2")
    rows = [["Школа", "Всего", "Дата"], ["СОШ № 5", 3, date(2025, 10, 1)]]
    assert without_personal(Sheet("Лист1", rows), before) == before
