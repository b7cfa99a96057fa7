"""Tables over rows: sorting, filtering, copying, and the contract of Qt's models."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.ui.itemmodels import Align, Column, Mark, Role, Sign, TableModel
from app.ui.itemmodels.clipboard import tsv
from app.ui.numbers import counted, hundredths, tenths, whole
from app.ui.state import WindowState
from app.ui.theme import Tone
from app.ui.widgets.table_view import TableView

LOW = Mark(Tone.DANGER, Sign.DOWN, "низкий результат")


class Line(NamedTuple):
    id: int
    name: str
    share: float | None


COLUMNS = (
    Column[Line]("name", "Школа", lambda line: line.name),
    Column[Line](
        "share",
        "Доля, %",
        lambda line: line.share,
        tenths,
        Align.RIGHT,
        mark=lambda line: LOW if (line.share or 0) >= 30 else None,
        link=True,
    ),
)
LINES = (
    Line(1, "ёлкинская", 12.25),
    Line(2, "Елань", None),
    Line(3, "Жуковка", 30.0),
    Line(4, "Ёнва", 9.0),
)


@pytest.fixture
def model(qapp: QApplication) -> TableModel[Line]:
    made = TableModel(COLUMNS, lambda line: line.id)
    made.set_rows(LINES)
    return made


@pytest.fixture
def view(
    look: QApplication, model: TableModel[Line], state: WindowState, qtbot: QtBot
) -> TableView:
    made = TableView(model, "test", "Проверка", state)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def shown(model: TableModel[Line]) -> list[int]:
    return [line.id for line in model.rows()]


def test_the_contract_of_qt_holds_through_every_change(qapp: QApplication) -> None:
    model: TableModel[Line] = TableModel(COLUMNS, lambda line: line.id)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(model, mode)
    model.set_rows(LINES)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_filter(lambda line: line.share is not None)
    model.sort(0)
    model.set_columns(COLUMNS[:1])
    model.set_rows(())
    assert model.rowCount() == 0


def test_numbers_have_a_decimal_comma_and_stand_right(model: TableModel[Line]) -> None:
    cell = model.index(0, 1)
    assert cell.data() == "12,3"
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(1, 1).data() == ""


def test_a_marked_number_is_spoken_with_its_meaning(model: TableModel[Line]) -> None:
    assert model.index(2, 1).data(Role.MARK) == LOW
    spoken = model.index(2, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Доля, %: 30,0, низкий результат"


def test_an_empty_cell_leads_nowhere(model: TableModel[Line]) -> None:
    assert model.index(0, 1).data(Role.LINK)
    assert not model.index(1, 1).data(Role.LINK)


@pytest.mark.parametrize(
    ("order", "expected"),
    [(Qt.SortOrder.AscendingOrder, [4, 1, 3, 2]), (Qt.SortOrder.DescendingOrder, [3, 1, 4, 2])],
)
def test_empty_cells_come_last_in_both_orders(
    model: TableModel[Line], order: Qt.SortOrder, expected: list[int]
) -> None:
    model.sort(1, order)
    assert shown(model) == expected


def test_names_sort_without_case_and_with_yo_as_ye(model: TableModel[Line]) -> None:
    model.sort(0)
    assert shown(model) == [2, 1, 4, 3]


def test_a_cleared_sorting_returns_to_the_order_of_the_rows(model: TableModel[Line]) -> None:
    model.sort(0)
    model.sort(-1)
    assert shown(model) == [1, 2, 3, 4]


def test_sorting_keeps_hold_of_rows(model: TableModel[Line]) -> None:
    held = QPersistentModelIndex(model.index(2, 0))
    model.sort(1)
    assert model.row_at(held.row()).id == 3


def test_new_rows_obey_the_filter_and_the_order_in_force(model: TableModel[Line]) -> None:
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_filter(lambda line: (line.share or 0) > 10)
    model.set_rows((*LINES, Line(5, "Яр", 99.0)))
    assert shown(model) == [5, 3, 1]
    assert len(model.all_rows()) == 5


def test_the_cursor_stays_on_its_row_after_a_reload(
    view: TableView, model: TableModel[Line]
) -> None:
    view.select_key(3)
    model.set_rows(tuple(reversed(LINES)))
    assert view.current() == LINES[2]


def test_the_page_learns_when_the_current_row_is_gone(
    view: TableView, model: TableModel[Line], qtbot: QtBot
) -> None:
    view.select_key(3)
    with qtbot.waitSignal(view.current_row_changed, check_params_cb=lambda row: row is None):
        model.set_rows(LINES[:2])


def test_copying_gives_excel_cells(view: TableView, qtbot: QtBot) -> None:
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text.split("\r\n")[0] == "ёлкинская\t12,3"
    assert text.split("\r\n")[1] == "Елань\t"


def test_copying_with_titles(view: TableView) -> None:
    view.select_key(4)
    view.copy_titled()
    assert QGuiApplication.clipboard().text() == "Школа\tДоля, %\r\nЁнва\t9,0"


def test_hidden_columns_are_not_copied(view: TableView) -> None:
    view.setColumnHidden(0, True)
    view.select_key(4)
    view.copy()
    assert QGuiApplication.clipboard().text() == "9,0"


def test_cells_that_would_break_the_grid_are_quoted() -> None:
    assert tsv([["a\tb", 'c"d', "e"]]) == '"a\tb"\t"c""d"\te'


def test_enter_on_a_number_asks_for_its_source(view: TableView, qtbot: QtBot) -> None:
    view.setCurrentIndex(view.rows_model.index(0, 1))
    with qtbot.waitSignal(view.link_clicked) as asked:
        view.activated.emit(view.currentIndex())
    assert asked.args[0] == LINES[0]
    assert asked.args[1] == "share"
    assert isinstance(asked.args[2], QPoint)


def test_a_name_is_no_link(view: TableView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.link_clicked):
        view.clicked.emit(view.rows_model.index(0, 0))


def test_widths_order_and_hiding_come_back(
    view: TableView, model: TableModel[Line], state: WindowState, qtbot: QtBot
) -> None:
    view.setColumnWidth(1, 77)
    view.horizontalHeader().moveSection(1, 0)
    view.setColumnHidden(0, True)
    view.save_state()
    again = TableView(model, "test", "Проверка", state)
    qtbot.addWidget(again)
    assert again.horizontalHeader().visualIndex(1) == 0
    assert again.isColumnHidden(0)
    again.setColumnHidden(0, False)
    again.horizontalHeader().setStretchLastSection(False)
    other = TableView(model, "other", "Проверка", state)
    qtbot.addWidget(other)
    assert not other.isColumnHidden(0)


def test_the_sorting_comes_back_and_can_be_cleared(
    view: TableView, state: WindowState, qtbot: QtBot
) -> None:
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    model: TableModel[Line] = TableModel(COLUMNS, lambda line: line.id)
    model.set_rows(LINES)
    again = TableView(model, "test", "Проверка", state)
    qtbot.addWidget(again)
    assert shown(model) == [3, 1, 4, 2]
    assert again.horizontalHeader().sortIndicatorSection() == 1
    model.set_columns(COLUMNS[::-1])  # of a table whose columns follow the data
    again.restore_columns()
    assert again.horizontalHeader().sortIndicatorSection() == 0
    assert shown(model) == [3, 1, 4, 2]
    again.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    model.set_rows(LINES)
    third = TableView(model, "test", "Проверка", state)
    qtbot.addWidget(third)
    assert shown(model) == [1, 2, 3, 4]


def test_an_order_that_people_work_on_is_not_hidden_by_a_sorting_of_the_last_time(
    view: TableView, state: WindowState, qtbot: QtBot
) -> None:
    view.keeps_sorting = False
    view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    model: TableModel[Line] = TableModel(COLUMNS, lambda line: line.id)
    model.set_rows(LINES)
    qtbot.addWidget(TableView(model, "test", "Проверка", state))
    assert shown(model) == [1, 2, 3, 4]


def test_a_title_broken_for_the_header_is_whole_everywhere_else(
    look: QApplication, state: WindowState, qtbot: QtBot
) -> None:
    column: Column[Line] = Column("pupils", "Обуча-\nющихся", lambda line: line.id)
    model: TableModel[Line] = TableModel((column,), lambda line: line.id)
    model.set_rows(LINES[:1])
    view = TableView(model, "titles", "Проверка", state)
    qtbot.addWidget(view)
    cell = model.index(0, 0)
    assert model.data(cell, Qt.ItemDataRole.AccessibleTextRole) == "Обучающихся: 1"
    hint = model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert hint == "Обучающихся"
    view.selectAll()
    view.copy_titled()
    assert QGuiApplication.clipboard().text().splitlines() == ["Обучающихся", "1"]


def test_the_last_visible_column_cannot_be_hidden(view: TableView, qtbot: QtBot) -> None:
    view.horizontalHeader().customContextMenuRequested.emit(QPoint(4, 4))
    menu = next(child for child in view.children() if isinstance(child, QMenu))
    first, second = menu.actions()
    first.trigger()
    second.trigger()
    assert view.isColumnHidden(0)
    assert not view.isColumnHidden(1)
    menu.close()


def test_an_invalid_index_has_no_data(model: TableModel[Line]) -> None:
    assert model.data(QModelIndex()) is None
    assert model.headerData(9, Qt.Orientation.Horizontal) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1 школа"), (3, "3 школы"), (5, "5 школ"), (11, "11 школ"), (22, "22 школы")],
)
def test_nouns_agree_with_their_number(number: int, text: str) -> None:
    assert counted(number, "школа", "школы", "школ") == text


def test_numbers_as_text() -> None:
    assert (whole(7), tenths(3), hundredths(2.5)) == ("7", "3,0", "2,50")
    assert (whole(None), tenths(None)) == ("", "")
    with pytest.raises(TypeError):
        tenths("3")
