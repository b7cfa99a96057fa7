"""Network groups: schools and organizations that work together, and the principle that joins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.people import Organization
from app.models.support import NetworkGroup, NetworkMember
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.people import Saved, Who, entered
from app.services.support.types import GroupForm, GroupRow, MemberForm
from app.services.workspace import Workspace

_TITLE = 300
"""Letters that the journal keeps of what an action is called."""


def list_groups(workspace: Workspace, year: int | None = None) -> tuple[GroupRow, ...]:
    """Return the groups in their order, those of a year if one is given; problems with each."""
    with workspace.database.read() as session:
        members = _members(session)
        query = select(NetworkGroup).order_by(NetworkGroup.position, NetworkGroup.id)
        rows = [
            _row(group, members.get(group.id, []))
            for group in session.scalars(query)
            if year is None or _touches(group, year)
        ]
    often = Counter(school for row in rows for school in row.school_ids)
    return tuple(replace(row, problems=tuple(_problems(row, often))) for row in rows)


def save_group(workspace: Workspace, form: GroupForm, group_id: int | None = None) -> Saved:
    """Store a group with its members in order, a new one without an id.

    UserError for years in the wrong order, or a member that stands in it twice.
    """
    if form.first_year and form.last_year and form.last_year < form.first_year:
        raise UserError("Группа кончается раньше, чем началась.", "Исправьте один из годов.")
    title = f"сетевая группа {form.number or form.title}".strip()
    with workspace.database.write() as session, Action(session, title) as action:
        values = {
            "number": form.number.strip(),
            "title": " ".join(form.title.split()),
            "principle": " ".join(form.principle.split()),
            "first_year": form.first_year,
            "last_year": form.last_year,
        }
        stored = _put(session, action, values, group_id)
        wanted = [(entered(session, action, one.who), one) for one in form.members]
        _refuse_double(wanted)
        _put_members(session, action, stored, [(own, one.role) for own, one in wanted])
        return Saved(stored, action.changes)


def delete_group(workspace: Workspace, *group_ids: int) -> ChangeSet:
    """Take groups out with their members; undone as one action."""
    with workspace.database.write() as session:
        groups = [_require(session, one) for one in group_ids]
        said = ", ".join(one.number or one.title for one in groups)
        with Action(session, f"удаление сетевых групп: {said}"[:_TITLE]) as action:
            for one in group_ids:
                for member in session.scalars(_of_group(one)).all():
                    action.delete(NetworkMember, member.id)
                action.delete(NetworkGroup, one)
            return action.changes


def _put(session: Session, action: Action, values: dict[str, Any], group_id: int | None) -> int:
    if group_id is None:
        place = (session.scalar(select(func.max(NetworkGroup.position))) or 0) + 1
        return action.insert(NetworkGroup, {**values, "position": place})
    _require(session, group_id)
    action.update(NetworkGroup, group_id, values)
    return group_id


def _put_members(
    session: Session, action: Action, group_id: int, wanted: Sequence[tuple[int, str]]
) -> None:
    stored = {one.organization_id: one for one in session.scalars(_of_group(group_id))}
    for position, (organization, role) in enumerate(wanted, start=1):
        values = {"position": position, "role": " ".join(role.split())}
        known = stored.pop(organization, None)
        if known is None:
            row = {"group_id": group_id, "organization_id": organization, **values}
            action.insert(NetworkMember, row)
        else:
            action.update(NetworkMember, known.id, values)
    for gone in stored.values():
        action.delete(NetworkMember, gone.id)


def _refuse_double(wanted: Sequence[tuple[int, MemberForm]]) -> None:
    often = Counter(own for own, _ in wanted)
    for own, one in wanted:
        if often[own] > 1:
            raise UserError(f"«{one.who.title}» стоит в группе дважды.", "Оставьте один раз.")


def _of_group(group_id: int) -> Any:
    return select(NetworkMember).where(NetworkMember.group_id == group_id)


def _require(session: Session, group_id: int) -> NetworkGroup:
    group = session.get(NetworkGroup, group_id)
    if group is None:
        raise UserError("Такой группы больше нет.", "Обновите список.")
    return group


def _members(session: Session) -> dict[int, list[tuple[MemberForm, int | None]]]:
    query = (
        select(NetworkMember, Organization)
        .join(Organization, Organization.id == NetworkMember.organization_id)
        .order_by(NetworkMember.position, NetworkMember.id)
    )
    found: dict[int, list[tuple[MemberForm, int | None]]] = {}
    for member, one in session.execute(query):
        who = Who(one.short_name or one.name, organization_id=one.id)
        entry = (MemberForm(who, member.role), one.school_id)
        found.setdefault(member.group_id, []).append(entry)
    return found


def _row(group: NetworkGroup, members: Sequence[tuple[MemberForm, int | None]]) -> GroupRow:
    return GroupRow(
        group.id,
        group.position,
        group.number,
        group.title,
        group.principle,
        tuple(member for member, _ in members),
        tuple(school for _, school in members if school is not None),
        group.first_year,
        group.last_year,
    )


def _touches(group: NetworkGroup, year: int) -> bool:
    return (group.first_year or year) <= year <= (group.last_year or year)


def _problems(row: GroupRow, often: Mapping[int, int]) -> Iterator[str]:
    if len(row.members) < 2:
        yield "В группе меньше двух организаций."
    if not row.principle:
        yield "Не указан принцип взаимодействия."
    if any(often[school] > 1 for school in row.school_ids):
        yield "Школа этой группы состоит и в другой группе."
