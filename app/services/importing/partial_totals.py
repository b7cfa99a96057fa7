"""Totals of a part of the schools or of another year: told, and never taken for the district."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import replace

from app.models.enums import ReferenceScope, Severity
from app.services.importing.cells import expand_rows
from app.services.importing.facts import (
    Block,
    Extract,
    Fact,
    Problem,
    RecordFact,
    ReferenceFact,
    ResultFact,
)
from app.services.part_totals import is_city_total, is_of_other_year, is_part_total

_LISTED = 5
"""So many rows are called by name in one sentence."""
_PART = "Итоги по части школ за район не приняты и не загружены: {}."
_YEAR = "Строки другого года не загружены: {}."
_YEAR_HINT = "Если нужен и тот год, загрузите его таблицу отдельно."
_MANY = "Строк района несколько, числа в них разные: {}. Какая о вашем районе, не сказано."
_MANY_HINT = (
    "Загружены все, но «район по отчёту» в анализе не показан. Оставьте в таблице одну строку "
    "района и загрузите файл снова."
)


def without_partial(extract: Extract) -> Extract:
    """Return the extract without totals of a part of the district and of other years, told."""
    rows = list(_references(extract))
    if not rows:
        return extract
    alone = Counter(_about(fact) for _, fact in rows if fact.scope is ReferenceScope.DISTRICT)
    parts = [
        (block, fact)
        for block, fact in rows
        if fact.scope is ReferenceScope.DISTRICT
        and _is_part(fact, extract, alone=alone[_about(fact)] == 1)
    ]
    others = [
        (block, fact)
        for block, fact in rows
        if isinstance(fact, ReferenceFact) and is_of_other_year(fact.name, fact.procedure.year)
    ]
    left = {id(fact) for _, fact in (*parts, *others)}
    kept = [(block, fact) for block, fact in rows if id(fact) not in left]
    told = (
        *_told(_PART, "", parts),
        *_told(_YEAR, _YEAR_HINT, [one for one in others if one not in parts]),
        *_told(_MANY, _MANY_HINT, _several(kept)),
    )
    blocks = tuple(
        replace(block, facts=tuple(fact for fact in block.facts if id(fact) not in left))
        for block in extract.blocks
    )
    return replace(extract, blocks=blocks, problems=(*extract.problems, *told))


_Row = tuple[Block, ReferenceFact | RecordFact]


def _references(extract: Extract) -> Iterator[_Row]:
    for block in extract.blocks:
        for fact in block.facts:
            if isinstance(fact, (ReferenceFact, RecordFact)) and fact.scope and fact.name:
                yield block, fact


def _about(fact: ReferenceFact | RecordFact) -> Hashable:
    if isinstance(fact, ReferenceFact):
        return fact.procedure
    return fact.kind, fact.year, fact.procedure


def _is_part(fact: ReferenceFact | RecordFact, extract: Extract, *, alone: bool) -> bool:
    """Return whether a row is a part of the district: the only one of all its schools is not."""
    if is_city_total(fact.name):
        return not alone
    return is_part_total(fact.name) and not (alone and _is_whole(fact, extract))


def _is_whole(fact: Fact, extract: Extract) -> bool:
    """Return whether the participants of a total are those of all schools of its table."""
    if not isinstance(fact, ReferenceFact):
        return False
    schools = (one for block in extract.blocks for one in block.facts)
    counts = [
        one.marks.participants
        for one in schools
        if isinstance(one, ResultFact) and one.procedure == fact.procedure
    ]
    return bool(counts) and sum(counts) == fact.participants


def _several(rows: list[_Row]) -> list[_Row]:
    """Return the rows of the district of one procedure whose figures differ."""
    known: dict[Hashable, list[_Row]] = {}
    for block, fact in rows:
        if isinstance(fact, ReferenceFact) and fact.scope is ReferenceScope.DISTRICT:
            known.setdefault(_about(fact), []).append((block, fact))
    return next((same for same in known.values() if len({*map(_figures, same)}) > 1), [])


def _figures(row: _Row) -> Hashable:
    _, fact = row
    return (
        (fact.participants, fact.p2, fact.p3, fact.p4, fact.p5, fact.mean)
        if isinstance(fact, ReferenceFact)
        else None
    )


def _told(message: str, hint: str, rows: list[_Row]) -> Iterator[Problem]:
    if not rows:
        return
    block, first = rows[0]
    names = list(dict.fromkeys(f"«{fact.name}»" for _, fact in rows))
    more = f" и ещё {len(names) - _LISTED}" if len(names) > _LISTED else ""
    cell = block.cell("name", first.rows)
    yield Problem(
        Severity.WARNING,
        message.format(", ".join(names[:_LISTED]) + more),
        hint,
        block.sheet,
        cell.replace("$", "") if cell else f"A{expand_rows(first.rows)[0]}",
    )
