"""Reading the directory of people and organizations; schools of the register belong to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import OrganizationKind
from app.models.people import Organization, Person
from app.models.schools import School
from app.services.cases import Case, organisation_in, person_in, post_in
from app.services.people.types import Forms, OrganizationRow, PersonRow
from app.services.people.uses import references
from app.services.sorting import natural_key
from app.services.workspace import Workspace


def list_organizations(workspace: Workspace) -> tuple[OrganizationRow, ...]:
    """Return all organizations, schools of the register among them, by kind and name."""
    with workspace.database.read() as session:
        rows = organization_rows(session)
    order = list(OrganizationKind)
    return tuple(sorted(rows, key=lambda row: (order.index(row.kind), natural_key(row.title))))


def list_people(workspace: Workspace) -> tuple[PersonRow, ...]:
    """Return everybody of the directory by surname, those who left too."""
    with workspace.database.read() as session:
        rows = person_rows(session)
    return tuple(sorted(rows, key=lambda row: natural_key(row.name)))


def person(workspace: Workspace, person_id: int) -> PersonRow:
    """Return one person; UserError when there is no such entry any more."""
    for row in list_people(workspace):
        if row.id == person_id:
            return row
    raise UserError("Такого человека в справочнике больше нет.", "Обновите справочник.")


def organization_rows(session: Session) -> list[OrganizationRow]:
    """Return all organizations inside a block, schools that nothing refers to yet last."""
    used = _counts(session, Organization.__tablename__)
    schools: dict[int, Any] = {
        row.id: row
        for row in session.execute(select(School.id, School.short_name, School.full_name))
    }
    rows = [_organization(one, schools, used) for one in session.scalars(select(Organization))]
    known = {row.school_id for row in rows}
    rows += [
        OrganizationRow(
            None,
            OrganizationKind.SCHOOL,
            school.full_name or school.short_name,
            school.short_name,
            school_id=school.id,
        )
        for school in schools.values()
        if school.id not in known
    ]
    return rows


def person_rows(session: Session) -> list[PersonRow]:
    """Return everybody inside a block."""
    used = _counts(session, Person.__tablename__)
    titles = {row.id: row.title for row in organization_rows(session) if row.id is not None}
    return [
        PersonRow(
            one.id,
            one.name,
            one.post,
            one.organization_id,
            titles.get(one.organization_id or 0, ""),
            tuple(one.spellings),
            one.cases.get("name", {}),
            one.cases.get("post", {}),
            one.contacts,
            one.active,
            used[one.id],
        )
        for one in session.scalars(select(Person))
    ]


def proposed_name_cases(name: str) -> Forms:
    """Return the cases of a person's full name; one that is not certain is absent."""
    return _forms({case: person_in(name, case) for case in Case})


def proposed_post_cases(post: str) -> Forms:
    """Return the cases of a post; one that is not certain is absent."""
    return _forms({case: post_in(post, case) if post else None for case in Case})


def proposed_cases(name: str) -> Forms:
    """Return the cases of an organization's name; one that is not certain is absent."""
    return _forms({case: organisation_in(name, case) for case in Case})


def _forms(found: dict[Case, str | None]) -> Forms:
    return {case.value: form for case, form in found.items() if form}


def _organization(
    stored: Organization, schools: Mapping[int, Any], used: Counter[int]
) -> OrganizationRow:
    school = schools.get(stored.school_id or 0)
    return OrganizationRow(
        stored.id,
        stored.kind,
        # A school is called as the register calls it today.
        getattr(school, "full_name", None) or getattr(school, "short_name", None) or stored.name,
        getattr(school, "short_name", None) or stored.short_name,
        tuple(stored.spellings),
        stored.cases,
        stored.contacts,
        stored.school_id,
        used[stored.id],
    )


def _counts(session: Session, table: str) -> Counter[int]:
    """Return how many rows refer to each row of a table."""
    found: Counter[int] = Counter()
    for column in references(table):
        query = select(column, func.count()).where(column.is_not(None)).group_by(column)
        for row_id, count in session.execute(query):
            found[row_id] += count
    return found
