"""The library of measures: search, choose by risk factor or step of the cycle, add to the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.services.roadmap import Measure, cycle_sections
from app.ui.itemmodels import Column, TableModel
from app.ui.itemmodels.columns import folded
from app.ui.numbers import counted
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_SIZE = (1000, 580)
_OWN = "own"
_PARTS = (
    ("why", "Для чего"), ("do", "Что сделать"), ("result", "Результат"),
    ("evidence", "Чем подтверждается"), ("term", "Обычный срок"),
    ("responsible", "Кто обычно отвечает"), ("example", "Пример"), ("non_example", "Это не мера"),
)  # fmt: skip


class LibraryDialog(QDialog):
    """Several measures can be chosen; ``chosen`` returns them after it was accepted."""

    def __init__(
        self,
        parent: QWidget | None,
        measures: Sequence[Measure],
        factors: Mapping[str, str],
        state: WindowState,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Библиотека мер")
        self.resize(*_SIZE)
        self._measures = tuple(measures)
        self._places = {**factors, **cycle_sections()}
        self._build(factors, state)
        self._connect()
        self.model.set_rows(self._measures)
        self._on_filter()

    def _build(self, factors: Mapping[str, str], state: WindowState) -> None:
        self.bar = FilterBar()
        self.search = self.bar.add_search("Слово из меры", 220)
        self.place = self.bar.add_choice("О чём мера", "Все меры")
        self.place.setMaximumWidth(420)
        sections = [(f"Шаг: {title}", key) for key, title in cycle_sections().items()]
        known = [(f"Риск: {title}", key) for key, title in factors.items()]
        self.place.offer([("Свои меры", _OWN), *known, *sections])
        self.note = self.bar.add_note()
        columns: tuple[Column[Measure], ...] = (
            Column("title", "Мера", lambda one: one.title, width=330),
            Column("place", "О чём", self._place_of, width=196),
            Column("uses", "В планах", lambda one: one.uses or None, width=70),
        )
        self.model: TableModel[Measure] = TableModel(columns, lambda one: one.key, self)
        self.table = TableView(self.model, "measures", "Меры", state)
        self.detail = QWidget()
        self._fill_detail()
        area = QScrollArea()
        area.setAccessibleName("Мера целиком")
        area.setWidgetResizable(True)
        area.setWidget(self.detail)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.table)
        splitter.addWidget(area)
        splitter.setSizes([620, 360])
        splitter.setHandleWidth(MARGIN)
        self.buttons = QDialogButtonBox()
        self.add = self.buttons.addButton("Добавить в план", QDialogButtonBox.ButtonRole.AcceptRole)
        self.add.setProperty("role", "primary")
        self.buttons.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addWidget(splitter, 1)
        column.addWidget(self.buttons)

    def _fill_detail(self) -> None:
        inside = QVBoxLayout(self.detail)
        inside.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        inside.setSpacing(GAP // 2)
        self.title = label("", "heading", wrap=True, selectable=True)
        inside.addWidget(self.title)
        self.parts = {}
        self.captions = {}
        for name, title in _PARTS:
            self.captions[name] = label(title, "muted")
            self.parts[name] = label("", wrap=True, selectable=True)
            inside.addWidget(self.captions[name])
            inside.addWidget(self.parts[name])
        inside.addStretch()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_filter)
        self.place.picked.connect(self._on_filter)
        self.table.current_row_changed.connect(self._on_measure)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def chosen(self) -> tuple[Measure, ...]:
        """Return the selected measures."""
        rows = {index.row() for index in self.table.selectionModel().selectedIndexes()}
        return tuple(self.model.row_at(row) for row in sorted(rows))

    def _place_of(self, one: Measure) -> str:
        return self._places.get(one.factor or one.section, "Своя" if one.own else "")

    def _on_filter(self) -> None:
        words = folded(self.search.text()).split()
        place = self.place.value()

        def accepts(one: Measure) -> bool:
            if place == _OWN and not one.own:
                return False
            if place not in (None, _OWN) and place not in (one.factor, one.section):
                return False
            return all(word in one.search_key for word in words)

        self.model.set_filter(accepts)
        self.note.setText(counted(self.model.rowCount(), "мера", "меры", "мер"))
        if self.model.rowCount():
            self.table.selectRow(0)
        self._on_selected()

    def _on_selected(self) -> None:
        chosen = self.chosen()
        self.add.setEnabled(bool(chosen))
        self._show(chosen[-1] if chosen else None)

    def _on_measure(self, one: Measure | None) -> None:
        self._show(one)

    def _show(self, one: Measure | None) -> None:
        self.title.setText(one.title if one else "Выберите меру")
        for name, widget in self.parts.items():
            text = str(getattr(one, name)) if one else ""
            widget.setText(text)
            widget.setVisible(bool(text))
            self.captions[name].setVisible(bool(text))
