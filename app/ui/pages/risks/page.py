"""The view of the tab «Факторы риска»."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.services.support import Factor, Gap, PaperRow, RiskMatrix
from app.ui.context import Context
from app.ui.itemmodels.columns import folded
from app.ui.numbers import counted
from app.ui.page import Page, Places
from app.ui.pages.risks.grid import GridModel, RiskGrid
from app.ui.pages.risks.lines import (
    SCHOOL_COLUMNS,
    RiskLine,
    gap_columns,
    paper_columns,
    risk_columns,
    risk_lines,
)
from app.ui.pages.risks.panel import RiskPanel
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.list_pane import Emptiness, Facts, ListPane
from app.ui.widgets.text import label
from app.ui.widgets.views import ViewSwitch

MATRIX, PAPERS, GAPS = "matrix", "papers", "gaps"
_GAPS_TITLE = "Риски и мероприятия"


class RisksPage(Page):
    """Shows the matrix, the documents and the gaps; the presenter brings them."""

    key = "risks"
    title = "Факторы риска"

    copy_wanted = Signal()
    factor_wanted = Signal()
    expect_wanted = Signal()

    def __init__(self, context: Context, today: date) -> None:
        super().__init__(context.place)
        self._context = context
        self._today = today
        self.factors: tuple[Factor, ...] = ()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.views = ViewSwitch("Что показать")
        for key, title in ((MATRIX, "По школам"), (PAPERS, "Документы школ"),
                           (GAPS, _GAPS_TITLE)):  # fmt: skip
            self.views.add(key, title)
        self._build_bar()
        self.stack = QStackedWidget(self)
        self._build_matrix()
        self._build_lists()
        for widget in (self.matrix, self.papers, self.gaps):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)

    def _build_bar(self) -> None:
        self.bar = FilterBar(self)
        self.bar.add_lead(self.views)
        self.who = self.bar.add_choice("Какие школы", "Все школы")
        self.who.offer([("Школы в поддержке", True)])
        self.search = self.bar.add_search("Найти школу", 180)
        self.note = self.bar.add_note()
        self.own = self.bar.add_action("Свой фактор…")
        self.own.setToolTip("Добавить, переименовать или убрать фактор, которого нет среди десяти")
        self.copy = self.bar.add_action("Взять из прошлого года")
        self.copy.setToolTip("Перенести неснятые риски прошлого года в пустые ячейки этого")

    def _build_matrix(self) -> None:
        self.model = GridModel(risk_columns(()), lambda row: row.school.id, self)
        self.grid = RiskGrid(self.model, self._context.state)
        self.panel = RiskPanel()
        self.warning = label("", "warning", wrap=True)
        self.warning.hide()
        self.empty = EmptyState()
        self.matrix = QWidget(self.stack)
        self.matrix_stack = QStackedWidget(self.matrix)
        split = QSplitter(Qt.Orientation.Horizontal, self.matrix_stack)
        split.addWidget(self.grid)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 1)
        split.setCollapsible(0, False)
        split.setHandleWidth(MARGIN)
        split.setSizes([1114, 216])
        self.matrix_stack.addWidget(split)
        self.matrix_stack.addWidget(self.empty)
        column = QVBoxLayout(self.matrix)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.warning)
        column.addWidget(self.matrix_stack, 1)

    def _build_lists(self) -> None:
        self.papers = ListPane(
            paper_columns(self._today),
            lambda row: row.id,
            "risk-papers",
            "Документы школ",
            self._context.state,
            Emptiness(
                "Документов школ ещё нет",
                "Добавьте те, что школы должны представить по проекту: концепцию, среднесрочную и "
                "антирисковые программы.",
                "Добавить документ…",
            ),
            self._describe_paper,
            self.stack,
        )
        self.expect = self.papers.add_action("Ожидаемые…")
        self.expect.setToolTip("Добавить всё, чего от школ ждут в этом году, со сроком")
        self.papers.add_usual("Добавить документ…", "документ школы")
        self.all_papers = self.papers.add_action("Все школы")
        self.all_papers.setToolTip("Показать документы всех школ")
        self.all_papers.hide()
        self.gaps = ListPane(
            gap_columns(),
            lambda row: (row.school_id, row.factor, row.activity_id),
            "risk-gaps",
            "Риски без мероприятий и мероприятия без рисков",
            self._context.state,
            Emptiness(
                "Расхождений нет",
                "На каждый приоритетный фактор есть мероприятие, и каждое мероприятие направлено "
                "на отмеченный фактор.",
            ),
            parent=self.stack,
        )
        self.lead = self.gaps.add_action("Перейти", for_row=True)
        self.lead.setToolTip("Открыть ячейку риска или мероприятие дорожной карты (Enter)")

    def _connect(self) -> None:
        self.views.chosen.connect(self._on_view)
        self.who.picked.connect(self._on_filter)
        self.search.textChanged.connect(self._on_filter)
        self.own.clicked.connect(self.factor_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.expect.clicked.connect(self.expect_wanted)
        self.grid.selectionModel().currentChanged.connect(self._on_cell)
        self.model.dataChanged.connect(self._on_cell)
        self.empty.chosen.connect(self._on_empty)
        self.panel.papers_wanted.connect(self.show_papers_of)
        self.all_papers.clicked.connect(self._on_all_papers)
        self.lead.clicked.connect(self._on_lead)
        self.gaps.opened.connect(self._on_lead)

    # What the presenter uses.

    def show_matrix(self, matrix: RiskMatrix) -> None:
        """Show the matrix of a year; the selection stays."""
        if [one.key for one in matrix.factors] != [one.key for one in self.factors]:
            self.factors = matrix.factors
            self.model.set_columns(risk_columns(matrix.factors))
            self.grid.restore_columns()
        self.factors = matrix.factors
        self.model.titles = {one.key: f"{one.position}. {one.title}" for one in matrix.factors}
        self.model.refresh(risk_lines(matrix))
        marked = len({school for school, _ in matrix.cells})
        schools = counted(len(matrix.schools), "школа", "школы", "школ")
        self.note.setText(f"{matrix.year} год: {schools}, отмечено {marked}")
        self.warning.setText("\n".join(matrix.warnings))
        self.warning.setVisible(bool(matrix.warnings))
        self._on_filter()
        self._on_cell()

    def show_papers(self, rows: Sequence[PaperRow]) -> None:
        """Show the documents of schools; the switch tells how many are late."""
        self.papers.show_rows(rows)
        self._on_cell()
        late = sum(row.is_overdue(self._today) for row in rows)
        self.views.set_count(PAPERS, "Документы школ", late, "просрочено")

    def show_gaps(self, rows: Sequence[Gap]) -> None:
        """Show where risks and measures do not meet."""
        self.gaps.show_rows(rows)
        self.views.set_count(GAPS, _GAPS_TITLE, len(rows), "расхождений")

    def show_papers_of(self, school_id: int) -> None:
        """Show the documents of one school."""
        self.views.choose(PAPERS)
        self.papers.set_filter(lambda row: row.school_id == school_id)
        self.all_papers.show()

    def show_cell(self, school_id: int | None, factor: str) -> None:
        """Bring a cell of the matrix to sight; without a school the first row."""
        self.views.choose(MATRIX)
        self.who.choose(None)
        self.search.clear()
        self._on_filter()
        rows = self.model.rows()
        row = next((n for n, one in enumerate(rows) if one.school.id == school_id), 0)
        keys = [one.key for one in self.factors]
        if rows and factor in keys:
            self.grid.select_cell(row, keys.index(factor) + SCHOOL_COLUMNS)

    def factor(self, key: str) -> Factor | None:
        """Return the shown factor of that key."""
        return next((one for one in self.factors if one.key == key), None)

    # The page's own.

    def focus_places(self) -> Places:
        return self.empty, None

    def enter_work(self) -> None:
        if self.views.value() == MATRIX:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.model.rowCount() and not self.grid.currentIndex().isValid():
                self.grid.select_cell(0, min(2, self.model.columnCount() - 1))
        else:
            pane = self.stack.currentWidget()
            if isinstance(pane, ListPane):
                pane.enter()

    def save_state(self) -> None:
        for table in (self.grid, self.papers.table, self.gaps.table):
            table.save_state()

    def _describe_paper(self, row: PaperRow) -> Facts:
        factor = self.factor(row.factor)
        return (
            ("Школа", row.school),
            ("Документ", f"{row.kind}: {row.title}" if row.title else str(row.kind)),
            ("Фактор риска", factor.title if factor else ""),
            ("Файл или страница", row.link),
            ("Примечание", row.note),
        )

    def _on_view(self, key: str) -> None:
        self.stack.setCurrentIndex((MATRIX, PAPERS, GAPS).index(key))
        for widget in (self.own, self.copy, self.who, self.search, self.note):
            widget.setVisible(key == MATRIX)
        self.enter()

    def _accepts(self, row: RiskLine) -> bool:
        wanted = self.who.value() is None or row.school.in_support
        return wanted and folded(self.search.text()) in folded(row.school.name)

    def _on_filter(self) -> None:
        filtered = self.who.value() is not None or bool(self.search.text())
        current = self.grid.currentIndex()
        place = (current.row(), current.column()) if current.isValid() else None
        if filtered or self.model.rowCount() != len(self.model.all_rows()):
            self.model.set_filter(self._accepts if filtered else None)
            if place is not None and place[0] < self.model.rowCount():
                self.grid.select_cell(*place)
        shown = self.model.rowCount() > 0
        self.matrix_stack.setCurrentIndex(0 if shown else 1)
        if not shown:
            self._say_why_empty(bool(self.model.all_rows()))

    def _say_why_empty(self, filtered: bool) -> None:
        if filtered:
            self.empty.say("Ничего не найдено", "Под условие не подошла ни одна школа.",
                           "Показать все")  # fmt: skip
        else:
            self.empty.say(
                "Школ пока нет",
                "Загрузите реестр школ: перетащите папку с флешки в окно или нажмите кнопку.",
                "Загрузить файлы…",
            )

    def _on_empty(self) -> None:
        if not self.model.all_rows():
            self._context.import_wanted.emit(())
            return
        self.who.choose(None)
        self.search.clear()
        self._on_filter()

    def _on_cell(self, *_index: object) -> None:
        place = self.grid.place()
        if place is None:
            self.panel.show_cell(None, None)
        else:
            school = place[0].school.id
            own = [row for row in self.papers.model.all_rows() if row.school_id == school]
            late = sum(row.is_overdue(self._today) for row in own)
            said = f"{len(own)}, просрочено {late}" if late else str(len(own))
            self.panel.show_cell(place[0], self.factor(place[1]), said)

    def _on_all_papers(self) -> None:
        self.papers.set_filter(None)
        self.all_papers.hide()

    def _on_lead(self, *_row: object) -> None:
        gap: Gap | None = self.gaps.current()
        if gap is None:
            return
        if gap.activity_id is not None and gap.roadmap_id is not None:
            self._context.activity_wanted.emit(gap.roadmap_id, gap.activity_id)
        else:
            self.show_cell(gap.school_id, gap.factor)
