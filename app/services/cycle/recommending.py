"""Addressed recommendations: proposed from deficits and risks, edited, given and watched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.cycle import Evidence, Recommendation
from app.models.enums import Category, RecommendationState, RecordKind
from app.models.management import ManagementDecision
from app.models.roadmaps import Activity
from app.models.schools import School
from app.services import decimals, methodology
from app.services.changes import ChangeSet
from app.services.cycle.evidence import list_evidence
from app.services.cycle.resources import Template, addressee, addressees, templates
from app.services.cycle.types import Draft, RecommendationForm, RecommendationRow, Saved
from app.services.figures import figure_title
from app.services.journal import Action
from app.services.methodology import Classification, ProcedureKey, procedure_title
from app.services.records import list_records
from app.services.roadmap import Years, parse_term
from app.services.sorting import natural_key
from app.services.support import RiskMatrix, risk_matrix, words
from app.services.workspace import Workspace

_ANALYSIS = "analysis"


def list_recommendations(
    workspace: Workspace, year: int, school_id: int | None = None
) -> tuple[RecommendationRow, ...]:
    """Return the recommendations of a year by school and addressee."""
    query = select(Recommendation).where(Recommendation.year == year)
    if school_id is not None:
        query = query.where(Recommendation.school_id == school_id)
    names = {row.id: row.name for row in list_evidence(workspace, year)}
    with workspace.database.read() as session:
        followed = _measures(session)
        schools = {one.id: one.short_name for one in session.scalars(select(School))}
        rows = [_row(one, schools, names, followed) for one in session.scalars(query)]
    order = [one.key for one in addressees()]
    return tuple(
        sorted(rows, key=lambda r: (natural_key(r.school), order.index(r.form.addressee), r.id))
    )


def propose(
    workspace: Workspace, year: int, school_ids: Iterable[int] | None = None
) -> tuple[Draft, ...]:
    """Return what the program would recommend for the risks and deficits of schools.

    Sources: actual and priority risk factors, low procedures of schools on the list or in the zone
    of risk, resources marked short.  What is recommended already is left out.  Nothing is stored:
    a person edits and accepts each.
    """
    matrix = risk_matrix(workspace, year)
    judged = _judged(workspace, year)
    low = _low(judged) if judged else {}
    short = _by_deficits(workspace, year)
    known = {
        (row.form.school_id, row.form.addressee, row.form.factor, row.form.deficit)
        for row in list_recommendations(workspace, year)
    }
    wanted = None if school_ids is None else frozenset(school_ids)
    found = []
    for school in matrix.schools:
        if wanted is None or school.id in wanted:
            found += [
                replace(draft, school=school.name)
                for draft in (
                    *_by_risks(matrix, school.id, year),
                    *_by_results(school.id, year, low.get(school.id, ())),
                    *short.get(school.id, ()),
                )
            ]
    return tuple(
        draft
        for draft in found
        if (draft.form.school_id, draft.form.addressee, draft.form.factor, draft.form.deficit)
        not in known
    )


def accept(workspace: Workspace, drafts: Iterable[Draft]) -> ChangeSet:
    """Store proposals as a person left them, as one action."""
    forms = [draft.form for draft in drafts]
    title = f"рекомендации, принято предложений: {len(forms)}"
    with workspace.database.write() as session, Action(session, title) as action:
        for form in forms:
            action.insert(Recommendation, _values(session, form))
        return action.changes


def save_recommendation(
    workspace: Workspace, form: RecommendationForm, recommendation_id: int | None = None
) -> Saved:
    """Store a recommendation, a new one without an id.

    The term is kept as written and understood where it can be.  UserError for no text, an unknown
    addressee, or an «анализ» that is a document of another step.
    """
    with workspace.database.write() as session:
        values = _values(session, form)
        with Action(session, f"рекомендация: {addressee(form.addressee).title}") as action:
            if recommendation_id is None:
                return Saved(action.insert(Recommendation, values), action.changes)
            _require(session, recommendation_id)
            action.update(Recommendation, recommendation_id, values)
            return Saved(recommendation_id, action.changes)


def set_state(
    workspace: Workspace, recommendation_ids: Iterable[int], state: RecommendationState
) -> ChangeSet:
    """Move recommendations to a state as one action."""
    wanted = tuple(dict.fromkeys(recommendation_ids))
    with workspace.database.write() as session:
        for one in wanted:
            _require(session, one)
        with Action(session, f"рекомендации «{state}»: {len(wanted)}") as action:
            for one in wanted:
                action.update(Recommendation, one, {"state": state})
            return action.changes


def delete_recommendations(workspace: Workspace, recommendation_ids: Iterable[int]) -> ChangeSet:
    """Take recommendations out; UserError while measures or decisions follow from one."""
    wanted = tuple(dict.fromkeys(recommendation_ids))
    with workspace.database.write() as session:
        for one in wanted:
            _require(session, one)
        for column in (Activity.recommendation_id, ManagementDecision.recommendation_id):
            if session.scalar(select(column).where(column.in_(wanted)).limit(1)) is not None:
                raise UserError(
                    "Рекомендацию нельзя удалить: из неё следует мероприятие или решение.",
                    "Снимите её (состояние «снята») или сначала уберите ссылку.",
                )
        with Action(session, f"удаление рекомендаций: {len(wanted)}") as action:
            for one in wanted:
                action.delete(Recommendation, one)
            return action.changes


def _judged(workspace: Workspace, year: int) -> Classification | None:
    try:
        return methodology.classify(workspace, year)
    except UserError:
        return None  # no methodology covers the year: proposals follow from risks only


def _low(judged: Classification) -> dict[int, tuple[tuple[ProcedureKey, str], ...]]:
    """Return the low procedures of the year and their shares by school of the list or the zone."""
    threshold = decimals.exact(judged.rules.threshold_percent)
    return {
        school.school_id: tuple(
            (one.procedure, "" if one.percent is None else decimals.share(one.percent, threshold))
            for one in school.verdict.low
            if one.year == judged.year
        )
        for school in judged.schools
        if school.category is not Category.NONE
    }


def _by_risks(matrix: RiskMatrix, school_id: int, year: int) -> Iterator[Draft]:
    for factor in matrix.factors:
        cell = matrix.cell(school_id, factor.key)
        if cell is None or not cell.mark.actual or cell.resolved_on is not None:
            continue
        why = f"фактор риска «{factor.title}»: {words(cell.mark)}"
        for one in templates().by_factor.get(factor.key, ()):
            yield _draft(one, year, school_id, factor.title, why, factor=factor.key)


def _by_results(
    school_id: int, year: int, low: Iterable[tuple[ProcedureKey, str]]
) -> Iterator[Draft]:
    for procedure, share in low:
        title = procedure_title(procedure)
        why = f"{title}, ниже минимума {share} %" if share else title
        tags = {"subject": procedure.subject, "procedure": title}
        for one in templates().by_procedure:
            yield _draft(one, year, school_id, title, why, tags)


def _by_deficits(workspace: Workspace, year: int) -> dict[int, list[Draft]]:
    """Return proposals for resources that a person marked short, by school."""
    found: dict[int, list[Draft]] = {}
    for row in list_records(workspace, RecordKind.DEFICIT, year):
        for name, listed in templates().by_deficit.items():
            if row.school_id is not None and row.data.get(name):
                why = figure_title(RecordKind.DEFICIT, name)
                tags = {"year": str(year)}
                made = [_draft(one, year, row.school_id, why, why, tags) for one in listed]
                found.setdefault(row.school_id, []).extend(made)
    return found


def _draft(
    one: Template,
    year: int,
    school_id: int,
    deficit: str,
    why: str,
    tags: Mapping[str, str] | None = None,
    factor: str = "",
) -> Draft:
    text = one.text
    for name, value in (tags or {}).items():
        text = text.replace("{" + name + "}", value)
    form = RecommendationForm(
        year,
        one.addressee,
        text,
        school_id,
        factor=factor,
        deficit=deficit,
        term=one.term,
    )
    return Draft(form, "", why)


def _values(session: Session, form: RecommendationForm) -> dict[str, Any]:
    text = form.text.strip()
    if not text:
        raise UserError("Текст рекомендации пуст.", "Впишите, что рекомендуется сделать.")
    addressee(form.addressee)
    if form.school_id is not None and session.get(School, form.school_id) is None:
        raise UserError("Такой школы больше нет в реестре.", "Обновите список школ.")
    if form.analysis_id is not None:
        cited = session.get(Evidence, form.analysis_id)
        if cited is None or cited.step != _ANALYSIS:
            raise UserError(
                "Рекомендация ссылается не на анализ.", "Выберите документ шага «Анализ»."
            )
    term = parse_term(form.term, Years(form.year, form.year))
    tidy = {
        name: " ".join(value.split()) if isinstance(value, str) and name != "text" else value
        for name, value in asdict(form).items()
    }
    return {**tidy, "state": form.state, "text": text, "term_start": term.start,
            "term_end": term.end}  # fmt: skip


def _require(session: Session, recommendation_id: int) -> Recommendation:
    stored = session.get(Recommendation, recommendation_id)
    if stored is None:
        raise UserError("Такой рекомендации больше нет.", "Обновите страницу.")
    return stored


def _measures(session: Session) -> Counter[int]:
    query = (
        select(Activity.recommendation_id, func.count())
        .where(Activity.recommendation_id.is_not(None))
        .group_by(Activity.recommendation_id)
    )
    return Counter({row[0] or 0: row[1] for row in session.execute(query)})


def _row(
    stored: Recommendation,
    schools: Mapping[int, str],
    analyses: Mapping[int, str],
    followed: Counter[int],
) -> RecommendationRow:
    names = RecommendationForm.__dataclass_fields__
    form = RecommendationForm(**{name: getattr(stored, name) for name in names})
    title = addressee(stored.addressee).title
    return RecommendationRow(
        stored.id,
        form,
        schools.get(stored.school_id or 0, ""),
        f"{title}: {stored.addressee_name}" if stored.addressee_name else title,
        stored.term_start,
        stored.term_end,
        analyses.get(stored.analysis_id or 0, ""),
        followed[stored.id],
    )
