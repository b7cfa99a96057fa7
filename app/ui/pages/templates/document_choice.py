"""Asks for which document of the register a template is filled."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.services.documents import DocumentRow
from app.ui.itemmodels import TableModel
from app.ui.pages.templates.columns import DOCUMENTS
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_SIZE = (760, 420)


class DocumentChoice(QDialog):
    """The documents of one kind; the template takes the data as they are now."""

    def __init__(
        self, rows: tuple[DocumentRow, ...], template: str, state: WindowState, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Составить документ по шаблону")
        open_size(self, *_SIZE)
        model: TableModel[DocumentRow] = TableModel(DOCUMENTS, lambda row: row.id, self)
        self.table = TableView(model, "template-documents", "Документы реестра", state)
        buttons = QDialogButtonBox()
        accept = buttons.addButton("Выбрать файл…", QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setProperty("role", "primary")
        buttons.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(
            label(
                f"Шаблон «{template}» заполнится по документу реестра: его номером, датой, "
                "полями, таблицы – нынешними данными. Получится файл Word, PDF из него "
                "сохраняет сам Word.",
                "muted",
                wrap=True,
            )
        )
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        model.set_rows(rows)
        self.table.select_key(rows[0].id)

    @property
    def chosen(self) -> DocumentRow | None:
        """The document under the cursor."""
        return self.table.current()
