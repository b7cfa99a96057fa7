"""What a person changes on the card of a school by hand: other names, codes, whether it works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import CodeSystem, SchoolStatus
from app.models.schools import School, SchoolAlias, SchoolCode, SchoolEnding, SchoolValue
from app.services.changes import ChangeSet
from app.services.importing import name_key
from app.services.journal import Action
from app.services.schools import SchoolGone
from app.services.workspace import Workspace

_LONGEST_NAME = 600
_LONGEST_CODE = 40
_CHOOSE = "Обновите карточку и выберите снова."


def add_alias(workspace: Workspace, school_id: int, name: str) -> ChangeSet:
    """Let files call the school by one more name; UserError when it means another school."""
    name, key = _spelling(name)
    with workspace.database.write() as session:
        school = _school(session, school_id)
        _refuse_foreign(session, school_id, name, key)
        title = f"название «{name}» школы «{school.short_name}»"
        with Action(session, title) as action:
            action.insert(SchoolAlias, _by_hand(school_id, name=name, key=key))
        return action.changes


def rename_alias(workspace: Workspace, alias_id: int, name: str) -> ChangeSet:
    """Spell another name of a school otherwise; UserError as for ``add_alias``."""
    name, key = _spelling(name)
    with workspace.database.write() as session:
        alias = _alias(session, alias_id)
        if alias.key != key:
            _refuse_foreign(session, alias.school_id, name, key)
        with Action(session, f"название «{alias.name}»") as action:
            action.update(SchoolAlias, alias_id, {"name": name, "key": key})
        return action.changes


def remove_alias(workspace: Workspace, alias_id: int) -> ChangeSet:
    """Forget another name: files that use it ask again.  UserError when it is gone already."""
    with workspace.database.write() as session:
        alias = _alias(session, alias_id)
        with Action(session, f"название «{alias.name}» убрано") as action:
            action.delete(SchoolAlias, alias_id)
        return action.changes


@dataclass(frozen=True, slots=True)
class CodeDetails:
    """A code as a person enters it; the days are those between which it was in force."""

    system: CodeSystem
    code: str
    since: date | None = None
    until: date | None = None


def add_code(workspace: Workspace, school_id: int, details: CodeDetails) -> ChangeSet:
    """Give the school a code; without a last day it is the one in force, the old one stays.

    UserError when another school has or had it: a code belongs to one school for ever.
    """
    code = _checked(details)
    with workspace.database.write() as session:
        school = _school(session, school_id)
        _refuse_taken(session, details.system, code)
        old = _current(session, school_id, details.system)
        with Action(session, f"код {details.system.value} школы «{school.short_name}»") as action:
            in_force = details.until is None
            if old is not None and in_force:
                until = old.until or details.since
                action.update(SchoolCode, old.id, {"current": False, "until": until})
            values = {
                "system": details.system,
                "code": code,
                "since": details.since,
                "until": details.until,
                "current": in_force,
                "replaced_id": old.id if old is not None and in_force else None,
            }
            action.insert(SchoolCode, {**_by_hand(school_id), **values})
        return action.changes


def change_code(workspace: Workspace, code_id: int, details: CodeDetails) -> ChangeSet:
    """Mend the period of a code, or the text of one that was entered by hand.

    A code that a file gave keeps its text, for the file says so: give the school another one.
    """
    code = _checked(details)
    with workspace.database.write() as session:
        known = _code(session, code_id)
        if code != known.code:
            if known.block_id is not None:
                raise UserError(
                    f"Код «{known.code}» дал загруженный файл, изменить его текст нельзя.",
                    "Добавьте школе новый код: прежний останется в истории.",
                )
            _refuse_taken(session, known.system, code)
        values = {"code": code, "since": details.since, "until": details.until}
        with Action(session, f"код «{known.code}»") as action:
            action.update(SchoolCode, code_id, values)
        return action.changes


def remove_code(workspace: Workspace, code_id: int) -> ChangeSet:
    """Take a code away; the one that it had replaced is in force again."""
    with workspace.database.write() as session:
        known = _code(session, code_id)
        with Action(session, f"код «{known.code}» убран") as action:
            newer = session.scalars(select(SchoolCode).where(SchoolCode.replaced_id == code_id))
            for one in newer.all():
                action.update(SchoolCode, one.id, {"replaced_id": known.replaced_id})
            action.delete(SchoolCode, code_id)
            if known.current and known.replaced_id is not None:
                action.update(SchoolCode, known.replaced_id, {"current": True, "until": None})
        return action.changes


@dataclass(frozen=True, slots=True)
class Ending:
    """A school works no more: joined to ``successor_id``, or closed where that is None."""

    reason: str
    ended_on: date | None = None
    successor_id: int | None = None

    @property
    def status(self) -> SchoolStatus:
        """What the card says of the school."""
        return SchoolStatus.CLOSED if self.successor_id is None else SchoolStatus.MERGED


def end_school(workspace: Workspace, school_id: int, ending: Ending) -> ChangeSet:
    """Note that a school was closed or joined to another; all that is known of it stays.

    UserError without a reason, or when the school it went to is itself or works no more.
    """
    reason = ending.reason.strip()
    if not reason:
        raise UserError("Основание не указано.", "Впишите постановление или причину.")
    with workspace.database.write() as session:
        school = _school(session, school_id)
        _check_successor(session, school, ending.successor_id)
        values = {
            "successor_id": ending.successor_id,
            "ended_on": ending.ended_on,
            "reason": reason,
        }
        title = f"школа «{school.short_name}» {ending.status.value}"
        with Action(session, title) as action:
            known = _ending(session, school_id)
            if known is None:
                action.insert(SchoolEnding, {"school_id": school_id, **values})
            else:
                action.update(SchoolEnding, known.id, values)
            _set_status(session, action, school, ending.status)
        return action.changes


def reopen_school(workspace: Workspace, school_id: int) -> ChangeSet:
    """Take back that a school was closed or joined to another."""
    with workspace.database.write() as session:
        school = _school(session, school_id)
        with Action(session, f"школа «{school.short_name}» снова действует") as action:
            known = _ending(session, school_id)
            if known is not None:
                action.delete(SchoolEnding, known.id)
            _set_status(session, action, school, SchoolStatus.ACTIVE)
        return action.changes


def _set_status(session: Session, action: Action, school: School, status: SchoolStatus) -> None:
    """Change the status with its observation, so that its history and undoing loads stay right."""
    if school.status is status:
        return
    query = select(SchoolValue).where(
        SchoolValue.school_id == school.id, SchoolValue.field == "status", SchoolValue.current
    )
    old = session.scalars(query).one_or_none()
    if old is not None:
        action.update(SchoolValue, old.id, {"current": False})
        replaced: int | None = old.id
    else:
        before = {"field": "status", "value": school.status.value, "current": False}
        replaced = action.insert(SchoolValue, {**_by_hand(school.id), **before})
    now = {"field": "status", "value": status.value, "replaced_id": replaced}
    action.insert(SchoolValue, {**_by_hand(school.id), **now})
    action.update(School, school.id, {"status": status})


def _by_hand(school_id: int, **values: object) -> dict[str, object]:
    """Return the columns of an observation that no file gave."""
    observed = {"block_id": None, "rows": None, "current": True, "replaced_id": None}
    return {"school_id": school_id, **observed, **values}


def _spelling(name: str) -> tuple[str, str]:
    name = " ".join(name.split())[:_LONGEST_NAME]
    key = name_key(name)
    if not key:
        raise UserError("Название пустое.", "Впишите название, как его пишут в файлах.")
    return name, key


def _refuse_foreign(session: Session, school_id: int, name: str, key: str) -> None:
    alias = session.scalars(select(SchoolAlias).where(SchoolAlias.key == key)).one_or_none()
    owner = alias.school_id if alias is not None else None
    if owner is None:
        for other in session.scalars(select(School).where(School.id != school_id)):
            if key in (name_key(other.short_name), name_key(other.full_name or "")):
                owner = other.id
    if owner is None:
        return
    whose = session.get_one(School, owner).short_name
    if owner == school_id:
        raise UserError(f"Название «{name}» у школы уже есть.", "")
    raise UserError(
        f"Название «{name}» уже значит школу «{whose}».",
        "Если это ошибка, сначала уберите его у той школы.",
    )


def _checked(details: CodeDetails) -> str:
    code = "".join(details.code.split())
    if not code or len(code) > _LONGEST_CODE:
        raise UserError("Код пустой или слишком длинный.", "Впишите код, как он стоит в файлах.")
    if details.since and details.until and details.since > details.until:
        raise UserError("Код перестал действовать раньше, чем начал.", "Поменяйте даты местами.")
    return code


def _refuse_taken(session: Session, system: CodeSystem, code: str) -> None:
    query = (
        select(School.short_name)
        .join(SchoolCode, SchoolCode.school_id == School.id)
        .where(SchoolCode.system == system, SchoolCode.code == code)
    )
    owner = session.scalars(query).first()
    if owner is not None:
        raise UserError(
            f"Код {system.value} «{code}» принадлежит школе «{owner}».",
            "Код всегда принадлежит одной школе, чтобы находились и старые файлы.",
        )


def _current(session: Session, school_id: int, system: CodeSystem) -> SchoolCode | None:
    query = select(SchoolCode).where(
        SchoolCode.school_id == school_id, SchoolCode.system == system, SchoolCode.current
    )
    return session.scalars(query.order_by(SchoolCode.id.desc())).first()


def _check_successor(session: Session, school: School, successor_id: int | None) -> None:
    if successor_id is None:
        return
    successor = session.get(School, successor_id)
    if successor is None or successor_id == school.id:
        raise UserError("Школу нельзя присоединить к самой себе.", "Выберите другую школу.")
    if successor.status is not SchoolStatus.ACTIVE:
        raise UserError(
            f"Школа «{successor.short_name}» сама не действует.", "Выберите действующую школу."
        )


def _school(session: Session, school_id: int) -> School:
    school = session.get(School, school_id)
    if school is None:
        raise SchoolGone("Такой школы больше нет в реестре.", "Обновите список школ.")
    return school


def _alias(session: Session, alias_id: int) -> SchoolAlias:
    alias = session.get(SchoolAlias, alias_id)
    if alias is None:
        raise UserError("Этого названия у школы уже нет.", _CHOOSE)
    return alias


def _code(session: Session, code_id: int) -> SchoolCode:
    code = session.get(SchoolCode, code_id)
    if code is None:
        raise UserError("Этого кода у школы уже нет.", _CHOOSE)
    return code


def _ending(session: Session, school_id: int) -> SchoolEnding | None:
    query = select(SchoolEnding).where(SchoolEnding.school_id == school_id)
    return session.scalars(query).one_or_none()
