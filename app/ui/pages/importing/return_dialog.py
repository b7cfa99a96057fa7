"""The dialog before a file goes back to a school: which school, until when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.services.schools import SchoolRow
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.date_field import DateField
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.fitting import fit_height
from app.ui.widgets.text import label

_WIDTH = 460
_EACH = "each"


class ReturnDialog(QDialog):
    """``school_id`` and ``deadline`` hold the answer when the dialog was accepted."""

    def __init__(
        self, parent: QWidget, path: str, schools: Sequence[SchoolRow], found: Collection[str]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Вернуть школе")
        self._build(path, schools)
        if len(found) > 1:
            self.school.insertItem(1, "Каждой школе – её строки", _EACH)
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
                "Из таблицы многих школ в копию попадают заголовок и строки одной школы; чужие "
                "строки убираются.",
                "muted",
                wrap=True,
            )
        )
        self.school = ElidedCombo()
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
        """The chosen school; None for ``each``, and while nothing is chosen."""
        chosen: int | str | None = self.school.currentData()
        return chosen if isinstance(chosen, int) else None

    @property
    def each(self) -> bool:
        """Every school of the table gets its own rows."""
        return bool(self.school.currentData() == _EACH)

    @property
    def deadline(self) -> date | None:
        """The date, or None to leave a blank in the letter."""
        return self.field.value()

    def _on_change(self) -> None:
        chosen = self.each or self.school_id is not None
        self.go.setEnabled(chosen and self.field.is_valid())
