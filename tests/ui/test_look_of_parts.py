"""Parts that pages share: fields of one height, tiles, switches, lists with panels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.services.charts import Bars, Series
from app.ui.itemmodels import Column, TableModel
from app.ui.main_window import MainWindow
from app.ui.pages.methodology.editor import RulesEditor
from app.ui.pages.today.lines import TITLES, Tile
from app.ui.pages.today.page import TodayPage
from app.ui.pages.today.tiles import TileButton
from app.ui.screenshots import settle
from app.ui.shell.top_bar import TopBar
from app.ui.startup import Startup
from app.ui.state import WindowState
from app.ui.theme.metrics import CONTROL_HEIGHT, GAP
from app.ui.widgets.bars import Choice, FilterBar
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.elided import ElidedCombo, ElidedLabel
from app.ui.widgets.fitting import by_letters
from app.ui.widgets.list_pane import Emptiness, ListPane
from app.ui.widgets.table_view import TableView
from app.ui.widgets.views import ViewSwitch
from tests.methodology.builders import FEDERAL
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

Settle = Callable[[MainWindow], None]


@pytest.fixture
def large(look: QApplication) -> Iterator[QFont]:
    """Put letters of 14 points on the application for one test."""
    usual, font = look.font(), QFont(look.font())
    font.setPointSizeF(14)
    look.setFont(font)
    yield font
    look.setFont(usual)


def test_fields_and_buttons_of_a_bar_are_of_one_height(look: QApplication, qtbot: QtBot) -> None:
    editable = QComboBox()
    editable.setEditable(True)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    fields = (QComboBox(), editable, QLineEdit(), QSpinBox(), QPushButton("Кнопка"))
    for field in fields:
        column.addWidget(field)
    column.addStretch()
    window.show()
    for room in (400, window.minimumSizeHint().height()):  # and squeezed, as in a scrolled form
        window.resize(300, room)
        QApplication.processEvents()
        heights = {type(field).__name__: field.height() for field in fields}
        assert set(heights.values()) == {CONTROL_HEIGHT}, heights


def test_tiles_of_a_row_share_the_whole_width(
    district: District, started: Startup, settled: Settle
) -> None:
    window = cast(MainWindow, started.parent())
    page = cast(TodayPage, window.pages["today"])
    settled(window)
    rows: dict[int, list[QWidget]] = {}
    for tile in page.tiles.values():
        rows.setdefault(tile.y(), []).append(tile)
    assert [len(row) for row in rows.values()] == [4, 5]
    for row in rows.values():
        assert row[0].x() == page.table.mapTo(page, page.table.rect().topLeft()).x()
        assert abs(row[-1].geometry().right() - page.rows.geometry().right()) <= 1
        gaps = {b.x() - a.geometry().right() - 1 for a, b in pairwise(row)}
        assert gaps == {GAP}
    assert set(page.tiles) == set(TITLES)


def test_what_an_empty_number_says_is_said_once(
    district: District, started: Startup, settled: Settle
) -> None:
    window = cast(MainWindow, started.parent())
    page = cast(TodayPage, window.pages["today"])
    settled(window)
    page.choose("decisions")
    assert not page.heading.isHidden()
    page.choose("overdue")
    assert page.heading.isHidden()


def test_a_tile_grows_with_the_letters(look: QApplication, large: QFont, qtbot: QtBot) -> None:
    tile = TileButton("overdue")
    qtbot.addWidget(tile)
    tile.show_tile(Tile("overdue", "1234", "Сроки прошли, а отметки нет.", "alarm", ()))
    assert tile.sizeHint().height() >= 4 * tile.fontMetrics().height()


def test_a_count_says_what_it_counts(look: QApplication, qtbot: QtBot) -> None:
    switch = ViewSwitch("Что показать")
    qtbot.addWidget(switch)
    switch.add("late", "Рекомендации")
    switch.set_count("late", "Рекомендации", 11, "просрочено")
    button = switch.findChild(QPushButton)
    assert button is not None
    assert (button.text(), button.toolTip()) == ("Рекомендации · 11", "Просрочено: 11")
    assert button.accessibleName() == "Рекомендации, просрочено: 11"
    switch.set_count("late", "Рекомендации", 0, "просрочено")
    assert (button.text(), button.toolTip(), button.accessibleName()) == (
        "Рекомендации", "", "Рекомендации"
    )  # fmt: skip


def test_the_width_of_a_panel_comes_back(
    look: QApplication, state: WindowState, qtbot: QtBot
) -> None:
    def pane() -> ListPane:
        column: Column[int] = Column("n", "Число", lambda n: n)
        empty = Emptiness("Пусто", "Добавьте.")
        made = ListPane((column,), lambda n: n, "n", "Числа", state, empty, lambda n: (("Ч", "1"),))
        qtbot.addWidget(made)
        made.resize(1000, 400)
        made.show_rows((1, 2))
        made.show()
        return made

    first = pane()
    first.splitter.setSizes([500, 488])
    first.splitter.splitterMoved.emit(500, 1)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    assert pane().splitter.sizes() == first.splitter.sizes()


def test_large_letters_are_not_cut_in_a_table(
    look: QApplication, state: WindowState, qtbot: QtBot
) -> None:
    columns: tuple[Column[int], ...] = (
        Column("year", "Год", lambda n: n, width=60),
        Column("name", "Школа", lambda n: n, width=100),
    )
    usual = TableView(TableModel(columns, lambda n: n, look), "t", "Годы", state)
    qtbot.addWidget(usual)
    font = QFont(look.font())
    letters, font_usual = font, QFont(look.font())
    letters.setPointSizeF(14)
    look.setFont(letters)
    try:
        large = TableView(TableModel(columns, lambda n: n, look), "t", "Годы", state)
    finally:
        look.setFont(font_usual)
    qtbot.addWidget(large)
    height = QFontMetrics(letters).height()
    assert large.columnWidth(0) > usual.columnWidth(0)
    assert large.verticalHeader().defaultSectionSize() > height
    assert large.horizontalHeader().minimumHeight() >= 2 * height
    large.fit_rows(3)
    assert large.height() >= 5 * height
    state.put("table-t/year/width", 75)  # what a person chose stays
    again = TableView(TableModel(columns, lambda n: n, look), "t", "Годы", state)
    qtbot.addWidget(again)
    assert again.columnWidth(0) == 75


def test_an_empty_list_offers_its_next_step_to_the_keyboard(
    look: QApplication, state: WindowState, qtbot: QtBot
) -> None:
    column: Column[int] = Column("n", "Число", lambda n: n)
    empty = Emptiness("Пусто", "Добавьте.", "Добавить…")
    pane = ListPane((column,), lambda n: n, "n", "Числа", state, empty)
    qtbot.addWidget(pane)
    pane.show_rows(())
    pane.show()
    pane.activateWindow()
    pane.enter()
    focus = pane.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Добавить…"
    pane.show_rows((1,))
    pane.enter()
    assert pane.focusWidget() is pane.table


@pytest.mark.parametrize("key", ["today", "schools", "results", "risks", "forms", "classification"])
def test_the_next_step_of_an_empty_page_waits_for_enter(
    started: Startup, qtbot: QtBot, door: ScriptedDoor, key: str
) -> None:
    window = started._window
    window.activateWindow()
    started.workbench.categories.open()
    settle(window)
    window.show_page(key)
    settle(window)
    focus = window.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Загрузить файлы…"
    assert focus is not window.top_bar.load
    door.expect("open_folder")
    qtbot.keyClick(focus, Qt.Key.Key_Space)


@pytest.mark.parametrize("key", ["roadmap", "indicators"])
def test_a_page_without_a_plan_offers_its_first_step_to_enter(started: Startup, key: str) -> None:
    window = started._window
    window.activateWindow()
    window.show_page(key)
    settle(window)
    focus, page = window.focusWidget(), window.pages[key]
    empty, _ = page.focus_places()
    assert isinstance(focus, QPushButton)
    assert empty is not None
    assert empty.isAncestorOf(focus)


def test_every_list_of_choices_is_shortened_and_every_menu_has_its_arrow(
    whole: MainWindow,
) -> None:
    for key, page in whole.pages.items():
        if key == "documents":
            continue
        for combo in page.findChildren(QComboBox):
            assert combo.isEditable() or isinstance(combo, ElidedCombo), (key, combo)
        for button in page.findChildren(QPushButton):
            if button.menu() is not None:
                assert button.property("menu") == "true", (key, button.text())
                assert not button.styleSheet(), (key, button.text())


@pytest.mark.parametrize("name", ["categories", "quarantine"])
def test_escape_leaves_a_page_without_a_tab_of_its_own(
    district: District, started: Startup, qtbot: QtBot, name: str
) -> None:
    window = started._window
    window.activateWindow()
    launcher = getattr(started.workbench, name)
    launcher.open()
    settle(window)
    page = window.current_page()
    assert page is not None
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    settle(window)
    assert page.key not in window.pages


def test_a_year_that_is_not_there_is_said_whole(look: QApplication, qtbot: QtBot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.offer_years((), None)
    text = bar.year.fontMetrics().horizontalAdvance(bar.year.currentText())
    assert bar.year.width() >= text + 40


def test_a_narrow_window_narrows_the_choices(look: QApplication, qtbot: QtBot) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    choices = [bar.add_choice("Предмет", "Все предметы года и все классы") for _ in range(5)]
    bar.show()
    assert bar.minimumSizeHint().width() < sum(one.sizeHint().width() for one in choices)


def test_a_note_gives_way_and_is_whole_in_its_hint(look: QApplication, qtbot: QtBot) -> None:
    """A count with many words must not widen the window."""
    bar = FilterBar()
    qtbot.addWidget(bar)
    note = bar.add_note()
    note.setText("2025 год: 14 школ, отмечено рисков у 11 школ, без отметок – у трёх")
    bar.resize(200, 44)
    bar.show()
    assert bar.minimumSizeHint().width() <= 200
    assert note.width() < note.sizeHint().width()
    place = note.rect().center()
    asked = QHelpEvent(QEvent.Type.ToolTip, place, note.mapToGlobal(place))
    QApplication.sendEvent(note, asked)
    assert QToolTip.text() == note.text()
    QToolTip.hideText()


def test_a_choice_that_is_cut_says_so_and_is_whole_in_its_hint(
    look: QApplication, qtbot: QtBot
) -> None:
    choice = Choice("Программа", "Выберите программу")
    qtbot.addWidget(choice)
    choice.show()
    assert choice.shown() == "Выберите программу"
    choice.offer([("Поддержка школ Лукоморского района на три года вперёд", 1)])
    choice.choose(1)
    choice.resize(150, 28)
    assert choice.shown().endswith("…")
    assert choice.fontMetrics().horizontalAdvance(choice.shown()) <= 150 - 36
    place = choice.rect().center()
    asked = QHelpEvent(QEvent.Type.ToolTip, place, choice.mapToGlobal(place))
    QApplication.sendEvent(choice, asked)
    assert QToolTip.text() == choice.currentText()
    QToolTip.hideText()


@pytest.mark.parametrize("middle", [False, True])
def test_a_line_is_cut_at_a_letter_where_it_tells_least(
    look: QApplication, qtbot: QtBot, middle: bool
) -> None:
    line = ElidedLabel(middle=middle)
    qtbot.addWidget(line)
    line.setText("База: /home/user/Документы/район/opora.db")
    line.resize(line.sizeHint())
    assert line.shown() == line.text()
    line.resize(150, 20)
    assert line.fontMetrics().horizontalAdvance(line.shown()) <= 150
    assert line.shown().endswith("opora.db" if middle else "…")


def test_tabs_stand_closer_before_arrows_hide_any(look: QApplication, qtbot: QtBot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    for number in range(8):
        bar.add_tab(str(number), "Раздел программы")
    bar.resize(3000, 44)
    bar.show()
    loose = bar.tabs.sizeHint().width()
    bar.resize(loose - 20, 44)
    assert bar.tabs.sizeHint().width() < loose - 20
    bar.resize(3000, 44)
    assert bar.tabs.sizeHint().width() == loose


@pytest.mark.usefixtures("large")
def test_rules_of_a_methodology_need_no_scrolling_aside_with_large_letters(
    look: QApplication, qtbot: QtBot
) -> None:
    editor = RulesEditor(2025)
    qtbot.addWidget(editor)
    editor.show_rules(FEDERAL)
    editor.resize(by_letters(editor, 660), 700)
    editor.show()
    area = editor.tabs.widget(0)
    assert isinstance(area, QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0


@pytest.mark.usefixtures("large")
def test_bars_leave_room_in_a_window_of_1280_with_large_letters(
    whole: MainWindow, started: Startup
) -> None:
    started.workbench.categories.open()
    settle(whole)
    assert max(page.minimumSizeHint().width() for page in whole.pages.values()) <= 1280


def test_a_picture_does_not_stretch_without_end(look: QApplication, qtbot: QtBot) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(1900, 400)
    view.show_chart(Bars("Доля", ("Школа",), (Series("2025", (10.0,)),)))
    scene = view.scene()
    assert scene is not None
    assert scene.width <= 1280
