"""The bar in which a person shapes the pivot: rows, columns, measure; remembered between starts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from app.services.analysis import FIELD_TITLES, TITLES, Field, Layout, Measure
from app.ui.pages.results.filters import remember, remembered
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.text import label

_KEY = "results/pivot"
_NONE = "–"
_FIRST = {"row": Field.SCHOOL, "second": None, "column": Field.YEAR, "measure": Measure.BELOW}


class PivotBar(QWidget):
    """Offers fields so that none stands twice."""

    changed = Signal()

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._state = state
        self._build()
        self._restore()
        self._connect()

    def _build(self) -> None:
        self.row = _combo("Строки", list(Field))
        self.second = _combo("Вторые строки", [None, *Field])
        self.column = _combo("Столбцы", [None, *Field])
        self.measure = ElidedCombo()
        self.measure.setAccessibleName("Показатель")
        for measure in Measure:
            self.measure.addItem(TITLES[measure], measure)
        self.swap = QPushButton("Поменять местами")
        self.swap.setToolTip("Строки станут столбцами, а столбцы – строками")
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, 0, MARGIN, GAP)
        line.setSpacing(GAP)
        self._shape: list[QWidget] = [self.swap]
        for title, widget in (
            ("Строки", self.row),
            ("и", self.second),
            ("Столбцы", self.column),
            ("Показатель", self.measure),
        ):
            name = label(title, "muted")
            line.addWidget(name)
            line.addWidget(widget)
            if widget is not self.measure:
                self._shape += [name, widget]
        line.addWidget(self.swap)
        line.addStretch()

    def show_shape(self, shown: bool) -> None:
        """Show or hide all but the measure, for views that have no rows and columns."""
        for widget in self._shape:
            widget.setVisible(shown)

    def _connect(self) -> None:
        for combo in (self.row, self.second, self.column, self.measure):
            combo.activated.connect(self._on_chosen)
        self.swap.clicked.connect(self._on_swap)

    def layout_chosen(self) -> Layout:
        """Return what is chosen."""
        rows = tuple(field for field in (self._of(self.row), self._of(self.second)) if field)
        column = self._of(self.column)
        return Layout(rows, (column,) if column else (), Measure(self.measure.currentData()))

    def choose(self, layout: Layout) -> None:
        """Show another layout of one or two fields in rows and at most one in columns."""
        _set(self.row, layout.rows[0])
        _set(self.second, layout.rows[1] if len(layout.rows) > 1 else None)
        _set(self.column, layout.columns[0] if layout.columns else None)
        _set(self.measure, layout.measure)
        self.swap.setEnabled(bool(layout.columns))

    def save_state(self) -> None:
        """Remember the layout."""
        chosen = {name: combo.currentData() for name, combo in self._named()}
        remember(self._state, _KEY, chosen)

    def _named(self) -> tuple[tuple[str, QComboBox], ...]:
        return (
            ("row", self.row),
            ("second", self.second),
            ("column", self.column),
            ("measure", self.measure),
        )

    def _restore(self) -> None:
        stored = remembered(self._state, _KEY)
        for name, combo in self._named():
            value = stored.get(name, _FIRST[name])
            place = combo.findData(value)
            _set(combo, value if place >= 0 else _FIRST[name])
        self._settle(self.row)
        self.swap.setEnabled(self._of(self.column) is not None)

    def _on_chosen(self) -> None:
        sender = self.sender()
        self._settle(sender if isinstance(sender, QComboBox) else self.row)
        self.swap.setEnabled(self._of(self.column) is not None)
        self.changed.emit()

    def _settle(self, kept: QComboBox) -> None:
        """Take a field that now stands twice out of the place where it was not chosen last."""
        fields = (self.row, self.second, self.column)
        taken = {self._of(kept)} if kept in fields else set()
        for combo in fields:
            field = self._of(combo)
            if combo is kept or field is None:
                continue
            if field in taken:
                free = next(f for f in Field if f not in taken | {self._of(c) for c in fields})
                _set(combo, free if combo is self.row else None)
            taken.add(self._of(combo))

    def _on_swap(self) -> None:
        row, column = self._of(self.row), self._of(self.column)
        if row is not None and column is not None:
            _set(self.row, column)
            _set(self.column, row)
            self.changed.emit()

    @staticmethod
    def _of(combo: QComboBox) -> Field | None:
        value = combo.currentData()
        return None if value is None else Field(value)


def _combo(name: str, fields: list[Field] | list[Field | None]) -> QComboBox:
    combo = ElidedCombo()
    combo.setAccessibleName(name)
    for field in fields:
        combo.addItem(_NONE if field is None else FIELD_TITLES[field], field)
    return combo


def _set(combo: QComboBox, value: Field | Measure | None) -> None:
    combo.setCurrentIndex(max(combo.findData(value), 0))
