"""The view of the tab «Результаты»: filters, the table, and what the person asks of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.models.enums import AssessmentKind
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.numbers import counted
from app.ui.page import Page
from app.ui.pages.results.columns import RESULTS, TITLES, ResultLine
from app.ui.theme import icons
from app.ui.theme.metrics import MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.table_view import TableView


class ResultsPage(Page):
    """Shows lines; the presenter brings them and answers the questions."""

    key = "results"
    title = "Результаты"

    year_wanted = Signal(object)
    """Another year was chosen in the filter: a number, or None for all years."""
    source_wanted = Signal(int, str, str, QPoint)
    """Id of the result, its field, heading for the popup, place on the screen."""
    export_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._build()
        self._connect()

    def _build(self) -> None:
        self.model: TableModel[ResultLine] = TableModel(RESULTS, lambda line: line.row.id, self)
        self.table = TableView(
            self.model, "results", "Результаты школ", self._context.state, cells=True
        )
        self._build_bar()
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        frame = QWidget()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        inside.addWidget(self.lists)
        column.addWidget(frame, 1)

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.year = self.bar.add_choice("Год", "Все годы")
        self.kind = self.bar.add_choice("Процедура", "Все процедуры")
        self.kind.offer([(kind.value, kind) for kind in AssessmentKind])
        self.subject = self.bar.add_choice("Предмет", "Все предметы")
        self.grade = self.bar.add_choice("Класс", "Все классы")
        self.school = self.bar.add_choice("Школа", "Все школы")
        self.low = self.bar.add_choice("Уровень", "Любой уровень")
        self.low.offer([("Только низкие", True)])
        self.note = self.bar.add_note()
        self.export = self.bar.add_action("Сохранить в файл…")
        icons.dress(self.export, "export")
        self.export.setToolTip("Сохранить результаты в Excel, CSV или JSON")

    def _connect(self) -> None:
        self.year.picked.connect(self._on_year)
        for choice in (self.kind, self.subject, self.grade, self.school, self.low):
            choice.picked.connect(self._on_filter)
        self.table.link_clicked.connect(self._on_number)
        self.export.clicked.connect(self.export_wanted)
        self.empty.chosen.connect(self._on_next_step)

    # What the presenter uses.

    def offer_years(self, years: Sequence[int], chosen: int | None) -> None:
        """Fill the filter of years; ``chosen`` None stands for all of them."""
        self.year.offer([(str(year), year) for year in years])
        self.year.choose(chosen)

    def show_lines(self, lines: Sequence[ResultLine]) -> None:
        """Show the results of the chosen year; the other filters stay as they are."""
        self.subject.offer(_named({line.row.subject for line in lines}))
        self.grade.offer([(f"{n} класс", n) for n in sorted({line.row.grade for line in lines})])
        schools = {line.row.school_id: (line.place, line.row.school) for line in lines}
        by_place = sorted(schools.items(), key=lambda item: item[1])
        self.school.offer([(name, school) for school, (_, name) in by_place])
        self.model.set_rows(lines)
        self._on_filter()

    # The page's own.

    def enter(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_state(self) -> None:
        self.table.save_state()

    def _accepts(self, line: ResultLine) -> bool:
        row = line.row
        pairs = (
            (self.kind.value(), row.kind),
            (self.subject.value(), row.subject),
            (self.grade.value(), row.grade),
            (self.school.value(), row.school_id),
            (self.low.value(), line.mark is not None),
        )
        return all(wanted is None or wanted == found for wanted, found in pairs)

    def _on_filter(self) -> None:
        choices = (self.kind, self.subject, self.grade, self.school, self.low)
        filtered = any(choice.value() is not None for choice in choices)
        self.model.set_filter(self._accepts if filtered else None)
        shown, everything = self.model.rowCount(), len(self.model.all_rows())
        total = counted(everything, "результат", "результата", "результатов")
        self.note.setText(total if shown == everything else f"показано {shown}, всего {everything}")
        self.lists.setCurrentWidget(self.table if shown else self.empty)
        self.export.setEnabled(everything > 0)
        if not shown:
            self._say_why_empty(everything > 0)

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
        for choice in (self.kind, self.subject, self.grade, self.school, self.low):
            choice.choose(None)
        self._on_filter()

    def _on_year(self) -> None:
        self.year_wanted.emit(self.year.value())

    def _on_number(self, line: ResultLine, field: str, place: QPoint) -> None:
        row = line.row
        heading = (
            f"{row.school}: {row.kind.value} {row.year}, {row.subject}, {row.grade} класс. "
            f"{TITLES[field]}"
        )
        self.source_wanted.emit(row.id, field, heading, place)


def _named(names: set[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(names)]
