"""The tab «Показатели»: the tree, typing and pasting, findings, counted facts, files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.models.enums import ValueRole
from app.services import indicators, journal
from app.services.charts import Lines
from app.services.indicators import FindingKind, ProposalState
from app.services.workspace import Workspace
from app.ui.itemmodels import Role
from app.ui.main_window import MainWindow
from app.ui.pages.indicators.page import IndicatorsPage
from app.ui.pages.indicators.screens import example
from app.ui.pages.indicators.tree_view import pasted_lines
from app.ui.startup import Startup
from tests.indicators.builders import BASE, fact, plan
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

Settle = Callable[[MainWindow], None]


@pytest.fixture
def programme(workspace: Workspace, district: District) -> int:
    """Store an example programme before the window starts and return its id."""
    example(workspace)
    return indicators.programmes(workspace)[0].id


@pytest.fixture
def window(started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def page(programme: int, window: MainWindow, settled: Settle) -> IndicatorsPage:
    """Return the page over the example, its facts counted."""
    window.show_page("indicators")
    settled(window)
    return cast(IndicatorsPage, window.pages["indicators"])


def row_id(page: IndicatorsPage, number: str) -> int:
    assert page.table is not None
    return next(row.id for row in page.table.rows if row.shown_number == number)


def text(page: IndicatorsPage, number: str, slot: indicators.Slot) -> str:
    index = page.model.find(("row", row_id(page, number)), page.model.column_of(slot))
    return str(index.data())


def test_the_tree_keeps_qts_contract(page: IndicatorsPage) -> None:
    QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model
    )
    assert [page.model.text(node, 0) for node in page.model.nodes()] == [
        "1", "1.1", "1.2", "2", "2.1", "2.2", "2.3",
    ]  # fmt: skip
    assert "5 показателей" in page.note.text()
    page.search.setText("педагогов")
    assert [page.model.text(node, 0) for node in page.model.nodes()] == ["2", "2.2"]
    page.role.choose(ValueRole.PLAN)
    page.role.picked.emit()
    assert all("факт" not in column.title for column in page.model.columns)


def test_typing_into_a_cell_is_stored_and_undone(
    page: IndicatorsPage, window: MainWindow, settled: Settle, workspace: Workspace
) -> None:
    index = page.model.find(("row", row_id(page, "2.3")), page.model.column_of(plan(2025)))
    assert page.model.setData(index, "не менее 5,5")
    settled(window)
    assert text(page, "2.3", plan(2025)) == "не менее 5,5"
    assert page.table is not None
    stored = page.table.row(row_id(page, "2.3"))
    assert stored is not None
    assert stored.values[plan(2025)].number == 5.5
    window.menus.undo.trigger()
    settled(window)
    assert text(page, "2.3", plan(2025)) == "4"


def test_headings_take_no_values(page: IndicatorsPage) -> None:
    index = page.model.find(("row", row_id(page, "1")), page.model.column_of(BASE))
    assert not page.model.flags(index) & Qt.ItemFlag.ItemIsEditable
    title = page.model.find(("row", row_id(page, "1")))
    assert page.model.flags(title) & Qt.ItemFlag.ItemIsEditable


def test_a_block_from_excel(
    page: IndicatorsPage, window: MainWindow, settled: Settle, workspace: Workspace
) -> None:
    page.tree.select(("row", row_id(page, "2.1")), page.model.column_of(plan(2025)))
    QGuiApplication.clipboard().setText("31\t30\t81\r\n91,5\t\t99\r\n")
    page.tree.paste_action.trigger()
    settled(window)
    assert [text(page, "2.1", slot) for slot in (plan(2025), fact(2025), plan(2026))] == [
        "31", "30", "81",
    ]  # fmt: skip
    assert [text(page, "2.2", slot) for slot in (plan(2025), fact(2025), plan(2026))] == [
        "91,5", "", "99",
    ]  # fmt: skip
    assert journal.next_undo(workspace) == "вставка из буфера"


def test_a_block_that_does_not_fit_is_refused_whole(
    page: IndicatorsPage, window: MainWindow, settled: Settle, door: ScriptedDoor
) -> None:
    page.tree.select(("row", row_id(page, "2.3")), page.model.column_of(BASE))
    QGuiApplication.clipboard().setText("1\n2")
    door.expect("inform")
    page.tree.paste_action.trigger()
    settled(window)
    assert "В буфере строк: 2" in door.texts("inform")[0]
    assert text(page, "2.3", BASE) == "2"


def test_a_whole_table_is_pasted_with_its_head(
    page: IndicatorsPage, window: MainWindow, settled: Settle, door: ScriptedDoor
) -> None:
    QGuiApplication.clipboard().setText(
        "№\tПоказатель\tЕд.\t2025 план\n2.3\tЧисло школ в сетевых группах\tед.\t5\n"
        "3\tДоля новых школ\t%\t10"
    )
    door.expect("ask", True)
    page.tree.paste_action.trigger()
    settled(window)
    assert "2 строки" in door.texts("ask")[0]
    # Under another parent it is another row: the table that was pasted has no groups.
    assert page.table is not None
    assert [row.title for row in page.table.rows][-2:] == [
        "Число школ в сетевых группах",
        "Доля новых школ",
    ]


def test_copying_a_block(page: IndicatorsPage) -> None:
    page.tree.select(("row", row_id(page, "2.1")), page.model.column_of(BASE))
    page.tree.copy_action.trigger()
    assert QGuiApplication.clipboard().text() == "30"


def test_clearing_cells(page: IndicatorsPage, window: MainWindow, settled: Settle) -> None:
    page.tree.select(("row", row_id(page, "2.1")), page.model.column_of(BASE))
    page.tree.clear_action.trigger()
    settled(window)
    assert text(page, "2.1", BASE) == ""


def test_findings_lead_to_their_cells(page: IndicatorsPage) -> None:
    assert page.check.text() == f"Замечания: {page.findings.rowCount()}"
    page.check.setChecked(True)
    worse = next(
        line for line in page.findings.rows() if line.finding.kind is FindingKind.PLAN_WORSE
    )
    assert worse.number == "2.1"
    page.finding_list.select_key(page.findings.key(worse))
    current = page.tree.currentIndex()
    assert page.model.columns[current.column()].slot == plan(2025)
    assert "хуже базового" in current.data(Role.MARK).meaning
    assert "хуже базового" in current.data(Qt.ItemDataRole.ToolTipRole)


def test_a_counted_fact_is_proposed_with_its_schools_and_accepted(
    page: IndicatorsPage, window: MainWindow, settled: Settle, qtbot: QtBot, district: District
) -> None:
    page.tree.select(("row", row_id(page, "1.2")))
    panel = page.panel
    assert [one.state for one in panel.proposals.rows()] == [ProposalState.NEW]
    assert {one.school: one.why for one in panel.behind.rows()}["МБОУ СОШ № 15"] == "9 из 22"
    assert "2025" in panel.accept.text()
    panel.accept.click()
    settled(window)
    assert text(page, "1.2", fact(2025)) == "14,3"
    page.tree.select(("row", row_id(page, "1.2")))
    assert [one.state for one in panel.proposals.rows()] == [ProposalState.SAME]
    with qtbot.waitSignal(
        window.context.school_wanted, check_params_cb=lambda i: i == district.low
    ):
        rows = panel.behind.rows()
        place = next(n for n, one in enumerate(rows) if one.school_id == district.low)
        panel.schools.clicked.emit(panel.behind.index(place, 0))


def test_all_counted_facts_at_once(
    page: IndicatorsPage, window: MainWindow, settled: Settle, door: ScriptedDoor
) -> None:
    door.expect("ask", True)
    page.accept_all.click()
    settled(window)
    assert text(page, "1.2", fact(2025)) == "14,3"
    assert not page.accept_all.isVisible()


def test_requisites_in_the_panel(
    page: IndicatorsPage, window: MainWindow, settled: Settle, workspace: Workspace
) -> None:
    page.tree.select(("row", row_id(page, "2.2")))
    panel = page.panel
    assert isinstance(panel.chart.chart(), Lines)
    panel.better.setCurrentIndex(panel.better.findData("меньше"))
    panel.better.activated.emit(panel.better.currentIndex())
    panel.method.setText("Отчёты школ")
    panel.method.editingFinished.emit()
    settled(window)
    assert page.table is not None
    row = page.table.row(row_id(page, "2.2"))
    assert row is not None
    assert (str(row.better), row.method) == ("меньше", "Отчёты школ")


def test_adding_moving_and_removing(
    page: IndicatorsPage, window: MainWindow, settled: Settle, door: ScriptedDoor
) -> None:
    page.tree.select(("row", row_id(page, "2.2")))
    door.expect("ask_text", "Доля новая")
    page.add.click()
    settled(window)
    node = page.tree.current()
    assert node is not None
    assert node.row is not None
    assert (node.row.title, node.row.counted) == ("Доля новая", "2.3")
    page.up.trigger()
    settled(window)
    node = page.tree.current()
    assert node is not None
    assert node.row is not None
    assert node.row.counted == "2.2"
    door.expect("ask", True)
    page.remove.trigger()
    settled(window)
    assert page.table is not None
    assert "Доля новая" not in [row.title for row in page.table.rows]


def test_the_file_of_the_page(
    page: IndicatorsPage,
    window: MainWindow,
    settled: Settle,
    door: ScriptedDoor,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    target = tmp_path / "показатели.xlsx"
    door.expect("save_file", target)
    page.to_file.trigger()
    settled(window)
    assert target.stat().st_size > 0
    door.expect("open_files", (target,))
    with qtbot.waitSignal(window.context.import_wanted) as asked:
        page.from_file.trigger()
    assert asked.args == [(target,)]
    settled(window)


def test_the_years_of_the_programme_make_its_columns(
    page: IndicatorsPage, window: MainWindow, settled: Settle, door: ScriptedDoor
) -> None:
    door.expect("ask_text", "Поддержка школ района")
    door.expect("ask_text", "2025–2027")
    page.edit_programme.trigger()
    settled(window)
    assert page.table is not None
    assert page.table.title == "Поддержка школ района"
    assert page.model.columns[-1].title == "2027 факт"


def test_a_new_database_asks_for_a_programme(
    started: Startup, window: MainWindow, settled: Settle, door: ScriptedDoor, workspace: Workspace
) -> None:
    window.show_page("indicators")
    settled(window)
    page = cast(IndicatorsPage, window.pages["indicators"])
    assert page.lists.currentWidget() is page.empty
    door.expect("ask_text", "Поддержка школ")
    door.expect("ask_text", "2026–2028")
    page.empty.chosen.emit()
    settled(window)
    (choice,) = indicators.programmes(workspace)
    assert (choice.first_year, choice.last_year) == (2026, 2028)
    assert page.table is not None
    door.expect("ask_text", "Доля школ")
    page.empty.chosen.emit()
    settled(window)
    assert [row.title for row in page.table.rows] == ["Доля школ"]


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ('"а\nб"\t2', [["а б", "2"]]),
        ('"Школа" № 1\t"да ""нет"""', [['"Школа" № 1', 'да "нет"']]),
        ("1\t\n\t2", [["1", ""], ["", "2"]]),
        ("5", [["5"]]),
    ],
)
def test_blocks_of_the_clipboard(block: str, lines: list[list[str]]) -> None:
    assert pasted_lines(block) == lines
