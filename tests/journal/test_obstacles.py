"""Taking back and doing again where other rows stand in the way: refused with their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import delete, insert

from app.errors import UserError
from app.models.base import Base
from app.models.decisions import Decision, Methodology
from app.models.enums import Basis, Category, ProgrammeKind, RoadmapMode
from app.models.papers import OwnText
from app.models.programmes import Programme
from app.models.roadmaps import Roadmap
from app.models.schools import School, SchoolAlias
from app.services import programmes, registry
from app.services.journal import Action, next_redo, next_undo, redo_last, undo_last
from app.services.schools import school_card
from app.services.workspace import Workspace
from tests.stored import MOMENT, add_school

PROGRAMME = {
    "kind": ProgrammeKind.PROGRAMME,
    "title": "Программа района",
    "first_year": 2025,
    "last_year": 2027,
}
RULES = {
    "key": "general",
    "version": 1,
    "title": "Общее правило",
    "first_year": 2025,
    "last_year": None,
    "body": {},
    "stored_at": MOMENT,
}


def act(workspace: Workspace, model: type[Base], values: Mapping[str, Any]) -> int:
    """Add a row as a person does."""
    with workspace.database.write() as session, Action(session, "добавление") as action:
        return action.insert(model, values)


def plan_of(workspace: Workspace, programme_id: int) -> None:
    """Store a plan of a programme past the journal, as a load does."""
    plan = {"mode": RoadmapMode.SIMPLE, "title": "План на год", "position": 1}
    with workspace.database.write() as session:
        session.execute(insert(Roadmap).values(**plan, programme_id=programme_id))


def test_a_deletion_is_not_done_again_under_rows_that_came_since(workspace: Workspace) -> None:
    programme = act(workspace, Programme, PROGRAMME)
    programmes.delete_programme(workspace, programme)
    undo_last(workspace)
    plan_of(workspace, programme)
    again = next_redo(workspace)
    for _ in range(2):
        with pytest.raises(
            UserError, match="появились позже: дорожные карты «План на год»"
        ) as refusal:
            redo_last(workspace)
    assert refusal.value.message.startswith("Повторить действие «удаление")
    assert "дорожные карты" in refusal.value.message
    assert refusal.value.hint
    assert next_redo(workspace) == again
    assert [one.title for one in programmes.list_programmes(workspace)] == ["Программа района"]


def test_an_addition_is_not_taken_back_under_rows_that_came_since(workspace: Workspace) -> None:
    plan_of(workspace, act(workspace, Programme, PROGRAMME))
    with pytest.raises(UserError, match="дорожные карты «План на год»") as refusal:
        undo_last(workspace)
    assert refusal.value.message.startswith("Отменить действие «добавление»")
    assert next_undo(workspace) == "добавление"


def test_a_deletion_is_not_taken_back_when_the_owner_is_gone(workspace: Workspace) -> None:
    school = add_school(workspace, "МБОУ СОШ № 3")
    registry.add_alias(workspace, school, "Третья школа")
    with workspace.database.write() as session, Action(session, "удаление") as action:
        action.delete(SchoolAlias, school_card(workspace, school).aliases[0].id)
    with workspace.database.write() as session:
        session.execute(delete(School).where(School.id == school))
    with pytest.raises(UserError, match="к чему оно относится, больше нет: школы"):
        undo_last(workspace)


def test_a_value_that_another_row_took_since_is_named(workspace: Workspace) -> None:
    text = {"key": "order/about", "text": "О мерах", "changed_at": MOMENT}
    act(workspace, OwnText, text)
    undo_last(workspace)
    with workspace.database.write() as session:
        session.execute(insert(OwnText).values(id=77, **text))
    with pytest.raises(UserError, match=r"занято.*: свои тексты документов «О мерах»") as refusal:
        redo_last(workspace)
    assert refusal.value.hint
    assert next_undo(workspace) is None


def test_a_value_goes_from_one_row_to_another_and_back(workspace: Workspace) -> None:
    first = act(workspace, OwnText, {"key": "a", "text": "1", "changed_at": MOMENT})
    second = act(workspace, OwnText, {"key": "b", "text": "2", "changed_at": MOMENT})
    with workspace.database.write() as session, Action(session, "передача") as action:
        action.update(OwnText, first, {"text": "3"})
        action.delete(OwnText, second)
        action.update(OwnText, first, {"key": "b"})
    before, after = {first: "a", second: "b"}, {first: "b"}
    assert keys(workspace) == after
    for _ in range(2):
        undo_last(workspace)
        assert keys(workspace) == before
        redo_last(workspace)
        assert keys(workspace) == after


def test_values_that_changed_around_go_back_together(workspace: Workspace) -> None:
    first = act(workspace, OwnText, {"key": "a", "text": "1", "changed_at": MOMENT})
    second = act(workspace, OwnText, {"key": "b", "text": "2", "changed_at": MOMENT})
    with workspace.database.write() as session, Action(session, "обмен") as action:
        action.update(OwnText, first, {"key": "между"})
        action.update(OwnText, second, {"key": "a"})
        action.update(OwnText, first, {"key": "b"})
    before, after = {first: "a", second: "b"}, {first: "b", second: "a"}
    for _ in range(2):
        undo_last(workspace)
        assert keys(workspace) == before
        redo_last(workspace)
        assert keys(workspace) == after


def test_of_values_that_changed_around_the_row_in_the_way_is_named(workspace: Workspace) -> None:
    first = act(workspace, OwnText, {"key": "a", "text": "первый", "changed_at": MOMENT})
    second = act(workspace, OwnText, {"key": "b", "text": "второй", "changed_at": MOMENT})
    with workspace.database.write() as session, Action(session, "обмен") as action:
        action.update(OwnText, first, {"key": "c"})
        action.update(OwnText, second, {"key": "a"})
    with workspace.database.write() as session:
        taken = {"key": "b", "text": "чужой", "changed_at": MOMENT}
        session.execute(insert(OwnText).values(**taken))
    with pytest.raises(UserError, match=r"занято.*: свои тексты документов «чужой»"):
        undo_last(workspace)
    assert list(keys(workspace).values()) == ["c", "a", "b"]


def test_of_two_decisions_one_alone_comes_back_in_force(workspace: Workspace) -> None:
    decision = {
        "school_id": add_school(workspace, "МБОУ СОШ № 3"),
        "year": 2025,
        "category": Category.SHNOR,
        "basis": Basis.MANUAL,
        "computed_category": Category.NONE,
        "computed_reason": "",
        "methodology_id": _stored_rules(workspace),
        "decided_at": MOMENT,
    }
    number = act(workspace, Decision, decision)
    with workspace.database.write() as session, Action(session, "снятие") as action:
        action.update(Decision, number, {"current": False})
    with workspace.database.write() as session:
        session.execute(insert(Decision).values(decision))
    with pytest.raises(UserError, match=r"занято другой записью: решения\."):
        undo_last(workspace)


def _stored_rules(workspace: Workspace) -> int:
    with workspace.database.write() as session:
        added = session.execute(insert(Methodology).values(RULES).returning(Methodology.id))
        return int(added.scalar_one())


def keys(workspace: Workspace) -> dict[int, str]:
    """Return the key of each text by its number."""
    with workspace.database.read() as session:
        return {row.id: row.key for row in session.query(OwnText)}
