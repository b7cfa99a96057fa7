"""Mentor pairs: a school in support and the one that mentors it, with their agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import Category
from app.models.people import Organization
from app.models.schools import School
from app.models.support import MentorPair
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.people import Saved, Who, entered
from app.services.sorting import natural_key
from app.services.support.matrix import categories
from app.services.support.types import PairForm, PairRow
from app.services.workspace import Workspace


def list_pairs(workspace: Workspace, year: int) -> tuple[PairRow, ...]:
    """Return the pairs that touch a year by school, with what is odd about each."""
    known = categories(workspace, year)
    query = (
        select(MentorPair, School.short_name, Organization)
        .join(School, School.id == MentorPair.school_id)
        .join(Organization, Organization.id == MentorPair.mentor_id)
    )
    with workspace.database.read() as session:
        rows = [
            _row(pair, school, mentor, known)
            for pair, school, mentor in session.execute(query)
            if _touches(pair, year)
        ]
    return tuple(sorted(rows, key=lambda row: (natural_key(row.school), row.id)))


def save_pair(workspace: Workspace, form: PairForm, pair_id: int | None = None) -> Saved:
    """Store a pair, a new one without an id; UserError for a school that would mentor itself."""
    if form.first_day and form.last_day and form.last_day < form.first_day:
        raise UserError("Наставничество кончается раньше, чем началось.", "Исправьте одну из дат.")
    title = f"наставник школы: {form.mentor.title}"
    with workspace.database.write() as session, Action(session, title) as action:
        mentor = entered(session, action, form.mentor)
        _check(session, form.school_id, mentor)
        values = {
            "school_id": form.school_id,
            "mentor_id": mentor,
            "subject": " ".join(form.subject.split()),
            "agreement_number": form.agreement_number.strip(),
            "agreement_date": form.agreement_date,
            "first_day": form.first_day,
            "last_day": form.last_day,
            "note": form.note.strip(),
        }
        if pair_id is None:
            return Saved(action.insert(MentorPair, values), action.changes)
        _require(session, pair_id)
        action.update(MentorPair, pair_id, values)
        return Saved(pair_id, action.changes)


def delete_pair(workspace: Workspace, *pair_ids: int) -> ChangeSet:
    """Take pairs out; undone as one action."""
    with workspace.database.write() as session:
        for one in pair_ids:
            _require(session, one)
        with Action(session, f"удаление наставнических пар: {len(pair_ids)}") as action:
            for one in pair_ids:
                action.delete(MentorPair, one)
            return action.changes


def _check(session: Session, school_id: int, mentor_id: int) -> None:
    school = session.get(School, school_id)
    if school is None:
        raise UserError("Такой школы больше нет в реестре.", "Обновите список школ.")
    if session.get_one(Organization, mentor_id).school_id == school_id:
        raise UserError(
            f"Школа «{school.short_name}» не может быть наставником сама себе.",
            "Выберите другую организацию.",
        )


def _require(session: Session, pair_id: int) -> MentorPair:
    pair = session.get(MentorPair, pair_id)
    if pair is None:
        raise UserError("Такой пары больше нет.", "Обновите список.")
    return pair


def _touches(pair: MentorPair, year: int) -> bool:
    begun = pair.first_day is None or pair.first_day.year <= year
    return begun and (pair.last_day is None or pair.last_day.year >= year)


def _row(
    pair: MentorPair, school: str, mentor: Organization, known: Mapping[int, Category]
) -> PairRow:
    return PairRow(
        pair.id,
        pair.school_id,
        school,
        Who(mentor.short_name or mentor.name, organization_id=mentor.id),
        mentor.school_id,
        pair.subject,
        pair.agreement_number,
        pair.agreement_date,
        pair.first_day,
        pair.last_day,
        pair.note,
        tuple(_problems(pair, mentor, known)),
    )


def _problems(
    pair: MentorPair, mentor: Organization, known: Mapping[int, Category]
) -> Iterator[str]:
    if not pair.agreement_number or pair.agreement_date is None:
        yield "Нет номера или даты соглашения о сетевом взаимодействии."
    category = known.get(mentor.school_id or 0, Category.NONE)
    if category.has_shnor:
        yield f"Школа-наставник сама в перечне ({category})."
