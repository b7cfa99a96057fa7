"""The view of «Классификация»; it shows lines and an explanation and tells what is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.ui.category_chips import ORDER, category_word
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import folded
from app.ui.numbers import counted
from app.ui.page import Page, Places
from app.ui.pages.classification.columns import LINES
from app.ui.pages.classification.lines import Attention, ClassLine, Standing
from app.ui.pages.classification.panel import ExplanationPanel
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.leaving import close_by_key
from app.ui.widgets.panel_split import PanelSplit, fold_button
from app.ui.widgets.table_view import TableView

_PANEL_WIDTH = 468


class ClassificationPage(Page):
    """Opened from «Школы» or the menu; closed by its own button."""

    key = "classification"
    title = "Классификация"

    line_wanted = Signal(object)
    """The line whose explanation should be shown, or None."""
    confirm_wanted = Signal(object)
    """Ids of the schools whose computed category the person confirms."""
    protocol_wanted = Signal()
    methodology_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._build()
        self._connect()
        self._restore()

    def _build(self) -> None:
        self.model: TableModel[ClassLine] = TableModel(LINES, lambda line: line.id, self)
        self.table = TableView(self.model, "classification", "Категории школ", self._context.state)
        self._build_bar()
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        self.panel = ExplanationPanel(self._context.state)
        self.splitter = PanelSplit(
            self.lists, self.panel, self.fold, self._context.state, self.key, _PANEL_WIDTH
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.splitter, 1)

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.search = self.bar.add_search("Название школы", 150)
        self.category = self.bar.add_choice("Категория", "Все категории")
        self.standing = self.bar.add_choice("Решение", "Любое решение")
        self.standing.offer([(standing.value, standing) for standing in Standing])
        self.attention = self.bar.add_choice("Обратить внимание", "Все школы")
        self.attention.offer([(kind.value, kind) for kind in Attention])
        self.note = self.bar.add_note()
        self.methodology = self.bar.add_action("Методика…")
        self.methodology.setToolTip("Правила года и что изменится, если их поменять")
        self.protocol = self.bar.add_action("Протокол…")
        self.protocol.setToolTip("Кто, когда, что и почему решил; выгрузка в Excel, Word и PDF")
        self.confirm_all = self.bar.add_action("Подтвердить все…", primary=True)
        self.confirm_all.setToolTip("Подтвердить предложенные категории школ, показанных в списке")
        self.fold = fold_button(self.bar, "Обоснование", "обоснование")
        self.close_button = self.bar.add_action("Закрыть")

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_filter)
        for choice in (self.category, self.standing, self.attention):
            choice.picked.connect(self._on_filter)
        self.table.current_row_changed.connect(self.line_wanted)
        self.confirm_all.clicked.connect(self._on_confirm_all)
        self.protocol.clicked.connect(self.protocol_wanted)
        self.methodology.clicked.connect(self.methodology_wanted)
        self.close_button.clicked.connect(self.close_wanted)
        close_by_key(self, self.close_button)
        self.empty.chosen.connect(self._on_next_step)

    def _restore(self) -> None:
        self.confirm_all.setEnabled(False)

    # What the presenter uses.

    def show_lines(self, lines: Sequence[ClassLine]) -> None:
        """Show the list with how many schools each category has."""
        number = Counter(line.in_force for line in lines)
        self.category.offer([(f"{category_word(item)} – {number[item]}", item) for item in ORDER])
        self.model.set_rows(lines)
        self.confirm_all.setEnabled(any(line.standing is Standing.WAITING for line in lines))
        self._say_filter()
        if self.table.current() is None and self.model.rowCount():
            self.table.select_key(self.model.row_at(0).id)

    def show_empty(self, heading: str, sentence: str, button: str = "") -> None:
        """Say why there is nothing to decide on."""
        self.model.set_rows(())
        self.note.setText("")
        self.confirm_all.setEnabled(False)
        self.empty.say(heading, sentence, button)
        self.lists.setCurrentWidget(self.empty)
        self.panel.show_nothing("Обосновывать пока нечего.")

    # The page's own.

    def focus_places(self) -> Places:
        return self.empty, self.table

    def save_state(self) -> None:
        self.table.save_state()
        self.splitter.save_state()

    def _accepts(self, line: ClassLine) -> bool:
        asked = folded(self.search.text().strip())
        category, attention = self.category.value(), self.attention.value()
        return (
            (category is None or line.in_force == category)
            and self.standing.value() in (None, line.standing)
            and (attention is None or attention in line.attention)
            and all(word in folded(line.found.school) for word in asked.split())
        )

    def _on_filter(self) -> None:
        self.model.set_filter(self._accepts)
        self._say_filter()

    def _say_filter(self) -> None:
        shown, everything = self.model.rowCount(), len(self.model.all_rows())
        total = counted(everything, "школа", "школы", "школ")
        self.note.setText(total if shown == everything else f"{shown} из {everything}")
        self.lists.setCurrentWidget(self.table if shown else self.empty)
        if not shown:
            self.empty.say(
                "Ничего не найдено",
                "Ни одна школа не подходит под выбранные условия.",
                "Показать все школы",
            )

    def _on_next_step(self) -> None:
        if not self.model.all_rows():
            self._context.import_wanted.emit(())
            return
        self.search.clear()
        for choice in (self.category, self.standing, self.attention):
            choice.choose(None)
        self._on_filter()

    def _on_confirm_all(self) -> None:
        shown = self.model.rows()
        self.confirm_wanted.emit([s.id for s in shown if s.standing is Standing.WAITING])
