"""What a person decides about a school for a year, beside what was computed at that moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.decisions import Decision, Methodology
from app.models.enums import Basis, Category
from app.paths import resource
from app.services.account import account
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.methodology.classifying import classify
from app.services.methodology.loading import as_body, check_storable, load_all, parse_stored
from app.services.methodology.types import RuleSet
from app.services.methodology.verdicts import Classification, SchoolVerdict
from app.services.russian import counted
from app.services.workspace import Workspace

CATEGORIES = (
    Category.SHNOR_SHNSU,
    Category.SHNOR,
    Category.SHNSU,
    Category.RISK_ZONE,
    Category.NONE,
)
"""Categories that a person may set."""


def confirm(workspace: Workspace, year: int, school_ids: Iterable[int]) -> ChangeSet:
    """Store the computed category of the schools as decided; what is decided so stays as it is.

    All or nothing.  UserError names schools that have no data for the year: their category is not
    computed, so there is nothing to confirm.
    """
    computed = classify(workspace, year)
    schools = [_school(computed, school_id) for school_id in dict.fromkeys(school_ids)]
    empty = [f"«{school.school}»" for school in schools if school.verdict.no_data]
    if empty:
        raise UserError(
            f"Подтвердить нечего, за {year} год нет данных: {', '.join(empty)}.",
            "Снимите выделение с этих школ или задайте категорию вручную с обоснованием.",
        )
    waiting = [school for school in schools if not _is_confirmed(school)]
    title = f"подтверждение категорий за {year} год, {counted(len(waiting), *_SCHOOLS)}"
    return _decide(
        workspace,
        computed,
        title,
        [(school, school.verdict.category, Basis.COMPUTED, "") for school in waiting],
    )


def override(
    workspace: Workspace,
    year: int,
    school_id: int,
    category: Category,
    reason: str,
    basis: Basis = Basis.MANUAL,
) -> ChangeSet:
    """Store a category that a person sets, with the reason, beside the computed one.

    ``basis`` REGION says that the reason is a list of the region.  UserError without a reason.
    """
    why = " ".join(reason.split())
    if not why:
        raise UserError(
            "Категория, заданная вручную, требует обоснования.",
            "Напишите, на чём основано решение: перечень региона, приказ, новые сведения.",
        )
    if category not in CATEGORIES or basis is Basis.COMPUTED:
        allowed = ", ".join(f"«{known}»" for known in CATEGORIES)
        raise UserError(f"Категорию «{category}» задать вручную нельзя.", f"Выберите: {allowed}.")
    computed = classify(workspace, year)
    school = _school(computed, school_id)
    before = school.decision
    if before and (before.category, before.basis, before.reason) == (category, basis, why):
        return ChangeSet()
    title = f"категория школы «{school.school}» за {year} год"
    return _decide(workspace, computed, title, [(school, category, basis, why)])


def withdraw(workspace: Workspace, year: int, school_id: int) -> ChangeSet:
    """Take a decision back: the computed category is in force again; the history keeps it."""
    school = _school(classify(workspace, year), school_id)
    if school.decision is None:
        return ChangeSet()
    title = f"отзыв решения по школе «{school.school}» за {year} год"
    with workspace.database.write() as session, Action(session, title) as action:
        action.update(Decision, school.decision.id, {"current": False})
        return action.changes


_SCHOOLS = ("школа", "школы", "школ")
_New = tuple[SchoolVerdict, Category, Basis, str]


def _school(computed: Classification, school_id: int) -> SchoolVerdict:
    for school in computed.schools:
        if school.school_id == school_id:
            return school
    raise UserError(
        "Такой школы больше нет в реестре.", "Обновите список школ и выберите школу снова."
    )


def _is_confirmed(school: SchoolVerdict) -> bool:
    confirmed = school.decision is not None and school.decision.basis is Basis.COMPUTED
    return confirmed and not school.changed


def _decide(
    workspace: Workspace, computed: Classification, title: str, new: list[_New]
) -> ChangeSet:
    if not new:
        return ChangeSet()
    with workspace.database.write() as session, Action(session, title) as action:
        methodology = stored_version(session, computed.rules)
        for school, category, basis, reason in new:
            if school.decision:
                action.update(Decision, school.decision.id, {"current": False})
            action.insert(
                Decision,
                {
                    "school_id": school.school_id,
                    "year": computed.year,
                    "category": category,
                    "basis": basis,
                    "reason": reason,
                    "computed_category": school.verdict.category,
                    "computed_reason": school.verdict.reason,
                    "methodology_id": methodology,
                    "decided_at": datetime.now(UTC),
                    "decided_by": account(),
                    "current": True,
                },
            )
        return action.changes


def stored_version(session: Session, rules: RuleSet) -> int:
    """Return the id of the stored methodology, storing it when first used for a decision.

    Rules that differ from the stored ones of the same version are a new version: what was decided
    under the old must stay readable.
    """
    known = session.execute(
        select(Methodology.id, Methodology.version, Methodology.body)
        .where(Methodology.key == rules.key)
        .order_by(Methodology.version)
    ).all()
    stored = [parse_stored(row.body, f"версии {row.version} из базы") for row in known]
    for row, old in zip(known, stored, strict=True):
        if old == replace(rules, version=row.version):
            return int(row.id)
    check_storable(rules, stored)
    shipped = load_all(resource("methodologies"))
    others = {other.version for other in shipped if other.key == rules.key and other != rules}
    taken = others | {row.version for row in known}
    version = max(taken) + 1 if rules.version in taken else rules.version
    return _store(session, replace(rules, version=version))


def _store(session: Session, rules: RuleSet) -> int:
    values: dict[str, Any] = {
        "key": rules.key,
        "version": rules.version,
        "title": rules.title,
        "first_year": rules.first_year,
        "last_year": rules.last_year,
        "body": as_body(rules),
        "stored_at": datetime.now(UTC),
    }
    row = Methodology(**values)
    session.add(row)
    session.flush()
    return row.id
