"""Tables of a document or of a web page are read under the lines that title them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.enums import RecordKind
from app.services.importing import apply, discard, prepare
from app.services.importing.days_rules import ASIDE
from app.services.importing.facts import AppealFact, RecordFact, ResultFact
from app.services.importing.grid import Sheet, Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedFile
from app.services.importing.task import BookTask
from app.services.progress import NoProgress
from app.services.records import list_records
from app.services.results import list_results, sources
from app.services.workspace import Workspace
from tests.importing.layouts.layout_sheets import sheet
from tests.importing.word_tables import document
from tests.journeys.stick import SCHOOLS, register_rows, write_book

MARKS = ("Группы участников;Кол-во участников;2;3;4;5", "МКОУ СОШ №1;20;10;40;30;20")


def book(*tables: tuple[tuple[str, ...], tuple[str, ...]]) -> LoadedFile:
    """Return what tables give, each with the paragraphs above it."""
    sheets = tuple(
        Sheet(f"Таблица {number}", sheet(*rows).rows, before=before)
        for number, (before, rows) in enumerate(tables, start=1)
    )
    return load_book(
        BookTask("Отчёт.docx", 10, "0" * 64, Path("нет.docx")), Workbook("docx", sheets)
    )


def facts(file: LoadedFile) -> list[ResultFact]:
    return [
        fact
        for one in file.sheets
        for block in one.extract.blocks
        for fact in block.facts
        if isinstance(fact, ResultFact)
    ]


def test_year_grade_and_subject_of_the_paragraphs_and_rows_of_the_table() -> None:
    file = book((("ВПР 2025. 5 класс", "Предмет: Математика"), MARKS))
    (fact,) = facts(file)
    procedure = fact.procedure
    assert (procedure.year, procedure.subject, procedure.grade) == (2025, "Математика", 5)
    block = file.sheets[0].extract.blocks[0]
    assert fact.rows == "2"
    assert block.cell("n2", fact.rows) == "C2"
    assert block.cell("year", fact.rows) is None


def test_a_year_above_the_first_table_serves_the_later_ones() -> None:
    file = book(
        (("ВПР 2025. 5 класс", "Предмет: Математика"), MARKS),
        (("Предмет: Русский язык",), MARKS),
    )
    told = [(fact.procedure.year, fact.procedure.subject) for fact in facts(file)]
    assert told == [(2025, "Математика"), (2025, "Русский язык")]


def test_reports_of_schools_one_after_the_other_are_each_of_the_school_above_it() -> None:
    table = ("Класс;Предмет;Участников;2;3;4;5", "5;Физика;10;1;4;3;2")
    file = book(
        (("Результаты ВПР 2025 года", "МБОУ СОШ № 1"), table),
        (("МБОУ СОШ № 2",), table),
        (("МКОУ «Дальняя ООШ»",), table),
    )
    assert [(fact.ref.name, fact.procedure.year) for fact in facts(file)] == [
        ("МБОУ СОШ № 1", 2025), ("МБОУ СОШ № 2", 2025), ("МКОУ «Дальняя ООШ»", 2025),
    ]  # fmt: skip


def test_a_fault_names_the_cell_of_the_table() -> None:
    rows = (MARKS[0], "МКОУ СОШ №1;20;10;40;30;80")
    file = book((("ВПР 2025. 5 класс", "Предмет: Математика"), rows))
    bad = [problem for problem in file.sheets[0].problems if problem.row is not None]
    assert [problem.row for problem in bad] == [2]
    assert all(problem.cell and problem.cell.endswith("2") for problem in bad)


@pytest.mark.parametrize(
    "title",
    [
        "ОГЭ 2025. Пересдача",
        "ОГЭ 2025, резервный день",
        "Результаты основного государственного экзамена 2025 (резервный день)",
        "ГИА по программам основного общего образования, ОГЭ 2025. Дополнительный период",
        "Пересдача ОГЭ 2025 без учёта апелляций",
    ],
)
def test_a_retake_that_only_a_paragraph_names_is_marked(title: str) -> None:
    head = ("ОУ;Кол в-ков;Математика %;;;", ";;5;4;3;2", "МКОУ СОШ №1;10;10;20;50;20")
    file = book(((title,), head))
    (block,) = (b for b in file.sheets[0].extract.blocks if b.facts)
    assert block.columns[ASIDE] == "$A$1"


def test_a_document_goes_into_the_base(workspace: Workspace, tmp_path: Path) -> None:
    register = write_book(tmp_path / "Реестр.xlsx", register_rows())
    passport = (
        ("Школа", "Обучающихся всего", "из многодетных семей", "из неполных семей", "Опекаемые"),
        (SCHOOLS[0][0], "100", "10", "9", "1"),
    )
    marks = tuple(tuple(row.split(";")) for row in MARKS)
    titles = ("ВПР 2025. 5 класс", "Предмет: Математика")
    first = document(tmp_path / "1.docx", marks, before=titles)
    titles = ("Социальный паспорт", "2024/2025 уч. год")
    second = document(tmp_path / "2.docx", passport, before=titles)
    plan = prepare(workspace, [register, first, second], NoProgress())
    try:
        apply(workspace, plan, NoProgress())
    finally:
        discard(plan)
    (row,) = list_results(workspace)
    assert (row.participants, row.n2, row.year) == (20, 2, 2025)
    assert sources(workspace, row.id)["n2"].cell == "C2"
    (record,) = list_records(workspace, RecordKind.PASSPORT)
    assert (record.year, record.data["large_families"]) == (2025, 10)


_TABLE = (
    "<tr><th>Группы участников</th><th>Кол-во участников</th><th>2</th><th>3</th><th>4</th>"
    "<th>5</th></tr><tr><td>МКОУ СОШ №1</td><td>20</td><td>10</td><td>40</td><td>30</td>"
    "<td>20</td></tr></table>"
)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><h2>ВПР 2025. 5 класс</h2><p>Предмет: <b>Математика</b></p><table>{_TABLE}</html>",
        "<html><table><tr><td>ВПР 2025. 5 класс</td></tr><tr><td>Предмет: Математика</td></tr>"
        f"</table><table>{_TABLE}</html>",
        f"<html><table><caption>ВПР 2025. 5 класс. Математика</caption>{_TABLE}</html>",
    ],
)
def test_a_web_page_titles_its_table_in_its_own_ways(
    workspace: Workspace, tmp_path: Path, page: str
) -> None:
    register = write_book(tmp_path / "Реестр.xlsx", register_rows())
    path = tmp_path / "Отчёт.xls"
    path.write_bytes(page.encode("utf-8"))
    plan = prepare(workspace, [register, path], NoProgress())
    try:
        apply(workspace, plan, NoProgress())
    finally:
        discard(plan)
    (row,) = list_results(workspace)
    assert (row.participants, row.n2, row.year, row.subject) == (20, 2, 2025, "Математика")


@pytest.mark.parametrize("lines", [3, 6])
def test_a_form_of_figures_and_shares_is_a_passport_not_indicators(lines: int) -> None:
    every = (
        "№;Показатель;чел.;%", "1;Всего обучающихся;90;", "2;Из многодетных семей;18;20",
        "3;Из малообеспеченных семей;9;10", "4;Дети под опекой;3;3,3", "5;Сироты;0;0",
    )  # fmt: skip
    before = ("Социальный паспорт", "МКОУ Ручьевская ООШ", "2023/2024 учебный год")
    file = book((before, every[:lines]))
    assert [one.layout for one in file.sheets] == ["social_passport_form"]
    (fact,) = (fact for block in file.sheets[0].extract.blocks for fact in block.facts)
    assert isinstance(fact, RecordFact)
    assert (fact.year, fact.data["pupils"], fact.data["large_families"]) == (2024, 90, 18)


def test_indicators_with_a_share_alone_stay_indicators() -> None:
    rows = ("№;Показатель;%", "1;Доля школ с положительной динамикой;40", "2;Доля педагогов;17")
    file = book((("Целевые показатели программы на 2025 год",), rows))
    assert [one.layout for one in file.sheets] == ["indicators"]


def test_appeals_under_their_title_keep_the_rows_of_the_table() -> None:
    rows = (
        "№;Код ОО;Класс;Фамилия;Имя;Отчество;Состояние апелляции;Текущие;",
        ";;;;;;;Первичный балл;Оценка",
        "1;13450;9а;Первая;Ученица;Примеровна;удовлетворена;15;4",
    )
    file = book((("Экзамен: Математика(2026.06.02)",), rows))
    (fact,) = (fact for block in file.sheets[0].extract.blocks for fact in block.facts)
    assert isinstance(fact, AppealFact)
    assert (fact.rows, [one.row for one in fact.appeals]) == ("3", [3])
