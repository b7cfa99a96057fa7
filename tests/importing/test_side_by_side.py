"""Several tables, or several subjects, beside each other on one sheet: all are read, none lost."""

from __future__ import annotations

import pytest

from app.models.enums import Severity
from app.services.importing.facts import Problem, ResultFact
from app.services.importing.grid import Sheet
from app.services.importing.loaded import LoadedFile
from tests.importing.layouts.layout_sheets import sheet
from tests.importing.test_other_works import book, one

MARKS = "ОО;Кол-во участников;2;3;4;5"
SUMMARY = "Код ОО;Школа;Всего участников;Средний балл;Не преодолели мин. порог чел."
TWO = "СОШ №1;20;2;8;6;4;;СОШ №1;21;3;8;6;4"


def found(file: LoadedFile) -> list[tuple[str, int, int]]:
    """Return subject, grade and participants of every result."""
    return [
        (fact.procedure.subject, fact.procedure.grade, fact.marks.participants)
        for read in file.sheets
        for block in read.extract.blocks
        for fact in block.facts
        if isinstance(fact, ResultFact)
    ]


def errors(file: LoadedFile) -> list[Problem]:
    """Return the errors of the sheets."""
    return [p for read in file.sheets for p in read.problems if p.severity is Severity.ERROR]


@pytest.mark.parametrize(
    "titles",
    [
        ("ВПР 2024. История. 5 класс;;;;;;;ВПР 2024. Биология. 5 класс",),
        ("ВПР 2024. 5 класс", "История;;;;;;;Биология"),
    ],
)
def test_tables_side_by_side_are_read_each_under_its_own_title(titles: tuple[str, ...]) -> None:
    file = one("а.xlsx", *titles, f"{MARKS};;{MARKS}", TWO)
    assert found(file) == [("История", 5, 20), ("Биология", 5, 21)]
    right = file.sheets[0].extract.blocks[1]
    row = str(len(titles) + 2)
    assert right.cell("n2", row) == f"J{row}"
    assert right.cell("name", row) == f"H{row}"
    assert not errors(file)


def test_statistics_of_the_fis_oko_side_by_side() -> None:
    header = "Группы участников;Кол-во участников;2;3;4;5"
    titles = "ВПР 2026. 4 класс. Окружающий мир;;;;;;;ВПР 2026. 4 класс. Русский язык"
    file = one("а.xlsx", titles, f"{header};;{header}", TWO)
    assert found(file) == [("Окружающий мир", 4, 20), ("Русский язык", 4, 21)]


def test_summaries_side_by_side_without_a_gap() -> None:
    file = one(
        "а.csv",
        "ЕГЭ 2024. Химия;;;;;ЕГЭ 2024. Биология",
        f"{SUMMARY};{SUMMARY}",
        "07101;СОШ №1;10;55;1;07101;СОШ №1;12;56;2",
    )
    assert found(file) == [("Химия", 11, 10), ("Биология", 11, 12)]


def test_table_beside_another_that_is_not_known_is_told() -> None:
    file = one("а.xlsx", "ВПР 2024. История. 5 класс", f"{MARKS};;ОО;Место;Кубок", TWO)
    assert found(file) == [("История", 5, 20)]
    (problem,) = errors(file)
    assert "не распознана" in problem.message
    assert problem.cell == "H2"


@pytest.mark.parametrize(
    ("title", "groups", "expected"),
    [
        ("Результаты ВПР 2024, 4 класс", ";Русский язык;;;;;Математика",
         [("Русский язык", 4, 20), ("Математика", 4, 21)]),
        ("Результаты ВПР 2024, история", ";6 класс;;;;;7 класс",
         [("История", 6, 20), ("История", 7, 21)]),
    ],
)  # fmt: skip
def test_groups_over_a_header_that_names_the_schools_itself(
    title: str, groups: str, expected: list[tuple[str, int, int]]
) -> None:
    header = f"{MARKS};Кол-во участников;2;3;4;5"
    file = one("а.xlsx", title, groups, header, "СОШ №1;20;2;8;6;4;21;3;8;6;4")
    assert found(file) == expected
    assert not errors(file)


def test_marks_under_a_title_that_is_no_subject_are_told() -> None:
    header = f"{MARKS};Кол-во участников;2;3;4;5;Кол-во участников;2;3;4;5"
    groups = ";Русский язык;;;;;Математика;;;;;Танцы"
    row = "СОШ №1;20;2;8;6;4;21;3;8;6;4;22;4;8;6;4"
    file = one("а.xlsx", "ВПР 2024, 4 класс", groups, header, row)
    assert len(found(file)) == 2
    (told,) = [p for p in file.sheets[0].problems if "«Танцы»" in p.message]
    assert told.cell == "L2"


def test_title_over_the_middle_of_a_plain_table_is_no_group() -> None:
    file = one("а.xlsx", ";;ВПР 2024, 4 класс, Русский язык", MARKS, "СОШ №1;20;2;8;6;4")
    assert found(file) == [("Русский язык", 4, 20)]
    assert file.sheets[0].layout == "fisoko_marks"


def test_subjects_side_by_side_under_a_paragraph_of_a_document() -> None:
    table = sheet(
        "ОО;Русский язык;;;Математика (профиль)",
        ";Кол-во участников;Средний балл;Не преодолели мин. порог, чел."
        ";Кол-во участников;Средний балл;Не преодолели мин. порог, чел.",
        "СОШ №1;10;55;1;8;60;1",
    )
    titled = Sheet(table.name, table.rows, before=("Результаты ЕГЭ-2024 по школам района",))
    file = book("справка.docx", titled, kind="docx")
    assert found(file) == [("Русский язык", 11, 10), ("Математика (профильная)", 11, 8)]
    assert file.sheets[0].extract.blocks[1].cell("below", "3") == "G3"
    assert not errors(file)


@pytest.mark.parametrize(
    ("groups", "expected", "cell"),
    [
        (";Математика;;;;;История", [("Математика (базовая)", 11, 20), ("История", 11, 21)], "B2"),
        (";Танцы;;;;;История", [("История", 11, 21)], "B2"),
    ],
)
def test_subject_over_the_right_columns_is_not_that_of_the_left(
    groups: str, expected: list[tuple[str, int, int]], cell: str
) -> None:
    header = f"{MARKS};Кол-во участников;2;3;4;5"
    file = one("а.xlsx", "ЕГЭ 2025", groups, header, "СОШ №1;20;2;8;6;4;21;3;8;6;4")
    assert found(file) == expected
    assert [problem.cell for problem in file.sheets[0].problems] == [cell]
