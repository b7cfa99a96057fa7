"""The view of the tab «Сегодня»: nine numbers and the rows behind the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.page import Page, Places
from app.ui.pages.today.lines import COLUMNS, TITLES, Row, Tile, View
from app.ui.pages.today.tiles import TileButton
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_ROWS = (
    ("overdue", "soon", "reminders", "awaited"),
    ("decisions", "quarantine", "missing", "bias", "backup"),
)
"""Deadlines stand above; all that is known of the data stands below them."""
_REMINDERS = "reminders"
_LATER = (("На завтра", 1), ("На три дня", 3), ("На неделю", 7), ("На месяц", 30))
"""How far from today a reminder may be put off, in days."""


class TodayPage(Page):
    """Made right after the first paint; the presenter fills it when the data is open."""

    key = "today"
    title = "Сегодня"

    target_wanted = Signal(object)
    """A ``Row`` is to be opened where it is worked on."""
    calendar_wanted = Signal()
    copy_wanted = Signal()
    reminder_wanted = Signal(object, object)
    """Rows, and in how many days they shall be reminded of again; None: no more."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.place)
        self._context = context
        self._view: View | None = None
        self._chosen = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self._build_reminding()
        self._build_bar()
        self.tiles = {key: TileButton(key) for key in TITLES}
        self.group = QButtonGroup(self)
        self.heading = label("", "heading")
        self.model: TableModel[Row] = TableModel(COLUMNS, lambda row: row, self)
        self.table = TableView(self.model, "today", "Строки за числом", self._context.state)
        self.calm = EmptyState()
        self.rows = QStackedWidget()
        self.rows.addWidget(self.table)
        self.rows.addWidget(self.calm)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for keys in _ROWS:
            column.addLayout(self._tile_line(keys))
        column.addLayout(self._heading_line())
        column.addWidget(self.rows, 1)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.stack.addWidget(content)
        self.stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addWidget(self.stack, 1)

    def _build_reminding(self) -> None:
        self.later = QPushButton("Отложить")
        self.later.setToolTip("Напомнить о выделенных строках позже")
        self.later.setProperty("menu", "true")
        self.later_menu = QMenu(self)
        for title, days in _LATER:
            self.later_menu.addAction(title).setData(days)
        self.later.setMenu(self.later_menu)
        self.noted = QPushButton("Принято")
        self.noted.setToolTip("Больше не напоминать о выделенных строках; Ctrl+Z вернёт")

    def _tile_line(self, keys: Sequence[str]) -> QHBoxLayout:
        """Return tiles that share the whole width: a row of four leaves no empty place."""
        line = QHBoxLayout()
        line.setSpacing(GAP)
        for key in keys:
            line.addWidget(self.tiles[key], 1)
            self.group.addButton(self.tiles[key])
        return line

    def _heading_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.heading, 1)
        for button in (self.later, self.noted):
            button.setProperty("role", "button")
            button.hide()
            line.addWidget(button)
        return line

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.day = self.bar.add_note()
        self.calendar = self.bar.add_action("Сроки в календарь…")
        self.calendar.setToolTip("Записать все невыполненные сроки в файл .ics для календаря")
        self.copy = self.bar.add_action("Сделать копию")
        self.copy.setToolTip("Проверенная резервная копия базы в папку рядом с ней")
        for button in (self.calendar, self.copy, self.later, self.noted):
            button.setEnabled(False)

    def _connect(self) -> None:
        self.group.buttonClicked.connect(self._on_tile)
        self.table.link_clicked.connect(self._on_link)
        self.table.doubleClicked.connect(self._on_double)
        self.calendar.clicked.connect(self.calendar_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.later_menu.triggered.connect(self._on_later)
        self.noted.clicked.connect(self._on_noted)
        self.empty.chosen.connect(self._on_load)
        self.empty.say(
            "Загрузите флешку",
            "Перетащите папку с файлами школ в окно или нажмите кнопку. Сначала программа "
            "покажет, что поняла, и только потом сохранит.",
            "Загрузить файлы…",
        )

    # What the presenter and the start use.

    def show_view(self, view: View) -> None:
        """Show the numbers; the chosen one stays, else the loudest that has rows."""
        self._view = view
        self.day.setText(view.day)
        for tile in view.tiles:
            self.tiles[tile.key].show_tile(tile)
        self.stack.setCurrentIndex(1 if view.new else 0)
        self._choose(self._chosen or _loudest(view))

    def allow_work(self) -> None:
        """Enable what needs the open database."""
        for button in (self.calendar, self.copy, self.later, self.noted):
            button.setEnabled(True)

    def choose(self, key: str) -> None:
        """Show the rows of a number."""
        self._chosen = key
        self._choose(key)

    # The page's own.

    def focus_places(self) -> Places:
        return self.empty, self.table

    def save_state(self) -> None:
        self.table.save_state()

    def _choose(self, key: str) -> None:
        tile = self._tile(key)
        if tile is None:
            return
        self.tiles[key].setChecked(True)
        self.heading.setText(f"{TITLES[key]}. {tile.sentence}")
        self.heading.setVisible(bool(tile.rows))  # else the empty state says the same
        self.model.set_rows(tile.rows)
        for column, definition in enumerate(COLUMNS):
            filled = any(definition.display(row) for row in tile.rows)
            self.table.setColumnHidden(column, not filled and definition.key != "what")
        self.rows.setCurrentWidget(self.table if tile.rows else self.calm)
        self.calm.say(TITLES[key], tile.sentence)
        for button in (self.later, self.noted):
            button.setVisible(key == _REMINDERS and bool(tile.rows))
        if tile.rows and not self.table.selected():
            self.table.select_key(tile.rows[0])

    def _tile(self, key: str) -> Tile | None:
        tiles = self._view.tiles if self._view else ()
        return next((tile for tile in tiles if tile.key == key), None)

    def _on_tile(self, tile: TileButton) -> None:
        self.choose(tile.key)

    def _on_link(self, row: Row, _column: str, _place: QPoint) -> None:
        self.target_wanted.emit(row)

    def _on_double(self) -> None:
        row = self.table.current()
        if row is not None:
            self.target_wanted.emit(row)

    def _on_later(self, action: QAction) -> None:
        self._remind(action.data())

    def _on_noted(self) -> None:
        self._remind(None)

    def _remind(self, days: int | None) -> None:
        current = self.table.current()
        rows = tuple(self.table.selected()) or ((current,) if current else ())
        if rows:
            self.reminder_wanted.emit(rows, days)

    def _on_load(self) -> None:
        self._context.import_wanted.emit(())


def _loudest(view: View) -> str:
    order = ["alarm", "warning", "notice", "unknown", "calm"]
    filled = [tile for tile in view.tiles if tile.rows] or list(view.tiles)
    return min(filled, key=lambda tile: order.index(tile.urgency)).key if filled else ""
