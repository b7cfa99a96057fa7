"""A programme copied to a new period: its parts and outline, not its years' figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.cycle import MonitoringRow
from app.models.indicators import Indicator
from app.models.programmes import Programme, ProgrammeBlock, ProgrammeItem
from app.services.indicators import copy_indicators
from app.services.journal import Action
from app.services.programmes.reading import gone, stored_items
from app.services.programmes.types import Copied
from app.services.roadmap import Links, renew_roadmaps
from app.services.workspace import Workspace

RowT = TypeVar("RowT", ProgrammeItem, ProgrammeBlock)

_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)(\s*[-–—]\s*)((?:19|20)\d\d)(?!\d)")


def copy_programme(
    workspace: Workspace,
    programme_id: int,
    first_year: int,
    last_year: int,
    *,
    with_indicators: bool = False,
    with_roadmaps: bool = False,
) -> Copied:
    """Copy a programme with its parts, outline and monitoring table to another period.

    It begins as a draft: nothing approves it yet.  Its period in the title and the years of the
    funding lines move; dates of acts and terms of stages stay and are named in ``notes``.
    Indicators come along without their values, roadmaps with their deadlines moved.
    """
    with workspace.database.write() as session:
        old = session.get(Programme, programme_id)
        if old is None or last_year < first_year:
            raise gone()
        with Action(session, f"программа на {first_year}–{last_year} годы") as action:
            new = action.insert(Programme, _head(old, first_year, last_year))
            stored = stored_items(session, programme_id)
            shift = first_year - old.first_year
            goals = _copy_items(action, stored, new, shift)
            _copy_blocks(session, action, programme_id, new)
            _copy_monitoring(session, action, programme_id, new)
            known: Mapping[int, int] = {}
            if with_indicators:
                known = copy_indicators(session, action, programme_id, new, goals)
            plans = 0
            if with_roadmaps:
                links = Links(goals, known)
                plans = renew_roadmaps(session, action, programme_id, new, links, shift)
            untied = bool(plans) and not with_indicators and _has_indicators(session, programme_id)
            notes = (*_notes(stored), *_notes_of_plans(len(known), plans, shift, untied=untied))
            return Copied(new, len(stored), notes, action.changes, len(known), plans)


def _head(old: Programme, first_year: int, last_year: int) -> dict[str, Any]:
    return {
        "kind": old.kind,
        "title": _moved(old.title, old, first_year, last_year),
        "short_title": _moved(old.short_title, old, first_year, last_year),
        "first_year": first_year,
        "last_year": last_year,
        "parent_id": old.parent_id,
        "approval": {},
        "preset": old.preset,
    }


def _moved(text: str, old: Programme, first_year: int, last_year: int) -> str:
    """Return a text with the old period replaced; other years in it stay."""

    def moved(found: re.Match[str]) -> str:
        period = (int(found[1]), int(found[3]))
        own = period == (old.first_year, old.last_year)
        return f"{first_year}{found[2]}{last_year}" if own else found[0]

    return _PERIOD.sub(moved, text)


def _copy_items(
    action: Action, stored: list[ProgrammeItem], programme: int, shift: int
) -> dict[int, int]:
    """Copy the entries of the parts; return the new ids by the old ones."""
    new: dict[int, int] = {}
    for item in outer_first(stored):
        values = {
            "programme_id": programme,
            "part": item.part,
            "parent_id": None if item.parent_id is None else new[item.parent_id],
            "position": item.position,
            "number": item.number,
            "text": item.text,
            "data": _of_period(item.part, item.data, shift),
        }
        new[item.id] = action.insert(ProgrammeItem, values)
    return new


def _of_period(part: str, data: dict[str, Any], shift: int) -> dict[str, Any]:
    year = str(data.get("year", ""))
    if part != "funding" or not year.isdigit():
        return data
    return {**data, "year": str(int(year) + shift)}


def _copy_blocks(session: Session, action: Action, old: int, programme: int) -> None:
    query = select(ProgrammeBlock).where(ProgrammeBlock.programme_id == old)
    new: dict[int | None, int | None] = {None: None}
    for block in outer_first(session.scalars(query.order_by(ProgrammeBlock.position)).all()):
        values = {
            "programme_id": programme,
            "parent_id": new[block.parent_id],
            "position": block.position,
            "kind": block.kind,
            "title": block.title,
            "body": block.body,
            "included": block.included,
        }
        new[block.id] = action.insert(ProgrammeBlock, values)


def _copy_monitoring(session: Session, action: Action, old: int, programme: int) -> None:
    columns = ("position", "subject", "criterion", "indicators", "instruments", "sources")
    for row in session.scalars(select(MonitoringRow).where(MonitoringRow.programme_id == old)):
        values = {name: getattr(row, name) for name in columns}
        action.insert(MonitoringRow, {**values, "programme_id": programme})


def _notes(stored: list[ProgrammeItem]) -> Iterator[str]:
    found = {item.part for item in stored}
    if "stage" in found:
        yield "Сроки этапов остались прежними: поправьте их."
    if "legal_basis" in found:
        yield "Нормативные основания перенесены как есть: проверьте, какие акты ещё действуют."
    if {"target", "expected_result"} & found:
        yield "Целевые значения и ожидаемые результаты – прежние: поставьте новые."


def _has_indicators(session: Session, programme_id: int) -> bool:
    query = select(Indicator.id).where(Indicator.programme_id == programme_id).limit(1)
    return session.scalar(query) is not None


def _notes_of_plans(indicators: int, plans: int, shift: int, *, untied: bool) -> Iterator[str]:
    if indicators:
        yield "Показатели перенесены без значений: поставьте базовые и плановые."
    if plans:
        yield (
            f"В дорожных картах годы сдвинуты на {shift}, состояния и факт не перенесены: "
            "проверьте сроки и ответственных."
        )
    if untied:
        yield "Показатели не перенесены, поэтому мероприятия с ними не связаны."


def outer_first(stored: Sequence[RowT]) -> list[RowT]:
    """Return rows so that each stands after the one it is nested in."""
    ordered = [one for one in stored if one.parent_id is None]
    for outer in ordered:  # grows while it is walked
        ordered += [one for one in stored if one.parent_id == outer.id]
    return ordered
