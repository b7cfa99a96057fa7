"""Indicators as files: every cell of a table that was read comes back in the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.errors import OutputError
from app.services import exporting, indicators
from app.services.importing import Sheet, drafts_of, plain_grid, read_draft
from app.services.workspace import Workspace
from tests.indicators import tables
from tests.indicators.tables import grid


def load(workspace: Workspace, lines: list[list[str]], title: str = "Программа") -> int:
    draft = read_draft(grid(lines))
    assert draft is not None
    return indicators.store_draft(workspace, draft, title).programme_id


def test_json(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, tables.NESTED)
    target = tmp_path / "показатели.json"
    assert exporting.write_indicators(workspace, target) == 7
    (programme,) = json.loads(target.read_text(encoding="utf-8"))
    assert programme["columns"] == ["Базовое", "2021 план", "2022 план", "2023 план", "2024 план"]
    row = programme["indicators"][2]
    assert (row["number"], row["level"], row["unit"], row["group"]) == ("2.1.2.", 1, "%", False)
    assert [value["text"] for value in row["values"]] == ["50", "50", "100", "100", "100"]


def test_workbook(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, tables.BY_GOAL)
    target = tmp_path / "показатели.xlsx"
    assert exporting.write_indicators(workspace, target) == 11
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("Показатели").to_python()
    head = next(n for n, row in enumerate(rows) if "Показатель" in row)
    assert rows[head][:4] == ["Цель", "№", "Показатель", "Ед."]
    assert rows[head + 2] == [
        "Меры развития среды школ", "", "Доля охваченных дополнительным образованием", "",
        "64%", "50", "60", "65", "70",
    ]  # fmt: skip
    again = read_draft(plain_grid([[str(cell) for cell in row] for row in rows[head:]]))
    assert again is not None
    stored = indicators.store_draft(workspace, again, "Программа")
    assert (stored.added, stored.changed, stored.unchanged) == (0, 0, 11)


def test_several_programmes_in_one_table(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, tables.TARGETS, "Первая")
    load(workspace, tables.NESTED, "Вторая")
    target = tmp_path / "показатели.csv"
    assert exporting.write_indicators(workspace, target) == 17
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Программа;№;Показатель;Ед.;")
    assert any(line.startswith("Первая;") and "Доля ШНОР" in line for line in lines)


def test_an_unknown_ending_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"показатели\.pdf"):
        exporting.write_indicators(workspace, tmp_path / "показатели.pdf")


def test_sheets_give_texts_with_a_decimal_comma_and_their_merged_cells() -> None:
    sheet = Sheet(
        "Таблица 1",
        [
            ["№", "Наименование показателя", "Ед. изм.", "План", None],
            [None, None, None, "2024", "2025"],
            ["1", "Кадры", None, None, None],
            ["1.1", "Доля учителей", "%", 12.5, 20],
        ],
        before=("Раздел 2", "Целевые показатели"),
        merged=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (2, 1, 2, 4)),
    )
    (draft,) = drafts_of([sheet, Sheet("Пусто", [])])
    assert draft.title == "Целевые показатели"
    assert [row.is_group for row in draft.rows] == [True, False]
    assert list(draft.rows[1].values.values()) == ["12,5", "20"]
