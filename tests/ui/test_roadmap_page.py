"""The page «Дорожная карта»: tree, filter, typing, dragging, files, library, quarters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.models.enums import ActivityStatus, RoadmapMode
from app.services import indicators, journal, roadmap
from app.services.roadmap import ActivityRow, GroupRow, LineKey, RoadmapForm, RoadmapInfo
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.roadmap.dialogs import (
    CopyDialog,
    ManyDialog,
    PlanDialog,
    RenewDialog,
    RoadmapDialog,
)
from app.ui.pages.roadmap.library_dialog import LibraryDialog
from app.ui.pages.roadmap.model import RoadmapModel
from app.ui.pages.roadmap.page import RoadmapPage
from app.ui.pages.roadmap.screens import example
from app.ui.screenshots import settle
from app.ui.startup import Startup
from app.ui.widgets.source_popup import SourcePopup
from tests.fillings import Fillings
from tests.importing.word_tables import document
from tests.ui.conftest import ScriptedDoor

Wait = Callable[[MainWindow], None]


@pytest.fixture
def filled(workspace: Workspace, fillings: Fillings) -> Workspace:
    fillings.fill(workspace, example)
    return workspace


@pytest.fixture
def window(filled: Workspace, started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def page(window: MainWindow) -> RoadmapPage:
    window.show_page(RoadmapPage.key)
    settle(window)
    return cast(RoadmapPage, window.pages[RoadmapPage.key])


def rows(page: RoadmapPage) -> list[str]:
    """Return the shown lines, headings with a star."""
    shown = (page.model.row(page.model.index(at, 0)) for at in range(page.model.rowCount()))
    return [f"*{row.title}" if isinstance(row, GroupRow) else row.number for row in shown if row]


def activity(page: RoadmapPage, number: str) -> ActivityRow:
    assert page.view is not None
    return next(row for row in page.view.activities if row.number == number)


def choose(page: RoadmapPage, *numbers: str) -> None:
    page.select(LineKey(activity(page, numbers[0]).id))
    selection = page.tree.selectionModel()
    for number in numbers[1:]:
        index = page.model.find(LineKey(activity(page, number).id))
        selection.select(index, selection.SelectionFlag.Select | selection.SelectionFlag.Rows)


def test_the_model_is_sound(filled: Workspace) -> None:
    model = RoadmapModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    info = roadmap.list_roadmaps(filled)[0]
    model.show(roadmap.open_roadmap(filled, info.id))
    model.set_filter(lambda row: row.number.startswith("2"))
    model.set_filter(lambda row: False)
    model.set_filter(None)
    model.show(None)
    assert model.rowCount() == 0
    tester.deleteLater()


def test_the_page_with_its_panel_fits_a_narrow_window(page: RoadmapPage) -> None:
    assert page.panel.isVisibleTo(page)
    assert page.minimumSizeHint().width() <= 960


def test_tree_and_filters(page: RoadmapPage) -> None:
    assert rows(page) == [
        "*Управление и анализ", "1.1", "1.2", "1.3", "*Работа с педагогами", "2.1", "2.2", "2.3",
        "*Ученики с риском неуспешности", "3.1", "3.2",
    ]  # fmt: skip
    page.filters.text.setText("МЕТОДИСТ урока")
    assert rows(page) == ["*Работа с педагогами", "2.2"]
    assert "показано 1, всего 8" in page.note.text()
    page.filters.text.setText("нет такого")
    assert page.stack.currentWidget() is page.empty
    page.empty.chosen.emit()
    assert len(rows(page)) == 11
    page.filters.state.choose(ActivityStatus.DONE)
    page.filters.state.picked.emit()
    assert rows(page)[1:] == ["1.1"]
    page.filters.state.choose("marked")
    page.filters.state.picked.emit()
    assert rows(page)[1:] == ["2.3", "*Ученики с риском неуспешности", "3.1"]


def test_typing_goes_to_every_selected_row(
    page: RoadmapPage, window: MainWindow, settled: Wait
) -> None:
    choose(page, "1.1", "1.2")
    term = next(at for at, one in enumerate(page.model.columns) if one.key == "term")
    index = page.model.find(LineKey(activity(page, "1.1").id), term)
    assert not page.model.setData(index, "до 01.12.2026")
    settled(window)
    assert {activity(page, one).term for one in ("1.1", "1.2")} == {"до 01.12.2026"}
    title = page.model.find(LineKey(activity(page, "1.2").id), 1)
    page.model.setData(title, "Новое название")
    settled(window)
    assert activity(page, "1.2").title == "Новое название"
    assert activity(page, "1.1").title != "Новое название"


def test_an_impossible_date_is_told_and_nothing_changes(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor
) -> None:
    choose(page, "1.3")
    door.expect("report")
    page.edits_wanted.emit((activity(page, "1.3").id,), {"term": "30 февраля"})
    settled(window)
    assert "Такой даты не бывает" in door.texts("report")[0]
    assert activity(page, "1.3").term == "1 кв. 2026"


def test_dragging_moves_lines(page: RoadmapPage, window: MainWindow, settled: Wait) -> None:
    choose(page, "1.1")
    index = page.tree.currentIndex()
    data = page.model.mimeData([index])
    move, before = Qt.DropAction.MoveAction, page.model.find(LineKey(activity(page, "2.1").id))
    assert not page.model.dropMimeData(data, move, before.row(), 0, QModelIndex())
    settled(window)
    assert rows(page)[:4] == ["*Управление и анализ", "1.1", "1.2", "*Работа с педагогами"]
    assert activity(page, "2.1").title.startswith("Анализ причин")
    page.down.trigger()
    settled(window)
    assert activity(page, "2.2").title.startswith("Анализ причин")
    heading = page.model.index(0, 0)
    page.model.dropMimeData(data, move, -1, -1, heading)
    settled(window)
    assert activity(page, "1.3").title.startswith("Анализ причин")


def test_headings_fold_and_open(page: RoadmapPage) -> None:
    page.tree.setCurrentIndex(page.model.index(0, 1))
    QTest.keyClick(page.tree, Qt.Key.Key_Left)
    assert rows(page)[:3] == ["*Управление и анализ", "*Работа с педагогами", "2.1"]
    page.filters.text.setText("мониторинга")
    assert rows(page) == ["*Управление и анализ", "1.2"]
    page.reset.click()
    page.select(LineKey(activity(page, "1.2").id))
    assert rows(page)[1] == "1.1"
    box = page.tree.visualRect(page.model.index(0, 1))
    QTest.mouseClick(
        page.tree.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + QPoint(6, 10)
    )
    assert rows(page)[1] == "*Работа с педагогами"


def test_state_with_a_reason(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor
) -> None:
    choose(page, "1.3")
    panel = page.panel
    panel.status.setCurrentIndex(panel.status.findData(ActivityStatus.MOVED))
    door.expect("report")
    panel.apply.click()
    settled(window)
    assert "нужна причина" in door.texts("report")[0]
    panel.status.setCurrentIndex(panel.status.findData(ActivityStatus.MOVED))
    panel.reason.setText("ждём приказ")
    panel.apply.click()
    settled(window)
    row = activity(page, "1.3")
    assert (row.status, row.status_note) == (ActivityStatus.MOVED, "ждём приказ")


def test_a_state_is_proved_by_a_file(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor, tmp_path: Path
) -> None:
    choose(page, "1.2", "1.3")
    panel = page.panel
    panel.status.setCurrentIndex(panel.status.findData(ActivityStatus.DONE))
    door.expect("open_files", (tmp_path / "протокол.pdf",))
    panel.proof_file.click()
    panel.apply.click()
    settled(window)
    for number in ("1.2", "1.3"):
        row = activity(page, number)
        assert (row.status, row.proof) == (ActivityStatus.DONE, str(tmp_path / "протокол.pdf"))


def test_the_panel_writes_when_it_is_left(
    page: RoadmapPage, window: MainWindow, settled: Wait
) -> None:
    choose(page, "2.1")
    page.panel.lines["term"].setText("ноябрь")
    page.panel.lines["term"].editingFinished.emit()
    settled(window)
    assert activity(page, "2.1").term == "ноябрь"
    page.panel.texts["result"].setPlainText("Список тем")
    page.panel.texts["result"].left.emit()  # type: ignore[attr-defined]
    settled(window)
    assert activity(page, "2.1").result == "Список тем"
    field = page.panel._year_fields[1]
    field.setText("4")
    field.editingFinished.emit()
    settled(window)
    assert activity(page, "2.1").years[0].fact_number == 4


def test_a_circle_is_refused(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor
) -> None:
    first, second = activity(page, "1.1").id, activity(page, "1.2").id
    page.after_wanted.emit(second, first)
    settled(window)
    door.expect("report")
    page.after_wanted.emit(first, second)
    settled(window)
    assert "по кругу" in door.texts("report")[0]


def test_from_a_word_file(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor, tmp_path: Path
) -> None:
    table = [["Мероприятие", "Срок", "Ответственный"], ["Раздел", ">", ">"],
             ["Совещание", "сентябрь", "РМК"], ["Выезд", "30 февраля", "РМК"]]  # fmt: skip
    path = document(tmp_path / "план.docx", table, before=["План мероприятий"])
    seen: list[str] = []

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, PlanDialog)
        seen.extend(line.title for line in dialog.model.rows())
        dialog.title_field.setText("План 2027")
        dialog.first.setText("2027")
        dialog.last.setText("2027")
        return True

    door.expect("open_files", (path,))
    door.expect("run", answer)
    page.from_file.click()
    settled(window)
    assert seen == ["▸ Раздел", "Совещание", "Выезд"]
    assert page.view is not None
    assert page.view.info.title == "План 2027"
    first, second = page.view.activities
    assert (str(first.end), second.end) == ("2027-09-30", None)
    assert "не бывает" in second.term_problem


@pytest.mark.parametrize("taken", [True, False])
def test_states_of_remarks_are_asked_about(
    page: RoadmapPage,
    window: MainWindow,
    settled: Wait,
    door: ScriptedDoor,
    tmp_path: Path,
    taken: bool,
) -> None:
    rows = [["№", "Мероприятие", "Срок", "Статус"], ["1", "Сбор", "май 2024", "выполнено"]]
    path = document(tmp_path / "п.docx", rows)

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, PlanDialog)
        assert dialog.states.isVisibleTo(dialog)
        assert dialog.states.isChecked()
        dialog.states.setChecked(taken)
        return True

    door.expect("open_files", (path,))
    door.expect("run", answer)
    page.from_file.click()
    settled(window)
    assert page.view is not None
    (row,) = page.view.activities
    assert row.status is (ActivityStatus.DONE if taken else ActivityStatus.PLANNED)


def test_a_file_without_a_plan_is_told(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor, tmp_path: Path
) -> None:
    path = document(tmp_path / "письмо.docx", before=["Просто письмо"])
    door.expect("open_files", (path,))
    door.expect("report")
    page.from_file.click()
    settled(window)
    assert "нет ни одной таблицы" in door.texts("report")[0]


def test_measures_of_the_library_become_rows(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor
) -> None:
    choose(page, "3.1")

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, LibraryDialog)
        dialog.search.setText("медиац примирения")
        assert dialog.model.rowCount() == 0
        dialog.search.setText("травле")
        assert dialog.title.text() == "Порядок действий при травле"
        return True

    door.expect("run", answer)
    page.library.click()
    settled(window)
    assert page.view is not None
    added = page.view.activities[-1]
    assert (added.title, added.factor) == ("Порядок действий при травле", "500-9")
    assert added.measure == "climate-bullying"


def test_a_copy_and_a_new_roadmap(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor
) -> None:
    def fill(dialog: QDialog) -> bool:
        assert isinstance(dialog, RoadmapDialog)
        dialog.title_field.setPlainText("План 2027")
        dialog.first.setText("2027")
        dialog.last.setText("2027")
        return True

    choose(page, "1.3", "2.1")
    door.expect("run", fill)
    page.new_roadmap.trigger()
    settled(window)
    assert page.view is not None
    target = page.view.info.id
    page.roadmap.choose(1)
    page.roadmap.picked.emit()
    settled(window)
    choose(page, "1.3", "2.1")

    def copy(dialog: QDialog) -> bool:
        assert isinstance(dialog, CopyDialog)
        dialog.target.choose(target)
        return True

    door.expect("run", copy)
    page.copy_lines.trigger()
    settled(window)
    page.roadmap.choose(target)
    page.roadmap.picked.emit()
    settled(window)
    assert [row.term for row in page.view.activities] == ["1 кв. 2027", "октябрь"]


def test_a_roadmap_is_the_base_of_the_next_year(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor
) -> None:
    assert page.view is not None
    old = page.view
    first, last = old.info.first_year, old.info.last_year
    assert first is not None
    assert last is not None
    length = last - first + 1

    def look(dialog: QDialog) -> bool:
        assert isinstance(dialog, RenewDialog)
        assert (dialog.first.text(), dialog.last.text()) == (
            str(first + length), str(last + length),
        )  # fmt: skip
        dialog.title_field.setPlainText("Следующий план")
        return True

    door.expect("run", look)
    page.renew.trigger()
    settled(window)
    new = page.view
    assert (new.info.title, new.info.first_year) == ("Следующий план", first + length)
    assert [row.title for row in new.activities] == [row.title for row in old.activities]
    assert not [row for row in new.activities if str(first) in row.term]
    journal.undo_last(window.context.workspace)
    assert len(roadmap.list_roadmaps(window.context.workspace)) == 1


def test_a_roadmap_without_years_asks_by_how_many_its_deadlines_move(
    look: QApplication, qtbot: QtBot
) -> None:
    info = RoadmapInfo(
        1, "План на 2022 год", RoadmapMode.SECTIONS, None, None, None, "", (), (), 3, False
    )
    dialog = RenewDialog(None, (), info)
    qtbot.addWidget(dialog)
    assert dialog.by is not None
    assert dialog.title_field.toPlainText() == "План на 2022 год"
    assert not dialog.store.isEnabled()
    dialog.by.choose(2)
    assert dialog.store.isEnabled()
    assert (dialog.shift, dialog.answer.title) == (2, "План на 2024 год")


def test_the_title_moves_as_the_deadlines_do(look: QApplication, qtbot: QtBot) -> None:
    info = RoadmapInfo(
        1, "План на 2022 год", RoadmapMode.SECTIONS, 2022, 2022, None, "", (), (), 3, False
    )
    dialog = RenewDialog(None, (), info)
    qtbot.addWidget(dialog)
    assert (dialog.shift, dialog.answer.title) == (1, "План на 2023 год")
    dialog.first.setText("2025")
    assert (dialog.shift, dialog.answer.title) == (3, "План на 2025 год")
    dialog.title_field.setPlainText("Свой план")
    dialog.first.setText("2026")
    assert dialog.answer.title == "Свой план"
    dialog.first.clear()
    assert not dialog.store.isEnabled()


@pytest.fixture
def indicator(page: RoadmapPage, window: MainWindow, filled: Workspace, settled: Wait) -> int:
    """Give the roadmap a programme with an indicator and return its id."""
    indicators.new_programme(filled, "Программа", 2025, 2027)
    programme = indicators.programmes(filled)[0].id
    added = indicators.add_indicator(filled, programme, "Доля школ с наставником")
    assert page.view is not None
    info = page.view.info
    form = RoadmapForm(info.title, info.mode, info.first_year, info.last_year, programme)
    window.context.bus.publish(roadmap.edit_roadmap(filled, info.id, form).changes)
    settled(window)
    return added.indicator_id


def test_an_indicator_is_chosen_in_the_card_and_filtered_by(
    page: RoadmapPage, window: MainWindow, settled: Wait, indicator: int
) -> None:
    choose(page, "1.1", "1.2")
    box = page.panel.indicator
    assert box.isEnabled()
    box.setCurrentIndex(box.findData(indicator))
    box.activated.emit(box.currentIndex())
    settled(window)
    assert [activity(page, one).indicator_id for one in ("1.1", "1.2", "1.3")] == [
        indicator, indicator, None,
    ]  # fmt: skip
    assert len(page.selected_activities()) == 2  # what was selected stays so
    assert "Доля школ с наставником" in box.currentText()
    page.filters.indicator.choose(indicator)
    page.filters.indicator.picked.emit()
    assert rows(page) == ["*Управление и анализ", "1.1", "1.2"]
    page.filters.indicator.choose(-1)
    page.filters.indicator.picked.emit()
    assert page.model.shown_activities() == 6


def test_many_rows_are_changed_by_one_dialog(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor, indicator: int
) -> None:
    def fill(dialog: QDialog) -> bool:
        assert isinstance(dialog, ManyDialog)
        assert dialog.answer == {}
        dialog.lines["term"].setText("до 01.12.2026")
        dialog.indicator.choose(indicator)
        dialog.remind.setText("20.11.2026")
        return True

    choose(page, "1.2", "2.1")
    before = {one: activity(page, one) for one in ("1.2", "2.1")}
    door.expect("run", fill)
    page.change_many.trigger()
    settled(window)
    for number in ("1.2", "2.1"):
        row = activity(page, number)
        assert (row.term, str(row.remind_on)) == ("до 01.12.2026", "2026-11-20")
        assert (row.indicator_id, row.responsible) == (indicator, before[number].responsible)
    window.menus.undo.trigger()
    settled(window)
    assert {one: activity(page, one).term for one in before} == {
        one: row.term for one, row in before.items()
    }


def test_a_loaded_cell_leads_to_its_file(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor, tmp_path: Path
) -> None:
    choose(page, "1.1")
    assert page.panel.source.isHidden()
    table = [["№", "Мероприятие", "Срок"], ["1", "Совещание", "2027"]]
    path = document(tmp_path / "план.docx", table, before=["План 2027 года"])
    door.expect("open_files", (path,))
    door.expect("run", True)
    page.from_file.click()
    settled(window)
    assert page.view is not None
    page.select(LineKey(page.view.activities[0].id))
    assert not page.panel.source.isHidden()
    term = next(at for at, one in enumerate(page.model.columns) if one.key == "term")
    page.tree.setCurrentIndex(page.model.find(LineKey(page.view.activities[0].id), term))
    page.source.trigger()
    settled(window)
    popup = window.findChild(SourcePopup)
    assert popup is not None
    popup.copy_button.click()
    told = QGuiApplication.clipboard().text()
    assert told.startswith("Срок: 2027: план.docx, Таблица 1, ячейка C2 (загрузка № 1")
    settled(window)


def test_deleting_asks_and_can_be_undone(
    page: RoadmapPage, window: MainWindow, settled: Wait, door: ScriptedDoor
) -> None:
    page.tree.setCurrentIndex(page.model.index(0, 1))
    door.expect("ask", True)
    page.tree.delete_action.trigger()
    settled(window)
    assert rows(page)[0] == "*Работа с педагогами"
    window.menus.undo.trigger()
    settled(window)
    assert rows(page)[0] == "*Управление и анализ"


def test_quarters_show_and_choose(page: RoadmapPage) -> None:
    page.quarters.setChecked(True)
    assert page.stack.currentWidget() is page.timeline
    assert len(page.timeline.rows()) == 8
    assert page.timeline.quarters() == 4
    assert not page.timeline.grab().isNull()
    before = page.model.row(page.tree.currentIndex())
    QTest.keyClick(page.timeline, Qt.Key.Key_Down)
    after = page.model.row(page.tree.currentIndex())
    assert isinstance(after, ActivityRow)
    assert after != before


def test_the_library_is_large_and_whole() -> None:
    found: tuple[Any, ...] = roadmap.shipped_measures()
    assert len(found) >= 80
    assert len({one.key for one in found}) == len(found)
    assert {one.factor for one in found if one.factor} == {f"500-{n}" for n in range(1, 11)}
    assert {one.section for one in found if one.section} == set(roadmap.cycle_sections())
    for one in found:
        texts = (one.title, one.why, one.do, one.result, one.evidence, one.term, one.responsible,
                 one.example, one.non_example)  # fmt: skip
        assert all(text.strip() for text in texts), one.key


def test_own_measures_grow_from_rows(filled: Workspace) -> None:
    view = roadmap.open_roadmap(filled, roadmap.list_roadmaps(filled)[0].id)
    row = view.activities[0]
    roadmap.keep_measures(filled, [row.id])
    roadmap.keep_measures(filled, [row.id])
    own = [one for one in roadmap.measures(filled) if one.own]
    assert [(one.title, one.result) for one in own] == [(row.title, row.result)]
    used = {one.key: one.uses for one in roadmap.measures(filled)}
    assert used["analysis-causes"] == 1
    roadmap.delete_measure(filled, own[0].key)
    assert not any(one.own for one in roadmap.measures(filled))
