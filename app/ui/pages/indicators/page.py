"""The view of the tab «Показатели»: the tree, the list of findings, the panel, the actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout

from app.models.enums import ValueRole
from app.services.indicators import Edit, IndicatorTable, Proposal, ValueEdit
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.numbers import counted
from app.ui.page import Page, Places
from app.ui.pages.indicators.columns import columns
from app.ui.pages.indicators.lines import (
    FINDINGS,
    FindingLine,
    Loaded,
    finding_lines,
    marks,
    offered,
)
from app.ui.pages.indicators.nodes import Node, build
from app.ui.pages.indicators.panel import IndicatorPanel
from app.ui.pages.indicators.tree_model import TreeModel
from app.ui.pages.indicators.tree_view import IndicatorTree
from app.ui.theme.metrics import MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.panel_split import PanelSplit, fold_button
from app.ui.widgets.table_view import TableView

_LIST_HEIGHT = 180


class IndicatorsPage(Page):
    """Shows a programme; the presenter brings it and does what is asked."""

    key = "indicators"
    title = "Показатели"

    programme_wanted = Signal(object)
    new_programme_wanted = Signal()
    programme_edit_wanted = Signal()
    edits_wanted = Signal(object)
    paste_wanted = Signal(object)
    add_wanted = Signal(bool, bool)
    """Is it a heading; does it go under the row in sight."""
    remove_wanted = Signal()
    move_wanted = Signal(int)
    file_wanted = Signal()
    export_wanted = Signal()
    accept_wanted = Signal(object)
    """A tuple of ``Proposal``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.place)
        self._context = context
        self.table: IndicatorTable | None = None
        self.proposals: tuple[Proposal, ...] = ()
        self._loaded: Loaded | None = None
        self._build()
        self._connect()
        self._restore()

    def _build(self) -> None:
        self.model = TreeModel(self)
        self.tree = IndicatorTree(self.model, self._context.state)
        self._build_bar()
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.tree)
        self.lists.addWidget(self.empty)
        self.findings: TableModel[FindingLine] = TableModel(
            FINDINGS,
            lambda line: (line.finding.indicator_id, line.finding.kind, line.finding.slot),
            self,
        )
        self.finding_list = TableView(
            self.findings, "indicator-findings", "Замечания к показателям", self._context.state
        )
        self.panel = IndicatorPanel(self._context.state)
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self.lists)
        left.addWidget(self.finding_list)
        left.setStretchFactor(0, 1)
        left.setSizes([10_000, _LIST_HEIGHT])
        self.splitter = PanelSplit(left, self.panel, self.fold, self._context.state, self.key)
        left.setHandleWidth(MARGIN)
        left.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.splitter, 1)

    def _build_bar(self) -> None:
        self.bar = FilterBar(self)
        self.programme = self.bar.add_choice("Программа", "Выберите программу")
        self.programme.setMaximumWidth(240)
        self.search = self.bar.add_search("Номер или название", 170)
        self.role = self.bar.add_choice("Какие значения", "План и факт")
        self.role.offer([("Только план", ValueRole.PLAN), ("Только факт", ValueRole.FACT)])
        self.note = self.bar.add_note()
        self.accept_all = self.bar.add_action("Рассчитано по данным")
        self.accept_all.setToolTip("Записать как факт всё, что посчитано по загруженным данным")
        self.check = self.bar.add_action("Замечания")
        self.check.setCheckable(True)
        self.check.setToolTip("Показать сомнительные значения; щелчок по строке ведёт к ячейке")
        self.more = self.bar.add_action("Ещё")
        self.more.setProperty("menu", "true")
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self.add = self.bar.add_action("Добавить", primary=True)
        self.add.setToolTip("Новый показатель после выбранного (Ctrl+Enter)")
        self.add.setShortcut("Ctrl+Return")
        self.fold = fold_button(self.bar, "Карточка", "карточку показателя")
        self._build_menu()

    def _build_menu(self) -> None:
        menu = self.menu
        self.add_inner = menu.addAction("Добавить под выбранным")
        self.add_heading = menu.addAction("Добавить заголовок")
        self.up = menu.addAction("Поднять")
        self.up.setShortcut("Alt+Up")
        self.down = menu.addAction("Опустить")
        self.down.setShortcut("Alt+Down")
        self.remove = menu.addAction("Удалить…")
        menu.addSeparator()
        self.by_halves = menu.addAction("Столбцы по полугодиям")
        self.by_halves.setCheckable(True)
        self.by_halves.setToolTip("Вписывать план и факт за каждое полугодие, а не за год")
        menu.addSeparator()
        self.new_programme = menu.addAction("Новая программа…")
        self.edit_programme = menu.addAction("Название и годы программы…")
        self.from_file = menu.addAction("Прочитать из Word или Excel…")
        self.to_file = menu.addAction("Сохранить в файл…")
        self.addActions([self.up, self.down])

    def _connect(self) -> None:
        self.programme.picked.connect(self._on_programme)
        self.search.textChanged.connect(self._show_tree)
        self.role.picked.connect(self._show_tree)
        self.model.edited.connect(self.edits_wanted)
        self.tree.current_changed.connect(self._on_node)
        self.tree.paste_wanted.connect(self.paste_wanted)
        self.tree.clear_wanted.connect(self._on_clear)
        self.finding_list.current_row_changed.connect(self._on_finding)
        self.check.toggled.connect(self.finding_list.setVisible)
        self.panel.edited.connect(self.edits_wanted)
        self.panel.accept_wanted.connect(self._on_accept_one)
        self.panel.school_wanted.connect(self._context.school_wanted)
        self.accept_all.clicked.connect(self._on_accept_all)
        self.empty.chosen.connect(self._on_next_step)
        self._connect_menu()

    def _connect_menu(self) -> None:
        self.add.clicked.connect(lambda: self.add_wanted.emit(False, False))
        self.add_inner.triggered.connect(lambda: self.add_wanted.emit(False, True))
        self.add_heading.triggered.connect(lambda: self.add_wanted.emit(True, False))
        self.up.triggered.connect(lambda: self.move_wanted.emit(-1))
        self.down.triggered.connect(lambda: self.move_wanted.emit(1))
        self.remove.triggered.connect(self.remove_wanted)
        self.new_programme.triggered.connect(self.new_programme_wanted)
        self.edit_programme.triggered.connect(self.programme_edit_wanted)
        self.from_file.triggered.connect(self.file_wanted)
        self.to_file.triggered.connect(self.export_wanted)

    def _restore(self) -> None:
        state = self._context.state
        self.check.setChecked(state.flag("indicators/findings", False))
        self.by_halves.setChecked(state.flag("indicators/halves", False))
        self.finding_list.setVisible(self.check.isChecked())
        self.panel.show_row(None, (), ())

    # What the presenter uses.

    def show_loaded(self, loaded: Loaded) -> None:
        """Show a programme, or what to do when there is none."""
        self._loaded = loaded
        self.table = loaded.table
        self.programme.offer([(one.title, one.id) for one in loaded.programmes])
        self.programme.choose(loaded.table.programme_id if loaded.table else None)
        self.findings.set_rows(finding_lines(loaded.table, loaded.findings) if loaded.table else ())
        self.check.setText(f"Замечания: {len(loaded.findings)}")
        self._show_tree()
        self._enable()

    def show_proposals(self, found: Sequence[Proposal]) -> None:
        """Show what the data give beside what is stored."""
        self.proposals = tuple(found)
        self.model.set_marks(marks(self._loaded.findings if self._loaded else (), found))
        ready = offered(found)
        self.accept_all.setText(f"Рассчитано по данным: {len(ready)}")
        self.accept_all.setVisible(bool(ready))
        self.panel.show_proposals(found)

    def show_cell(self, indicator_id: int, slot: Any) -> None:
        """Bring a cell to sight, dropping filters that hide it."""
        if not self.model.find(("row", indicator_id)).isValid():
            self.search.clear()
        if slot is not None and all(column.slot != slot for column in self.model.columns):
            self.role.choose(None)
            self._show_tree()
        self.tree.select(("row", indicator_id), self.model.column_of(slot))

    # The page's own.

    def focus_places(self) -> Places:
        return self.empty, self.tree

    def save_state(self) -> None:
        self.tree.save_state()
        self.finding_list.save_state()
        self.panel.save_state()
        state = self._context.state
        self.splitter.save_state()
        state.put("indicators/findings", self.check.isChecked())
        state.put("indicators/halves", self.by_halves.isChecked())

    def _show_tree(self) -> None:
        table = self.table
        if table is None:
            self._say_empty()
            return
        root = build(table, self.search.text())
        self.model.show(root, columns(table, self.role.value()))
        self.model.set_marks(marks(self._loaded.findings if self._loaded else (), self.proposals))
        shown = sum(1 for _ in self.model.nodes())
        leaves = sum(1 for row in table.rows if not row.is_group)
        self.note.setText(counted(leaves, "показатель", "показателя", "показателей"))
        self.lists.setCurrentWidget(self.tree if shown else self.empty)
        if not shown:
            self._say_empty()
        elif self.tree.current() is None:
            self.tree.select(next(self.model.nodes()).key)

    def _say_empty(self) -> None:
        self.lists.setCurrentWidget(self.empty)
        if self.table is None:
            self.note.setText("")
            self.empty.say(
                "Программ пока нет",
                "Прочитайте таблицу из Word или Excel (меню «Ещё») или заведите программу и "
                "впишите показатели сами.",
                "Новая программа…",
            )
        elif self.table.rows:
            self.empty.say(
                "Ничего не найдено", "Ни один показатель не подходит под поиск.", "Показать все"
            )
        else:
            self.empty.say(
                "Показателей пока нет",
                "Прочитайте таблицу из Word или Excel, вставьте её вместе с шапкой (Ctrl+V) или "
                "впишите показатели сами.",
                "Добавить показатель…",
            )

    def _on_next_step(self) -> None:
        if self.table is None:
            self.new_programme_wanted.emit()
        elif self.table.rows:
            self.search.clear()
        else:
            self.add_wanted.emit(False, False)

    def _enable(self) -> None:
        there = self.table is not None
        filled = self.table is not None and bool(self.table.rows)
        for widget in (self.add, self.search, self.role, self.programme, self.check):
            widget.setEnabled(there)
        for action in (self.add_inner, self.up, self.down, self.remove, self.to_file):
            action.setEnabled(filled)
        self.add_heading.setEnabled(there)
        self.edit_programme.setEnabled(there)
        self.accept_all.setVisible(bool(offered(self.proposals)))

    def _on_programme(self) -> None:
        self.programme_wanted.emit(self.programme.value())

    def _on_node(self, node: Node | None) -> None:
        goals = self.table.goals if self.table else ()
        self.panel.show_row(node.row if node else None, goals, self.proposals)

    def _on_finding(self, line: FindingLine | None) -> None:
        if line is not None:
            self.show_cell(line.finding.indicator_id, line.finding.slot)

    def _on_clear(self) -> None:
        edits: list[Edit] = []
        for node, number in self.tree.selected_cells():
            slot = self.model.columns[number].slot
            if node.row is not None and slot is not None and slot in node.row.values:
                edits.append(ValueEdit(node.row.id, slot, ""))
        if edits:
            self.edits_wanted.emit(edits)

    def _on_accept_one(self, proposal: Proposal) -> None:
        self.accept_wanted.emit((proposal,))

    def _on_accept_all(self) -> None:
        self.accept_wanted.emit(offered(self.proposals))
