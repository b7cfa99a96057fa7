"""Why a school is in its category: one sentence with numbers, and the warnings beside it.

The sentences support and never blame: they name procedures and shares, no people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from app.models.enums import Category
from app.services.decimals import plain
from app.services.methodology.shares import (
    exact,
    growth,
    is_borderline,
    is_rounded,
    measured,
    measured_figures,
)
from app.services.methodology.types import (
    BiasPolicy,
    Findings,
    Outcome,
    RiskKind,
    RiskSign,
    RuleSet,
    SocialVerdict,
    YearsBack,
)
from app.services.methodology.wording import (
    Figures,
    by_procedures,
    figures,
    participants,
    procedure_title,
    rounded,
    years_running,
)
from app.services.russian import counted, plural

_NO_DATA = "Нет данных за "


def tells_no_data(sentence: str) -> bool:
    """Return whether a stored sentence of the program says that there was nothing to decide on."""
    return sentence.startswith(_NO_DATA)


def reason(found: Findings, rules: RuleSet, notes: Sequence[str]) -> str:
    """Return one Russian sentence that says why the school is in its category.

    ``notes`` are those of ``risk_notes``.
    """
    if not found.counted:
        return _no_data(found)
    if found.category is Category.SHNOR:
        clauses = _shnor(found, rules)
    elif found.category is Category.RISK_ZONE:
        clauses = [f"Зона риска в {found.year} году: {'; '.join(notes)}"]
    elif found.low:
        listed = _listed(found.low, rules)
        clauses = [f"Для ШНОР в {found.year} году не хватает оснований: {listed}"]
    else:
        clauses = [_none_low(found, rules)]
    return f"{'; '.join(clauses)}; порог {plain(rules.threshold_percent)} %."


def whole_reason(
    found: Findings,
    rules: RuleSet,
    category: Category,
    conditions: SocialVerdict | None,
    notes: Sequence[str],
) -> str:
    """Return why the school is in its category: the conditions first where they decided."""
    by_results = reason(found, rules, notes)
    if conditions is None or not category.has_shnsu:
        return by_results
    return f"{conditions.text} {by_results}"


def risk_notes(found: Findings, rules: RuleSet) -> tuple[str, ...]:
    """Return a note per watched procedure, with all its signs: low, near, growing."""
    # The signs of one outcome stand side by side.
    groups = [list(signs) for _, signs in groupby(found.signs, lambda sign: id(sign.outcome))]
    return tuple(
        ", ".join([_part(signs[0].outcome, rules), *(_sign(sign, rules) for sign in signs)])
        for signs in groups
    )


def warnings(found: Findings, rules: RuleSet) -> tuple[str, ...]:
    """Return whole Russian sentences about what weakens the verdict."""
    sentences = [
        _small_sample(found, rules),
        _borderline(found, rules),
        _approximate(found, rules),
        _left_out(found, rules),
        _biased(found, rules),
        _no_past(found, rules),
        _unmatched(found),
    ]
    return tuple(sentence for sentence in sentences if sentence)


def is_borderline_case(found: Findings, rules: RuleSet) -> bool:
    """Return whether rounding may have put a result on the wrong side of the threshold."""
    return any(is_borderline(outcome, rules) for outcome in (*found.counted, *found.run))


def has_small_sample(found: Findings, rules: RuleSet) -> bool:
    """Return whether a counted procedure had few participants."""
    return any(_size(outcome) < rules.small_sample for outcome in (*found.counted, *found.run))


def _part(outcome: Outcome, rules: RuleSet) -> str:
    """Return «ВПР, математика, 4 класс – 3 из 7 (42,9 %)»."""
    return f"{procedure_title(outcome.procedure)} – {_figures(outcome, rules)}"


def _figures(outcome: Outcome, rules: RuleSet) -> str:
    of = (outcome.below, outcome.participants, outcome.given_percent)
    near = rules.risk_zone.near_from_percent
    limits = (rules.threshold_percent,) if near is None else (rules.threshold_percent, near)
    return _written_figures(*of, outcome.exact, limits)


@lru_cache(maxsize=8192)
def _written_figures(
    below: int | None,
    participants: int | None,
    given: float | None,
    is_exact: bool,
    limits: tuple[Decimal, ...],
) -> str:
    """Return the figures in words; the same ones come back in school after school."""
    share, taking_part = measured_figures(below, participants, given)
    return figures(Figures(below, taking_part, is_exact), share, *map(exact, limits))


def _listed(outcomes: Iterable[Outcome], rules: RuleSet) -> str:
    return "; ".join(_part(outcome, rules) for outcome in outcomes)


def _no_data(found: Findings) -> str:
    if found.left_out:
        why = "результаты есть, но учесть их нельзя"
    else:
        why = "нет ни одного результата по учитываемым процедурам"
    return f"{_NO_DATA}{found.year} год: {why}, поэтому категория не определена."


def _none_low(found: Findings, rules: RuleSet) -> str:
    held = len(found.counted)
    procedures = counted(held, "процедура", "процедуры", "процедур")
    done = f"{plural(held, 'учтена', 'учтены', 'учтено')} {procedures}"
    worst = max(found.counted, key=lambda outcome: measured(outcome)[0])
    if measured(worst)[0]:
        most = f"самая большая доля: {_part(worst, rules)}"
    else:
        most = "минимум по каждой из них набрали все участники"
    return f"В {found.year} году низких результатов нет: {done}, {most}"


def _shnor(found: Findings, rules: RuleSet) -> list[str]:
    same = rules.rule_b_same and not found.rule_a
    if same and len(found.rule_b) == len(found.low):
        return [_only_running(found, rules)]
    noun = plural(len(found.low), "Низкий результат", "Низкие результаты", "Низкие результаты")
    by = by_procedures(len(found.low))
    head = f"{noun} в {found.year} году {by}: {_listed(found.low, rules)}"
    return [head, *_running(found, rules)]


def _only_running(found: Findings, rules: RuleSet) -> str:
    """Rule B alone: each procedure with its shares from the first year to the last."""
    one = len(found.low) == 1
    by = "по одной и той же процедуре" if one else "по одним и тем же процедурам"
    listed = "; ".join(
        f"{procedure_title(outcome.procedure)} – {_through_years(outcome, found, rules)}"
        for outcome in found.low
    )
    return f"Низкие результаты {_run_length(rules)} {by}: {listed}"


def _through_years(outcome: Outcome, found: Findings, rules: RuleSet) -> str:
    earlier = [o for o in found.run if o.procedure == outcome.procedure]
    in_order = sorted((*earlier, outcome), key=lambda o: o.year)
    return ", ".join(f"{_figures(o, rules)} в {o.year} году" for o in in_order)


def _running(found: Findings, rules: RuleSet) -> list[str]:
    """Rule B beside rule A: what was low in the earlier years."""
    if not found.run:
        return []
    listed = "; ".join(f"{_part(o, rules)} в {o.year} году" for o in found.run)
    if not rules.rule_b_same:
        by = "хотя бы по одной процедуре"
    else:
        by = "по той же процедуре" if len(found.rule_b) == 1 else "по тем же процедурам"
    return [f"{_run_length(rules)} {by}: {listed}"]


def _run_length(rules: RuleSet) -> str:
    length = rules.rule_b_years or 0
    if rules.rule_b_years_back is YearsBack.HELD:
        return f"в последних проведениях ({length})"
    return years_running(length)


def _sign(sign: RiskSign, rules: RuleSet) -> str:
    if sign.before is not None:
        points = rounded(growth(sign.outcome, sign.before))
        return f"рост на {points} п. п. за год (было {_before(sign.before, rules)})"
    return "низкий результат" if sign.kind is RiskKind.LOW else "близко к порогу"


def _before(outcome: Outcome, rules: RuleSet) -> str:
    """Return the figures without brackets of their own."""
    return _figures(outcome, rules).replace(" (", ", ").rstrip(")")


def _small_sample(found: Findings, rules: RuleSet) -> str:
    """Name the small groups that decided something, and sum up the others."""
    small = [o for o in found.counted if _size(o) < rules.small_sample]
    watched = {id(o) for o in (*found.low, *(sign.outcome for sign in found.signs))}
    named = [o for o in small if id(o) in watched]
    parts = [_weight(o) for o in (*named, *_small_run(found, rules))]
    rest = [o for o in small if id(o) not in watched]
    if rest:
        parts.append(_weights(rest, bool(parts)))
    if not parts:
        return ""
    return f"Малая выборка, менее {rules.small_sample} участников: {'; '.join(parts)}."


def _small_run(found: Findings, rules: RuleSet) -> list[Outcome]:
    return [o for o in found.run if _size(o) < rules.small_sample]


def _weight(outcome: Outcome) -> str:
    taking_part = _size(outcome)
    title = f"{procedure_title(outcome.procedure)}, {outcome.year} год"
    return f"{title} – {participants(taking_part)} (один – это {_one_of(taking_part)})"


def _weights(outcomes: list[Outcome], others: bool) -> str:
    """Return the range of sizes: the sentence stays readable in a school of small classes."""
    sizes = sorted(_size(outcome) for outcome in outcomes)
    title = "ещё " if others else ""
    procedures = counted(len(outcomes), "процедура", "процедуры", "процедур")
    if sizes[0] == sizes[-1]:
        size, weight = participants(sizes[0]), _one_of(sizes[0])
    else:
        size = f"от {sizes[0]} до {sizes[-1]} участников"
        weight = f"от {_one_of(sizes[-1])} до {_one_of(sizes[0])}"
    return f"{title}{procedures} – {size} (один – это {weight})"


def _size(outcome: Outcome) -> int:
    """Return the participants of a counted outcome: there always are some."""
    return outcome.participants or 0


def _one_of(taking_part: int) -> str:
    return f"{rounded(Fraction(100, taking_part))} %"


def _borderline(found: Findings, rules: RuleSet) -> str:
    near = [o for o in (*found.counted, *found.run) if is_borderline(o, rules)]
    if not near:
        return ""
    listed = "; ".join(f"{procedure_title(o.procedure)}, {o.year} год" for o in near)
    return f"Пограничное значение: доля известна с округлением и близка к порогу: {listed}."


def _approximate(found: Findings, rules: RuleSet) -> str:
    rounded_off = [o for o in (*found.counted, *found.run) if is_rounded(o)]
    if not rounded_off:
        return ""
    listed = "; ".join(f"{_part(o, rules)}, {o.year} год" for o in rounded_off)
    return f"Числа приблизительные, в файле только округлённые проценты: {listed}."


def _biased(found: Findings, rules: RuleSet) -> str:
    """Name the results of the official list; they ask for a look and prove nothing."""
    if not found.biased:
        return ""
    listed = "; ".join(f"{procedure_title(o.procedure)}, {o.year} год" for o in found.biased)
    done = "не учтены" if rules.bias_policy is BiasPolicy.EXCLUDE else "учтены"
    return (
        f"Официальный список отмечает признаки необъективности: {listed}. По методике эти "
        f"результаты {done}; сами по себе признаки ничего не доказывают."
    )


def _left_out(found: Findings, rules: RuleSet) -> str:
    others = [outcome for outcome in found.left_out if outcome not in found.biased]
    if not others:
        return ""
    listed = "; ".join(_why_left_out(outcome, rules) for outcome in others)
    return f"Не учтено: {listed}."


def _why_left_out(outcome: Outcome, rules: RuleSet) -> str:
    title = procedure_title(outcome.procedure)
    if not outcome.participants:
        return f"{title} – нет участников или их число неизвестно"
    if outcome.percent is None:
        return f"{title} – неизвестна доля низких результатов"
    least = f"наименьшее учитываемое число – {rules.min_participants}"
    return f"{title} – {participants(outcome.participants)}, {least}"


def _no_past(found: Findings, rules: RuleSet) -> str:
    needed = rules.rule_b_years is not None or rules.risk_zone.growth_points is not None
    if found.has_past or not found.counted or not needed:
        return ""
    return (
        f"Нет учтённых результатов за {found.year - 1} год: "
        "сравнить с прошлым годом и проверить результаты подряд нельзя."
    )


def _unmatched(found: Findings) -> str:
    if not found.unmatched or not found.has_past or found.category is Category.SHNOR:
        return ""
    listed = "; ".join(procedure_title(outcome.procedure) for outcome in found.unmatched)
    return f"За {found.year - 1} год нет результатов по тем же процедурам: {listed}."
