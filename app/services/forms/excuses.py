"""Schools that need not hand in a form this year, and why; each decision can be undone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.intake import FormExcuse
from app.models.schools import School
from app.services.changes import ChangeSet
from app.services.forms.expecting import rules
from app.services.journal import Action
from app.services.workspace import Workspace


def excuse(workspace: Workspace, year: int, school_id: int, form: str, reason: str) -> ChangeSet:
    """Store that the school need not hand ``form`` in, in ``year``.

    UserError without a reason, for a school that is gone, or for something nobody expects.
    """
    why = " ".join(reason.split())
    if not why:
        raise UserError(
            "Освобождение требует причины.",
            "Напишите её: например, «в 2025 году выпускников 11 класса нет».",
        )
    title = _title(form)
    with workspace.database.write() as session:
        school = _school(session, school_id)
        known = _stored(session, year, school_id, form)
        if known is not None and known.reason == why:
            return ChangeSet()
        said = f"освобождение школы «{school}»: {title}, {year} год"
        with Action(session, said) as action:
            if known is None:
                values = {"school_id": school_id, "year": year, "form": form, "reason": why}
                action.insert(FormExcuse, values)
            else:
                action.update(FormExcuse, known.id, {"reason": why})
            return action.changes


def withdraw_excuse(workspace: Workspace, year: int, school_id: int, form: str) -> ChangeSet:
    """Take the excuse back: the school owes the form again; nothing changes without one."""
    title = _title(form)
    with workspace.database.write() as session:
        school = _school(session, school_id)
        known = _stored(session, year, school_id, form)
        if known is None:
            return ChangeSet()
        said = f"отзыв освобождения школы «{school}»: {title}, {year} год"
        with Action(session, said) as action:
            action.delete(FormExcuse, known.id)
            return action.changes


def _title(form: str) -> str:
    found = next((rule.expected for rule in rules() if rule.expected.key == form), None)
    if found is None:
        known = ", ".join(rule.expected.key for rule in rules())
        raise UserError(f"Формы «{form}» никто не ждёт.", f"Бывают: {known}.")
    return found.title


def _school(session: Session, school_id: int) -> str:
    name = session.scalar(select(School.short_name).where(School.id == school_id))
    if name is None:
        raise UserError(
            "Такой школы больше нет в реестре.", "Обновите список школ и выберите школу снова."
        )
    return name


def _stored(session: Session, year: int, school_id: int, form: str) -> FormExcuse | None:
    return session.scalar(
        select(FormExcuse).where(
            FormExcuse.school_id == school_id, FormExcuse.year == year, FormExcuse.form == form
        )
    )
