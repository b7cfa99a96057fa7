"""How many pupils separate a school from the border of ШНОР.

Only results of the year itself may change; earlier years are facts.  The procedures are
independent: bringing one of them over the threshold costs a known number of pupils and changes
nothing in another.  Rule A asks for a number of low procedures, rule B for at least one low
procedure among the *ready* ones (those whose earlier years are low already).  So the cheapest way
is a choice of procedures:

* in by A: the cheapest ones until the number is reached (low ones cost nothing);
* in by B: the cheapest ready one;
* in by both: for each ready one, that one and the cheapest others; the best of these;
* out of A: raise the cheapest low ones until one too few is left;
* out of B: raise every low ready one;
* out when one rule is enough (ИЛИ): out of each rule that holds: every low ready one, then the
  cheapest others until too few are left; when both are needed (И): the cheaper of the two ways.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from app.services.decimals import not_zero
from app.services.methodology.shares import exact, measured, measured_figures
from app.services.methodology.types import (
    Distance,
    Join,
    Margin,
    Outcome,
    ProcedureKey,
    RuleSet,
)
from app.services.methodology.wording import participants, procedure_title
from app.services.russian import counted, plural

Way = tuple[Margin, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a school stands: the counted outcomes of the year and which fulfil rule B if low."""

    outcomes: tuple[Outcome, ...]
    ready: frozenset[ProcedureKey]
    inside: bool


def distance(position: Position, rules: RuleSet) -> Distance:
    """Return the shortest way over the border of ШНОР, in pupils and procedures."""
    margins = tuple(_margin(outcome, rules) for outcome in position.outcomes)
    find_ways = _ways_out if position.inside else _ways_in
    ways = find_ways(position, margins, rules)
    worst_first = tuple(sorted(margins, key=lambda margin: -margin.points))
    if not ways:
        return Distance(None, _no_way(len(margins)), (), worst_first)
    steps = min(ways, key=_cost)
    return Distance(_cost(steps), _sentence(position, steps, rules), steps, worst_first)


def _margin(outcome: Outcome, rules: RuleSet) -> Margin:
    points, pupils = _crossing(
        outcome.below, outcome.participants, outcome.given_percent, rules.threshold_percent
    )
    return Margin(outcome, points, pupils)


@lru_cache(maxsize=8192)
def _crossing(
    below: int | None, participants: int | None, given: float | None, threshold: Decimal
) -> tuple[float, int]:
    """Return points above the threshold and how many results must change to cross it.

    Classes have few sizes, so the same figures come back in school after school.
    """
    share, taking_part = measured_figures(below, participants, given)
    limit = exact(threshold)
    # The division of whole numbers is rounded once, as that of the fraction would be.
    above = share.numerator * limit.denominator - limit.numerator * share.denominator
    points = above / (share.denominator * limit.denominator)
    count = round(share * taking_part / 100) if below is None else below
    # Whole-number division rounded up: the smallest count that is low.
    fewest_low = -(-limit.numerator * taking_part // (100 * limit.denominator))
    # A share known only as a rounded per cent may stand on the other side of its nearest count.
    return points, max(count - fewest_low + 1 if above >= 0 else fewest_low - count, 1)


def _cost(way: Way) -> int:
    return sum(margin.pupils for margin in way)


def _cheapest(margins: Iterable[Margin], number: int) -> Way:
    return tuple(sorted(margins, key=lambda margin: margin.pupils)[: max(number, 0)])


def _ways_in(position: Position, margins: Way, rules: RuleSet) -> list[Way]:
    low = [margin for margin in margins if margin.points >= 0]
    high = [margin for margin in margins if margin.points < 0]
    ready = [margin for margin in margins if margin.outcome.procedure in position.ready]
    needed, by_b = rules.rule_a_procedures, rules.rule_b_years is not None
    if needed is not None and by_b and rules.join is Join.AND:
        return [_with(one, low, high, needed) for one in ready if len(margins) >= needed]
    ways: list[Way] = []
    if needed is not None and len(margins) >= needed:
        ways.append(_cheapest(high, needed - len(low)))
    if by_b:
        ways.extend((margin,) for margin in ready)
    return ways


def _with(one: Margin, low: list[Margin], high: list[Margin], needed: int) -> Way:
    """Return the way that makes ``one`` low and then as many others as rule A still needs."""
    if one in low:
        return _cheapest(high, needed - len(low))
    others = [margin for margin in high if margin is not one]
    return (one, *_cheapest(others, needed - len(low) - 1))


def _ways_out(position: Position, margins: Way, rules: RuleSet) -> list[Way]:
    low = [margin for margin in margins if margin.points >= 0]
    run = tuple(margin for margin in low if margin.outcome.procedure in position.ready)
    needed = rules.rule_a_procedures
    too_many = 0 if needed is None else len(low) - needed + 1
    if rules.join is Join.AND and needed is not None and rules.rule_b_years is not None:
        return [_cheapest(low, too_many), run]
    others = [margin for margin in low if margin not in run]
    return [(*run, *_cheapest(others, too_many - len(run)))]


def _no_way(number: int) -> str:
    if not number:
        return "Расстояние до порога не определено: нет учтённых результатов."
    procedures = counted(number, "процедура", "процедуры", "процедур")
    done = plural(number, "учтена", "учтены", "учтено")
    return (
        "Признаки ШНОР в этом году возникнуть не могут: для правила не хватает процедур или "
        f"низких результатов прошлых лет ({done} {procedures})."
    )


def _sentence(position: Position, steps: Way, rules: RuleSet) -> str:
    total = _cost(steps)
    listed = "; ".join(_step(margin, rules) for margin in steps)
    if position.inside:
        verb = plural(total, "улучшит", "улучшат", "улучшат")
        return f"Школа выйдет из перечня, если результат {verb} {participants(total)}: {listed}."
    return f"Запас до признаков ШНОР – {participants(total)}: {listed}."


def _step(margin: Margin, rules: RuleSet) -> str:
    share, _ = measured(margin.outcome)
    points = share - exact(rules.threshold_percent)
    side = "выше порога" if points > 0 else "ниже порога"
    place = f"на {not_zero(abs(points))} п. п. {side}" if points else "ровно на пороге"
    return f"{procedure_title(margin.outcome.procedure)} – {margin.pupils} ({place})"
