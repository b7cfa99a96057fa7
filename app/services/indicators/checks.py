"""What is doubtful in a table of indicators; pure, each finding names its cell.

The checks answer slips of real programmes: a «базовое значение» that is the final target (98/98,
2/2), plans below the base, a plan of an early year above that of a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from app.models.enums import BetterWhen, Severity, ValueRole
from app.services.indicators.formulas import likely_direction
from app.services.indicators.numbers import names_share, parse, written
from app.services.indicators.periods import Slot, ordered, slot_title
from app.services.indicators.types import Finding, FindingKind, IndicatorRow, IndicatorTable

_CAREFUL = "Проверьте числа по документу."
_ASSUMED = " Направление не указано; судя по названию, лучше, когда {}."


def check_table(table: IndicatorTable) -> tuple[Finding, ...]:
    """Return every finding in the order of the rows."""
    return tuple(
        finding
        for row in table.rows
        if not row.is_group
        for check in _CHECKS
        for finding in check(row)
    )


def is_share(row: IndicatorRow) -> bool:
    """Return whether the indicator is a share in per cent."""
    return names_share(row.title, row.unit)


def direction(row: IndicatorRow) -> BetterWhen:
    """Return which way the indicator should go: as a person said, else by its title."""
    return row.better or likely_direction(row.title)


def _worse(row: IndicatorRow, value: float, than: float) -> bool:
    return value > than if direction(row) is BetterWhen.LOWER else value < than


def _assumed(row: IndicatorRow) -> str:
    if row.better is not None:
        return ""
    return _ASSUMED.format("меньше" if direction(row) is BetterWhen.LOWER else "больше")


def _numbers(row: IndicatorRow, role: ValueRole) -> list[tuple[Slot, float]]:
    return [
        (slot, number)
        for slot in ordered(row.values)
        if slot.role is role and (number := row.values[slot].number) is not None
    ]


def _final_plan(row: IndicatorRow) -> tuple[Slot, float] | None:
    plans = _numbers(row, ValueRole.PLAN)
    return next((one for one in plans if not one[0].period), plans[-1] if plans else None)


def _plan_below_base(row: IndicatorRow) -> Iterator[Finding]:
    bases = _numbers(row, ValueRole.BASE)
    if not bases:
        return
    base = bases[-1][1]
    for slot, plan in _numbers(row, ValueRole.PLAN):
        if _worse(row, plan, base):
            yield Finding(
                FindingKind.PLAN_WORSE,
                Severity.WARNING,
                row.id,
                slot,
                f"«{slot_title(slot)}» – {written(plan)}, хуже базового {written(base)}."
                + _assumed(row),
                _CAREFUL + " Часто в графу «базовое» вписана цель.",
            )


def _base_is_final(row: IndicatorRow) -> Iterator[Finding]:
    bases, final = _numbers(row, ValueRole.BASE), _final_plan(row)
    if bases and final and bases[-1][1] == final[1]:
        kept = _at_the_end(row, final[1])
        yield Finding(
            FindingKind.BASE_IS_FINAL,
            Severity.WARNING,
            row.id,
            bases[-1][0],
            f"Базовое значение {written(final[1])} равно конечному плану"
            + (": достигнутое только удерживается." if kept else ": изменений не запланировано."),
            "Если так и задумано, ничего не делайте; иначе проверьте, что в графе «базовое» стоит "
            "значение на начало программы, а не цель.",
        )


def _at_the_end(row: IndicatorRow, value: float) -> bool:
    """Return whether nothing better exists: 100 %, or 0 % of what should vanish."""
    best = 0.0 if direction(row) is BetterWhen.LOWER else 100.0
    return is_share(row) and value == best


def _step_back(row: IndicatorRow) -> Iterator[Finding]:
    plans = [one for one in _numbers(row, ValueRole.PLAN) if one[0].period]
    for (before, earlier), (slot, later) in pairwise(plans):
        if _worse(row, later, earlier):
            yield Finding(
                FindingKind.STEP_BACK,
                Severity.WARNING,
                row.id,
                slot,
                f"«{slot_title(slot)}» – {written(later)}, хуже, чем «{slot_title(before)}» – "
                f"{written(earlier)}." + _assumed(row),
                _CAREFUL,
            )


def _no_denominator(row: IndicatorRow) -> Iterator[Finding]:
    for slot in ordered(row.values):
        value = row.values[slot]
        counted = value.numerator is not None and not value.denominator
        bare = slot.role is ValueRole.FACT and value.number is not None and not value.denominator
        if counted or (bare and is_share(row)):
            yield Finding(
                FindingKind.NO_DENOMINATOR,
                Severity.WARNING,
                row.id,
                slot,
                f"«{slot_title(slot)}»: {value.text} – не видно, от какого числа взята доля.",
                "Запишите «3 из 4» или примите значение, рассчитанное по данным.",
            )


def _no_unit(row: IndicatorRow) -> Iterator[Finding]:
    written_out = any("%" in value.text for value in row.values.values())
    if not row.unit and not written_out:
        yield Finding(
            FindingKind.NO_UNIT,
            Severity.WARNING,
            row.id,
            None,
            "Единица измерения не указана.",
            "Впишите её в графу «Ед.»: %, чел., ед.",
        )


def _no_number(row: IndicatorRow) -> Iterator[Finding]:
    for slot in ordered(row.values):
        value = row.values[slot]
        if value.text and value.number is None:
            doubt = parse(value.text).doubt or "числа в тексте нет"
            yield Finding(
                FindingKind.NO_NUMBER,
                Severity.WARNING,
                row.id,
                slot,
                f"«{slot_title(slot)}»: «{value.text}» – {doubt}.",
                "На графике такого значения нет. Если число известно, запишите его цифрами.",
            )


def _impossible(row: IndicatorRow) -> Iterator[Finding]:
    for slot in ordered(row.values):
        number = row.values[slot].number
        if number is not None and is_share(row) and not 0 <= number <= 100:
            yield Finding(
                FindingKind.IMPOSSIBLE,
                Severity.ERROR,
                row.id,
                slot,
                f"«{slot_title(slot)}»: {row.values[slot].text} – доля бывает от 0 до 100 %.",
                _CAREFUL,
            )


def _no_plan(row: IndicatorRow) -> Iterator[Finding]:
    if not any(slot.role is ValueRole.PLAN for slot in row.values):
        yield Finding(
            FindingKind.NO_PLAN,
            Severity.WARNING,
            row.id,
            None,
            "Планового значения нет ни на один год.",
            "Впишите план или сделайте строку заголовком.",
        )


_CHECKS: tuple[Callable[[IndicatorRow], Iterator[Finding]], ...] = (
    _no_unit,
    _no_plan,
    _plan_below_base,
    _base_is_final,
    _step_back,
    _no_denominator,
    _no_number,
    _impossible,
)
