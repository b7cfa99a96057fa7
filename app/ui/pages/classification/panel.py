"""The explanation of one school: the sentence, the numbers behind it, the opinions beside it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.services.analysis import SIGNALS_TITLE
from app.ui.itemmodels import TableModel
from app.ui.office_words import said
from app.ui.pages.classification.columns import PARTS, PROCEDURES
from app.ui.pages.classification.lines import (
    Explanation,
    PartLine,
    ProcedureLine,
    chip_computed,
    chip_in_force,
    chip_standing,
)
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, GRID, MARGIN
from app.ui.widgets.chip_label import ChipLabel
from app.ui.widgets.expandable import BRIEF, ExpandableText
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label, line

_MIN_WIDTH = 380


class ExplanationPanel(QScrollArea):
    """Shows an ``Explanation``; its buttons only tell what the person wants."""

    confirm_wanted = Signal()
    override_wanted = Signal()
    region_wanted = Signal()
    withdraw_wanted = Signal()
    card_wanted = Signal()
    source_wanted = Signal(int, str, str, QPoint)

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("Обоснование")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_MIN_WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._build(state)
        self._connect()
        self.show_nothing("Выберите школу в списке.")

    def _build(self, state: WindowState) -> None:
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        self.hint = label("", "muted", wrap=True)
        column.addWidget(self.hint)
        self._build_head(column)
        self._build_opinions(column)
        self._build_numbers(column, state)
        column.addStretch()
        self.setWidget(self.content)

    def _build_head(self, column: QVBoxLayout) -> None:
        self.name = label("", "title", wrap=True, selectable=True)
        self.category, self.standing = ChipLabel(), ChipLabel()
        chips = QHBoxLayout()
        chips.setSpacing(GAP)
        chips.addWidget(self.category)
        chips.addWidget(self.standing)
        chips.addStretch()
        self.reason = ExpandableText()
        self.computed = ExpandableText("muted", BRIEF)
        self.decision = ExpandableText("note")
        column.addWidget(self.name)
        column.addLayout(chips)
        for widget in (self.reason, self.computed, self.decision):
            column.addWidget(widget)
        column.addLayout(self._build_buttons())
        self.rule = line()
        column.addWidget(self.rule)

    def _build_buttons(self) -> QHBoxLayout:
        self.confirm = QPushButton("Подтвердить")
        self.override = QPushButton("Изменить…")
        self.override.setToolTip("Назначить другую категорию и указать причину")
        self.region_button = QPushButton("Как у региона…")
        self.region_button.setToolTip("Принять категорию из списка региона и указать его реквизиты")
        self.withdraw = QPushButton("Снять решение")
        self.card = QPushButton("Карточка")
        self.card.setToolTip("Открыть карточку школы на вкладке «Школы»")
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for button in (self.confirm, self.override, self.region_button, self.withdraw, self.card):
            row.addWidget(button)
        row.addStretch()
        return row

    def _build_opinions(self, column: QVBoxLayout) -> None:
        self.distance = ExpandableText("muted", BRIEF)
        self.since = ExpandableText("", BRIEF)
        self.warnings = ExpandableText("warning", BRIEF)
        self.region = ExpandableText("", BRIEF)
        self.bias = ExpandableText("warning", BRIEF)
        self.signals = ExpandableText()
        self._headed = tuple(
            (label(title, "heading"), text)
            for title, text in (
                ("До границы", self.distance),
                ("Что изменилось за год", self.since),
                ("На что обратить внимание", self.warnings),
                ("Список региона", self.region),
                ("Признаки необъективности", self.bias),
                (SIGNALS_TITLE, self.signals),
            )
        )
        for heading, text in self._headed:
            column.addWidget(heading)
            column.addWidget(text)

    def _build_numbers(self, column: QVBoxLayout, state: WindowState) -> None:
        self.numbers_title = label("Результаты и расстояние до порога", "heading")
        self.procedures_model: TableModel[ProcedureLine] = TableModel(
            PROCEDURES, lambda row: (row.title, row.year), self
        )
        self.procedures = _inner_table(
            self.procedures_model, "explanation", "Результаты и расстояние до порога", state
        )
        self.conditions_title = label("Социальные условия", "heading")
        self.conditions = ExpandableText("", BRIEF)
        self.parts_model: TableModel[PartLine] = TableModel(PARTS, lambda row: row.title, self)
        self.parts = _inner_table(self.parts_model, "isb-parts", "Вклад показателей в ИСБ", state)
        self.methodology = label("", "muted", wrap=True)
        for widget in (
            self.numbers_title,
            self.procedures,
            self.conditions_title,
            self.conditions,
            self.parts,
            self.methodology,
        ):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.confirm.clicked.connect(self.confirm_wanted)
        self.override.clicked.connect(self.override_wanted)
        self.region_button.clicked.connect(self.region_wanted)
        self.withdraw.clicked.connect(self.withdraw_wanted)
        self.card.clicked.connect(self.card_wanted)
        self.procedures.link_clicked.connect(self._on_number)

    def show_nothing(self, hint: str) -> None:
        """Show only a hint."""
        for widget in self._widgets():
            widget.setVisible(widget is self.hint)
        self.hint.setText(hint)

    def _widgets(self) -> list[QWidget]:
        return [part for part in self.content.children() if isinstance(part, QWidget)]

    def show_explanation(self, shown: Explanation) -> None:
        """Show another school."""
        for widget in self._widgets():
            widget.setVisible(widget is not self.hint)
        self._show_head(shown)
        self._show_opinions(shown)
        self._show_numbers(shown)

    def _show_head(self, shown: Explanation) -> None:
        found = shown.line.found
        self.name.setText(found.school)
        self.category.set_chip(chip_in_force(shown.line))
        self.standing.set_chip(chip_standing(shown.line))
        self.reason.set_text(found.reason_in(said))
        computed = f"По расчёту: {chip_computed(shown.line).word}. {said(found.verdict.reason)}"
        self.computed.set_text(computed if found.disagreement else "")
        self.decision.set_text(shown.decision)
        waits = found.decision is None or found.changed or found.disagreement
        self.confirm.setVisible(not found.verdict.no_data and waits)
        self.confirm.setText("Подтвердить" if found.decision is None else "Подтвердить расчёт")
        self.withdraw.setVisible(found.decision is not None)
        self.region_button.setVisible(found.against_region and found.region is not None)

    def _show_opinions(self, shown: Explanation) -> None:
        found = shown.line.found
        self.distance.set_text(said(found.verdict.distance.text))
        self.since.set_text(said(shown.line.since))
        self.warnings.set_text(said("\n".join(found.warnings)))
        self.region.set_text(shown.region)
        self.bias.set_text(shown.bias)
        self.signals.set_text(shown.signals)
        for heading, text in self._headed:
            heading.setVisible(bool(text.text()))

    def _show_numbers(self, shown: Explanation) -> None:
        self.procedures_model.set_rows(shown.procedures)
        _fit(self.procedures, len(shown.procedures))
        self.numbers_title.setVisible(bool(shown.procedures))
        self.conditions.set_text(said(shown.conditions))
        self.conditions_title.setVisible(bool(shown.conditions))
        self.parts_model.set_rows(shown.parts)
        _fit(self.parts, len(shown.parts))
        self.methodology.setText(f"Методика: {shown.methodology}.")

    def _on_number(self, procedure: ProcedureLine, _column: str, place: QPoint) -> None:
        if procedure.result_id is not None:
            heading = f"{procedure.title}, {procedure.year}"
            self.source_wanted.emit(procedure.result_id, "percent_below", heading, place)


def _inner_table(model: TableModel, name: str, title: str, state: WindowState) -> TableView:  # type: ignore[type-arg]
    table = TableView(model, name, title, state, cells=True)
    header = table.horizontalHeader()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table


def _fit(table: TableView, rows: int) -> None:
    """As high as its rows: the panel scrolls, not a table inside it."""
    table.setVisible(bool(rows))
    table.fit_rows(rows)
