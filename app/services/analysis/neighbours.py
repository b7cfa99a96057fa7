"""A school among similar ones: the group by the rule, and its place without anybody's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from app.errors import UserError
from app.models.enums import SchoolStatus
from app.services import methodology
from app.services.analysis.limits import shipped_similar_rule
from app.services.analysis.similar import (
    Criterion,
    SimilarGroup,
    SimilarRule,
    Trait,
    group_of,
    programme_of,
    quartiles,
)
from app.services.analysis.stored import keep, kept
from app.services.analysis.types import Comparison, GroupPlace, ProcedureName
from app.services.analysis.weighted import Measure, scale_of, weighted
from app.services.changes import ChangeSet
from app.services.results import ResultRow, list_results
from app.services.schools import SchoolRow, list_schools
from app.services.workspace import Workspace

_SETTING = "analysis.similar"
_MOST_SIZES = 10
_LARGEST = 100_000


def similar_rule(workspace: Workspace) -> SimilarRule:
    """Return the rule of the office, else that of the program."""
    shipped = shipped_similar_rule()
    stored = kept(workspace, _SETTING)
    return shipped if stored is None else _of_stored(stored, shipped)


def save_similar_rule(
    workspace: Workspace, smallest: int, borders: Sequence[int], criteria: Sequence[Criterion]
) -> ChangeSet:
    """Store the office's own rule; it can be undone.

    ``criteria`` go from the most to the least important: the last one is dropped first when a
    group is too small.  UserError names what is wrong, and nothing is stored.
    """
    _check(smallest, borders, criteria)
    body = {
        "smallest": smallest,
        "borders": list(borders),
        "criteria": [one.value for one in criteria],
    }
    return keep(workspace, _SETTING, body, "правило похожих школ")


def _check(smallest: int, borders: Sequence[int], criteria: Sequence[Criterion]) -> None:
    if not 2 <= smallest <= _LARGEST:
        raise UserError("Наименьшая группа – от 2 школ.", "Исправьте число школ.")
    ascending = list(borders) == sorted(set(borders))
    if not 1 <= len(borders) <= _MOST_SIZES or not ascending or borders[0] < 1:
        raise UserError(
            "Границы численности должны возрастать: «50, 100, 300».",
            "Впишите от одного до десяти чисел по возрастанию.",
        )
    if not criteria or len(set(criteria)) != len(criteria):
        raise UserError(
            "Похожие школы не по чему искать.", "Отметьте хотя бы один признак, каждый один раз."
        )


def _of_stored(body: Mapping[str, Any], shipped: SimilarRule) -> SimilarRule:
    criteria = [Criterion(name) for name in body["criteria"]]
    steps = tuple(tuple(criteria[:count]) for count in range(len(criteria), 0, -1))
    return replace(
        shipped,
        smallest=body["smallest"],
        borders=tuple(body["borders"]),
        steps=steps,
        source="правило задано в этой программе специалистом",
    )


def similar_group(workspace: Workspace, school_id: int, year: int) -> SimilarGroup:
    """Return the schools that a school is compared with in a year.

    Closed schools are nobody's neighbours.  UserError when there is no such school.
    """
    rule = similar_rule(workspace)
    listed = list_schools(workspace)
    schools = [s for s in listed if s.status is SchoolStatus.ACTIVE or s.id == school_id]
    if all(school.id != school_id for school in schools):
        raise UserError("Такой школы больше нет в реестре.", "Выберите школу снова.")
    known = _quartiles(workspace, year, rule)
    return group_of(school_id, [_trait(school, known, rule) for school in schools], rule)


def _trait(school: SchoolRow, known: Mapping[int, int], rule: SimilarRule) -> Trait:
    programme = programme_of(school.kind, school.short_name, rule)
    return Trait(school.id, programme, school.pupils, known.get(school.id))


def _quartiles(workspace: Workspace, year: int, rule: SimilarRule) -> dict[int, int]:
    """Return the quartile of the ИСБ by school: the region's own, else that of the district."""
    if not any(Criterion.ISB in step for step in rule.steps):
        return {}
    given = methodology.region_quartiles(workspace, year)
    return dict(given) or quartiles(_isb(workspace, year), rule.quartile_from)


def _isb(workspace: Workspace, year: int) -> dict[int, Fraction]:
    try:
        verdicts = methodology.classify(workspace, year).schools
    except UserError:
        return {}  # no methodology covers the year: its ИСБ is not known either
    return {
        one.school_id: isb
        for one in verdicts
        if one.verdict.social is not None and (isb := one.verdict.social.evidence.isb) is not None
    }


def compare(
    workspace: Workspace, school_id: int, year: int, measure: Measure = Measure.BELOW
) -> Comparison:
    """Return the place of a school among similar ones, by procedure of the year."""
    group = similar_group(workspace, school_id, year)
    rows = list_results(workspace, year=year)
    return Comparison(group, measure, year, places_of(rows, group, measure))


def places_of(
    rows: Iterable[ResultRow], group: SimilarGroup, measure: Measure
) -> tuple[GroupPlace, ...]:
    """Return the places of the group's own school in every procedure that it had."""
    procedures: dict[ProcedureName, list[ResultRow]] = {}
    for row in rows:
        procedures.setdefault((row.kind, row.subject, row.grade), []).append(row)
    return tuple(
        _place(name, found, group, measure)
        for name, found in procedures.items()
        if any(row.school_id == group.school_id for row in found)
    )


def _place(
    name: ProcedureName, rows: Sequence[ResultRow], group: SimilarGroup, measure: Measure
) -> GroupPlace:
    members = [row for row in rows if row.school_id in group.members]
    own = [row for row in members if row.school_id == group.school_id]
    others = [weighted([row], measure).value for row in members if row not in own]
    total = weighted(own, measure)
    return GroupPlace(
        name,
        scale_of(rows[0]),
        total.value,
        total.participants or None,
        tuple(sorted(value for value in others if value is not None)),
        weighted(members, measure).value,
        weighted(rows, measure).value,
    )
