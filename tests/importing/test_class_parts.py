"""Files of single classes of a school: added, told, and never one in the place of another."""

from __future__ import annotations

import hashlib

import pytest

from app.models.enums import FileStatus, RecordKind
from app.services.importing import list_batches, undo
from app.services.importing.checking import check
from app.services.importing.grid import Sheet
from app.services.importing.layouts import best_layout
from app.services.importing.layouts.one_class import of_one_class
from app.services.importing.loaded import LoadedFile, LoadedSheet
from app.services.records import list_records
from app.services.results import list_results, sources
from app.services.workspace import Workspace
from tests.importing.layouts.layout_sheets import results, sheet
from tests.importing.loads import load, messages, plan_of, ref, register, school

SCHOOL = "МБОУ Полянская СОШ"
REGISTER = register("Реестр.xlsx", school(4, ref(SCHOOL, fisoko="edu700001")))
HEADER = "ОО;Кол-во участников;2;3;4;5"
A, B = "20;2;8;6;4", "10;1;4;3;2"
PUPILS = "ОО;Название ОО;Код участника;Класс;Вариант;1 (1б);Первичный балл;Отметка"


def file(path: str, made: Sheet) -> LoadedFile:
    """Return a file as reading it would give."""
    found = best_layout(made)
    assert found is not None
    layout = found[0]
    extract = of_one_class(made, layout.extract(made), (path.rpartition(".")[0],))
    problems = (*extract.problems, *check(extract))
    told = LoadedSheet(made.name, layout.key, layout.title, extract, problems)
    digest = hashlib.sha256(repr((path, made.rows)).encode()).hexdigest()
    return LoadedFile(path, 10, digest, "xlsx", (told,))


def of_class(title: str, figures: str, path: str = "", name: str = "Лист1") -> LoadedFile:
    """Return a table of one school under a title such as «5А класс»."""
    made = sheet(f"ВПР 2025. Биология. {title}", HEADER, f"{SCHOOL};{figures}", name=name)
    return file(path or f"{title} {figures[:2]}.xlsx", made)


def of_pupils(letter: str, *marks: int) -> LoadedFile:
    """Return a report by pupils whose rows say the class."""
    rows = (
        f"edu700001;{SCHOOL};{letter}{n};7{letter};1;1;{10 + mark};{mark}"
        for n, mark in enumerate(marks)
    )
    made = sheet("ВПР 2025 Физика 7 класс", "Предмет;Физика", PUPILS, *rows)
    return file(f"Ф1 {letter}.xlsx", made)


def stored(workspace: Workspace) -> tuple[int | None, ...]:
    """Return participants and marks 2, 3, 4, 5 in force."""
    (row,) = list_results(workspace)
    return row.participants, row.n2, row.n3, row.n4, row.n5


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (of_class("5А класс", A), of_class("5Б класс", B)),
        (of_class("5 «А» класс", A), of_class("5 Б класс", B)),
        (of_class("5 класс", A, "Биология 5А.xlsx"), of_class("5 класс", B, "Биология 5б.xlsx")),
        (of_class("5 класс", A, name="5А"), of_class("5 класс", B, name="5Б")),
    ],
)
def test_classes_of_two_files_are_added(
    workspace: Workspace, first: LoadedFile, second: LoadedFile
) -> None:
    load(workspace, REGISTER)
    report = load(workspace, first, second)
    assert stored(workspace) == (30, 3, 12, 9, 6)
    assert {one.status for one in report.files} == {FileStatus.IMPORTED}
    assert "сложены (5А, 5Б)" in messages(plan_of(report, second.path))
    (row,) = list_results(workspace)
    n2 = sources(workspace, row.id)["n2"]
    assert {n2.file, *(one.file for one in n2.also)} == {first.path, second.path}


def test_a_class_of_a_later_load_is_added_and_one_alone_is_told(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    alone = load(workspace, of_class("5А класс", A))
    assert stored(workspace) == (20, 2, 8, 6, 4)
    assert "одного класса (5А)" in messages(alone.files[0])
    load(workspace, of_class("5Б класс", B))
    assert stored(workspace) == (30, 3, 12, 9, 6)
    again = load(workspace, of_class("5А класс", A, "ещё раз.xlsx"))
    assert again.files[0].status is FileStatus.UNCHANGED
    load(workspace, of_class("5А класс", "20;4;6;6;4", "исправлен.xlsx"))
    assert stored(workspace) == (30, 5, 10, 9, 6)


def test_undoing_the_load_of_one_class_leaves_the_other(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(workspace, of_class("5А класс", A))
    load(workspace, of_class("5Б класс", B))
    undo(workspace, list_batches(workspace)[1].id)
    assert stored(workspace) == (10, 1, 4, 3, 2)


def test_a_class_never_takes_the_place_of_a_result_of_unknown_classes(
    workspace: Workspace,
) -> None:
    load(workspace, REGISTER, of_class("5 класс", A))
    report = load(workspace, of_class("5Б класс", "25;3;12;6;4"))
    assert stored(workspace) == (20, 2, 8, 6, 4)
    assert report.files[0].status is FileStatus.NEEDS_DECISION
    assert "Прежний результат не заменён" in messages(report.files[0])
    load(workspace, of_class("5А класс", A, "а.xlsx"), of_class("5Б класс", B, "б.xlsx"))
    assert stored(workspace) == (30, 3, 12, 9, 6)


def test_the_row_of_the_whole_grade_wins_over_its_class(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    whole, part = of_class("5 класс", "30;3;12;9;6"), of_class("5А класс", A)
    report = load(workspace, part, whole)
    assert stored(workspace) == (30, 3, 12, 9, 6)
    assert "взят результат всей параллели" in messages(plan_of(report, part.path))


def test_classes_that_cannot_be_added_or_contradict_each_other_wait(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(workspace, of_class("5А класс", A), of_class("5А класс", B), of_class("5Б класс", B))
    assert list_results(workspace) == ()


def test_scores_of_classes_stand_beside_each_other(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(workspace, of_pupils("А", 2, 3, 4))
    load(workspace, of_pupils("Б", 3, 3, 5, 5))
    assert stored(workspace) == (7, 1, 3, 1, 2)
    (record,) = list_records(workspace, RecordKind.SCORES)
    assert record.data == {
        "primary_7А": "12 – 1, 13 – 1, 14 – 1",
        "primary_7Б": "13 – 2, 15 – 2",
    }


@pytest.mark.parametrize(
    "title",
    ["5 класс", "5А и 5Б классы", "5А, Б", "5-е классы", "5 и 6 классы", "6А класс (сводка 5 кл.)"],
)
def test_what_names_no_class_of_the_grade_is_the_whole_grade(title: str) -> None:
    made = sheet(f"ВПР 2025. Биология. 5 класс. {title}", HEADER, f"{SCHOOL};{A}")
    found = best_layout(made)
    assert found is not None
    read = results(of_one_class(made, found[0].extract(made), ("Биология",)))
    assert [one.letter for one in read] == [""]


def test_a_report_with_several_classes_of_a_school_is_the_whole_grade() -> None:
    made = sheet(
        "ВПР 2025 Физика 7 класс",
        "Предмет;Физика",
        PUPILS,
        f"edu700001;{SCHOOL};1;7А;1;1;10;2",
        f"edu700001;{SCHOOL};2;7Б;1;1;10;3",
        "edu700002;МБОУ Заречная СОШ;3;7А;1;1;10;3",
    )
    found = best_layout(made)
    assert found is not None
    read = results(of_one_class(made, found[0].extract(made), ("Ф1 7А",)))
    assert [one.letter for one in read] == ["", ""]
