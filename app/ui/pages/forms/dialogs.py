"""What is asked before blanks are made, a reminder is written or a school is excused."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.services.forms import BoardRow, Expected, State
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.date_field import DateField
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.fitting import fit_height
from app.ui.widgets.text import label

_WIDTH = 460
_TEXT_HEIGHT = 80


class _Asking(QDialog):
    """A dialog with one column and two buttons; ``done`` is the accepting one."""

    def __init__(self, parent: QWidget, title: str, accept: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.column.setSpacing(GAP)
        self.buttons = QDialogButtonBox()
        self.accept_button = self.buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("role", "primary")
        self.buttons.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def add_deadline(self) -> DateField:
        """Add the field of the deadline; an empty one leaves a blank on paper."""
        self.column.addWidget(label("Срок (можно оставить пустым)"))
        field = DateField("Срок")
        self.column.addWidget(field)
        return field

    def finish(self) -> None:
        """Add the buttons and fix the size."""
        self.column.addSpacing(GAP)
        self.column.addWidget(self.buttons)
        fit_height(self, _WIDTH)


class BlanksDialog(_Asking):
    """Asks which blanks to make, until when and whether in one file."""

    def __init__(
        self, parent: QWidget, year: int, schools: str, expected: tuple[Expected, ...]
    ) -> None:
        super().__init__(parent, "Бланки для школ", "Выбрать папку…")
        self.column.addWidget(label(f"{year} год, {schools}", "heading", wrap=True))
        self.column.addWidget(
            label(
                "Школа заполняет жёлтые ячейки и возвращает тот же файл: программа узнает его "
                "по скрытой отметке, как бы он ни назывался.",
                "muted",
                wrap=True,
            )
        )
        self.checks = {one.blank: QCheckBox(one.title) for one in expected if one.blank}
        for check in self.checks.values():
            check.setChecked(True)
            check.toggled.connect(self._on_change)
            self.column.addWidget(check)
        self.deadline = self.add_deadline()
        self.deadline.textChanged.connect(self._on_change)
        self.together = QCheckBox("Все школы в одном файле (для печати или своих нужд)")
        self.column.addWidget(self.together)
        self.finish()

    @property
    def forms(self) -> tuple[str, ...]:
        """Keys of the chosen blanks; at least one when the dialog was accepted."""
        return tuple(key for key, check in self.checks.items() if check.isChecked())

    def _on_change(self) -> None:
        self.accept_button.setEnabled(bool(self.forms) and self.deadline.is_valid())


class ReminderDialog(_Asking):
    """Asks until when the schools are to answer the reminder."""

    def __init__(self, parent: QWidget, year: int, schools: str) -> None:
        super().__init__(parent, "Напоминание", "Записать письмо…")
        self.column.addWidget(label(f"{year} год, {schools}", "heading", wrap=True))
        self.field = self.add_deadline()
        self.field.textChanged.connect(self._on_change)
        self.finish()

    @property
    def deadline(self) -> date | None:
        """The date, or None to leave a blank in the letter."""
        return self.field.value()

    def _on_change(self) -> None:
        self.accept_button.setEnabled(self.field.is_valid())


class ExcuseDialog(_Asking):
    """Asks what a school need not hand in and why; an empty reason takes an excuse back."""

    def __init__(self, parent: QWidget, row: BoardRow, expected: tuple[Expected, ...]) -> None:
        super().__init__(parent, "Освободить от сдачи", "Сохранить")
        self._row = row
        self.column.addWidget(label(row.school, "heading", wrap=True))
        self.form_choice = ElidedCombo()
        self.form_choice.setAccessibleName("Форма")
        for one in expected:
            if row.cells[one.key].state is not State.NOT_NEEDED:
                self.form_choice.addItem(one.title, one.key)
        self.column.addWidget(label("Форма"))
        self.column.addWidget(self.form_choice)
        self.column.addWidget(label("Причина (очистите поле, чтобы снять освобождение)"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Причина")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.text.setPlaceholderText("Например: выпускников 11 класса в этом году нет")
        self.column.addWidget(self.text)
        self.form_choice.currentIndexChanged.connect(self._on_form)
        self.text.textChanged.connect(self._on_text)
        self.finish()
        self._on_form()

    @property
    def form(self) -> str:
        """Key of the chosen form."""
        return str(self.form_choice.currentData())

    @property
    def reason(self) -> str:
        """Why; empty to take the excuse back."""
        return self.text.toPlainText().strip()

    def _known(self) -> str:
        cell = self._row.cells[self.form]
        return cell.why if cell.state is State.EXCUSED else ""

    def _on_form(self) -> None:
        self.text.setPlainText(self._known())
        self._on_text()

    def _on_text(self) -> None:
        self.accept_button.setEnabled(self.reason != self._known())
