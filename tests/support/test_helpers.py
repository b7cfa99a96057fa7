"""Curators, mentor pairs, network groups and proposed partners; people are imaginary."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.models.enums import AssessmentKind, Basis, Category, OrganizationKind, SupportRole
from app.services import journal, methodology, people, support
from app.services.people import OrganizationForm, PersonForm, Who
from app.services.support import AppointmentForm, GroupForm, MemberForm, PairForm
from app.services.workspace import Workspace
from tests.stored import add_result, add_school

YEAR = 2022
GROUPS = (
    ("1 группа", ("Байкаловская СОШ", "Ляпуновская СОШ", "Пелевинская ООШ")),
    ("2 группа", ("Еланская СОШ", "Краснополянская СОШ", "Шадринская СОШ", "Чурманская ООШ")),
    ("3 группа", ("Баженовская СОШ", "Городищенская СОШ", "Вязовская ООШ", "Нижне-Иленская СОШ")),
)
"""The network groups of a real programme."""
CURATORS = (
    ("Городищенская СОШ", "Нижне-Иленская СОШ", "Полевая Роса Ветровна"),
    ("Краснополянская СОШ", "Еланская СОШ", ""),
    ("Пелевинская ООШ", "Шадринская СОШ", "Лесная Заря Ветровна"),
)
"""Its curators are directors of other schools; one has no name in it.  Names are ours."""


def school_of(workspace: Workspace, name: str) -> Who:
    (who,) = (row.who for row in people.list_organizations(workspace) if row.title == name)
    return who


def register(workspace: Workspace) -> dict[str, int]:
    return {name: add_school(workspace, name) for _, names in GROUPS for name in names}


def somebody(workspace: Workspace, name: str, place: Who | None = None, post: str = "") -> Who:
    saved = people.save_person(workspace, PersonForm(name, post, place))
    return Who(name, person_id=saved.id)


def decide(workspace: Workspace, school: int, category: Category, year: int = YEAR) -> None:
    methodology.override(workspace, year, school, category, "перечень региона", Basis.REGION)


def test_curators_of_a_real_programme_and_the_one_without_a_name(workspace: Workspace) -> None:
    ids = register(workspace)
    office = people.save_organization(
        workspace, OrganizationForm("Управление образования", OrganizationKind.OFFICE)
    )
    place = Who("Управление образования", organization_id=office.id)
    head = somebody(workspace, "Речная Ива Дождевна", place, "главный специалист")
    support.save_appointment(workspace, AppointmentForm(SupportRole.COORDINATOR, person=head))
    for helped, own, name in CURATORS:
        where = school_of(workspace, own)
        person = somebody(workspace, name, where, "директор") if name else None
        form = AppointmentForm(
            SupportRole.CURATOR, ids[helped], person, where, "директор", "приказ № 5 от 10.01.2022"
        )
        support.save_appointment(workspace, form)
    rows = support.list_appointments(workspace, YEAR)
    assert [(row.school, row.organization, row.person) for row in rows] == [
        ("", "Управление образования", "Речная Ива Дождевна"),
        *CURATORS,
    ]
    assert [row.post for row in rows] == ["главный специалист", "директор", "директор", "директор"]
    problems = {row.school: row.problems for row in rows[1:]}
    assert problems["Городищенская СОШ"] == () == problems["Пелевинская ООШ"]
    (missing,) = problems["Краснополянская СОШ"]
    assert "Не указаны фамилия, имя и отчество" in missing
    assert rows[0].problems == ("Не указан приказ о назначении.",)


def test_a_curator_of_the_own_school_is_refused(workspace: Workspace) -> None:
    ids = register(workspace)
    where = school_of(workspace, "Еланская СОШ")
    person = somebody(workspace, "Полевая Роса Ветровна", where)
    own = AppointmentForm(SupportRole.CURATOR, ids["Еланская СОШ"], person)
    with pytest.raises(UserError, match="в этой же школе"):
        support.save_appointment(workspace, own)
    assert people.list_people(workspace)[0].uses == 0
    for wrong in (
        AppointmentForm(SupportRole.CURATOR, None, person),
        AppointmentForm(SupportRole.TUTOR, ids["Вязовская ООШ"], Who("Никто", person_id=99)),
        AppointmentForm(
            SupportRole.CURATOR,
            ids["Вязовская ООШ"],
            person,
            first_day=date(2022, 2, 1),
            last_day=date(2022, 1, 1),
        ),
    ):
        with pytest.raises(UserError):
            support.save_appointment(workspace, wrong)
    assert support.list_appointments(workspace, YEAR) == ()


def test_load_listed_schools_and_unknown_places_are_told(workspace: Workspace) -> None:
    ids = register(workspace)
    where = school_of(workspace, "Еланская СОШ")
    busy = somebody(workspace, "Полевая Роса Ветровна", where)
    lonely = somebody(workspace, "Лесная Заря Ветровна")
    decide(workspace, ids["Еланская СОШ"], Category.SHNOR)
    decide(workspace, ids["Вязовская ООШ"], Category.SHNSU)
    names = ("Баженовская СОШ", "Городищенская СОШ", "Шадринская СОШ", "Чурманская ООШ")
    for name in names:
        form = AppointmentForm(SupportRole.CURATOR, ids[name], busy, order_text="приказ № 1")
        support.save_appointment(workspace, form)
    support.save_appointment(
        workspace, AppointmentForm(SupportRole.TUTOR, ids["Баженовская СОШ"], lonely)
    )
    rows = support.list_appointments(workspace, YEAR)
    assert rows[0].problems == (
        "Школа куратора сама в перечне (ШНОР).",
        "Школ у одного человека: 4, обычно не больше 3.",
    )
    assert "Не указано место работы" in rows[-1].problems[0]
    assert support.schools_without_curator(workspace, YEAR) == ("Вязовская ООШ", "Еланская СОШ")


def test_appointments_hold_from_a_day_to_a_day(workspace: Workspace) -> None:
    ids = register(workspace)
    person = somebody(workspace, "Полевая Роса Ветровна")
    form = AppointmentForm(
        SupportRole.CURATOR, ids["Еланская СОШ"], person, first_day=date(2022, 3, 1)
    )
    saved = support.save_appointment(workspace, form)
    assert support.list_appointments(workspace, 2021) == ()
    (row,) = support.list_appointments(workspace, 2030)
    assert row.is_in_force(date(2022, 3, 1))
    assert not row.is_in_force(date(2022, 2, 28))
    with pytest.raises(UserError, match="раньше"):
        support.end_appointment(workspace, saved.id, date(2022, 1, 1))
    support.end_appointment(workspace, saved.id, date(2023, 5, 31))
    assert support.list_appointments(workspace, 2024) == ()
    support.delete_appointment(workspace, saved.id)
    assert support.list_appointments(workspace, 2022) == ()
    assert journal.undo_last(workspace).done
    assert len(support.list_appointments(workspace, 2022)) == 1


def test_the_network_groups_of_a_real_programme(workspace: Workspace) -> None:
    register(workspace)
    for number, names in GROUPS:
        members = tuple(MemberForm(school_of(workspace, name)) for name in names)
        support.save_group(workspace, GroupForm(number, "", "кооперация", members))
    rows = support.list_groups(workspace, YEAR)
    read = tuple((row.number, tuple(one.who.title for one in row.members)) for row in rows)
    assert read == GROUPS
    assert {row.principle for row in rows} == {"кооперация"}
    assert all(row.problems == () for row in rows)
    assert sum(len(row.school_ids) for row in rows) == 11


def test_groups_keep_order_and_tell_what_is_odd(workspace: Workspace) -> None:
    register(workspace)
    one, two = (MemberForm(school_of(workspace, name), "опорная") for name in GROUPS[0][1][:2])
    saved = support.save_group(workspace, GroupForm("1", "", "", (one, two), 2022, 2024))
    support.save_group(workspace, GroupForm("1", "", "", (two,), 2022, 2023), saved.id)
    other = support.save_group(workspace, GroupForm("2", "Наставники", "близость", (two,)))
    first, second = support.list_groups(workspace)
    assert first.problems == (
        "В группе меньше двух организаций.",
        "Не указан принцип взаимодействия.",
        "Школа этой группы состоит и в другой группе.",
    )
    assert [row.number for row in support.list_groups(workspace, 2024)] == ["2"]
    with pytest.raises(UserError, match="дважды"):
        support.save_group(workspace, GroupForm("3", members=(one, one)))
    with pytest.raises(UserError, match="раньше"):
        support.save_group(workspace, GroupForm("3", first_year=2024, last_year=2022))
    assert len(support.list_groups(workspace)) == 2
    support.delete_group(workspace, other.id)
    assert len(support.list_groups(workspace)) == 1
    journal.undo_last(workspace)
    assert support.list_groups(workspace)[1].members == second.members


def test_a_pair_has_an_agreement_and_two_schools(workspace: Workspace) -> None:
    ids = register(workspace)
    mentor = school_of(workspace, "Еланская СОШ")
    decide(workspace, ids["Еланская СОШ"], Category.SHNOR)
    with pytest.raises(UserError, match="сама себе"):
        support.save_pair(workspace, PairForm(ids["Еланская СОШ"], mentor))
    saved = support.save_pair(workspace, PairForm(ids["Вязовская ООШ"], mentor, "Подготовка к ОГЭ"))
    (row,) = support.list_pairs(workspace, YEAR)
    assert (row.school, row.mentor.title, row.subject) == (
        "Вязовская ООШ",
        "Еланская СОШ",
        "Подготовка к ОГЭ",
    )
    assert len(row.problems) == 2
    signed = PairForm(
        ids["Вязовская ООШ"],
        school_of(workspace, "Шадринская СОШ"),
        agreement_number="3",
        agreement_date=date(2022, 2, 1),
        first_day=date(2022, 2, 1),
        last_day=date(2022, 12, 31),
    )
    support.save_pair(workspace, signed, saved.id)
    (row,) = support.list_pairs(workspace, YEAR)
    assert row.problems == ()
    assert support.list_pairs(workspace, 2023) == ()
    support.delete_pair(workspace, saved.id)
    assert support.list_pairs(workspace, YEAR) == ()


def test_partners_are_proposed_with_reasons_never_chosen(workspace: Workspace) -> None:
    weak = add_school(workspace, "СОШ № 1", kind="СОШ", pupils=200, settlement="с. Липки")
    near = add_school(workspace, "СОШ № 2", kind="СОШ", pupils=210, settlement="с. Липки")
    good = add_school(workspace, "СОШ № 3", kind="СОШ", pupils=220, settlement="с. Ели")
    listed = add_school(workspace, "СОШ № 4", kind="СОШ", pupils=230, settlement="с. Липки")
    procedure = (AssessmentKind.VPR, 2025, "Математика", 5)
    for school, twos in ((weak, 5), (near, 1), (good, 0), (listed, 5)):
        add_result(workspace, school, procedure, 10, twos, n3=10 - twos, n4=0, n5=0)
    decide(workspace, listed, Category.SHNOR, 2025)
    found = support.propose_partners(workspace, weak, 2025)
    assert [one.school for one in found][:2] == ["СОШ № 2", "СОШ № 3"]
    assert "доля «2» 10,0 %, середина по району 30,0 %" in found[0].reasons
    assert "тот же населённый пункт: с. Липки" in found[0].reasons
    last = found[-1]
    assert last.school == "СОШ № 4"
    assert last.against == ("сама в перечне (ШНОР)",)
    assert support.list_pairs(workspace, 2025) == ()
    support.save_pair(workspace, PairForm(weak, Who("", school_id=near)))
    assert "СОШ № 2" not in [one.school for one in support.propose_partners(workspace, weak, 2025)]
    other = support.propose_partners(workspace, good, 2025)
    assert "уже наставник, школ: 1" in next(one for one in other if one.school_id == near).against
    with pytest.raises(UserError, match="больше нет"):
        support.propose_partners(workspace, 99, 2025)
