"""The forms of a scale and of a minimum: they show an entry and give back the written one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from app.models.enums import AssessmentKind
from app.services.scales import MARKS, Condition, MarkScale, MinScore, Unit
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.edit_table import EditTable, Field
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.text import label

_YEARS = (1990, 2200)
_MOST = 1000
_CONDITIONS = (
    Field("За что нужны баллы", 118),
    Field("Отметка", 70, choices=tuple(str(mark) for mark in MARKS[1:])),
    Field("Не\nменьше", 78),
)


class EntryForm(QWidget):
    """What scales and minimums have in common: exam, subject, years, source."""

    def __init__(self, subjects: Sequence[str]) -> None:
        super().__init__()
        self.kind = ElidedCombo()
        self.kind.addItems([kind.value for kind in AssessmentKind])
        self.subject = ElidedCombo()
        self.subject.setEditable(True)
        self.subject.addItems(list(subjects))
        self.first, self.last = _number(*_YEARS), _number(*_YEARS)
        self.source = QLineEdit()
        self.source.setPlaceholderText("письмо, распоряжение: кто, дата, номер")
        self.confirmed = QCheckBox("источник проверен")
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(MARGIN)
        self.form.setVerticalSpacing(GAP)
        self.add("Процедура", self.kind)
        self.add("Предмет", self.subject)
        self.add_row("Годы", label("с"), self.first, label("по"), self.last)

    def add(self, title: str, field: QWidget) -> None:
        """Add a field under its title, which screen readers say too."""
        field.setAccessibleName(title)
        self.form.addRow(title, field)

    def add_row(self, title: str, *fields: QWidget) -> None:
        """Add several fields in one row."""
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for field in fields:
            if not isinstance(field, QLabel):
                field.setAccessibleName(title)
            row.addWidget(field)
        row.addStretch()
        self.form.addRow(title, row)

    def add_source(self) -> None:
        """Add where the numbers come from, at the end."""
        self.add("Источник", self.source)
        self.form.addRow("", self.confirmed)

    def show_common(self, entry: MarkScale | MinScore) -> None:
        """Show what every entry has."""
        self.kind.setCurrentText(entry.kind.value)
        self.subject.setCurrentText(entry.subject)
        self.first.setValue(entry.first_year)
        self.last.setValue(entry.last_year)
        self.source.setText(entry.source)
        self.confirmed.setChecked(entry.confirmed)

    def exam(self) -> tuple[AssessmentKind, str]:
        """Return the kind and the subject."""
        return AssessmentKind(self.kind.currentText()), self.subject.currentText().strip()


class ScaleForm(EntryForm):
    """Bands follow each other by themselves: only the last score of each mark is asked."""

    def __init__(self, subjects: Sequence[str]) -> None:
        super().__init__(subjects)
        self.grade = _number(1, 12)
        self.lasts = tuple(_number(0, _MOST) for _ in MARKS)
        self.conditions = EditTable("Условия", _CONDITIONS)
        self.conditions.setFixedHeight(150)
        self.add("Класс", self.grade)
        for mark, field in zip(MARKS, self.lasts, strict=True):
            self.add(f"«{mark}» – до балла", field)
        self.form.addRow(label("Условия: сколько баллов нужно за часть работы", wrap=True))
        self.form.addRow(self.conditions)
        self.add_source()

    def show_entry(self, entry: MarkScale) -> None:
        """Show a scale."""
        self.show_common(entry)
        self.grade.setValue(entry.grade)
        for field, (_, high) in zip(self.lasts, entry.bands, strict=True):
            field.setValue(high)
        self.conditions.show_rows([(c.part, str(c.mark), str(c.least)) for c in entry.conditions])

    def entry(self) -> MarkScale:
        """Return the scale as it is written now, right or wrong."""
        kind, subject = self.exam()
        highs = [field.value() for field in self.lasts]
        lows = [0, *(high + 1 for high in highs[:-1])]
        return MarkScale(
            kind,
            subject,
            self.grade.value(),
            self.first.value(),
            self.last.value(),
            highs[-1],
            tuple(zip(lows, highs, strict=True)),
            tuple(
                Condition(int(str(mark)), str(part), _whole(str(least)))
                for part, mark, least in self.conditions.rows()
            ),
            self.source.text().strip(),
            self.confirmed.isChecked(),
        )


class MinimumForm(EntryForm):
    """The lowest score or mark by which an exam is passed."""

    def __init__(self, subjects: Sequence[str]) -> None:
        super().__init__(subjects)
        self.score = _number(0, _MOST)
        self.unit = ElidedCombo()
        self.unit.addItems([unit.value for unit in Unit])
        self.note = QLineEdit()
        self.add("Минимум", self.score)
        self.add("Чем измерен", self.unit)
        self.add("Примечание", self.note)
        self.add_source()

    def show_entry(self, entry: MinScore) -> None:
        """Show a minimum."""
        self.show_common(entry)
        self.score.setValue(entry.score)
        self.unit.setCurrentText(entry.unit.value)
        self.note.setText(entry.note)

    def entry(self) -> MinScore:
        """Return the minimum as it is written now, right or wrong."""
        kind, subject = self.exam()
        return MinScore(
            kind,
            subject,
            self.first.value(),
            self.last.value(),
            self.score.value(),
            Unit(self.unit.currentText()),
            self.source.text().strip(),
            self.confirmed.isChecked(),
            self.note.text().strip(),
        )


def _number(least: int, most: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    return field


def _whole(text: str) -> int:
    """Return the number, or one that no scale takes: the service says what is wrong with it."""
    return int(text) if text.isascii() and text.isdigit() else 0
