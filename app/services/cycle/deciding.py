"""Management decisions: what they follow from, by which order, what they brought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.cycle import Evidence, Recommendation
from app.models.enums import DocumentStatus
from app.models.management import ManagementDecision
from app.models.papers import Document
from app.models.roadmaps import Activity, Roadmap
from app.services.changes import ChangeSet
from app.services.cycle.types import Choice, DecisionChoices, DecisionForm, DecisionRow, Saved
from app.services.journal import Action
from app.services.workspace import Workspace


def list_decisions(workspace: Workspace, year: int) -> tuple[DecisionRow, ...]:
    """Return the decisions of a year by date."""
    query = select(ManagementDecision).where(ManagementDecision.year == year)
    with workspace.database.read() as session:
        rows = [_row(session, one) for one in session.scalars(query)]
    return tuple(sorted(rows, key=lambda r: (r.form.issued_on is None, r.form.issued_on, r.id)))


def decision_choices(workspace: Workspace, year: int) -> DecisionChoices:
    """Return the measures and papers that a decision of a year may cite."""
    with workspace.database.read() as session:
        measures = tuple(_measures(session, year))
        papers = session.scalars(
            select(Document)
            .where(Document.status != DocumentStatus.CANCELLED)
            .order_by(Document.date.desc(), Document.id.desc())
        )
        documents = tuple(Choice(one.id, _paper(one), one.number, one.date) for one in papers)
    return DecisionChoices(measures, documents)


def _measures(session: Session, year: int) -> Iterator[Choice]:
    query = (
        select(Activity.id, Activity.number, Activity.title, Roadmap.title)
        .join(Roadmap, Roadmap.id == Activity.roadmap_id)
        .where(func.coalesce(Roadmap.first_year, year) <= year)
        .where(func.coalesce(Roadmap.last_year, year) >= year)
        .order_by(Roadmap.id, Activity.position, Activity.id)
    )
    for row_id, number, title, roadmap in session.execute(query):
        yield Choice(row_id, f"{' '.join(f'{number} {title}'.split())} ({roadmap})")


def _paper(one: Document) -> str:
    number = f" № {one.number}" if one.number else ""
    day = f" от {one.date:%d.%m.%Y}" if one.date else ""
    return f"{one.title}{number}{day} ({one.status})"


def save_decision(
    workspace: Workspace, form: DecisionForm, decision_id: int | None = None
) -> Saved:
    """Store a decision, a new one without an id.

    UserError without a title, or when its effect is told by a document of another step, or by one
    that is earlier than the decision.
    """
    if not form.title.strip():
        raise UserError("Укажите, что решено.", "Впишите содержание решения.")
    with workspace.database.write() as session:
        _check_effect(session, form)
        _check_links(session, form)
        values = {
            name: " ".join(value.split()) if isinstance(value, str) else value
            for name, value in asdict(form).items()
        }
        with Action(session, "управленческое решение") as action:
            if decision_id is None:
                return Saved(action.insert(ManagementDecision, values), action.changes)
            _require(session, decision_id)
            action.update(ManagementDecision, decision_id, values)
            return Saved(decision_id, action.changes)


def delete_decision(workspace: Workspace, *decision_ids: int) -> ChangeSet:
    """Take decisions out; undone as one action."""
    with workspace.database.write() as session:
        for one in decision_ids:
            _require(session, one)
        with Action(session, f"удаление управленческих решений: {len(decision_ids)}") as action:
            for one in decision_ids:
                action.delete(ManagementDecision, one)
            return action.changes


def _check_effect(session: Session, form: DecisionForm) -> None:
    if form.effect_id is None:
        return
    effect = session.get(Evidence, form.effect_id)
    if effect is None or effect.step != "effect":
        raise UserError(
            "Эффект решения подтверждён документом другого шага.",
            "Выберите документ шага «Анализ эффективности принятых мер».",
        )
    if form.issued_on and effect.issued_on and effect.issued_on < form.issued_on:
        raise UserError(
            "Анализ эффективности раньше самого решения.", "Проверьте даты решения и анализа."
        )


def _check_links(session: Session, form: DecisionForm) -> None:
    links = (
        (Recommendation, form.recommendation_id),
        (Activity, form.activity_id),
        (Document, form.document_id),
    )
    for model, row_id in links:
        if row_id is not None and session.get(model, row_id) is None:
            raise UserError("Того, на что ссылается решение, больше нет.", "Обновите страницу.")


def _require(session: Session, decision_id: int) -> ManagementDecision:
    stored = session.get(ManagementDecision, decision_id)
    if stored is None:
        raise UserError("Такого решения больше нет.", "Обновите страницу.")
    return stored


def _row(session: Session, stored: ManagementDecision) -> DecisionRow:
    names = DecisionForm.__dataclass_fields__
    form = DecisionForm(**{name: getattr(stored, name) for name in names})
    effect = session.get(Evidence, stored.effect_id) if stored.effect_id else None
    told = (stored.effect, effect.title if effect else "")
    paper = session.get(Document, stored.document_id) if stored.document_id else None
    return DecisionRow(
        stored.id,
        form,
        _follows(session, stored),
        "; ".join(t for t in told if t),
        _paper(paper) if paper else "",
    )


def _follows(session: Session, stored: ManagementDecision) -> str:
    cited = []
    if stored.recommendation_id is not None:
        cited.append(session.get_one(Recommendation, stored.recommendation_id).text)
    if stored.activity_id is not None:
        cited.append(session.get_one(Activity, stored.activity_id).title)
    return "; ".join(cited)
