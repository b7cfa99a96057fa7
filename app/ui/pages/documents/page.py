"""The view of the tab «Документы»: the form, the register, the preview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.enums import DocumentStatus
from app.services.documents import (
    Choice,
    Choices,
    DocumentRow,
    OrderRequest,
    PaperRequest,
    Place,
    Request,
    papers,
)
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.page import Page
from app.ui.pages.documents.columns import DOCUMENTS
from app.ui.pages.documents.draft_line import DraftLine
from app.ui.pages.documents.findings import FindingsPane
from app.ui.pages.documents.form import OrderForm
from app.ui.pages.documents.kind_forms import PaperForm, ProgrammeForm
from app.ui.theme.metrics import GAP, GRID, MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.paper_actions import PaperActions
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label
from app.ui.widgets.zoom_bar import ZoomBar

_LEFT_WIDTH = 460
_FINDINGS = 168
_ABOVE = 24
"""Pixels that stay over a place that is shown."""
_KEEP = (
    "Записать документ в реестр как проект, со всем, что в нём сказано.\n"
    "Записанное по ошибке сразу убирает Ctrl+Z"
)
_KEPT = "Этот документ уже в реестре; новый составляется по полям слева"
_BACK = "Снова показать документ, который составляется по этим полям"
DocumentForm = OrderForm | PaperForm | ProgrammeForm


class _Forms(QStackedWidget):
    """As tall as the form that is shown: a stack asks for the room of its tallest one."""

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        form = self.currentWidget()
        if form is None:
            return 0
        return form.heightForWidth(width) if form.hasHeightForWidth() else form.sizeHint().height()


class DocumentsPage(Page):
    """Shows what the presenter tells it; every wish of the person is a signal."""

    key = "documents"
    title = "Документы"

    entered = Signal()
    leaving = Signal()
    """The window closes: what is typed has to be kept by now."""
    office_wanted = Signal()
    save_wanted = Signal(object)
    """Endings of the files to write: .pdf, .docx or both."""
    print_wanted = Signal()
    cards_wanted = Signal()
    programme_wanted = Signal()
    """Put together the chosen programme block by block."""
    register_wanted = Signal()
    stored_wanted = Signal(int)
    """Show the registered document of that id."""
    draft_wanted = Signal()
    """Show the paper of the form again."""
    sign_wanted = Signal(int)
    revoke_wanted = Signal(int)
    next_step_wanted = Signal()
    request_changed = Signal()
    """Another kind was chosen, or a field of its form has settled."""
    compare_wanted = Signal(int)
    """Tell what the data say otherwise than the registered document of that id."""
    wording_wanted = Signal()
    """Say the sentences of the paper on the screen otherwise."""
    number_wanted = Signal(int)
    attach_wanted = Signal(int)
    amend_wanted = Signal(int)
    base_wanted = Signal(int)
    """Begin a new paper with what the registered document of that id says."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.place)
        self._context = context
        self._another_kind = False
        """The next document shown is of another kind: it begins with its first page."""
        self._build()
        self._connect()
        self._on_row(None)
        self.show_empty("Составляю приказ…", "", "")

    def _build(self) -> None:
        # From the outside inwards: Qt styles a widget anew with every one that it is put into.
        self._build_bar()
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        left = self._left()
        self.remarks = label(role="warning", wrap=True)
        self.remarks.hide()
        self.preview = PdfView(self._context.tasks)
        self.empty = EmptyState()
        self.views = QStackedWidget()
        self.views.addWidget(self.preview)
        self.views.addWidget(self.empty)
        self.findings = FindingsPane(self._context.state)
        self.splitter.setHandleWidth(MARGIN)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self.splitter.addWidget(left)
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
        self.bar = FilterBar(self)
        self.note = self.bar.add_note()
        self.office = self.bar.add_action("Реквизиты учреждения…")
        self.keep = self.bar.add_action("В реестр")
        self.keep.setToolTip(_KEEP)
        self.cards = self.bar.add_action("Карточки школ…")
        self.cards.setToolTip("Напечатать карточки всех или выбранных школ разом")
        self.files = PaperActions(self.bar)

    def _build_forms(self, panel: QWidget) -> None:
        self.kind = QComboBox(panel)
        self.kind.setAccessibleName("Вид документа")
        self.kind.setToolTip("Какой документ составить")
        self.kind.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.kind.setMinimumContentsLength(20)
        self.kind.setMaxVisibleItems(24)
        self.back = QPushButton("К черновику", panel)
        self.draft_line = DraftLine(panel)
        self.form_area = QScrollArea(panel)
        self.form = OrderForm()
        self.forms: dict[str, DocumentForm] = {}
        self._stack = _Forms(self.form_area.viewport())
        for key, title, form in self._all_forms():
            self.forms[key] = form
            self.kind.addItem(title, key)
            self._stack.addWidget(form)
        self.form_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the fields inside have it
        self.form_area.setWidgetResizable(True)
        self.form_area.setFrameShape(QFrame.Shape.NoFrame)
        self.form_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form_area.setWidget(self._stack)

    def _all_forms(self) -> Iterator[tuple[str, str, DocumentForm]]:
        yield "order", "Приказ об утверждении перечня", self.form
        yield "programme", "Муниципальная программа", ProgrammeForm()
        for key, spec in sorted(papers().items(), key=lambda item: item[1].name):
            yield key, spec.name, PaperForm(spec)

    def _left(self) -> QWidget:
        left = QWidget(self.splitter)
        form_panel = QWidget(left)
        form_panel.setObjectName("panel")
        self._build_forms(form_panel)
        inside = QVBoxLayout(form_panel)
        inside.setContentsMargins(MARGIN, MARGIN, 0, 0)
        inside.setSpacing(GAP)
        upper = QHBoxLayout()
        upper.setContentsMargins(0, 0, MARGIN, 0)
        upper.setSpacing(GAP)
        upper.addWidget(self.kind, 1)
        self.back.setToolTip(_BACK)
        self.back.hide()
        upper.addWidget(self.back)
        inside.addLayout(upper)
        inside.addWidget(self.draft_line)
        inside.addWidget(self.form_area, 1)
        self.model: TableModel[DocumentRow] = TableModel(DOCUMENTS, lambda row: row.id, self)
        self.table = TableView(self.model, "documents", "Реестр документов", self._context.state)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(form_panel, 3)
        column.addLayout(self._register_line())
        self.no_papers = label(
            "Реестр пуст. Кнопка «В реестр» запишет документ вместе со всем, что в нём сказано.",
            "muted",
            wrap=True,
        )
        self.no_papers.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.papers = QStackedWidget()
        self.papers.addWidget(self.table)
        self.papers.addWidget(self.no_papers)
        column.addWidget(self.papers, 2)
        return left

    def _register_line(self) -> QHBoxLayout:
        self.sign = QPushButton("Подписан…")
        self.sign.setToolTip("Записать номер и дату; после этого документ не изменится")
        self.revoke = QPushButton("Отменить…")
        self.revoke.setToolTip("Пометить отменённым: документ и его номер останутся в реестре")
        self.more = QPushButton("Ещё")
        self.more.setToolTip("Номер, сканы, сравнение с нынешними данными")
        self.more.setMenu(self._more_menu())
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(label("Реестр документов", "heading"))
        row.addStretch()
        row.addWidget(self.sign)
        row.addWidget(self.revoke)
        row.addWidget(self.more)
        return row

    def _more_menu(self) -> QMenu:
        """Return what is done with a registered document more seldom."""
        menu = QMenu(self)
        self.enter_number = menu.addAction("Дать номер и дату…")
        self.compare = menu.addAction("Что изменилось в данных с тех пор")
        self.base = menu.addAction("Взять за основу нового")
        self.amend = menu.addAction("Составить приказ о внесении изменений")
        self.attach = menu.addAction("Приложить скан или подпись…")
        return menu

    def _right(self) -> QWidget:
        right = QWidget(self.splitter)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self.zoom = ZoomBar(self.preview, self._context.state)
        column.addWidget(self.remarks)
        line = QHBoxLayout()
        line.addWidget(self.findings.switch)
        line.addWidget(self.zoom, 1)
        column.addLayout(line)
        self.pages = QSplitter(Qt.Orientation.Vertical)
        self.pages.setHandleWidth(GAP)
        self.pages.setChildrenCollapsible(False)
        self.pages.addWidget(self.views)
        self.pages.addWidget(self.findings)
        self.pages.setStretchFactor(0, 1)
        self.pages.setSizes([10_000, _FINDINGS])
        column.addWidget(self.pages, 1)
        return right

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        for form in self.forms.values():
            form.changed.connect(self.request_changed)
        self.office.clicked.connect(self.office_wanted)
        self.keep.clicked.connect(self.register_wanted)
        self.back.clicked.connect(self.draft_wanted)
        self.files.save_wanted.connect(self.save_wanted)
        self.files.print_wanted.connect(self.print_wanted)
        self.cards.clicked.connect(self.cards_wanted)
        for form in self.forms.values():
            if isinstance(form, ProgrammeForm):
                form.build.clicked.connect(self.programme_wanted)
            if isinstance(form, PaperForm | OrderForm):
                form.wording.clicked.connect(self.wording_wanted)
        self.findings.place_wanted.connect(self._on_place)
        self.sign.clicked.connect(self._on_sign)
        self.revoke.clicked.connect(self._on_revoke)
        for action, wanted in (
            (self.enter_number, self.number_wanted),
            (self.compare, self.compare_wanted),
            (self.base, self.base_wanted),
            (self.amend, self.amend_wanted),
            (self.attach, self.attach_wanted),
        ):
            action.setData(wanted)
        self.more.menu().triggered.connect(self._on_more)
        self.empty.chosen.connect(self.next_step_wanted)
        self.table.current_row_changed.connect(self._on_row)
        self.table.activated.connect(self._on_open)
        self.table.clicked.connect(self._on_open)

    # What the presenter uses.

    def show_document(
        self,
        pdf: bytes,
        sizes: tuple[tuple[float, float], ...],
        remarks: Sequence[str],
        note: str,
        *,
        stored: bool = False,
    ) -> None:
        """Show the pages, what to check before signing, and which document it is.

        One that is ``stored`` in the register already is not written there again.
        """
        self.views.setCurrentWidget(self.preview)
        self.zoom.show()
        self.preview.show_pdf(pdf, sizes)
        if self._another_kind:
            self.preview.verticalScrollBar().setValue(0)
            self._another_kind = False
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))
        self.note.setText(note)
        self._allow(True)
        self.keep.setEnabled(not stored)
        self.keep.setToolTip(_KEPT if stored else _KEEP)

    def show_empty(self, heading: str, sentence: str, button: str) -> None:
        """Say why there is no document and what to do."""
        self.empty.say(heading, sentence, button)
        self.views.setCurrentWidget(self.empty)
        self.zoom.hide()
        self.remarks.hide()
        self.note.setText("")
        self.back.hide()
        self._allow(False)

    def show_register(self, rows: Sequence[DocumentRow]) -> None:
        """Show the register, newest first."""
        self.model.set_rows(rows)
        self.papers.setCurrentWidget(self.table if rows else self.no_papers)
        signed = tuple(_choice(row) for row in rows if row.status is DocumentStatus.SIGNED)
        for form in self.forms.values():
            if isinstance(form, PaperForm):
                form.offer_signed(signed)
        self._on_row(self.table.current())

    def let_go_back(self, over: bool) -> None:
        """Offer the way to the form's own paper where another one stands over it."""
        self.back.setVisible(over)

    def hurry_form(self) -> None:
        """What was typed a moment ago counts now."""
        self.current_form().hurry()

    def calm_forms(self) -> None:
        """What was typed so far waits in its form: it calls for no paper by itself."""
        for form in self.forms.values():
            form.calm()

    def current_form(self) -> DocumentForm:
        """Return the form of the chosen kind."""
        return self.forms[str(self.kind.currentData())]

    def form_of(self, request: OrderRequest | PaperRequest) -> OrderForm | PaperForm:
        """Return the form that describes such papers."""
        if isinstance(request, OrderRequest):
            return self.form
        form = self.forms[request.kind]
        if not isinstance(form, PaperForm):
            raise TypeError(f"no form of a paper: {form!r}")
        return form

    def take(self, request: OrderRequest | PaperRequest) -> None:
        """Let the form of its kind begin with what the request says, and show that paper."""
        form = self.form_of(request)
        match form, request:
            case OrderForm(), OrderRequest():
                form.take(request)
            case PaperForm(), PaperRequest():
                form.take(request)
        place = self.kind.findData(form.kind)
        if self.kind.currentIndex() == place:
            self.request_changed.emit()
        else:
            self.kind.setCurrentIndex(place)

    def note_written(self, request: Request | None) -> str:
        """A paper is in the register; return the kind whose form describes the next one now."""
        match request:
            case OrderRequest():
                self.form.written(request)
                return self.form.kind
            case PaperRequest(kind=kind):
                form = self.forms[kind]
                if isinstance(form, PaperForm):
                    form.written(request)
                return kind
        return ""

    def offer(self, listed: Choices) -> None:
        """Let every form choose among these schools and programmes."""
        for form in self.forms.values():
            if isinstance(form, PaperForm | ProgrammeForm):
                form.offer(listed)

    def _allow(self, allowed: bool) -> None:
        self.files.allow(allowed)
        self.keep.setEnabled(allowed)

    # The page's own.

    def enter(self) -> None:
        self.zoom.recall()
        self.form.number.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entered.emit()

    def save_state(self) -> None:
        self.leaving.emit()
        self.table.save_state()
        self.findings.table.save_state()
        self._context.state.put("documents/splitter", self.splitter.saveState())

    def _on_kind(self, index: int) -> None:
        # A stack is as tall as its tallest form: the others must not ask for room.
        for place in range(self._stack.count()):
            policy = QSizePolicy.Policy.Preferred if place == index else QSizePolicy.Policy.Ignored
            self._stack.widget(place).setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self._stack.setCurrentIndex(index)
        self.form_area.verticalScrollBar().setValue(0)
        self._another_kind = True
        self.request_changed.emit()

    def _on_place(self, place: Place) -> None:
        self.preview.show_place(place.page, place.top, _ABOVE)

    def _on_row(self, row: DocumentRow | None) -> None:
        drafts = (DocumentStatus.DRAFT, DocumentStatus.REGISTERED)
        self.sign.setEnabled(row is not None and row.status in drafts)
        self.more.setEnabled(row is not None)
        self.enter_number.setEnabled(row is not None and row.status is DocumentStatus.DRAFT)
        for action in (self.compare, self.base):
            action.setEnabled(row is not None and row.can_compare)
        signed = row is not None and row.status is DocumentStatus.SIGNED
        self.amend.setEnabled(row is not None and signed and row.can_compare)
        self.revoke.setEnabled(row is not None and row.status is not DocumentStatus.CANCELLED)

    def _on_open(self) -> None:
        row = self.table.current()
        if row is not None:
            self.stored_wanted.emit(row.id)

    def _on_more(self, action: QAction) -> None:
        row = self.table.current()
        if row is not None:
            action.data().emit(row.id)

    def _on_sign(self) -> None:
        row = self.table.current()
        if row is not None:
            self.sign_wanted.emit(row.id)

    def _on_revoke(self) -> None:
        row = self.table.current()
        if row is not None:
            self.revoke_wanted.emit(row.id)


def _choice(row: DocumentRow) -> Choice:
    """Return a signed paper to choose: «№ 12 от 04.02.2026, Об утверждении…»."""
    day = f" от {row.date:%d.%m.%Y}" if row.date else ""
    return Choice(row.id, f"№ {row.number}{day}, {row.title}")
