"""Undoing what a load stored through the journal: indicators, risks, curators, network groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.models.enums import Significance, ValueRole
from app.models.indicators import Indicator
from app.models.schools import School
from app.services import support
from app.services.backup import TABLES
from app.services.indicators import Slot, slot_title
from app.services.journal import TakenBack, changes_of_load, is_as_left
from app.services.support import Mark

_PARTS = {"indicator_value", "network_member"}
"""Named by what they belong to."""
_NAMED = 2


@dataclass(frozen=True, slots=True)
class UndoLine:
    """One figure that a load had replaced: what it is now and what stood there before.

    ``kept_by`` says in Russian who has changed it since («загрузка № 3 от 21.11.2025»,
    «исправлено вручную»): then ``now`` stays.  Empty: ``before`` comes back.
    """

    owner: str
    """The school, or the district, region, country of a reference row."""
    item: str
    figure: str
    now: str
    before: str
    kept_by: str = ""


def staying(taken: TakenBack) -> Iterator[str]:
    """Yield in Russian what of a load stays and what stands on it, one sentence per table."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for one in taken.kept:
        if one.table not in _PARTS:
            grouped.setdefault((one.table, one.why), []).append(one.title)
    for (table, why), titles in grouped.items():
        named = ", ".join(f"«{title}»" for title in titles[:_NAMED] if title)
        more = f" и ещё {len(titles) - _NAMED}" if len(titles) > _NAMED else ""
        what = TABLES[table]
        listed = f": {named}{more}" if named else ""
        yield f"Остались {what} ({len(titles)}){listed} – {why}."


def taken_out(taken: TakenBack) -> dict[str, int]:
    """Return how many rows went without anything coming back, by what they are."""
    return {TABLES[table]: count for table, count in taken.removed.items()}


def action_lines(session: Session, batch_id: int) -> Iterator[UndoLine]:
    """Yield the values and marks that a load had put in the place of others."""
    for change in changes_of_load(session, batch_id):
        if change["before"] is None or change["after"] is None:
            continue
        if change["table"] == "indicator_value":
            yield _value_line(session, change)
        elif change["table"] == "school_risk":
            yield _risk_line(session, change)


def _value_line(session: Session, change: Mapping[str, Any]) -> UndoLine:
    after, before = change["after"], change["before"]
    indicator = session.get_one(Indicator, after["indicator_id"])
    slot = Slot(ValueRole(after["role"]), after["period"])
    return UndoLine(
        indicator.programme.title,
        indicator.title,
        slot_title(slot),
        after["text"],
        before["text"],
        _changed_since(session, change),
    )


def _risk_line(session: Session, change: Mapping[str, Any]) -> UndoLine:
    after, before = change["after"], change["before"]
    title = support.factor_titles(session).get(after["factor"], after["factor"])
    return UndoLine(
        session.get_one(School, after["school_id"]).short_name,
        f"Факторы риска, {after['year']} год",
        title,
        support.words(_mark(after)),
        support.words(_mark(before)),
        _changed_since(session, change),
    )


def _mark(values: Mapping[str, Any]) -> Mark:
    said = values["significance"]
    significance = Significance(said) if said else None
    return Mark(significance, bool(values["actual"]), bool(values["priority"]))


def _changed_since(session: Session, change: Mapping[str, Any]) -> str:
    return "" if is_as_left(session, change) else "изменено с тех пор"
