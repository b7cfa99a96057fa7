"""Remarks on what was done: a state is proposed where it is certain, the text is kept always."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.models.enums import ActivityStatus
from app.services.importing import Decisions, PlanChoice, apply, discard, prepare, revise
from app.services.progress import NoProgress
from app.services.roadmap import list_roadmaps, open_roadmap
from app.services.roadmap.states import is_state_column, proposed_state, read_state
from app.services.workspace import Workspace
from tests.importing.word_tables import document

DONE, PARTLY = ActivityStatus.DONE, ActivityStatus.PARTLY
MOVED, NOT_NEEDED = ActivityStatus.MOVED, ActivityStatus.NOT_NEEDED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Выполнено", DONE),
        ("исполнено.", DONE),
        ("Выполнено в полном объёме", DONE),
        ("Мероприятие проведено, протокол № 2", DONE),
        ("да", DONE),
        ("+", DONE),
        ("100 %", DONE),
        ("Выполнено на 50 %", PARTLY),
        ("50 % выполнено", PARTLY),
        ("Выполнено на 60,5 %", PARTLY),
        ("60,5 % выполнено", PARTLY),
        ("Реализовано на 75 процентов", PARTLY),
        ("Проведено, охвачено 85 процентов педагогов", None),
        ("Исполнено (75 %)", PARTLY),
        ("Выполнено примерно на 40%", PARTLY),
        ("Выполнено на 99,9 %", PARTLY),
        ("Выполнено на 100,0 %", DONE),
        ("85 % педагогов охвачено, проведено", None),
        ("50 % учителей прошли курсы, мероприятие проведено полностью", None),
        ("Выполнено 12.03.2024, качество знаний 47 %", None),
        ("Проведено, охвачено 85 % педагогов", None),
        ("выполнено частично", PARTLY),
        ("Частично: не все школы", PARTLY),
        ("Перенесено на март", MOVED),
        ("Не проведено, перенесено на 2025 год", MOVED),
        ("Не требуется", NOT_NEEDED),
        ("Отменено в связи с карантином", NOT_NEEDED),
        ("не выполнено", None),
        ("в работе", None),
        ("выполняется", None),
        ("Будет выполнено в мае", None),
        ("Проведено 3 семинара, один перенесён", None),
        ("Проведено 3, не проведено 1", None),
        ("Протокол № 5", None),
        ("нет", None),
        ("–", None),
    ],
)
def test_a_remark(text: str, status: ActivityStatus | None) -> None:
    found = read_state(text)
    assert (found.text, found.status) == (text, status)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Выполнено 15.03.2024", date(2024, 3, 15)),
        ("Выполнено 31.02.2024", None),
        ("Выполнено 01.03.2024 и 05.04.2024", None),
        ("Выполнено", None),
    ],
)
def test_the_day_of_a_remark(text: str, day: date | None) -> None:
    assert read_state(text).done_on == day


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("Отметка о выполнении", True),
        ("Отметка об исполнении (дата)", True),
        ("Статус", True),
        ("Информация о выполнении", True),
        ("Фактическое исполнение", True),
        ("Ход реализации", True),
        ("Исполнители", False),
        ("Примечание", False),
        ("Финансирование", False),
    ],
)
def test_which_columns_hold_remarks(title: str, is_one: bool) -> None:
    assert is_state_column(title) is is_one


def test_two_remarks_that_differ_are_not_chosen_from() -> None:
    cells = {"Статус": "выполнено", "Отметка о выполнении": "перенесено", "Школы": "все"}
    found = proposed_state(cells)
    assert found is not None
    assert (found.status, found.text) == (None, "выполнено; перенесено")
    assert proposed_state({"Школы": "выполнено"}) is None


ROWS = [
    ["№", "Мероприятие", "Срок", "Отметка о выполнении"],
    ["1", "Сбор", "март 2024", "Выполнено 15.03.2024"],
    ["2", "Слёт", "май 2024", "перенесено на осень"],
    ["3", "Чтения", "июнь 2024", "в работе"],
    ["4", "Курсы", "июль 2024", ""],
]


def test_a_roadmap_with_remarks(tmp_path: Path, workspace: Workspace) -> None:
    rows = ROWS
    plan = prepare(workspace, [document(tmp_path / "п.docx", rows)], NoProgress())
    said = [one.message for file in plan.files for one in file.findings]
    apply(workspace, plan, NoProgress())
    view = open_roadmap(workspace, list_roadmaps(workspace)[0].id)
    found = [(one.status, one.status_note, one.done_on) for one in view.activities]
    planned = ActivityStatus.PLANNED
    assert found == [
        (DONE, "Выполнено 15.03.2024", date(2024, 3, 15)),
        (MOVED, "перенесено на осень", None),
        (planned, "", None),
        (planned, "", None),
    ]
    kept = [one.extra.get("Отметка о выполнении", "") for one in view.activities]
    assert kept == [row[3] for row in rows[1:]]
    assert said == [
        "По отметкам о выполнении предложены состояния: выполнено – 1, перенесено – 1.",
        "Отметки, по которым состояние не ясно: «в работе».",
    ]


def test_states_that_a_person_declines_stay_texts(tmp_path: Path, workspace: Workspace) -> None:
    paths = [document(tmp_path / "п.docx", ROWS)]
    plan = prepare(workspace, paths, NoProgress())
    (file,) = plan.files
    (proposal,) = file.plans
    assert (proposal.remarks, proposal.states) == (2, True)
    choices = {(file.path, proposal.sheet): PlanChoice(states=False)}
    plan = revise(workspace, plan, Decisions(plans=choices))
    (proposal,) = plan.files[0].plans
    assert (proposal.remarks, proposal.states) == (2, False)
    said = plan.files[0].findings[0].message
    assert "состояния не ставятся: выполнено – 1, перенесено – 1" in said
    apply(workspace, plan, NoProgress())
    view = open_roadmap(workspace, list_roadmaps(workspace)[0].id)
    assert {one.status for one in view.activities} == {ActivityStatus.PLANNED}
    kept = [one.extra.get("Отметка о выполнении", "") for one in view.activities]
    assert kept == [row[3] for row in ROWS[1:]]
    again = prepare(workspace, paths, NoProgress())
    assert not again.stores_anything
    discard(again)
