"""Doing again what was taken back: in order, after a restart, and never over a newer change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, update

from app.errors import UserError
from app.models.database import Database
from app.models.enums import BatchStatus, ProgrammeKind
from app.models.imports import ImportBatch
from app.models.office import Office
from app.models.programmes import Programme
from app.models.schools import School
from app.services import registry, settings
from app.services.changes import ChangeSet, Topic
from app.services.journal import (
    Action,
    next_redo,
    next_undo,
    redo_last,
    take_back_load,
    undo_last,
)
from app.services.schools import school_card
from app.services.settings import OfficeDetails
from app.services.workspace import Workspace
from tests.stored import add_school

DETAILS = OfficeDetails(
    full_name="Управление образования администрации Речного района",
    short_name="Управление образования",
    place="с. Речное",
    head_post="Начальник",
    head_name="Образцова Анна Петровна",
    executor_name="Примерова Мария Ивановна",
    executor_phone="8 (00000) 2-00-01",
    emblem=None,
)
MOVED = replace(DETAILS, place="г. Речной")


def place(workspace: Workspace) -> str | None:
    """Return where the office stands; None before it was ever entered."""
    stored = settings.office(workspace)
    return stored.place if stored else None


def test_what_was_taken_back_is_done_again_in_order_and_after_a_restart(
    workspace: Workspace,
) -> None:
    settings.save_office(workspace, DETAILS)
    settings.save_office(workspace, MOVED)
    assert next_redo(workspace) is None
    undo_last(workspace)
    undo_last(workspace)
    assert place(workspace) is None
    workspace.database.close()
    again = Workspace(Database(workspace.database.path), workspace.archive)
    assert next_redo(again) == "данные учреждения"
    outcome = redo_last(again)
    assert (outcome.done, outcome.message) == (True, "Повторено: данные учреждения.")
    assert outcome.changes == ChangeSet.of(Topic.OFFICE)
    assert settings.office(again) == DETAILS
    redo_last(again)
    assert settings.office(again) == MOVED
    assert (next_redo(again), redo_last(again).message) == (None, "Повторять нечего.")
    undo_last(again)
    assert place(again) == "с. Речное"


def test_a_new_action_ends_what_could_be_done_again(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    settings.save_office(workspace, MOVED)
    undo_last(workspace)
    settings.save_office(workspace, replace(DETAILS, place="п. Новый"))
    assert next_redo(workspace) is None
    assert not redo_last(workspace).done
    assert place(workspace) == "п. Новый"


def test_what_a_newer_action_discarded_never_comes_back(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    settings.save_office(workspace, replace(DETAILS, place="п. Брошенный"))
    undo_last(workspace)
    settings.save_office(workspace, MOVED)
    undo_last(workspace)
    assert redo_last(workspace).done
    assert place(workspace) == "г. Речной"
    assert next_redo(workspace) is None


def test_typing_that_goes_on_with_an_older_action_ends_what_could_be_done_again(
    workspace: Workspace,
) -> None:
    settings.save_office(workspace, DETAILS)
    _type(workspace, "с")
    settings.save_office(workspace, MOVED)
    undo_last(workspace)
    _type(workspace, "с. Но")
    assert next_redo(workspace) is None
    assert not redo_last(workspace).done
    assert place(workspace) == "с. Но"
    undo_last(workspace)
    assert place(workspace) == "с. Речное", "what was typed in two goes is one action"


def _type(workspace: Workspace, typed: str) -> None:
    with workspace.database.write() as session, Action(session, "ввод", joins=True) as action:
        action.update(Office, 1, {"place": typed})


def test_a_change_that_came_between_is_not_lost(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    settings.save_office(workspace, MOVED)
    undo_last(workspace)
    with workspace.database.write() as session:
        session.execute(update(Office).values(place="д. Другая"))
    with pytest.raises(UserError, match="с тех пор изменились"):
        redo_last(workspace)
    assert place(workspace) == "д. Другая"
    assert next_redo(workspace) == "данные учреждения"


def test_a_row_of_what_is_gone_is_refused_with_its_reason(workspace: Workspace) -> None:
    school = add_school(workspace, "МБОУ СОШ № 3")
    registry.add_alias(workspace, school, "Третья школа")
    undo_last(workspace)
    with workspace.database.write() as session:
        session.execute(delete(School).where(School.id == school))
    with pytest.raises(UserError, match="больше нет"):
        redo_last(workspace)
    assert next_undo(workspace) is None


def test_an_inserted_row_comes_back_under_its_own_number(workspace: Workspace) -> None:
    school = add_school(workspace, "МБОУ СОШ № 3")
    registry.add_alias(workspace, school, "Третья школа")
    before = school_card(workspace, school).aliases
    undo_last(workspace)
    assert school_card(workspace, school).aliases == ()
    redo_last(workspace)
    assert school_card(workspace, school).aliases == before


def test_a_load_is_passed_over_by_undo_and_by_redo(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    programme = _load_a_programme(workspace)
    assert next_undo(workspace) == "данные учреждения"
    assert undo_last(workspace).message == "Отменено: данные учреждения."
    assert (undo_last(workspace).message, place(workspace)) == ("Отменять нечего.", None)
    assert _programmes(workspace) == [programme], "the load stands, whole"
    assert next_redo(workspace) == "данные учреждения", "the load standing does not hide it"
    assert redo_last(workspace).done
    assert place(workspace) == "с. Речное"


def test_rows_of_a_load_go_and_come_only_with_the_load(workspace: Workspace) -> None:
    programme = _load_a_programme(workspace)
    assert (next_undo(workspace), undo_last(workspace).done) == (None, False)
    with workspace.database.write() as session:
        done = take_back_load(session, session.scalars(select(ImportBatch.id)).one())
    assert (done.removed["programme"], _programmes(workspace)) == (1, [])
    assert (next_redo(workspace), redo_last(workspace).done) == (None, False)
    assert _programmes(workspace) != [programme]


def _load_a_programme(workspace: Workspace) -> int:
    """Store what a load does: a row of the journal under the number of the load."""
    now = datetime.now(UTC)
    with workspace.database.write() as session:
        batch = ImportBatch(
            label="стик", started_at=now, finished_at=now, status=BatchStatus.APPLIED
        )
        session.add(batch)
        session.flush()
        with Action(session, "показатели из таблицы: 1", batch.id) as action:
            values = {"kind": ProgrammeKind.PROGRAMME, "title": "Программа района"}
            return action.insert(Programme, values | {"first_year": 2025, "last_year": 2027})


def _programmes(workspace: Workspace) -> list[int]:
    with workspace.database.read() as session:
        return list(session.scalars(select(Programme.id)))
