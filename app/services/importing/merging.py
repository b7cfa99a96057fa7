"""What is put together of several loads, made anew when one of them is undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.enums import PartKind
from app.models.imports import SourceBlock
from app.models.records import Record
from app.models.results import Result, ResultPart
from app.services.importing.parts import answer_of, part_from, settled, sum_of
from app.services.score_counts import standing_beside

_OF_TWO_DAYS = (PartKind.RETAKE, PartKind.REPEAT)
_FIGURES = ("participants", "n2", "n3", "n4", "n5", "below", "mean")


def merge_again(session: Session, identities: Collection[str]) -> None:
    """Build the data of the records of ``identities`` anew, after some of them were taken out.

    A newer record carries along what older ones said and its own file left out; figures of a load
    that was undone must not live on in it.
    """
    for identity in sorted(identities):
        query = (
            select(Record, SourceBlock.columns)
            .outerjoin(SourceBlock, SourceBlock.id == Record.block_id)
            .where(Record.identity == identity)
            .order_by(Record.id)
            .execution_options(populate_existing=True)
        )
        below: dict[str, Any] = {}
        for record, columns in session.execute(query):
            own = own_figures(record.data, columns)
            below = {**standing_beside(below, own), **own}
            if record.data != below:
                record.data = below
    session.flush()


def hollow_results(session: Session, blocks: Collection[int]) -> frozenset[int]:
    """Return newer results of which nothing would be left but changes to a protocol of ``blocks``.

    Appeals make no result where the protocol that they correct is taken out.
    """
    return frozenset(
        result for result, kept in _remaining(session, blocks).items() if not _sound(kept)
    )


def add_up_again(session: Session, blocks: Collection[int]) -> None:
    """Take the parts that stand in ``blocks`` out of newer results and add up what is left."""
    for result, kept in _remaining(session, blocks).items():
        sound = _sound(kept)
        answer = answer_of([part_from(part) for part in kept])
        counted = settled((part_from(part) for part in sound), answer)
        for row, part in zip(sound, counted, strict=True):
            row.counted = part.counted
        marks = sum_of(counted)
        figures = {name: getattr(marks, name) for name in _FIGURES}
        session.execute(update(Result).where(Result.id == result).values(**figures))
        gone = ResultPart.id.not_in([part.id for part in sound])
        session.execute(delete(ResultPart).where(ResultPart.result_id == result, gone))


def _remaining(session: Session, blocks: Collection[int]) -> dict[int, list[ResultPart]]:
    """Return by newer result, which has parts in ``blocks``, its parts that have not."""
    mine = select(ResultPart.result_id).where(ResultPart.block_id.in_(blocks))
    query = (
        select(ResultPart)
        .join(Result, Result.id == ResultPart.result_id)
        .where(ResultPart.result_id.in_(mine), Result.block_id.not_in(blocks))
        .order_by(ResultPart.id)
    )
    kept: dict[int, list[ResultPart]] = {}
    for part in session.scalars(query):
        parts = kept.setdefault(part.result_id, [])
        if part.block_id not in blocks:
            parts.append(part)
    return kept


def _sound(parts: Iterable[ResultPart]) -> list[ResultPart]:
    """Return classes and days, and of the changes those whose days are all there."""
    parts = list(parts)
    days = {part.day for part in parts if part.kind is PartKind.DAY}
    return [
        part
        for part in parts
        if part.kind is PartKind.CLASS
        or (
            part.day in days
            and (part.kind not in _OF_TWO_DAYS or any(day < part.day for day in days))
        )
    ]


def own_figures(data: Mapping[str, Any], columns: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the figures that the record's own file gave; by hand, all of them."""
    if columns is None:
        return dict(data)
    return {name: value for name, value in data.items() if name in columns}
