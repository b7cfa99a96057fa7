"""The dialog «Что умеет загружать программа»: every kind of table with its words and an example."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.services.importing import LayoutInfo, column_letters
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import Chip, Column, Sign
from app.ui.office_words import said
from app.ui.state import WindowState
from app.ui.theme.colors import Tone
from app.ui.theme.metrics import GAP, MARGIN, ROW_HEIGHT
from app.ui.widgets.fitting import open_size
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_SIZE = (1080, 600)
_CELL = 128
_KNOWN = Chip(Tone.SUCCESS, Sign.CHECK, "подтверждён")
_UNKNOWN = Chip(Tone.WARNING, Sign.ALERT, "не подтверждён")


def _chip(info: LayoutInfo) -> Chip:
    return _KNOWN if info.confirmed else _UNKNOWN


KINDS: tuple[Column[LayoutInfo], ...] = (
    Column("title", "Таблица", lambda one: said(one.title), width=320),
    Column("sure", "Вид", lambda one: _chip(one).word, width=158, chip=_chip),
)


class LayoutsDialog(QDialog):
    """Only tells; the list is the program's own, so it cannot promise more than the code does."""

    def __init__(
        self, known: tuple[LayoutInfo, ...], state: WindowState, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Что умеет загружать программа")
        open_size(self, *_SIZE)
        self._build(state)
        self._connect()
        self.model.set_rows(known)
        self.table.select_key(known[0].key)

    def _build(self, state: WindowState) -> None:
        self.model: TableModel[LayoutInfo] = TableModel(KINDS, lambda one: one.key, self)
        self.table = TableView(self.model, "layouts", "Виды таблиц", state)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.table)
        sides.addWidget(self._build_detail())
        sides.setSizes([508, 552])
        sides.setChildrenCollapsible(False)
        self.close_button = QPushButton("Закрыть")
        bottom = QHBoxLayout()
        bottom.addWidget(
            label(
                "Вид узнаётся по содержанию листа, имя файла не важно. Любую другую таблицу можно "
                "один раз разметить кнопкой «Разметить…» при загрузке.",
                "muted",
                wrap=True,
            ),
            1,
        )
        bottom.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(sides, 1)
        column.addLayout(bottom)

    def _build_detail(self) -> QWidget:
        detail = QWidget()
        self.title = label("", "heading", wrap=True)
        self.gives = label("", wrap=True, selectable=True)
        self.source = label("", "muted", wrap=True)
        self.example = QTableWidget()
        self.example.setAccessibleName("Пример таблицы")
        self.example.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.example.setTabKeyNavigation(False)
        self.example.setWordWrap(True)
        self.example.horizontalHeader().setDefaultSectionSize(_CELL)
        column = QVBoxLayout(detail)
        column.setContentsMargins(MARGIN, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.title)
        column.addWidget(self.gives)
        column.addWidget(self.source)
        column.addWidget(label("Пример (строка заголовка выделена)", "muted"))
        column.addWidget(self.example, 1)
        return detail

    def _connect(self) -> None:
        self.table.current_row_changed.connect(self._on_row)
        self.close_button.clicked.connect(self.accept)
        self.finished.connect(self._on_finished)

    def _on_row(self, info: LayoutInfo | None) -> None:
        if info is None:
            return
        self.title.setText(said(info.title))
        self.gives.setText(info.gives)
        sure = "Вид подтверждён" if info.confirmed else "Вид не подтверждён"
        self.source.setText(f"{sure}: {info.source}.")
        self._show_example(info)

    def _show_example(self, info: LayoutInfo) -> None:
        rows = info.shown
        width = max(len(row) for row in rows)
        self.example.clear()
        self.example.setRowCount(len(rows))
        self.example.setColumnCount(width)
        self.example.setHorizontalHeaderLabels([column_letters(column) for column in range(width)])
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                font = item.font()
                font.setBold(row in info.header)
                item.setFont(font)
                self.example.setItem(row, column, item)
            self.example.setRowHeight(row, ROW_HEIGHT)
        self.example.resizeRowsToContents()

    def _on_finished(self, _result: int) -> None:
        self.table.save_state()
