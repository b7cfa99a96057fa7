"""The office's Word templates, the tags of a kind, and what the checker said of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.services.documents import TemplateRow, TemplateTag, template_tags
from app.ui.itemmodels import TableModel
from app.ui.pages.templates.columns import TAGS, TEMPLATES
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.fitting import by_letters
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_TAGS_WIDTH = 500
_PROBLEM_HEIGHT = 96


class TemplatesPane(QWidget):
    """Templates at the left, the tags of the chosen kind at the right."""

    add_wanted = Signal(str)
    """Take a file in for this kind."""
    example_wanted = Signal(str)
    replace_wanted = Signal(object)
    save_wanted = Signal(object)
    rename_wanted = Signal(object)
    remove_wanted = Signal(object)
    fill_wanted = Signal(object)

    def __init__(self, kinds: Mapping[str, str], state: WindowState) -> None:
        super().__init__()
        self._kinds = tuple(kinds)
        self._needing_row: list[QPushButton] = []
        self._build(kinds, state)
        self._connect()
        self._on_kind()
        self._on_row(None)

    def _build(self, kinds: Mapping[str, str], state: WindowState) -> None:
        self.model: TableModel[TemplateRow] = TableModel(TEMPLATES, lambda row: row.id, self)
        self.table = TableView(self.model, "document-templates", "Свои шаблоны", state)
        self.kind = ElidedCombo()
        self.kind.setAccessibleName("Вид документа")
        self.kind.addItems(list(kinds.values()))
        self.kind.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.tags_model: TableModel[TemplateTag] = TableModel(TAGS, lambda tag: tag.word, self)
        self.tags = TableView(self.tags_model, "template-tags", "Метки", state)
        self.problem = QPlainTextEdit()
        self.problem.setReadOnly(True)
        self.problem.setAccessibleName("Что не так с файлом")
        self.problem.setMaximumHeight(_PROBLEM_HEIGHT)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        halves = QHBoxLayout()
        halves.setSpacing(GAP)
        halves.addLayout(self._left(), 1)
        right = QWidget()
        right.setFixedWidth(by_letters(self, _TAGS_WIDTH))
        right.setLayout(self._right())
        halves.addWidget(right)
        column.addLayout(halves, 1)
        column.addWidget(self.problem)

    def _left(self) -> QVBoxLayout:
        self.fill = self._button("Составить документ…", for_row=True)
        self.replace = self._button("Заменить файл…", for_row=True)
        self.save = self._button("Файл на диск…", for_row=True)
        self.rename = self._button("Переименовать…", for_row=True)
        self.remove = self._button("Удалить", for_row=True)
        self.empty = label(
            "Своих шаблонов ещё нет. Выберите справа вид документа, запишите пример, измените его "
            "в Word и примите обратно.",
            "muted",
            wrap=True,
        )
        column = QVBoxLayout()
        column.setSpacing(GAP)
        column.addWidget(label("Шаблоны учреждения", "heading"))
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addLayout(_row(self.fill, self.replace, self.save))
        column.addLayout(_row(self.rename, self.remove))
        return column

    def _right(self) -> QVBoxLayout:
        self.example = self._button("Пример шаблона…")
        self.add = self._button("Принять файл…")
        self.add.setProperty("role", "primary")
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(label("Метки вида документа", "heading"))
        column.addWidget(self.kind)
        column.addWidget(self.tags, 1)
        column.addWidget(
            label("Метки копируются в буфер: выделите строки и нажмите Ctrl+C.", "muted", wrap=True)
        )
        column.addLayout(_row(self.example, self.add))
        return column

    def _button(self, text: str, *, for_row: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        if for_row:
            self._needing_row.append(button)
        return button

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.table.current_row_changed.connect(self._on_row)
        self.add.clicked.connect(self._on_add)
        self.example.clicked.connect(self._on_example)
        self.fill.clicked.connect(self._on_fill)
        self.replace.clicked.connect(self._on_replace)
        self.save.clicked.connect(self._on_save)
        self.rename.clicked.connect(self._on_rename)
        self.remove.clicked.connect(self._on_remove)

    def show_rows(self, rows: Sequence[TemplateRow]) -> None:
        """Show the templates."""
        self.model.set_rows(rows)
        self.empty.setVisible(not rows)
        if self.table.current() is None and rows:
            self.table.select_key(rows[0].id)
        self._on_row(self.table.current())

    def show_problem(self, text: str) -> None:
        """Say what is wrong with a file; an empty text takes the place away."""
        self.problem.setPlainText(text)
        self.problem.setVisible(bool(text))

    @property
    def chosen_kind(self) -> str:
        """The kind whose tags are shown."""
        return self._kinds[self.kind.currentIndex()]

    def _on_kind(self) -> None:
        self.tags_model.set_rows(template_tags(self.chosen_kind))

    def _on_row(self, row: TemplateRow | None) -> None:
        for button in self._needing_row:
            button.setEnabled(row is not None)
        if row is not None and row.kind in self._kinds:
            self.kind.setCurrentIndex(self._kinds.index(row.kind))

    def _on_add(self) -> None:
        self.add_wanted.emit(self.chosen_kind)

    def _on_example(self) -> None:
        self.example_wanted.emit(self.chosen_kind)

    def _on_fill(self) -> None:
        self._tell(self.fill_wanted)

    def _on_replace(self) -> None:
        self._tell(self.replace_wanted)

    def _on_save(self) -> None:
        self._tell(self.save_wanted)

    def _on_rename(self) -> None:
        self._tell(self.rename_wanted)

    def _on_remove(self) -> None:
        self._tell(self.remove_wanted)

    def _tell(self, signal: SignalInstance) -> None:
        row = self.table.current()
        if row is not None:
            signal.emit(row)


def _row(*buttons: QPushButton) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(GAP)
    for button in buttons:
        line.addWidget(button)
    line.addStretch()
    return line
