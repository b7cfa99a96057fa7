"""The printable card of a school on the screen, to be saved as PDF or DOCX."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from app.services import documents
from app.services.documents import Content
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.tasks import Task
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size
from app.ui.widgets.pdf_view import PdfView, page_sizes
from app.ui.widgets.text import label
from app.ui.widgets.zoom_bar import ZoomBar

_SIZE = (760, 680)
_FILTERS = {".pdf": "Документ PDF (*.pdf)", ".docx": "Документ Word (*.docx)"}


class _Made(NamedTuple):
    content: Content
    pdf: bytes
    sizes: tuple[tuple[float, float], ...]


class CardPreview(QDialog):
    """Makes the card in the worker; closing it drops what is still on its way."""

    def __init__(self, context: Context, school_id: int, year: int) -> None:
        super().__init__(context.window)
        self._context = context
        self._made: _Made | None = None
        self.setWindowTitle("Карточка школы")
        open_size(self, *_SIZE)
        self._build()
        self._making: Task | None = context.tasks.database.call(
            "Составляю карточку", _make, context.workspace, school_id, year
        )
        self._making.done.connect(self._on_made)

    def _build(self) -> None:
        self.note = label("Составляю карточку…", "muted", wrap=True)
        self.view = PdfView(self._context.tasks)
        self.docx = QPushButton("Сохранить DOCX…")
        self.pdf = QPushButton("Сохранить PDF…")
        self.pdf.setProperty("role", "primary")
        self.docx.setAutoDefault(False)
        self.pdf.setDefault(True)
        self.leave_button = QPushButton("Закрыть")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.docx)
        row.addWidget(self.pdf)
        row.addStretch()
        row.addWidget(self.leave_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.note)
        column.addWidget(ZoomBar(self.view, self._context.state))
        column.addWidget(self.view, 1)
        column.addLayout(row)
        self.docx.clicked.connect(self._on_docx)
        self.pdf.clicked.connect(self._on_pdf)
        self.leave_button.clicked.connect(self.accept)
        self._allow(False)

    def leave(self) -> None:
        """Drop the card that is still on its way."""
        if self._making is not None:
            self._making.abandon()

    def _allow(self, allowed: bool) -> None:
        self.docx.setEnabled(allowed)
        self.pdf.setEnabled(allowed)

    def _on_made(self, made: _Made) -> None:
        self._making = None
        self._made = made
        self.view.show_pdf(made.pdf, made.sizes)
        pages = len(made.sizes)
        self.note.setText(
            "Так карточка выйдет на бумаге; в DOCX её можно править."
            if pages == 1
            else f"Сведений много: карточка заняла страниц – {pages}."
        )
        self._allow(True)

    def _on_pdf(self) -> None:
        self._save(".pdf")

    def _on_docx(self) -> None:
        self._save(".docx")

    def _save(self, ending: str) -> None:
        if self._made is None:
            return
        proposed = Path(documents.file_name(self._made.content) + ending)
        path = prompts.save_file(self, "Сохранить карточку", proposed, _FILTERS[ending])
        if path is not None:
            path = path if path.suffix.casefold() == ending else path.with_name(path.name + ending)
            task = self._context.tasks.files.call(
                "Записываю карточку", documents.write, self._made.content, path
            )
            task.done.connect(self._on_saved)

    def _on_saved(self, path: Path) -> None:
        self.note.setText(f"Файл записан: {path}")


def _make(workspace: Workspace, school_id: int, year: int) -> _Made:
    content = documents.build_school_card(workspace, school_id, year)
    pdf = documents.render_pdf(content)
    return _Made(content, pdf, page_sizes(pdf))
