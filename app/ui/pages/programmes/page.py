"""The view of the tab «Программа»."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services.cycle import MonitoringRowView
from app.services.programmes import Finding, FundingTotal, ItemRow, Part, ProgrammeRow, part, parts
from app.ui.context import Context
from app.ui.page import Page, Places
from app.ui.pages.programmes import lines
from app.ui.theme.metrics import MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.list_pane import Emptiness, ListPane
from app.ui.widgets.text import label
from app.ui.widgets.views import ViewSwitch

PARTS, MONITORING, CHECKS = "parts", "monitoring", "checks"
_TITLES = {PARTS: "Разделы", MONITORING: "Мониторинг", CHECKS: "Проверка"}
_FIRST = "goal"


class ProgrammesPage(Page):
    """Shows one programme: its parts, its monitoring table, what to check."""

    key = "programmes"
    title = "Программа"

    programme_wanted = Signal(object)
    """Another programme was chosen; its id."""
    new_wanted = Signal()
    edit_wanted = Signal()
    copy_wanted = Signal()
    remove_wanted = Signal()
    paste_wanted = Signal()
    print_wanted = Signal()
    moved = Signal(object, int)
    """An entry, and by how many places it goes down (negative: up)."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.place)
        self._context = context
        self._items: tuple[ItemRow, ...] = ()
        self._totals = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self._build_bar()
        self.whole = QStackedWidget(self)
        self.stack = QStackedWidget(self.whole)
        self._build_parts()
        state = self._context.state
        self.monitoring = ListPane(
            lines.monitoring_columns(),
            lambda row: row.id,
            "programme-monitoring",
            "Таблица мониторинга",
            state,
            Emptiness(
                "Таблица мониторинга пуста",
                "Внесите, за чем следят, по каким критериям и показателям, чем и откуда, или "
                "загрузите таблицу из Word или Excel.",
                "Добавить строку…",
            ),
            parent=self.stack,
        )
        self.paste_rows = self.monitoring.add_action("Вставить списком…")
        self.monitoring.add_usual("Добавить строку…", "строка")
        self.checks = ListPane(
            lines.finding_columns(),
            lambda row: (row.part, row.item_id, row.text),
            "programme-checks",
            "Что проверить",
            state,
            Emptiness("Замечаний нет", "Акты не позже программы, суммы поняты, повторов нет."),
            parent=self.stack,
        )
        for widget in (self._parts_view, self.monitoring, self.checks):
            self.stack.addWidget(widget)
        self.empty = EmptyState()
        self.empty.say(
            "Программ ещё нет",
            "Создайте программу на несколько лет и заполните её разделы: основания, цели, задачи, "
            "этапы, финансирование, риски.",
            "Новая программа…",
        )
        self.whole.addWidget(self.stack)
        self.whole.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.whole, 1)

    def _build_bar(self) -> None:
        self.bar = FilterBar(self)
        self.choice = self.bar.add_choice("Программа", "Выберите программу")
        self.views = ViewSwitch("Что показать")
        for key, title in _TITLES.items():
            self.views.add(key, title)
        self.bar.add_lead(self.views)
        self.printer = self.bar.add_action("Собрать документ…")
        self.printer.setToolTip("Структура, тексты и страницы программы, проверка и печать")
        self.more = self.bar.add_action("Ещё")
        self.more.setProperty("menu", "true")
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.edit = self.menu.addAction("Изменить программу…")
        self.edit.setToolTip("Название, годы, чем утверждена")
        self.copy = self.menu.addAction("На новый период…")
        self.remove = self.menu.addAction("Удалить программу")
        self.remove.setToolTip("Вместе с её разделами; отменяется через Ctrl+Z")
        self.more.setMenu(self.menu)
        self.new = self.bar.add_action("Новая…", primary=True)

    def _build_parts(self) -> None:
        self.parts = QListWidget()
        self.parts.setAccessibleName("Разделы программы")
        self.parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for of in parts().values():
            item = QListWidgetItem(of.title)
            item.setData(Qt.ItemDataRole.UserRole, of.key)
            self.parts.addItem(item)
        self.items = ListPane(
            lines.item_columns(part(_FIRST)),
            lambda row: row.id,
            "programme-items",
            "Записи раздела",
            self._context.state,
            _emptiness(part(_FIRST)),
            lines.describe_item,
        )
        self.items.table.keeps_sorting = False
        self.total = label("", "muted")
        self.items.add_lead(self.total)
        self.up = self.items.add_action("Выше", for_row=True)
        self.down = self.items.add_action("Ниже", for_row=True)
        self.paste = self.items.add_action("Вставить списком…")
        self.paste.setToolTip("Список или таблица из Word или Excel: по записи в строке")
        self.items.add_usual("Добавить запись…", "запись")
        self._parts_view = QSplitter(Qt.Orientation.Horizontal, self.stack)
        frame = QWidget()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(MARGIN, 0, 0, MARGIN)
        inside.addWidget(self.parts)
        self._parts_view.addWidget(frame)
        self._parts_view.addWidget(self.items)
        self._parts_view.setSizes([324, 1016])
        self._parts_view.setCollapsible(1, False)
        self.parts.setCurrentRow(list(parts()).index(_FIRST))

    def _connect(self) -> None:
        self.choice.picked.connect(self._on_choice)
        self.views.chosen.connect(self._on_view)
        self.parts.currentRowChanged.connect(self._on_part)
        self.checks.opened.connect(self._on_finding)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.paste.clicked.connect(self.paste_wanted)
        self.paste_rows.clicked.connect(self.paste_wanted)
        self.new.clicked.connect(self.new_wanted)
        self.empty.chosen.connect(self.new_wanted)
        self.edit.triggered.connect(self.edit_wanted)
        self.copy.triggered.connect(self.copy_wanted)
        self.remove.triggered.connect(self.remove_wanted)
        self.printer.clicked.connect(self.print_wanted)

    # What the presenter uses.

    def offer(self, rows: Sequence[ProgrammeRow], chosen: int | None) -> None:
        """Fill the list of programmes."""
        self.choice.offer([(row.name, row.id) for row in rows])
        self.choice.choose(chosen)
        self.whole.setCurrentIndex(0 if rows else 1)
        for part_of_one in (self.more, self.printer, self.views):
            part_of_one.setEnabled(chosen is not None)

    def show_programme(
        self,
        items: Sequence[ItemRow],
        monitoring: Sequence[MonitoringRowView],
        findings: Sequence[Finding],
        totals: Sequence[FundingTotal],
    ) -> None:
        """Show a programme; the chosen part stays."""
        self._totals = lines.totals_text(totals)
        self._items = tuple(items)
        self.monitoring.show_rows(monitoring)
        self.checks.show_rows(findings)
        self.views.set_count(CHECKS, _TITLES[CHECKS], len(findings), "замечаний")
        for line, of in enumerate(parts().values()):
            count = sum(row.part == of.key for row in items)
            self.parts.item(line).setText(f"{of.title} · {count}" if count else of.title)
        self._show_items()

    def show_entry(self, item_id: int) -> None:
        """Show the part of an entry with the cursor on it; the parts where it is not there."""
        self.views.choose(PARTS)
        row = next((one for one in self._items if one.id == item_id), None)
        if row is not None:
            self.parts.setCurrentRow(list(parts()).index(row.part))
            self.items.table.select_key(row.id)

    @property
    def part(self) -> Part:
        """The part that is shown."""
        return part(self.parts.currentItem().data(Qt.ItemDataRole.UserRole))

    def entries(self, key: str | None = None) -> tuple[ItemRow, ...]:
        """Return the entries of a part, of the shown one without a key."""
        wanted = key or self.part.key
        return tuple(row for row in self._items if row.part == wanted)

    def view(self) -> str:
        """Return the key of the chosen view."""
        return self.views.value()

    # The page's own.

    def focus_places(self) -> Places:
        return self.empty, None

    def enter_work(self) -> None:
        pane = {PARTS: self.items, MONITORING: self.monitoring, CHECKS: self.checks}
        pane[self.views.value()].enter()

    def save_state(self) -> None:
        for pane in (self.items, self.monitoring, self.checks):
            pane.table.save_state()

    def _show_items(self) -> None:
        self.items.show_rows(self.entries())
        self.total.setText(self._totals if self.part.key == "funding" else "")

    def _on_part(self, _line: int) -> None:
        of = self.part
        self.items.model.set_rows(())
        self.items.model.set_columns(lines.item_columns(of))
        self.items.table.restore_columns()
        self.items.set_emptiness(_emptiness(of))
        self._show_items()

    def _on_view(self, key: str) -> None:
        self.stack.setCurrentIndex(tuple(_TITLES).index(key))
        self.enter()

    def _on_finding(self, row: Finding) -> None:
        """Enter on a finding goes to its entry."""
        if not row.part:
            self.edit_wanted.emit()
            return
        self.views.choose(PARTS)
        self.parts.setCurrentRow(list(parts()).index(row.part))
        if row.item_id is not None:
            self.items.table.select_key(row.item_id)

    def _on_choice(self) -> None:
        self.programme_wanted.emit(self.choice.value())

    def _on_up(self) -> None:
        self.moved.emit(self.items.current(), -1)

    def _on_down(self) -> None:
        self.moved.emit(self.items.current(), 1)


def _emptiness(of: Part) -> Emptiness:
    return Emptiness(
        f"{of.title}: пусто",
        "Добавляйте по одной записи или вставьте список из Word или Excel целиком.",
        "Добавить запись…",
    )
