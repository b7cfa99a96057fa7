"""The page «Разметка таблицы»: from an unknown file to stored results, by clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.models.enums import FileStatus, RecordKind
from app.services import mapping, results
from app.services.mapping import How, Role, TableKind
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.importing.launcher import ImportLauncher
from app.ui.pages.mapping.launcher import MappingLauncher
from app.ui.pages.mapping.page import MappingPage
from app.ui.pages.mapping.placing import IGNORED
from app.ui.startup import Startup
from tests.journeys.stick import register_rows, write_book
from tests.mapping.test_round_trip import unknown_rows
from tests.ui.conftest import ScriptedDoor


@pytest.fixture
def window(started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def imports(
    started: Startup, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> Iterator[ImportLauncher]:
    """Bring in a register and an unknown table, which is the current file; leave at the end."""
    launcher = started.workbench.imports
    write_book(tmp_path / "стик" / "Реестр.xlsx", register_rows())
    write_book(tmp_path / "стик" / "Сводка.xlsx", unknown_rows(2025))
    window.context.import_wanted.emit((tmp_path / "стик",))
    qtbot.waitUntil(lambda: launcher.page.stack.currentWidget() is launcher.page.lists)
    assert launcher.page.files.select_key("Сводка.xlsx")
    yield launcher
    if launcher.presenter is not None:
        launcher.presenter.close()


@pytest.fixture
def page(imports: ImportLauncher, started: Startup, qtbot: QtBot) -> MappingPage:
    """Open the page by the button of the file."""
    launcher: MappingLauncher = started.workbench.mappings
    assert imports.page.panel.map.isVisible()
    imports.page.panel.map.click()
    assert launcher.page is not None
    qtbot.waitUntil(lambda: launcher.page.sheet.sheet_model.rowCount() > 0)
    return launcher.page


def place(page: MappingPage, column: int, choice: str) -> None:
    """Choose what stands in a column."""
    model = page.sheet.placing_model
    assert model.setData(model.index(0, column), choice)


def say(page: MappingPage, part: str, value: str) -> None:
    """Give a part of the procedure as a constant."""
    field = page.controls.origins[part]
    field.how.setCurrentIndex(field.how.findData(How.CONSTANT))
    field.value.setText(value)
    field.how.activated.emit(field.how.currentIndex())


def finish(page: MappingPage) -> None:
    """Say all that the proposal for the table leaves open."""
    place(page, 6, IGNORED)
    say(page, "assessment", "ВПР")
    say(page, "subject", "Математика")
    say(page, "grade", "5")


def test_the_button_is_for_tables_that_nobody_knows(imports: ImportLauncher) -> None:
    assert imports.page.files.select_key("Реестр.xlsx")
    assert not imports.page.panel.map.isVisible()


def test_it_cannot_be_kept_before_everything_is_said(page: MappingPage) -> None:
    assert not page.remember.isEnabled()
    assert "Не указано, что в столбцах: G." in page.reason.text()
    assert page.facts_model.rowCount() == 0
    finish(page)
    assert page.remember.isEnabled()
    assert not page.reason.isVisible()


def test_the_preview_shows_what_becomes_of_the_rows(page: MappingPage, qtbot: QtBot) -> None:
    finish(page)
    qtbot.waitUntil(lambda: page.facts_model.rowCount() == 3)
    line = page.facts_model.row_at(0).line
    assert line.item == "ВПР 2025, математика, 5 класс"
    assert page.tabs.tabText(0) == "Что получится (3)"
    assert page.note.text() == "2 строки данных, итогов 1"


def test_remembered_applied_and_stored(
    page: MappingPage, imports: ImportLauncher, workspace: Workspace, window: MainWindow,
    qtbot: QtBot,
) -> None:  # fmt: skip
    finish(page)
    page.name.setText("Сводка управления")
    page.remember.click()
    qtbot.waitUntil(lambda: any(f.layout == "mapped" for f in imports.page.files_model.all_rows()))
    assert window.current_page() is imports.page
    assert mapping.list_mappings(workspace)[0].title == "Сводка управления"
    assert {f.status for f in imports.page.files_model.all_rows()} == {FileStatus.IMPORTED}
    qtbot.waitUntil(lambda: imports.page.store.isEnabled())
    with qtbot.waitSignal(window.context.bus.changed):
        imports.page.store.click()
    assert sorted(row.n2 for row in results.list_results(workspace, year=2025)) == [1, 5]


def test_the_header_moves_by_click_and_by_number(page: MappingPage) -> None:
    assert page.controls.first.value() == 2
    page.sheet.header_clicked.emit(0, False)
    assert (page.controls.first.value(), page.controls.last.value()) == (1, 1)
    page.sheet.header_clicked.emit(1, True)
    assert (page.controls.first.value(), page.controls.last.value()) == (1, 2)
    page.controls.first.setValue(2)
    assert page.sheet.placing_model.index(0, 0).data() == "Школа (название)"
    page.controls.last.setValue(1)
    assert "ниже последней" in page.reason.text()


def test_what_was_placed_by_hand_stays_when_the_header_moves(page: MappingPage) -> None:
    place(page, 6, IGNORED)
    page.sheet.header_clicked.emit(0, False)
    page.sheet.header_clicked.emit(1, False)
    assert page.sheet.placing_model.index(0, 6).data() == "Не нужен"


def test_another_kind_offers_other_fields(page: MappingPage) -> None:
    controls = page.controls
    controls.kind.setCurrentIndex(controls.kind.findData(mapping.TableKind.SIDE_BY_SIDE))
    controls.kind.activated.emit(controls.kind.currentIndex())
    assert page.sheet.placing_model.rowCount() == 2
    assert not controls.origins["subject"].isVisible()
    controls.kind.setCurrentIndex(controls.kind.findData(mapping.TableKind.RECORD))
    controls.kind.activated.emit(controls.kind.currentIndex())
    assert controls.record.isVisible()
    assert "какие это сведения" in page.reason.text()


def test_a_column_is_placed_by_the_keyboard(page: MappingPage, qtbot: QtBot) -> None:
    view = page.sheet.placing
    view.setFocus()
    view.setCurrentIndex(page.sheet.placing_model.index(0, 6))
    assert view.findChildren(QComboBox) == []
    qtbot.keyClick(view, Qt.Key.Key_F2)
    (box,) = view.findChildren(QComboBox)
    box.setCurrentIndex(box.findData(IGNORED))
    box.activated.emit(box.currentIndex())
    assert page.sheet.placing_model.index(0, 6).data() == "Не нужен"


def test_models_keep_the_contract_of_models(page: MappingPage) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    for model in (page.sheet.sheet_model, page.sheet.placing_model):
        QAbstractItemModelTester(model, mode)
    finish(page)


def test_to_a_file_and_back(
    page: MappingPage, door: ScriptedDoor, tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    finish(page)
    path = tmp_path / "м.json"
    door.expect("save_file", path)
    with qtbot.waitSignal(window.context.told):
        page.save.click()
    place(page, 6, "")
    assert not page.remember.isEnabled()
    door.expect("open_files", (path,))
    page.load.click()
    qtbot.waitUntil(page.remember.isEnabled)
    title, body = mapping.read_mapping(path)
    assert (title, body.columns[6].role) == ("Сводка", Role.IGNORED)


def test_a_mapping_of_another_table_is_refused(
    page: MappingPage, door: ScriptedDoor, tmp_path: Path, qtbot: QtBot
) -> None:
    finish(page)
    other = mapping.propose(
        mapping.Sheet("Л", [["Школа", "Код", "Вид"], ["СОШ №1", "01307", "СОШ"]])
    )
    path = mapping.export_mapping("Чужая", other, tmp_path / "ч.json")
    door.expect("open_files", (path,))
    door.expect("inform")
    page.load.click()
    qtbot.waitUntil(lambda: bool(door.texts("inform")))
    assert "разметка другой таблицы" in door.texts("inform")[0]


def test_leaving_keeps_nothing(
    page: MappingPage, imports: ImportLauncher, window: MainWindow, workspace: Workspace
) -> None:
    page.leave.click()
    assert window.current_page() is imports.page
    assert mapping.list_mappings(workspace) == ()


def test_form_of_one_school_is_shown_turned_and_remembered(
    page: MappingPage, started: Startup, qtbot: QtBot
) -> None:
    presenter = started.workbench.mappings.presenter
    assert presenter is not None
    controls, model = page.controls, page.sheet.placing_model
    assert not controls.turned.isVisible()
    controls.kind.setCurrentIndex(controls.kind.findData(TableKind.RECORD))
    controls.record.setCurrentIndex(controls.record.findData(RecordKind.PASSPORT))
    controls.kind_chosen.emit()
    height = page.sheet.sheet_model.rowCount()
    controls.turned.click()
    assert page.sheet.sheet_model.columnCount() == height
    across = Qt.Orientation.Horizontal
    assert [model.headerData(n, across) for n in range(2)] == ["1", "2"]
    assert model.headerData(0, Qt.Orientation.Vertical) == "Что в строке"
    assert controls.school.isVisible()
    controls.data.lineEdit().setText("c")
    assert controls.data.hasAcceptableInput()
    controls.data.interpretText()
    assert (controls.data.value(), controls.data.text()) == (3, "C")
    assert page.sheet.sheet_model.headerData(2, Qt.Orientation.Vertical) == "C значения"
    controls.school.setText("a1")
    controls.school.editingFinished.emit()
    assert controls.school.text() == "A1"
    for column in range(model.columnCount()):
        place(page, column, IGNORED)
    place(page, 4, "pupils")
    say(page, "year", "2025")
    assert page.remember.isEnabled()
    controls.turned.click()
    assert page.sheet.sheet_model.rowCount() == height
