"""The dialog that marks which resources a school is short of; a reason is required."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.services.methodology import Deficit
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import fit_height
from app.ui.widgets.text import label

_WIDTH = 460


class DeficitsDialog(QDialog):
    """``deficits`` and ``reason`` hold the answer when the dialog was accepted."""

    def __init__(
        self, parent: QWidget, school: str, year: int, marked: AbstractSet[Deficit] | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Дефицит ресурсов за {year} год")
        self._build(school, marked or frozenset())
        for box in self.boxes.values():
            box.toggled.connect(self._on_change)
        self.text.textChanged.connect(self._on_change)
        self._on_change()

    def _build(self, school: str, marked: AbstractSet[Deficit]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(school, "heading", wrap=True))
        column.addWidget(label("Каких ресурсов школе не хватает?", wrap=True))
        self.boxes = {kind: QCheckBox(kind.value) for kind in Deficit}
        for kind, box in self.boxes.items():
            box.setChecked(kind in marked)
            column.addWidget(box)
        column.addWidget(label("Основание"))
        self.text = QLineEdit()
        self.text.setAccessibleName("Основание")
        self.text.setPlaceholderText("Например: расчётная карта школы, акт и дата")
        column.addWidget(self.text)
        column.addWidget(
            label("Ничего не отмечено – значит, проверено: дефицита нет.", "muted", wrap=True)
        )
        buttons = QDialogButtonBox()
        self.store = buttons.addButton("Сохранить", QDialogButtonBox.ButtonRole.AcceptRole)
        self.store.setProperty("role", "primary")
        buttons.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        fit_height(self, _WIDTH)

    @property
    def deficits(self) -> frozenset[Deficit]:
        """What the person ticked."""
        return frozenset(kind for kind, box in self.boxes.items() if box.isChecked())

    @property
    def reason(self) -> str:
        """Where it is known from; not empty when anything is ticked and accepted."""
        return self.text.text().strip()

    def _on_change(self, *_value: object) -> None:
        self.store.setEnabled(not self.deficits or bool(self.reason))
