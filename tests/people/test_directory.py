"""The directory: schools by themselves, spellings joined, nobody in use deleted, cases proposed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.errors import UserError
from app.models.enums import (
    ActivityStatus,
    DocumentStatus,
    OrganizationKind,
    RoadmapMode,
    SupportRole,
)
from app.models.papers import Document
from app.models.roadmaps import Activity, ActivityResponsible, Roadmap
from app.models.support import Appointment, NetworkGroup, NetworkMember
from app.services import journal, people
from app.services.people import OrganizationForm, PersonForm, Who
from app.services.people.uses import references
from app.services.workspace import Workspace
from tests.stored import add_school

OFFICE = OrganizationForm("Управление образования Лесного района", OrganizationKind.OFFICE)
METHOD = OrganizationForm("Районный методический кабинет", OrganizationKind.METHOD_OFFICE)
MOMENT = datetime(2026, 2, 3, 9, 30, tzinfo=UTC)


def organization(workspace: Workspace, form: OrganizationForm) -> Who:
    return Who(form.name, organization_id=people.save_organization(workspace, form).id)


def somebody(workspace: Workspace, name: str, **more: Any) -> Who:
    return Who(name, person_id=people.save_person(workspace, PersonForm(name, **more)).id)


def add(workspace: Workspace, row: Any) -> int:
    with workspace.database.write() as session:
        session.add(row)
        session.flush()
        return int(row.id)


def activity(workspace: Workspace, **responsible: Any) -> None:
    roadmap = add(workspace, Roadmap(position=1, mode=RoadmapMode.SIMPLE, title="План"))
    values = {"position": 1, "search_key": "", "status": ActivityStatus.PLANNED}
    one = add(workspace, Activity(roadmap_id=roadmap, number="1.1", title="Семинар", **values))
    add(workspace, ActivityResponsible(activity_id=one, position=1, name="РМК", **responsible))


def test_schools_of_the_register_are_in_it_and_take_no_row_until_used(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 4")
    (row,) = people.list_organizations(workspace)
    assert (row.id, row.school_id, row.kind) == (None, school, OrganizationKind.SCHOOL)
    somebody(workspace, "Белкина Заря Ильинична", organization=row.who)
    (row,) = people.list_organizations(workspace)
    assert row.id is not None
    assert row.uses == 1
    assert people.list_people(workspace)[0].organization == "СОШ № 4"
    journal.undo_last(workspace)
    assert people.list_organizations(workspace)[0].id is None


def test_a_person_keeps_cases_and_refuses_what_is_no_name(workspace: Workspace) -> None:
    cases = people.proposed_name_cases("Белкина Заря Ильинична")
    assert cases["dative"] == "Белкиной Заре Ильиничне"
    assert people.proposed_post_cases("главный специалист")["genitive"] == "главного специалиста"
    assert people.proposed_cases("Районный методический кабинет")["instrumental"] == (
        "Районным методическим кабинетом"
    )
    assert people.proposed_name_cases("Белкина З.И.") == {}
    who = somebody(workspace, " Белкина  Заря Ильинична ", name_cases=cases)
    kept = people.person(workspace, who.person_id or 0)
    assert kept.name == "Белкина Заря Ильинична"
    assert kept.name_cases == cases
    for bad in ("", "  ", "Белкина 2"):
        with pytest.raises(UserError):
            people.save_person(workspace, PersonForm(bad))
    with pytest.raises(UserError, match="уже есть"):
        somebody(workspace, "БЕЛКИНА Заря Ильинична")
    with pytest.raises(UserError, match="не более 200"):
        somebody(workspace, "Я" * 201)
    with pytest.raises(UserError, match="больше нет"):
        people.save_person(workspace, PersonForm("Кто Нибудь"), 999)


def test_a_name_spelled_alike_is_sure_and_another_spelling_is_asked_once(
    workspace: Workspace,
) -> None:
    office, method = organization(workspace, OFFICE), organization(workspace, METHOD)
    same, short, part, nobody = people.resolve(
        workspace,
        ("Управление  Образования «Лесного района»", "РМК", "Управление образования", "Все"),
    )
    assert same.who is not None
    assert same.who.organization_id == office.organization_id
    assert short.who is None
    assert short.proposals[0].who.organization_id == method.organization_id
    assert "сокращение" in short.proposals[0].why
    assert part.proposals[0].who.organization_id == office.organization_id
    assert nobody.is_unknown
    people.remember_spelling(workspace, method, "РМК")
    people.remember_spelling(workspace, method, "рмк")
    (short,) = people.resolve(workspace, ("РМК",))
    assert short.who is not None
    assert short.who.organization_id == method.organization_id
    spelled = [row.spellings for row in people.list_organizations(workspace)]
    assert spelled == [(), ("РМК",)]


def test_a_school_is_known_by_its_number_only(workspace: Workspace) -> None:
    first, other = add_school(workspace, "МБОУ СОШ № 1"), add_school(workspace, "МБОУ СОШ № 15")
    sure, guard = people.resolve(workspace, ("Школа № 1", "МКОУ «СОШ №15»"))
    assert sure.proposals or sure.who
    assert guard.who is not None
    assert guard.who.school_id == other
    assert all(one.who.school_id != other for one in sure.proposals if one.score > 90)
    assert first != other


def test_initials_are_a_proposal_and_namesakes_are_both_shown(workspace: Workspace) -> None:
    somebody(workspace, "Белкина Заря Ильинична")
    (one,) = people.resolve(workspace, ("З.И. Белкина",))
    assert one.who is None
    assert one.proposals[0].who.title == "Белкина Заря Ильинична"
    somebody(workspace, "Белкина Злата Игоревна")
    (one,) = people.resolve(workspace, ("Белкина З. И.",))
    assert {found.who.title for found in one.proposals} == {
        "Белкина Заря Ильинична",
        "Белкина Злата Игоревна",
    }
    assert people.resolve(workspace, ("Белкина А.И.",))[0].is_unknown


def test_cells_with_several_names() -> None:
    cell = "Управление образования, РМК;\nшколы (1, 2), МАОУ «СОШ, детский сад», РМК"
    assert people.split_names(cell) == (
        "Управление образования",
        "РМК",
        "школы (1, 2)",
        "МАОУ «СОШ, детский сад»",
    )
    assert people.split_names(" ;, ") == ()
    assert people.split_names("- Белкина З.И.") == ("Белкина З.И.",)


def test_spellings_joined_move_what_referred_to_them(workspace: Workspace) -> None:
    keep, other = organization(workspace, METHOD), organization(workspace, OrganizationForm("РМК"))
    activity(workspace, organization_id=other.organization_id)
    group = add(workspace, NetworkGroup(position=1, number="1"))
    for who in (keep, other):
        add(
            workspace,
            NetworkMember(group_id=group, organization_id=who.organization_id, position=1),
        )
    people.join(workspace, keep, (other,))
    (row,) = people.list_organizations(workspace)
    assert row.spellings == ("РМК",)
    assert [use.place for use in people.where_used(workspace, keep)] == [
        "сетевая группа 1",
        "мероприятие 1.1 «Семинар»",
    ]
    assert people.resolve(workspace, ("РМК",))[0].who == row.who
    journal.undo_last(workspace)
    assert len(people.list_organizations(workspace)) == 2


def test_two_schools_or_a_person_and_an_office_are_never_one(workspace: Workspace) -> None:
    add_school(workspace, "СОШ № 1")
    add_school(workspace, "СОШ № 2")
    one, two = people.list_organizations(workspace)
    with pytest.raises(UserError, match="разные школы"):
        people.join(workspace, one.who, (two.who,))
    with pytest.raises(UserError, match="нельзя соединить"):
        people.join(workspace, one.who, (somebody(workspace, "Белкина Заря Ильинична"),))
    with pytest.raises(UserError, match="школа реестра"):
        people.delete(workspace, one.who)


def paper(workspace: Workspace, text: str) -> None:
    add(
        workspace,
        Document(
            kind="order",
            year=2025,
            title="О кураторах",
            number="5",
            status=DocumentStatus.SIGNED,
            content={"blocks": [{"text": [text]}]},
            request={},
            made_at=MOMENT,
        ),
    )


def test_somebody_used_in_an_order_is_not_deleted_but_replaced(workspace: Workspace) -> None:
    old, new = (
        somebody(workspace, name) for name in ("Белкина Заря Ильинична", "Енотов Ион Котович")
    )
    school = add_school(workspace, "СОШ № 3")
    add(
        workspace,
        Appointment(
            role=SupportRole.CURATOR,
            school_id=school,
            person_id=old.person_id,
            order_text="приказ № 5",
            first_day=date(2026, 1, 1),
        ),
    )
    paper(workspace, "Назначить куратором Белкину Зарю Ильиничну.")
    with pytest.raises(UserError) as refused:
        people.delete(workspace, old)
    assert "куратор школы «СОШ № 3», приказ № 5" in str(refused.value)
    assert "документ № 5 «О кураторах»" in str(refused.value)
    done = people.replace(workspace, old, new)
    assert done.rows == 1
    assert [use.kept for use in done.kept] == [True]
    states = {row.name: (row.active, row.uses) for row in people.list_people(workspace)}
    assert states == {"Белкина Заря Ильинична": (False, 0), "Енотов Ион Котович": (True, 1)}
    with pytest.raises(UserError, match="другим человеком"):
        people.replace(workspace, new, new)


@pytest.mark.parametrize("said", ["З.И. Белкиной", "Белкину З. И.", "БЕЛКИНОЙ ЗАРЕ ИЛЬИНИЧНЕ"])
def test_papers_name_people_in_cases_and_with_initials(workspace: Workspace, said: str) -> None:
    who = somebody(workspace, "Белкина Заря Ильинична")
    paper(workspace, f"Контроль возложить на {said}")
    assert [use.kept for use in people.where_used(workspace, who)] == [True]
    other = somebody(workspace, "Белов Иван Ильич")
    assert people.where_used(workspace, other) == ()
    people.delete(workspace, other)
    journal.undo_last(workspace)
    assert len(people.list_people(workspace)) == 2


def test_every_reference_to_the_directory_is_told() -> None:
    """A new table that refers to people must be told in ``where_used`` too."""
    told = {str(column) for name in ("person", "organization") for column in references(name)}
    assert told == {
        "appointment.person_id",
        "appointment.organization_id",
        "activity_responsible.person_id",
        "activity_responsible.organization_id",
        "mentor_pair.mentor_id",
        "network_member.organization_id",
        "person.organization_id",
    }
