"""Brings together what the page shows of the schools; runs in the database worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.errors import UserError
from app.models.enums import RecordKind
from app.services import analysis, methodology, records, results
from app.services.figures import figure_title
from app.services.methodology import (
    Classification,
    Outcome,
    ProcedureKey,
    RuleSet,
    SchoolVerdict,
    procedure_title,
)
from app.services.workspace import Workspace
from app.ui.category_chips import category_word
from app.ui.itemmodels.columns import Mark
from app.ui.levels import LOW, limits_of
from app.ui.numbers import Limits, Share
from app.ui.pages.classification.lines import ClassLine, Explanation, PartLine, ProcedureLine

_NO_PROOF = "Признак не доказывает необъективность: он просит посмотреть работы ещё раз."


class Loaded(NamedTuple):
    """The list of a year; ``problem`` says in Russian why there is none."""

    lines: tuple[ClassLine, ...]
    methodology: str
    problem: str = ""


def load(workspace: Workspace, year: int) -> Loaded:
    """Return every school with its verdict, and what it was a year before."""
    try:
        found = methodology.classify(workspace, year)
    except UserError as error:
        return Loaded((), "", str(error))
    before = _before(workspace, year - 1)
    marked = {row.school_id for row in records.list_records(workspace, RecordKind.BIAS, year)}
    lines = tuple(_line(one, before.get(one.school_id), year, marked) for one in found.schools)
    return Loaded(lines, _title(found.rules))


def explain(workspace: Workspace, line: ClassLine, year: int) -> Explanation:
    """Return the parts of the explanation of one school, with the rows behind its figures."""
    found = line.found
    rows = {
        (ProcedureKey(row.kind, row.subject, row.grade), row.year): row.id
        for row in results.list_results(workspace, school_id=found.school_id)
    }
    social = found.verdict.social
    rules = methodology.rules_for(workspace, year)
    return Explanation(
        line=line,
        year=year,
        methodology=_title(rules),
        decision=_decision(found),
        region=_region(found),
        procedures=tuple(_procedures(found, rows, year, limits_of(rules))),
        conditions=social.text if social else "",
        parts=tuple(_parts(found)),
        bias=_bias(workspace, found.school_id, year),
        signals=_signals(workspace, found.school_id, year),
    )


def _before(workspace: Workspace, year: int) -> Mapping[int, SchoolVerdict]:
    try:
        found: Classification = methodology.classify(workspace, year)
    except UserError:
        return {}  # no methodology covers the year before: there is nothing to compare with
    return {one.school_id: one for one in found.schools}


def _line(
    found: SchoolVerdict, before: SchoolVerdict | None, year: int, marked: set[int | None]
) -> ClassLine:
    biased = found.school_id in marked
    if before is None:
        return ClassLine(found, None, "", biased)
    was = None if before.verdict.no_data else before.verdict.category
    since = methodology.changed_since(before.verdict, found.verdict, year)
    return ClassLine(found, was, since, biased)


def _title(rules: RuleSet) -> str:
    return f"{rules.title}, версия {rules.version}"


def _decision(found: SchoolVerdict) -> str:
    decision = found.decision
    if decision is None:
        return ""
    moment = decision.decided_at.astimezone().strftime("%d.%m.%Y %H:%M")
    who = f", {decision.decided_by}" if decision.decided_by else ""
    head = f"{category_word(decision.category)}: решено {moment}{who}."
    return f"{head} Причина: {decision.reason}" if decision.reason else head


def _region(found: SchoolVerdict) -> str:
    if found.region is None:
        in_force = category_word(found.category)
        return f"Школы в нём нет, а в силе – {in_force}." if found.against_region else ""
    listed = f"{category_word(found.region.category)} ({found.region.source})"
    if found.verdict.no_data and found.decision is None:
        return f"{listed}; по расчёту сравнить не с чем."
    agrees = "расходится с категорией в силе" if found.against_region else "совпадает"
    return f"{listed} – {agrees}."


def _procedures(
    found: SchoolVerdict,
    rows: Mapping[tuple[ProcedureKey, int], int],
    year: int,
    limits: Limits,
) -> Iterator[ProcedureLine]:
    low = set(found.verdict.low)
    for margin in found.verdict.distance.margins:
        outcome = margin.outcome
        line = _procedure(outcome, rows, limits, LOW if outcome in low else None)
        yield line._replace(points=margin.points, pupils=margin.pupils)
    for outcome in found.verdict.low:
        if outcome.year != year:
            earlier = _procedure(outcome, rows, limits, LOW)
            yield earlier._replace(title=f"{outcome.year}: {earlier.title}")


def _procedure(
    outcome: Outcome,
    rows: Mapping[tuple[ProcedureKey, int], int],
    limits: Limits,
    mark: Mark | None,
) -> ProcedureLine:
    about = "" if outcome.exact else "около "
    below = "" if outcome.below is None else f"{about}{outcome.below} из "
    return ProcedureLine(
        result_id=rows.get((outcome.procedure, outcome.year)),
        title=procedure_title(outcome.procedure),
        year=outcome.year,
        figures=f"{below}{outcome.participants}",
        percent=None if outcome.percent is None else Share(outcome.percent, limits),
        points=None,
        pupils=None,
        mark=mark,
    )


def _parts(found: SchoolVerdict) -> Iterator[PartLine]:
    social = found.verdict.social
    for part in social.evidence.contributions if social else ():
        yield PartLine(
            part.indicator.title,
            None if part.value is None else float(part.value),
            float(part.indicator.weight),
            None if part.points is None else float(part.points),
        )


def _bias(workspace: Workspace, school_id: int, year: int) -> str:
    titles = [
        figure_title(row.kind, name)
        for row in records.list_records(workspace, RecordKind.BIAS, year, school_id)
        for name, value in row.data.items()
        if name != "total" and value == 1
    ]
    return f"Официальный список {year} года: {', '.join(titles)}. {_NO_PROOF}" if titles else ""


def _signals(workspace: Workspace, school_id: int, year: int) -> str:
    (found,) = analysis.bias_signals(workspace, year, school_id)
    return analysis.signals_text(found)
