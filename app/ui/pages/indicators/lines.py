"""What the page shows of a programme: its table, what was found in it, what can be counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.models.enums import ValueRole
from app.services.charts import Lines, Series, Unit
from app.services.indicators import (
    Behind,
    Finding,
    IndicatorRow,
    IndicatorTable,
    ProgrammeChoice,
    Proposal,
    ProposalState,
    is_share,
    ordered,
    period_title,
    slot_title,
    written,
)
from app.ui.itemmodels.columns import Chip, Column, Mark, Sign
from app.ui.pages.indicators.tree_model import Cell
from app.ui.theme.colors import Tone


@dataclass(frozen=True)
class Loaded:
    """What the database gave for the page; without a programme there is no table."""

    programmes: tuple[ProgrammeChoice, ...]
    table: IndicatorTable | None
    findings: tuple[Finding, ...]


class FindingLine(NamedTuple):
    """A finding with the words that the list shows."""

    finding: Finding
    number: str
    title: str
    where: str


STATE_CHIPS = {
    ProposalState.NEW: Chip(Tone.INFO, Sign.DOT, "предлагается"),
    ProposalState.SAME: Chip(Tone.SUCCESS, Sign.CHECK, "совпадает"),
    ProposalState.CHANGED: Chip(Tone.WARNING, Sign.ALERT, "данные изменились"),
    ProposalState.DIFFERS: Chip(Tone.WARNING, Sign.ALERT, "введено другое"),
    ProposalState.NO_DATA: Chip(Tone.NEUTRAL, Sign.DASH, "нет данных"),
}
_OFFERED = (ProposalState.NEW, ProposalState.CHANGED)


def finding_lines(table: IndicatorTable, findings: Sequence[Finding]) -> tuple[FindingLine, ...]:
    """Return the findings in the words of the list."""
    rows = {row.id: row for row in table.rows}
    return tuple(
        FindingLine(
            one,
            rows[one.indicator_id].shown_number,
            rows[one.indicator_id].title,
            slot_title(one.slot) if one.slot else "строка",
        )
        for one in findings
        if one.indicator_id in rows
    )


def marks(findings: Sequence[Finding], found: Sequence[Proposal]) -> dict[Cell, Mark]:
    """Return the marks of doubtful cells; what the checks found goes before outdated facts."""
    made: dict[Cell, Mark] = {}
    for proposal in found:
        if proposal.state is ProposalState.CHANGED:
            meaning = f"Данные изменились: теперь {counted(proposal)}."
            made[proposal.indicator_id, proposal.slot] = Mark(Tone.INFO, Sign.ALERT, meaning)
    for one in findings:
        cell = (one.indicator_id, one.slot)
        before = made.get(cell)
        meaning = f"{before.meaning}\n{one.message}" if before else one.message
        made[cell] = Mark(Tone.WARNING, Sign.ALERT, meaning)
    return made


def offered(found: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Return what a person may accept: new figures and those whose data have changed."""
    return tuple(one for one in found if one.state in _OFFERED)


def counted(proposal: Proposal) -> str:
    """Return a counted share with what it was counted from: «66,7 % (2 из 3)»."""
    computed = proposal.computed
    if computed.percent is None:
        return "нет данных"
    return f"{written(computed.percent)} % ({computed.numerator} из {computed.denominator})"


def plan_fact(row: IndicatorRow) -> Lines | None:
    """Return plan and fact over the years as a picture; None where there is nothing to draw."""
    slots = [slot for slot in ordered(row.values) if slot.role is not ValueRole.BASE]
    periods = tuple(dict.fromkeys(slot.period for slot in slots if slot.period))
    base = next((v.number for s, v in row.values.items() if s.role is ValueRole.BASE), None)
    numbers: Mapping[ValueRole, list[float | None]] = {
        role: [_number(row, role, period) for period in periods]
        for role in (ValueRole.PLAN, ValueRole.FACT)
    }
    series = [
        Series(title, (base if role is ValueRole.PLAN else None, *numbers[role]))
        for role, title in ((ValueRole.PLAN, "план"), (ValueRole.FACT, "факт"))
        if any(value is not None for value in numbers[role])
    ]
    if not series or any(_beyond(row, one) for one in series):
        return None
    steps = ("база", *map(period_title, periods))
    unit = Unit.PERCENT if is_share(row) else Unit.NUMBER
    return Lines("План и факт", steps, tuple(series), unit)


def _number(row: IndicatorRow, role: ValueRole, period: str) -> float | None:
    found = (v for s, v in row.values.items() if s.role is role and s.period == period)
    value = next(found, None)
    return value.number if value else None


def _beyond(row: IndicatorRow, series: Series) -> bool:
    """A share over 100 or a negative number is a slip: the checks tell it, no axis holds it."""
    top = 100 if is_share(row) else float("inf")
    return any(value is not None and not 0 <= value <= top for value in series.values)


FINDINGS: tuple[Column[FindingLine], ...] = (
    Column("number", "№", lambda line: line.number, width=56),
    Column("title", "Показатель", lambda line: line.title, width=300),
    Column("where", "Где", lambda line: line.where, width=120),
    Column("message", "Замечание", lambda line: line.finding.message, width=420),
    Column("hint", "Что сделать", lambda line: line.finding.hint, width=360),
)


def _short_period(period: str) -> str:
    """Return «2025» or «II-2025»: the column is narrow."""
    year, _, half = period.partition("-")
    return f"{'I' * int(half)}-{year}" if half else year


PROPOSALS: tuple[Column[Proposal], ...] = (
    Column("period", "Период", lambda one: _short_period(one.slot.period), width=68),
    Column("counted", "По данным", counted, width=152),
    Column("stored", "Факт", lambda one: one.stored.text if one.stored else "", width=60),
    Column(
        "state",
        "Состояние",
        lambda one: one.state.value,
        width=120,
        chip=lambda one: STATE_CHIPS[one.state],
    ),
)

_COUNTED = {
    True: Chip(Tone.SUCCESS, Sign.CHECK, "да"),
    False: Chip(Tone.NEUTRAL, Sign.DASH, "нет"),
    None: Chip(Tone.WARNING, Sign.ALERT, "не ясно"),
}

BEHIND: tuple[Column[Behind], ...] = (
    Column("school", "Школа", lambda one: one.school, width=150, link=True),
    Column(
        "counted",
        "В числителе",
        lambda one: _COUNTED[one.counted].word,
        width=92,
        chip=lambda one: _COUNTED[one.counted],
    ),
    Column("why", "Почему", lambda one: one.why, width=160),
)
