"""What the tried rules change, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from app.models.enums import Category
from app.services.methodology import Comparison, RuleSet
from app.ui.category_chips import category_chip
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
        self.clusters = label("", "muted", wrap=True)
        self.changes = QListWidget()
        self.changes.setAccessibleName("Школы, у которых меняется категория или кластер")
        self.note = label("", "warning", wrap=True)
        self.basis = QPlainTextEdit()
        self.basis.setReadOnly(True)
        self.basis.setTabChangesFocus(True)
        self.basis.setAccessibleName("На чём основана методика")
        for widget in (self.head, self.counts, self.clusters, self.changes, self.note, line()):
            column.addWidget(widget)
        column.addWidget(label("На чём основана", "heading"))
        column.addWidget(self.basis, 1)
        self.note.hide()

    def show_wait(self) -> None:
        """Say that the schools are being counted."""
        self.head.setText("Считаю…")

    def show_comparison(self, found: Comparison) -> None:
        """Show how many schools change, and which."""
        self.head.setText(_head(found))
        order = [one for one in (*Category, None) if found.counts.get(one)]
        listed = (f"{category_chip(one).word} – {found.counts[one]}" for one in order)
        self.counts.setText(f"Станет: {'; '.join(listed)}")
        self.clusters.setText(_clusters(found))
        self.clusters.setVisible(bool(found.clusters))
        self.changes.clear()
        self.changes.setVisible(bool(found.changes or found.moves))
        self.changes.addItems(
            [
                f"{item.school}: {category_chip(item.before).word} → "
                f"{category_chip(item.after).word}"
                for item in found.changes
            ]
        )
        self.changes.addItems(
            [f"{item.school}: {_number(item.before)} → {_number(item.after)}"
             for item in found.moves]
        )  # fmt: skip

    def show_rules(self, rules: RuleSet, decisions: int) -> None:
        """Show the acts and sources behind the rules, doubt first."""
        self.basis.setPlainText("\n".join(_basis(rules)))
        self.note.setText(
            f"За этот год уже есть решения ({decisions}). Они останутся; где расчёт с ними "
            "разойдётся, это будет видно в карточке школы."
        )
        self.note.setVisible(bool(decisions))


def _head(found: Comparison) -> str:
    number, moved = len(found.changes), len(found.moves)
    schools = counted(number, "школы", "школ", "школ")
    head = f"Категория меняется у {schools}" if number else "Категории не меняются"
    if not moved:
        return head
    return f"{head}, кластер – у {counted(moved, 'школы', 'школ', 'школ')}"


def _clusters(found: Comparison) -> str:
    order = sorted(found.clusters, key=lambda number: (number is None, number or 0))
    return "Кластеры: " + "; ".join(f"{_number(n)} – {found.clusters[n]}" for n in order)


def _number(cluster: int | None) -> str:
    return "без кластера" if cluster is None else f"№ {cluster}"


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
