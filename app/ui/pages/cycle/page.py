"""The view of the tab «Цикл»."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.services.cycle import (
    Break,
    Chain,
    ChainRow,
    DecisionRow,
    Direction,
    EvidenceMatrix,
    EvidenceRow,
    Link,
    RecommendationRow,
)
from app.ui.context import Context
from app.ui.itemmodels import Column, TableModel
from app.ui.page import Page
from app.ui.pages.cycle import lines
from app.ui.pages.cycle.lines import StepLine
from app.ui.theme.metrics import GRID, MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.list_pane import Emptiness, Facts, ListPane
from app.ui.widgets.table_view import TableView
from app.ui.widgets.views import ViewSwitch

EVIDENCE, ADVICE, DECISIONS, CHAIN = "evidence", "advice", "decisions", "chain"
_TITLES = {
    EVIDENCE: "Подтверждения",
    ADVICE: "Рекомендации",
    DECISIONS: "Решения",
    CHAIN: "Цепочка",
}
_EMPTY = {
    EVIDENCE: Emptiness(
        "Документов здесь нет",
        "Добавьте документ, который подтверждает шаг, или день, к которому он ожидается.",
        "Добавить документ…",
    ),
    ADVICE: Emptiness(
        "Рекомендаций ещё нет",
        "Кнопка «Предложить…» составит их из рисков, низких результатов и дефицитов школ.",
        "Добавить рекомендацию…",
    ),
    DECISIONS: Emptiness(
        "Решений ещё нет",
        "Внесите решения руководителя: из какой рекомендации следуют и что дали.",
        "Добавить решение…",
    ),
    CHAIN: Emptiness(
        "Цепочка пуста",
        "Она складывается из анализа, рекомендаций, мероприятий, решений и оценки эффекта.",
    ),
}


class CyclePage(Page):
    """Shows the matrix of evidence and the three lists; the presenter brings them."""

    key = "cycle"
    title = "Цикл"

    propose_wanted = Signal()
    state_wanted = Signal(object)
    """Recommendations that are to be marked as given."""
    measure_wanted = Signal(object)
    """A recommendation that a measure of a roadmap is to answer."""
    decision_wanted = Signal(object)
    """A row of the chain that a decision is to be entered for."""
    place_wanted = Signal(object)
    """Where a row of the chain leads: a ``Link`` and the id of its row."""
    directions_wanted = Signal()

    def __init__(self, context: Context, today: date) -> None:
        super().__init__(context.place)
        self._context = context
        self._today = today
        self._matrix: EvidenceMatrix | None = None
        self._breaks: tuple[Break, ...] = ()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.views = ViewSwitch("Что показать")
        for key, title in _TITLES.items():
            self.views.add(key, title)
        self.bar = FilterBar(self)
        self.bar.add_lead(self.views)
        self.note = self.bar.add_note()
        self.stack = QStackedWidget(self)
        evidence = self._evidence_view()
        self._build_lists()
        for widget in (evidence, self.advice, self.decisions, self.chain):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)

    def _build_documents(self) -> None:
        self.documents = self._pane(
            EVIDENCE, lines.evidence_columns(self.direction_title, self._today), None
        )
        self.own = self.documents.add_action("Направления…")
        self.own.setToolTip("Добавить, переименовать или убрать своё направление")
        self.documents.add_usual("Добавить документ…", "документ")

    def _build_lists(self) -> None:
        self.advice = self._pane(
            ADVICE, lines.recommendation_columns(self._today), lines.describe_recommendation
        )
        self.propose = self.advice.add_action("Предложить…")
        self.propose.setToolTip("Составить из рисков, низких результатов и дефицитов")
        self.measure = self.advice.add_action("Мероприятие…", for_row=True)
        self.measure.setToolTip("Какое мероприятие дорожной карты отвечает рекомендации")
        self.give = self.advice.add_action("Направлены", for_row=True)
        self.give.setToolTip("Отметить выбранные рекомендации как направленные адресатам")
        self.advice.add_usual("Добавить рекомендацию…", "рекомендация")
        self.decisions = self._pane(DECISIONS, lines.decision_columns(), lines.describe_decision)
        self.decisions.add_usual("Добавить решение…", "решение")
        self.chain = self._pane(CHAIN, lines.chain_columns(), self._describe_chain, _whole)
        self.decide = self.chain.add_action("Внести решение…", for_row=True)
        self.decide.setToolTip("Новое решение по рекомендации и мероприятию этой строки")
        self.lead = self.chain.add_action("Перейти к разрыву", for_row=True)
        self.lead.setToolTip("Открыть то, на чём обрывается цепочка (Enter)")

    def _pane(
        self,
        key: str,
        columns: Sequence[Column[Any]],
        describe: Callable[[Any], Facts] | None,
        row_key: Callable[[Any], Any] | None = None,
    ) -> ListPane:
        state = self._context.state
        name = f"cycle-{key}"
        find, title, empty = row_key or _id, _TITLES[key], _EMPTY[key]
        return ListPane(columns, find, name, title, state, empty, describe, self.stack)

    def _evidence_view(self) -> QWidget:
        self.model: TableModel[StepLine] = TableModel(
            lines.matrix_columns(()), lambda row: row.step.key, self
        )
        self.matrix = TableView(
            self.model, "cycle-matrix", "Шаги и направления", self._context.state, cells=True
        )
        split = QSplitter(Qt.Orientation.Vertical, self.stack)
        frame = QWidget(split)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(MARGIN, 0, MARGIN, GRID)
        inside.addWidget(self.matrix)
        split.addWidget(frame)
        self._build_documents()
        split.addWidget(self.documents)
        split.setSizes([340, 260])
        split.setCollapsible(0, False)
        return split

    def _connect(self) -> None:
        self.views.chosen.connect(self._on_view)
        self.propose.clicked.connect(self.propose_wanted)
        self.give.clicked.connect(self._on_give)
        self.own.clicked.connect(self.directions_wanted)
        self.measure.clicked.connect(self._on_measure)
        self.decide.clicked.connect(self._on_decide)
        self.lead.clicked.connect(self._on_lead)
        self.chain.opened.connect(self._on_lead)
        self.matrix.selectionModel().currentChanged.connect(self._on_place)
        self.matrix.activated.connect(self._on_activated)

    # What the presenter uses.

    def show_matrix(self, matrix: EvidenceMatrix, rows: Sequence[EvidenceRow]) -> None:
        """Show the evidence of a year; the chosen cell stays."""
        place = self.matrix.currentIndex()
        kept = (place.row(), place.column()) if place.isValid() else (0, 1)
        self._matrix = matrix
        self.model.set_columns(lines.matrix_columns(matrix.directions))
        self.matrix.restore_columns()
        self.model.set_rows(lines.step_lines(matrix))
        self.documents.show_rows(rows)
        self.matrix.setCurrentIndex(self.model.index(*kept))
        self.views.set_count(EVIDENCE, _TITLES[EVIDENCE], 0)
        self.note.setText(f"{matrix.year} год: без документа {matrix.missing}")
        self._on_place()

    def show_advice(self, rows: Sequence[RecommendationRow]) -> None:
        """Show recommendations; the switch tells how many are late."""
        self.advice.show_rows(rows)
        late = sum(row.is_overdue(self._today) for row in rows)
        self.views.set_count(ADVICE, _TITLES[ADVICE], late, "просрочено")

    def show_decisions(self, rows: Sequence[DecisionRow]) -> None:
        """Show management decisions."""
        self.decisions.show_rows(rows)

    def show_chain(self, chain: Chain) -> None:
        """Show the chain; the switch tells how many breaks it has."""
        self._breaks = chain.breaks
        self.chain.show_rows(chain.rows)
        self.views.set_count(CHAIN, _TITLES[CHAIN], len(chain.breaks), "разрывов")

    def place(self) -> tuple[str, str]:
        """Return step and direction of the chosen cell; the first step before any is chosen."""
        index = self.matrix.currentIndex()
        row = self.model.row_at(index.row()) if index.isValid() else None
        column = self.model.columns[index.column()].key if index.isValid() else ""
        return (row.step.key if row else "goals"), ("" if column in ("", "step") else column)

    @property
    def directions(self) -> tuple[Direction, ...]:
        """Directions of the matrix as shown."""
        return self._matrix.directions if self._matrix else ()

    def direction_title(self, key: str) -> str:
        """Return how a direction is called; empty means all of them."""
        if not key:
            return "все направления"
        return next((one.title for one in self.directions if one.key == key), key)

    def show_document(self, row_id: int) -> None:
        """Bring a document of the cycle to sight, in the cell that it stands in."""
        row = next((one for one in self.documents.model.all_rows() if one.id == row_id), None)
        if row is None or self._matrix is None:
            return
        self.views.choose(EVIDENCE)
        steps = [one.key for one in self._matrix.steps]
        places = [one.key for one in self.directions]
        column = places.index(row.form.direction) + 1 if row.form.direction in places else 0
        self.matrix.setCurrentIndex(self.model.index(steps.index(row.form.step), column))
        self.documents.table.select_key(row_id)

    def show_row(self, view: str, row_id: int) -> None:
        """Bring a recommendation or a decision to sight."""
        self.views.choose(view)
        pane = self.advice if view == ADVICE else self.decisions
        pane.table.select_key(row_id)

    # The page's own.

    def enter(self) -> None:
        if self.views.value() == EVIDENCE:
            self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            pane = self.stack.currentWidget()
            if isinstance(pane, ListPane):
                pane.enter()

    def save_state(self) -> None:
        for pane in (self.documents, self.advice, self.decisions, self.chain):
            pane.table.save_state()
        self.matrix.save_state()

    def _describe_chain(self, row: ChainRow) -> Facts:
        return lines.describe_chain(self._breaks, row)

    def _on_view(self, key: str) -> None:
        self.stack.setCurrentIndex(tuple(_TITLES).index(key))
        self.note.setVisible(key == EVIDENCE)
        self.enter()

    def _on_place(self, *_index: object) -> None:
        step, direction = self.place()

        def accepts(row: EvidenceRow) -> bool:
            inside = not direction or row.form.direction in ("", direction)
            return row.form.step == step and inside

        self.documents.set_filter(accepts)

    def _on_activated(self, *_index: object) -> None:
        rows = self.documents.model.rows()
        if rows:
            self.documents.opened.emit(rows[0])
        else:
            self.documents.added.emit()

    def _on_measure(self) -> None:
        self.measure_wanted.emit(self.advice.current())

    def _on_decide(self) -> None:
        self.decision_wanted.emit(self.chain.current())

    def _on_lead(self, *_row: object) -> None:
        row: ChainRow | None = self.chain.current()
        if row is not None:
            last = max(row.links, key=lambda one: list(Link).index(one[0]), default=None)
            self.place_wanted.emit(row.place or last)

    def _on_give(self) -> None:
        self.state_wanted.emit(self.advice.table.selected())


def _id(row: Any) -> Any:
    return row.id


def _whole(row: Any) -> Any:
    return row
