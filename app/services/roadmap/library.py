"""The library of measures: the shipped ones and those that the office kept from its own rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ResourceError, UserError
from app.models.roadmaps import Activity, OwnMeasure
from app.paths import resource
from app.services.journal import Action
from app.services.names import fold
from app.services.roadmap.types import Done
from app.services.workspace import Workspace

_FILES = ("factors", "cycle")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: for what, what to do, what comes of it and shows it, typical term and people.

    ``factor`` is the key of a risk factor, ``section`` of a step of the management cycle; at most
    one of both is set for a shipped measure.  ``example`` is it done well, ``non_example`` only
    in name.
    """

    key: str
    title: str
    why: str = ""
    do: str = ""
    result: str = ""
    evidence: str = ""
    term: str = ""
    responsible: str = ""
    example: str = ""
    non_example: str = ""
    factor: str = ""
    section: str = ""
    own: bool = False
    """Kept by the office from a row of its own."""
    uses: int = 0
    """How many activities were taken from it."""

    @property
    def search_key(self) -> str:
        """All words folded, for the search."""
        return fold(" ".join((self.title, self.why, self.do, self.result, self.responsible)))


_NAMES = frozenset(field.name for field in fields(Measure)) - {"own", "uses"}


def measures(workspace: Workspace) -> tuple[Measure, ...]:
    """Return the office's own measures, then the shipped ones, with how often each was taken."""
    with workspace.database.read() as session:
        own = session.scalars(select(OwnMeasure).order_by(OwnMeasure.id.desc())).all()
        counted = (
            select(Activity.measure, func.count())
            .where(Activity.measure != "")
            .group_by(Activity.measure)
        )
        uses = {row[0]: row[1] for row in session.execute(counted)}
        kept = [_measure({**one.body, "key": one.key, "title": one.title}) for one in own]
    known = [Measure(**{**asdict(one), "own": True}) for one in kept]
    return tuple(
        Measure(**{**asdict(one), "uses": uses.get(one.key, 0)})
        for one in (*known, *shipped_measures())
    )


@lru_cache(maxsize=1)
def shipped_measures() -> tuple[Measure, ...]:
    """Return the measures of ``resources/measures``; ResourceError for a broken file."""
    return tuple(_measure(body) for name in _FILES for body in _body(name)["measures"])


@lru_cache(maxsize=1)
def cycle_sections() -> Mapping[str, str]:
    """Return the steps of the management cycle that measures belong to: title by key."""
    return {one["key"]: one["title"] for one in _body("cycle")["sections"]}


def _measure(body: Mapping[str, Any]) -> Measure:
    try:
        known: dict[str, Any] = {name: str(body[name]) for name in _NAMES & body.keys()}
        return Measure(**known)
    except TypeError as error:
        raise _broken("measures") from error


def _body(name: str) -> dict[str, Any]:
    try:
        body: dict[str, Any] = json.loads(
            resource("measures", f"{name}.json").read_text(encoding="utf-8")
        )
    except (OSError, ValueError) as error:
        raise _broken(name) from error
    if not isinstance(body.get("measures"), list):
        raise _broken(name)
    return body


def _broken(name: str) -> ResourceError:
    return ResourceError(
        f"Библиотека мер (файл программы «measures/{name}.json») не читается.",
        "Установите программу заново.",
    )


def activity_of(measure: Measure) -> dict[str, Any]:
    """Return a measure as values of a new activity, as ``add_activities`` takes them."""
    return {
        "title": measure.title,
        "term": measure.term,
        "responsible": measure.responsible,
        "result": measure.result,
        "evidence": measure.evidence,
        "factor": measure.factor,
        "measure": measure.key,
    }


def keep_measures(workspace: Workspace, ids: Collection[int]) -> Done:
    """Keep activities as measures of the office's own; a title that is kept already is renewed."""
    with workspace.database.write() as session:
        rows = session.scalars(select(Activity).where(Activity.id.in_(ids))).all()
        if not rows:
            raise UserError("Этих мероприятий уже нет.", "Обновите страницу.")
        known = {fold(one.title): one.id for one in session.scalars(select(OwnMeasure))}
        made = []
        with Action(session, f"своя библиотека мер, строк: {len(rows)}") as action:
            for row in rows:
                made.append(_keep(session, action, row, known.get(fold(row.title))))
            return Done(tuple(made), action.changes)


def _keep(session: Session, action: Action, row: Activity, known: int | None) -> int:
    names = ("term", "responsible", "result", "evidence", "factor")
    body = {name: getattr(row, name) for name in names if getattr(row, name)}
    if known is not None:
        action.update(OwnMeasure, known, {"body": body, "made_at": datetime.now(UTC)})
        return known
    last = session.scalar(select(func.coalesce(func.max(OwnMeasure.id), 0))) or 0
    values = {
        "key": f"own-{last + 1}",
        "title": row.title,
        "body": body,
        "made_at": datetime.now(UTC),
    }
    return action.insert(OwnMeasure, values)


def delete_measure(workspace: Workspace, key: str) -> Done:
    """Take a measure of the office's own out of the library; activities taken from it stay."""
    with workspace.database.write() as session:
        found = session.scalar(select(OwnMeasure).where(OwnMeasure.key == key))
        if found is None:
            raise UserError("Такой меры в своей библиотеке нет.", "Обновите список.")
        with Action(session, f"удаление меры «{found.title[:60]}»") as action:
            action.delete(OwnMeasure, found.id)
            return Done((), action.changes)
