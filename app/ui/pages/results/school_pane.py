"""One school: its place among similar ones, own signals, tasks, and the years with a trend."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services.analysis import SIGNALS_NOTE, TaskReport, procedure_text, signal_text
from app.services.charts import Chart
from app.ui.pages.results.school_report import SchoolReport, growth_text, task_texts
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.text import label

_NO_TASKS = "Выполнение заданий по этой школе не загружено: отчёт ФИС ОКО «Выполнение заданий»."
_NO_SIGNALS = (
    "Сравнивать не с чем: нужны распределение первичных баллов, сравнение с журналом, строки "
    "региона или ВПР и ОГЭ двух лет подряд."
)


class SchoolPane(QWidget):
    """Shows one report; the page brings it."""

    rule_wanted = Signal()
    """The rule of similar schools is to be changed."""
    levels_wanted = Signal(object)
    """The levels of the tasks of this ``TaskReport`` are to be marked."""

    def __init__(self) -> None:
        super().__init__()
        self.views: list[ChartView] = []
        self.empty = EmptyState()
        self.area = QScrollArea()
        self.area.setAccessibleName("Результаты школы")
        self.area.setObjectName("panel")
        self.area.setWidgetResizable(True)
        self.lists = QStackedWidget()
        self.lists.addWidget(self.area)
        self.lists.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.addWidget(self.lists)

    def say(self, heading: str, advice: str) -> None:
        """Show why there is nothing, and what to do."""
        self.empty.say(heading, advice)
        self.lists.setCurrentWidget(self.empty)

    def show_report(self, report: SchoolReport) -> None:
        """Show another school or year."""
        self.views = []
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(f"{report.title}, {report.year} год", "title", wrap=True))
        growth = growth_text(report.dynamics, report.year, report.limits)
        if growth:
            column.addWidget(label(growth, "warning", wrap=True, selectable=True))
        self._add_comparison(column, report)
        self._add_signals(column, report)
        self._add_tasks(column, report)
        self._add_dynamics(column, report)
        column.addStretch()
        self.area.setWidget(content)
        self.lists.setCurrentWidget(self.area)

    def _heading(self, column: QVBoxLayout, text: str) -> None:
        column.addSpacing(MARGIN)
        column.addWidget(label(text, "heading"))

    def _add_dynamics(self, column: QVBoxLayout, report: SchoolReport) -> None:
        self._heading(column, "По годам")
        for chart in report.lines:
            self._add_chart(column, chart)
        if not report.lines:
            column.addWidget(label("Результатов этого года нет.", "muted", wrap=True))

    def _add_comparison(self, column: QVBoxLayout, report: SchoolReport) -> None:
        self._heading(column, "Среди похожих школ")
        if report.dots is not None:
            self._add_chart(column, report.dots)
        else:
            text = report.comparison.group.text
            column.addWidget(label(text, "muted", wrap=True, selectable=True))
        source = f"Правило: {report.comparison.group.source}."
        column.addWidget(label(source, "muted", wrap=True, selectable=True))
        self.rule = QPushButton("Правило похожих школ…")
        self.rule.setProperty("role", "link")
        self.rule.clicked.connect(self.rule_wanted)
        column.addWidget(self.rule)

    def _add_signals(self, column: QVBoxLayout, report: SchoolReport) -> None:
        self._heading(column, "Внутренние сигналы необъективности")
        signals = report.signals
        column.addWidget(label(SIGNALS_NOTE, "muted", wrap=True, selectable=True))
        official = ", ".join(signals.official) or "школы в нём нет или список не загружен"
        column.addWidget(label(f"Официальный список: {official}.", wrap=True, selectable=True))
        for row in sorted(signals.rows, key=lambda row: not row.signal.flagged):
            text = signal_text(row)
            role = "warning" if row.signal.flagged else ""
            column.addWidget(label(text, role, wrap=True, selectable=True))
        for text in signals.missing:
            column.addWidget(label(text, "muted", wrap=True, selectable=True))
        if not signals.rows and not signals.missing:
            column.addWidget(label(_NO_SIGNALS, "muted", wrap=True))

    def _add_tasks(self, column: QVBoxLayout, report: SchoolReport) -> None:
        self._heading(column, "Выполнение заданий")
        for one in report.tasks:
            title = procedure_text(*one.procedure)
            column.addWidget(label(title, wrap=True))
            for text in task_texts(one):
                column.addWidget(label(text, wrap=True, selectable=True))
            column.addWidget(_LevelsLink(one, self))
        if not report.tasks:
            column.addWidget(label(_NO_TASKS, "muted", wrap=True))

    def _add_chart(self, column: QVBoxLayout, chart: Chart) -> None:
        view = ChartView()
        view.show_chart(chart)
        self.views.append(view)
        column.addWidget(view)


class _LevelsLink(QPushButton):
    """Asks for the levels of the tasks of one procedure."""

    def __init__(self, report: TaskReport, pane: SchoolPane) -> None:
        super().__init__("Уровни заданий…")
        self.setProperty("role", "link")
        self._report = report
        self._pane = pane
        self.clicked.connect(self._on_click)

    def _on_click(self) -> None:
        self._pane.levels_wanted.emit(self._report)
