"""The view of a load: reading, the plan to decide on, storing, and what came of it."""

from __future__ import annotations

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
from app.services.importing.plan import FilePlan, ImportPlan, ImportReport
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.numbers import counted
from app.ui.page import Page
from app.ui.pages.importing.file_panel import FilePanel
from app.ui.pages.importing.lines import PLANNED, file_columns
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

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


class ImportPage(Page):
    """Shows what the presenter tells it; every wish of the person is a signal."""

    key = "import"
    title = "Загрузка"

    store_wanted = Signal()
    cancel_wanted = Signal()
    """Stop what runs; before and after that, leave the page."""
    questions_wanted = Signal()
    good_accepted = Signal(str, bool)
    mapping_wanted = Signal(str)
    return_wanted = Signal(str)

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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.status = self.bar.add_choice("Состояние файлов", "Все файлы")
        self.status.offer([(PLANNED[status].word.capitalize(), status) for status in _ORDER])
        self.note = self.bar.add_note()
        self.questions = self.bar.add_action("Указать школы…")
        self.leave = self.bar.add_action("Отмена")
        self.store = self.bar.add_action("Загрузить", primary=True)

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
        self.lists.addWidget(self.files)
        self.lists.addWidget(self.panel)
        position = state.blob("import/splitter")
        if position.isEmpty() or not self.lists.restoreState(position):
            self.lists.setSizes([3000, 2000])

    def _connect(self) -> None:
        self.status.picked.connect(self._on_filter)
        self.files.current_row_changed.connect(self._on_file)
        self.panel.good_accepted.connect(self.good_accepted)
        self.panel.mapping_wanted.connect(self.mapping_wanted)
        self.panel.return_wanted.connect(self.return_wanted)
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
        open_questions = len(plan.questions)
        self.questions.setVisible(open_questions > 0)
        self.questions.setText(f"Указать школы ({open_questions})…")
        rows = counted(plan.totals.stored, "строку", "строки", "строк")
        self.store.setVisible(True)
        self.store.setEnabled(plan.stores_anything)
        self.store.setText(f"Загрузить {rows}" if plan.stores_anything else "Загружать нечего")
        self.leave.setText("Отмена" if plan.stores_anything else "Закрыть")
        (self.store if plan.stores_anything else self.leave).setFocus()

    def show_report(self, report: ImportReport) -> None:
        """Show what was stored."""
        self._deciding = False
        self._show_files(report.files, done=True)
        self.questions.hide()
        self.store.hide()
        self.leave.setText("Закрыть")
        rows = counted(report.totals.stored, "строка", "строки", "строк")
        self.note.setText(f"Записано: {rows} (загрузка № {report.batch_id}). {self.note.text()}")
        self.leave.setFocus()

    def enter(self) -> None:
        self.files.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_state(self) -> None:
        self.files.save_state()
        self.panel.save_state()
        self._context.state.put("import/splitter", self.lists.saveState())

    # The page's own.

    def _show_files(self, files: tuple[FilePlan, ...], *, done: bool) -> None:
        self.bar.setEnabled(True)
        self.files_model.set_columns(file_columns(done))
        self.files_model.set_rows(sorted(files, key=_most_urgent_first))
        self.note.setText(_summary(files))
        self.stack.setCurrentWidget(self.lists)
        current = self.files.current()
        if current is None and self.files_model.rowCount():
            self.files.select_key(self.files_model.row_at(0).path)
        self._on_file(self.files.current())

    def _on_filter(self) -> None:
        wanted = self.status.value()
        self.files_model.set_filter(None if wanted is None else lambda file: file.status is wanted)

    def _on_file(self, file: FilePlan | None) -> None:
        self.panel.show_file(file, deciding=self._deciding)


def _most_urgent_first(file: FilePlan) -> tuple[int, str]:
    return (-_ORDER.index(file.status), file.path)


def _summary(files: tuple[FilePlan, ...]) -> str:
    parts = []
    for status in _ORDER:
        count = sum(file.status is status for file in files)
        if count:
            parts.append(f"{_FILE_WORDS[status]} {count}")
    return f"{counted(len(files), 'файл', 'файла', 'файлов')}: {', '.join(parts)}"
