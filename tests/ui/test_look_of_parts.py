"""Parts that pages share: fields of one height, tiles, switches, lists with panels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import cast

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.itemmodels import Column
from app.ui.main_window import MainWindow
from app.ui.pages.today.lines import TITLES, Tile
from app.ui.pages.today.page import TodayPage
from app.ui.pages.today.tiles import TileButton
from app.ui.startup import Startup
from app.ui.state import WindowState
from app.ui.theme.metrics import CONTROL_HEIGHT, GAP
from app.ui.widgets.list_pane import Emptiness, ListPane
from app.ui.widgets.views import ViewSwitch
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
    for field in (QComboBox(), editable, QLineEdit(), QSpinBox(), QPushButton("Кнопка")):
        qtbot.addWidget(field)
        field.show()
        assert field.sizeHint().height() == CONTROL_HEIGHT, type(field).__name__


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
