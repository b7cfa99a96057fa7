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
