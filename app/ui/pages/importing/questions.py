"""The dialog that asks, once each, which school a file means and how days of an exam count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
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

from app.models.enums import DaysAnswer
from app.services.importing import ANSWER_TITLES
from app.services.importing.plan import Answer, DaysQuestion, SchoolQuestion
from app.ui.numbers import counted
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size
from app.ui.widgets.text import label, line

_SIZE = (720, 520)


_SCHOOLS = (
    "Эти школы не удалось сопоставить однозначно. Ответ запоминается: про ту же школу "
    "программа больше не спросит. Без ответа строки школы подождут в карантине."
)
_DISTRICTS = (
    "Ни одной школы этого муниципалитета в базе нет. Ответ один на все его школы и запоминается, "
    "в том числе для новых. Если муниципалитет ваш, оставьте «Решить позже» и загрузите сначала "
    "реестр школ: тогда программа узнает их или спросит о каждой."
)
_DAYS = (
    "Экзамен сдавали не в один день: пересдача, резервный день или другой период. Ответ "
    "запоминается для этого экзамена и года, изменить его можно в журнале загрузок. Без ответа "
    "первый день загрузится, остальные строки подождут в карантине."
)


_CHANGED = (
    "Загруженные результаты этого экзамена пересчитаются сразу; прежние останутся в истории, и "
    "действие можно отменить (Ctrl+Z)."
)


class QuestionsDialog(QDialog):
    """Lists what the program will not guess: schools, days of exams; answers are remembered."""

    def __init__(
        self,
        questions: Sequence[SchoolQuestion],
        answers: Mapping[str, int | Answer],
        parent: QWidget | None,
        days: Sequence[DaysQuestion] = (),
        said: Mapping[str, DaysAnswer] | None = None,
        *,
        remembered: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_title(questions, days))
        open_size(self, *_SIZE)
        self.choices: dict[str, AnswerChoice] = {}
        self.day_choices: dict[str, DaysChoice] = {}
        self._remembered = remembered
        self._build(questions, answers, days, said or {})

    def answers(self) -> dict[str, int | Answer]:
        """Return the given answers by the key of the question; open ones are left out."""
        return {
            key: answer
            for key, choice in self.choices.items()
            if (answer := choice.answer()) is not None
        }

    def days(self) -> dict[str, DaysAnswer]:
        """Return the given answers about days by the key of the question."""
        return {
            key: answer
            for key, choice in self.day_choices.items()
            if (answer := choice.answer()) is not None
        }

    def _build(
        self,
        questions: Sequence[SchoolQuestion],
        answers: Mapping[str, int | Answer],
        days: Sequence[DaysQuestion],
        said: Mapping[str, DaysAnswer],
    ) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setSpacing(GAP)
        for of_district, told in ((True, _DISTRICTS), (False, _SCHOOLS)):
            asked = [one for one in questions if one.of_district is of_district]
            if asked:
                rows.addWidget(label(told, "muted", wrap=True))
            for question in asked:
                self._add(rows, question, answers.get(question.key))
        if days:
            rows.addWidget(label(_CHANGED if self._remembered else _DAYS, "muted", wrap=True))
        for one in days:
            self._add_days(rows, one, said.get(one.key))
        rows.addStretch()
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the answers inside have it
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

    def _add_days(
        self, rows: QVBoxLayout, question: DaysQuestion, answer: DaysAnswer | None
    ) -> None:
        rows.addWidget(label(question.item, "heading", wrap=True))
        rows.addWidget(label(_days_details(question), "muted", wrap=True))
        choice = DaysChoice(question, later=not self._remembered)
        choice.choose(answer or question.proposed)
        rows.addWidget(choice)
        rows.addWidget(line())
        self.day_choices[question.key] = choice

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        apply = box.addButton("Запомнить ответы", QDialogButtonBox.ButtonRole.AcceptRole)
        apply.setProperty("role", "primary")
        box.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box


def _title(questions: Sequence[SchoolQuestion], days: Sequence[DaysQuestion]) -> str:
    """Return the title of a window that asks these questions."""
    if questions and days:
        return "Вопросы плана"
    if not questions:
        return "Как считать дни экзамена?"
    return "Чьи это школы?" if all(one.of_district for one in questions) else "Какая это школа?"


def _days_details(question: DaysQuestion) -> str:
    """Return what is known of the days: which, how many schools, who sat it twice."""
    parts = [", ".join(f"{day:%d.%m.%Y}" for day in question.days), question.where]
    if question.rows:
        parts.append(counted(question.rows, "строка ждёт", "строки ждут", "строк ждут"))
    if question.again:
        parts.append(f"сдавали дважды: {question.again} чел.")
    if question.blind:
        parts.append("кто сдавал дважды, видно, только если загрузить все дни вместе")
    return " · ".join(part for part in parts if part)


class _Choice(QWidget):
    """Answers to one question, all in sight."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._answers: list[Any] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP, 0, 0, 0)
        self._column.setSpacing(GAP // 2)

    def _add(self, text: str, answer: object) -> None:
        button = QRadioButton(text)
        self._group.addButton(button, len(self._answers))
        self._answers.append(answer)
        self._column.addWidget(button)

    def _choose(self, answer: object) -> None:
        known = answer if answer in self._answers else None
        self._group.button(self._answers.index(known)).setChecked(True)


class AnswerChoice(_Choice):
    """The answers about a school: known schools with why, a new one, not ours."""

    def __init__(self, question: SchoolQuestion) -> None:
        super().__init__(f"Ответ о школе {question.name or question.codes}")
        for one in question.candidates:
            self._add(f"Это {one.name} – {one.why}, сходство {one.score} из 100", one.school_id)
        if question.can_create:
            self._add("Это новая школа – добавить её", Answer.NEW)
        if question.of_district:
            schools = counted(question.schools, "школу", "школы", "школ")
            self._add(f"Не наш муниципалитет – пропускать все {schools}", Answer.SKIP)
        else:
            self._add("Не наша школа – пропускать её строки", Answer.SKIP)
        self._add("Решить позже – строки подождут в карантине", None)
        self.choose(None)

    def answer(self) -> int | Answer | None:
        """Return the chosen answer; None to decide later."""
        answer: int | Answer | None = self._answers[self._group.checkedId()]
        return answer

    def choose(self, answer: int | Answer | None) -> None:
        """Choose an answer; an unknown one means to decide later."""
        self._choose(answer)


class DaysChoice(_Choice):
    """The answers about the days of an exam; the proposed one is called so and chosen."""

    def __init__(self, question: DaysQuestion, *, later: bool = True) -> None:
        super().__init__(f"Ответ о днях экзамена {question.item}")
        for answer, title in ANSWER_TITLES.items():
            proposed = " (предлагается)" if later and answer is question.proposed else ""
            self._add(f"{title[:1].upper()}{title[1:]}{proposed}", answer)
        if later:
            self._add("Решить позже – строки подождут в карантине", None)
        self.choose(question.proposed)

    def answer(self) -> DaysAnswer | None:
        """Return the chosen answer; None to decide later."""
        answer: DaysAnswer | None = self._answers[self._group.checkedId()]
        return answer

    def choose(self, answer: DaysAnswer | None) -> None:
        """Choose an answer; an unknown one means to decide later."""
        self._choose(answer)
