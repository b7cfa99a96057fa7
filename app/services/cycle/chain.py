"""The chain analysis → recommendation → measure → decision → effect, and where it breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.models.enums import RecommendationState
from app.models.roadmaps import Activity
from app.services.cycle.deciding import list_decisions
from app.services.cycle.evidence import list_evidence
from app.services.cycle.recommending import list_recommendations
from app.services.cycle.types import (
    Break,
    Chain,
    ChainRow,
    DecisionRow,
    EvidenceRow,
    Link,
    RecommendationRow,
)
from app.services.workspace import Workspace

_BEGINNING = 80
"""Characters of a recommendation or a measure that a break is about."""


def chain(workspace: Workspace, year: int, today: date) -> Chain:
    """Return the ways through the chain of a year and its breaks.

    Each later item must cite an earlier one, and from each earlier one something must follow;
    withdrawn recommendations are no part of it.
    """
    evidence = list_evidence(workspace, year)
    recommendations = [
        row
        for row in list_recommendations(workspace, year)
        if row.form.state is not RecommendationState.WITHDRAWN
    ]
    view = _Chain(
        [row for row in evidence if row.form.step == "analysis" and row.has_document],
        recommendations,
        _measures(workspace, [row.id for row in recommendations]),
        list_decisions(workspace, year),
        [row for row in evidence if row.form.step == "effect" and row.has_document],
        today,
    )
    roadmaps = {one.id: one.roadmap_id for rows in view.measures.values() for one in rows}
    return Chain(year, tuple(view.ways()), tuple(view.breaks()), roadmaps)


@dataclass(frozen=True)
class _Measure:
    id: int
    title: str
    recommendation_id: int | None
    roadmap_id: int


@dataclass(frozen=True)
class _Chain:
    analyses: Sequence[EvidenceRow]
    recommendations: Sequence[RecommendationRow]
    measures: Mapping[int, Sequence[_Measure]]
    """By recommendation."""
    decisions: Sequence[DecisionRow]
    effects: Sequence[EvidenceRow]
    today: date

    def ways(self) -> Iterator[ChainRow]:
        cited = {row.form.analysis_id for row in self.recommendations}
        for row in self.recommendations:
            yield from self._from_recommendation(row)
        for one in self.analyses:
            if one.id not in cited:
                own = frozenset({(Link.ANALYSIS, one.id)})
                place = (Link.ANALYSIS, one.id)
                yield ChainRow(one.name, "", "", "", "", "нет рекомендаций", place, own)
        for decision in self.decisions:
            if not decision.follows:
                own = frozenset({(Link.DECISION, decision.id)})
                name, gap = _name(decision), "решение без основания"
                place = (Link.DECISION, decision.id)
                yield ChainRow("", "", "", name, decision.effect, gap, place, own)

    def breaks(self) -> Iterator[Break]:
        cited = {row.form.analysis_id for row in self.recommendations}
        for one in self.analyses:
            if one.id not in cited:
                text = f"«{one.name}»: из анализа не следует ни одной рекомендации."
                yield Break(Link.ANALYSIS, one.id, text)
        for row in self.recommendations:
            yield from self._of_recommendation(row)
        for decision in self.decisions:
            yield from self._of_decision(decision)
        told = {decision.form.effect_id for decision in self.decisions}
        for effect in self.effects:
            if effect.id not in told and effect.form.prior_id is None:
                text = f"«{effect.name}»: анализ эффективности не ссылается ни на одно решение."
                yield Break(Link.EFFECT, effect.id, text)

    def _from_recommendation(self, row: RecommendationRow) -> Iterator[ChainRow]:
        measures = self.measures.get(row.id, ())
        direct = [one for one in self.decisions if one.form.recommendation_id == row.id]
        for measure in measures or (None,):
            following = direct + [
                one
                for one in self.decisions
                if measure is not None and one.form.activity_id == measure.id and one not in direct
            ]
            for decision in following or (None,):
                yield self._way(row, measure, decision)

    def _way(
        self, row: RecommendationRow, measure: _Measure | None, decision: DecisionRow | None
    ) -> ChainRow:
        here = (Link.RECOMMENDATION, row.id)
        decided = (Link.DECISION, decision.id) if decision else here
        gaps = {
            text: place
            for present, text, place in (
                (row.form.analysis_id, "анализа", here),
                (measure, "мероприятия", here),
                (decision, "решения", (Link.MEASURE, measure.id) if measure else here),
                (decision is None or decision.effect, "эффекта", decided),
            )
            if not present
        }
        return ChainRow(
            row.analysis,
            f"{row.school}: {row.form.text}" if row.school else row.form.text,
            measure.title if measure else "",
            _name(decision) if decision else "",
            decision.effect if decision else "",
            f"нет {', '.join(gaps)}" if gaps else "",
            next(iter(gaps.values()), None),
            frozenset(
                (link, own)
                for link, own in (
                    (Link.ANALYSIS, row.form.analysis_id),
                    (Link.RECOMMENDATION, row.id),
                    (Link.MEASURE, measure.id if measure else None),
                    (Link.DECISION, decision.id if decision else None),
                )
                if own is not None
            ),
        )

    def _of_recommendation(self, row: RecommendationRow) -> Iterator[Break]:
        about = _quoted(row.form.text)
        if row.school:
            about = f"{row.school}: {about}"
        if row.form.analysis_id is None:
            text = f"{about}: рекомендация не ссылается на анализ."
            yield Break(Link.RECOMMENDATION, row.id, text)
        if not self.measures.get(row.id):
            yield Break(Link.RECOMMENDATION, row.id, f"{about}: нет ни одного мероприятия.")
            return
        decided = {one.form.activity_id for one in self.decisions}
        direct = any(one.form.recommendation_id == row.id for one in self.decisions)
        for measure in self.measures[row.id]:
            if not direct and measure.id not in decided:
                text = f"{_quoted(measure.title)}: по мероприятию нет управленческого решения."
                yield Break(Link.MEASURE, measure.id, text)

    def _of_decision(self, decision: DecisionRow) -> Iterator[Break]:
        if not decision.follows:
            text = f"«{_name(decision)}»: решение не ссылается ни на рекомендацию, ни на меру."
            yield Break(Link.DECISION, decision.id, text)
        due = decision.form.due
        if not decision.effect and (due is None or due < self.today):
            late = f", срок был {due:%d.%m.%Y}" if due else ""
            text = f"«{_name(decision)}»: что дало решение, не указано{late}."
            yield Break(Link.DECISION, decision.id, text)


def _quoted(text: str) -> str:
    """Return the beginning of a long text in quotation marks, cut between words."""
    if len(text) > _BEGINNING:
        text = text[:_BEGINNING].rsplit(" ", 1)[0].rstrip(" ,;:—–") + "…"
    return f"«{text}»"


def _name(decision: DecisionRow) -> str:
    number = f" № {decision.form.number}" if decision.form.number else ""
    return f"{decision.form.title}{number}"


def _measures(workspace: Workspace, recommendations: Sequence[int]) -> dict[int, list[_Measure]]:
    query = (
        select(Activity.id, Activity.title, Activity.recommendation_id, Activity.roadmap_id)
        .where(Activity.recommendation_id.in_(recommendations))
        .order_by(Activity.id)
    )
    found: dict[int, list[_Measure]] = defaultdict(list)
    with workspace.database.read() as session:
        for row in session.execute(query):
            found[row.recommendation_id].append(_Measure(*row))
    return found
