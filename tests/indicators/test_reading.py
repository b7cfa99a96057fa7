"""Tables of indicators read row for row: heads, goals, nesting, rows cut by a page."""

from __future__ import annotations

import pytest

from app.models.enums import ValueRole
from app.services import indicators, journal
from app.services.importing import read_draft
from app.services.indicators import Draft, DraftRow, Slot
from app.services.workspace import Workspace
from tests.indicators import tables
from tests.indicators.builders import BASE, fact, plan
from tests.indicators.tables import grid


def draft(lines: list[list[str]]) -> Draft:
    found = read_draft(grid(lines))
    assert found is not None
    return found


def titled(found: Draft, beginning: str) -> DraftRow:
    (row,) = [row for row in found.rows if row.title.startswith(beginning)]
    return row


def test_targets_in_one_column() -> None:
    found = draft(tables.TARGETS)
    assert found.slots == (Slot(ValueRole.PLAN, ""),)
    assert len(found.rows) == 10
    assert [row.number for row in found.rows] == [*"12345678", "9.", "10"]
    assert {row.unit for row in found.rows} == {"%"}
    assert titled(found, "Доля ШНОР и ШНСУ").title.endswith(
        "каждого ребёнка независимо от места жительства;"
    )
    assert [row.values[found.slots[0]] for row in found.rows][-2:] == ["– 30", "100"]
    assert not any(row.is_group for row in found.rows)


def test_rows_by_goal() -> None:
    found = draft(tables.BY_GOAL)
    assert found.slots == (BASE, plan(2019), plan(2020), plan(2021), plan(2022))
    assert found.goals == (
        "Меры развития среды школ", "Условия роста педагогов", "Модель сети школ",
        "Связи между школами",
    )  # fmt: skip
    assert len(found.rows) == 11
    assert titled(found, "Доля обучающихся").title.endswith("высокий процент")
    assert titled(found, "Доля «точек роста»").goal == "Связи между школами"
    row = titled(found, "Доля школ, преодолевших")
    assert row.values == {
        BASE: "42 %", plan(2019): "10", plan(2020): "20", plan(2022): "не менее 42",
    }  # fmt: skip


def test_a_goal_cut_by_a_page() -> None:
    lines = [
        tables.BY_GOAL[0],
        ["Создать условия для педагогов,", "Доля прошедших курсы", "1", "2", "3", "4", "5"],
        ["используя программы обучения", "с учётом дефицитов", "", "", "", "", ""],
        ["", "Доля педагогов с тьютором", "1", "2", "3", "4", "5"],
    ]
    found = draft(lines)
    assert found.goals == ("Создать условия для педагогов, используя программы обучения",)
    assert [row.title for row in found.rows] == [
        "Доля прошедших курсы с учётом дефицитов",
        "Доля педагогов с тьютором",
    ]


def test_nesting_inside_a_passport() -> None:
    found = draft(tables.NESTED)
    assert found.slots == (BASE, plan(2021), plan(2022), plan(2023), plan(2024))
    placed = [(row.number, row.is_group, row.parent) for row in found.rows]
    assert placed == [
        ("2.1.", True, None),
        ("2.1.1.", False, 0),
        ("2.1.2.", False, 0),
        ("2.2.", False, None),
        ("2.3.", True, None),
        ("2.3.1.", False, 4),
        ("2.3.2.", False, 4),
    ]
    assert titled(found, "Доля вовлечённых").values[BASE] == "0"
    assert found.notes == (
        "Таблица показателей кончилась строкой «Методы сбора»; строк ниже, которые к ней не "
        "относятся: 2.",
    )


def test_groups_subgroups_plan_and_fact() -> None:
    found = draft(tables.GROUPS)
    assert found.slots == (plan(2024), fact(2024), plan(2025), fact(2025))
    placed = [(row.title[:26], row.is_group, row.parent) for row in found.rows]
    assert placed == [
        ("Показатели выявления школ", True, None),
        ("для выявления школ с низки", True, 0),
        ("Доля школ, где 30 % не пре", False, 1),
        ("для выявления школ зоны ри", True, 0),
        ("Доля школ с дефицитом ресу", False, 3),
        ("Показатели профилактики", True, None),
        ("Доля школ с наставничество", False, 5),
    ]
    first = found.rows[2]
    assert (first.source, dict(first.extra)) == ("ВПР", {"Ответственный": "РМК"})
    assert first.values == {plan(2024): "30", fact(2024): "3 из 8", plan(2025): "20"}


@pytest.mark.parametrize(
    "lines", [tables.ROADMAP, tables.MONITORING, tables.STATISTICS, [["Показатель", "2022"]], [[]]]
)
def test_other_tables_are_left_alone(lines: list[list[str]]) -> None:
    assert read_draft(grid(lines)) is None


def test_half_years_and_an_unknown_column() -> None:
    found = draft(
        [
            [
                "Показатель",
                "Ед.",
                "I полугодие 2025",
                "II полугодие 2025",
                "Чем подтверждается",
                "",
            ],
            ["Охват школ", "шт.", "3", "", "Отчёт", "срочно"],
        ]
    )
    assert [slot.period for slot in found.slots] == ["2025-1", "2025-2"]
    assert found.rows[0].extra == {"Чем подтверждается": "Отчёт", "Столбец 6": "срочно"}


def test_a_year_twice_keeps_both_cells() -> None:
    found = draft([["Показатель", "2025", "2025"], ["Доля школ", "5", "6"]])
    assert found.rows[0].values == {plan(2025): "5"}
    assert found.rows[0].extra == {"2025": "6"}


def cells(lines: list[list[str]]) -> list[str]:
    """Return every text of a table, sorted; cells that say nothing of their own are left out."""
    return sorted(cell for line in lines for cell in line if cell not in ("", "<", "^"))


@pytest.mark.parametrize(
    ("lines", "head"),
    [(tables.TARGETS, 1), (tables.BY_GOAL, 1), (tables.NESTED, 5), (tables.GROUPS, 3)],
)
def test_no_cell_is_lost(workspace: Workspace, lines: list[list[str]], head: int) -> None:
    stored = indicators.store_draft(workspace, draft(lines), "Программа")
    (exported,) = indicators.export_rows(workspace, stored.programme_id)
    texts = {exported["title"]}
    for row in exported["indicators"]:
        texts |= {row[name] for name in ("number", "title", "goal", "unit", "source")}
        texts |= {value["text"] for value in row["values"]} | set(row["extra"].values())
    whole = " ".join(texts)
    body = [line for line in lines[head:] if line != lines[0] and line[0] not in _OUTSIDE]
    lost = [cell for cell in cells(body) if cell not in texts and cell not in whole]
    assert lost == []


_OUTSIDE = ("Методы сбора", "Мониторинг")


def test_the_same_table_twice_changes_nothing(workspace: Workspace) -> None:
    read = draft(tables.NESTED)
    first = indicators.store_draft(workspace, read, "Подпрограмма 2")
    assert (first.added, first.changed, first.unchanged) == (7, 0, 0)
    before = indicators.indicator_table(workspace, first.programme_id)
    again = indicators.store_draft(workspace, read, "подпрограмма  2")
    assert (again.programme_id, again.added, again.unchanged) == (first.programme_id, 0, 7)
    assert again.changes.topics == frozenset()
    assert indicators.indicator_table(workspace, first.programme_id) == before
    assert (before.first_year, before.last_year) == (2021, 2024)
    journal.undo_last(workspace)
    assert indicators.programmes(workspace) == ()


def test_a_newer_table_changes_only_what_differs(workspace: Workspace) -> None:
    stored = indicators.store_draft(workspace, draft(tables.BY_GOAL), "Программа")
    newer = [list(line) for line in tables.BY_GOAL]
    newer[2][6] = "75"
    newer.append(["", "Доля новых школ", "1", "2", "3", "4", "5"])
    again = indicators.store_draft(workspace, draft(newer), stored.programme_id)
    assert (again.added, again.changed, again.unchanged) == (1, 1, 10)
    table = indicators.indicator_table(workspace, stored.programme_id)
    assert table.rows[1].values[plan(2022)].text == "75"
    assert [goal.text for goal in table.goals] == list(draft(newer).goals)
    assert table.rows[-1].goal_id == table.goals[-1].id


def test_a_table_without_years_says_so(workspace: Workspace) -> None:
    stored = indicators.store_draft(workspace, draft(tables.TARGETS), "Программа")
    assert "нет ни одного года" in stored.notes[0]


def test_two_rows_that_look_the_same_are_both_kept(workspace: Workspace) -> None:
    lines = [["Показатель", "2025"], ["Доля школ", "5"], ["Доля школ", "6"]]
    stored = indicators.store_draft(workspace, draft(lines), "Программа")
    again = indicators.store_draft(workspace, draft(lines), "Программа")
    assert (stored.added, again.unchanged, again.added) == (2, 2, 0)
    rows = indicators.indicator_table(workspace, stored.programme_id).rows
    assert [row.values[plan(2025)].text for row in rows] == ["5", "6"]


def test_half_years_under_their_years() -> None:
    lines = [
        ["Показатель", "Ед. изм.", "На начало", "2024 год", "<", "<", "<", "2025 год", "<"],
        ["^", "^", "^", "I полугодие", "<", "II полугодие", "<", "1 полугодие", "2-е полугодие"],
        ["^", "^", "^", "план", "факт", "план", "факт", "план", "план"],
        ["Доля школ в сети", "%", "0", "10", "12,5", "20", "", "не менее 30", "40"],
    ]
    draft = read_draft(grid(lines))
    assert draft is not None
    (row,) = draft.rows
    assert row.values == {
        Slot(ValueRole.BASE, ""): "0",
        Slot(ValueRole.PLAN, "2024-1"): "10",
        Slot(ValueRole.FACT, "2024-1"): "12,5",
        Slot(ValueRole.PLAN, "2024-2"): "20",
        Slot(ValueRole.PLAN, "2025-1"): "не менее 30",
        Slot(ValueRole.PLAN, "2025-2"): "40",
    }


def test_half_years_in_one_line() -> None:
    lines = [
        ["№", "Наименование показателя", "I полугодие 2024 г.", "II полугодие 2024 г."],
        ["1", "Доля школ, %", "10", "20"],
    ]
    draft = read_draft(grid(lines))
    assert draft is not None
    assert draft.slots == (Slot(ValueRole.PLAN, "2024-1"), Slot(ValueRole.PLAN, "2024-2"))


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        (["Показатель, %", "План 2024", "Факт 2024"], "%"),
        (["Наименование показателя (чел.)", "2024", "2025"], "чел."),
        (["Показатель", "2024 год, %", "2025 год, %"], "%"),
        (["Показатель", "2024 год, %", "2025 год"], ""),
    ],
)
def test_units_in_the_head(head: list[str], unit: str) -> None:
    (row,) = draft([head, ["Доля школ", "10", "20"]]).rows
    assert (row.unit, len(row.values)) == (unit, 2)


def test_the_year_of_the_base_is_none_of_the_programme() -> None:
    head = ["Показатель", "Ед.", "Базовое значение (2023)", "2024", "2025"]
    found = draft([head, ["Доля школ", "%", "10", "20", "30"]])
    assert indicators.draft_years(found) == (2024, 2025)
