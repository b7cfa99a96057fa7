"""The school card: status and its reason, decision, results over the years, requisites."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.itemmodels import TableModel
from app.ui.office_words import said
from app.ui.pages.schools.columns import card_columns
from app.ui.pages.schools.lines import (
    Card,
    ProcedureLine,
    ResultCell,
    decision_chip,
    shown_category,
)
from app.ui.pages.schools.requisites import RequisiteSection
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, GRID, MARGIN, ROW_HEIGHT
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.chip_label import ChipLabel
from app.ui.widgets.expandable import BRIEF, ExpandableText
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label, line

_NO_PASSPORT = "Паспорта этой школы в базе нет: загрузите свод паспортов или форму школы."
_NO_BIAS = "В загруженных списках этой школы нет."


class CardContent(QScrollArea):
    """Made when the first card is shown: the start of the program does not pay for it."""

    confirm_wanted = Signal(int)
    override_wanted = Signal(int)
    withdraw_wanted = Signal(int)
    deficits_wanted = Signal(int)
    print_wanted = Signal(int)
    source_wanted = Signal(int, str, str, QPoint)
    copy_wanted = Signal(object)
    identity_wanted = Signal(int)

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._card: Card | None = None
        self._build(state)
        self._connect()

    def _build(self, state: WindowState) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        self._build_status(column)
        column.addWidget(line())
        self._build_results(column, state)
        column.addWidget(line())
        self.passport = RequisiteSection("Социальный паспорт")
        self.bias = RequisiteSection("Признаки необъективности")
        self.requisites = RequisiteSection("Сведения о школе")
        self.conditions = RequisiteSection("Условия и списки")
        for section in (self.conditions, self.passport, self.bias):
            section.copy_wanted.connect(self.copy_wanted)
            column.addWidget(section)
        self.signals_title = label("Внутренние сигналы", "heading")
        self.signals = ExpandableText()
        column.addWidget(self.signals_title)
        column.addWidget(self.signals)
        self.requisites.copy_wanted.connect(self.copy_wanted)
        column.addWidget(self.requisites)
        self.identity = QPushButton("Названия, коды и состояние…")
        self.identity.setToolTip("Как школу называют файлы, её коды, закрыта или присоединена")
        column.addWidget(self.identity, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)

    def _build_status(self, column: QVBoxLayout) -> None:
        self.name = label("", "title", wrap=True, selectable=True)
        self.full_name = label("", "muted", wrap=True, selectable=True)
        self.category = ChipLabel()
        self.decided = ChipLabel()
        self.paper = QPushButton("Печать…")
        self.paper.setToolTip("Карточка школы на одной странице: PDF и DOCX")
        chips = QHBoxLayout()
        chips.setSpacing(GAP)
        chips.addWidget(self.category)
        chips.addWidget(self.decided)
        chips.addStretch()
        chips.addWidget(self.paper)
        self.reason = ExpandableText()
        self.decision = ExpandableText("note")
        self.distance = ExpandableText("muted", BRIEF)
        self.since = ExpandableText("muted", BRIEF)
        self.warnings = ExpandableText("warning", BRIEF)
        column.addWidget(self.name)
        column.addWidget(self.full_name)
        column.addLayout(chips)
        column.addWidget(self.reason)
        column.addWidget(self.decision)
        column.addLayout(self._build_buttons())
        column.addWidget(self.distance)
        column.addWidget(self.since)
        column.addWidget(self.warnings)

    def _build_buttons(self) -> QHBoxLayout:
        self.confirm = QPushButton("Подтвердить")
        self.override = QPushButton("Изменить…")
        self.override.setToolTip("Назначить другую категорию и указать причину")
        self.withdraw = QPushButton("Снять решение")
        self.deficits = QPushButton("Дефициты…")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.confirm, self.override, self.withdraw, self.deficits):
            buttons.addWidget(button)
        buttons.addStretch()
        return buttons

    def _build_results(self, column: QVBoxLayout, state: WindowState) -> None:
        column.addWidget(label("Результаты по годам", "heading"))
        self.results_note = label(
            "Доля получивших «2», для ЕГЭ – не преодолевших минимум, %. "
            "Нажмите на число, чтобы увидеть, из какой оно ячейки.",
            "muted",
            wrap=True,
        )
        column.addWidget(self.results_note)
        self.results_model: TableModel[ProcedureLine] = TableModel(
            card_columns(()), lambda procedure: procedure.title, self
        )
        self.results = TableView(
            self.results_model, "card", "Результаты школы по годам", state, cells=True
        )
        header = self.results.horizontalHeader()
        header.setFixedHeight(max(ROW_HEIGHT, self.fontMetrics().height() + GAP))
        header.setStretchLastSection(False)
        self.results.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.results)
        self.bars, self.marks = ChartView(), ChartView()
        self.scores = (ChartView(), ChartView())
        for view in (self.bars, self.marks, *self.scores):
            column.addWidget(view)
        self.bands = RequisiteSection("Группы баллов ЕГЭ")
        column.addWidget(self.bands)

    def _connect(self) -> None:
        self.confirm.clicked.connect(self._on_confirm)
        self.override.clicked.connect(self._on_override)
        self.withdraw.clicked.connect(self._on_withdraw)
        self.deficits.clicked.connect(self._on_deficits)
        self.paper.clicked.connect(self._on_print)
        self.results.link_clicked.connect(self._on_number)
        self.identity.clicked.connect(self._on_identity)

    def save_state(self) -> None:
        """Remember the widths of the results."""
        if self._card is not None and self._card.years:
            self.results.save_state()

    def show_card(self, card: Card) -> None:
        """Show another card."""
        self._card = card
        self._show_status(card)
        self._show_results(card)
        views = (self.bars, self.marks, *self.scores)
        for view, chart in zip_longest(views, (card.bars, card.marks, *card.scores)):
            view.show_chart(chart)
            view.setVisible(chart is not None)
        self.bands.show_requisites(card.bands)
        self.bands.setVisible(bool(card.bands))
        self.conditions.show_requisites(card.conditions)
        self._show_passport(card)
        self.requisites.show_requisites(card.requisites)

    def _show_status(self, card: Card) -> None:
        school = card.line
        self.name.setText(school.name)
        _set_or_hide(self.full_name, card.full_name if card.full_name != school.name else "")
        self.category.set_chip(shown_category(school))
        self.decided.set_chip(decision_chip(school))
        self.reason.set_text(school.reason)
        self.decision.set_text("\n".join(t for t in (card.decision, card.computed_reason) if t))
        self.distance.set_text(card.distance)
        self.since.set_text(card.since)
        self.warnings.set_text("\n".join(card.warnings))
        self.confirm.setVisible(school.computed is not None and school.decided is None)
        self.override.setVisible(card.year is not None)
        self.withdraw.setVisible(school.decided is not None)
        self.deficits.setVisible(card.year is not None)
        self.deficits.setToolTip(said("Отметить, каких ресурсов школе не хватает: условие ШНСУ"))
        self.paper.setVisible(card.year is not None)

    def _show_results(self, card: Card) -> None:
        shown = bool(card.procedures)
        self.results.setVisible(shown)
        self.results_note.setText(
            "Доля получивших «2», для ЕГЭ – не преодолевших минимум, %. "
            "Нажмите на число, чтобы увидеть, из какой оно ячейки."
            if shown
            else "Результатов этой школы в базе нет."
        )
        wanted = [column.key for column in card_columns(card.years)]
        if [column.key for column in self.results_model.columns] != wanted:
            self.results_model.set_columns(card_columns(card.years))
            self.results.restore_columns()
            header = self.results.horizontalHeader()
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.results_model.set_rows(card.procedures)
        # As high as its rows: the panel scrolls, not a table inside it.
        self.results.fit_rows(len(card.procedures))

    def _show_passport(self, card: Card) -> None:
        year = f", {card.passport_year} год" if card.passport_year else ""
        self.passport.show_requisites(
            card.passport,
            f"Социальный паспорт{year}",
            "" if card.passport else _NO_PASSPORT,
        )
        self.bias.show_requisites(card.bias, note="" if card.bias else _NO_BIAS)
        self.signals.set_text(card.signals)
        self.signals_title.setVisible(bool(card.signals))

    def _on_confirm(self) -> None:
        if self._card is not None:
            self.confirm_wanted.emit(self._card.line.id)

    def _on_override(self) -> None:
        if self._card is not None:
            self.override_wanted.emit(self._card.line.id)

    def _on_withdraw(self) -> None:
        if self._card is not None:
            self.withdraw_wanted.emit(self._card.line.id)

    def _on_deficits(self) -> None:
        if self._card is not None:
            self.deficits_wanted.emit(self._card.line.id)

    def _on_print(self) -> None:
        if self._card is not None:
            self.print_wanted.emit(self._card.line.id)

    def _on_identity(self) -> None:
        if self._card is not None:
            self.identity_wanted.emit(self._card.line.id)

    def _on_number(self, procedure: ProcedureLine, column: str, place: QPoint) -> None:
        cell: ResultCell | None = procedure.cells.get(int(column)) if column.isdigit() else None
        if cell is not None:
            heading = f"{procedure.title}, {column}"
            self.source_wanted.emit(cell.result_id, "percent_below", heading, place)


def _set_or_hide(target: QLabel, text: str) -> None:
    target.setText(text)
    target.setVisible(bool(text))
