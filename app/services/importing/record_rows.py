"""Rows of records (passports, lists, comparisons): compared with the stored and with each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.models.enums import Severity
from app.services.figures import figure_title
from app.services.importing.describe import place_text, plain, procedure_title, ref_text, value_text
from app.services.importing.drafts import Draft, Spot
from app.services.importing.facts import Block, Problem, RecordFact
from app.services.importing.names import fold
from app.services.importing.plan import ChangeKind, Difference
from app.services.importing.resolving import Resolver
from app.services.importing.state import RecordKey, RecordOwner, Stored, StoredRecord
from app.services.importing.writes import RecordWrite, Writes

_TOLERANCE = 0.005
"""A stored share is compared as files print it: to two decimals."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A record ready for comparing: what it is about, and how to call it."""

    spot: Spot
    fact: RecordFact
    key: RecordKey
    school: int | None
    who: str
    item: str


@dataclass
class RecordRows:
    """Plans the records of all files of one load."""

    stored: Stored
    resolver: Resolver
    writes: Writes
    _first: dict[RecordKey, _Row] = field(default_factory=dict)

    def plan(self, draft: Draft) -> None:
        """Plan the records of one file."""
        for spot, fact in _spots(draft):
            row = self._row(spot, fact)
            if row is not None:
                self._compare(row)

    def _row(self, spot: Spot, fact: RecordFact) -> _Row | None:
        """Return the row with its owner; one that is kept out or without a school waits."""
        item = record_title(fact)
        kept_out = spot.draft.keeps_out(spot)
        school: int | None = None
        who = fact.name
        owner: RecordOwner | None = None
        if fact.ref is not None:
            school = owner = self.resolver.resolve(spot, fact.ref, stores=not kept_out)
            who = ref_text(fact.ref) if school is None else self.resolver.name(school)
        elif fact.scope is not None:
            owner = (fact.scope, fold(fact.name))
        if owner is None or kept_out:
            spot.draft.record(spot, ChangeKind.QUARANTINED, who, item)
            return None
        key = (owner, fact.kind, fact.year, fact.procedure)
        return _Row(spot, fact, key, school, who, item)

    def _compare(self, row: _Row) -> None:
        """Record what the row does, and store it unless all of it is known."""
        first = self._first.setdefault(row.key, row)
        if first is not row:
            self._repeat(row, first)
            return
        draft, spot = row.spot.draft, row.spot
        old = self.stored.records.get(row.key)
        if old is None:
            draft.record(spot, ChangeKind.NEW, row.who, row.item)
        elif not (changes := _differences(old.data, row)):
            draft.record(spot, ChangeKind.UNCHANGED, row.who, row.item)
            return
        else:
            draft.record(spot, ChangeKind.CHANGED, row.who, row.item, changes)
        self._store(row, old)

    def _store(self, row: _Row, old: StoredRecord | None) -> None:
        # A name that the file leaves out keeps what was said before: absent is not «нет».
        data = {**(old.data if old else {}), **row.fact.data}
        block = self.writes.block(row.spot.draft.index, row.spot.block)
        replaces = old.id if old else None
        self.writes.records.append(RecordWrite(row.school, row.fact, block, replaces, data))

    def _repeat(self, row: _Row, first: _Row) -> None:
        """The same owner, kind and year for the second time in one load."""
        draft, spot = row.spot.draft, row.spot
        both = [name for name in row.fact.data if name in first.fact.data]
        other = [n for n in both if not _same(first.fact.data[n], row.fact.data[n])]
        if other:
            self._conflict(row, first, other[0])
            return
        if len(both) < len(row.fact.data):
            draft.warn(
                spot,
                f"{row.who}, {row.item}: здесь сведений больше, чем в файле «{first.spot.path}», "
                "но взяты те: значения совпадают.",
                spot.cell("name", "rcoi", "fisoko"),
                "Чтобы взять и остальное, загрузите этот файл отдельно.",
            )
        draft.record(spot, ChangeKind.UNCHANGED, row.who, row.item)

    def _conflict(self, row: _Row, first: _Row, name: str) -> None:
        draft, spot = row.spot.draft, row.spot
        there = place_text(first.spot.path, first.spot.sheet.sheet, first.spot.cell(name))
        message = (
            f"{row.who}, {row.item}: «{figure_title(row.fact.kind, name)}» здесь "
            f"{value_text(row.fact.data[name])}, а раньше в этой загрузке "
            f"{value_text(first.fact.data[name])} ({there})."
        )
        hint = "Оставьте в загрузке тот файл, который верен; пока эта запись ждёт."
        cell = spot.cell(name, "name", "rcoi", "fisoko")
        draft.report(Problem(Severity.ERROR, message, hint, cell=cell), spot.sheet.sheet)
        draft.waits = True
        changes = _differences(first.fact.data, row)
        draft.record(spot, ChangeKind.QUARANTINED, row.who, row.item, changes)


def record_title(fact: RecordFact) -> str:
    """Return «социальный паспорт 2025» or «сравнение с журналом, ВПР 2025, …»."""
    if fact.procedure is None:
        return f"{fact.kind.value} {fact.year}"
    return f"{fact.kind.value}, {procedure_title(fact.procedure)}"


def _spots(draft: Draft) -> Iterator[tuple[Spot, RecordFact]]:
    for sheet in draft.file.sheets:
        for block in sheet.extract.blocks:
            for fact in block.facts:
                if isinstance(fact, RecordFact):
                    yield Spot(draft, sheet, block, fact), fact


def _differences(old: Mapping[str, Any], row: _Row) -> tuple[Difference, ...]:
    """Return what the row says otherwise than ``old``, or in addition to it."""
    return tuple(
        Difference(
            figure_title(row.fact.kind, name),
            value_text(old.get(name)),
            value_text(value),
            _cell(row.spot.block, name, row.fact.rows),
        )
        for name, value in row.fact.data.items()
        if not _same(old.get(name), value)
    )


def _cell(block: Block, name: str, rows: str) -> str | None:
    return plain(block.cell(name, rows))


def _same(old: object, new: object) -> bool:
    if isinstance(old, (int, float)) and isinstance(new, (int, float)):
        return abs(old - new) <= _TOLERANCE
    return old == new
