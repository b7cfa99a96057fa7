"""The question about all schools of another district: what it asks, and what its answer is."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from app.services.importing import Answer, SchoolQuestion, SchoolRef
from app.ui.pages.importing.questions import QuestionsDialog

DISTRICT = SchoolQuestion(
    "район",
    SchoolRef((), "Муниципалитет «Чужой округ»"),
    "Список.xlsx, лист «1», ячейка C4",
    46,
    can_create=False,
    schools=23,
)
SCHOOL = SchoolQuestion("школа", SchoolRef((), "Озёрная школа"), "Список.xlsx, ячейка A9", 2)


def opened(qtbot: QtBot, *questions: SchoolQuestion) -> QuestionsDialog:
    dialog = QuestionsDialog(questions, {}, None)
    qtbot.addWidget(dialog)
    return dialog


def test_a_district_is_asked_about_as_one_and_is_left_or_waits(
    look: QApplication, qtbot: QtBot
) -> None:
    dialog = opened(qtbot, DISTRICT)
    assert dialog.windowTitle() == "Чьи это школы?"
    told = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "Ни одной школы этого муниципалитета в базе нет" in told
    assert "не удалось сопоставить" not in told
    choice = dialog.choices["район"]
    assert [one.text() for one in choice.findChildren(QRadioButton)] == [
        "Не наш муниципалитет – пропускать все 23 школы",
        "Решить позже – строки подождут в карантине",
    ]
    assert dialog.answers() == {}
    choice.choose(Answer.SKIP)
    assert dialog.answers() == {"район": Answer.SKIP}


def test_districts_and_schools_are_told_apart(look: QApplication, qtbot: QtBot) -> None:
    dialog = opened(qtbot, SCHOOL, DISTRICT)
    assert dialog.windowTitle() == "Какая это школа?"
    assert list(dialog.choices) == ["район", "школа"]
    told = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "Ни одной школы" in told
    assert "не удалось сопоставить" in told
