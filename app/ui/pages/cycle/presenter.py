"""Asks the services for the cycle of a year and does what the page «Цикл» wants."""

from __future__ import annotations

from typing import NamedTuple

from app.models.enums import RecommendationState
from app.services import cycle, roadmap, schools
from app.services.changes import ChangeSet, Topic
from app.services.clock import local_today
from app.services.cycle import (
    Chain,
    ChainRow,
    DecisionChoices,
    DecisionForm,
    DecisionRow,
    Direction,
    Draft,
    EvidenceForm,
    EvidenceMatrix,
    EvidenceRow,
    Link,
    RecommendationForm,
    RecommendationRow,
)
from app.services.roadmap import RoadmapInfo
from app.services.schools import SchoolRow
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.own_entry import OwnEntry, OwnEntryDialog
from app.ui.dialogs.storing import Storing, Work
from app.ui.pages.cycle.dialogs import (
    DecisionDialog,
    EvidenceDialog,
    MeasureDialog,
    ProposalsDialog,
    RecommendationDialog,
)
from app.ui.pages.cycle.page import ADVICE, DECISIONS, CyclePage
from app.ui.presenter import YearPresenter

_TOPICS = frozenset(
    {
        Topic.SCHOOLS,
        Topic.CYCLE,
        Topic.ROADMAPS,
        Topic.SUPPORT,
        Topic.PROGRAMMES,
        Topic.DOCUMENTS,
        Topic.SETTINGS,
    }
)
_DIRECTIONS = (
    "Три направления даёт программа; свои встают в матрицу после них. Название можно менять: "
    "документы остаются под ним."
)


class _Loaded(NamedTuple):
    matrix: EvidenceMatrix
    evidence: tuple[EvidenceRow, ...]
    advice: tuple[RecommendationRow, ...]
    decisions: tuple[DecisionRow, ...]
    chain: Chain
    schools: tuple[SchoolRow, ...]
    choices: DecisionChoices
    own: tuple[Direction, ...]
    roadmaps: tuple[RoadmapInfo, ...]


class CyclePresenter(YearPresenter):
    """Keeps the page in step with the data of the window's year."""

    reading = "Читаю управленческий цикл"
    topics = _TOPICS

    def __init__(self, page: CyclePage, context: Context) -> None:
        super().__init__(page, context)
        self.page = page
        self._loaded: _Loaded | None = None
        self._connect()
        self.follow()

    def _connect(self) -> None:
        page = self.page
        page.documents.added.connect(self._on_evidence_added)
        page.documents.opened.connect(self._on_evidence_opened)
        page.documents.removed.connect(self._on_evidence_removed)
        page.advice.added.connect(self._on_advice_added)
        page.advice.opened.connect(self._on_advice_opened)
        page.advice.removed.connect(self._on_advice_removed)
        page.decisions.added.connect(self._on_decision_added)
        page.decisions.opened.connect(self._on_decision_opened)
        page.decisions.removed.connect(self._on_decisions_removed)
        page.propose_wanted.connect(self._on_propose)
        page.state_wanted.connect(self._on_given)
        page.measure_wanted.connect(self._on_measure)
        page.decision_wanted.connect(self._on_decision_for)
        page.place_wanted.connect(self._on_place)
        page.directions_wanted.connect(self._on_directions)

    @staticmethod
    def load(workspace: Workspace, year: int) -> _Loaded:
        day = local_today()
        return _Loaded(
            cycle.evidence_matrix(workspace, year, day),
            cycle.list_evidence(workspace, year),
            cycle.list_recommendations(workspace, year),
            cycle.list_decisions(workspace, year),
            cycle.chain(workspace, year, day),
            schools.list_schools(workspace),
            cycle.decision_choices(workspace, year),
            cycle.own_directions(workspace),
            roadmap.list_roadmaps(workspace),
        )

    def show(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        self.page.show_matrix(loaded.matrix, loaded.evidence)
        self.page.show_advice(loaded.advice)
        self.page.show_decisions(loaded.decisions)
        self.page.show_chain(loaded.chain)

    # Evidence.

    def _on_evidence_added(self) -> None:
        step, direction = self.page.place()
        self._ask_evidence(EvidenceForm(self.year, step, direction), None)

    def _on_evidence_opened(self, row: EvidenceRow) -> None:
        self._ask_evidence(row.form, row.id)

    def _ask_evidence(self, form: EvidenceForm, own: int | None) -> None:
        if self._loaded is None:
            return
        earlier = [row for row in self._loaded.evidence if row.id != own and row.has_document]
        dialog = EvidenceDialog(self._context.window, form, self.page.directions, earlier)

        def read() -> Work:
            entered = dialog.form
            return lambda workspace: cycle.save_evidence(workspace, entered, own)

        Storing(self._context, dialog, read).run()

    def _on_evidence_removed(self, rows: list[EvidenceRow]) -> None:
        self.store("Удаляю документы цикла", cycle.delete_evidence, *(row.id for row in rows))

    def _on_directions(self) -> None:
        if self._loaded is None:
            return
        known = [OwnEntry(one.key, one.title, one.about) for one in self._loaded.own]
        dialog = OwnEntryDialog(
            self._context.window, "Направления матрицы", _DIRECTIONS, known, self.page.place()[1]
        )

        def read() -> Work:
            said = dialog.answer
            key = str(said.key) if said.key is not None else None
            if said.gone and key is not None:
                return lambda workspace: cycle.delete_direction(workspace, key)
            return lambda workspace: cycle.save_direction(workspace, said.title, said.note, key)

        Storing(self._context, dialog, read).run()

    # Recommendations.

    def _on_measure(self, row: RecommendationRow) -> None:
        if self._loaded is None:
            return
        cards = [(one.title, one.id) for one in self._loaded.roadmaps]
        if not cards:
            prompts.inform(
                self._context.window,
                "Мероприятие по рекомендации",
                "Дорожных карт ещё нет.",
                "Заведите карту на вкладке «Дорожная карта» и вернитесь к рекомендации.",
            )
            return
        measures = self._loaded.choices.measures
        dialog = MeasureDialog(self._context.window, row, measures, cards)

        def read() -> Work:
            card, measure = dialog.measure.value()
            return lambda workspace: answer(workspace, row, card, measure)

        Storing(self._context, dialog, read).run()

    def _on_advice_added(self) -> None:
        self._ask_advice(RecommendationForm(self.year, "school", ""), None)

    def _on_advice_opened(self, row: RecommendationRow) -> None:
        self._ask_advice(row.form, row.id)

    def _ask_advice(self, form: RecommendationForm, own: int | None) -> None:
        if self._loaded is None:
            return
        analyses = [row for row in self._loaded.evidence if row.form.step == "analysis"]
        dialog = RecommendationDialog(self._context.window, form, self._loaded.schools, analyses)

        def read() -> Work:
            entered = dialog.form
            return lambda workspace: cycle.save_recommendation(workspace, entered, own)

        Storing(self._context, dialog, read).run()

    def _on_advice_removed(self, rows: list[RecommendationRow]) -> None:
        ids = [row.id for row in rows]
        self.store("Удаляю рекомендации", cycle.delete_recommendations, ids)

    def _on_given(self, rows: list[RecommendationRow]) -> None:
        ids = [row.id for row in rows]
        self.store("Отмечаю", cycle.set_state, ids, RecommendationState.GIVEN)

    def _on_propose(self) -> None:
        task = self._context.tasks.database.call(
            "Составляю предложения", cycle.propose, self._context.workspace, self.year
        )
        task.done.connect(self._on_proposed)

    def _on_proposed(self, drafts: tuple[Draft, ...]) -> None:
        if not drafts:
            prompts.inform(
                self._context.window,
                "Рекомендации",
                f"Предложить за {self.year} год нечего.",
                "Отметьте факторы риска школ и дефициты или загрузите результаты. То, что уже "
                "рекомендовано, второй раз не предлагается.",
            )
            return
        dialog = ProposalsDialog(self._context.window, drafts)

        def read() -> Work:
            chosen = dialog.chosen
            return lambda workspace: cycle.accept(workspace, chosen)

        Storing(self._context, dialog, read).run()

    # Decisions.

    def _on_decision_added(self) -> None:
        self._ask_decision(DecisionForm(self.year, ""), None)

    def _on_decision_opened(self, row: DecisionRow) -> None:
        self._ask_decision(row.form, row.id)

    def _ask_decision(self, form: DecisionForm, own: int | None) -> None:
        if self._loaded is None:
            return
        effects = [row for row in self._loaded.evidence if row.form.step == "effect"]
        dialog = DecisionDialog(
            self._context.window, form, self._loaded.advice, effects, self._loaded.choices
        )

        def read() -> Work:
            entered = dialog.form
            return lambda workspace: cycle.save_decision(workspace, entered, own)

        Storing(self._context, dialog, read).run()

    def _on_decisions_removed(self, rows: list[DecisionRow]) -> None:
        self.store("Удаляю решения", cycle.delete_decision, *(row.id for row in rows))

    # The chain.

    def _on_decision_for(self, row: ChainRow) -> None:
        links = dict(row.links)
        form = DecisionForm(
            self.year,
            "",
            recommendation_id=links.get(Link.RECOMMENDATION),
            activity_id=links.get(Link.MEASURE),
        )
        self._ask_decision(form, None)

    def _on_place(self, place: tuple[Link, int] | None) -> None:
        if place is None or self._loaded is None:
            return
        link, row_id = place
        if link is Link.MEASURE:
            self._context.activity_wanted.emit(self._loaded.chain.roadmaps[row_id], row_id)
        elif link is Link.RECOMMENDATION:
            self.page.show_row(ADVICE, row_id)
        elif link is Link.DECISION:
            self.page.show_row(DECISIONS, row_id)
        else:
            self.page.show_document(row_id)


def answer(
    workspace: Workspace, row: RecommendationRow, card: int | None, measure: int | None
) -> ChangeSet:
    """Let a measure answer a recommendation; in a roadmap ``card`` it is made of its text."""
    if measure is not None:
        changes = {"recommendation_id": row.id}
        return roadmap.edit_activities(workspace, [measure], changes).changes
    values = {
        "title": row.form.text,
        "term": row.form.term,
        "factor": row.form.factor,
        "recommendation_id": row.id,
    }
    schools = [] if row.form.school_id is None else [row.form.school_id]
    return roadmap.add_activity(workspace, card or 0, None, values, schools).changes
