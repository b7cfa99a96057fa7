"""The rule by which similar schools are found, as a form."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.services.analysis import Criterion, SimilarRule
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.text import label

_TITLES = {
    Criterion.PROGRAMME: "Вид программы (до 4, 9 или 11 класса, лицей, гимназия)",
    Criterion.SIZE: "Численность обучающихся",
    Criterion.ISB: "Квартиль ИСБ",
}
_EXPLAINED = (
    "Группа собирается по всем отмеченным признакам. Если она меньше наименьшей, признаки "
    "отбрасываются с конца, и об этом сказано под картинкой. Норм для таких групп нет: это правило "
    "вашего учреждения."
)
_WIDTH = 520


class RuleValues(NamedTuple):
    """What the form holds; borders as they were typed."""

    smallest: int
    borders: tuple[int, ...] | None
    """None when the text is not a list of numbers."""
    criteria: tuple[Criterion, ...]


class RuleDialog(QDialog):
    """Accepted when the person wants the rule stored."""

    def __init__(self, parent: QWidget | None, rule: SimilarRule) -> None:
        super().__init__(parent)
        self.setWindowTitle("Правило похожих школ")
        self.setMinimumWidth(_WIDTH)
        self._build(rule)
        self._connect()

    def _build(self, rule: SimilarRule) -> None:
        used = set(rule.steps[0])
        self.criteria = {one: QCheckBox(title) for one, title in _TITLES.items()}
        for one, box in self.criteria.items():
            box.setChecked(one in used)
        self.smallest = QSpinBox()
        self.smallest.setRange(2, 100)
        self.smallest.setValue(rule.smallest)
        self.borders = QLineEdit(", ".join(str(border) for border in rule.borders))
        form = QFormLayout()
        form.setHorizontalSpacing(MARGIN)
        form.setVerticalSpacing(GAP)
        for box in self.criteria.values():
            form.addRow(box)
        form.addRow("Границы численности", self.borders)
        form.addRow("Наименьшая группа, школ", self.smallest)
        self.fault = label("", "danger", wrap=True)
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(_EXPLAINED, "muted", wrap=True))
        column.addLayout(form)
        column.addWidget(label(f"Источник: {rule.source}.", "muted", wrap=True))
        column.addWidget(self.fault)
        column.addLayout(self._build_buttons())

    def _build_buttons(self) -> QHBoxLayout:
        self.accept_button = QPushButton("Сохранить правило")
        self.accept_button.setProperty("role", "primary")
        self.accept_button.setDefault(True)
        self.cancel_button = QPushButton("Отмена")
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addStretch()
        line.addWidget(self.accept_button)
        line.addWidget(self.cancel_button)
        return line

    def _connect(self) -> None:
        self.accept_button.clicked.connect(self._on_accept)
        self.cancel_button.clicked.connect(self.reject)

    def values(self) -> RuleValues:
        """Return what the form holds."""
        parts = [part.strip() for part in self.borders.text().replace(";", ",").split(",")]
        numbers = tuple(int(part) for part in parts if part.isdigit())
        sound = len(numbers) == len(parts)
        chosen = tuple(one for one, box in self.criteria.items() if box.isChecked())
        return RuleValues(self.smallest.value(), numbers if sound else None, chosen)

    def _on_accept(self) -> None:
        values = self.values()
        if values.borders is None:
            self._say("Границы численности – целые числа через запятую, например «50, 100, 300».")
        elif list(values.borders) != sorted(set(values.borders)) or values.borders[0] < 1:
            self._say("Границы численности должны возрастать.")
        elif not values.criteria:
            self._say("Отметьте хотя бы один признак.")
        else:
            self.accept()

    def _say(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.show()
