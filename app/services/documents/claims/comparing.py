"""What a text claims against what the tables say; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from app.services.documents.claims.periods import FIRST, LAST
from app.services.documents.claims.types import Bound, Claim, Discrepancy, Figure, Known, Unit
from app.services.documents.claims.vocabulary import vocabulary

_LIKELY = ("base", "plan", "", "fact")
"""Roles of a value, the likeliest last, where a text names none."""


def discrepancies(
    claims: Iterable[tuple[Claim, ...]], known: Sequence[Known]
) -> Iterator[Discrepancy]:
    """Return the figures that no table confirms and at least one contradicts.

    Each row of ``claims`` is one figure with everything that it may be meant to count: one meaning
    that agrees is enough.
    """
    term = _term(known)
    for meanings in claims:
        if any(one.span and one.span != term for one in meanings):
            continue  # a figure of some years of the programme is in no table
        pairs = [(claim, one) for claim in meanings for one in _about(claim, known)]
        opposed = [(claim, one) for claim, one in pairs if _opposes(claim, one)]
        if opposed and not any(agrees(claim.figure, one.value) for claim, one in pairs):
            yield Discrepancy(*max(opposed, key=_weight))


def _term(known: Sequence[Known]) -> tuple[int, ...]:
    """Return the first and last years of the programme; empty without one."""
    ends = {one.measure: int(one.value) for one in known if one.measure in (FIRST, LAST)}
    return (ends[FIRST], ends[LAST]) if len(ends) == 2 else ()


def confirmed(meanings: tuple[Claim, ...], known: Sequence[Known]) -> frozenset[Claim]:
    """Return the meanings of a figure that a table confirms."""
    return frozenset(
        claim
        for claim in meanings
        if any(agrees(claim.figure, one.value) for one in _about(claim, known))
    )


def agrees(figure: Figure, value: Fraction) -> bool:
    """Return whether a table's value is what the text says, as exactly as it says it."""
    half = Fraction(0) if _is_whole(figure) else figure.step / 2
    match figure.bound:
        case Bound.EXACT:
            return abs(figure.value - value) <= half
        case Bound.NEAR:
            allowed = max(figure.value * vocabulary().near_share, figure.step)
            return abs(figure.value - value) <= allowed
        case Bound.MORE:
            return value > figure.value - half
        case Bound.AT_LEAST:
            return value >= figure.value - half
        case Bound.LESS:
            return value < figure.value + half
        case Bound.AT_MOST:
            return value <= figure.value + half


def _is_whole(figure: Figure) -> bool:
    """Return whether the figure counts things one by one: there is nothing to round."""
    return figure.unit in (Unit.COUNT, Unit.YEARS) and figure.step == 1


def _about(claim: Claim, known: Sequence[Known]) -> Iterator[Known]:
    """Return the figures of tables that the claim may be compared with."""
    for one in known:
        if one.measure != claim.measure or not claim.about <= one.about:
            continue
        if one.unit is not claim.figure.unit:
            continue
        if claim.role and one.role and claim.role != one.role:
            continue
        if None in (claim.year, one.year) or claim.year == one.year:
            yield one


def _weight(pair: tuple[Claim, Known]) -> tuple[bool, int, int]:
    """Return how near a figure of a table is to what the text most likely means."""
    claim, one = pair
    total = claim.year is None and one.year is None and one.measure != "indicator"
    return total, one.year or 0, _LIKELY.index(one.role)


def _opposes(claim: Claim, one: Known) -> bool:
    """Return whether the figure is of the same year for certain: a base without one is not."""
    return one.role != "base" or claim.role == "base" or claim.year in (None, one.year)
