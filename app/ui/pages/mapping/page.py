"""The view of a mapping: bars, the sheet with its choices, and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from app.services.mapping import How, Preview, Sheet, TableKind, TableMap, fields_of
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.numbers import counted
from app.ui.page import Page, Places
from app.ui.pages.mapping.controls import Controls
from app.ui.pages.mapping.lines import FACTS, PROBLEMS, FactLine, ProblemLine
from app.ui.pages.mapping.sheet_pane import SheetPane
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label


class MappingPage(Page):
    """Shows what the presenter tells it; every wish of the person is a signal."""

    key = "mapping"
    title = "Разметка таблицы"

    cancel_wanted = Signal()
    remember_wanted = Signal()
    save_wanted = Signal()
    load_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._width = self._height = 0
        self._build()

    def _build(self) -> None:
        self._build_bar()
        self.controls = Controls()
        self.reason = label(role="warning", wrap=True)
        self.sheet = SheetPane()
        top = QWidget()
        inner = QVBoxLayout(top)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GAP)
        inner.addWidget(self.sheet, 1)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.setHandleWidth(MARGIN)
        self.parts.setChildrenCollapsible(False)
        self.parts.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self.parts.addWidget(top)
        self.parts.addWidget(self._preview())
        self.parts.setSizes([3000, 2000])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.controls)
        column.addWidget(self.parts, 1)

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.name = self.bar.add_search("Название таблицы", 300)
        self.name.setToolTip("Под этим названием программа запомнит разметку")
        self.note = self.bar.add_note()
        self.load = self.bar.add_action("Из файла…")
        self.load.setToolTip("Принять разметку, выгруженную на другом рабочем месте")
        self.save = self.bar.add_action("В файл…")
        self.remember = self.bar.add_action("Запомнить и применить", primary=True)
        self.remember.setShortcut(QKeySequence("Ctrl+Return"))
        self.leave = self.bar.add_action("Отмена")
        self.load.clicked.connect(self.load_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.leave.clicked.connect(self.cancel_wanted)
        self.remember.clicked.connect(self.remember_wanted)

    def _preview(self) -> QWidget:
        state = self._context.state
        self.facts_model: TableModel[FactLine] = TableModel(FACTS, lambda one: one[0], self)
        self.problems_model: TableModel[ProblemLine] = TableModel(
            PROBLEMS, lambda one: one[0], self
        )
        self.facts = TableView(self.facts_model, "mapping-facts", "Что получится", state)
        self.problems = TableView(self.problems_model, "mapping-problems", "Замечания", state)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.facts, "Что получится")
        self.tabs.addTab(self.problems, "Замечания")
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.reason)
        column.addWidget(self.tabs, 1)
        return whole

    # What the presenter uses.

    def show_sheet(self, sheet: Sheet, *, turned: bool = False) -> None:
        """Show another sheet of the file; a ``turned`` one has its columns as rows."""
        self._width = max((len(row) for row in sheet.rows), default=0)
        self._height = sheet.height
        self.sheet.show_sheet(sheet, turned=turned)

    def show_map(self, mapping: TableMap, reasons: tuple[str, ...]) -> None:
        """Show a mapping and, when it is not whole, why."""
        self.controls.show_map(mapping, self._height)
        titles = (column.title for column in mapping.columns)
        fields = fields_of(mapping.kind, mapping.record, titles)
        width = max(self._width, *(c.column + 1 for c in mapping.columns), 0)
        self.sheet.placing_model.show_columns(
            mapping.columns, width, fields, _rows(mapping), turned=mapping.turned
        )
        self.sheet.sheet_model.show_rows(mapping.header, mapping.data)
        self.remember.setEnabled(not reasons)
        self.save.setEnabled(not reasons)
        self.remember.setToolTip(reasons[0] if reasons else "Ctrl+Enter")
        self.reason.setText(_reasons(reasons))
        self.reason.setVisible(bool(reasons))
        if reasons:
            self.show_preview(None)

    def show_preview(self, preview: Preview | None) -> None:
        """Show what the table becomes; None while that is not known."""
        lines = preview.lines if preview else ()
        problems = preview.problems if preview else ()
        self.facts_model.set_rows([FactLine(n, one) for n, one in enumerate(lines)])
        self.problems_model.set_rows([ProblemLine(n, one) for n, one in enumerate(problems)])
        facts = preview.facts if preview else 0
        shown = f"{len(lines)} из {facts}" if facts > len(lines) else str(facts)
        self.tabs.setTabText(0, f"Что получится ({shown})")
        self.tabs.setTabText(1, f"Замечания ({len(problems)})")
        self.note.setText(_tally(preview) if preview else "")

    def focus_places(self) -> Places:
        return None, self.sheet.placing

    def save_state(self) -> None:
        self.facts.save_state()
        self.problems.save_state()


def _rows(mapping: TableMap) -> tuple[str, ...]:
    """Return the rows of choices: the field, and what tells procedures side by side apart."""
    if mapping.kind is not TableKind.SIDE_BY_SIDE:
        return ("field",)
    more = (part for part in ("grade", "year") if _from_header(mapping, part))
    return ("field", "subject", *more)


def _from_header(mapping: TableMap, part: str) -> bool:
    origin = mapping.origins.get(part)
    return origin is not None and origin.how is How.HEADER


def _reasons(reasons: tuple[str, ...]) -> str:
    if not reasons:
        return ""
    shown = " ".join(reasons[:3])
    more = len(reasons) - 3
    return f"Осталось: {shown} И ещё {more}." if more > 0 else f"Осталось: {shown}"


def _tally(preview: Preview) -> str:
    rows = preview.tally
    data = counted(rows.data, "строка данных", "строки данных", "строк данных")
    parts = [data]
    if rows.totals:
        parts.append(f"итогов {rows.totals}")
    if rows.remarks:
        parts.append(f"примечаний {rows.remarks}")
    return ", ".join(parts)
