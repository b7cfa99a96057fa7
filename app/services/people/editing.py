"""Writing the directory: entering, joining spellings, replacing and deleting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import OrganizationKind
from app.models.people import Organization, Person
from app.models.schools import School
from app.models.support import NetworkMember
from app.models.tables import Base
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.people.keys import key, tidy
from app.services.people.types import (
    OrganizationForm,
    PersonForm,
    Replaced,
    Saved,
    Use,
    Who,
)
from app.services.people.uses import references, uses_of_organization, uses_of_person
from app.services.workspace import Workspace


def save_organization(
    workspace: Workspace, form: OrganizationForm, organization_id: int | None = None
) -> Saved:
    """Store an organization, a new one without an id; UserError for no name or a known one."""
    values = {
        "kind": form.kind,
        "name": tidy(form.name),
        "short_name": tidy(form.short_name),
        "key": key(form.name),
        "cases": dict(form.cases),
        "contacts": form.contacts.strip(),
    }
    _require(Organization, values, "название организации")
    with workspace.database.write() as session:
        _refuse_double(session, Organization, values, organization_id)
        title = f"организация «{values['short_name'] or values['name']}»"
        return _save(session, Organization, values, organization_id, title)


def save_person(workspace: Workspace, form: PersonForm, person_id: int | None = None) -> Saved:
    """Store a person, a new one without an id.

    UserError without a name, with digits in it, or when the same person of the same organization
    is in the directory already.
    """
    name = tidy(form.name)
    if any(sign.isdigit() for sign in name):
        raise UserError(f"В имени «{name}» есть цифры.", "Впишите фамилию, имя и отчество.")
    values: dict[str, Any] = {
        "name": name,
        "post": tidy(form.post),
        "key": key(name),
        "cases": {"name": dict(form.name_cases), "post": dict(form.post_cases)},
        "contacts": form.contacts.strip(),
        "active": form.active,
    }
    _require(Person, values, "фамилию, имя и отчество")
    with workspace.database.write() as session, Action(session, f"человек «{name}»") as action:
        place = entered(session, action, form.organization) if form.organization else None
        values["organization_id"] = place
        _refuse_double(session, Person, values, person_id)
        return _put(session, action, Person, values, person_id)


def entered(session: Session, action: Action, who: Who) -> int:
    """Return the id of an organization, entering a school of the register when first used.

    To be called inside a write block of another verb; UserError when it is not an organization or
    has left the directory.
    """
    if who.organization_id is not None:
        if session.get(Organization, who.organization_id) is None:
            raise _gone()
        return who.organization_id
    school = session.get(School, who.school_id) if who.school_id is not None else None
    if school is None:
        raise UserError(f"«{who.title}» – не организация справочника.", "Выберите организацию.")
    known = session.scalar(select(Organization.id).where(Organization.school_id == school.id))
    if known is not None:
        return known
    return action.insert(
        Organization,
        {
            "kind": OrganizationKind.SCHOOL,
            "name": school.full_name or school.short_name,
            "short_name": school.short_name,
            "key": key(school.short_name),
            "spellings": [],
            "cases": {},
            "contacts": "",
            "school_id": school.id,
        },
    )


def entered_organization(session: Session, action: Action, name: str) -> int:
    """Return the id of the organization of that name, entering one that is not known yet.

    To be called inside a write block of another verb, with a name that is no school of the
    register.  What kind it is nobody has said: a new one is «другая».
    """
    wanted = key(name)
    for one in session.scalars(select(Organization)):
        if wanted in {one.key, *(key(spelling) for spelling in one.spellings)}:
            return one.id
    return action.insert(
        Organization,
        {
            "kind": OrganizationKind.OTHER,
            "name": tidy(name),
            "short_name": "",
            "key": wanted,
            "spellings": [],
            "cases": {},
            "contacts": "",
            "school_id": None,
        },
    )


def entered_person(
    session: Session, action: Action, name: str, post: str, organization_id: int | None
) -> int:
    """Return the id of the person of that name, entering one who is not in the directory yet.

    To be called inside a write block of another verb.  Of two of one name the one who works there
    is meant; when none does, a new entry is made and nobody is taken for somebody else.
    """
    wanted = key(name)
    found = [
        one
        for one in session.scalars(select(Person))
        if wanted in {one.key, *(key(spelling) for spelling in one.spellings)}
    ]
    same = [one for one in found if one.organization_id == organization_id]
    chosen = same or [one for one in found if None in (one.organization_id, organization_id)]
    if len(chosen) == 1:
        return chosen[0].id
    values: dict[str, Any] = {
        "name": tidy(name),
        "post": tidy(post),
        "key": wanted,
        "cases": {"name": {}, "post": {}},
        "contacts": "",
        "active": True,
        "spellings": [],
        "organization_id": organization_id,
    }
    return action.insert(Person, values)


def remember_spelling(workspace: Workspace, who: Who, spelling: str) -> ChangeSet:
    """Remember that a written name means this entry, so that it is never asked again."""
    text = tidy(spelling)
    with workspace.database.write() as session, Action(session, f"написание «{text}»") as action:
        if who.person_id is not None:
            row: Person | Organization = _get(session, Person, who.person_id)
        else:
            row = _get(session, Organization, entered(session, action, who))
        known = [row.key, *(key(one) for one in row.spellings)]
        if key(text) not in known:
            action.update(type(row), row.id, {"spellings": [*row.spellings, text]})
        return action.changes


def join(workspace: Workspace, keep: Who, others: Iterable[Who]) -> ChangeSet:
    """Make several entries one: what referred to the others refers to ``keep``.

    Their names stay as its spellings.  UserError for a person joined with an organization, or for
    two schools of the register, which are two schools.
    """
    title = f"одна запись справочника «{keep.title}»"
    with workspace.database.write() as session, Action(session, title) as action:
        kept = _row(session, action, keep)
        for other in others:
            _join(session, action, kept, _row(session, action, other))
            session.expire(kept)
        return action.changes


def where_used(workspace: Workspace, who: Who) -> tuple[Use, ...]:
    """Return every place where the entry is used; a school nothing refers to has none."""
    with workspace.database.read() as session:
        if who.person_id is not None:
            return uses_of_person(session, _get(session, Person, who.person_id))
        if who.organization_id is not None:
            return uses_of_organization(session, _get(session, Organization, who.organization_id))
        return ()


def delete(workspace: Workspace, *entries: Who) -> ChangeSet:
    """Take entries out of the directory, undone as one action; all of them or none.

    UserError with the places when one is used anywhere.
    """
    for who in entries:
        _refuse_used(workspace, who)
    said = f"«{entries[0].title}»" if len(entries) == 1 else f"записей ({len(entries)})"
    title = f"удаление {said} из справочника"
    with workspace.database.write() as session, Action(session, title) as action:
        for row in [_row(session, action, who) for who in entries]:
            action.delete(type(row), row.id)
        return action.changes


def _refuse_used(workspace: Workspace, who: Who) -> None:
    used = where_used(workspace, who)
    if used:
        places = "; ".join(use.place for use in used[:5])
        more = f" и ещё {len(used) - 5}" if len(used) > 5 else ""
        raise UserError(
            f"Удалить «{who.title}» нельзя, запись используется: {places}{more}.",
            "Замените её другой записью везде или отметьте, что человек больше не работает.",
        )
    if who.school_id is not None:
        raise UserError(
            f"«{who.title}» – школа реестра, из справочника её не удаляют.",
            "Школы приходят из реестра школ.",
        )


def replace(workspace: Workspace, old: Who, new: Who) -> Replaced:
    """Put ``new`` wherever ``old`` is used, and take ``old`` out of the directory.

    Papers are not rewritten: where some name the old person, the entry stays as «не работает», so
    that they can be understood.
    """
    used = where_used(workspace, old)
    kept = tuple(use for use in used if use.kept)
    title = f"замена «{old.title}» на «{new.title}»"
    with workspace.database.write() as session, Action(session, title) as action:
        target, source = _row(session, action, new), _row(session, action, old)
        if type(target) is not type(source) or target.id == source.id:
            raise UserError(
                "Заменить можно человека другим человеком, организацию – другой организацией.",
                "Выберите другую запись.",
            )
        rows = _repoint(session, action, type(source), source.id, target.id)
        if kept:
            action.update(Person, source.id, {"active": False})
        else:
            action.delete(type(source), source.id)
        return Replaced(rows, kept, action.changes)


_Row = Person | Organization
RowT = TypeVar("RowT", Person, Organization)


def _row(session: Session, action: Action, who: Who) -> _Row:
    if who.person_id is not None:
        return _get(session, Person, who.person_id)
    return _get(session, Organization, entered(session, action, who))


def _get(session: Session, model: type[RowT], row_id: int) -> RowT:
    found = session.get(model, row_id)
    if found is None:
        raise _gone()
    return found


def _gone() -> UserError:
    return UserError("Этой записи справочника больше нет.", "Обновите справочник.")


def _join(session: Session, action: Action, kept: _Row, other: _Row) -> None:
    if not _may_be_one(kept, other):
        raise UserError(
            f"«{other.name}» и «{kept.name}» нельзя соединить в одну запись.",
            "Соединяют написания одного человека или одной организации; две школы реестра – "
            "разные школы.",
        )
    spellings = dict.fromkeys([*kept.spellings, other.name, *other.spellings])
    values: dict[str, Any] = {"spellings": [one for one in spellings if key(one) != kept.key]}
    if isinstance(other, Organization) and other.school_id is not None:
        values["school_id"] = other.school_id
    _repoint(session, action, type(kept), other.id, kept.id)
    action.delete(type(other), other.id)
    action.update(type(kept), kept.id, values)


def _may_be_one(kept: _Row, other: _Row) -> bool:
    if type(kept) is not type(other) or kept.id == other.id:
        return False
    schools = [one.school_id for one in (kept, other) if isinstance(one, Organization)]
    return not schools or None in schools


def _repoint(session: Session, action: Action, model: type[_Row], old: int, new: int) -> int:
    """Let every row that refers to ``old`` refer to ``new``; return how many there were."""
    rows = 0
    for column in references(model.__tablename__):
        table: Table = column.table
        mapped = _model(table)
        (primary,) = table.primary_key.columns
        for row_id in session.scalars(select(primary).where(column == old)).all():
            rows += 1
            if mapped is NetworkMember and _is_member(session, row_id, new):
                action.delete(mapped, row_id)
            else:
                action.update(mapped, row_id, {column.name: new})
    return rows


def _is_member(session: Session, row_id: int, organization_id: int) -> bool:
    group = session.get_one(NetworkMember, row_id).group_id
    query = select(NetworkMember.id).where(
        NetworkMember.group_id == group, NetworkMember.organization_id == organization_id
    )
    return session.scalar(query) is not None


def _model(table: Table) -> type[Any]:
    return next(m.class_ for m in Base.registry.mappers if m.local_table is table)


def _require(model: type[_Row], values: dict[str, Any], what: str) -> None:
    if not values["key"]:
        raise UserError(f"Укажите {what}.", "Без этого запись не сохраняется.")
    for column in model.__table__.columns:
        limit = getattr(column.type, "length", None)
        text = values.get(column.name)
        if isinstance(text, str) and limit and len(text) > limit:
            raise UserError(
                f"Слишком длинный текст: «{text[:40]}…», не более {limit} знаков.",
                "Сократите его.",
            )


def _refuse_double(
    session: Session, model: type[_Row], values: dict[str, Any], own: int | None
) -> None:
    query = select(model.id).where(model.key == values["key"])
    if model is Person:
        query = query.where(Person.organization_id.is_(values["organization_id"]))
    others: Sequence[int] = [one for one in session.scalars(query) if one != own]
    if others:
        raise UserError(f"«{values['name']}» уже есть в справочнике.", "Выберите имеющуюся запись.")


def _save(
    session: Session, model: type[_Row], values: dict[str, Any], row_id: int | None, title: str
) -> Saved:
    with Action(session, title) as action:
        return _put(session, action, model, values, row_id)


def _put(
    session: Session, action: Action, model: type[_Row], values: dict[str, Any], row_id: int | None
) -> Saved:
    if row_id is None:
        added = action.insert(model, {"spellings": [], **values})
        return Saved(added, action.changes)
    if session.get(model, row_id) is None:
        raise _gone()
    action.update(model, row_id, values)
    return Saved(row_id, action.changes)
