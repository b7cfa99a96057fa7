"""Facts counted from the data: proposed, accepted by a person, and marked when the data change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.errors import UserError
from app.models.enums import ValueRole
from app.services.changes import ChangeSet
from app.services.clock import local_today
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

_HALF = re.compile(r"\d{4}-[12]")


def compute(workspace: Workspace, key: str, year: int, half: int = 0) -> Computed:
    """Return the share of a formula in a year, or by the end of a half of it.

    UserError for an unknown formula.
    """
    return Counter(workspace, year, half).compute(formula(key).key)


def proposals(
    workspace: Workspace, programme_id: int, progress: Progress | None = None
) -> tuple[Proposal, ...]:
    """Return the counted facts of every indicator with a formula, for the years with results.

    A year of the programme for which nothing was loaded yet is not asked about.  An indicator that
    is kept by half-years is counted by half-years.
    """
    teller = progress or NoProgress()
    table = indicator_table(workspace, programme_id)
    wanted = [row for row in table.rows if row.formula and not row.is_group]
    held = set(years(workspace)) if wanted else set()
    periods = {one for row in wanted for one in _periods(table, row) if one[0] in held}
    found: list[Proposal] = []
    for step, (year, half) in enumerate(sorted(periods)):
        teller.check()
        teller.report(step, len(periods), f"Считаю показатели за {year} год")
        found += _of_period(Counter(workspace, year, half), table, wanted)
    return tuple(found)


def _periods(table: IndicatorTable, row: IndicatorRow) -> set[tuple[int, int]]:
    """Return years and halves (0 for the whole year) that a row is counted for."""
    stored = {slot.period for slot in row.values if slot.role is not ValueRole.BASE}
    named = {str(year) for year in range(table.first_year, table.last_year + 1)}
    named |= {str(year) for one in stored if (year := year_of(one))}
    halved = {one[:4] for one in stored if _HALF.fullmatch(one)}
    found = {(int(year), 0) for year in named - halved}
    found |= {(int(year), 0) for year in halved & stored}
    return found | {(int(year), half) for year in halved for half in (1, 2)}


def _of_period(
    counter: Counter, table: IndicatorTable, rows: list[IndicatorRow]
) -> Iterator[Proposal]:
    counted: dict[str, Computed] = {}
    for row in rows:
        if (counter.year, counter.half) not in _periods(table, row):
            continue
        if row.formula not in counted:
            counted[row.formula] = counter.compute(row.formula)
        computed = counted[row.formula]
        slot = Slot(ValueRole.FACT, computed.period)
        stored = row.values.get(slot)
        yield Proposal(row.id, slot, computed, stored, _state(computed, stored))


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
    return accept_all(workspace, [(indicator_id, str(year))], today)


def accept_all(
    workspace: Workspace, wanted: list[tuple[int, str]], today: date | None = None
) -> ChangeSet:
    """Store the counted facts of several (indicator, period) as one action.

    A period is a year or a half of it: «2025», «2025-1».
    """
    day = today or local_today()
    counters: dict[str, Counter] = {}
    ready: list[tuple[int, Computed]] = []
    for indicator_id, period in wanted:
        if period not in counters:
            year, _, half = period.partition("-")
            counters[period] = Counter(workspace, int(year), int(half or 0))
        ready.append((indicator_id, _computed(workspace, counters[period], indicator_id)))
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
