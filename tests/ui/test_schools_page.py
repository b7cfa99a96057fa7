"""The tab «Школы»: list, card, sources and decisions over a real database."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from app.models.enums import Category
from app.services import methodology
from app.services.workspace import Workspace
from app.ui.dialogs.override import OverrideDialog
from app.ui.main_window import MainWindow
from app.ui.pages.schools.card_content import CardContent
from app.ui.pages.schools.page import SchoolsPage
from app.ui.screenshots import settle
from app.ui.startup import Startup
from app.ui.widgets.source_popup import SourcePopup, inside
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

YEAR = 2025


class Screen:
    """The window over the district, with the page «Школы» in front."""

    def __init__(self, startup: Startup) -> None:
        assert startup.first is not None
        self.window: MainWindow = startup._window
        self.page: SchoolsPage = startup.first.page
        self.workbench = startup.workbench
        self.window.show_page("schools")

    @property
    def card(self) -> CardContent:
        content = self.page.panel.content
        assert content is not None
        return content

    def choose(self, school_id: int) -> None:
        assert self.page.table.select_key(school_id)
        self.settle()

    def settle(self) -> None:
        settle(self.window)

    def names(self) -> list[str]:
        return [line.name for line in self.page.model.rows()]

    def line(self, school_id: int) -> object:
        return next(line for line in self.page.model.all_rows() if line.id == school_id)

    def cell(self, school_id: int, column: str) -> str:
        number = self.page.model.find(school_id)
        assert number is not None
        keys = [c.key for c in self.page.model.columns]
        return str(self.page.model.index(number, keys.index(column)).data())


@pytest.fixture
def screen(district: District, started: Startup) -> Screen:
    return Screen(started)


def decided(workspace: Workspace, school_id: int) -> Category | None:
    verdicts = methodology.classify(workspace, YEAR).schools
    found = next(v for v in verdicts if v.school_id == school_id)
    return found.decision.category if found.decision else None


def test_the_list_shows_every_school_with_its_category(screen: Screen, district: District) -> None:
    assert screen.names() == ["Лицей имени Пушкина", "МБОУ СОШ № 2", "МБОУ СОШ № 15"]
    assert screen.cell(district.low, "category") == "ШНОР"
    assert screen.cell(district.fine, "category") == "вне групп"
    assert screen.cell(district.empty, "category") == "нет данных"
    assert screen.cell(district.low, "low") == "2"
    assert screen.cell(district.low, "decision") == "предложено"


def test_the_newest_year_is_chosen_first(screen: Screen) -> None:
    assert screen.window.context.year == YEAR
    assert screen.window.top_bar.year.currentText() == "2025"


def test_the_card_says_why_and_how_far(screen: Screen, district: District) -> None:
    screen.choose(district.low)
    card = screen.card
    assert card.name.text() == "МБОУ СОШ № 15"
    assert "5 из 11" in card.reason.text()
    assert card.distance.text()
    chip = card.category.chip()
    assert chip is not None
    assert chip.word == "ШНОР"
    assert card.confirm.isVisible()
    assert not card.withdraw.isVisible()


def test_results_of_the_card_stand_by_procedure_and_year(
    screen: Screen, district: District
) -> None:
    screen.choose(district.low)
    model = screen.card.results_model
    titles = [column.title for column in model.columns]
    assert titles == ["Процедура", "2024", "2025"]
    rows = {model.index(n, 0).data(): n for n in range(model.rowCount())}
    maths = rows["ВПР, математика, 5 класс"]
    assert (model.index(maths, 1).data(), model.index(maths, 2).data()) == ("8,3", "36,4")
    marks = [row.cells[YEAR].mark for row in model.rows() if "история" in row.title]
    assert [mark.meaning for mark in marks if mark] == [
        "низкий результат, методикой не учитывается"
    ]


def test_a_number_opens_its_cell_and_can_be_copied(
    screen: Screen, district: District, qtbot: QtBot
) -> None:
    screen.choose(district.low)
    model = screen.card.results_model
    screen.card.results.clicked.emit(model.index(0, 2))
    screen.settle()
    popup = screen.workbench.schools._sources.popup
    assert isinstance(popup, SourcePopup)
    assert popup.isVisible()
    popup.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert "ВПР/4 РУ.xlsx" in text
    assert "ячейка D11" in text
    assert "Лист1" in text


def test_a_school_without_results_says_so(screen: Screen, district: District) -> None:
    screen.choose(district.empty)
    assert "нет" in screen.card.results_note.text().lower()
    assert not screen.card.results.isVisible()
    assert not screen.card.confirm.isVisible()


def test_confirming_stores_the_computed_category(
    screen: Screen, district: District, workspace: Workspace
) -> None:
    screen.choose(district.low)
    screen.card.confirm.click()
    screen.settle()
    assert decided(workspace, district.low) is Category.SHNOR
    assert screen.cell(district.low, "decision") == "подтверждено"
    assert screen.card.withdraw.isVisible()
    assert screen.card.name.text() == "МБОУ СОШ № 15"


def test_confirming_all_asks_first_and_leaves_out_schools_without_data(
    screen: Screen, district: District, workspace: Workspace, door: ScriptedDoor
) -> None:
    door.expect("ask", True)
    screen.page.confirm_all.click()
    screen.settle()
    assert "2 школ" in door.texts("ask")[0]
    assert decided(workspace, district.low) is Category.SHNOR
    assert decided(workspace, district.fine) is Category.NONE
    assert decided(workspace, district.empty) is None
    assert not screen.page.confirm_all.isEnabled()


def test_a_refused_question_stores_nothing(
    screen: Screen, district: District, workspace: Workspace, door: ScriptedDoor
) -> None:
    door.expect("ask", False)
    screen.page.confirm_all.click()
    screen.settle()
    assert decided(workspace, district.low) is None


def test_another_category_needs_a_reason_and_keeps_the_computed_one(
    screen: Screen, district: District, workspace: Workspace, door: ScriptedDoor
) -> None:
    def answer(dialog: QDialog) -> bool:
        asked = cast(OverrideDialog, dialog)
        assert not asked.store.isEnabled()
        asked.choice.setCurrentIndex(asked.choice.findData(Category.RISK_ZONE))
        asked.text.setPlainText("  протокол комиссии № 3  ")
        assert asked.store.isEnabled()
        return True

    screen.choose(district.low)
    door.expect("run", answer)
    screen.card.override.click()
    screen.settle()
    assert decided(workspace, district.low) is Category.RISK_ZONE
    assert screen.cell(district.low, "decision") == "изменено"
    said = screen.card.decision.text()
    assert "протокол комиссии № 3" in said
    assert "По расчёту: ШНОР" in said


@pytest.mark.parametrize("category", [Category.RISK_ZONE, Category.SHNOR])
def test_the_dialog_tells_the_computation_once_and_no_reason_of_a_person(
    screen: Screen,
    district: District,
    workspace: Workspace,
    door: ScriptedDoor,
    category: Category,
) -> None:
    """Whether the person's category differs from the computed one or is the same."""
    methodology.override(workspace, YEAR, district.low, category, "решение комиссии № 3")
    screen.window.menus.refresh.trigger()
    screen.settle()
    screen.choose(district.low)
    told: list[str] = []

    def look(dialog: QDialog) -> bool:
        told.extend(label.text() for label in dialog.findChildren(QLabel))
        return False

    door.expect("run", look)
    screen.card.override.click()
    text = "\n".join(told)
    assert text.casefold().count("по расчёту") == 1
    assert "По расчёту: ШНОР. " in text
    assert "5 из 11" in text
    assert "комиссии" not in text


def test_a_cancelled_dialog_changes_nothing(
    screen: Screen, district: District, workspace: Workspace, door: ScriptedDoor
) -> None:
    screen.choose(district.low)
    door.expect("run", False)
    screen.card.override.click()
    screen.settle()
    assert decided(workspace, district.low) is None


def test_withdrawing_returns_to_the_computation(
    screen: Screen, district: District, workspace: Workspace
) -> None:
    methodology.confirm(workspace, YEAR, [district.low])
    screen.window.menus.refresh.trigger()
    screen.settle()
    screen.choose(district.low)
    screen.card.withdraw.click()
    screen.settle()
    assert decided(workspace, district.low) is None
    assert screen.cell(district.low, "decision") == "предложено"


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
        (
            Qt.Key.Key_Z,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        ),
    ],
    ids=["Ctrl+Y", "Ctrl+Shift+Z"],
)
def test_what_was_taken_back_is_done_again_by_key(
    screen: Screen,
    district: District,
    workspace: Workspace,
    qtbot: QtBot,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
) -> None:
    screen.choose(district.low)
    screen.card.confirm.click()
    screen.settle()
    menus = screen.window.menus
    assert not menus.redo.isEnabled()
    menus.undo.trigger()
    screen.settle()
    assert decided(workspace, district.low) is None
    assert menus.redo.text().startswith("Повторить: ")
    qtbot.keyClick(screen.page.table, key, modifiers)
    screen.settle()
    assert decided(workspace, district.low) is Category.SHNOR
    assert not menus.redo.isEnabled()


def test_ctrl_z_takes_a_decision_back(
    screen: Screen, district: District, workspace: Workspace, qtbot: QtBot
) -> None:
    screen.choose(district.low)
    screen.card.confirm.click()
    screen.settle()
    assert "Отменить: " in screen.window.menus.undo.text()
    qtbot.keyClick(screen.page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    screen.settle()
    assert decided(workspace, district.low) is None
    assert "Отменено" in screen.window.status.currentMessage()
    assert not screen.window.menus.undo.isEnabled()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ёлкино", ["МБОУ СОШ № 15"]),
        ("edu000015", ["МБОУ СОШ № 15"]),
        ("ЛИЦЕЙ", ["Лицей имени Пушкина"]),
        ("сош 2", ["МБОУ СОШ № 2"]),
        ("нет такой", []),
    ],
)
def test_searching_by_name_place_and_code(screen: Screen, text: str, expected: list[str]) -> None:
    screen.page.search.setText(text)
    assert screen.names() == expected


def test_filters_narrow_the_list_and_one_button_clears_them(screen: Screen) -> None:
    screen.page.category.choose(Category.RISK_ZONE)
    screen.page.category.picked.emit()
    assert screen.names() == []
    assert screen.page.lists.currentWidget() is screen.page.empty
    assert screen.page.note.text() == "показано 0, всего 3 школы"
    screen.page.empty.chosen.emit()
    assert len(screen.names()) == 3
    assert screen.page.lists.currentWidget() is screen.page.table


def test_another_year_shows_its_own_categories(screen: Screen, district: District) -> None:
    screen.window.context.set_year(2024)
    screen.settle()
    assert screen.cell(district.low, "category") != "ШНОР"
    assert screen.cell(district.fine, "category") == "нет данных"


def test_a_school_asked_for_elsewhere_is_shown_through_any_filter(
    screen: Screen, district: District
) -> None:
    screen.window.show_page("results")
    screen.page.search.setText("лицей")
    screen.window.context.school_wanted.emit(district.low)
    screen.settle()
    assert screen.window.current_page() is screen.page
    assert screen.card.name.text() == "МБОУ СОШ № 15"


def test_the_card_folds_by_key_and_stays_folded(screen: Screen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.page.fold.toggled):
        qtbot.keyClick(screen.window, Qt.Key.Key_F4)
    assert not screen.page.panel.isVisible()
    screen.page.save_state()
    other = SchoolsPage(screen.window.context)
    assert not other.fold.isChecked()
    other.deleteLater()


def test_f1_explains_the_page(screen: Screen, door: ScriptedDoor, qtbot: QtBot) -> None:
    titles: list[str] = []
    door.expect("run", lambda dialog: titles.append(dialog.windowTitle()))
    qtbot.keyClick(screen.window, Qt.Key.Key_F1)
    assert titles == ["Справка: Школы"]


def test_an_empty_register_tells_the_next_step(
    workspace: Workspace, started: Startup, door: ScriptedDoor
) -> None:
    screen = Screen(started)
    assert screen.page.lists.currentWidget() is screen.page.empty
    door.expect("open_folder", None)
    screen.page.empty.chosen.emit()
    assert door.texts("open_folder") == ["Папка с таблицами"]


@pytest.mark.parametrize(
    ("asked", "given"),
    [((10, 20), (10, 20)), ((900, 900), (380, 700)), ((-50, -9), (0, 0)), ((380, 700), (380, 700))],
)
def test_the_popup_stays_on_the_screen(asked: tuple[int, int], given: tuple[int, int]) -> None:
    found = inside(QRect(0, 0, 800, 800), QPoint(*asked), QSize(420, 100))
    assert (found.x(), found.y()) == given
