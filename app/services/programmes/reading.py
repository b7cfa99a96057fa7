"""Reading programmes and the entries of their parts in the order of printing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.programmes import Programme, ProgrammeItem
from app.services.programmes.parts import Part, part, parts
from app.services.programmes.types import (
    Approval,
    FundingTotal,
    ItemRow,
    ProgrammeRow,
)
from app.services.workspace import Workspace


def list_programmes(workspace: Workspace) -> tuple[ProgrammeRow, ...]:
    """Return all programmes, newest period first, a subprogramme after its parent."""
    counts = select(ProgrammeItem.programme_id, func.count()).group_by(ProgrammeItem.programme_id)
    with workspace.database.read() as session:
        entries = {row[0]: row[1] for row in session.execute(counts)}
        stored = session.scalars(select(Programme)).all()
        rows = [programme_row(one, entries.get(one.id, 0)) for one in stored]
    rows.sort(key=lambda row: (-row.last_year, -row.first_year, row.id))
    return tuple(_with_children(rows, None))


def programme(workspace: Workspace, programme_id: int) -> ProgrammeRow:
    """Return one programme; UserError when there is none."""
    for row in list_programmes(workspace):
        if row.id == programme_id:
            return row
    raise gone()


def items(
    workspace: Workspace, programme_id: int, part_key: str | None = None
) -> tuple[ItemRow, ...]:
    """Return the entries of one part or of all, nested ones after what they are nested in."""
    with workspace.database.read() as session:
        stored = stored_items(session, programme_id)
    wanted = [part(part_key)] if part_key else parts().values()
    return tuple(row for one in wanted for row in _rows(one, stored))


def funding_totals(workspace: Workspace, programme_id: int) -> tuple[FundingTotal, ...]:
    """Return the sums of the funding lines by year and source; lines without a number are told."""
    sums: dict[tuple[str, str], list[float | None]] = defaultdict(list)
    for row in items(workspace, programme_id, "funding"):
        amount = row.data.get("amount")
        place = (str(row.data.get("year", "")), str(row.data.get("source", "")))
        sums[place].append(float(amount) if isinstance(amount, (int, float)) else None)
    return tuple(
        FundingTotal(year, source, sum(one for one in found if one is not None), found.count(None))
        for (year, source), found in sorted(sums.items())
    )


def stored_items(session: Session, programme_id: int) -> list[ProgrammeItem]:
    """Return the entries of a programme inside a block, by position."""
    query = (
        select(ProgrammeItem)
        .where(ProgrammeItem.programme_id == programme_id)
        .order_by(ProgrammeItem.position, ProgrammeItem.id)
    )
    return list(session.scalars(query))


def programme_row(stored: Programme, entries: int) -> ProgrammeRow:
    """Return a stored programme as lists show it."""
    return ProgrammeRow(
        stored.id,
        stored.kind,
        stored.title,
        stored.short_title,
        stored.first_year,
        stored.last_year,
        stored.parent_id,
        approval_of(stored.approval),
        stored.preset,
        entries,
    )


def approval_of(body: Mapping[str, Any]) -> Approval:
    """Return a stored approval; absent keys stay empty."""
    day = body.get("date")
    return Approval(
        body.get("document", ""),
        body.get("by", ""),
        date.fromisoformat(day) if day else None,
        body.get("number", ""),
    )


def gone() -> UserError:
    """Return what is said when a programme or an entry is no longer there."""
    return UserError("Такой программы или записи больше нет.", "Обновите страницу.")


def _with_children(rows: Sequence[ProgrammeRow], parent: int | None) -> Iterator[ProgrammeRow]:
    for row in rows:
        if row.parent_id == parent:
            yield row
            yield from _with_children(rows, row.id)


def _rows(of: Part, stored: Sequence[ProgrammeItem]) -> Iterator[ItemRow]:
    mine = [item for item in stored if item.part == of.key]
    ids = {item.id for item in mine}
    below: dict[int | None, list[ProgrammeItem]] = defaultdict(list)
    for item in mine:
        # An entry under one of another part (a task of a goal) stands first in its own part.
        below[item.parent_id if item.parent_id in ids else None].append(item)
    yield from _level(of, below, None, "", 0)


def _level(
    of: Part,
    below: Mapping[int | None, list[ProgrammeItem]],
    parent: int | None,
    prefix: str,
    depth: int,
) -> Iterator[ItemRow]:
    for place, item in enumerate(below.get(parent, ()), start=1):
        counted = f"{prefix}{place}." if of.numbered else ""
        shown = item.number or counted
        yield ItemRow(
            item.id, of.key, item.parent_id, depth, item.number, shown, item.text, item.data
        )
        inner = counted if not item.number else item.number.rstrip(".") + "."
        yield from _level(of, below, item.id, inner, depth + 1)
