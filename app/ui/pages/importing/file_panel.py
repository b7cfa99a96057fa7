"""The panel of one file: its findings with their cells, and what each of its rows would do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.enums import FileStatus
from app.services.importing import cells_of_text, finding_kind
from app.services.importing.plan import ChangeKind, CorrectedCell, FilePlan
from app.services.source import first_row
from app.ui.itemmodels import TableModel
from app.ui.office_words import said
from app.ui.pages.importing.lines import (
    CORRECTIONS,
    FINDINGS,
    ChangeLine,
    FindingLine,
    change_columns,
)
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label


class FilePanel(QWidget):
    """Shows one file of a plan or of a report."""

    good_accepted = Signal(str, bool)
    """Path of the file; whether its rows without errors should go in."""
    states_taken = Signal(str, bool)
    """Path of the file; whether remarks on what was done become states of activities."""
    mapping_wanted = Signal(str)
    """Path of a file whose table the program does not know."""
    return_wanted = Signal(str)
    """Path of a file that its school is to mend."""
    sheet_wanted = Signal(str, str, str)
    """Path, sheet and cell to look at; sheet and cell may be empty."""
    confirm_wanted = Signal(str, object)
    """Path of the file and a soft ``Finding`` to let pass, or to stop letting pass."""
    correction_dropped = Signal(str, object)
    """Path of the file and a ``CorrectedCell`` that is to say again what the file says."""

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._file: FilePlan | None = None
        self._deciding = False
        self._done = False
        """Whether the list of changes tells what became of the rows already."""
        self._kind: str | None = None
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build(state)
        self._connect()
        self.show_file(None, deciding=False)

    def _build(self, state: WindowState) -> None:
        self.title = label(role="heading", wrap=True, selectable=True)
        self.kind = label(role="muted", wrap=True)
        self.accept = QCheckBox("Загрузить строки без ошибок, остальные отложить в карантин")
        self.accept.setToolTip("Без этой отметки из файла с ошибками не загружается ничего")
        self.states = QCheckBox("Проставить состояния мероприятий по отметкам о выполнении")
        self.states.setToolTip("Без этого всё останется запланированным, отметки – текстом")
        self._build_buttons()
        self._build_tables(state)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for widget in (self.title, self.kind, self.accept, self.states):
            column.addWidget(widget)
        column.addLayout(self.buttons)
        column.addWidget(self.tabs, 1)

    def _build_buttons(self) -> None:
        self.look = QPushButton("Открыть лист…")
        self.look.setToolTip("Лист с отмеченной ячейкой; значение можно исправить (двойной щелчок)")
        self.confirm = QPushButton("Подтвердить…")
        self.confirm.setToolTip("Так и должно быть: написать пояснение и больше не спрашивать")
        self.drop = QPushButton("Убрать исправление")
        self.map = QPushButton("Разметить…")
        self.map.setToolTip("Указать, что стоит в столбцах: программа запомнит такую таблицу")
        self.give_back = QPushButton("Вернуть школе…")
        self.give_back.setToolTip("Копия файла с красными ячейками и письмо, что исправить")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GAP)
        for button in (self.look, self.confirm, self.drop, self.map, self.give_back):
            self.buttons.addWidget(button)
        self.buttons.addStretch()

    def _build_tables(self, state: WindowState) -> None:
        self.findings_model: TableModel[FindingLine] = TableModel(FINDINGS, lambda f: f[0], self)
        self.changes_model: TableModel[ChangeLine] = TableModel(
            change_columns(done=False), lambda c: c[0], self
        )
        self.corrections_model: TableModel[CorrectedCell] = TableModel(
            CORRECTIONS, lambda c: (c.sheet, c.cell), self
        )
        self.findings = TableView(self.findings_model, "findings", "Замечания к файлу", state)
        self.changes = TableView(self.changes_model, "changes", "Изменения из файла", state)
        self.corrections = TableView(
            self.corrections_model, "file-corrections", "Исправления в файле", state
        )
        self.findings.setWordWrap(True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName("Сведения о файле")
        self.no_findings = label("Замечаний к файлу нет.", "muted")
        self.no_changes = label("Этот файл ничего не меняет в базе.", "muted")
        self.no_corrections = label(
            "Исправлений нет. Откройте лист и нажмите F2 на ячейке, чтобы исправить её.", "muted"
        )
        self.tabs.addTab(_either(self.findings, self.no_findings), "Замечания")
        self.tabs.addTab(_either(self.changes, self.no_changes), "Изменения")
        self.tabs.addTab(_either(self.corrections, self.no_corrections), "Исправления")

    def _connect(self) -> None:
        self.accept.toggled.connect(self._on_accept)
        self.states.toggled.connect(self._on_states)
        self.map.clicked.connect(self._on_map)
        self.give_back.clicked.connect(self._on_give_back)
        self.look.clicked.connect(self._on_look)
        self.confirm.clicked.connect(self._on_confirm)
        self.drop.clicked.connect(self._on_drop)
        self.tabs.currentChanged.connect(self._on_choice)
        for table in (self.findings, self.changes, self.corrections):
            table.current_row_changed.connect(self._on_choice)
            table.doubleClicked.connect(self._on_look)
            table.link_clicked.connect(self._on_look)

    def show_file(self, file: FilePlan | None, *, deciding: bool) -> None:
        """Show ``file``; ``deciding`` offers to take the good rows of a file with errors."""
        same = file is not None and self._file is not None and file.path == self._file.path
        self._file, self._deciding = file, deciding
        self.title.setText(file.path if file else "Файл не выбран")
        self.kind.setText(_kind(file) if file else "Выберите файл в списке выше.")
        self._offer(file)
        changes = file.changes if file else ()
        corrections = file.corrections if file else ()
        self.show_kind(self._kind)
        if self._done is deciding:
            self._done = not deciding
            self.changes_model.set_columns(change_columns(self._done))
        self.changes_model.set_rows([ChangeLine(n, c) for n, c in enumerate(changes)])
        self.corrections_model.set_rows(corrections)
        fresh = sum(change.kind is not ChangeKind.UNCHANGED for change in changes)
        _show_either(self.changes, self.no_changes, bool(changes))
        _show_either(self.corrections, self.no_corrections, bool(corrections))
        self.tabs.setTabText(1, f"Изменения ({fresh} из {len(changes)})")
        self.tabs.setTabText(2, f"Исправления ({len(corrections)})")
        if not same:
            self.tabs.setCurrentIndex(0 if (file and file.findings) or not changes else 1)
        self._on_choice()

    def show_kind(self, kind: str | None) -> None:
        """Show only the findings of one kind; None shows all."""
        self._kind = kind
        findings = self._file.findings if self._file else ()
        lines = [
            FindingLine(number, finding)
            for number, finding in enumerate(findings)
            if kind is None or finding_kind(finding) == kind
        ]
        self.findings_model.set_rows(lines)
        self.findings.resizeRowsToContents()
        _show_either(self.findings, self.no_findings, bool(lines))
        shown = f"{len(lines)} из {len(findings)}" if len(lines) < len(findings) else len(findings)
        self.tabs.setTabText(0, f"Замечания ({shown})")

    def save_state(self) -> None:
        """Remember the widths of the columns."""
        self.findings.save_state()
        self.changes.save_state()
        self.corrections.save_state()

    def _offer(self, file: FilePlan | None) -> None:
        deciding = self._deciding and file is not None
        decided = file is not None and any(row.known for row in file.waiting)
        self.accept.blockSignals(True)
        self.accept.setVisible(deciding and file is not None and file.has_errors)
        self.accept.setChecked(file is not None and file.good_accepted)
        self.accept.setEnabled(not decided)
        self.accept.blockSignals(False)
        plans = [one for one in file.plans if one.new and one.remarks] if file else []
        self.states.blockSignals(True)
        self.states.setVisible(deciding and bool(plans))
        self.states.setChecked(any(one.states for one in plans))
        self.states.blockSignals(False)
        self.map.setVisible(deciding and file is not None and _can_be_mapped(file))
        self.give_back.setVisible(deciding and file is not None and bool(file.findings))

    def _place(self) -> tuple[str, str] | None:
        """Return sheet and cell of the chosen line of the table in front."""
        match self.tabs.currentIndex():
            case 0:
                line: FindingLine | None = self.findings.current()
                if line is not None and line.finding.sheet:
                    cells = cells_of_text(line.finding.cell or "")
                    return line.finding.sheet, next(cells, "")
            case 1:
                change: ChangeLine | None = self.changes.current()
                if change is not None:
                    return change.change.sheet, f"A{first_row(change.change.rows)}"
            case _:
                one: CorrectedCell | None = self.corrections.current()
                if one is not None:
                    return one.sheet, one.cell
        return None

    def _on_choice(self, _choice: object = None) -> None:
        line: FindingLine | None = self.findings.current()
        first = self.tabs.currentIndex() == 0
        soft = first and line is not None and line.finding.soft
        read = self._file is not None and self._file.layout is not None
        self.look.setVisible(self._deciding and read)
        self.confirm.setVisible(self._deciding and soft)
        noted = line is not None and bool(line.finding.note)
        self.confirm.setText("Снять подтверждение" if noted else "Подтвердить…")
        one = self.corrections.current()
        self.drop.setVisible(self._deciding and self.tabs.currentIndex() == 2 and one is not None)

    def _on_look(self, *_where: object) -> None:
        if self._file is not None and self._deciding and self._file.layout is not None:
            sheet, cell = self._place() or ("", "")
            self.sheet_wanted.emit(self._file.path, sheet, cell)

    def _on_confirm(self) -> None:
        line: FindingLine | None = self.findings.current()
        if self._file is not None and line is not None:
            self.confirm_wanted.emit(self._file.path, line.finding)

    def _on_drop(self) -> None:
        one: CorrectedCell | None = self.corrections.current()
        if self._file is not None and one is not None:
            self.correction_dropped.emit(self._file.path, one)

    def _on_accept(self, accepted: bool) -> None:
        if self._file is not None:
            self.good_accepted.emit(self._file.path, accepted)

    def _on_states(self, taken: bool) -> None:
        if self._file is not None:
            self.states_taken.emit(self._file.path, taken)

    def _on_give_back(self) -> None:
        if self._file is not None:
            self.return_wanted.emit(self._file.path)

    def _on_map(self) -> None:
        if self._file is not None:
            self.mapping_wanted.emit(self._file.path)


def _can_be_mapped(file: FilePlan) -> bool:
    """Return whether a table was read and nothing of it was understood."""
    return file.status is FileStatus.NEEDS_DECISION and not file.changes


def _either(table: TableView, empty: QLabel) -> QStackedWidget:
    empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
    stack = QStackedWidget()
    stack.addWidget(table)
    stack.addWidget(empty)
    return stack


def _show_either(table: TableView, empty: QLabel, filled: bool) -> None:
    stack = table.parentWidget()
    if isinstance(stack, QStackedWidget):
        stack.setCurrentWidget(table if filled else empty)


def _kind(file: FilePlan) -> str:
    return f"{said(file.layout_title)} · формат {file.format} · строк данных: {file.rows.read}"
