"""The panel of one file: its findings with their cells, and what each of its rows would do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.enums import FileStatus
from app.services.importing.plan import ChangeKind, FilePlan
from app.ui.itemmodels import TableModel
from app.ui.pages.importing.lines import CHANGES, FINDINGS, ChangeLine, FindingLine
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label


class FilePanel(QWidget):
    """Shows one file of a plan or of a report."""

    good_accepted = Signal(str, bool)
    """Path of the file; whether its rows without errors should go in."""
    mapping_wanted = Signal(str)
    """Path of a file whose table the program does not know."""
    return_wanted = Signal(str)
    """Path of a file that its school is to mend."""

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._file: FilePlan | None = None
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build(state)
        self.accept.toggled.connect(self._on_accept)
        self.map.clicked.connect(self._on_map)
        self.give_back.clicked.connect(self._on_give_back)
        self.show_file(None, deciding=False)

    def _build(self, state: WindowState) -> None:
        self.title = label(role="heading", wrap=True, selectable=True)
        self.kind = label(role="muted", wrap=True)
        self.accept = QCheckBox("Загрузить строки без ошибок, остальные отложить")
        self.accept.setToolTip("Без этой отметки из файла с ошибками не загружается ничего")
        self.map = QPushButton("Разметить…")
        self.map.setToolTip("Указать, что стоит в столбцах: программа запомнит такую таблицу")
        self.give_back = QPushButton("Вернуть школе…")
        self.give_back.setToolTip("Копия файла с красными ячейками и письмо, что исправить")
        self.findings_model: TableModel[FindingLine] = TableModel(FINDINGS, lambda f: f[0], self)
        self.changes_model: TableModel[ChangeLine] = TableModel(CHANGES, lambda c: c[0], self)
        self.findings = TableView(self.findings_model, "findings", "Замечания к файлу", state)
        self.changes = TableView(self.changes_model, "changes", "Изменения из файла", state)
        self.findings.setWordWrap(True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.no_findings = label("Замечаний к файлу нет.", "muted")
        self.no_changes = label("Этот файл ничего не меняет в базе.", "muted")
        self.tabs.addTab(_either(self.findings, self.no_findings), "Замечания")
        self.tabs.addTab(_either(self.changes, self.no_changes), "Изменения")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for widget in (self.title, self.kind, self.accept):
            column.addWidget(widget)
        column.addWidget(self.map, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.give_back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.tabs, 1)

    def show_file(self, file: FilePlan | None, *, deciding: bool) -> None:
        """Show ``file``; ``deciding`` offers to take the good rows of a file with errors."""
        self._file = file
        self.title.setText(file.path if file else "Файл не выбран")
        self.kind.setText(_kind(file) if file else "Выберите файл в списке слева.")
        self._offer(file, deciding)
        findings = file.findings if file else ()
        changes = file.changes if file else ()
        self.findings_model.set_rows([FindingLine(n, f) for n, f in enumerate(findings)])
        self.findings.resizeRowsToContents()
        self.changes_model.set_rows([ChangeLine(n, c) for n, c in enumerate(changes)])
        fresh = sum(change.kind is not ChangeKind.UNCHANGED for change in changes)
        _show_either(self.findings, self.no_findings, bool(findings))
        _show_either(self.changes, self.no_changes, bool(changes))
        self.tabs.setTabText(0, f"Замечания ({len(findings)})")
        self.tabs.setTabText(1, f"Изменения ({fresh} из {len(changes)})")
        self.tabs.setCurrentIndex(0 if findings or not changes else 1)

    def save_state(self) -> None:
        """Remember the widths of the columns."""
        self.findings.save_state()
        self.changes.save_state()

    def _offer(self, file: FilePlan | None, deciding: bool) -> None:
        self.accept.blockSignals(True)
        self.accept.setVisible(deciding and file is not None and file.has_errors)
        self.accept.setChecked(file is not None and file.good_accepted)
        self.accept.blockSignals(False)
        self.map.setVisible(deciding and file is not None and _can_be_mapped(file))
        self.give_back.setVisible(deciding and file is not None and bool(file.findings))

    def _on_accept(self, accepted: bool) -> None:
        if self._file is not None:
            self.good_accepted.emit(self._file.path, accepted)

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
    return f"{file.layout_title} · формат {file.format} · строк данных: {file.rows.read}"
