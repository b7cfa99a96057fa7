"""Indicator tables of real programmes as Word files: imported, exported, every cell as it stood."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_workspace
from app.cli.doors import Doors
from app.cli.main import main
from tests.importing.word_tables import document
from tests.journeys import word_indicators as tables

Row = list[str]


def run(*words: str) -> int:
    """Run a command as the shell does."""

    def no_door(*_arguments: object) -> Any:
        raise AssertionError("this command opens no window")

    return main(words, Doors(open_workspace, no_door, no_door))


def given_back(database: Path) -> dict[str, Any]:
    """Return the one programme with indicators as it is exported."""
    target = database.with_suffix(".json")
    assert run("export", "indicators", "--db", str(database), "--out", str(target)) == 0
    (programme,) = json.loads(target.read_text(encoding="utf-8"))
    return dict(programme)


def load(tmp_path: Path, path: Path) -> dict[str, Any]:
    database = tmp_path / "opora.db"
    assert run("import", str(path), "--db", str(database)) == 0
    return given_back(database)


def folded(rows: Sequence[Row]) -> list[Row]:
    """Return the cells that say something, white space folded."""
    return [[" ".join(cell.split()) for cell in row if cell not in ("", ">", "^")] for row in rows]


def cells(programme: dict[str, Any], *, goals: bool = False) -> list[Row]:
    """Return the rows of an exported programme in the order of a printed table."""
    found, last = [], ""
    for row in programme["indicators"]:
        goal = row["goal"] if goals and row["goal"] != last else ""
        last = row["goal"]
        values = [value["text"] for value in row["values"]]
        found.append([goal, row["number"], row["title"], row["unit"], *values])
    return folded(found)


def levels(programme: dict[str, Any]) -> list[int]:
    return [row["level"] for row in programme["indicators"]]


@pytest.mark.parametrize(("after", "head"), [(99, 0), (6, 0), (5, 1)])
def test_fifteen_indicators_by_four_goals(tmp_path: Path, after: int, head: int) -> None:
    path = tables.paged(tmp_path / "Цели.docx", tables.BY_GOAL, after=after, head=head)
    programme = load(tmp_path, path)
    assert cells(programme, goals=True) == folded(tables.BY_GOAL[1:])
    assert programme["years"] == [2019, 2022]
    assert programme["columns"] == [
        "Базовое", "2019 план", "2020 план", "2021 план", "2022 план",
    ]  # fmt: skip
    assert len({row["goal"] for row in programme["indicators"]}) == 4
    torn = programme["indicators"][2]["values"][3]
    assert (torn["text"], torn["number"]) == ("1 0 0", None)  # one number or three: not guessed


def test_a_goal_and_a_title_that_a_page_cut_in_two(tmp_path: Path) -> None:
    rows = [list(row) for row in tables.BY_GOAL]
    goal, title = rows[3][0], rows[3][1]
    rows[3][0], rows[3][1] = goal.split(" курсы")[0], "Доля прошедших курсы с учётом"
    rows.insert(4, ["курсы" + goal.split(" курсы")[1], "своих дефицитов", *[""] * 5])
    path = tables.paged(tmp_path / "Цели.docx", rows, after=4, head=0)
    programme = load(tmp_path, path)
    assert cells(programme, goals=True) == folded(tables.BY_GOAL[1:])
    assert programme["indicators"][2]["title"] == title


@pytest.mark.parametrize("inside", [False, True], ids=["alone", "inside a passport"])
def test_numbers_of_three_levels(tmp_path: Path, inside: bool) -> None:
    path = tmp_path / "Подпрограмма 2021-2024.docx"
    if inside:
        above = [["Цель", "Переход школ в эффективный режим", *[">"] * 6]]
        below = [["Мониторинг", "Динамика результатов школ", *[">"] * 6]]
        path = document(path, [*above, *tables.NESTED, *below])
    else:
        path = tables.paged(path, tables.NESTED, after=99, head=0)
    programme = load(tmp_path, path)
    assert cells(programme) == folded(tables.NESTED[2:])
    assert levels(programme) == [0, 1, 1, 0, 0, 1, 1, 1]
    assert [row["group"] for row in programme["indicators"]].count(True) == 2
    assert programme["columns"] == [
        "Базовое", "2021 план", "2022 план", "2023 план", "2024 план",
    ]  # fmt: skip


@pytest.mark.parametrize(("after", "head"), [(99, 0), (8, 0), (9, 1)])
def test_five_groups_the_first_with_three_of_its_own(tmp_path: Path, after: int, head: int) -> None:
    path = tables.paged(tmp_path / "Группы.docx", tables.GROUPS, after=after, head=head)
    programme = load(tmp_path, path)
    assert cells(programme) == folded(tables.GROUPS[1:])
    headings = [(row["level"], row["title"]) for row in programme["indicators"] if row["group"]]
    assert [level for level, _ in headings] == [0, 1, 1, 1, 0, 0, 0, 0]
    assert levels(programme).count(2) == 11


def test_ten_targets_of_one_column(tmp_path: Path) -> None:
    path = tables.paged(tmp_path / "Программа 2022-2024.docx", tables.TARGETS, after=7, head=0)
    programme = load(tmp_path, path)
    wanted = [[number, title, "%", value] for number, title, value in tables.TARGETS[1:]]
    assert cells(programme) == folded(wanted)
    dash = programme["indicators"][8]["values"][0]
    assert (dash["text"], dash["number"]) == ("– 30", None)  # a minus or a dash: not guessed


@pytest.mark.parametrize("rows", [tables.BY_GOAL, tables.NESTED, tables.GROUPS, tables.TARGETS])
def test_the_workbook_goes_round(tmp_path: Path, rows: list[Row]) -> None:
    path = tables.paged(tmp_path / "Программа 2022-2024.docx", rows, after=99, head=0)
    first = load(tmp_path, path)
    book, other = tmp_path / "Программа 2022-2024.xlsx", tmp_path / "other.db"
    database = str(tmp_path / "opora.db")
    assert run("export", "indicators", "--db", database, "--out", str(book)) == 0
    assert run("import", str(book), "--db", str(other)) == 0
    assert given_back(other) == first
