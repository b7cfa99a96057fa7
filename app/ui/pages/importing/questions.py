"""The dialog that asks, once per school, which school a file means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QRadioButton,
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
        self.choices: dict[str, AnswerChoice] = {}
        self._build(questions, answers)

    def answers(self) -> dict[str, int | Answer]:
        """Return the given answers by the key of the question; open ones are left out."""
        return {
            key: answer
            for key, choice in self.choices.items()
            if (answer := choice.answer()) is not None
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
                "программа больше не спросит. Без ответа строки школы подождут в карантине.",
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
        choice = AnswerChoice(question)
        choice.choose(answer)
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


class AnswerChoice(QWidget):
    """The answers to one question, all in sight: known schools with why, a new one, not ours."""

    def __init__(self, question: SchoolQuestion) -> None:
        super().__init__()
        self.setAccessibleName(f"Ответ о школе {question.name or question.codes}")
        self._group = QButtonGroup(self)
        self._answers: list[int | Answer | None] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP, 0, 0, 0)
        self._column.setSpacing(GAP // 2)
        for one in question.candidates:
            self._add(f"Это {one.name} — {one.why}, сходство {one.score} из 100", one.school_id)
        if question.can_create:
            self._add("Это новая школа — добавить её", Answer.NEW)
        self._add("Не наша школа — пропускать её строки", Answer.SKIP)
        self._add("Решить позже — строки подождут в карантине", None)
        self.choose(None)

    def answer(self) -> int | Answer | None:
        """Return the chosen answer; None to decide later."""
        return self._answers[self._group.checkedId()]

    def choose(self, answer: int | Answer | None) -> None:
        """Choose an answer; an unknown one means to decide later."""
        known = answer if answer in self._answers else None
        self._group.button(self._answers.index(known)).setChecked(True)

    def _add(self, text: str, answer: int | Answer | None) -> None:
        button = QRadioButton(text)
        self._group.addButton(button, len(self._answers))
        self._answers.append(answer)
        self._column.addWidget(button)
