"""The dialog that takes number and date of a signed document."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.services.documents import DocumentRow
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.date_field import DateField
from app.ui.widgets.text import label


class SignDialog(QDialog):
    """Lets the person go on only with a number and a date."""

    def __init__(
        self, row: DocumentRow, parent: QWidget | None, *, registering: bool = False
    ) -> None:
        super().__init__(parent)
        self._registering = registering
        self.setWindowTitle("Регистрация документа" if registering else "Документ подписан")
        self.number = QLineEdit(row.number)
        self.number.setAccessibleName("Номер")
        self.day = DateField("Дата")
        self.day.set_value(row.date)
        self._build(row)
        self.number.textChanged.connect(self._check)
        self.day.textChanged.connect(self._check)
        self._check()

    def values(self) -> tuple[str, date]:
        """Return number and date; only of an accepted dialog."""
        day = self.day.value()
        if day is None:
            raise RuntimeError("the dialog was accepted without a date")
        return self.number.text().strip(), day

    def _build(self, row: DocumentRow) -> None:
        self.buttons = QDialogButtonBox()
        done = "Зарегистрировать" if self._registering else "Подписан"
        self.sign = self.buttons.addButton(done, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow("Номер", self.number)
        form.addRow("Дата", self.day)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(row.title, "heading", wrap=True))
        column.addLayout(form)
        what = (
            "Номер закрепится за документом; подписание отмечается потом."
            if self._registering
            else "Подписанный документ больше не изменится; ошибочный помечают отменённым."
        )
        what += " Отметку, поставленную по ошибке, сразу вернёт Ctrl+Z."
        column.addWidget(label(what, "muted", wrap=True))
        column.addWidget(self.buttons)
        self.setMinimumWidth(420)

    def _check(self) -> None:
        self.sign.setEnabled(bool(self.number.text().strip()) and self.day.value() is not None)
