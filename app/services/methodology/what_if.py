"""What would change under other rules: counted live while a switch is moved, stored nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from app.models.enums import Category
from app.services.methodology.bits import District, Standing
from app.services.methodology.classifying import gather, rules_for
from app.services.methodology.social import first_cluster, joined, signs_of
from app.services.methodology.types import RuleSet, SocialRule
from app.services.workspace import Workspace

_NOTHING = Standing(Category.NONE, low=False, failing=False, silent=True)
"""Of a school without a single result."""


@dataclass(frozen=True, slots=True)
class Change:
    """A school whose computed category would be another; None stands for «нет данных»."""

    school_id: int
    school: str
    before: Category | None
    after: Category | None


@dataclass(frozen=True, slots=True)
class ClusterMove:
    """A school that would stand in another cluster; None is none of them."""

    school_id: int
    school: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the tried rules change against those in force; decisions are left out of it."""

    changes: tuple[Change, ...]
    counts: Mapping[Category | None, int]
    """Schools by computed category under the tried rules; None are those without data."""
    moves: tuple[ClusterMove, ...] = ()
    clusters: Mapping[int | None, int] = field(default_factory=dict)
    """Schools by number of their cluster; empty where the tried rules have no clusters."""


class _Place(NamedTuple):
    category: Category | None
    """None where nothing counts: «вне групп» is a finding."""
    cluster: int | None


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
        self._before = self._places(self.rules)

    def compare(self, rules: RuleSet) -> Comparison:
        """Return which schools the rules would place otherwise than those in force."""
        before, after = self._before, self._places(rules)
        changes, moves = [], []
        for school in self._schools:
            was, now = before[school.id], after[school.id]
            if now.category is not was.category:
                named = (school.id, school.short_name)
                changes.append(Change(*named, was.category, now.category))
            if now.cluster != was.cluster:
                moves.append(ClusterMove(school.id, school.short_name, was.cluster, now.cluster))
        places = after.values()
        clusters = Counter(place.cluster for place in places) if rules.clusters else {}
        return Comparison(
            tuple(changes), Counter(place.category for place in places), tuple(moves), clusters
        )

    def _places(self, rules: RuleSet) -> dict[int, _Place]:
        """Return the category and the cluster of every school of the register."""
        standings = self._district.standings(rules)
        poor = self._poor(rules.social)
        cluster_of = _cluster_finder(rules)
        return {
            school.id: cluster_of(standings.get(school.id, _NOTHING), school.id in poor)
            for school in self._schools
        }

    def _poor(self, rule: SocialRule | None) -> frozenset[int]:
        if self._judged is None or self._judged[0] != rule:
            self._judged = (rule, frozenset() if rule is None else self._records.poor(rule))
        return self._judged[1]


def _cluster_finder(rules: RuleSet) -> Callable[[Standing, bool], _Place]:
    """Return what places a school; there are few kinds of standings, each is looked at once."""

    @cache
    def placed(standing: Standing, is_poor: bool) -> _Place:
        category = joined(standing.category, is_poor)
        watched = standing.category is Category.RISK_ZONE
        signs = signs_of(category, low=standing.low, failing=standing.failing, watched=watched)
        cluster = first_cluster(signs, rules.clusters)
        unknown = standing.silent and category is Category.NONE
        return _Place(None if unknown else category, None if cluster is None else cluster.number)

    return placed
