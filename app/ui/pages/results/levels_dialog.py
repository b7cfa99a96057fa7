"""The levels of the tasks of a work, as its description gives them: basic or advanced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.services.analysis import Level
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.text import label

_UNKNOWN = "не указан"
_EXPLAINED = (
    "Файлы не говорят, какого уровня задание. Уровень есть в описании работы: от него зависит "
    "граница – 60 % для базового, 30 % для повышенного и высокого (рекомендации ФИОКО 2026 года)."
)
_WIDTH, _HEIGHT = 480, 520


class LevelsDialog(QDialog):
    """Accepted when the person wants the levels stored."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        codes: Sequence[str],
        known: Mapping[str, Level],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Уровни заданий")
        self.resize(_WIDTH, _HEIGHT)
        self.levels: dict[str, QComboBox] = {}
        self._build(title, codes, known)
        self.accept_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.all_basic.clicked.connect(self._on_all_basic)

    def _build(self, title: str, codes: Sequence[str], known: Mapping[str, Level]) -> None:
        content = QWidget()
        form = QFormLayout(content)
        form.setHorizontalSpacing(MARGIN)
        form.setVerticalSpacing(GAP)
        for code in codes:
            self.levels[code] = _combo(code, known.get(code))
            form.addRow(f"Задание {code}", self.levels[code])
        area = QScrollArea()
        area.setAccessibleName("Уровни заданий")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the lists inside have it
        area.setWidgetResizable(True)
        area.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(title, "heading", wrap=True))
        column.addWidget(label(_EXPLAINED, "muted", wrap=True))
        column.addWidget(area, 1)
        column.addLayout(self._build_buttons())

    def _build_buttons(self) -> QHBoxLayout:
        self.all_basic = QPushButton("Остальные – базовые")
        self.all_basic.setToolTip("Поставить базовый уровень там, где он не указан")
        self.all_basic.setAutoDefault(False)
        self.cancel_button = QPushButton("Отмена")
        self.accept_button = QPushButton("Сохранить уровни")
        self.accept_button.setProperty("role", "primary")
        self.accept_button.setDefault(True)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.all_basic)
        line.addStretch()
        line.addWidget(self.accept_button)
        line.addWidget(self.cancel_button)
        return line

    def chosen(self) -> dict[str, Level]:
        """Return the levels that are marked, by code of the task."""
        return {
            code: Level(combo.currentData())
            for code, combo in self.levels.items()
            if combo.currentData() is not None
        }

    def _on_all_basic(self) -> None:
        for combo in self.levels.values():
            if combo.currentData() is None:
                combo.setCurrentIndex(combo.findData(Level.BASIC))


def _combo(code: str, known: Level | None) -> QComboBox:
    combo = ElidedCombo()
    combo.setAccessibleName(f"Уровень задания {code}")
    combo.addItem(_UNKNOWN, None)
    for level in Level:
        combo.addItem(level.value, level)
    combo.setCurrentIndex(0 if known is None else combo.findData(known))
    return combo
