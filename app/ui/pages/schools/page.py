"""The view of the tab «Школы»; it shows lines and a card and tells what the person wants."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.ui.category_chips import ORDER, category_word
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import folded
from app.ui.numbers import counted
from app.ui.page import Page, Places
from app.ui.pages.schools.card_panel import CardPanel
from app.ui.pages.schools.columns import SCHOOLS
from app.ui.pages.schools.lines import Card, SchoolLine
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.panel_split import PanelSplit, fold_button
from app.ui.widgets.table_view import TableView


class SchoolsPage(Page):
    """Loaded before the database is open; the presenter connects to the signals later."""

    key = "schools"
    title = "Школы"

    entered = Signal()
    card_wanted = Signal(object)
    """Id of the school whose card should be shown; None: no school is chosen."""
    confirm_wanted = Signal(object)
    """Ids of the schools whose computed category the person confirms."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.place)
        self._context = context
        self.filled = False
        """The list has been shown at least once, were it empty."""
        self._build()
        self._connect()
        self._restore()

    def _build(self) -> None:
        self.model: TableModel[SchoolLine] = TableModel(SCHOOLS, lambda line: line.id, self)
        self.table = TableView(self.model, "schools", "Список школ", self._context.state)
        self._build_bar()
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        self.panel = CardPanel(self._context.state)
        self.splitter = PanelSplit(self.lists, self.panel, self.fold, self._context.state, self.key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.splitter, 1)

    def offer_categories(self) -> None:
        """Fill the filter with the categories as the office names them now."""
        self.category.offer([(category_word(one), one) for one in ORDER])

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.search = self.bar.add_search("Название, посёлок или код")
        self.kind = self.bar.add_choice("Вид школы", "Все виды")
        self.category = self.bar.add_choice("Категория", "Все категории")
        self.offer_categories()
        self.note = self.bar.add_note()
        self.classify = self.bar.add_action("Классификация")
        self.classify.setToolTip("Категории с обоснованиями, решения и их протокол (Ctrl+Shift+K)")
        self.confirm_all = self.bar.add_action("Подтвердить все…")
        self.confirm_all.setToolTip("Подтвердить предложенные категории школ, показанных в списке")
        self.fold = fold_button(self.bar, "Карточка", "карточку школы")

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_filter)
        self.kind.picked.connect(self._on_filter)
        self.category.picked.connect(self._on_filter)
        self.table.current_row_changed.connect(self._on_row)
        self.confirm_all.clicked.connect(self._on_confirm_all)
        self.empty.chosen.connect(self._on_next_step)

    def _restore(self) -> None:
        self.confirm_all.setEnabled(False)
        self.show_card(None)

    # What the presenter and the start use.

    def show_lines(self, lines: Sequence[SchoolLine]) -> None:
        """Show the list, or what to do when there are no schools yet."""
        self.filled = True
        kinds = sorted({line.kind for line in lines if line.kind})
        self.kind.offer([(kind, kind) for kind in kinds])
        self.model.set_rows(lines)
        self._say_filter()
        if self.table.current() is None and self.model.rowCount():
            self.table.select_key(self.model.row_at(0).id)

    def show_card(self, card: Card | None) -> None:
        """Show the card of a school; None shows what to do to get one."""
        self.panel.show_card(card)

    def show_school(self, school_id: int) -> None:
        """Bring a school to sight, dropping filters that hide it."""
        if not self.table.select_key(school_id):
            self.search.clear()
            self.kind.choose(None)
            self.category.choose(None)
            self._on_filter()
            self.table.select_key(school_id)
        self.fold.setChecked(True)

    def allow_decisions(self, allowed: bool) -> None:
        """Enable confirming once the data can be written."""
        self.confirm_all.setEnabled(allowed)

    # The page's own.

    def enter(self) -> None:
        super().enter()
        self.entered.emit()

    def focus_places(self) -> Places:
        return self.empty, self.table

    def save_state(self) -> None:
        self.table.save_state()
        self.panel.save_state()
        self.splitter.save_state()

    def _accepts(self, line: SchoolLine) -> bool:
        asked = folded(self.search.text().strip())
        kind, category = self.kind.value(), self.category.value()
        return (
            (kind is None or line.kind == kind)
            and (category is None or line.category == category)
            and all(word in line.search_key for word in asked.split())
        )

    def _on_filter(self) -> None:
        self.model.set_filter(self._accepts)
        self._say_filter()

    def _say_filter(self) -> None:
        shown, everything = self.model.rowCount(), len(self.model.all_rows())
        total = counted(everything, "школа", "школы", "школ")
        self.note.setText(total if shown == everything else f"показано {shown}, всего {total}")
        self.lists.setCurrentWidget(self.table if shown else self.empty)
        if not everything:
            self.empty.say(
                "Школ пока нет",
                "Загрузите реестр школ и таблицы результатов: перетащите папку с флешки в окно "
                "или нажмите кнопку. Сначала программа покажет, что поняла, и только потом "
                "сохранит.",
                "Загрузить файлы…",
            )
        elif not shown:
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
        self.kind.choose(None)
        self.category.choose(None)
        self._on_filter()

    def _on_row(self, line: SchoolLine | None) -> None:
        self.panel.expect_card(line is not None)
        self.card_wanted.emit(None if line is None else line.id)

    def _on_confirm_all(self) -> None:
        waiting = [s.id for s in self.model.rows() if s.computed and s.decided is None]
        self.confirm_wanted.emit(waiting)
