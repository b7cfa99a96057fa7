"""The view of the tab «Документы»: the form, the register, the preview."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.enums import DocumentStatus
from app.services.documents import DocumentRow
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.page import Page
from app.ui.pages.documents.columns import DOCUMENTS
from app.ui.pages.documents.form import OrderForm
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_LEFT_WIDTH = 460


class DocumentsPage(Page):
    """Shows what the presenter tells it; every wish of the person is a signal."""

    key = "documents"
    title = "Документы"

    entered = Signal()
    office_wanted = Signal()
    save_wanted = Signal(str)
    """Ending of the file to write: .pdf or .docx."""
    register_wanted = Signal()
    stored_wanted = Signal(int)
    """Show the registered document of that id."""
    sign_wanted = Signal(int)
    revoke_wanted = Signal(int)
    next_step_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._build()
        self._connect()
        self._on_row(None)
        self.show_empty("Составляю приказ…", "", "")

    def _build(self) -> None:
        self._build_bar()
        self.form = OrderForm()
        self.remarks = label(role="warning", wrap=True)
        self.remarks.hide()
        self.preview = PdfView(self._context.tasks)
        self.empty = EmptyState()
        self.views = QStackedWidget()
        self.views.addWidget(self.preview)
        self.views.addWidget(self.empty)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(MARGIN)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self.splitter.addWidget(self._left())
        self.splitter.addWidget(self._right())
        self.splitter.setStretchFactor(1, 1)
        position = self._context.state.blob("documents/splitter")
        if position.isEmpty() or not self.splitter.restoreState(position):
            self.splitter.setSizes([_LEFT_WIDTH, 10_000])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.splitter, 1)

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.note = self.bar.add_note()
        self.office = self.bar.add_action("Реквизиты учреждения…")
        self.keep = self.bar.add_action("В реестр")
        self.keep.setToolTip("Записать приказ в реестр как проект, со всем, что в нём сказано")
        self.docx = self.bar.add_action("Сохранить DOCX…")
        self.pdf = self.bar.add_action("Сохранить PDF…", primary=True)

    def _left(self) -> QWidget:
        form_panel = QWidget()
        form_panel.setObjectName("panel")
        inside = QVBoxLayout(form_panel)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.form)
        inside.addStretch()
        self.model: TableModel[DocumentRow] = TableModel(DOCUMENTS, lambda row: row.id, self)
        self.table = TableView(self.model, "documents", "Реестр документов", self._context.state)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(form_panel)
        column.addLayout(self._register_line())
        self.no_papers = label(
            "Реестр пуст. Кнопка «В реестр» запишет приказ вместе со всем, что в нём сказано.",
            "muted",
            wrap=True,
        )
        self.no_papers.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.papers = QStackedWidget()
        self.papers.addWidget(self.table)
        self.papers.addWidget(self.no_papers)
        column.addWidget(self.papers, 1)
        return left

    def _register_line(self) -> QHBoxLayout:
        self.sign = QPushButton("Подписан…")
        self.sign.setToolTip("Записать номер и дату; после этого документ не изменится")
        self.revoke = QPushButton("Отменить…")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(label("Реестр документов", "heading"))
        row.addStretch()
        row.addWidget(self.sign)
        row.addWidget(self.revoke)
        return row

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.remarks)
        column.addWidget(self.views, 1)
        return right

    def _connect(self) -> None:
        self.office.clicked.connect(self.office_wanted)
        self.keep.clicked.connect(self.register_wanted)
        self.pdf.clicked.connect(self._on_pdf)
        self.docx.clicked.connect(self._on_docx)
        self.sign.clicked.connect(self._on_sign)
        self.revoke.clicked.connect(self._on_revoke)
        self.empty.chosen.connect(self.next_step_wanted)
        self.table.current_row_changed.connect(self._on_row)
        self.table.activated.connect(self._on_open)
        self.table.clicked.connect(self._on_open)

    # What the presenter uses.

    def show_document(
        self, pdf: bytes, sizes: tuple[tuple[float, float], ...], remarks: Sequence[str], note: str
    ) -> None:
        """Show the pages, what to check before signing, and which document it is."""
        self.views.setCurrentWidget(self.preview)
        self.preview.show_pdf(pdf, sizes)
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))
        self.note.setText(note)
        self._allow(True)

    def show_empty(self, heading: str, sentence: str, button: str) -> None:
        """Say why there is no document and what to do."""
        self.empty.say(heading, sentence, button)
        self.views.setCurrentWidget(self.empty)
        self.remarks.hide()
        self.note.setText("")
        self._allow(False)

    def show_register(self, rows: Sequence[DocumentRow]) -> None:
        """Show the register, newest first."""
        self.model.set_rows(rows)
        self.papers.setCurrentWidget(self.table if rows else self.no_papers)
        self._on_row(self.table.current())

    def _allow(self, allowed: bool) -> None:
        for button in (self.pdf, self.docx, self.keep):
            button.setEnabled(allowed)

    # The page's own.

    def enter(self) -> None:
        self.form.number.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entered.emit()

    def save_state(self) -> None:
        self.table.save_state()
        self._context.state.put("documents/splitter", self.splitter.saveState())

    def _on_pdf(self) -> None:
        self.save_wanted.emit(".pdf")

    def _on_docx(self) -> None:
        self.save_wanted.emit(".docx")

    def _on_row(self, row: DocumentRow | None) -> None:
        self.sign.setEnabled(row is not None and row.status is DocumentStatus.DRAFT)
        self.revoke.setEnabled(row is not None and row.status is not DocumentStatus.CANCELLED)

    def _on_open(self) -> None:
        row = self.table.current()
        if row is not None:
            self.stored_wanted.emit(row.id)

    def _on_sign(self) -> None:
        row = self.table.current()
        if row is not None:
            self.sign_wanted.emit(row.id)

    def _on_revoke(self) -> None:
        row = self.table.current()
        if row is not None:
            self.revoke_wanted.emit(row.id)
