"""The view of the tab «Сбор сведений»: the board, its filters, what the person asks of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.services.forms import Board, BoardRow, expected
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.numbers import counted
from app.ui.page import Page, Places
from app.ui.pages.forms.columns import board_columns
from app.ui.theme.metrics import MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.table_view import TableView


class FormsPage(Page):
    """Shows the board; the presenter brings it and does what is asked."""

    key = "forms"
    title = "Сбор сведений"

    year_wanted = Signal(object)
    """A year for this page, or None for that of the window."""
    blanks_wanted = Signal()
    reminder_wanted = Signal()
    excuse_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.place)
        self._context = context
        self._build()
        self._connect()

    def _build(self) -> None:
        columns = board_columns(expected())
        self.model: TableModel[BoardRow] = TableModel(columns, lambda row: row.school_id, self)
        self.table = TableView(self.model, "forms", "Кто что сдал", self._context.state)
        self._build_bar()
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        frame = QWidget()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        inside.addWidget(self.lists)
        column.addWidget(frame, 1)

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.year = self.bar.add_choice("Год сбора", "Выбранный год")
        self.year.setToolTip("Год, выбранный вверху окна, или другой – только для этого раздела")
        self.form = self.bar.add_choice("Форма", "Все формы")
        self.form.offer([(one.short, one.key) for one in expected()])
        self.state = self.bar.add_choice("Состояние", "Все школы")
        self.state.offer([("Кто не сдал", True)])
        self.note = self.bar.add_note()
        self.excuse = self.bar.add_action("Освободить…")
        self.excuse.setToolTip("Школа не сдаёт форму в этом году: указать причину или снять её")
        self.reminder = self.bar.add_action("Напоминание…")
        self.reminder.setToolTip("Письмо тем, кто не сдал: выбранным школам или всем")
        self.blanks = self.bar.add_action("Бланки…", primary=True)
        self.blanks.setToolTip("Файлы для школ с кодом и названием: вернутся без разметки")

    def _connect(self) -> None:
        self.year.picked.connect(self._on_year)
        self.form.picked.connect(self._on_form)
        self.state.picked.connect(self._on_filter)
        self.table.current_row_changed.connect(self._on_row)
        self.blanks.clicked.connect(self.blanks_wanted)
        self.reminder.clicked.connect(self.reminder_wanted)
        self.excuse.clicked.connect(self.excuse_wanted)
        self.empty.chosen.connect(self._on_next_step)

    # What the presenter uses.

    def offer_years(self, years: Sequence[int], chosen: int | None) -> None:
        """Fill the list of years; ``chosen`` None is the year of the window."""
        self.year.offer([(str(year), year) for year in years])
        self.year.choose(chosen)

    def show_board(self, board: Board) -> None:
        """Show where the schools stand; filters stay as they are."""
        self.model.set_rows(board.rows)
        owing = sum(bool(row.owed()) for row in board.rows)
        schools = counted(len(board.rows), "школа", "школы", "школ")
        self.note.setText(f"{board.year} год: {schools}, не сдали {owing}")
        self._on_filter()

    def show_owing(self) -> None:
        """Show only the schools that have not handed in everything."""
        self.form.choose(None)
        self.state.choose(True)
        self._on_filter()

    def chosen(self) -> tuple[BoardRow, ...]:
        """Return the selected schools; none selected means none."""
        return tuple(self.table.selected())

    # The page's own.

    def focus_places(self) -> Places:
        return self.empty, self.table

    def save_state(self) -> None:
        self.table.save_state()

    def _accepts(self, row: BoardRow) -> bool:
        owed = row.owed()
        form = self.form.value()
        return form in owed if form else bool(owed)

    def _on_form(self) -> None:
        # A form says nothing of the schools that handed it in: who chooses one asks who has not.
        if self.form.value() is not None:
            self.state.choose(True)
        self._on_filter()

    def _on_filter(self) -> None:
        owing = self.state.value() is not None
        self.model.set_filter(self._accepts if owing else None)
        shown, everything = self.model.rowCount(), len(self.model.all_rows())
        self.lists.setCurrentWidget(self.table if shown else self.empty)
        self.blanks.setEnabled(everything > 0)
        self.reminder.setEnabled(any(row.owed() for row in self.model.all_rows()))
        self._on_row(self.table.current())
        if not shown:
            self._say_why_empty(everything > 0)

    def _say_why_empty(self, filtered: bool) -> None:
        if filtered:
            self.empty.say("Сдали все", "Никто из школ ничего не должен.", "Показать все")
        else:
            self.empty.say(
                "Школ пока нет",
                "Загрузите реестр школ: перетащите папку с флешки в окно или нажмите кнопку.",
                "Загрузить файлы…",
            )

    def _on_next_step(self) -> None:
        if not self.model.all_rows():
            self._context.import_wanted.emit(())
            return
        self.state.choose(None)
        self._on_filter()

    def _on_row(self, row: BoardRow | None) -> None:
        self.excuse.setEnabled(row is not None)

    def _on_year(self) -> None:
        self.year_wanted.emit(self.year.value())
