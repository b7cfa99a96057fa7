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

from app.models.enums import PaperState, RoadmapMode, SchoolPaper, Significance
from app.services import journal, roadmap, support
from app.services.roadmap import RoadmapForm
from app.services.support import Mark, PaperForm
from app.services.workspace import Workspace
from app.ui.dialogs.own_entry import OwnEntryDialog
from app.ui.main_window import MainWindow
from app.ui.pages.risks.dialogs import ExpectDialog, PaperDialog, ResolveDialog
from app.ui.pages.risks.grid import parse_block
from app.ui.pages.risks.page import GAPS, MATRIX, PAPERS, RisksPage
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
    found.show_page("risks")
    settled(found)
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
        assert isinstance(dialog, OwnEntryDialog)
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


def test_an_own_factor_is_renamed_and_taken_away(
    page: RisksPage, window: MainWindow, settled: Settle, door: ScriptedDoor, workspace: Workspace
) -> None:
    window.context.bus.publish(support.save_own_factor(workspace, "Дальность").changes)
    settled(window)

    def rename(dialog: QDialog) -> bool:
        assert isinstance(dialog, OwnEntryDialog)
        assert not dialog.gone.isEnabled()
        dialog.entry.setCurrentIndex(1)
        assert dialog.title_field.text() == "Дальность"
        dialog.title_field.setText("Удалённость")
        return True

    def drop(dialog: QDialog) -> bool:
        assert isinstance(dialog, OwnEntryDialog)
        dialog.entry.setCurrentIndex(1)
        dialog.gone.setChecked(True)
        return True

    door.expect("run", rename)
    page.own.click()
    settled(window)
    assert [one.title for one in support.factors(workspace)][10:] == ["Удалённость"]
    door.expect("run", drop)
    page.own.click()
    settled(window)
    assert len(support.factors(workspace)) == 10
    journal.undo_last(workspace)
    assert len(support.factors(workspace)) == 11


def test_gaps_lead_to_the_risk_and_to_the_measure(
    page: RisksPage, window: MainWindow, settled: Settle, workspace: Workspace, district: District
) -> None:
    support.set_marks(workspace, YEAR, {(district.low, "500-9"): Mark(actual=True, priority=True)})
    (card,) = roadmap.create_roadmap(workspace, RoadmapForm("Карта", RoadmapMode.SIMPLE)).ids
    values = {"title": "Закупить компьютеры", "factor": "500-1", "term": "2025"}
    done = roadmap.add_activity(workspace, card, None, values)
    window.context.bus.publish(done.changes)
    settled(window)
    page.views.choose(GAPS)
    rows = page.gaps.model.rows()
    assert [row.activity_id for row in rows] in ([None, done.ids[0]], [done.ids[0], None])
    risk = next(row for row in rows if row.activity_id is None)
    page.gaps.table.select_key((risk.school_id, risk.factor, None))
    page.lead.click()
    assert page.views.value() == MATRIX
    place = page.grid.place()
    assert place is not None
    assert (place[0].school.id, place[1]) == (district.low, "500-9")
    page.views.choose(GAPS)
    measure = next(row for row in rows if row.activity_id is not None)
    page.gaps.table.select_key((measure.school_id, measure.factor, measure.activity_id))
    page.gaps.opened.emit(measure)
    settled(window)
    front = window.current_page()
    assert front is not None
    assert front.key == "roadmap"


def test_the_documents_of_the_school_under_the_cursor(
    page: RisksPage, window: MainWindow, settled: Settle, workspace: Workspace, district: District
) -> None:
    saved = [
        support.save_paper(workspace, PaperForm(school, YEAR, SchoolPaper.CONCEPT))
        for school in (district.low, district.fine)
    ]
    window.context.bus.publish(saved[-1].changes)
    settled(window)
    page.show_cell(district.low, "500-1")
    assert page.panel.papers.text() == "Документы школы: 1"
    page.panel.papers.click()
    assert page.views.value() == PAPERS
    assert [row.school_id for row in page.papers.model.rows()] == [district.low]
    page.all_papers.click()
    assert len(page.papers.model.rows()) == 2
    page.papers.removed.emit(page.papers.model.rows())
    settled(window)
    assert support.list_papers(workspace, YEAR) == ()
    journal.undo_last(workspace)
    assert len(support.list_papers(workspace, YEAR)) == 2


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
