"""What a methodology rests on: its name, years, acts, and the source of every parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from app.services.methodology import PARAMETER_TITLES, LegalBasis, ParameterNote, RuleSet
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.edit_table import EditTable, Field
from app.ui.widgets.text import label

_ACTS = (
    Field("Документ", 220),
    Field("Где опубликован", 170),
    Field("Под-\nтверждён", 84, flag=True),
)
_NOTES = (
    Field("Источник", 200),
    Field("Параметр", 220, fixed=True),
    Field("Под-\nтверждён", 84, flag=True),
)
_YEARS = (1990, 2200)


class BasisTab(QWidget):
    """A parameter that was changed asks for its act until one is written."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._written: dict[str, ParameterNote] = {}
        self._notes: tuple[ParameterNote, ...] = ()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.title = QLineEdit()
        self.title.setAccessibleName("Название методики")
        self.first, self.last = QSpinBox(), QSpinBox()
        self.first.setRange(*_YEARS)
        self.first.setAccessibleName("Первый год действия")
        self.last.setRange(_YEARS[0] - 1, _YEARS[1])
        self.last.setSpecialValueText("без срока")
        self.last.setAccessibleName("Последний год действия")
        years = QHBoxLayout()
        years.setSpacing(GAP)
        for widget in (label("с"), self.first, label("по"), self.last):
            years.addWidget(widget)
        years.addStretch()
        form = QFormLayout()
        form.setHorizontalSpacing(MARGIN)
        form.setVerticalSpacing(GAP)
        form.addRow("Название", self.title)
        form.addRow("Действует", years)
        self.acts = EditTable("Правовые основания", _ACTS)
        self.notes = EditTable("Источники параметров", _NOTES, grows=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addLayout(form)
        column.addWidget(label("Правовые основания", "heading"))
        column.addWidget(self.acts, 2)
        column.addWidget(label("Откуда взят каждый параметр", "heading"))
        column.addWidget(self.notes, 3)

    def _connect(self) -> None:
        self.title.textChanged.connect(self._on_change)
        self.first.valueChanged.connect(self._on_change)
        self.last.valueChanged.connect(self._on_change)
        self.acts.changed.connect(self._on_change)
        self.notes.changed.connect(self._on_notes)

    def show_rules(self, rules: RuleSet) -> None:
        """Show another methodology; what was written for the one before is forgotten."""
        self._written = {}
        with QSignalBlocker(self):
            self.title.setText(rules.title)
            self.first.setValue(rules.first_year)
            self.last.setValue(rules.last_year or self.last.minimum())
            self.acts.show_rows([(b.title, b.source, b.confirmed) for b in rules.legal_basis])
        self.follow(rules)

    def follow(self, rules: RuleSet) -> None:
        """Show the sources of the parameters as they are after the last change."""
        notes = self._sourced((*rules.notes, *(rules.social.notes if rules.social else ())))
        if notes == self._notes and self.notes.rows():
            return
        self._notes = notes
        self.notes.show_rows(
            [(n.source, PARAMETER_TITLES.get(n.name, n.name), n.confirmed) for n in notes]
        )

    def apply(self, rules: RuleSet) -> RuleSet:
        """Return the rules with the name, years, acts and sources that are written here."""
        social = rules.social
        last = self.last.value()
        return replace(
            rules,
            title=self.title.text().strip(),
            first_year=self.first.value(),
            last_year=last if last > self.last.minimum() else None,
            legal_basis=tuple(
                LegalBasis(str(title), str(source), bool(sure))
                for title, source, sure in self.acts.rows()
            ),
            notes=self._sourced(rules.notes),
            social=social and replace(social, notes=self._sourced(social.notes)),
        )

    def problem(self) -> str:
        """Return what is lacking, or an empty text."""
        if not self.title.text().strip():
            return "Основание: напишите название методики."
        last = self.last.value()
        if self.last.minimum() < last < self.first.value():
            return "Основание: последний год действия раньше первого."
        if not self.acts.rows():
            return "Основание: назовите хотя бы один документ или источник методики."
        if not all(title and source for title, source, _ in self.acts.rows()):
            return "Основание: у документа нужны название и место публикации."
        if not all(source for source, *_ in self.notes.rows()):
            return "Основание: у каждого параметра должен быть источник."
        return ""

    def _sourced(self, notes: Sequence[ParameterNote]) -> tuple[ParameterNote, ...]:
        return tuple(self._written.get(note.name, note) for note in notes)

    def _on_notes(self) -> None:
        rows = zip(self._notes, self.notes.rows(), strict=True)
        new = tuple(ParameterNote(n.name, str(source), bool(sure)) for n, (source, _, sure) in rows)
        for before, after in zip(self._notes, new, strict=True):
            if after != before:
                self._written[after.name] = after
        self._notes = new
        self._on_change()

    def _on_change(self, *_value: object) -> None:
        self.changed.emit()
