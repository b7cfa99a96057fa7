"""The view of the tab «Дорожная карта»: tree, timeline, filters, detail panel, actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout

from app.services.roadmap import ActivityRow, GroupRow, LineKey, RoadmapView
from app.ui.context import Context
from app.ui.numbers import counted
from app.ui.page import Page, Places
from app.ui.pages.roadmap.columns import TreeColumn
from app.ui.pages.roadmap.filters import Filters
from app.ui.pages.roadmap.lines import Loaded
from app.ui.pages.roadmap.model import RoadmapModel, Row
from app.ui.pages.roadmap.panel import ActivityPanel
from app.ui.pages.roadmap.timeline import Timeline
from app.ui.pages.roadmap.tree import RoadmapTree
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.panel_split import PanelSplit, fold_button

_TIES = frozenset({"factor", "indicator_id", "remind_on"})
_PANEL_WIDTH = 352
"""Narrower than elsewhere: the columns up to the state stand beside it on a screen of 1366."""


class RoadmapPage(Page):
    """Shows a roadmap; the presenter brings it and does what is asked."""

    key = "roadmap"
    title = "Дорожная карта"

    roadmap_wanted = Signal(object)
    edits_wanted = Signal(object, object)
    """Ids of activities, changes by field."""
    group_wanted = Signal(int, object)
    """Id of a heading, changes by field."""
    year_wanted = Signal(object, int, str, str)
    """Ids, year, ``plan`` or ``fact``, text."""
    status_wanted = Signal(object, object, str, str, object)
    move_wanted = Signal(object, object, object)
    delete_wanted = Signal(object)
    after_wanted = Signal(int, object)
    source_wanted = Signal(object, object, QPoint)
    """The activity, the column, the place on the screen."""
    add_wanted = Signal(bool)
    """True: a heading, else an activity."""

    def __init__(self, context: Context, today: date) -> None:
        super().__init__(context.place)
        self._context = context
        self._today = today
        self.loaded: Loaded | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self._build_bars()
        self.model = RoadmapModel(self)
        self.tree = RoadmapTree(self.model, self._context.state)
        self.timeline = Timeline(self._today)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        for widget in (self.tree, self.timeline, self.empty):
            self.stack.addWidget(widget)
        self.panel = ActivityPanel()
        self.splitter = PanelSplit(
            self.stack, self.panel, self.fold, self._context.state, self.key, _PANEL_WIDTH
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.filter_bar)
        column.addWidget(self.splitter, 1)

    def _build_bars(self) -> None:
        self.bar = FilterBar(self)
        self.roadmap = self.bar.add_choice("Дорожная карта", "Выберите дорожную карту")
        self.roadmap.setMaximumWidth(330)
        self.note = self.bar.add_note()
        self.from_file = self.bar.add_action("Из Word или Excel…")
        self.from_file.setToolTip("Прочитать дорожную карту из документа или таблицы")
        self.library = self.bar.add_action("Библиотека мер…")
        self.library.setToolTip("Готовые меры по факторам риска и разделам управления (Ctrl+L)")
        self.library.setShortcut("Ctrl+L")
        self.quarters = self.bar.add_action("По кварталам")
        self.quarters.setCheckable(True)
        self.more = self.bar.add_action("Ещё")
        self.more.setProperty("menu", "true")
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self._build_menu()
        self.add = self.bar.add_action("Добавить", primary=True)
        self.add.setToolTip("Новое мероприятие в выбранном разделе (Ctrl+Enter)")
        self.add.setShortcut("Ctrl+Return")
        self.fold = fold_button(self.bar, "Карточка", "карточку мероприятия")
        self.filter_bar = FilterBar(self)
        self.filters = Filters(self.filter_bar)
        self.reset = self.filter_bar.add_action("Сбросить")
        self.reset.setToolTip("Показать все мероприятия")

    def _build_menu(self) -> None:
        menu = self.menu
        self.add_heading = menu.addAction("Новый раздел…")
        self.change_many = menu.addAction("Изменить выделенные…")
        self.change_many.setShortcut("Ctrl+E")
        self.source = menu.addAction("Откуда взята ячейка…")
        self.source.setShortcut("Ctrl+I")
        self.copy_lines = menu.addAction("Копировать в другую карту или год…")
        self.up = menu.addAction("Поднять")
        self.up.setShortcut("Alt+Up")
        self.down = menu.addAction("Опустить")
        self.down.setShortcut("Alt+Down")
        self.count = menu.addAction("Нумеровать автоматически")
        self.keep_measure = menu.addAction("Сохранить в свою библиотеку")
        self.delete = menu.addAction("Удалить строки…")
        menu.addSeparator()
        self.new_roadmap = menu.addAction("Новая дорожная карта…")
        self.renew = menu.addAction("Взять за основу новой…")
        self.about = menu.addAction("Название, годы, программа…")
        self.to_file = menu.addAction("Сохранить в файл…")
        self.delete_roadmap = menu.addAction("Удалить дорожную карту…")
        self.addActions([self.up, self.down, self.change_many, self.source])

    def _connect(self) -> None:
        self.roadmap.picked.connect(self._on_roadmap)
        self.filters.text.textChanged.connect(self._on_filter)
        for choice in self.filters.choices:
            choice.picked.connect(self._on_filter)
        self.reset.clicked.connect(self._on_reset)
        self.quarters.toggled.connect(self._show_rows)
        self.model.edited.connect(self._on_cell)
        self.model.dropped.connect(self.move_wanted)
        self.tree.current_changed.connect(self._on_current)
        self.tree.delete_wanted.connect(self._on_delete)
        self.timeline.chosen.connect(self._on_chosen)
        self.panel.edited.connect(self._on_panel)
        self.panel.year_edited.connect(self._on_panel_year)
        self.panel.status_wanted.connect(self._on_status)
        self.panel.after_wanted.connect(self._on_after)
        self.add.clicked.connect(lambda: self.add_wanted.emit(False))
        self.add_heading.triggered.connect(lambda: self.add_wanted.emit(True))
        self.panel.source_wanted.connect(self._on_source)
        self.source.triggered.connect(self._on_source)
        self.up.triggered.connect(lambda: self._step(-1))
        self.down.triggered.connect(lambda: self._step(1))
        self.delete.triggered.connect(self._on_delete)
        self.empty.chosen.connect(self._on_next_step)

    # What the presenter uses.

    def show_loaded(self, loaded: Loaded) -> None:
        """Show a roadmap, or what to do when there is none."""
        self.loaded = loaded
        self.roadmap.offer([(info.title, info.id) for info in loaded.infos])
        self.roadmap.choose(loaded.view.info.id if loaded.view else None)
        self.filters.offer(loaded.view, loaded.factors, loaded.indicators)
        self.model.show(loaded.view)
        self._on_filter()
        enabled = loaded.view is not None
        for one in (self.add, self.library, self.quarters, self.add_heading, self.copy_lines,
                    self.renew, self.about, self.to_file, self.delete_roadmap, self.count,
                    self.change_many, self.source):  # fmt: skip
            one.setEnabled(enabled)

    @property
    def view(self) -> RoadmapView | None:
        """The roadmap that is shown."""
        return self.loaded.view if self.loaded else None

    def selected_activities(self) -> tuple[int, ...]:
        """Return the ids of the selected activities."""
        return self.tree.selected_activities()

    def current_group(self) -> int | None:
        """Return the heading under which a new line belongs."""
        row = self.model.row(self.tree.currentIndex())
        if isinstance(row, GroupRow):
            return row.id
        return row.group_id if isinstance(row, ActivityRow) else None

    def select(self, key: LineKey) -> None:
        """Put the cursor on a line."""
        self.tree.select(key)

    # The page's own.

    def focus_places(self) -> Places:
        return self.empty, self.tree

    def save_state(self) -> None:
        self.tree.save_state()
        self.splitter.save_state()

    def _on_filter(self) -> None:
        self.model.set_filter(self.filters.predicate())
        self.reset.setEnabled(self.filters.active)
        self._show_rows()

    def _show_rows(self) -> None:
        everything = len(self.view.activities) if self.view else 0
        shown = self.model.shown_activities()
        total = counted(everything, "мероприятие", "мероприятия", "мероприятий")
        overdue = sum(row.overdue for row in self.view.activities) if self.view else 0
        text = total if shown == everything else f"показано {shown}, всего {everything}"
        if self.view is None:
            text = ""
        self.note.setText(f"{text}, просрочено {overdue}" if overdue else text)
        view = self.view
        if view is None or not view.lines or (not shown and self.filters.active):
            self._say_why_empty()
            self.stack.setCurrentWidget(self.empty)
        elif self.quarters.isChecked():
            accepts = self.filters.predicate()
            rows = [one for one in view.activities if accepts is None or accepts(one)]
            row = self.model.row(self.tree.currentIndex())
            self.timeline.show_rows(rows, row.id if isinstance(row, ActivityRow) else None)
            self.stack.setCurrentWidget(self.timeline)
        else:
            self.stack.setCurrentWidget(self.tree)

    def _say_why_empty(self) -> None:
        if self.filters.active:
            words = ("Ничего не найдено", "Ни одно мероприятие не подходит под условия.",
                     "Показать все")  # fmt: skip
        elif self.view is None:
            words = ("Дорожной карты пока нет", "Прочитайте прошлогоднюю из файла Word или Excel "
                     "или начните новую: кнопка «Ещё».", "Из Word или Excel…")  # fmt: skip
        else:
            words = ("В дорожной карте нет ни одной строки", "Добавьте мероприятие или возьмите "
                     "готовые меры из библиотеки.", "Библиотека мер…")  # fmt: skip
        self.empty.say(*words)

    def _on_next_step(self) -> None:
        if self.filters.active:
            self._on_reset()
        elif self.view is None:
            self.from_file.click()
        else:
            self.library.click()

    def _on_reset(self) -> None:
        self.filters.clear()
        self._on_filter()

    def _on_roadmap(self) -> None:
        self.roadmap_wanted.emit(self.roadmap.value())

    def _on_current(self, row: Row | None) -> None:
        activity = row if isinstance(row, ActivityRow) else None
        view, loaded = self.view, self.loaded
        if activity is None or view is None or loaded is None:
            self.panel.show_row(None, {}, {}, (), ())
        else:
            self.panel.show_row(
                activity, loaded.factors, loaded.indicators, view.activities, _years(view)
            )

    def _on_chosen(self, activity_id: int) -> None:
        self.tree.select(LineKey(activity_id))

    def _rows_to_change(self) -> Sequence[int]:
        """Return the selected activities: what is typed in one goes to all of them."""
        row = self.model.row(self.tree.currentIndex())
        chosen = self.selected_activities()
        if isinstance(row, ActivityRow) and row.id not in chosen:
            return (row.id,)
        return chosen

    def _on_cell(self, row: Row, column: TreeColumn, text: str) -> None:
        if isinstance(row, GroupRow):
            field = "title" if column.key == "title" else "number"
            self.group_wanted.emit(row.id, {field: text})
            return
        # Numbers and titles are each row's own; the rest goes to every selected row.
        single = column.field in ("number", "title")
        ids = (row.id,) if single else self._rows_to_change()
        if column.year is not None:
            self.year_wanted.emit(ids, column.year, "plan", text)
        else:
            self.edits_wanted.emit(ids, {column.field: text})

    def _on_panel(self, changes: Mapping[str, object]) -> None:
        """Texts are each row's own; ties and reminders go to every selected row, as in the tree."""
        row = self.model.row(self.tree.currentIndex())
        if isinstance(row, ActivityRow):
            ids = self._rows_to_change() if _TIES.issuperset(changes) else (row.id,)
            self.edits_wanted.emit(ids, changes)

    def _on_panel_year(self, year: int, part: str, text: str) -> None:
        row = self.model.row(self.tree.currentIndex())
        if isinstance(row, ActivityRow):
            self.year_wanted.emit((row.id,), year, part, text)

    def _on_status(self, status: object, reason: str, proof: str, day: object) -> None:
        ids = self._rows_to_change()
        if ids:
            self.status_wanted.emit(ids, status, reason, proof, day)

    def _on_after(self, after: object) -> None:
        row = self.model.row(self.tree.currentIndex())
        if isinstance(row, ActivityRow):
            self.after_wanted.emit(row.id, after)

    def _on_source(self) -> None:
        """Ask for the cell under the cursor, near that cell."""
        index = self.tree.currentIndex()
        row = self.model.row(index)
        if isinstance(row, ActivityRow):
            column = self.model.columns[index.column()]
            near = self.tree.visualRect(index).bottomLeft()
            place = self.tree.viewport().mapToGlobal(near)
            self.source_wanted.emit(row, column, place)

    def _on_delete(self) -> None:
        keys = self.tree.selected()
        if keys:
            self.delete_wanted.emit(keys)

    def _step(self, step: int) -> None:
        """Move the line under the cursor among its neighbours."""
        node = self.model.node(self.tree.currentIndex())
        if node is None or node.key is None or node.parent is None:
            return
        above = node.parent
        at = above.all.index(node)
        if not 0 <= at + step < len(above.all):
            return
        group = above.row.id if above.row else None
        self.move_wanted.emit((node.key,), group, at - 1 if step < 0 else at + 2)


def _years(view: RoadmapView) -> tuple[int, ...]:
    """Return the years that quantities may be written for."""
    named = {cell.year for row in view.activities for cell in row.years}
    info = view.info
    if info.first_year is not None and info.last_year is not None:
        named |= set(range(info.first_year, min(info.last_year, info.first_year + 9) + 1))
    return tuple(sorted(named))
