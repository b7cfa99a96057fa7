"""One list with its form: entries of the program and of the office, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.services.scales import Known
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import Column
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP
from app.ui.widgets.fitting import by_letters
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_FORM_WIDTH = 416


class ScalesPane(QWidget):
    """Tells what the person wants; ``form`` shows an entry and gives back the written one."""

    save_wanted = Signal(object, object)
    """The entry as written, and the entry of the office in whose place it comes, or None."""
    restore_wanted = Signal(object)

    def __init__(
        self, name: str, columns: Sequence[Column[Any]], form: Any, state: WindowState
    ) -> None:
        super().__init__()
        self.form = form
        self._build(name, columns, state)
        self._connect()

    def _build(self, name: str, columns: Sequence[Column[Any]], state: WindowState) -> None:
        self.model: TableModel[Known[Any]] = TableModel(columns, lambda k: (k.own, k.entry), self)
        self.table = TableView(self.model, f"scales-{name}", name, state)
        self.problem = label("", "danger", wrap=True)
        self.save = QPushButton("Сохранить как запись учреждения")
        self.save.setProperty("role", "primary")
        self.restore = QPushButton("Как в программе")
        for button in (self.save, self.restore):
            button.setAutoDefault(False)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(GAP, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(_scrolled(self.form), 1)
        column.addWidget(self.problem)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.save)
        buttons.addWidget(self.restore)
        buttons.addStretch()
        column.addLayout(buttons)
        side.setFixedWidth(by_letters(self, _FORM_WIDTH))
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, GAP, GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self.table, 1)
        row.addWidget(side)

    def _connect(self) -> None:
        self.table.current_row_changed.connect(self._on_row)
        self.save.clicked.connect(self._on_save)
        self.restore.clicked.connect(self._on_restore)

    def show_entries(self, entries: Sequence[Known[Any]]) -> None:
        """Show the list; the form keeps what was chosen where it still is."""
        self.model.set_rows(entries)
        if self.table.current() is None and entries:
            first = self.model.row_at(0)
            self.table.select_key((first.own, first.entry))
        self._on_row(self.table.current())

    def show_problem(self, text: str) -> None:
        """Say why an entry was not stored."""
        self.problem.setText(text)

    def _on_row(self, known: Known[Any] | None) -> None:
        self.problem.setText("")
        self.restore.setEnabled(known is not None and known.own)
        if known is not None:
            self.form.show_entry(known.entry)

    def _on_save(self) -> None:
        known = self.table.current()
        before = known.entry if known is not None and known.own else None
        self.problem.setText("")
        self.save_wanted.emit(self.form.entry(), before)

    def _on_restore(self) -> None:
        known = self.table.current()
        if known is not None:
            self.restore_wanted.emit(known.entry)


def _scrolled(form: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the fields inside have it
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidgetResizable(True)
    scroll.setWidget(form)
    return scroll
