"""All sentences of the documents in a list that can be narrowed, and the form of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.services.documents import TextRow
from app.ui.itemmodels import TableModel
from app.ui.pages.templates.columns import TEXTS
from app.ui.pages.templates.text_editor import TextEditor
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.fitting import by_letters
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_ALL = "Все документы"
_FORM_WIDTH = 420


class TextsPane(QWidget):
    """Tells what the person wants; knows no service but the check of a sentence."""

    export_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._rows: tuple[TextRow, ...] = ()
        self._build(state)
        self._connect()

    def _build(self, state: WindowState) -> None:
        self.kind = ElidedCombo()
        self.kind.setAccessibleName("Документ")
        self.kind.addItem(_ALL)
        self.kind.setMinimumContentsLength(24)
        self.search = QLineEdit()
        self.search.setAccessibleName("Найти в тексте")
        self.search.setPlaceholderText("Найти в тексте")
        self.search.setClearButtonEnabled(True)
        self.own = QCheckBox("Только свои")
        self.take = QPushButton("Из файла…")
        self.give = QPushButton("В файл…")
        self.model: TableModel[TextRow] = TableModel(TEXTS, lambda row: row.key, self)
        self.table = TableView(self.model, "document-texts", "Тексты документов", state)
        self.counted = label("", "muted")
        self.editor = TextEditor()
        self.editor.setFixedWidth(by_letters(self, _FORM_WIDTH))
        bar = QHBoxLayout()
        bar.setSpacing(GAP)
        for widget in (self.kind, self.search, self.own):
            bar.addWidget(widget)
        bar.addStretch()
        for button in (self.take, self.give):
            button.setAutoDefault(False)
            bar.addWidget(button)
        halves = QHBoxLayout()
        halves.setSpacing(GAP)
        halves.addWidget(self.table, 1)
        halves.addWidget(self.editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addLayout(bar)
        column.addLayout(halves, 1)
        column.addWidget(self.counted)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._narrow)
        self.search.textChanged.connect(self._narrow)
        self.own.toggled.connect(self._narrow)
        self.table.current_row_changed.connect(self.editor.show_row)
        self.take.clicked.connect(self.import_wanted)
        self.give.clicked.connect(self.export_wanted)

    def show_rows(self, rows: Sequence[TextRow]) -> None:
        """Show the sentences; what was chosen and narrowed stays so."""
        self._rows = tuple(rows)
        kinds = dict.fromkeys(row.kind for row in rows)
        if self.kind.count() != len(kinds) + 1:
            chosen = self.kind.currentText()
            self.kind.blockSignals(True)
            self.kind.clear()
            self.kind.addItems([_ALL, *kinds])
            self.kind.setCurrentIndex(max(0, self.kind.findText(chosen)))
            self.kind.blockSignals(False)
        self.give.setEnabled(any(row.own is not None and row.shipped for row in rows))
        self._narrow()

    def _narrow(self) -> None:
        wanted = self.search.text().casefold().strip()
        kind = "" if self.kind.currentIndex() <= 0 else self.kind.currentText()
        shown = [
            row
            for row in self._rows
            if (not kind or row.kind == kind)
            and (not self.own.isChecked() or row.own is not None)
            and wanted in row.text.casefold()
        ]
        self.model.set_rows(shown)
        if self.table.current() is None and shown:
            self.table.select_key(shown[0].key)
        self.editor.show_row(self.table.current())
        changed = sum(row.own is not None for row in self._rows)
        self.counted.setText(
            f"Показано предложений: {len(shown)} из {len(self._rows)}; изменено учреждением: "
            f"{changed}"
        )
