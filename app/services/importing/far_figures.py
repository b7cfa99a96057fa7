"""Wrong figures of the country or a region: that row is left out and told, no school waits for it.

Figures of the district are its own, and a wrong one is for a person to decide; those of others are
there to compare with, and cannot be mended in the district.
"""

from __future__ import annotations

from dataclasses import replace

from app.models.enums import ReferenceScope, Severity
from app.services.importing.cells import expand_rows
from app.services.importing.facts import Block, Extract, Fact, Problem, ReferenceFact

_FAR = frozenset({ReferenceScope.SAMPLE, ReferenceScope.REGION})
_LEFT = "Строка не загружена; на результаты школ это не влияет."


def without_wrong(
    extract: Extract, problems: tuple[Problem, ...]
) -> tuple[Extract, tuple[Problem, ...]]:
    """Return the extract without wrong rows of the country and regions, whose errors are warnings.

    ``problems`` are what the control rules found in the facts.
    """
    wrong = {one.row for one in problems if one.severity is Severity.ERROR and one.row}
    left = {row for row in wrong if row in _far_rows(extract)} if wrong else set()
    if not left:
        return extract, problems
    blocks = tuple(_without(block, left) for block in extract.blocks)
    return replace(extract, blocks=blocks), tuple(_told(one, left) for one in problems)


def _far_rows(extract: Extract) -> set[int]:
    """Return the 1-based rows that hold nothing but figures of the country or a region."""
    facts = [fact for block in extract.blocks for fact in block.facts]
    others = {row for fact in facts if not _is_far(fact) for row in expand_rows(fact.rows)}
    return {row for fact in facts if _is_far(fact) for row in expand_rows(fact.rows)} - others


def _is_far(fact: Fact) -> bool:
    return isinstance(fact, ReferenceFact) and fact.scope in _FAR


def _without(block: Block, rows: set[int]) -> Block:
    kept = (fact for fact in block.facts if rows.isdisjoint(expand_rows(fact.rows)))
    return replace(block, facts=tuple(kept))


def _told(problem: Problem, rows: set[int]) -> Problem:
    if problem.row not in rows or problem.severity is not Severity.ERROR:
        return problem
    return replace(problem, severity=Severity.WARNING, message=f"{problem.message} {_LEFT}")
