"""What would change under other rules: counted live while a switch is moved, stored nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.models.enums import Category
from app.services.methodology.classifying import Material, gather, rules_for
from app.services.methodology.rules import category_of
from app.services.methodology.types import NO_EVIDENCE, Outcome, ProcedureKey, RuleSet
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


class WhatIf:
    """The stored material of a year, kept while rules are tried on it; reads only."""

    def __init__(self, workspace: Workspace, year: int) -> None:
        """Read everything once; UserError when no rules are in force for the year."""
        self.rules = rules_for(workspace, year)
        self._material = gather(workspace, year, None)
        self._before = self._categories(self.rules)

    def compare(self, rules: RuleSet) -> Comparison:
        """Return which schools the rules would place otherwise than those in force."""
        after = self._categories(rules)
        changes = tuple(
            Change(school.id, school.short_name, self._before[school.id], after[school.id])
            for school in self._material.schools
            if after[school.id] is not self._before[school.id]
        )
        return Comparison(changes, Counter(after.values()))

    def _categories(self, rules: RuleSet) -> dict[int, Category]:
        material = self._narrowed(rules)
        evidence = material.evidence(rules)
        return {
            school.id: category_of(
                material.outcomes.get(school.id, ()),
                rules,
                material.year,
                evidence.get(school.id, NO_EVIDENCE),
            )
            for school in material.schools
        }

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
            for school, found in self._material.outcomes.items()
        }
        return replace(self._material, outcomes=outcomes)
