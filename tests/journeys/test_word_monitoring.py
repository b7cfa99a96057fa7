"""The table предмет–критерий–показатели–инструменты–источники of Word and Excel files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from app.services import cycle, importing, programmes
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.importing.word_tables import document

Rows = Sequence[Sequence[str]]
HEAD = ["Предмет мониторинга", "Критерии", "Показатели", "Инструменты", "Источники информации"]
ROWS = [
    ["Результаты обучения", "Доля «2»", "ВПР, ОГЭ", "Анализ", "ФИС ОКО"],
    ["", "Динамика", "Два года", "Сравнение", "Протоколы"],
    ["Условия", "Кадры", "Вакансии", "Опрос", "Школы района"],
]


def load(workspace: Workspace, path: Path) -> tuple[list[str], int | None]:
    plan = importing.prepare(workspace, [path], NoProgress())
    said = [one.message for file in plan.files for one in file.findings]
    assert [file.layout for file in plan.files] == ["monitoring"], said
    return said, importing.apply(workspace, plan, NoProgress()).batch_id


def stored(workspace: Workspace) -> list[list[str]]:
    (programme,) = programmes.list_programmes(workspace)
    return [
        [getattr(row.form, name) for name in cycle.CELLS]
        for row in cycle.monitoring_rows(workspace, programme.id)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, ROWS[0], ["^", *ROWS[1][1:]], ROWS[2]],
        [["№", *HEAD], ["1", "2", "3", "4", "5", "6"], ["1", *ROWS[0]], ["2", *ROWS[1]],
         ["№", *HEAD], ["3", *ROWS[2]]],
        [["Предмет", "Критерий", "Индикаторы", "Методы сбора", "Источник"], ROWS[0], ROWS[1],
         ["Условия", "Кадры", "Вакансии", "Опрос", "Школы"], ["", "", "", "", "района"]],
    ],
    ids=["merged subjects", "numbered, header on each page", "a torn row"],
)  # fmt: skip
def test_a_table_of_a_document(tmp_path: Path, workspace: Workspace, rows: Rows) -> None:
    path = document(tmp_path / "Программа 2024-2026.docx", rows, before=["Мониторинг"])
    said, _ = load(workspace, path)
    assert (stored(workspace), said) == (ROWS, [])
    (programme,) = programmes.list_programmes(workspace)
    assert programme.title == "Программа 2024-2026"


def test_a_table_of_a_workbook_twice_and_taken_back(tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "Программа 2024.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Мониторинг")
        for at, row in enumerate([["Мониторинг программы"], HEAD, *ROWS]):
            sheet.write_row(at, 0, row)
    _, batch = load(workspace, path)
    assert stored(workspace) == ROWS
    again = importing.prepare(workspace, [path], NoProgress())
    assert importing.apply(workspace, again, NoProgress()).totals.stored == 0
    assert stored(workspace) == ROWS
    assert batch is not None
    importing.undo(workspace, batch)
    assert programmes.list_programmes(workspace) == ()


def test_what_has_no_place_is_told(tmp_path: Path, workspace: Workspace) -> None:
    rows = [[*HEAD, "Периодичность"], [*ROWS[0], "раз в год"]]
    said, _ = load(workspace, document(tmp_path / "Без года.docx", rows))
    assert stored(workspace) == ROWS[:1]
    assert len(said) == 2
    assert "«Периодичность» таблицы мониторинга не сохранён" in said[0] + said[1]
    assert "не называют года" in said[0] + said[1]


def test_a_row_with_its_own_number_is_never_the_rest_of_another(
    tmp_path: Path, workspace: Workspace
) -> None:
    rows = [
        ["№", *HEAD],
        ["1", *ROWS[0]],
        ["2", "", "", "два года", "сравнение", "протоколы"],
        ["", "", "", "и тетради", "", ""],
    ]
    said, _ = load(workspace, document(tmp_path / "Программа 2024.docx", rows))
    assert said == []
    assert stored(workspace) == [ROWS[0], ["", "", "два года и тетради", "сравнение", "протоколы"]]


def test_a_number_that_nobody_titled_is_a_number_too(tmp_path: Path, workspace: Workspace) -> None:
    rows = [["", *HEAD], ["1.", *ROWS[0]], ["2.", "", "", "два года", "сравнение", "протоколы"]]
    said, _ = load(workspace, document(tmp_path / "Программа 2024.docx", rows))
    assert said == []
    assert [row[2] for row in stored(workspace)] == [ROWS[0][2], "два года"]


def test_a_cell_under_no_title_is_told_with_its_address(
    tmp_path: Path, workspace: Workspace
) -> None:
    rows = [
        [*HEAD, ""], [*ROWS[0], "ежегодно в мае"], [*ROWS[1], ""],
        ["", "", "", "", "", "по приказу"],
    ]  # fmt: skip
    path = document(tmp_path / "Программа 2024.docx", rows)
    plan = importing.prepare(workspace, [path], NoProgress())
    told = [(one.cell, one.message) for one in plan.files[0].findings]
    assert [cell for cell, _ in told] == ["F2", "F4"]
    assert "«ежегодно в мае»" in told[0][1]
    assert "над ней нет заголовка" in told[1][1]
    importing.apply(workspace, plan, NoProgress())
    assert stored(workspace) == ROWS[:2]


def test_two_columns_under_one_title_are_one_text(tmp_path: Path, workspace: Workspace) -> None:
    rows = [
        [*HEAD, ">"],
        [*ROWS[0], "протоколы"],
    ]
    said, _ = load(workspace, document(tmp_path / "Программа 2024.docx", rows))
    assert said == []
    assert stored(workspace)[0][-1] == "ФИС ОКО\nпротоколы"
