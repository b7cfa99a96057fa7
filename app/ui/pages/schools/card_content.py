"""The school card: status and its reason, decision, results over the years, requisites."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.itemmodels import TableModel
from app.ui.pages.schools.columns import card_columns
from app.ui.pages.schools.lines import (
    Card,
    ProcedureLine,
    Requisite,
    ResultCell,
    decision_chip,
    shown_category,
)
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, GRID, MARGIN, ROW_HEIGHT
from app.ui.widgets.chip_label import ChipLabel
from app.ui.widgets.expandable import BRIEF, ExpandableText
from app.ui.widgets.source_popup import SourcePopup
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label, line


class CardContent(QScrollArea):
    """Made when the first card is shown: the start of the program does not pay for it."""

    confirm_wanted = Signal(int)
    override_wanted = Signal(int)
    withdraw_wanted = Signal(int)
    source_wanted = Signal(int, str, str, QPoint)

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
        column.addWidget(label("Сведения о школе", "heading"))
        self._requisites = QGridLayout()
        self._requisites.setHorizontalSpacing(MARGIN)
        self._requisites.setVerticalSpacing(GRID)
        self._requisites.setColumnStretch(1, 1)
        column.addLayout(self._requisites)
        column.addStretch()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)

    def _build_status(self, column: QVBoxLayout) -> None:
        self.name = label("", "title", wrap=True, selectable=True)
        self.full_name = label("", "muted", wrap=True, selectable=True)
        self.category = ChipLabel()
        self.decided = ChipLabel()
        chips = QHBoxLayout()
        chips.setSpacing(GAP)
        chips.addWidget(self.category)
        chips.addWidget(self.decided)
        chips.addStretch()
        self.reason = ExpandableText()
        self.decision = ExpandableText("note")
        self.distance = ExpandableText("muted", BRIEF)
        self.warnings = ExpandableText("warning", BRIEF)
        column.addWidget(self.name)
        column.addWidget(self.full_name)
        column.addLayout(chips)
        column.addWidget(self.reason)
        column.addWidget(self.decision)
        column.addLayout(self._build_buttons())
        column.addWidget(self.distance)
        column.addWidget(self.warnings)

    def _build_buttons(self) -> QHBoxLayout:
        self.confirm = QPushButton("Подтвердить")
        self.override = QPushButton("Изменить…")
        self.override.setToolTip("Назначить другую категорию и указать причину")
        self.withdraw = QPushButton("Снять решение")
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.confirm, self.override, self.withdraw):
            buttons.addWidget(button)
        buttons.addStretch()
        return buttons

    def _build_results(self, column: QVBoxLayout, state: WindowState) -> None:
        column.addWidget(label("Результаты по годам", "heading"))
        self.results_note = label(
            "Доля получивших «2», для ЕГЭ — не преодолевших минимум, %. "
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
        header.setFixedHeight(ROW_HEIGHT)
        header.setStretchLastSection(False)
        self.results.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.results)

    def _connect(self) -> None:
        self.confirm.clicked.connect(self._on_confirm)
        self.override.clicked.connect(self._on_override)
        self.withdraw.clicked.connect(self._on_withdraw)
        self.results.link_clicked.connect(self._on_number)

    def save_state(self) -> None:
        """Remember the widths of the results."""
        if self._card is not None and self._card.years:
            self.results.save_state()

    def show_card(self, card: Card) -> None:
        """Show another card."""
        self._card = card
        self._show_status(card)
        self._show_results(card)
        self._show_requisites(card.requisites)

    def _show_status(self, card: Card) -> None:
        school = card.line
        self.name.setText(school.name)
        _set_or_hide(self.full_name, card.full_name if card.full_name != school.name else "")
        self.category.set_chip(shown_category(school))
        self.decided.set_chip(decision_chip(school))
        self.reason.set_text(school.reason)
        self.decision.set_text("\n".join(t for t in (card.decision, card.computed_reason) if t))
        self.distance.set_text(card.distance)
        self.warnings.set_text("\n".join(card.warnings))
        self.confirm.setVisible(school.computed is not None and school.decided is None)
        self.override.setVisible(card.year is not None)
        self.withdraw.setVisible(school.decided is not None)

    def _show_results(self, card: Card) -> None:
        shown = bool(card.procedures)
        self.results.setVisible(shown)
        self.results_note.setText(
            "Доля получивших «2», для ЕГЭ — не преодолевших минимум, %. "
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
        self.results.setFixedHeight(ROW_HEIGHT * (len(card.procedures) + 1) + 2)

    def _show_requisites(self, requisites: tuple[Requisite, ...]) -> None:
        while (item := self._requisites.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row, requisite in enumerate(requisites):
            title = label(requisite.title, "muted")
            title.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._requisites.addWidget(title, row, 0)
            self._requisites.addWidget(_RequisiteValue(requisite), row, 1)

    def _on_confirm(self) -> None:
        if self._card is not None:
            self.confirm_wanted.emit(self._card.line.id)

    def _on_override(self) -> None:
        if self._card is not None:
            self.override_wanted.emit(self._card.line.id)

    def _on_withdraw(self) -> None:
        if self._card is not None:
            self.withdraw_wanted.emit(self._card.line.id)

    def _on_number(self, procedure: ProcedureLine, column: str, place: QPoint) -> None:
        cell: ResultCell | None = procedure.cells.get(int(column)) if column.isdigit() else None
        if cell is not None:
            heading = f"{procedure.title}, {column}"
            self.source_wanted.emit(cell.result_id, "percent_below", heading, place)


class _RequisiteValue(QWidget):
    """The value; with a source it can be clicked to see the cell."""

    def __init__(self, requisite: Requisite) -> None:
        super().__init__()
        self._requisite = requisite
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        value = label(
            requisite.value or "не указано", "" if requisite.value else "muted", wrap=True
        )
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(value, 1)
        if requisite.source is not None:
            button = QPushButton("откуда")
            button.setProperty("role", "link")
            button.setAccessibleName(f"Откуда: {requisite.title}")
            button.clicked.connect(self._on_source)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_source(self) -> None:
        popup = SourcePopup(self, self._requisite.title, self._requisite.source)
        popup.show_at(self.mapToGlobal(QPoint(0, self.height())))


def _set_or_hide(target: QLabel, text: str) -> None:
    target.setText(text)
    target.setVisible(bool(text))
