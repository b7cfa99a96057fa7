"""Small forms of the dialog about a school's names and codes: a code, and how a school ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.models.enums import CodeSystem
from app.services.registry import CodeDetails, Ending
from app.services.schools import CodeValue, SchoolRow
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.date_field import DateField
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.fitting import fit_height
from app.ui.widgets.text import label

_WIDTH = 440


class _Form(QDialog):
    """A column of labelled fields with «Сохранить» and «Отмена»."""

    def __init__(self, parent: QWidget, title: str, heading: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.column.setSpacing(GAP)
        self.column.addWidget(label(heading, "heading", wrap=True))

    def add(self, title: str, field: QWidget) -> None:
        """Add a field under its title."""
        self.column.addWidget(label(title))
        field.setAccessibleName(title)
        self.column.addWidget(field)

    def finish(self) -> None:
        """Add the buttons and settle the height."""
        buttons = QDialogButtonBox()
        self.store = buttons.addButton("Сохранить", QDialogButtonBox.ButtonRole.AcceptRole)
        self.store.setProperty("role", "primary")
        buttons.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.column.addSpacing(GAP)
        self.column.addWidget(buttons)
        fit_height(self, _WIDTH)


class CodeForm(_Form):
    """``details`` hold the answer when the form was accepted."""

    def __init__(self, parent: QWidget, school: str, known: CodeValue | None = None) -> None:
        super().__init__(parent, "Код школы", school)
        self.system = ElidedCombo()
        for system in CodeSystem:
            self.system.addItem(system.value, system)
        self.code = QLineEdit()
        self.since, self.until = DateField("С какого дня"), DateField("По какой день")
        self.add("Чей код", self.system)
        self.add("Код", self.code)
        self.add("Действует с (можно оставить пустым)", self.since)
        self.add("Действовал по (пусто – действует)", self.until)
        if known is not None:
            self.system.setCurrentIndex(self.system.findData(known.system))
            self.system.setEnabled(False)
            self.code.setText(known.code)
            self.code.setEnabled(known.source is None)
            self.since.set_value(known.since)
            self.until.set_value(known.until)
        self.finish()
        for field in (self.code, self.since, self.until):
            field.textChanged.connect(self._on_change)
        self._on_change()

    @property
    def details(self) -> CodeDetails:
        """What the person entered."""
        return CodeDetails(
            CodeSystem(self.system.currentData()),
            self.code.text(),
            self.since.value(),
            self.until.value(),
        )

    def _on_change(self) -> None:
        valid = self.since.is_valid() and self.until.is_valid()
        self.store.setEnabled(valid and bool(self.code.text().strip()))


class EndingForm(_Form):
    """``ending`` holds the answer when the form was accepted."""

    def __init__(self, parent: QWidget, school: str, others: Sequence[SchoolRow]) -> None:
        super().__init__(parent, "Школа больше не действует", school)
        self.successor = ElidedCombo()
        self.successor.addItem("закрыта, ни к какой не присоединена", None)
        for row in others:
            self.successor.addItem(f"присоединена к: {row.short_name}", row.id)
        self.day = DateField("С какого дня")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Например: постановление от 01.08.2025 № 7")
        self.add("Что произошло", self.successor)
        self.add("С какого дня", self.day)
        self.add("Основание", self.reason)
        self.column.addWidget(
            label(
                "Результаты и сведения школы остаются на её карточке. Строки файлов за более "
                "поздние годы программа спросит, к какой школе отнести.",
                "muted",
                wrap=True,
            )
        )
        self.finish()
        for field in (self.day, self.reason):
            field.textChanged.connect(self._on_change)
        self._on_change()

    @property
    def ending(self) -> Ending:
        """What the person entered."""
        return Ending(self.reason.text(), self.day.value(), self.successor.currentData())

    def _on_change(self) -> None:
        self.store.setEnabled(self.day.is_valid() and bool(self.reason.text().strip()))
