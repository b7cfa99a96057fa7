"""Which results stand out: the rules of the year judge, the pages only show."""

from __future__ import annotations

from app.models.enums import CountsOrigin
from app.services.decimals import exact
from app.services.methodology import Outcome, ProcedureKey, RuleSet, is_low
from app.services.results import ResultRow
from app.ui.itemmodels.columns import Mark, Sign
from app.ui.numbers import Limits, Share
from app.ui.theme import Tone

LOW = Mark(Tone.DANGER, Sign.DOWN, "низкий результат")
LOW_UNCOUNTED = Mark(Tone.WARNING, Sign.DOWN, "низкий результат, методикой не учитывается")


def limits_of(rules: RuleSet | None) -> Limits:
    """Return the thresholds of a low result, in per cent; none where no rules cover the year."""
    return () if rules is None else (exact(rules.threshold_percent),)


def share_of(row: ResultRow, rules: RuleSet | None) -> Share | None:
    """Return the share of low results beside the threshold of its year; None without one."""
    return None if row.percent_below is None else Share(row.percent_below, limits_of(rules))


def mark_of(row: ResultRow, rules: RuleSet | None) -> Mark | None:
    """Return how a result stands out under the rules of its year; None for an ordinary one."""
    if rules is None:
        return None
    procedure = ProcedureKey(row.kind, row.subject, row.grade)
    below = row.n2 if row.below is None else row.below
    exact = row.origin is not CountsOrigin.APPROXIMATE
    if not is_low(Outcome(procedure, row.year, row.participants, below, exact, row.p2), rules):
        return None
    return LOW if rules.counts(procedure) else LOW_UNCOUNTED
