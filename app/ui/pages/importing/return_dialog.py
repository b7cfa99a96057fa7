"""The dialog before a file goes back to a school: which school, until when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.services.schools import SchoolRow
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.date_field import DateField
from app.ui.widgets.fitting import fit_height
from app.ui.widgets.text import label

_WIDTH = 460


class ReturnDialog(QDialog):
    """``school_id`` and ``deadline`` hold the answer when the dialog was accepted."""

    def __init__(
        self, parent: QWidget, path: str, schools: Sequence[SchoolRow], found: Collection[str]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Вернуть школе")
        self._build(path, schools)
        known = [row.id for row in schools if row.short_name in found]
        if len(known) == 1:
            self.school.setCurrentIndex(self.school.findData(known[0]))
        self.school.currentIndexChanged.connect(self._on_change)
        self.field.textChanged.connect(self._on_change)
        self._on_change()

    def _build(self, path: str, schools: Sequence[SchoolRow]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(path, "heading", wrap=True))
        column.addWidget(
            label(
                "Будут записаны копия файла с красными ячейками и письмо (Word и PDF). "
                "Файл, в котором строки нескольких школ, не копируется: уйдёт только письмо.",
                "muted",
                wrap=True,
            )
        )
        self.school = QComboBox()
        self.school.setAccessibleName("Школа")
        self.school.addItem("Выберите школу", None)
        for row in schools:
            self.school.addItem(row.short_name, row.id)
        self.field = DateField("Срок")
        column.addWidget(label("Школа"))
        column.addWidget(self.school)
        column.addWidget(label("Исправить до (можно оставить пустым)"))
        column.addWidget(self.field)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton("Выбрать папку…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        buttons.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addSpacing(GAP)
        column.addWidget(buttons)
        fit_height(self, _WIDTH)

    @property
    def school_id(self) -> int | None:
        """The chosen school; not None when the dialog was accepted."""
        chosen: int | None = self.school.currentData()
        return chosen

    @property
    def deadline(self) -> date | None:
        """The date, or None to leave a blank in the letter."""
        return self.field.value()

    def _on_change(self) -> None:
        self.go.setEnabled(self.school_id is not None and self.field.is_valid())
