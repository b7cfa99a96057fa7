"""The rule of results for all schools at once, without words, so that what-if keeps up with a hand.

Procedures are bits of a whole number: which results of a school count, are low, are near or have
grown are four numbers a year, and a rule is a few operations on them.  ``rules`` decides school by
school and explains; a property test holds the two to the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.models.enums import AssessmentKind, Category
from app.services.methodology.rules import joined
from app.services.methodology.shares import at_least, grew_by, is_known
from app.services.methodology.types import (
    BiasPolicy,
    Outcome,
    ProcedureKey,
    RuleSet,
    YearsBack,
)

_EVERY = -1
"""All bits set."""
_Place = int
"""Number of a school times the number of years, plus how many years ago: 0 is the year itself."""
_Masks = list[int]
"""Sets of procedures by place."""
Biased = Mapping[int, frozenset[tuple[ProcedureKey, int]]]


class Standing(NamedTuple):
    """What the results of a school make of it under some rules."""

    category: Category
    """ШНОР, «зона риска» or neither."""
    low: bool
    """A result of the year is low."""
    failing: bool
    """Somebody is below the minimum in a result of the year that counts."""
    silent: bool = False
    """No result of the year counts at all."""


class District:
    """The results of all schools; asked for the categories under one rule set after another."""

    def __init__(
        self, year: int, outcomes: Mapping[int, Sequence[Outcome]], biased: Biased
    ) -> None:
        """Take the outcomes up to ``year`` by school, in the order of ``rules.relevant``."""
        self._year = year
        self._outcomes = outcomes
        self._schools = {school: number for number, school in enumerate(outcomes)}
        every = [outcome for found in outcomes.values() for outcome in found]
        self._span = 1 + max((year - outcome.year for outcome in every), default=0)
        procedures = dict.fromkeys(outcome.procedure for outcome in every)
        self._bits = {procedure: 1 << place for place, procedure in enumerate(procedures)}
        self._group()
        self._pairs = tuple(self._find_pairs())
        self._biased = self._marked(biased)
        self._failing = self._find(lambda sample: bool(sample.percent))[:: self._span]
        # An edit moves one thing; what the others rest on is as it was.
        self._known = lru_cache(maxsize=32)(self._find_known)
        self._reaching = lru_cache(maxsize=32)(self._find_reaching)
        self._grown = lru_cache(maxsize=32)(self._find_grown)

    def categories(self, rules: RuleSet) -> dict[int, Category]:
        """Return what the results of each school make of it: ШНОР, «зона риска» or neither."""
        return {school: found.category for school, found in self.standings(rules).items()}

    def standings(self, rules: RuleSet) -> dict[int, Standing]:
        """Return the same with what clusters look at."""
        counts = sum(bit for procedure, bit in self._bits.items() if rules.counts(procedure))
        known, low = self._known(rules.min_participants), self._reaching(rules.threshold_percent)
        out = self._biased if rules.bias_policy is BiasPolicy.EXCLUDE else {}
        watched = self._watched(rules)
        found = {}
        for school, number in self._schools.items():
            places = range(number * self._span, (number + 1) * self._span)
            may = [known[place] & counts & ~out.get(place, 0) for place in places]
            lows = [low[place] & mask for place, mask in zip(places, may, strict=True)]
            near, grown = (masks[number] for masks in watched)
            signs = near & may[0] | grown & may[0] & (may[1] if self._span > 1 else 0)
            failing = bool(self._failing[number] & may[0])
            category = _category(lows, may, signs, rules)
            found[school] = Standing(category, bool(lows[0]), failing, not may[0])
        return found

    def _group(self) -> None:
        """Note where the same figures stand: classes have few sizes."""
        self._samples: dict[tuple[object, ...], Outcome] = {}
        self._where: dict[tuple[object, ...], list[tuple[_Place, int]]] = {}
        for school, number in self._schools.items():
            first = number * self._span
            for outcome in self._outcomes[school]:
                figures = (outcome.below, outcome.participants, outcome.given_percent)
                place = first + self._year - outcome.year
                if figures not in self._where:
                    self._samples[figures], self._where[figures] = outcome, []
                self._where[figures].append((place, self._bits[outcome.procedure]))

    def _find(self, wanted: Callable[[Outcome], bool]) -> _Masks:
        """Return the results whose figures are wanted."""
        found = [0] * (len(self._schools) * self._span)
        for figures, sample in self._samples.items():
            if wanted(sample):
                for place, bit in self._where[figures]:
                    found[place] |= bit
        return found

    def _find_known(self, least: int) -> _Masks:
        return self._find(lambda sample: is_known(sample, least))

    def _find_reaching(self, percent: Decimal) -> _Masks:
        return self._find(lambda sample: at_least(sample, percent))

    def _find_grown(self, points: Decimal) -> _Masks:
        """Return by school the procedures of the year whose share has risen by so much."""
        found = [0] * len(self._schools)
        for number, now, before in self._pairs:
            if grew_by(now, before, points):
                found[number] |= self._bits[now.procedure]
        return found

    def _find_pairs(self) -> Iterator[tuple[int, Outcome, Outcome]]:
        """Return the known outcomes of the year with those of the year before."""
        for school, number in self._schools.items():
            for before, now in pairwise(self._outcomes[school]):
                if now.year == self._year and before.year == self._year - 1:
                    same = now.procedure == before.procedure
                    if same and is_known(now) and is_known(before):
                        yield number, now, before

    def _watched(self, rules: RuleSet) -> tuple[_Masks, _Masks]:
        """Return by school what is near the threshold and what has grown, as far as asked for."""
        zone, nothing = rules.risk_zone, [0] * len(self._schools)
        near = nothing
        if zone.near_from_percent is not None:
            # What reaches the threshold reaches this as well, and it is the lower one.
            near = self._reaching(zone.near_from_percent)[:: self._span]
            low = self._reaching(rules.threshold_percent)[:: self._span]
            near = [one & ~other for one, other in zip(near, low, strict=True)]
        grown = nothing if zone.growth_points is None else self._grown(zone.growth_points)
        return near, grown

    def _marked(self, biased: Biased) -> dict[_Place, int]:
        """Return the ВПР of the official list by place."""
        found: dict[_Place, int] = {}
        for school, number in self._schools.items():
            for procedure, year in biased.get(school, ()):
                back, bit = self._year - year, self._bits.get(procedure, 0)
                if procedure.kind is AssessmentKind.VPR and 0 <= back < self._span:
                    place = number * self._span + back
                    found[place] = found.get(place, 0) | bit
        return found


def _category(lows: _Masks, may: _Masks, signs: int, rules: RuleSet) -> Category:
    now = lows[0]
    by_a = rules.rule_a_procedures is not None and now.bit_count() >= rules.rule_a_procedures
    if joined(by_a, bool(now & _ready(lows, may, rules)), rules):
        return Category.SHNOR
    watched = bool(signs) or (rules.risk_zone.one_low_procedure and bool(now))
    return Category.RISK_ZONE if watched else Category.NONE


def _ready(lows: _Masks, may: _Masks, rules: RuleSet) -> int:
    """Return the procedures that fulfil rule B when they are low in the year."""
    if rules.rule_b_years is None:
        return 0
    length = rules.rule_b_years - 1
    if rules.rule_b_years_back is YearsBack.HELD:
        find = _held_running if rules.rule_b_same else _held_any
        return find(lows, may, length)
    earlier = lows[1 : length + 1]
    if len(earlier) < length:
        return 0
    if not rules.rule_b_same:
        return _EVERY if all(earlier) else 0
    ready = _EVERY
    for low in earlier:
        ready &= low
    return ready


def _held_running(lows: _Masks, may: _Masks, length: int) -> int:
    """Return the procedures that were low the last ``length`` times they were held before."""
    # By how many low results were found so far, going back; one that is not low drops out.
    by_number = [_EVERY, *([0] * length)]
    for low, held in zip(lows[1:], may[1:], strict=True):
        for number in range(length - 1, -1, -1):
            seen = by_number[number] & held
            by_number[number] &= ~held
            by_number[number + 1] |= seen & low
    return by_number[length]


def _held_any(lows: _Masks, may: _Masks, length: int) -> int:
    """Return all procedures when each of the last ``length`` years with results had a low one."""
    held = [low for low, mask in zip(lows[1:], may[1:], strict=True) if mask][:length]
    return _EVERY if len(held) == length and all(held) else 0
