"""What would change under other rules: counted live while a switch is moved, stored nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.models.enums import Category
from app.services.methodology.bits import District
from app.services.methodology.classifying import gather, rules_for
from app.services.methodology.social import joined
from app.services.methodology.types import RuleSet, SocialRule
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
    """The stored material of a year, kept while rules are tried on it; reads only.

    Categories are found without words and for all schools at once: in a region of 1,400 schools
    that keeps up with the hand, whatever switch it moves.
    """

    def __init__(self, workspace: Workspace, year: int) -> None:
        """Read everything once; UserError when no rules are in force for the year."""
        self.rules = rules_for(workspace, year)
        material = gather(workspace, year, None)
        self._records = material.records
        self._schools = material.schools
        self._district = District(year, material.outcomes, material.records.biased)
        self._judged: tuple[SocialRule | None, frozenset[int]] | None = None
        self._before = self._categories(self.rules)

    def compare(self, rules: RuleSet) -> Comparison:
        """Return which schools the rules would place otherwise than those in force."""
        after = self._categories(rules)
        changes = tuple(
            Change(school.id, school.short_name, self._before[school.id], after[school.id])
            for school in self._schools
            if after[school.id] is not self._before[school.id]
        )
        return Comparison(changes, Counter(after.values()))

    def _categories(self, rules: RuleSet) -> dict[int, Category]:
        """Return the category of every school of the register."""
        by_results = self._district.categories(rules)
        poor = self._poor(rules.social)
        return {
            school.id: joined(by_results.get(school.id, Category.NONE), school.id in poor)
            for school in self._schools
        }

    def _poor(self, rule: SocialRule | None) -> frozenset[int]:
        if self._judged is None or self._judged[0] != rule:
            self._judged = (rule, frozenset() if rule is None else self._records.poor(rule))
        return self._judged[1]
