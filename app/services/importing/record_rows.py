"""Rows of records (passports, lists, comparisons): compared with the stored and with each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.models.enums import RecordKind, Severity
from app.services.figures import figure_title
from app.services.importing.describe import place_text, plain, procedure_title, ref_text, value_text
from app.services.importing.drafts import Draft, Spot
from app.services.importing.facts import Block, Problem, RecordFact, ResultFact
from app.services.importing.names import fold
from app.services.importing.plan import ChangeKind, Difference
from app.services.importing.resolving import Resolver
from app.services.importing.state import RecordKey, RecordOwner, Stored
from app.services.importing.writes import RecordWrite, Writes
from app.services.score_counts import standing_beside

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
    _rows: dict[RecordKey, list[_Row]] = field(default_factory=dict)
    """What this load has said so far, by key."""
    _disputed: set[RecordKey] = field(default_factory=set)
    _scores: list[tuple[Spot, RecordFact]] = field(default_factory=list)
    """Distributions counted from the same rows as results: they share what becomes of these."""

    def plan(self, draft: Draft) -> None:
        """Plan the records of one file; the scores of its pupils wait for ``plan_scores``."""
        beside: set[tuple[str, str]] | None = None
        for spot, fact in draft.spots(RecordFact):
            if fact.kind is not RecordKind.SCORES:
                self._plan(spot, fact)
                continue
            if beside is None:
                beside = _rows_of_results(draft)
            if (spot.sheet.sheet, fact.rows) in beside:
                self._scores.append((spot, fact))
            else:
                self._plan(spot, fact)

    def plan_scores(self) -> None:
        """Plan the scores of pupils, once it is known which of their results stay out."""
        out = {id(spot.draft): _rows_out(spot.draft) for spot, _ in self._scores}
        for spot, fact in self._scores:
            if (spot.sheet.sheet, fact.rows) in out[id(spot.draft)]:
                school = fact.ref and self.resolver.resolve(spot, fact.ref, stores=False)
                who = self.resolver.name(school) if school else _named(fact)
                spot.draft.record(spot, ChangeKind.QUARANTINED, who, record_title(fact))
            else:
                self._plan(spot, fact)

    def _plan(self, spot: Spot, fact: RecordFact) -> None:
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
        """Record what the row does: rows of one load may add to each other, not contradict."""
        earlier = self._rows.setdefault(row.key, [])
        for other in earlier:
            name = _contradiction(other, row)
            if name is not None:
                self._dispute(row, other, name)
                break
        else:
            if row.key in self._disputed:
                self._hold(row)
            else:
                self._settle(row)
        earlier.append(row)

    def _settle(self, row: _Row) -> None:
        """Store the row over what is known of its key, unless all of it is known."""
        draft, spot = row.spot.draft, row.spot
        planned = self._planned(row.key)
        old = self.stored.records.get(row.key)
        known = planned.data if planned else old.data if old else None
        changes = _differences(known or {}, row)
        if known is not None and not changes:
            draft.record(spot, ChangeKind.UNCHANGED, row.who, row.item)
            return
        if old is None:  # a second row that adds to what this load brings is no change either
            draft.record(spot, ChangeKind.NEW, row.who, row.item)
        else:
            draft.record(spot, ChangeKind.CHANGED, row.who, row.item, changes)
        # A name that the file leaves out keeps what was said before: absent is not «нет».
        data = {**standing_beside(known or {}, row.fact.data), **row.fact.data}
        replaces = old.id if old and planned is None else None
        over = planned.fact if planned else None
        block = self.writes.block(draft.index, spot.block)
        self.writes.records.append(RecordWrite(row.school, row.fact, block, replaces, data, over))

    def _planned(self, key: RecordKey) -> RecordWrite | None:
        """Return the newest write of this load about ``key``."""
        facts = {id(row.fact) for row in self._rows.get(key, ())}
        if not facts:
            return None
        return next((w for w in reversed(self.writes.records) if id(w.fact) in facts), None)

    def _hold(self, row: _Row) -> None:
        row.spot.draft.waits = True
        row.spot.draft.record(row.spot, ChangeKind.QUARANTINED, row.who, row.item)

    def _dispute(self, row: _Row, other: _Row, name: str) -> None:
        """Two rows of one load contradict each other: neither can be believed, all wait."""
        if row.key not in self._disputed:
            self._disputed.add(row.key)
            for one in self._rows[row.key]:
                self._withdraw(one)
            _report(other, row, name, "позже")
        _report(row, other, name, "раньше")
        changes = _differences(other.fact.data, row)
        row.spot.draft.record(row.spot, ChangeKind.QUARANTINED, row.who, row.item, changes)

    def _withdraw(self, row: _Row) -> None:
        """Take back what was planned for a row that a later one contradicts."""
        spot, draft = row.spot, row.spot.draft
        self.writes.records[:] = [w for w in self.writes.records if w.fact is not row.fact]
        place = (spot.sheet.sheet, spot.fact.rows, row.item, row.who)
        draft.changes[:] = [
            c for c in draft.changes if (c.sheet, c.rows, c.item, c.school) != place
        ]
        self._hold(row)


def _contradiction(other: _Row, row: _Row) -> str | None:
    """Return the first figure that both rows give and give differently."""
    first, second = other.fact.data, row.fact.data
    return next((n for n in second if n in first and not _same(first[n], second[n])), None)


def _report(here: _Row, there: _Row, name: str, when: str) -> None:
    spot, other = here.spot, there.spot
    place = place_text(other.path, other.sheet.sheet, other.cell(name))
    message = (
        f"{here.who}, {here.item}: «{figure_title(here.fact.kind, name)}» здесь "
        f"{value_text(here.fact.data[name])}, а {when} в этой загрузке "
        f"{value_text(there.fact.data[name])} ({place})."
    )
    hint = "Оставьте в загрузке тот файл, который верен; пока обе записи ждут."
    cell = spot.cell(name, "name", "rcoi", "fisoko")
    spot.draft.report(Problem(Severity.ERROR, message, hint, cell=cell), spot.sheet.sheet)
    spot.draft.explain(spot, message)
    spot.draft.waits = True


def record_title(fact: RecordFact) -> str:
    """Return «социальный паспорт 2025» or «сравнение с журналом, ВПР 2025, …»."""
    if fact.procedure is None:
        return f"{fact.kind.value} {fact.year}"
    return f"{fact.kind.value}, {procedure_title(fact.procedure)}"


def _named(fact: RecordFact) -> str:
    return fact.name if fact.ref is None else ref_text(fact.ref)


def _rows_of_results(draft: Draft) -> set[tuple[str, str]]:
    """Return sheet and rows of every result that a file counts."""
    return {(spot.sheet.sheet, fact.rows) for spot, fact in draft.spots(ResultFact)}


def _rows_out(draft: Draft) -> set[tuple[str, str]]:
    """Return sheet and rows of everything of a file that waits or was left out so far."""
    out = (one for one in draft.changes if one.kind is ChangeKind.QUARANTINED)
    return {(one.sheet, one.rows) for one in out}


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
