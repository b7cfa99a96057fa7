"""The dialog that asks, once per school, which school a file means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.services.importing.plan import Answer, SchoolQuestion
from app.ui.numbers import counted
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.text import label, line

_SIZE = (720, 520)


class QuestionsDialog(QDialog):
    """Lists the schools that the program will not guess; every answer is remembered."""

    def __init__(
        self,
        questions: Sequence[SchoolQuestion],
        answers: Mapping[str, int | Answer],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Какая это школа?")
        self.resize(*_SIZE)
        self.choices: dict[str, QComboBox] = {}
        self._build(questions, answers)

    def answers(self) -> dict[str, int | Answer]:
        """Return the given answers by the key of the question; open ones are left out."""
        return {
            key: choice.currentData()
            for key, choice in self.choices.items()
            if choice.currentData() is not None
        }

    def _build(
        self, questions: Sequence[SchoolQuestion], answers: Mapping[str, int | Answer]
    ) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(
            label(
                "Эти школы не удалось сопоставить однозначно. Ответ запоминается: про ту же школу "
                "программа больше не спросит. Без ответа строки школы останутся отложенными.",
                "muted",
                wrap=True,
            )
        )
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setSpacing(GAP)
        for question in questions:
            self._add(rows, question, answers.get(question.key))
        rows.addStretch()
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        column.addWidget(area, 1)
        column.addWidget(self._buttons())

    def _add(
        self, rows: QVBoxLayout, question: SchoolQuestion, answer: int | Answer | None
    ) -> None:
        rows.addWidget(label(question.name or "Название не указано", "heading", wrap=True))
        waiting = counted(question.rows, "строка", "строки", "строк")
        details = " · ".join(part for part in (question.codes, question.where, waiting) if part)
        rows.addWidget(label(details, "muted", wrap=True))
        choice = _choice(question)
        position = choice.findData(answer) if answer is not None else 0
        choice.setCurrentIndex(max(position, 0))
        rows.addWidget(choice)
        rows.addWidget(line())
        self.choices[question.key] = choice

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        apply = box.addButton("Запомнить ответы", QDialogButtonBox.ButtonRole.AcceptRole)
        apply.setProperty("role", "primary")
        box.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box


def _choice(question: SchoolQuestion) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(f"Ответ о школе {question.name or question.codes}")
    choice.addItem("Решить позже — строки останутся отложенными", None)
    for candidate in question.candidates:
        choice.addItem(f"Это {candidate.name} — {candidate.why}", candidate.school_id)
    if question.can_create:
        choice.addItem("Это новая школа — добавить её", Answer.NEW)
    choice.addItem("Не наша школа — пропускать её строки", Answer.SKIP)
    return choice
