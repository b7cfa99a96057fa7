"""Who coordinates, curates and tutors: entering, and checking what is odd about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import Category, SupportRole
from app.models.people import Organization, Person
from app.models.schools import School
from app.models.support import Appointment
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.people import Saved, entered
from app.services.sorting import natural_key
from app.services.support.factors import limit
from app.services.support.matrix import categories
from app.services.support.types import AppointmentForm, AppointmentRow
from app.services.workspace import Workspace


def list_appointments(workspace: Workspace, year: int) -> tuple[AppointmentRow, ...]:
    """Return the appointments that touch a year, coordinators first, with what is odd about each.

    A name that is not known is reported in ``problems``; the row stays with an empty name.
    """
    known = categories(workspace, year)
    with workspace.database.read() as session:
        found = _read(session)
        school_of = _schools_of_organizations(session)
    rows = [row for row in found if row.touches(year)]
    checks = _Checks(rows, known, school_of)
    order = list(SupportRole)
    checked = (replace(row, problems=tuple(checks.of(row))) for row in rows)
    return tuple(sorted(checked, key=lambda r: (order.index(r.role), natural_key(r.school), r.id)))


def schools_without_curator(workspace: Workspace, year: int) -> tuple[str, ...]:
    """Return the schools in support (ШНОР, ШНСУ, зона риска) that nobody curates in the year."""
    helped = {one.school_id for one in list_appointments(workspace, year)
              if one.role in (SupportRole.CURATOR, SupportRole.TUTOR)}  # fmt: skip
    alone = [
        school
        for school, category in categories(workspace, year).items()
        if category is not Category.NONE and school not in helped
    ]
    with workspace.database.read() as session:
        names = session.scalars(select(School.short_name).where(School.id.in_(alone))).all()
    return tuple(sorted(names, key=natural_key))


def save_appointment(
    workspace: Workspace, form: AppointmentForm, appointment_id: int | None = None
) -> Saved:
    """Store an appointment, a new one without an id.

    UserError for a curator or tutor without a school, for one who would curate the own school, and
    for dates in the wrong order.  A name may be missing: it is reported until it is known.
    """
    _check_form(form)
    with workspace.database.write() as session, Action(session, _title(form)) as action:
        organization = entered(session, action, form.organization) if form.organization else None
        person = _person(session, form)
        place = organization or (person.organization_id if person else None)
        _refuse_own_school(session, form, place)
        values = {
            "role": form.role,
            "school_id": form.school_id,
            "person_id": person.id if person else None,
            "organization_id": organization,
            "post": " ".join(form.post.split()),
            "order_text": " ".join(form.order_text.split()),
            "first_day": form.first_day,
            "last_day": form.last_day,
            "note": form.note.strip(),
        }
        if appointment_id is None:
            return Saved(action.insert(Appointment, values), action.changes)
        _require(session, appointment_id)
        action.update(Appointment, appointment_id, values)
        return Saved(appointment_id, action.changes)


def end_appointment(workspace: Workspace, appointment_id: int, last_day: date) -> ChangeSet:
    """Let an appointment hold until a day; it stays in the history."""
    with workspace.database.write() as session:
        row = _require(session, appointment_id)
        if row.first_day is not None and last_day < row.first_day:
            raise UserError("Назначение кончается раньше, чем началось.", "Исправьте дату.")
        with Action(session, f"окончание: {row.role}") as action:
            action.update(Appointment, appointment_id, {"last_day": last_day})
            return action.changes


def delete_appointment(workspace: Workspace, *appointment_ids: int) -> ChangeSet:
    """Take appointments out that were entered by mistake; undone as one action."""
    with workspace.database.write() as session:
        rows = [_require(session, one) for one in appointment_ids]
        said = str(rows[0].role) if len(rows) == 1 else f"назначения, {len(rows)}"
        with Action(session, f"удаление: {said}") as action:
            for one in appointment_ids:
                action.delete(Appointment, one)
            return action.changes


def _read(session: Session) -> list[AppointmentRow]:
    organizations = {one.id: one for one in session.scalars(select(Organization))}
    query = (
        select(Appointment, Person, School.short_name)
        .outerjoin(Person, Person.id == Appointment.person_id)
        .outerjoin(School, School.id == Appointment.school_id)
    )
    rows = []
    for one, person, school in session.execute(query):
        place = one.organization_id or (person.organization_id if person else None)
        title = organizations[place].short_name or organizations[place].name if place else ""
        rows.append(_row(one, person, school or "", (place, title)))
    return rows


def _row(
    one: Appointment, person: Person | None, school: str, place: tuple[int | None, str]
) -> AppointmentRow:
    cases: dict[str, Any] = person.cases if person else {}
    own_post = not one.post or (person is not None and one.post == person.post)
    return AppointmentRow(
        one.id,
        one.role,
        one.school_id,
        school,
        one.person_id,
        person.name if person else "",
        one.post or (person.post if person else ""),
        place[0],
        place[1],
        one.order_text,
        one.first_day,
        one.last_day,
        one.note,
        cases.get("name", {}),
        cases.get("post", {}) if own_post else {},
        () if person is None or person.active else ("В справочнике отмечено: не работает.",),
    )


def _schools_of_organizations(session: Session) -> dict[int, int]:
    query = select(Organization.id, Organization.school_id)
    return {own: school for own, school in session.execute(query) if school is not None}


@dataclass(frozen=True)
class _Checks:
    """What is odd about the appointments of a year."""

    rows: Sequence[AppointmentRow]
    known: Mapping[int, Category]
    school_of: Mapping[int, int]

    def of(self, row: AppointmentRow) -> Iterator[str]:
        if row.person_id is None:
            yield "Не указаны фамилия, имя и отчество: впишите их, в приказе будет пропуск."
        yield from row.problems
        if row.role in (SupportRole.CURATOR, SupportRole.TUTOR):
            yield from self._place(row)
            yield from self._load(row)
        if not row.order_text:
            yield "Не указан приказ о назначении."

    def _place(self, row: AppointmentRow) -> Iterator[str]:
        own = self.school_of.get(row.organization_id or 0)
        if row.organization_id is None:
            yield "Не указано место работы: нельзя проверить, что это не своя школа."
        elif own is not None and own == row.school_id:
            yield "Сопровождает свою же школу."
        elif own is not None and self.known.get(own, Category.NONE).has_shnor:
            yield f"Школа куратора сама в перечне ({self.known[own]})."

    def _load(self, row: AppointmentRow) -> Iterator[str]:
        if row.person_id is None:
            return
        usual = limit("support", "schools_per_curator")
        schools = Counter(
            one.person_id for one in self.rows if one.role is row.role and one.school_id
        )
        if schools[row.person_id] > usual.value:
            count = schools[row.person_id]
            yield f"Школ у одного человека: {count}, обычно не больше {usual.value}."


def _check_form(form: AppointmentForm) -> None:
    if form.role in (SupportRole.CURATOR, SupportRole.TUTOR) and form.school_id is None:
        raise UserError(f"Не выбрана школа, которую сопровождает {form.role}.", "Выберите школу.")
    if form.first_day and form.last_day and form.last_day < form.first_day:
        raise UserError("Назначение кончается раньше, чем началось.", "Исправьте одну из дат.")


def _person(session: Session, form: AppointmentForm) -> Person | None:
    if form.person is None:
        return None
    person = session.get(Person, form.person.person_id or 0)
    if person is None:
        raise UserError(f"«{form.person.title}» нет в справочнике людей.", "Выберите человека.")
    return person


def _refuse_own_school(
    session: Session, form: AppointmentForm, organization_id: int | None
) -> None:
    own = session.get(Organization, organization_id) if organization_id else None
    curates = form.role in (SupportRole.CURATOR, SupportRole.TUTOR)
    if own is None or own.school_id is None or own.school_id != form.school_id or not curates:
        return
    raise UserError(
        f"{form.role.capitalize()} работает в этой же школе («{own.short_name or own.name}»).",
        "Выберите человека из другой организации.",
    )


def _require(session: Session, appointment_id: int) -> Appointment:
    row = session.get(Appointment, appointment_id)
    if row is None:
        raise UserError("Такого назначения больше нет.", "Обновите список.")
    return row


def _title(form: AppointmentForm) -> str:
    return f"назначение: {form.role}" + (f", {form.person.title}" if form.person else "")
