"""Summaries of exams with their subjects side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.importing.facts import ReferenceFact, ResultFact
from app.services.importing.grid import Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedFile, LoadedSheet
from app.services.importing.subject_columns import subject_columns
from app.services.importing.task import BookTask
from tests.importing.layouts.layout_sheets import errors, numbers, said, sheet

TITLE = "Результаты ЕГЭ 2025"
SUBJECTS = "ОО;Русский язык;;;Математика (профильная);;"
HEADER = ";Кол-во;Средний балл;Ниже порога;Кол-во;Средний балл;Ниже порога"


def book(*rows: str) -> LoadedFile:
    """Return what one table gives."""
    task = BookTask("отчёт.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    return load_book(task, Workbook("xlsx", (sheet(*rows),)))


def figures(one: LoadedSheet) -> list[tuple[str, str | None, int, int | None, str | None]]:
    """Return subject, its cell, participants, below and the cell of these for every result."""
    return [
        (
            fact.procedure.subject,
            block.cell("subject", fact.rows),
            fact.marks.participants,
            fact.marks.below,
            block.cell("below", fact.rows),
        )
        for block in one.extract.blocks
        for fact in block.facts
        if isinstance(fact, ResultFact)
    ]


def test_each_subject_is_read_from_its_own_columns() -> None:
    (one,) = book(
        TITLE, SUBJECTS, HEADER, "СОШ №1;12;55,2;1;3;64,4;0", "СОШ №2;8;50;2;;;",
        "Итого;20;53,1;3;3;64,4;0",
    ).sheets  # fmt: skip
    assert one.layout == "rcoi_summary"
    assert figures(one) == [
        ("Русский язык", "$B$2", 12, 1, "D4"),
        ("Русский язык", "$B$2", 8, 2, "D5"),
        ("Математика (профильная)", "$E$2", 3, 0, "G4"),
    ]
    totals = [
        (fact.procedure.subject, fact.participants)
        for block in one.extract.blocks
        for fact in block.facts
        if isinstance(fact, ReferenceFact)
    ]
    assert totals == [("Русский язык", 20), ("Математика (профильная)", 3)]
    assert errors(one.problems) == []


def test_a_title_that_names_the_subjects_does_not_make_all_of_the_first() -> None:
    header = HEADER.replace("Кол-во", "Участников")
    (one,) = book(
        f"{TITLE}. Русский язык, математика", SUBJECTS, header, "СОШ №1;9;55;1;3;64;0"
    ).sheets
    assert [found[0] for found in figures(one)] == ["Русский язык", "Математика (профильная)"]


def test_columns_of_no_known_subject_are_told() -> None:
    (one,) = book(
        TITLE, f"{SUBJECTS};Выбор 3;;", f"{HEADER};Кол-во;Средний балл;Ниже порога",
        "СОШ №1;9;55;1;3;64;0;5;50;1",
    ).sheets  # fmt: skip
    assert len(figures(one)) == 2
    assert said(one.problems, "«Выбор 3» не загружены")[0].cell == "H2"


def test_a_fault_stands_in_the_cell_of_its_subject() -> None:
    (one,) = book(TITLE, SUBJECTS, HEADER, "СОШ №1;9;55;1;3;чушь;0", "СОШ №2;9;55;1;3;60;0").sheets
    (error,) = errors(one.problems)
    assert (error.cell, error.row) == ("F4", 4)


def test_other_tables_are_left_alone() -> None:
    assert subject_columns(sheet(TITLE, SUBJECTS.replace("Русский язык", "2024"), HEADER)) is None
    assert subject_columns(sheet("Результаты 2025", SUBJECTS, HEADER)) is None
    marks = ";Кол-во;2;3;Кол-во;2;3"
    assert subject_columns(sheet(TITLE, "ОО;Русский язык;;;Физика;;", marks)) is None
    rows = sheet(TITLE, "ОО;Предмет;Участников", "СОШ №1;Физика;5", "СОШ №1;Химия;5")
    assert subject_columns(rows) is None


def test_a_school_that_did_not_sit_one_subject_is_no_remark() -> None:
    rows = ("СОШ №1;9;55;1;-;-;-", "СОШ №2;9;55;1;3;60;0", "Составил методист")
    (one,) = book(TITLE, SUBJECTS, HEADER, *rows).sheets
    assert len(figures(one)) == 3
    (told,) = said(one.problems, "Строки без данных")
    assert told.cell == "A6"


def marks_of(one: LoadedSheet) -> list[tuple[str, int | None, tuple[int | None, ...]]]:
    """Return subject, participants and the numbers of «2» to «5» of every result."""
    facts = [f for b in one.extract.blocks for f in b.facts if isinstance(f, ResultFact)]
    return [(f.procedure.subject, f.marks.participants, numbers(f)[1:]) for f in facts]


PHYSICS, CHEMISTRY = (10, (2, 4, 3, 1)), (12, (2, 4, 3, 3))


@pytest.mark.parametrize(
    ("title", "more", "of_physics", "of_chemistry"),
    [
        ("ОГЭ 2024", ";Средний балл;% усп.;% кач.", ";3,3;80;40", ";3,58;83,33;58,33"),
        ("ОГЭ 2024", ";Средний балл", ";3,3", ";3,58"),
        ("ВПР 2024. 6 класс", "", "", ""),
        ("ОГЭ 2023 года по физике и химии", ";% усп.;% кач.", ";80;40", ";83,33;58,33"),
    ],
)
def test_marks_of_subjects_under_titles_of_several_rows(
    title: str, more: str, of_physics: str, of_chemistry: str
) -> None:
    gap = ";" * more.count(";")
    (read,) = book(
        f"Итоги {title}",
        f"№;Школа;Физика;;;;{gap};Химия;;;;{gap}",
        f";;Всего сдавали;Получили отметку;;;{more};Всего сдавали;Получили отметку;;;{more}",
        f";;;«5»;«4»;«3»;«2»{gap};;«5»;«4»;«3»;«2»{gap}",
        f"1;СОШ № 1;10;1;3;4;2{of_physics};12;3;3;4;2{of_chemistry}",
    ).sheets
    assert not errors(read.problems)
    assert marks_of(read) == [("Физика", *PHYSICS), ("Химия", *CHEMISTRY)]


def test_counts_and_shares_of_marks_under_one_subject() -> None:
    (read,) = book(
        "Итоги ВПР 2024. 6 класс",
        "№;Школа;Физика;;;;;;;;;",
        ";;Писали;Получили отметки;;;;;;;;Ср. балл",
        ";;;«2»;;«3»;;«4»;;«5»;;",
        ";;;чел.;%;чел.;%;чел.;%;чел.;%;",
        "1;СОШ № 1;10;2;20;4;40;3;30;1;10;3,3",
    ).sheets
    assert not errors(read.problems)
    assert marks_of(read) == [("Физика", *PHYSICS)]
    assert [block.cell("n3", "6") for block in read.extract.blocks] == ["F6"]


def test_success_of_the_vpr_under_each_subject() -> None:
    (read,) = book(
        "ВПР 2024 года по физике и химии, 7 класс",
        "Школа;Физика;;;Химия;;",
        ";Писали;Усп.;Кач.;Писали;Усп.;Кач.",
        "СОШ № 1;20;90;50;22;100;60",
    ).sheets
    facts = [f for b in read.extract.blocks for f in b.facts if isinstance(f, ResultFact)]
    assert [(f.procedure.subject, f.marks.participants, f.marks.below) for f in facts] == [
        ("Физика", 20, 2), ("Химия", 22, 0),
    ]  # fmt: skip


def test_success_without_a_name_of_its_subject_is_told_of_the_columns_beside() -> None:
    (read,) = book(
        "ВПР 2024, физика, 7 класс",
        "Школа;Писали;Усп.;Кач.;Писали;Усп.;Кач.",
        "СОШ № 1;20;90;50;22;100;60",
    ).sheets
    assert "Столбцы E–G не загружены: такие же уже взяты из столбцов левее." in [
        one.message for one in read.problems
    ]
