"""What a table does not say and the name of its file or folder does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.models.enums import AssessmentKind, Severity
from app.services.importing.facts import RecordFact, ResultFact
from app.services.importing.grid import Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedFile
from app.services.importing.loading import Loader
from app.services.importing.path_titles import full_path, titles_of
from app.services.importing.stage import stage
from app.services.importing.task import BookTask
from app.services.importing.workers import Workers
from app.services.progress import NoProgress
from tests.importing.layouts.layout_sheets import sheet

MARKS = ("ОО;Кол-во участников;2;3;4;5", "МКОУ СОШ №1;20;10;40;30;20")


def book(path: str, *rows: str) -> LoadedFile:
    """Return what one table gives as a file of that path."""
    task = BookTask(path, 10, "0" * 64, Path("нет.xlsx"))
    return load_book(task, Workbook("xlsx", (sheet(*rows),)))


def procedures(file: LoadedFile) -> list[tuple[str, int, str, int]]:
    """Return assessment, year, subject and grade of every result."""
    found = [
        fact.procedure
        for one in file.sheets
        for block in one.extract.blocks
        for fact in block.facts
        if isinstance(fact, ResultFact)
    ]
    return [(str(one.kind), one.year, one.subject, one.grade) for one in found]


def warnings(file: LoadedFile) -> list[str]:
    """Return the warnings of the sheets."""
    return [
        problem.message
        for one in file.sheets
        for problem in one.problems
        if problem.severity is Severity.WARNING
    ]


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("ВПР 2025/8 класс Русский язык - отчёт.xlsx", ("2025 год", "8 класс", "Русский язык")),
        ("ВПР-2024_МА8.xlsx", ("2024 год", "8 класс", "Математика")),
        ("ОГЭ 2025/Математика.xlsx", ("2025 год", "Математика")),
        ("2024-2025/соцпаспорт.xlsx", ("2025 год",)),
        ("ВПР 2024/сравнение 2023 и 2025.xlsx", ("2024 год",)),
        ("ВПР 2024 и 2025, 5-8 классы.xlsx", ()),
        ("отчёт.xlsx", ()),
    ],
)
def test_what_a_path_says(path: str, titles: tuple[str, ...]) -> None:
    assert tuple(one.line.removeprefix("Предмет: ") for one in titles_of(path)[1]) == titles


def test_assessment_of_a_path() -> None:
    assert titles_of("ГИА-9/рус.xlsx")[0] is AssessmentKind.OGE
    assert titles_of("ВПР и ОГЭ.xlsx")[0] is None


def test_table_without_titles_is_read_by_its_path_and_the_person_is_told() -> None:
    file = book("ВПР 2025/8 класс Русский язык.xlsx", *MARKS)
    assert procedures(file) == [("ВПР", 2025, "Русский язык", 8)]
    block = file.sheets[0].extract.blocks[0]
    assert block.cell("n2", block.facts[0].rows) == "C2"
    assert any("год – 2025, класс – 8, предмет – Русский язык" in one for one in warnings(file))


def test_only_what_the_table_leaves_out_is_taken_from_the_path() -> None:
    file = book("ВПР 2024 5 класс Математика.xlsx", "Русский язык, 6 класс", *MARKS)
    assert procedures(file) == [("ВПР", 2024, "Русский язык", 6)]
    assert [one for one in warnings(file) if "файла" in one] == [
        "Над таблицей не сказано, взято из названия файла или папки: ВПР, год – 2024."
    ]


def test_a_table_with_titles_of_its_own_is_not_changed_by_its_path() -> None:
    file = book("ВПР 2024/5 класс.xlsx", "ВПР 2025. 6 класс", "Предмет: Математика", *MARKS)
    assert procedures(file) == [("ВПР", 2025, "Математика", 6)]
    assert not any("файла" in one for one in warnings(file))


def test_what_neither_says_is_still_asked_for() -> None:
    file = book("Русский язык 8 класс.xlsx", *MARKS)
    assert procedures(file) == []
    assert any("не найден год" in problem.message for problem in file.sheets[0].problems)


@pytest.mark.parametrize(
    ("path", "title", "procedure"),
    [
        ("ОГЭ 2025/м.xlsx", "9 класс, Математика 2025", ("ОГЭ", 2025, "Математика", 9)),
        ("ЕГЭ/история.xlsx", "История 11 класс 2025", ("ЕГЭ", 2025, "История", 11)),
        ("ГИА-9/м.xlsx", "ВПР 2025. 8 класс. Математика", ("ВПР", 2025, "Математика", 8)),
    ],
)
def test_exam_that_only_the_path_names_is_no_vpr(
    path: str, title: str, procedure: tuple[str, int, str, int]
) -> None:
    assert procedures(book(path, title, *MARKS)) == [procedure]


BY_CLASS = ("ОО;Класс;Кол-во участников;2;3;4;5", "МКОУ СОШ №1;5;20;10;40;30;20")


@pytest.mark.parametrize(
    ("path", "rows", "found"),
    [
        ("ОГЭ/м.xlsx", ("5 класс, математика, 2024", *MARKS), ("ВПР", 2024, "Математика", 5)),
        ("ОГЭ/м.xlsx", ("Математика, 2024", *BY_CLASS), ("ВПР", 2024, "Математика", 5)),
        (
            "Пробный ОГЭ/м.xlsx",
            ("ВПР и пробный ОГЭ. 9 класс, математика, 2024", *MARKS),
            ("ВПР", 2024, "Математика", 9),
        ),
        ("ОГЭ 2024/м.xlsx", ("5 класс, математика", *MARKS), None),
        ("ОГЭ 2024/5 класс математика.xlsx", MARKS, None),
        ("ОГЭ 2024/математика.xlsx", BY_CLASS, None),
    ],
)
def test_an_exam_of_the_path_does_not_overrule_the_table(
    path: str, rows: tuple[str, ...], found: tuple[str, int, str, int] | None
) -> None:
    file = book(path, *rows)
    assert procedures(file) == ([found] if found else [])
    assert found or any(problem.severity is Severity.ERROR for problem in file.sheets[0].problems)


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("ВПР 2025", "ВПР 2025/РУ5.xlsx"),
        ("2024-2025", "2024-2025/РУ5.xlsx"),
        ("Соцпаспорта 2025", "Соцпаспорта 2025/РУ5.xlsx"),
        ("Стик 2026", "РУ5.xlsx"),
        ("", "РУ5.xlsx"),
    ],
)
def test_folder_that_is_brought_in_counts_where_it_says_what_it_holds(
    folder: str, path: str
) -> None:
    assert full_path(folder, "РУ5.xlsx") == path


def test_year_of_the_very_folder_that_is_brought_in(tmp_path: Path) -> None:
    brought = tmp_path / "ВПР 2025"
    brought.mkdir()
    (brought / "РУ5.csv").write_text("\n".join(MARKS), encoding="utf-8")
    with stage([brought], NoProgress()) as staged, Workers(NoProgress()) as workers:
        file = Loader(workers).load(staged.files[0])
    assert procedures(file) == [("ВПР", 2025, "Русский язык", 5)]
    assert any("год – 2025" in one for one in warnings(file))


def test_file_brought_in_alone_has_no_folder(tmp_path: Path) -> None:
    (tmp_path / "РУ5.csv").write_text("\n".join(MARKS), encoding="utf-8")
    with stage([tmp_path / "РУ5.csv"], NoProgress()) as staged:
        assert [one.folder for one in staged.files] == [""]


def test_level_that_the_path_leaves_out_too_is_the_only_thing_asked() -> None:
    header = "Код ОО;Школа;Всего участников;Не преодолели мин. порог чел."
    path = "математика без резерва ЕГЭ 2024.xlsx"
    file = book(path, "Результаты экзамена", header, "07101;СОШ №1;10;1")
    problems = file.sheets[0].problems
    (asked,) = [one for one in problems if one.severity is Severity.ERROR]
    assert "двух уровней" in asked.message
    assert any("год – 2024" in one for one in warnings(file))
    assert procedures(file) == []


def test_merged_areas_move_with_the_rows_under_the_words_of_the_path() -> None:
    rows = (
        "Предмет;Школа;Всего участников;Средний балл;Не преодолели мин. порог чел.",
        "Химия;СОШ №1;10;55;1", ";СОШ №2;11;56;1", ";СОШ №3;12;57;1",
        "История;СОШ №1;13;55;1", ";СОШ №2;14;56;1", ";СОШ №3;15;57;1",
    )  # fmt: skip
    table = replace(sheet(*rows), merged=((1, 0, 3, 0), (4, 0, 6, 0)))
    task = BookTask("ЕГЭ 2026.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    found = procedures(load_book(task, Workbook("xlsx", (table,))))
    assert sorted({one[2] for one in found}) == ["История", "Химия"]
    assert len(found) == 6


PASSPORT = ("Социальный паспорт", "Показатель;Человек", "Всего обучающихся;50", "ОВЗ;4")


def schools(file: LoadedFile) -> list[str | None]:
    """Return how the facts of the sheets name their schools."""
    facts = [fact for one in file.sheets for block in one.extract.blocks for fact in block.facts]
    return [
        fact.ref.name for fact in facts if isinstance(fact, (ResultFact, RecordFact)) and fact.ref
    ]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("2025/МКОУ Лесная СОШ.xlsx", "МКОУ Лесная СОШ"),
        ("2025/соцпаспорт Лесная ООШ 2025.xlsx", "Лесная ООШ"),
        ("соцпаспорт_СОШ № 5_2024-2025.xlsx", "СОШ № 5"),
        ("2025/Соцпаспорт гимназии № 2 (испр).xlsx", "гимназии № 2"),
        ("2025/МБОУ СОШ с. Речное/паспорт.xlsx", "МБОУ СОШ с. Речное"),
    ],
)
def test_school_of_a_passport_that_does_not_name_it_is_that_of_its_file(
    path: str, name: str
) -> None:
    file = book(path, "2024-2025 учебный год", *PASSPORT)
    assert schools(file) == [name]
    assert [one for one in warnings(file) if "файла" in one] == [
        f"Над таблицей не сказано, взято из названия файла или папки: школа – «{name}»."
    ]
    assert file.sheets[0].extract.blocks[0].cell("name", "4") is None


@pytest.mark.parametrize(
    "path", ["2025/Школы района.xlsx", "2025/гимназия.xlsx", "2025/СОШ № 1 и СОШ № 2.xlsx"]
)
def test_a_file_that_names_no_one_school_leaves_the_passport_waiting(path: str) -> None:
    file = book(path, *PASSPORT)
    assert schools(file) == []
    assert any("не найдено название школы" in one.message for one in file.sheets[0].problems)


def test_school_of_the_sheet_is_nearer_than_that_of_the_file() -> None:
    task = BookTask("2025/МБОУ СОШ № 1.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    sheets = (
        replace(sheet("2024-2025 учебный год", *PASSPORT), name=name)
        for name in ("СОШ № 3", "Лист2")
    )
    file = load_book(task, Workbook("xlsx", tuple(sheets)))
    assert schools(file) == ["СОШ № 3", "МБОУ СОШ № 1"]
    assert "взято из названия листа: школа – «СОШ № 3»" in warnings(file)[0]


REPORT = ("Предмет;Класс;Участников;2;3;4;5", "Математика;5;20;10;40;30;20")


def test_results_of_the_school_that_only_the_file_names() -> None:
    file = book("отчёты/МКОУ Лесная СОШ.xlsx", "Результаты ВПР 2025 года", *REPORT)
    assert procedures(file) == [("ВПР", 2025, "Математика", 5)]
    assert schools(file) == ["МКОУ Лесная СОШ"]


def test_rows_that_name_schools_are_not_of_the_school_of_the_file() -> None:
    rows = ("Кто писал;Класс;Участников;2;3;4;5", "СОШ № 2;5;20;10;40;30;20", "СОШ № 3;5;9;1;4;4;0")
    file = book("от МКОУ Лесная СОШ.xlsx", "ВПР 2025. Математика", *rows)
    assert schools(file) == []
