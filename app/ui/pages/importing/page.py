"""The view of a load: reading, the plan to decide on, storing, and what came of it."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.enums import FileStatus
from app.services.importing import SheetView, finding_kind
from app.services.importing.plan import FilePlan, ImportPlan, ImportReport, RowCounts
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.numbers import counted, whole
from app.ui.page import Page, Places
from app.ui.pages.importing.file_panel import FilePanel
from app.ui.pages.importing.lines import DONE, PLANNED, file_columns
from app.ui.pages.importing.sheet_pane import SheetPane
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_MINE = "mine"
"""Files that wait for the person, and those with findings that a note can settle."""
_ORDER = (
    FileStatus.IMPORTED,
    FileStatus.UNCHANGED,
    FileStatus.NEEDS_DECISION,
    FileStatus.REFUSED,
)
_FILE_WORDS = {
    FileStatus.IMPORTED: "к загрузке",
    FileStatus.UNCHANGED: "без изменений",
    FileStatus.NEEDS_DECISION: "ждут решения",
    FileStatus.REFUSED: "не приняты",
}
_DONE_WORDS = _FILE_WORDS | {FileStatus.IMPORTED: "загружено"}


class ImportPage(Page):
    """Shows what the presenter tells it; every wish of the person is a signal."""

    key = "import"
    title = "Загрузка"

    store_wanted = Signal()
    cancel_wanted = Signal()
    """Stop what runs; before and after that, leave the page."""
    questions_wanted = Signal()
    good_accepted = Signal(str, bool)
    states_taken = Signal(str, bool)
    mapping_wanted = Signal(str)
    return_wanted = Signal(str)
    sheet_wanted = Signal(str, str, str)
    """Path of a file, its sheet and a cell; the last two may be empty."""
    confirm_wanted = Signal(str, object)
    """Path of a file and a soft ``Finding``."""
    correction_wanted = Signal(str, str, str, str)
    """Path, sheet, cell, and what stands in the cell now."""
    correction_dropped = Signal(str, object)
    """Path and a ``CorrectedCell``."""
    answers_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._deciding = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self._build_bar()
        self._build_waiting()
        self._build_lists()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.waiting)
        self.stack.addWidget(self.lists)
        self.sheet = SheetPane()
        self.stack.addWidget(self.sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.status = self.bar.add_choice("Состояние файлов", "Все файлы")
        self._offer_states(done=False)
        self.kind = self.bar.add_choice("Вид замечаний", "Все замечания")
        self.search = self.bar.add_search("Найти файл", 150)
        self.note = self.bar.add_note()
        self.answers = self.bar.add_action("Ответы о школах…")
        self.answers.setToolTip("Что программа запомнила о школах; любой ответ можно забыть")
        self.questions = self.bar.add_action("Указать школы…")
        self.store = self.bar.add_action("Загрузить", primary=True)
        # At the end, as on every page that closes: it stays there when the others go.
        self.leave = self.bar.add_action("Отмена")

    def _build_waiting(self) -> None:
        self.waiting = QWidget()
        self.doing = label(role="heading")
        self.doing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.step = label(role="muted")
        self.step.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(420)
        self.stop = QPushButton("Прервать")
        column = QVBoxLayout(self.waiting)
        column.setSpacing(GAP)
        column.addStretch(2)
        column.addWidget(self.doing)
        column.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.step)
        column.addSpacing(GAP)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _build_lists(self) -> None:
        state = self._context.state
        self.files_model: TableModel[FilePlan] = TableModel(
            file_columns(done=False), lambda file: file.path, self
        )
        self.files = TableView(self.files_model, "import-files", "Файлы загрузки", state)
        self.panel = FilePanel(state)
        self.lists = QSplitter(Qt.Orientation.Vertical)
        self.lists.setHandleWidth(MARGIN)
        self.lists.setChildrenCollapsible(False)
        self.lists.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self.totals = label(role="muted")
        self.empty = label("Под этот отбор не подходит ни один файл.", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.totals)
        column.addWidget(self.empty)
        column.addWidget(self.files, 1)
        self.lists.addWidget(upper)
        self.lists.addWidget(self.panel)
        position = state.blob("import/splitter")
        if position.isEmpty() or not self.lists.restoreState(position):
            self.lists.setSizes([3000, 2000])

    def _connect(self) -> None:
        self.status.picked.connect(self._on_filter)
        self.kind.picked.connect(self._on_filter)
        self.search.textChanged.connect(self._on_filter)
        self.files.current_row_changed.connect(self._on_file)
        self.panel.good_accepted.connect(self.good_accepted)
        self.panel.states_taken.connect(self.states_taken)
        self.panel.mapping_wanted.connect(self.mapping_wanted)
        self.panel.return_wanted.connect(self.return_wanted)
        self.panel.sheet_wanted.connect(self.sheet_wanted)
        self.panel.confirm_wanted.connect(self.confirm_wanted)
        self.panel.correction_dropped.connect(self.correction_dropped)
        self.sheet.closed.connect(self._on_sheet_closed)
        self.sheet.sheet_wanted.connect(self._on_other_sheet)
        self.sheet.correction_wanted.connect(self._on_correction)
        self.sheet.correction_dropped.connect(self._on_cell_dropped)
        self.answers.clicked.connect(self.answers_wanted)
        self.questions.clicked.connect(self.questions_wanted)
        self.leave.clicked.connect(self.cancel_wanted)
        self.stop.clicked.connect(self.cancel_wanted)
        self.store.clicked.connect(self.store_wanted)

    # What the presenter uses.

    def show_work(self, doing: str, *, can_stop: bool = True) -> None:
        """Show that files are being read or stored."""
        self.bar.setEnabled(False)
        self.doing.setText(doing)
        self.step.setText("")
        self.progress.setRange(0, 0)
        self.stop.setEnabled(can_stop)
        self.stop.setText("Прервать")
        self.stack.setCurrentWidget(self.waiting)

    def show_step(self, done: int, total: int, text: str) -> None:
        """Show how far the work is; ``total`` 0 when that is not known."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.step.setText(text)

    def show_stopping(self) -> None:
        """Say that the wish to stop was heard."""
        self.stop.setEnabled(False)
        self.stop.setText("Прерываю…")

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what would be stored and what waits for the person."""
        self._deciding = True
        self._show_files(plan.files, done=False)
        self.questions.setVisible(bool(plan.questions or plan.days))
        self.questions.setText(_questions_text(plan))
        useful = plan.stores_anything or plan.remembers
        self.store.setVisible(True)
        self.store.setEnabled(useful)
        self.store.setText(_store_text(plan))
        self.leave.setText("Отмена" if useful else "Закрыть")
        (self.store if useful else self.leave).setFocus()

    def show_sheet(self, view: SheetView, cell: str) -> None:
        """Show a sheet of a file with the cursor on a cell."""
        self.bar.hide()
        self.sheet.show_view(view, cell)
        self.stack.setCurrentWidget(self.sheet)

    def shown_sheet(self) -> tuple[str, str, str] | None:
        """Return path, sheet and cell when a sheet is on the screen."""
        view = self.sheet.view
        if view is None or self.bar.isVisibleTo(self):
            return None
        return view.path, view.sheet, self.sheet.model.cell(self.sheet.table.currentIndex())

    def show_report(self, report: ImportReport) -> None:
        """Show what was stored."""
        self._deciding = False
        self._show_files(report.files, done=True)
        self.questions.hide()
        self.store.hide()
        self.leave.setText("Закрыть")
        rows = counted(report.totals.stored, "строка", "строки", "строк")
        if report.batch_id is None:
            told = "Решения записаны"
        else:
            told = f"Записано: {rows} (загрузка № {report.batch_id})"
        self.note.setText(f"{told}. {self.note.text()}")
        self.leave.setFocus()

    def focus_places(self) -> Places:
        return None, self.files

    def save_state(self) -> None:
        self.files.save_state()
        self.panel.save_state()
        self._context.state.put("import/splitter", self.lists.saveState())

    # The page's own.

    def _show_files(self, files: tuple[FilePlan, ...], *, done: bool) -> None:
        self.bar.setEnabled(True)
        self.bar.show()
        self._offer_states(done=done)
        self._offer_kinds(files)
        self.files_model.set_columns(file_columns(done))
        self.files_model.set_rows(sorted(files, key=_most_urgent_first))
        self.note.setText(_summary(files, done=done))
        self.totals.setText(_totals(files, done=done))
        self._on_filter()
        self.stack.setCurrentWidget(self.lists)
        current = self.files.current()
        if current is None and self.files_model.rowCount():
            self.files.select_key(self.files_model.row_at(0).path)
        self._on_file(self.files.current())

    def _offer_states(self, *, done: bool) -> None:
        chips = DONE if done else PLANNED
        words = [(chips[status].word.capitalize(), status) for status in _ORDER]
        self.status.offer([("Только что ждёт меня", _MINE), *words])

    def _offer_kinds(self, files: tuple[FilePlan, ...]) -> None:
        """Offer the kinds of findings that there are, most frequent first."""
        found = Counter(finding_kind(one) for file in files for one in file.findings)
        self.kind.offer([(f"{kind} ({count})", kind) for kind, count in found.most_common()])

    def _accepts(self, file: FilePlan) -> bool:
        status, kind = self.status.value(), self.kind.value()
        asked = self.search.text().strip().casefold()
        if status == _MINE:
            if not (file.needs_me or _unconfirmed(file)):
                return False
        elif status is not None and file.status != status:
            return False
        if kind is not None and all(finding_kind(one) != kind for one in file.findings):
            return False
        return asked in file.path.casefold()

    def _on_filter(self) -> None:
        filtered = self.status.value() or self.kind.value() or self.search.text().strip()
        self.files_model.set_filter(self._accepts if filtered else None)
        self.panel.show_kind(self.kind.value())
        shown = self.files_model.rowCount() > 0
        self.empty.setVisible(not shown)
        self.files.setVisible(shown)
        if shown and self.files.current() is None:
            self.files.select_key(self.files_model.row_at(0).path)

    def _on_sheet_closed(self) -> None:
        self.bar.show()
        self.bar.setEnabled(True)
        self.stack.setCurrentWidget(self.lists)
        self.files.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_other_sheet(self, sheet: str) -> None:
        if self.sheet.view is not None:
            self.sheet_wanted.emit(self.sheet.view.path, sheet, "")

    def _on_correction(self, cell: str, text: str) -> None:
        view = self.sheet.view
        if view is not None:
            self.correction_wanted.emit(view.path, view.sheet, cell, text)

    def _on_cell_dropped(self, cell: str) -> None:
        view = self.sheet.view
        if view is not None and cell in view.corrected:
            self.correction_dropped.emit(view.path, view.corrected[cell])

    def _on_file(self, file: FilePlan | None) -> None:
        self.panel.show_file(file, deciding=self._deciding)


def _unconfirmed(file: FilePlan) -> bool:
    """Return whether a soft finding of the file waits for a note."""
    return any(finding.soft and not finding.note for finding in file.findings)


def _questions_text(plan: ImportPlan) -> str:
    if plan.questions and plan.days:
        return f"Ответить на вопросы ({len(plan.questions) + len(plan.days)})…"
    if plan.days:
        return f"Указать дни экзамена ({len(plan.days)})…"
    return f"Указать школы ({len(plan.questions)})…"


def _store_text(plan: ImportPlan) -> str:
    if plan.stores_anything:
        return f"Загрузить {counted(plan.totals.stored, 'строку', 'строки', 'строк')}"
    return "Записать решения" if plan.remembers else "Загружать нечего"


def _totals(files: tuple[FilePlan, ...], *, done: bool) -> str:
    rows = sum((file.rows for file in files), RowCounts())
    unknown = sum(file.layout is None and not file.rows.read for file in files)
    changed = "изменено" if done else "изменится"
    return (
        f"Строк: прочитано {whole(rows.read)}, новых {whole(rows.stored - rows.changed)}, "
        f"{changed} {whole(rows.changed)}, без изменений {whole(rows.unchanged)}, "
        f"в карантине {whole(rows.quarantined)}. Не понято файлов: {unknown}."
    )


def _most_urgent_first(file: FilePlan) -> tuple[int, str]:
    return (-_ORDER.index(file.status), file.path)


def _summary(files: tuple[FilePlan, ...], *, done: bool) -> str:
    words = _DONE_WORDS if done else _FILE_WORDS
    parts = []
    for status in _ORDER:
        count = sum(file.status is status for file in files)
        if count:
            parts.append(f"{words[status]} {count}")
    return f"{counted(len(files), 'файл', 'файла', 'файлов')}: {', '.join(parts)}"
