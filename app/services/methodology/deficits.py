"""Which resources a school is short of in a year, as a person marks it by hand."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import select

from app.errors import UserError
from app.models.enums import RecordKind
from app.models.records import Record
from app.models.schools import School
from app.services.changes import ChangeSet, Topic
from app.services.journal import Action
from app.services.methodology.records import DEFICIT_NAMES
from app.services.methodology.types import Deficit
from app.services.workspace import Workspace


def mark_deficits(
    workspace: Workspace,
    year: int,
    school_id: int,
    deficits: AbstractSet[Deficit] | None,
    reason: str = "",
) -> ChangeSet:
    """Store which resources are short: an empty set says «looked at, none»; None takes it back.

    UserError when resources are marked short without a reason, or the school is gone.  The mark
    can be undone; earlier ones stay in the history.
    """
    why = " ".join(reason.split())
    if deficits and not why:
        raise UserError(
            "Дефицит ресурсов отмечают с основанием.",
            "Напишите, откуда это известно: расчётная карта школы, акт проверки, штатное "
            "расписание.",
        )
    identity = f"school:{school_id}|{RecordKind.DEFICIT.name}|{year}|"
    with workspace.database.write() as session:
        school = session.get(School, school_id)
        if school is None:
            raise UserError("Такой школы больше нет в реестре.", "Обновите список школ.")
        old = session.scalar(select(Record.id).where(Record.identity == identity, Record.current))
        if old is None and deficits is None:
            return ChangeSet()
        title = f"дефицит ресурсов школы «{school.short_name}» за {year} год"
        with Action(session, title) as action:
            if old is not None:
                action.update(Record, old, {"current": False})
            if deficits is not None:
                new = _row(identity, year, school_id, deficits, why)
                action.insert(Record, {**new, "replaced_id": old})
    return ChangeSet.of(Topic.RECORDS, Topic.DECISIONS)


def _row(
    identity: str, year: int, school_id: int, deficits: AbstractSet[Deficit], reason: str
) -> dict[str, Any]:
    marks = {name: int(kind in deficits) for name, kind in DEFICIT_NAMES.items()}
    return {
        "identity": identity,
        "kind": RecordKind.DEFICIT,
        "year": year,
        "school_id": school_id,
        "data": {**marks, **({"reason": reason} if reason else {})},
        "current": True,
    }
