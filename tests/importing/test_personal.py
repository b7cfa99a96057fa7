"""Personal data is recognised by title and by content, dropped, and the report says so."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from app.models.enums import RecordKind, Severity
from app.services.importing.facts import Block, Extract, Problem, RecordFact
from app.services.importing.grid import CellValue, Sheet
from app.services.importing.paragraphs import about_paragraphs
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
    rows: list[list[CellValue]] = [
        ["Всего", 3],
        ["Директор", NAMES[0]],
        ["Дети", NAMES[1]],
        ["", NAMES[2]],
    ]
    made = without_personal(Sheet("Лист1", rows), extract({"pupils": "$B$1"}, "1"))
    assert found(made) == [(1, 1)]


def test_one_signature_is_no_column() -> None:
    rows: list[list[CellValue]] = [
        ["Школа", "Всего", None],
        ["СОШ № 5", 3, None],
        ["Исполнитель", None, NAMES[0]],
    ]
    made = without_personal(Sheet("Лист1", rows), extract({"name": "A", "pupils": "B"}, "2"))
    assert made.personal == ()


def test_problems_do_not_quote_people() -> None:
    quoted = Problem(Severity.ERROR, f"стоит текст «{NAMES[0]}» вместо числа.", cell="B2", row=2)
    made = without_personal(Sheet("Лист1", []), extract({"pupils": "B"}, "2", quoted))
    assert made.problems[0].message == "стоит текст «…» вместо числа."


def test_a_sheet_without_people_stays_as_it_is() -> None:
    before = extract({"name": "A", "pupils": "B"}, "2")
    rows: list[list[CellValue]] = [["Школа", "Всего", "Дата"], ["СОШ № 5", 3, date(2025, 10, 1)]]
    assert without_personal(Sheet("Лист1", rows), before) == before


TITLED = {"name": "A", "pupils": "B"}


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("Список (ФИО)", "Пробная П., 2013 г.р."),
        ("Фамилии неуспевающих", "Образцов"),
        ("Ученики, получившие «2»", "Пробная П., Образцов О."),
        ("Учащиеся, не сдавшие работу", "Пробная Проба"),
        ("Учитель", "Примерова П.П."),
        ("Учитель-предметник", "Примерова"),
        ("Классный руководитель", "Примерова Прима"),
    ],
)
def test_columns_of_names_by_title_and_content(title: str, cell: str) -> None:
    rows: list[list[CellValue]] = [
        ["Школа", "Всего", title],
        ["СОШ № 5", 3, cell],
        ["СОШ № 6", 4, None],
    ]
    made = without_personal(Sheet("Лист1", rows), extract(TITLED, "2-3"))
    assert found(made) == [(2, 1)]
    assert f"«{title}»" in made.problems[0].message


def test_names_with_initials_under_any_title() -> None:
    rows: list[list[CellValue]] = [
        ["Школа", "Всего", "Прим."],
        ["СОШ № 5", 3, "Пробная П."],
        ["№ 6", 4, "Образцов О. О."],
    ]
    made = without_personal(Sheet("Лист1", rows), extract(TITLED, "2-3"))
    assert found(made) == [(2, 1)]
    assert "фамилии с инициалами" in made.problems[0].message


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Ученики, получившие «2»", (3, 5)),
        ("Учителя", (12, "нет")),
        ("Список школ", ("МБОУ Красный Маяк", "СОШ № 6")),
        ("Примечание", ("Исп. Образцов О.О.", "Начальник отдела Примерова П.П.")),
    ],
)
def test_figures_and_signatures_are_no_names(
    title: str, cells: tuple[CellValue, CellValue]
) -> None:
    rows: list[list[CellValue]] = [
        ["Школа", "Всего", title],
        ["СОШ № 5", 3, cells[0]],
        ["СОШ № 6", 4, cells[1]],
    ]
    assert without_personal(Sheet("Лист1", rows), extract(TITLED, "2-3")).personal == ()


def test_a_note_that_names_pupils_is_dropped_alone() -> None:
    rows: list[list[CellValue]] = [
        ["ВПР 2025. Двоечники: Пробная Проба", None],
        ["Школа", "Всего"],
        ["СОШ № 5", 3],
        ["Не сдали: Пробная Проба (5А), Образцов О.", None],
        ["Начальник управления Примерова П.П.", None],
        ["Всего обучающихся Пробного района: 3", None],
    ]
    made = without_personal(Sheet("Лист1", rows), extract(TITLED, "3"))
    assert [(one.column, one.first_row, one.alone) for one in made.personal] == [
        (0, 0, True), (0, 3, True)
    ]  # fmt: skip
    assert "имена учеников" in made.problems[0].message


def word(path: Path, *paragraphs: str) -> Path:
    """Write a document of paragraphs around a table."""
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Пробная П.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("word/document.xml", f"<w:document>{table}{body}</w:document>")
    return path


def test_paragraphs_that_name_pupils_are_told_and_others_are_not(tmp_path: Path) -> None:
    read = [extract(TITLED, "2")]
    named = word(tmp_path / "1.docx", "Не сдали: Пробная Проба (СОШ № 1)", "Итого 3")
    told = about_paragraphs(named, "docx", (), read)
    assert told is not None
    assert "названы ученики" in told.message
    plain = word(tmp_path / "2.docx", "Справка о результатах", "Начальник отдела Примерова П.П.")
    assert about_paragraphs(plain, "docx", (), read) is None
    assert about_paragraphs(named, "docx", (), [Extract(())]) is None
    page = Sheet("Таблица 1", [], before=("Получили «2»: Образцов О., Пробная П.",))
    assert about_paragraphs(named, "html", [page], read) is not None
