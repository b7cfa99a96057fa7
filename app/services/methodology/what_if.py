"""What would change under other rules: counted live while a switch is moved, stored nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from app.models.enums import Category
from app.services.methodology.classifying import Material, gather, rules_for
from app.services.methodology.rules import category_of
from app.services.methodology.shares import at_least, is_low
from app.services.methodology.types import NO_EVIDENCE, Evidence, Outcome, ProcedureKey, RuleSet
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Change:
    """A school whose computed category would be another."""

    school_id: int
    school: str
    before: Category
    after: Category


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the tried rules change against those in force; decisions are left out of it."""

    changes: tuple[Change, ...]
    counts: Mapping[Category, int]
    """Schools by computed category under the tried rules."""


_Figures = tuple[int | None, int | None, float | None]
_Levels = tuple[bool, bool, bool]
_NOWHERE = Decimal(100)


class WhatIf:
    """The stored material of a year, kept while rules are tried on it; reads only.

    While only a threshold moves, the schools are looked at again that have a result between its
    old place and its new one: in a region of 1,400 schools that keeps up with the hand.
    """

    def __init__(self, workspace: Workspace, year: int) -> None:
        """Read everything once; UserError when no rules are in force for the year."""
        self.rules = rules_for(workspace, year)
        self._all = gather(workspace, year, None)
        self._base = self._narrowed(self.rules)
        self._evidence = self._base.evidence(self.rules)
        ids = [school.id for school in self._all.schools]
        self._before = _categories(ids, self._base, self._evidence, self.rules)
        self._samples, self._having = _by_figures(self._base)

    def compare(self, rules: RuleSet) -> Comparison:
        """Return which schools the rules would place otherwise than those in force."""
        after = self._after(rules)
        changes = tuple(
            Change(school.id, school.short_name, self._before[school.id], after[school.id])
            for school in self._all.schools
            if after[school.id] is not self._before[school.id]
        )
        return Comparison(changes, Counter(after.values()))

    def _after(self, rules: RuleSet) -> dict[int, Category]:
        if _but_levels(rules) == _but_levels(self.rules):
            again = self._between(rules)
            return self._before | _categories(again, self._base, self._evidence, rules)
        material = self._narrowed(rules)
        ids = [school.id for school in self._all.schools]
        return _categories(ids, material, material.evidence(rules), rules)

    def _between(self, rules: RuleSet) -> set[int]:
        """Return the schools with a result that stands otherwise to the levels of the rules."""
        found: set[int] = set()
        for figures, sample in self._samples.items():
            if _levels(sample, rules) != _levels(sample, self.rules):
                found |= self._having[figures]
        return found

    def _narrowed(self, rules: RuleSet) -> Material:
        """Return the material with the results that count, asked of each procedure once."""
        counts: dict[ProcedureKey, bool] = {}

        def counted(outcome: Outcome) -> bool:
            known = counts.get(outcome.procedure)
            if known is None:
                known = counts[outcome.procedure] = rules.counts(outcome.procedure)
            return known

        outcomes = {
            school: [outcome for outcome in found if counted(outcome)]
            for school, found in self._all.outcomes.items()
        }
        return replace(self._all, outcomes=outcomes)


def _categories(
    schools: Iterable[int], material: Material, evidence: Mapping[int, Evidence], rules: RuleSet
) -> dict[int, Category]:
    return {
        school: category_of(
            material.outcomes.get(school, ()),
            rules,
            material.year,
            evidence.get(school, NO_EVIDENCE),
        )
        for school in schools
    }


def _by_figures(material: Material) -> tuple[dict[_Figures, Outcome], dict[_Figures, set[int]]]:
    """Return an outcome for each figures that occur, and the schools that have them."""
    samples: dict[_Figures, Outcome] = {}
    having: dict[_Figures, set[int]] = {}
    for school, outcomes in material.outcomes.items():
        for outcome in outcomes:
            figures = (outcome.below, outcome.participants, outcome.given_percent)
            if figures not in samples:
                samples[figures] = outcome
                having[figures] = set()
            having[figures].add(school)
    return samples, having


def _levels(outcome: Outcome, rules: RuleSet) -> _Levels:
    """Return how an outcome stands to what a hand moves: the least number, threshold, nearness."""
    near = rules.risk_zone.near_from_percent
    return (
        (outcome.participants or 0) >= rules.min_participants,
        is_low(outcome, rules),
        near is not None and at_least(outcome, near),
    )


def _but_levels(rules: RuleSet) -> RuleSet:
    """Return the rules without the levels and without words, for comparing the rest."""
    return replace(
        rules,
        version=1,
        legal_basis=(),
        notes=(),
        threshold_percent=_NOWHERE,
        min_participants=0,
        risk_zone=replace(rules.risk_zone, near_from_percent=None),
    )
