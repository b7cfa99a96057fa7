"""The tab «Факторы риска»: single keys in both layouts, blocks from Excel, resolving, documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog

from app.models.enums import PaperState, SchoolPaper, Significance
from app.services import journal, support
from app.services.support import Mark
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.risks.dialogs import ExpectDialog, FactorDialog, PaperDialog, ResolveDialog
from app.ui.pages.risks.grid import parse_block
from app.ui.pages.risks.page import GAPS, PAPERS, RisksPage
from app.ui.startup import Startup
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

Settle = Callable[[MainWindow], None]
YEAR = 2025
FIRST = 2
"""The column of the first factor."""


@pytest.fixture
def window(district: District, started: Startup, settled: Settle) -> MainWindow:
    """Return the window over three schools with the page in front."""
    found = cast(MainWindow, started.parent())
    settled(found)
    found.show_page("risks")
    return found


@pytest.fixture
def page(window: MainWindow) -> RisksPage:
    """Return the page with its matrix read."""
    return cast(RisksPage, window.pages["risks"])


def press(page: RisksPage, letter: str, key: Qt.Key = Qt.Key.Key_unknown) -> None:
    """Send a key as a keyboard in either layout does."""
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
    QApplication.sendEvent(page.grid, event)


def stored(workspace: Workspace) -> dict[tuple[int, str], Mark]:
    return {place: cell.mark for place, cell in support.risk_matrix(workspace, YEAR).cells.items()}


def row_of(page: RisksPage, school: int) -> int:
    found = page.model.find(school)
    assert found is not None
    return found


def test_the_matrix_has_ten_factors_with_hints(page: RisksPage) -> None:
    QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model
    )
    assert page.model.columnCount() == FIRST + 10
    hint = page.model.headerData(FIRST, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert hint == "1. Низкий уровень оснащения школы"
    assert "3 школы, отмечено 0" in page.note.text()


def test_letters_of_both_layouts_mark_the_cell(
    page: RisksPage, window: MainWindow, settled: Settle, workspace: Workspace, district: District
) -> None:
    row = row_of(page, district.low)
    page.grid.select_cell(row, FIRST)
    for letter in ("d", "А", "п"):  # «d» is the key of «в» in the Latin layout
        press(page, letter)
        settled(window)
    assert stored(workspace) == {(district.low, "500-1"): Mark(Significance.HIGH, True, True)}
    assert page.grid.currentIndex().column() == FIRST
    press(page, "0")
    settled(window)
    assert stored(workspace)[district.low, "500-1"] == Mark(Significance.ABSENT)
    press(page, "", Qt.Key.Key_Delete)
    settled(window)
    assert stored(workspace) == {}
    journal.undo_last(workspace)
    assert stored(workspace)[district.low, "500-1"] == Mark(Significance.ABSENT)


def test_one_key_marks_all_selected_cells_as_one_action(
    page: RisksPage, window: MainWindow, settled: Settle, workspace: Workspace
) -> None:
    page.grid.select_cell(0, FIRST)
    flag = QItemSelectionModel.SelectionFlag.Select
    for column in (FIRST + 1, 0):
        page.grid.selectionModel().select(page.model.index(1, column), flag)
    press(page, "с")
    settled(window)
    assert list(stored(workspace).values()) == [Mark(Significance.MEDIUM)] * 2
    journal.undo_last(workspace)
    assert stored(workspace) == {}


def test_a_block_goes_to_excel_and_back(
    page: RisksPage, window: MainWindow, settled: Settle, workspace: Workspace
) -> None:
    page.grid.select_cell(0, FIRST)
    QGuiApplication.clipboard().setText('высокая\t-\t+\r\n3\t\t"не\nвыявлен"\r\n')
    page.grid.paste()
    settled(window)
    ids = [page.model.row_at(row).school.id for row in (0, 1)]
    high, absent = Mark(Significance.HIGH), Mark(Significance.ABSENT)
    assert stored(workspace) == {
        (ids[0], "500-1"): high,
        (ids[0], "500-2"): absent,
        (ids[0], "500-3"): Mark(None, True),
        (ids[1], "500-1"): high,
        (ids[1], "500-3"): absent,
    }
    page.grid.selectionModel().select(
        page.model.index(0, FIRST + 1), QItemSelectionModel.SelectionFlag.Select
    )
    page.grid.copy()
    assert QGuiApplication.clipboard().text() == "В\t0"


@pytest.mark.parametrize("key", [int(Qt.Key.Key_V), ord("М")])
def test_ctrl_v_works_in_both_layouts(
    page: RisksPage, window: MainWindow, settled: Settle, workspace: Workspace, key: int
) -> None:
    page.grid.select_cell(0, FIRST)
    QGuiApplication.clipboard().setText("В")
    control = Qt.KeyboardModifier.ControlModifier
    QApplication.sendEvent(page.grid, QKeyEvent(QKeyEvent.Type.KeyPress, key, control, "\x16"))
    settled(window)
    assert list(stored(workspace).values()) == [Mark(Significance.HIGH)]


def test_what_is_not_understood_changes_nothing_and_is_told(
    page: RisksPage, door: ScriptedDoor, workspace: Workspace
) -> None:
    page.grid.select_cell(0, FIRST)
    door.expect("report")
    page.grid.paste_text("В\tпятница")
    assert "«пятница»" in door.texts("report")[0]
    assert "2-й столбец" in door.texts("report")[0]
    door.expect("report")
    page.grid.paste_text("\r\n".join(["В"] * 4))
    assert "не помещается" in door.texts("report")[1]
    assert stored(workspace) == {}


def test_blocks_of_the_clipboard() -> None:
    assert parse_block('а\tб\r\n"в""г"\t\r\n') == [["а", "б"], ['в"г', ""]]
    assert parse_block("") == []


def test_a_risk_is_resolved_by_enter(
    page: RisksPage, window: MainWindow, settled: Settle, door: ScriptedDoor,
    workspace: Workspace, district: District,
) -> None:  # fmt: skip
    support.set_marks(workspace, YEAR, {(district.low, "500-1"): Mark(Significance.HIGH, True)})
    window.context.bus.publish(
        support.set_marks(workspace, YEAR, {(district.low, "500-2"): Mark(Significance.LOW)})
    )
    settled(window)
    page.grid.select_cell(row_of(page, district.low), FIRST)
    assert "Высокая значимость, актуальный" in page.panel.state.text()

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, ResolveDialog)
        assert not dialog.store.isEnabled()
        dialog.evidence_field.setPlainText("Справка № 4")
        dialog.day_field.set_value(date(2025, 12, 1))
        return dialog.store.isEnabled()

    door.expect("run", answer)
    press(page, "", Qt.Key.Key_Return)
    settled(window)
    assert "Снят 01.12.2025: Справка № 4" in page.panel.resolved.text()


def test_last_year_and_own_factors(
    page: RisksPage, window: MainWindow, settled: Settle, door: ScriptedDoor,
    workspace: Workspace, district: District,
) -> None:  # fmt: skip
    support.set_marks(workspace, YEAR - 1, {(district.low, "500-1"): Mark(Significance.LOW)})
    page.copy.click()
    settled(window)
    assert stored(workspace) == {(district.low, "500-1"): Mark(Significance.LOW)}

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, FactorDialog)
        dialog.title_field.setText("Удалённость от райцентра")
        return True

    door.expect("run", answer)
    page.own.click()
    settled(window)
    assert page.model.columnCount() == FIRST + 11
    door.expect("run", answer)  # the same title again: refused, and the dialog is shown anew
    door.expect("report")
    door.expect("run", lambda _dialog: False)
    page.own.click()
    settled(window)
    assert "уже есть" in door.texts("report")[0]


def test_documents_are_awaited_entered_and_late(
    page: RisksPage, window: MainWindow, settled: Settle, door: ScriptedDoor, workspace: Workspace
) -> None:
    page.views.choose(PAPERS)

    def expect(dialog: QDialog) -> bool:
        assert isinstance(dialog, ExpectDialog)
        dialog.day_field.set_value(date(2025, 4, 1))
        return True

    door.expect("run", expect)
    page.expect.click()
    settled(window)
    rows = support.list_papers(workspace, YEAR)
    assert len(rows) == 3  # one school is in support
    assert page.views.findChildren(type(page.own))[1].text() == "Документы школ · 3"

    def enter(dialog: QDialog) -> bool:
        assert isinstance(dialog, PaperDialog)
        dialog.issued.set_value(date(2025, 3, 1))
        assert dialog.kind.value() is SchoolPaper.SELF_CHECK
        dialog.state.choose(PaperState.APPROVED)
        return True

    page.papers.table.select_key(rows[0].id)
    door.expect("run", enter)
    page.papers.opened.emit(rows[0])
    settled(window)
    assert support.list_papers(workspace, YEAR)[0].is_ready
    page.papers.removed.emit([rows[1]])
    settled(window)
    assert len(support.list_papers(workspace, YEAR)) == 2


def test_priorities_without_a_measure_are_listed(
    page: RisksPage, window: MainWindow, settled: Settle, workspace: Workspace, district: District
) -> None:
    changes = support.set_marks(workspace, YEAR, {(district.low, "500-6"): Mark(None, True, True)})
    window.context.bus.publish(changes)
    settled(window)
    page.views.choose(GAPS)
    (gap,) = page.gaps.model.rows()
    assert "нет ни одного мероприятия" in gap.text


def test_only_schools_in_support(page: RisksPage, district: District) -> None:
    page.who.choose(True)
    page.who.picked.emit()
    assert [row.school.id for row in page.model.rows()] == [district.low]
    page.search.setText("нет такой")
    assert page.matrix_stack.currentIndex() == 1
    page.empty.chosen.emit()
    assert page.model.rowCount() == 3
