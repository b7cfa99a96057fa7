"""Facts counted from the data: proposed, accepted by a person, and marked when the data change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from app.errors import UserError
from app.models.enums import ValueRole
from app.services.changes import ChangeSet
from app.services.counting.shares import Counter
from app.services.indicators import (
    Computed,
    IndicatorRow,
    IndicatorTable,
    Proposal,
    ProposalState,
    Slot,
    Value,
    formula,
    formula_of,
    indicator_table,
    store_counted,
    written,
    year_of,
)
from app.services.progress import NoProgress, Progress
from app.services.results import years
from app.services.workspace import Workspace


def compute(workspace: Workspace, key: str, year: int) -> Computed:
    """Return the share of a formula in a year; UserError for an unknown formula."""
    return Counter(workspace, year).compute(formula(key).key)


def proposals(
    workspace: Workspace, programme_id: int, progress: Progress | None = None
) -> tuple[Proposal, ...]:
    """Return the counted facts of every indicator with a formula, for the years with results.

    A year of the programme for which nothing was loaded yet is not asked about.
    """
    teller = progress or NoProgress()
    table = indicator_table(workspace, programme_id)
    wanted = [row for row in table.rows if row.formula and not row.is_group]
    if not wanted:
        return ()
    held = set(years(workspace))
    asked = sorted({year for row in wanted for year in _years(table, row) if year in held})
    found: list[Proposal] = []
    for step, year in enumerate(asked):
        teller.check()
        teller.report(step, len(asked), f"Считаю показатели за {year} год")
        found += _of_year(Counter(workspace, year), table, wanted)
    return tuple(found)


def _years(table: IndicatorTable, row: IndicatorRow) -> set[int]:
    stored = {year_of(slot.period) for slot in row.values if slot.role is not ValueRole.BASE}
    return {*range(table.first_year, table.last_year + 1)} | {y for y in stored if y}


def _of_year(
    counter: Counter, table: IndicatorTable, rows: list[IndicatorRow]
) -> Iterator[Proposal]:
    counted: dict[str, Computed] = {}
    slot = Slot(ValueRole.FACT, str(counter.year))
    for row in rows:
        if counter.year not in _years(table, row):
            continue
        if row.formula not in counted:
            counted[row.formula] = counter.compute(row.formula)
        stored = row.values.get(slot)
        yield Proposal(
            row.id, slot, counted[row.formula], stored, _state(counted[row.formula], stored)
        )


def _state(computed: Computed, stored: Value | None) -> ProposalState:
    if stored is not None and stored.numerator is None:
        return _beside_hand(computed, stored)
    if stored is not None:
        same = (stored.numerator, stored.denominator) == (
            float(computed.numerator),
            float(computed.denominator),
        )
        return ProposalState.SAME if same else ProposalState.CHANGED
    return ProposalState.NO_DATA if computed.percent is None else ProposalState.NEW


def _beside_hand(computed: Computed, stored: Value) -> ProposalState:
    """A fact without a denominator was written by a person and is never called outdated."""
    if computed.percent is None:
        return ProposalState.NO_DATA
    same = stored.number is not None and written(stored.number) == written(computed.percent)
    return ProposalState.SAME if same else ProposalState.DIFFERS


def accept(
    workspace: Workspace, indicator_id: int, year: int, today: date | None = None
) -> ChangeSet:
    """Store the share counted now as the fact of the year, with numerator and denominator.

    UserError when the indicator has no formula or the data give no denominator.
    """
    return accept_all(workspace, [(indicator_id, year)], today)


def accept_all(
    workspace: Workspace, wanted: list[tuple[int, int]], today: date | None = None
) -> ChangeSet:
    """Store the counted facts of several (indicator, year) as one action."""
    day = today or datetime.now(UTC).astimezone().date()
    counters: dict[int, Counter] = {}
    ready: list[tuple[int, Computed]] = []
    for indicator_id, year in wanted:
        counter = counters.setdefault(year, Counter(workspace, year))
        ready.append((indicator_id, _computed(workspace, counter, indicator_id)))
    return store_counted(workspace, ready, day)


def _computed(workspace: Workspace, counter: Counter, indicator_id: int) -> Computed:
    key, title = formula_of(workspace, indicator_id)
    if not key:
        raise UserError(
            f"У показателя «{title}» нет формулы.", "Выберите формулу или впишите факт вручную."
        )
    computed = counter.compute(key)
    if computed.percent is None:
        raise UserError(
            f"За {counter.year} год показатель «{title}» посчитать не по чему: нет данных.",
            computed.note or "Загрузите результаты и сведения о поддержке школ.",
        )
    return computed
