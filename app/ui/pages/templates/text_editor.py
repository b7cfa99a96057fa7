"""The form of one sentence: ours, the office's own, the tags it may hold, what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.services.documents import TextRow, check_text
from app.ui.theme.metrics import GAP
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.text import label

_HEIGHT = 132


class TextEditor(QWidget):
    """Checks while the person types; what is wrong is told with the number of the sign."""

    save_wanted = Signal(str, str)
    """Key of the sentence and its new text."""
    restore_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row: TextRow | None = None
        self._build()
        self._connect()
        self.show_row(None)

    def _build(self) -> None:
        self.heading = label("", "heading", wrap=True)
        self.shipped = label("", "muted", wrap=True, selectable=True)
        self.edit = QPlainTextEdit()
        self.edit.setAccessibleName("Текст в документах")
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(_HEIGHT)
        self.tags = ElidedCombo()
        self.tags.setAccessibleName("Метка")
        self.insert = QPushButton("Вставить метку")
        self.about = label("", "muted", wrap=True)
        self.problem = label("", "danger", wrap=True)
        self.save = QPushButton("Сохранить")
        self.save.setProperty("role", "primary")
        self.restore = QPushButton("Вернуть исходный")
        for button in (self.insert, self.save, self.restore):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.heading)
        column.addWidget(label("Текст программы"))
        column.addWidget(self.shipped)
        column.addWidget(label("Текст в документах"))
        column.addWidget(self.edit, 1)
        column.addLayout(_line(self.tags, self.insert))
        column.addWidget(self.about)
        column.addWidget(self.problem)
        column.addLayout(_line(self.save, self.restore))

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._on_typed)
        self.tags.currentIndexChanged.connect(self._on_tag)
        self.insert.clicked.connect(self._on_insert)
        self.save.clicked.connect(self._on_save)
        self.restore.clicked.connect(self._on_restore)

    def show_row(self, row: TextRow | None) -> None:
        """Show a sentence; None empties the form."""
        self._row = row
        self.heading.setText(f"{row.kind}: {row.place}" if row and row.place else "")
        self.shipped.setText((row.shipped or "больше не используется") if row else "")
        self.edit.setPlainText(row.text if row else "")
        self.edit.setReadOnly(row is None or not row.shipped)
        self.tags.clear()
        for tag in row.tags if row else ():
            self.tags.addItem(f"{{{tag.word}}}")
        self._on_tag()
        self._on_typed()

    def is_changed(self) -> bool:
        """Return whether there is text here that has not been stored."""
        return self._row is not None and self._written() != self._row.text

    def _written(self) -> str:
        return " ".join(self.edit.toPlainText().split())

    def show_problem(self, text: str) -> None:
        """Say why the text was not stored."""
        self.problem.setText(text)

    def _on_typed(self) -> None:
        row = self._row
        live = row is not None and bool(row.shipped)
        found = check_text(row.key, self.edit.toPlainText()) if row and live else ()
        self.problem.setText("\n".join(one.message for one in found))
        self.save.setEnabled(live and not found and self.is_changed())
        self.restore.setEnabled(row is not None and row.own is not None)

    def _on_tag(self) -> None:
        chosen = self.tags.currentIndex()
        has = self._row is not None and 0 <= chosen < len(self._row.tags)
        self.insert.setEnabled(has)
        self.tags.setEnabled(has)
        about = self._row.tags[chosen].about if self._row and has else ""
        self.about.setText(about or "В этом предложении меток нет." if self._row else "")

    def _on_insert(self) -> None:
        self.edit.insertPlainText(self.tags.currentText())
        self.edit.setFocus()

    def _on_save(self) -> None:
        if self._row is not None:
            self.save_wanted.emit(self._row.key, self.edit.toPlainText())

    def _on_restore(self) -> None:
        if self._row is not None:
            self.restore_wanted.emit(self._row.key)


def _line(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
