"""The view of the tab «Результаты»: list, pivot, pictures, subjects and one school."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.services.analysis import Pivot
from app.services.results import ResultRow
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.numbers import counted
from app.ui.page import Page, Places
from app.ui.pages.results.columns import RESULTS, TITLES, ResultLine
from app.ui.pages.results.filters import Chosen, Filters, remember, remembered
from app.ui.pages.results.picture_choice import Pictures
from app.ui.pages.results.picture_pane import PicturePane
from app.ui.pages.results.pivot_bar import PivotBar
from app.ui.pages.results.pivot_pane import PivotPane
from app.ui.pages.results.school_pane import SchoolPane
from app.ui.pages.results.subject_pane import SubjectPane
from app.ui.theme import icons
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.table_view import TableView
from app.ui.widgets.views import ViewSwitch

_VIEW = "results/view"
_FILTERS = "results/filters"


class View(StrEnum):
    """How the selection is shown."""

    LIST = "list"
    PIVOT = "pivot"
    PICTURE = "picture"
    SUBJECTS = "subjects"
    SCHOOL = "school"


VIEW_TITLES = {
    View.LIST: "Список",
    View.PIVOT: "Свод",
    View.PICTURE: "Картинки",
    View.SUBJECTS: "Предметы",
    View.SCHOOL: "Школа",
}


class ResultsPage(Page):
    """Shows lines; the presenter brings them and answers the questions."""

    key = "results"
    title = "Результаты"

    year_wanted = Signal(object)
    """Another year was chosen in the filter: a number, or None for all years."""
    source_wanted = Signal(int, str, str, QPoint)
    """Id of the result, its field, heading for the popup, place on the screen."""
    export_wanted = Signal()
    analysis_wanted = Signal()
    """The pivot, the pictures or the school of the selection are to be worked out anew."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.place)
        self._context = context
        self._lines: Sequence[ResultLine] = ()
        stored = remembered(context.state, _FILTERS)
        year = stored.pop("year", None)
        self._kept: dict[bool, Chosen] = {False: {}, True: stored}
        """Filters of the list, and of the views that analyse; the year beside them."""
        self._years: dict[bool, int | None] = {
            False: context.year,
            True: year if isinstance(year, int) else None,
        }
        self._build()
        self._connect()

    def _build(self) -> None:
        state = self._context.state
        self.model: TableModel[ResultLine] = TableModel(RESULTS, lambda line: line.row.id, self)
        self.table = TableView(self.model, "results", "Результаты школ", state, cells=True)
        self._build_bar()
        self.views = ViewSwitch("Как показать результаты")
        for view in View:
            self.views.add(view, VIEW_TITLES[view])
        self.pivot_bar = PivotBar(state)
        self.pivot = PivotPane(state)
        self.pictures = PicturePane(state)
        self.subjects = SubjectPane(state)
        self.school_report = SchoolPane()
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        self._lay_out()

    def _lay_out(self) -> None:
        frame = QWidget()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        inside.addWidget(self.lists)
        self.stack = QStackedWidget()
        self.panes = {
            View.LIST: frame,
            View.PIVOT: self.pivot,
            View.PICTURE: self.pictures,
            View.SUBJECTS: self.subjects,
            View.SCHOOL: self.school_report,
        }
        for pane in self.panes.values():
            self.stack.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        switch = QHBoxLayout()
        switch.setContentsMargins(MARGIN, GAP, MARGIN, 0)
        switch.addWidget(self.views)
        switch.addStretch()
        column.addLayout(switch)
        for widget in (self.bar, self.pivot_bar):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        self.pivot_bar.hide()

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.filters = Filters(self.bar)
        self.year, self.kind = self.filters.year, self.filters.kind
        self.subject, self.grade = self.filters.subject, self.filters.grade
        self.school, self.low = self.filters.school, self.filters.low
        self.note = self.bar.add_note()
        self.export = self.bar.add_action("Сохранить в файл…")
        icons.dress(self.export, "export")
        self.export.setToolTip("Сохранить то, что показано, в Excel, CSV или JSON")

    def _connect(self) -> None:
        self.year.picked.connect(self._on_year)
        for choice in self.filters.by_name.values():
            choice.picked.connect(self._on_filter)
        self.table.link_clicked.connect(self._on_number)
        self.pivot.source_wanted.connect(self.source_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.empty.chosen.connect(self._on_next_step)
        self.views.chosen.connect(self._on_view)
        self.pivot_bar.changed.connect(self.analysis_wanted)
        self.pictures.changed.connect(self.analysis_wanted)
        stored = self._context.state.text(_VIEW)
        if stored in tuple(View):
            self.views.choose(stored)

    # What the presenter uses.

    def view(self) -> View:
        """Return the view in front."""
        return View(self.views.value())

    def show_view(self, view: View) -> None:
        """Bring a view to the front."""
        self.views.choose(view)

    def wanted_year(self) -> int | None:
        """Return the year of the view in front; None for all years."""
        return self._years[self._analysed]

    def follow_year(self, year: int | None) -> None:
        """Take over the year of the window; the analysis keeps its own."""
        self._years[False] = year

    def offer_years(self, years: Sequence[int], chosen: int | None) -> None:
        """Fill the filter of years; ``chosen`` None stands for all of them."""
        self.year.offer([(str(year), year) for year in years])
        self.year.choose(chosen)

    def show_lines(self, lines: Sequence[ResultLine]) -> None:
        """Show the results of the chosen year; the other filters stay as they are."""
        self._lines = lines
        self.filters.offer(lines)
        self.filters.choose(self._kept[self._analysed])
        self.model.set_rows(lines)
        self._on_filter()

    def selected_rows(self) -> tuple[ResultRow, ...]:
        """Return the results that pass the filters."""
        return tuple(line.row for line in self._lines if self.filters.accepts(line))

    def show_pivot(self, found: Pivot) -> None:
        """Show the pivot of the selection."""
        limits = {limit for line in self._lines if line.share for limit in line.share.limits}
        rows = {line.row.id: line.row for line in self._lines}
        self.pivot.show_pivot(found, rows, tuple(sorted(limits)))

    def show_pictures(self, found: Pictures) -> None:
        """Show the pictures of the selection."""
        self.pictures.show_pictures(found)

    # The page's own.

    @property
    def _analysed(self) -> bool:
        return self.view() is not View.LIST

    def focus_places(self) -> Places:
        return self.empty, self.table

    def save_state(self) -> None:
        self.table.save_state()
        self.pivot.save_state()
        self.pivot_bar.save_state()
        self.pictures.save_state()
        self._context.state.put(_VIEW, self.view().value)
        kept = self.filters.chosen() if self._analysed else self._kept[True]
        remember(self._context.state, _FILTERS, {**kept, "year": self._years[True]})

    def _on_view(self, _key: str) -> None:
        view = self.view()
        was_analysed = self.stack.currentWidget() is not self.panes[View.LIST]
        self.stack.setCurrentWidget(self.panes[view])
        self.pivot_bar.setVisible(view in (View.PIVOT, View.PICTURE, View.SCHOOL))
        self.pivot_bar.show_shape(view is not View.SCHOOL)
        if self._analysed is was_analysed:
            self._on_filter()
            return
        self._kept[was_analysed] = self.filters.chosen()
        self.filters.choose(self._kept[self._analysed])
        self.year_wanted.emit(self.wanted_year())

    def _on_filter(self) -> None:
        self._kept[self._analysed] = self.filters.chosen()
        filtered = self.filters.active
        self.model.set_filter(self.filters.accepts if filtered else None)
        shown, everything = self.model.rowCount(), len(self.model.all_rows())
        total = counted(everything, "результат", "результата", "результатов")
        self.note.setText(total if shown == everything else f"показано {shown}, всего {everything}")
        self.lists.setCurrentWidget(self.table if shown else self.empty)
        self.export.setEnabled(everything > 0)
        if not shown:
            self._say_why_empty(everything > 0)
        if self._analysed:
            self.analysis_wanted.emit()

    def _say_why_empty(self, filtered: bool) -> None:
        if filtered:
            self.empty.say(
                "Ничего не найдено", "Ни один результат не подходит под условия.", "Показать все"
            )
        else:
            self.empty.say(
                "Результатов пока нет",
                "Загрузите таблицы ФИС ОКО и протоколы РЦОИ: перетащите папку с флешки в окно "
                "или нажмите кнопку.",
                "Загрузить файлы…",
            )

    def _on_next_step(self) -> None:
        if not self.model.all_rows():
            self._context.import_wanted.emit(())
            return
        self.filters.clear()
        self._on_filter()

    def _on_year(self) -> None:
        self._years[self._analysed] = self.year.value()
        self.year_wanted.emit(self.year.value())

    def _on_number(self, line: ResultLine, field: str, place: QPoint) -> None:
        row = line.row
        heading = (
            f"{row.school}: {row.kind.value} {row.year}, {row.subject}, {row.grade} класс. "
            f"{TITLES[field]}"
        )
        self.source_wanted.emit(row.id, field, heading, place)
