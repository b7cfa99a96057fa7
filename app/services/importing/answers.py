"""The remembered answers about schools of files: other names of ours, and schools not ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.intake import AskedSchool, SkippedSchool
from app.models.schools import School, SchoolAlias, SchoolCode
from app.services.changes import ChangeSet, Topic
from app.services.importing.names import name_key
from app.services.importing.writes import SkipWrite
from app.services.journal import Action
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RememberedAnswer:
    """How files name a school, and what a person said about it; ``school`` None is «не наша»."""

    id: int
    name: str
    school_id: int | None
    school: str | None

    @property
    def key(self) -> tuple[bool, int]:
        """What tells it from all others: aliases and skips are numbered apart."""
        return self.school_id is None, self.id


def list_answers(
    workspace: Workspace, school_id: int | None = None
) -> tuple[RememberedAnswer, ...]:
    """Return every remembered answer by its name, or the ones about one school."""
    aliases = select(SchoolAlias.id, SchoolAlias.name, School.id, School.short_name).join(
        School, School.id == SchoolAlias.school_id
    )
    if school_id is not None:
        aliases = aliases.where(School.id == school_id)
    with workspace.database.read() as session:
        found = [RememberedAnswer(*row) for row in session.execute(aliases)]
        if school_id is None:
            skips = session.execute(select(SkippedSchool.id, SkippedSchool.name))
            found += [RememberedAnswer(row[0], row[1], None, None) for row in skips]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.key)))


def forget_answer(workspace: Workspace, answer: RememberedAnswer) -> ChangeSet:
    """Forget an answer: the next file that names the school so asks again.  Stored rows stay.

    Undone through the journal.  UserError when it was forgotten already.
    """
    table = SkippedSchool if answer.school_id is None else SchoolAlias
    title = f"Удаление ответа о школе «{answer.name}»"
    with workspace.database.write() as session, Action(session, title) as action:
        row = session.get(table, answer.id)
        if row is None:
            raise UserError(f"Ответа о «{answer.name}» больше нет.", "Обновите список.")
        if isinstance(row, SchoolAlias):
            take_back_alias(session, action, row)
        else:
            action.delete(table, answer.id)
    return ChangeSet.of(Topic.SCHOOLS, Topic.IMPORTS)


def take_back_alias(session: Session, action: Action, alias: SchoolAlias) -> None:
    """Forget what a name means, and the codes that the same answer gave to the school.

    With such a code the school would be known without a question.  One that a newer code has
    replaced stays.
    """
    replaced = set(session.scalars(select(SchoolCode.replaced_id)))
    for code in _codes_of_answer(session, alias):
        if code.id not in replaced:
            action.delete(SchoolCode, code.id)
    action.delete(SchoolAlias, alias.id)


def _codes_of_answer(session: Session, alias: SchoolAlias) -> list[SchoolCode]:
    """Return the codes that came with the alias: those of the same row of the file.

    An answer given apart from a load has no row: its codes are those that were asked about.
    """
    mine = (SchoolCode.school_id == alias.school_id, SchoolCode.block_id.is_(alias.block_id))
    query = select(SchoolCode).where(*mine, SchoolCode.rows.is_(alias.rows))
    codes = list(session.scalars(query))
    if alias.block_id is not None:
        return codes
    asked = _asked_codes(session, alias.key)
    return [code for code in codes if (code.system.value, code.code) in asked]


def _asked_codes(session: Session, key: str) -> set[tuple[str, str]]:
    """Return the codes that stood beside the name when it was asked about."""
    return {
        (system, code)
        for row in session.scalars(select(AskedSchool))
        if row.key == key or name_key(row.name or "") == key or key.endswith(f"|{row.key}")
        for system, code in row.codes
    }


def skipped_keys(session: Session) -> set[str]:
    """Return the keys of all schools that a person called none of ours."""
    return set(session.scalars(select(SkippedSchool.key)))


def store_skips(session: Session, skips: Iterable[SkipWrite], moment: datetime) -> int:
    """Remember schools that a person called none of ours; return how many."""
    rows = [{"key": one.key, "name": one.name, "made_at": moment} for one in skips]
    if rows:
        session.execute(insert(SkippedSchool), rows)
    return len(rows)


def forget_skips(session: Session, keys: Collection[str]) -> int:
    """Skip these schools no more, for they are ours after all; return how many there were."""
    found = session.scalars(select(SkippedSchool.id).where(SkippedSchool.key.in_(sorted(keys))))
    ids = list(found)
    if ids:
        session.execute(delete(SkippedSchool).where(SkippedSchool.id.in_(ids)))
    return len(ids)
