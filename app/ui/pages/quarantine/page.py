"""The view of the page «Карантин»: filters, the rows that wait, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.models.enums import QuarantineState
from app.services.importing import QuarantineLine
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.numbers import counted
from app.ui.page import Page, Places
from app.ui.pages.quarantine.columns import COLUMNS, STATES
from app.ui.theme.metrics import GAP, MARGIN, ROW_HEIGHT
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.leaving import close_by_key
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label


class QuarantinePage(Page):
    """Shows what the presenter brings; every wish of the person is a signal."""

    key = "quarantine"
    title = "Карантин"

    mend_wanted = Signal(object)
    """A ``QuarantineLine`` whose sheet is to be opened at its row."""
    retry_wanted = Signal(object)
    """Rows (``QuarantineLine``) that are to be loaded once more."""
    dismiss_wanted = Signal(object)
    """Rows (``QuarantineLine``) that are not needed."""
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._build()
        self._connect()
        self.state.choose(QuarantineState.WAITING)
        self._on_filter()

    def _build(self) -> None:
        self.model: TableModel[QuarantineLine] = TableModel(COLUMNS, lambda line: line.id, self)
        self.table = TableView(self.model, "quarantine", "Строки карантина", self._context.state)
        self._build_bar()
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        self.said = label(wrap=True, selectable=True)
        self.said.setMinimumHeight(2 * ROW_HEIGHT)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        frame = QWidget()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        inside.setSpacing(GAP)
        inside.addWidget(self.lists, 1)
        inside.addWidget(self.said)
        column.addWidget(frame, 1)

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.state = self.bar.add_choice("Состояние", "Любое состояние")
        self.state.offer([(chip.word.capitalize(), state) for state, chip in STATES.items()])
        self.file = self.bar.add_choice("Файл", "Все файлы")
        self.school = self.bar.add_choice("Школа", "Все школы")
        for choice in (self.file, self.school):
            choice.setMaximumWidth(170)
        self.search = self.bar.add_search("Найти по причине", 150)
        self.note = self.bar.add_note()
        self.dismiss = self.bar.add_action("Отклонить…")
        self.dismiss.setToolTip("Строки не нужны: написать причину (можно отменить, Ctrl+Z)")
        self.retry = self.bar.add_action("Загрузить снова…")
        self.retry.setToolTip("Прочитать выбранные строки ещё раз, с исправлениями и ответами")
        self.mend = self.bar.add_action("Исправить…", primary=True)
        self.mend.setToolTip("Открыть лист на этой строке и исправить значение")
        self.close_button = self.bar.add_action("Закрыть")

    def _connect(self) -> None:
        for choice in (self.state, self.file, self.school):
            choice.picked.connect(self._on_filter)
        self.search.textChanged.connect(self._on_filter)
        self.table.selectionModel().selectionChanged.connect(self._on_row)
        self.table.current_row_changed.connect(self._on_row)
        self.table.doubleClicked.connect(self._on_mend)
        self.table.link_clicked.connect(self._on_link)
        self.mend.clicked.connect(self._on_mend)
        self.retry.clicked.connect(self._on_retry)
        self.dismiss.clicked.connect(self._on_dismiss)
        self.close_button.clicked.connect(self.closed)
        close_by_key(self, self.close_button)
        self.empty.chosen.connect(self._on_show_all)

    # What the presenter uses.

    def show_lines(self, lines: Sequence[QuarantineLine]) -> None:
        """Show the rows; filters stay as they are."""
        self.model.set_rows(lines)
        self.file.offer([(path, path) for path in dict.fromkeys(line.path for line in lines)])
        schools = sorted({line.school for line in lines if line.school})
        self.school.offer([(school, school) for school in schools])
        self._on_filter()

    def focus_places(self) -> Places:
        return self.empty, self.table

    def save_state(self) -> None:
        self.table.save_state()

    # The page's own.

    def _chosen(self) -> list[QuarantineLine]:
        """Return the selected rows that wait; without a selection, all that are shown."""
        rows = self.table.selected() or list(self.model.rows())
        return [row for row in rows if row.state is QuarantineState.WAITING]

    def _accepts(self, line: QuarantineLine) -> bool:
        state, path, school = self.state.value(), self.file.value(), self.school.value()
        asked = self.search.text().strip().casefold()
        return (
            state in (None, line.state)
            and path in (None, line.path)
            and school in (None, line.school)
            and asked in f"{line.reason} {line.note}".casefold()
        )

    def _on_filter(self) -> None:
        self.model.set_filter(self._accepts)
        shown, everything = self.model.rowCount(), self.model.all_rows()
        waiting = sum(line.state is QuarantineState.WAITING for line in everything)
        self.note.setText(
            f"ждут {counted(waiting, 'строка', 'строки', 'строк')}, показано {shown}"
            if everything
            else ""
        )
        self.lists.setCurrentWidget(self.table if shown else self.empty)
        if shown and self.table.current() is None:
            self.table.select_key(self.model.row_at(0).id)
        if not shown:
            self._say_why_empty(bool(everything), waiting)
        self._on_row()

    def _say_why_empty(self, filled: bool, waiting: int) -> None:
        if not filled or not waiting:
            self.empty.say(
                "Ничего не ждёт",
                "Сюда попадают строки с ошибками и строки школ, которых программа не узнала.",
                "Показать прежние" if filled else "",
            )
        else:
            self.empty.say("Под отбор ничего не подходит", "Снимите отбор.", "Показать все")

    def _on_show_all(self) -> None:
        for choice in (self.state, self.file, self.school):
            choice.choose(None)
        self.search.clear()
        self._on_filter()

    def _on_row(self, *_what: object) -> None:
        line: QuarantineLine | None = self.table.current() if self.model.rowCount() else None
        waits = line is not None and line.state is QuarantineState.WAITING
        self.mend.setEnabled(waits and line is not None and line.can_retry)
        chosen = self._chosen()
        self.retry.setEnabled(any(row.can_retry for row in chosen))
        self.dismiss.setEnabled(bool(chosen))
        self.said.setText(_told(line) if line else "")

    def _on_link(self, _line: QuarantineLine, _column: str, _place: QPoint) -> None:
        self._on_mend()

    def _on_mend(self, *_where: object) -> None:
        line = self.table.current()
        if line is not None and self.mend.isEnabled():
            self.mend_wanted.emit(line)

    def _on_retry(self) -> None:
        self.retry_wanted.emit([row for row in self._chosen() if row.can_retry])

    def _on_dismiss(self) -> None:
        self.dismiss_wanted.emit(self._chosen())


def _told(line: QuarantineLine) -> str:
    note = f" Отклонена: {line.note}" if line.note else ""
    copy = "" if line.can_retry else " Копии файла в архиве нет: загрузите исходный файл ещё раз."
    return f"{line.path}, лист «{line.sheet}», строка {line.row}: {line.reason}{note}{copy}"
