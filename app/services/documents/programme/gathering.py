"""Reads from the database everything that the document of one programme may print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.cycle import MonitoringRow, Recommendation
from app.models.enums import SupportRole
from app.models.people import Organization
from app.models.programmes import Programme, ProgrammeItem
from app.models.support import Appointment, MentorPair, NetworkGroup, NetworkMember
from app.services.cycle import addressees
from app.services.decimals import plain
from app.services.documents.programme.facts import (
    CuratorFacts,
    ItemFacts,
    NetworkFacts,
    ProgrammeFacts,
    TableFacts,
)
from app.services.documents.programme.indicator_rows import indicator_facts
from app.services.documents.programme.results_rows import result_facts
from app.services.documents.programme.risk_rows import risk_facts
from app.services.documents.programme.roadmap_rows import roadmap_facts
from app.services.workspace import Workspace


def gather(workspace: Workspace, programme_id: int, wanted: set[str]) -> ProgrammeFacts:
    """Return the facts of a programme; UserError when it is not there any more.

    ``wanted`` are the keys of tables, pictures and texts about results that its outline prints.
    """
    columns, indicators = indicator_facts(workspace, programme_id)
    first, last = _period(workspace, programme_id)
    risks = risk_facts(workspace, first, last)
    results = result_facts(workspace, first, wanted)
    roadmaps = roadmap_facts(workspace, programme_id)
    with workspace.database.read() as session:
        programme = _programme(session, programme_id)
        return ProgrammeFacts(
            title=programme.title,
            first_year=programme.first_year,
            last_year=programme.last_year,
            parts=_parts(session, programme_id),
            roadmaps=roadmaps,
            indicators=indicators,
            indicator_columns=columns,
            risks=risks,
            curators=appointed(session, SupportRole.CURATOR),
            coordinators=appointed(session, SupportRole.COORDINATOR),
            networks=_networks(session),
            mentors=_mentors(session),
            monitoring=_monitoring(session, programme_id),
            recommendations=_recommendations(session, programme),
            tables=results.tables,
            charts=results.charts,
            texts=results.texts,
        )


def _period(workspace: Workspace, programme_id: int) -> tuple[int, int]:
    with workspace.database.read() as session:
        programme = _programme(session, programme_id)
        return programme.first_year, programme.last_year


def _programme(session: Session, programme_id: int) -> Programme:
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise UserError("Такой программы больше нет.", "Обновите список программ.")
    return programme


def _parts(session: Session, programme_id: int) -> Mapping[str, tuple[ItemFacts, ...]]:
    found = session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.programme_id == programme_id)
        .order_by(ProgrammeItem.position, ProgrammeItem.id)
    )
    below: dict[int | None, list[ProgrammeItem]] = defaultdict(list)
    for item in found:
        below[item.parent_id].append(item)
    ids = {item.id: item for items in below.values() for item in items}
    parts: dict[str, list[ItemFacts]] = defaultdict(list)
    for parent, items in below.items():
        for item in items:
            # A task under a goal begins a part of its own: the goals' list does not print it.
            if parent is None or ids[parent].part != item.part:
                parts[item.part].append(_item(item, below))
    return {key: tuple(items) for key, items in parts.items()}


def _item(item: ProgrammeItem, below: Mapping[int | None, list[ProgrammeItem]]) -> ItemFacts:
    nested = (one for one in below.get(item.id, ()) if one.part == item.part)
    return ItemFacts(
        text=item.text,
        number=item.number,
        data={name: _shown(value) for name, value in item.data.items()},
        items=tuple(_item(one, below) for one in nested),
    )


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return plain(Decimal(str(value)))
    return "" if value is None else str(value)


def appointed(session: Session, role: SupportRole) -> tuple[CuratorFacts, ...]:
    """Return who was appointed to a role, in the order of entering."""
    found = session.scalars(
        select(Appointment).where(Appointment.role == role).order_by(Appointment.id)
    )
    return tuple(_curator(one) for one in found)


def _curator(one: Appointment) -> CuratorFacts:
    person = one.person
    organization = one.organization or (person.organization if person else None)
    return CuratorFacts(
        school=one.school.short_name if one.school else "",
        name=person.name if person else "",
        post=one.post or (person.post if person else ""),
        organization=_organization(organization),
        term=_term(one),
    )


def _term(one: Appointment) -> str:
    if one.first_day and one.last_day:
        return f"{one.first_day:%d.%m.%Y}–{one.last_day:%d.%m.%Y}"
    if one.first_day:
        return f"с {one.first_day:%d.%m.%Y}"
    return f"до {one.last_day:%d.%m.%Y}" if one.last_day else ""


def _organization(organization: Organization | None) -> str:
    if organization is None:
        return ""
    if organization.school is not None:
        return organization.school.short_name
    return organization.short_name or organization.name


def _networks(session: Session) -> tuple[NetworkFacts, ...]:
    members: dict[int, list[str]] = defaultdict(list)
    listed = select(NetworkMember).order_by(NetworkMember.position, NetworkMember.id)
    for member in session.scalars(listed):
        members[member.group_id].append(_organization(member.organization))
    groups = session.scalars(select(NetworkGroup).order_by(NetworkGroup.position, NetworkGroup.id))
    return tuple(
        NetworkFacts(group.number, tuple(members[group.id]), group.principle or group.title)
        for group in groups
    )


def _mentors(session: Session) -> TableFacts:
    pairs = session.scalars(select(MentorPair).order_by(MentorPair.id))
    rows = (
        (pair.school.short_name, _organization(pair.mentor), pair.subject, _agreement(pair))
        for pair in pairs
    )
    titles = ("№", "Школа", "Школа-наставник", "Предмет наставничества", "Договор")
    return _numbered(titles, rows)


def _agreement(pair: MentorPair) -> str:
    number = f"№ {pair.agreement_number}" if pair.agreement_number else ""
    day = f"от {pair.agreement_date:%d.%m.%Y}" if pair.agreement_date else ""
    return " ".join(part for part in (number, day) if part)


def _monitoring(session: Session, programme_id: int) -> TableFacts:
    found = session.scalars(
        select(MonitoringRow)
        .where(MonitoringRow.programme_id == programme_id)
        .order_by(MonitoringRow.position, MonitoringRow.id)
    )
    titles = ("Предмет", "Критерий", "Показатели", "Инструменты", "Источники")
    rows = ((r.subject, r.criterion, r.indicators, r.instruments, r.sources) for r in found)
    return TableFacts(titles, tuple(rows))


def _recommendations(session: Session, programme: Programme) -> TableFacts:
    found = session.scalars(
        select(Recommendation)
        .where(Recommendation.year.between(programme.first_year, programme.last_year))
        .order_by(Recommendation.year, Recommendation.id)
    )
    rows = ((addressee_of(one), one.deficit, one.text, one.term) for one in found)
    return _numbered(("№", "Адресат", "Дефицит", "Рекомендация", "Срок"), rows)


def addressee_of(one: Recommendation) -> str:
    """Return to whom a recommendation is addressed: the school, the name or the kind in words."""
    if one.school is not None:
        return one.school.short_name
    titles = {known.key: known.title for known in addressees()}
    return one.addressee_name or titles.get(one.addressee, one.addressee)


def _numbered(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> TableFacts:
    numbered = tuple((str(number), *row) for number, row in enumerate(rows, start=1))
    return TableFacts(titles, numbered)
