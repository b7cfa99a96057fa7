"""Risks, curators, pairs and network groups of a load: one action that undoing takes back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.people import Organization, Person
from app.models.schools import School
from app.models.support import (
    Appointment,
    MentorPair,
    NetworkGroup,
    NetworkMember,
    SchoolRisk,
)
from app.services.journal import Action
from app.services.people import Who, entered, entered_organization, entered_person
from app.services.support.factors import all_factors
from app.services.support.facts import (
    FROM_PAPER,
    CuratorEntry,
    GroupKey,
    Known,
    LoadedEntry,
    MemberEntry,
    PairEntry,
    RiskEntry,
    StoredPair,
    folded,
    group_key,
    note_with,
)
from app.services.support.types import Mark


def load_known(session: Session, known: Known) -> None:
    """Put into ``known`` what is stored of risks, curators, pairs and network groups."""
    for factor in all_factors(session, True):
        known.factors[folded(factor.title)] = factor.key
        known.factors[str(factor.position)] = factor.key
    for risk in session.scalars(select(SchoolRisk)):
        mark = Mark(risk.significance, risk.actual, risk.priority)
        known.risks[risk.school_id, risk.year, risk.factor] = mark
    people = select(Appointment, Person.name).outerjoin(Person, Person.id == Appointment.person_id)
    for one, name in session.execute(people):
        if one.school_id is not None:
            said = name or one.note.removeprefix(FROM_PAPER)
            known.curators.add((one.school_id, one.role, folded(said)))
    members = (
        select(NetworkGroup, Organization.school_id)
        .join(NetworkMember, NetworkMember.group_id == NetworkGroup.id)
        .join(Organization, Organization.id == NetworkMember.organization_id)
    )
    for group, school in session.execute(members):
        if school is not None:
            known.members.add(((folded(group.number), folded(group.title)), school))
    _load_pairs(session, known)


def _load_pairs(session: Session, known: Known) -> None:
    mentors = select(MentorPair, Organization.name, School.short_name).join(
        Organization, Organization.id == MentorPair.mentor_id
    )
    named = mentors.outerjoin(School, School.id == Organization.school_id)
    for pair, name, registered in session.execute(named.order_by(MentorPair.id)):
        key = (pair.school_id, folded(registered or name))
        stored = StoredPair(
            pair.id, pair.subject, pair.agreement_number, pair.agreement_date, pair.note
        )
        known.pairs[key] = (*known.pairs.get(key, ()), stored)


def store_entries(session: Session, entries: Sequence[LoadedEntry], batch_id: int) -> None:
    """Store what a load says of the support of schools inside its write block."""
    title = f"риски, кураторы, пары и сетевые группы из документа: {len(entries)}"
    with Action(session, title, batch_id) as action:
        storing = _Storing(session, action)
        for one in entries:
            if isinstance(one.entry, RiskEntry):
                storing.risk(one, one.entry)
            elif isinstance(one.entry, CuratorEntry):
                storing.curator(one, one.entry)
            elif isinstance(one.entry, PairEntry):
                storing.pair(one, one.entry)
            else:
                storing.member(one, one.entry)


class _Storing:
    """The entries of one load on their way in."""

    def __init__(self, session: Session, action: Action) -> None:
        self._session = session
        self._action = action
        self._groups: dict[GroupKey, int] = {
            (folded(one.number), folded(one.title)): one.id
            for one in session.scalars(select(NetworkGroup))
        }

    def risk(self, one: LoadedEntry, entry: RiskEntry) -> None:
        """Put the mark of a table in the place of the stored one."""
        values = {
            "significance": entry.mark.significance,
            "actual": entry.mark.actual,
            "priority": entry.mark.priority,
        }
        key = {"school_id": one.school, "year": one.year, "factor": one.factor}
        stored = self._session.scalar(select(SchoolRisk.id).filter_by(**key))
        if stored is not None:
            self._action.update(SchoolRisk, stored, values)
            return
        empty = {"resolved_on": None, "evidence": "", "note": ""}
        self._action.insert(SchoolRisk, {**key, **values, **empty})

    def curator(self, one: LoadedEntry, entry: CuratorEntry) -> None:
        """Appoint; the whole of what the document says stays in the note."""
        place = self._organization(one.place) if one.place is not None else None
        person = None
        if entry.person:
            person = entered_person(self._session, self._action, entry.person, entry.post, place)
        self._action.insert(
            Appointment,
            {
                "role": entry.role,
                "school_id": one.school,
                "person_id": person,
                "organization_id": place,
                "post": entry.post,
                "order_text": entry.order,
                "first_day": None,
                "last_day": None,
                "note": f"{FROM_PAPER}{entry.text}" if entry.text else "",
            },
        )

    def pair(self, one: LoadedEntry, entry: PairEntry) -> None:
        """Give a school its mentor; one that is no school of the register is an organization.

        Of a pair that is there already only what the table says of it changes; the note that a
        person wrote stays before what the document says.
        """
        if one.replaces is not None:
            stored = self._session.get_one(MentorPair, one.replaces)
            self._action.update(MentorPair, one.replaces, _said_of_pair(entry, stored.note))
            return
        if one.place is not None:
            mentor = self._organization(one.place)
        else:
            mentor = entered_organization(self._session, self._action, entry.mentor)
        nothing = {
            "subject": "",
            "agreement_number": "",
            "agreement_date": None,
            "first_day": None,
            "last_day": None,
            "note": "",
        }
        owner = {"school_id": one.school, "mentor_id": mentor}
        self._action.insert(MentorPair, {**owner, **nothing, **_said_of_pair(entry, "")})

    def member(self, one: LoadedEntry, entry: MemberEntry) -> None:
        """Put a school into its network group, which is made with its first member."""
        group = self._groups.get(group_key(entry)) or self._group(entry)
        self._groups[group_key(entry)] = group
        values = {
            "group_id": group,
            "organization_id": self._organization(one.school),
            "position": entry.position,
            "role": "",
        }
        self._action.insert(NetworkMember, values)

    def _group(self, entry: MemberEntry) -> int:
        place = self._session.scalar(select(func.max(NetworkGroup.position))) or 0
        values = {
            "position": place + 1,
            "number": entry.number,
            "title": entry.title,
            "principle": entry.principle,
            "first_year": None,
            "last_year": None,
        }
        return self._action.insert(NetworkGroup, values)

    def _organization(self, school_id: int) -> int:
        name = self._session.get_one(School, school_id).short_name
        return entered(self._session, self._action, Who(name, school_id=school_id))


def _said_of_pair(entry: PairEntry, note: str) -> dict[str, object]:
    """Return the columns of a pair that a table fills."""
    said = {
        "subject": entry.subject,
        "agreement_number": entry.number,
        "agreement_date": entry.date,
        "note": note_with(note, entry.text),
    }
    return {name: value for name, value in said.items() if value}
