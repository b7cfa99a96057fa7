"""Where somebody of the directory is used: rows that refer to them, and papers that name them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models.papers import Document
from app.models.people import Organization, Person
from app.models.roadmaps import Activity, ActivityResponsible
from app.models.schools import School
from app.models.support import Appointment, MentorPair, NetworkGroup, NetworkMember
from app.models.tables import Base
from app.services.cases import Case, person_in
from app.services.people.keys import shortened, squashed
from app.services.people.types import Use


@cache
def references(table: str) -> tuple[ColumnElement[Any], ...]:
    """Return the columns of all tables that point to ``table``."""
    return tuple(
        column
        for other in Base.metadata.sorted_tables
        for column in other.columns
        if any(key.column.table.name == table for key in column.foreign_keys)
    )


def uses_of_person(session: Session, person: Person) -> tuple[Use, ...]:
    """Return every place where the person is used, papers last."""
    rows = (*_appointments(session, Appointment.person_id, person.id),
            *_activities(session, ActivityResponsible.person_id, person.id))  # fmt: skip
    return (*rows, *_papers(session, _spelled(person)))


def uses_of_organization(session: Session, organization: Organization) -> tuple[Use, ...]:
    """Return every place where the organization is used; papers keep its name by themselves."""
    own = organization.id
    people = select(Person.name).where(Person.organization_id == own)
    return (
        *(Use(f"место работы: {name}") for name in session.scalars(people)),
        *_appointments(session, Appointment.organization_id, own),
        *_pairs(session, own),
        *_groups(session, own),
        *_activities(session, ActivityResponsible.organization_id, own),
    )


def _appointments(session: Session, column: Any, row_id: int) -> Iterator[Use]:
    query = (
        select(Appointment.role, Appointment.order_text, School.short_name)
        .outerjoin(School, School.id == Appointment.school_id)
        .where(column == row_id)
        .order_by(Appointment.id)
    )
    for role, order, school in session.execute(query):
        whose = f" школы «{school}»" if school else ""
        yield Use(f"{role}{whose}" + (f", {order}" if order else ""))


def _pairs(session: Session, organization_id: int) -> Iterator[Use]:
    query = (
        select(School.short_name)
        .join(MentorPair, MentorPair.school_id == School.id)
        .where(MentorPair.mentor_id == organization_id)
    )
    yield from (Use(f"наставник школы «{name}»") for name in session.scalars(query))


def _groups(session: Session, organization_id: int) -> Iterator[Use]:
    query = (
        select(NetworkGroup.number, NetworkGroup.title)
        .join(NetworkMember, NetworkMember.group_id == NetworkGroup.id)
        .where(NetworkMember.organization_id == organization_id)
    )
    for number, title in session.execute(query):
        yield Use(f"сетевая группа {number} {title}".replace("  ", " ").rstrip())


def _activities(session: Session, column: Any, row_id: int) -> Iterator[Use]:
    query = (
        select(Activity.number, Activity.title)
        .join(ActivityResponsible, ActivityResponsible.activity_id == Activity.id)
        .where(column == row_id)
        .order_by(Activity.id)
    )
    for number, title in session.execute(query):
        yield Use(f"мероприятие {number} «{title[:80]}»".replace("  ", " "))


def _spelled(person: Person) -> frozenset[str]:
    """Return how papers may name the person, squashed: in any case, with initials on either side.

    Initials of another person of the same surname name both: a paper is then found for each.
    """
    cases = {person.name, *(form for case in Case if (form := person_in(person.name, case)))}
    cases |= {str(form) for form in person.cases.get("name", {}).values()}
    whole = {squashed(form) for form in cases}
    surnames = {squashed(form.split()[0]) for form in cases if form.split()}
    _, letters = shortened(person.name)
    short = {f"{surname}{letters}" for surname in surnames} if letters else set()
    short |= {f"{letters}{surname}" for surname in surnames} if letters else set()
    return frozenset(form for form in whole | short if form)


def _papers(session: Session, spelled: frozenset[str]) -> Iterator[Use]:
    query = select(Document).order_by(Document.id)
    for paper in session.scalars(query):
        said = {squashed(text) for text in _texts([paper.content, paper.request])}
        if any(form in text for text in said for form in spelled):
            number = f" № {paper.number}" if paper.number else ""
            yield Use(f"документ{number} «{paper.title}» ({paper.status})", kept=True)


def _texts(value: Any) -> Iterator[str]:
    """Return every text inside a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
