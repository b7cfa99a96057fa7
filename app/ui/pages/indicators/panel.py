"""The detail panel of an indicator: its picture, how it is counted, its requisites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.enums import BetterWhen
from app.services.indicators import (
    Behind,
    FieldEdit,
    GoalRow,
    IndicatorRow,
    Proposal,
    ProposalState,
    direction,
    formulas,
    period_title,
)
from app.ui.itemmodels import TableModel
from app.ui.office_words import said
from app.ui.pages.indicators.lines import BEHIND, PROPOSALS, offered, plan_fact
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, HEADER_HEIGHT, MARGIN, ROW_HEIGHT
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.expandable import BRIEF, ExpandableText
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label, line

_MIN_WIDTH = 340
_MOST_ROWS = 8
_CHOOSE = "Выберите показатель: здесь появятся график, расчёт по данным и сведения о нём."


class IndicatorPanel(QStackedWidget):
    """Shows one indicator; tells what the person changes."""

    edited = Signal(object)
    """A list with one ``FieldEdit``."""
    goal_wanted = Signal(int, object)
    """Id of the indicator and of the goal, None for none."""
    accept_wanted = Signal(object)
    """A ``Proposal`` that the person accepts."""
    school_wanted = Signal(int)

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_MIN_WIDTH)
        self._state = state
        self._row: IndicatorRow | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        hint = label(_CHOOSE, "muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.addWidget(hint)
        area = QScrollArea(self)
        content = QWidget(area.viewport())
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        self.title = label("", "heading", wrap=True, selectable=True)
        self.chart = ChartView()
        column.addWidget(self.title)
        column.addWidget(self.chart)
        self._build_counted(column)
        column.addWidget(line())
        self._build_form(column)
        column.addStretch()
        area.setAccessibleName("Карточка показателя")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        self.addWidget(area)

    def _build_counted(self, column: QVBoxLayout) -> None:
        self.counted = QWidget()
        inside = QVBoxLayout(self.counted)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        self.definition = ExpandableText("muted", BRIEF)
        self.proposals: TableModel[Proposal] = TableModel(
            PROPOSALS, lambda one: one.slot.period, self
        )
        self.years = TableView(
            self.proposals, "indicator-years", "Рассчитано по данным", self._state
        )
        self.note = label("", "note", wrap=True)
        self.behind: TableModel[Behind] = TableModel(BEHIND, lambda one: one.school_id, self)
        self.schools = TableView(self.behind, "indicator-schools", "Школы в расчёте", self._state)
        for table in (self.years, self.schools):
            table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.accept = QPushButton("Принять")
        self.accept.setProperty("role", "primary")
        inside.addWidget(label("Расчёт по данным", "heading"))
        for widget in (self.definition, self.years, self.note, self.accept, self.schools):
            inside.addWidget(widget)
        column.addWidget(self.counted)

    def _build_form(self, column: QVBoxLayout) -> None:
        self.better = _combo("Направление")
        self.formula = _combo("Формула")
        self.goal = _combo("Цель")
        self.source = _line("Источник данных")
        self.method = _line("Методика")
        self.group = QCheckBox("Заголовок без значений")
        self.extra = label("", "muted", wrap=True, selectable=True)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GAP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Лучше, когда", self.better)
        form.addRow("Считать по", self.formula)
        form.addRow("Цель", self.goal)
        form.addRow("Источник", self.source)
        form.addRow("Методика", self.method)
        form.addRow("", self.group)
        column.addLayout(form)
        column.addWidget(self.extra)

    def _connect(self) -> None:
        self.better.activated.connect(self._on_better)
        self.formula.activated.connect(self._on_formula)
        self.goal.activated.connect(self._on_goal)
        self.source.editingFinished.connect(self._on_source)
        self.method.editingFinished.connect(self._on_method)
        self.group.clicked.connect(self._on_group)
        self.years.current_row_changed.connect(self._on_year)
        self.accept.clicked.connect(self._on_accept)
        self.schools.link_clicked.connect(self._on_school)

    # What the page uses.

    def show_row(
        self, row: IndicatorRow | None, goals: Sequence[GoalRow], found: Sequence[Proposal]
    ) -> None:
        """Show another indicator, or the hint."""
        self._row = row
        if row is None:
            self.setCurrentIndex(0)
            return
        self.title.setText(row.title)
        chart = None if row.is_group else plan_fact(row)
        self.chart.show_chart(chart)
        self.chart.setVisible(chart is not None)
        self._fill_form(row, goals)
        self.show_proposals(found)
        self.setCurrentIndex(1)

    def show_proposals(self, found: Sequence[Proposal]) -> None:
        """Show what the data give for the indicator in sight."""
        row = self._row
        self.counted.setVisible(row is not None and bool(row.formula))
        if row is None or not row.formula:
            return
        info = next(one for one in formulas() if one.key == row.formula)
        self.definition.set_text(
            said(f"{info.title}. Числитель: {info.numerator}. Знаменатель: {info.denominator}.")
            + ("" if info.confirmed else f" {info.source}.")
        )
        own = [one for one in found if one.indicator_id == row.id]
        self.proposals.set_rows(own)
        _fit(self.years, len(own))
        best = next(iter(offered(own)), own[-1] if own else None)
        if best is None or not self.years.select_key(best.slot.period):
            self._on_year(None)
        self._on_year(self.years.current())

    def save_state(self) -> None:
        """Remember the widths of the lists."""
        self.years.save_state()
        self.schools.save_state()

    # Inside.

    def _fill_form(self, row: IndicatorRow, goals: Sequence[GoalRow]) -> None:
        likely = "меньше" if direction(row) is BetterWhen.LOWER else "больше"
        unknown = f"не указано (по названию – {likely})"
        _fill(self.better, unknown, [(one.value, one.value) for one in BetterWhen])
        _choose(self.better, row.better.value if row.better else "")
        _fill(self.formula, "не считать", [(said(one.title), one.key) for one in formulas()])
        _choose(self.formula, row.formula)
        _fill(self.goal, "без цели", [(goal.text, goal.id) for goal in goals])
        _choose(self.goal, row.goal_id)
        self.source.setText(row.source)
        self.method.setText(row.method)
        self.group.setChecked(row.is_group)
        lines = [f"{name}: {text}" for name, text in row.extra.items()]
        self.extra.setText("\n".join(lines))
        self.extra.setVisible(bool(lines))
        for widget in (self.better, self.formula):
            widget.setEnabled(not row.is_group)

    def _on_year(self, proposal: Proposal | None) -> None:
        schools = proposal.computed.schools if proposal else ()
        self.behind.set_rows(schools)
        _fit(self.schools, len(schools))
        note = proposal.computed.note if proposal else _NOTHING
        self.note.setText(said(note))
        self.note.setVisible(bool(note))
        able = proposal is not None and proposal.state not in (
            ProposalState.NO_DATA,
            ProposalState.SAME,
        )
        self.accept.setVisible(able)
        if proposal is not None:
            self.accept.setText(f"Записать как {_fact_of(proposal)}")

    def _on_accept(self) -> None:
        proposal = self.years.current()
        if proposal is not None:
            self.accept_wanted.emit(proposal)

    def _on_school(self, row: Behind, _column: str, _place: QPoint) -> None:
        self.school_wanted.emit(row.school_id)

    def _tell(self, field: str, text: str, before: str) -> None:
        if self._row is not None and text != before:
            self.edited.emit([FieldEdit(self._row.id, field, text)])

    def _on_better(self) -> None:
        row = self._row
        before = row.better.value if row and row.better else ""
        self._tell("better", str(self.better.currentData()), before)

    def _on_formula(self) -> None:
        self._tell(
            "formula", str(self.formula.currentData()), self._row.formula if self._row else ""
        )

    def _on_source(self) -> None:
        self._tell("source", self.source.text().strip(), self._row.source if self._row else "")

    def _on_method(self) -> None:
        self._tell("method", self.method.text().strip(), self._row.method if self._row else "")

    def _on_group(self) -> None:
        if self._row is not None:
            is_group = self.group.isChecked()
            self.group.setChecked(self._row.is_group)  # the stored one, until the data answer
            self._tell("is_group", "да" if is_group else "нет", "да" if not is_group else "нет")

    def _on_goal(self) -> None:
        row, goal = self._row, self.goal.currentData()
        chosen = goal if isinstance(goal, int) else None
        if row is not None and chosen != row.goal_id:
            self.goal_wanted.emit(row.id, chosen)


def _fact_of(proposal: Proposal) -> str:
    """Return «факт 2025 года», or «факт за I полугодие 2025»."""
    if proposal.computed.half:
        return f"факт за {period_title(proposal.slot.period)}"
    return f"факт {proposal.slot.period} года"


_NOTHING = "За годы программы результатов пока нет: загрузите их, и расчёт появится."


def _combo(name: str) -> QComboBox:
    made = ElidedCombo()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    return made


def _fill(combo: QComboBox, first: str, values: Sequence[tuple[str, Any]]) -> None:
    combo.clear()
    combo.addItem(first, "")
    for text, value in values:
        combo.addItem(text, value)
        combo.setItemData(combo.count() - 1, text, Qt.ItemDataRole.ToolTipRole)


def _choose(combo: QComboBox, value: Any) -> None:
    combo.setCurrentIndex(max(combo.findData(value), 0) if value not in (None, "") else 0)


def _fit(table: TableView, rows: int) -> None:
    shown = min(max(rows, 1), _MOST_ROWS)
    table.setFixedHeight(HEADER_HEIGHT + shown * ROW_HEIGHT + 4)
    table.setVisible(rows > 0)
