"""A programme with something in every part, made through the tables; every name is imaginary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.models.cycle import MonitoringRow
from app.models.enums import (
    ActivityStatus,
    BetterWhen,
    OrganizationKind,
    ProgrammeKind,
    RoadmapMode,
    Significance,
    SupportRole,
    ValueRole,
)
from app.models.indicators import Indicator, IndicatorValue
from app.models.people import Organization, Person
from app.models.programmes import Programme, ProgrammeItem
from app.models.roadmaps import Activity, ActivityYear, Roadmap, RoadmapGroup
from app.models.support import Appointment, NetworkGroup, NetworkMember, SchoolRisk
from app.services.programmes.parts import FieldType, Part, parts
from app.services.workspace import Workspace
from tests.stored import add_school

SCHOOLS = ("Верхнеозёрская СОШ", "Подлесная ООШ")


def add_programme(
    workspace: Workspace, kind: ProgrammeKind = ProgrammeKind.PROGRAMME, **values: Any
) -> int:
    """Store a programme with two entries in each part; return its id."""
    with workspace.database.write() as session:
        programme = Programme(
            kind=kind,
            title="Поддержка школ Тридевятого района",
            first_year=2026,
            last_year=2028,
            **values,
        )
        session.add(programme)
        session.flush()
        for one in parts().values():
            _fill_part(session, programme.id, one)
        _roadmaps(session, programme.id)
        _indicators(session, programme.id)
        session.add(
            MonitoringRow(
                programme_id=programme.id,
                position=1,
                subject="Кадры школ",
                criterion="Обеспеченность",
                indicators="Доля вакансий",
                instruments="Опрос",
                sources="Отчёты школ",
            )
        )
        return programme.id


def add_support(workspace: Workspace) -> None:
    """Store two schools with risks, a curator without a name, and a network group."""
    ids = [add_school(workspace, name, search_key=name.casefold()) for name in SCHOOLS]
    with workspace.database.write() as session:
        office = Organization(
            kind=OrganizationKind.METHOD_OFFICE, name="Методический кабинет", key="кабинет"
        )
        school = Organization(
            kind=OrganizationKind.SCHOOL, name=SCHOOLS[0], key="верхнеозёрская", school_id=ids[0]
        )
        person = Person(name="Сказкина Алёна Потеховна", post="методист", key="сказкина")
        session.add_all([office, school, person])
        session.flush()
        session.add_all(
            [
                _appointment(ids[0], person_id=person.id, organization_id=office.id),
                _appointment(ids[1], post="директор", organization_id=school.id),
                _risk(ids[0], "500-1", priority=True),
                _risk(ids[1], "500-2", priority=False),
            ]
        )
        group = NetworkGroup(position=1, number="1", principle="Соседние сёла")
        session.add(group)
        session.flush()
        session.add(NetworkMember(group_id=group.id, organization_id=school.id, position=1))


def _appointment(school_id: int, **values: Any) -> Appointment:
    return Appointment(role=SupportRole.CURATOR, school_id=school_id, **values)


def _risk(school_id: int, factor: str, *, priority: bool) -> SchoolRisk:
    return SchoolRisk(
        school_id=school_id,
        year=2026,
        factor=factor,
        significance=Significance.HIGH,
        actual=True,
        priority=priority,
    )


def _fill_part(session: Session, programme_id: int, one: Part) -> None:
    for number in (1, 2):
        session.add(
            ProgrammeItem(
                programme_id=programme_id,
                part=one.key,
                position=number,
                text=f"{one.entry.capitalize()} {one.key} {number}",
                data=_data(one, number),
            )
        )


def _data(one: Part, number: int) -> Mapping[str, str]:
    data: dict[str, str] = {}
    for field in one.fields:
        if field.choices:
            data[field.name] = field.choices[number - 1]
        elif field.printed and field.type is FieldType.TEXT and one.key != "legal_basis":
            data[field.name] = f"{field.title} {one.key} {number}"
    return data


def _roadmaps(session: Session, programme_id: int) -> None:
    plain = Roadmap(
        programme_id=programme_id, position=1, mode=RoadmapMode.SECTIONS, title="Дорожная карта"
    )
    parallel = Roadmap(
        programme_id=programme_id,
        position=2,
        mode=RoadmapMode.PARALLEL,
        title="Параллельный план",
        directions=["Учителя", "Ученики", "Родители"],
    )
    session.add_all([plain, parallel])
    session.flush()
    group = RoadmapGroup(roadmap_id=plain.id, position=1, number="1.", title="Кадры школ района")
    session.add(group)
    session.flush()
    first = _activity(plain.id, 1, group_id=group.id, title="Выезд методистов")
    session.add_all([first, _activity(plain.id, 2, group_id=group.id, title="Обучение завучей")])
    for direction in (0, 1, 2):
        title = f"Семинар направления {direction}"
        session.add(_activity(parallel.id, direction + 1, direction=direction, title=title))
    session.add(_activity(parallel.id, 4, title="Общее совещание всех направлений"))
    session.flush()
    session.add(ActivityYear(activity_id=first.id, year=2026, plan="не менее 3", plan_number=3))


def _activity(roadmap_id: int, position: int, *, title: str, **values: Any) -> Activity:
    return Activity(
        roadmap_id=roadmap_id,
        position=position,
        number=str(position),
        title=title,
        search_key=title.casefold(),
        term="до 1 апреля 2026 года",
        responsible="Управление образования",
        result=f"Справка к мероприятию {position}",
        status=ActivityStatus.PLANNED,
        **values,
    )


def _indicators(session: Session, programme_id: int) -> None:
    group = Indicator(programme_id=programme_id, position=1, title="Качество обучения")
    group.is_group = True
    session.add(group)
    session.flush()
    one = Indicator(
        programme_id=programme_id,
        parent_id=group.id,
        position=1,
        number="1.1.",
        title="Доля школ с ростом качества",
        unit="%",
        better=BetterWhen.HIGHER,
    )
    session.add(one)
    session.flush()
    for role, period, text in ((ValueRole.BASE, "", "20"), (ValueRole.PLAN, "2026", "не менее 35")):
        session.add(IndicatorValue(indicator_id=one.id, role=role, period=period, text=text))
