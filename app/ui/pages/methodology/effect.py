"""What the tried rules change, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from app.models.enums import Category
from app.services.methodology import Comparison, RuleSet
from app.ui.numbers import counted
from app.ui.theme.metrics import GAP
from app.ui.widgets.text import label, line


class EffectPanel(QWidget):
    """Shows a comparison and the legal basis; asks nothing."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self.head = label("", "title", wrap=True)
        self.counts = label("", "muted", wrap=True)
        self.changes = QListWidget()
        self.changes.setAccessibleName("Школы, у которых меняется категория")
        self.note = label("", "warning", wrap=True)
        self.basis = QPlainTextEdit()
        self.basis.setReadOnly(True)
        self.basis.setTabChangesFocus(True)
        self.basis.setAccessibleName("На чём основана методика")
        for widget in (self.head, self.counts, self.changes, self.note, line()):
            column.addWidget(widget)
        column.addWidget(label("На чём основана", "heading"))
        column.addWidget(self.basis, 1)
        self.note.hide()

    def show_wait(self) -> None:
        """Say that the schools are being counted."""
        self.head.setText("Считаю…")

    def show_comparison(self, found: Comparison) -> None:
        """Show how many schools change, and which."""
        number = len(found.changes)
        schools = counted(number, "школы", "школ", "школ")
        self.head.setText(f"Категория меняется у {schools}" if number else "Категории не меняются")
        order = [category for category in Category if found.counts.get(category)]
        self.counts.setText(
            "Станет: " + "; ".join(f"{item.value} — {found.counts[item]}" for item in order)
        )
        self.changes.clear()
        self.changes.setVisible(bool(number))
        self.changes.addItems(
            [f"{item.school}: {item.before.value} → {item.after.value}" for item in found.changes]
        )

    def show_rules(self, rules: RuleSet, decisions: int) -> None:
        """Show the acts and sources behind the rules, doubt first."""
        self.basis.setPlainText("\n".join(_basis(rules)))
        self.note.setText(
            f"За этот год уже есть решения ({decisions}). Они останутся; где расчёт с ними "
            "разойдётся, это будет видно в карточке школы."
        )
        self.note.setVisible(bool(decisions))


def _basis(rules: RuleSet) -> Iterator[str]:
    unsure = sum(not note.confirmed for note in rules.notes)
    if unsure:
        yield f"Не подтверждено источником параметров: {unsure} из {len(rules.notes)}."
    for basis in rules.legal_basis:
        mark = "" if basis.confirmed else "НЕ ПОДТВЕРЖДЕНО. "
        yield f"• {mark}{basis.title}. {basis.source}"
    for cluster in rules.clusters:
        mark = "" if cluster.confirmed else " (не подтверждено)"
        yield f"• Кластер № {cluster.number}{mark}: {cluster.title}"
