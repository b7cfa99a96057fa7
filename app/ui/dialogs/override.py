"""The dialog that departs from the computed category; a reason is required."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.models.enums import Category
from app.ui.category_chips import category_chip, category_word
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.fitting import fit_height
from app.ui.widgets.text import label

_WIDTH = 480
_TEXT_HEIGHT = 96
CHOICES = (
    Category.SHNOR_SHNSU,
    Category.SHNOR,
    Category.SHNSU,
    Category.RISK_ZONE,
    Category.NONE,
)


class OverrideDialog(QDialog):
    """``category`` and ``reason`` hold the answer when the dialog was accepted."""

    def __init__(
        self,
        parent: QWidget,
        school: str,
        computed: Category | None,
        current: Category,
        sentence: str,
    ) -> None:
        """``computed`` is None for a school without data.

        ``sentence`` is what the rules alone say, in the office's terms already.
        """
        super().__init__(parent)
        self.setWindowTitle("Изменить категорию")
        self._build(school, computed, current, sentence)
        self.text.textChanged.connect(self._on_text)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._on_text()

    def _build(
        self, school: str, computed: Category | None, current: Category, sentence: str
    ) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(school, "heading", wrap=True))
        column.addWidget(label(_computed(computed, sentence), "muted", wrap=True))
        self.choice = ElidedCombo()
        self.choice.setAccessibleName("Новая категория")
        for category in CHOICES:
            self.choice.addItem(category_word(category), category)
        self.choice.setCurrentIndex(max(self.choice.findData(current), 0))
        column.addWidget(label("Категория"))
        column.addWidget(self.choice)
        column.addWidget(label("Причина (обязательно, останется в истории решений)"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Причина")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.text.setPlaceholderText("Например: решение комиссии, протокол и дата")
        column.addWidget(self.text)
        self.buttons = QDialogButtonBox()
        self.store = self.buttons.addButton(
            "Сохранить решение", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.store.setProperty("role", "primary")
        self.buttons.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        column.addSpacing(GAP)
        column.addWidget(self.buttons)
        fit_height(self, _WIDTH)

    @property
    def category(self) -> Category:
        """The category that the person chose."""
        return Category(self.choice.currentData())

    @property
    def reason(self) -> str:
        """Why; not empty when the dialog was accepted."""
        return self.text.toPlainText().strip()

    def _on_text(self) -> None:
        self.store.setEnabled(bool(self.reason))


def _computed(category: Category | None, sentence: str) -> str:
    return f"По расчёту: {category_chip(category).word}. {sentence}"
