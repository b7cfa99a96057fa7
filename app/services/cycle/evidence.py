"""Evidence of the cycle: documents under steps and directions, and the matrix of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.cycle import Evidence, Recommendation
from app.models.management import ManagementDecision
from app.services.changes import ChangeSet
from app.services.cycle.directions import all_directions
from app.services.cycle.resources import step_place, steps
from app.services.cycle.types import (
    Direction,
    EvidenceCell,
    EvidenceForm,
    EvidenceMatrix,
    EvidenceRow,
    EvidenceState,
    Saved,
)
from app.services.journal import Action
from app.services.workspace import Workspace

_ORDER = (
    EvidenceState.OVERDUE,
    EvidenceState.PRESENT,
    EvidenceState.AWAITED,
    EvidenceState.MISSING,
)
"""Which state a cell takes of its documents: what is overdue must not hide behind another."""


def evidence_matrix(workspace: Workspace, year: int, today: date) -> EvidenceMatrix:
    """Return steps × directions of a year.

    A document of a step as a whole proves it in every direction.
    """
    rows = list_evidence(workspace, year)
    known = {one.key: one for one in all_directions(workspace)}
    own = dict.fromkeys(row.form.direction for row in rows if row.form.direction)
    shown = (*known.values(), *(Direction(key, key) for key in own if key not in known))
    found: dict[tuple[str, str], list[EvidenceRow]] = defaultdict(list)
    for row in rows:
        found[row.form.step, row.form.direction].append(row)
    cells = {
        (step.key, place): _cell([*found[step.key, place], *whole], today)
        for step in steps()
        for place, whole in [("", []), *((one.key, found[step.key, ""]) for one in shown)]
    }
    return EvidenceMatrix(year, steps(), shown, cells)


def list_evidence(workspace: Workspace, year: int) -> tuple[EvidenceRow, ...]:
    """Return the documents of a year in the order of the steps."""
    with workspace.database.read() as session:
        stored = session.scalars(select(Evidence).where(Evidence.year == year)).all()
        named = {one.id: _row(one, "").name for one in session.scalars(select(Evidence))}
    rows = [_row(one, named.get(one.prior_id or 0, "")) for one in stored]
    return tuple(sorted(rows, key=lambda row: (step_place(row.form.step), row.id)))


def save_evidence(
    workspace: Workspace, form: EvidenceForm, evidence_id: int | None = None
) -> Saved:
    """Store a document under a step, a new one without an id.

    UserError for an unknown step, an entry without any content, or one that cites a document of
    the same or a later step: a later item cites an earlier one.
    """
    if not any((form.title.strip(), form.number.strip(), form.link.strip(), form.due)):
        raise UserError(
            "Запись пуста.", "Впишите название документа или день, к которому он ожидается."
        )
    place = step_place(form.step)
    with workspace.database.write() as session:
        _check_prior(session, form, place, evidence_id)
        values = {name: _tidy(value) for name, value in asdict(form).items()}
        title = f"документ шага «{steps()[place].title}»"
        with Action(session, title) as action:
            if evidence_id is None:
                return Saved(action.insert(Evidence, values), action.changes)
            _require(session, evidence_id)
            action.update(Evidence, evidence_id, values)
            return Saved(evidence_id, action.changes)


def delete_evidence(workspace: Workspace, *evidence_ids: int) -> ChangeSet:
    """Take documents out, undone as one action; UserError while items that stay cite one."""
    with workspace.database.write() as session:
        for one in evidence_ids:
            _refuse_cited(session, one, evidence_ids)
        with Action(session, f"удаление документов цикла: {len(evidence_ids)}") as action:
            # A later document cites an earlier one: the citing one goes first.
            for one in sorted(evidence_ids, key=lambda own: -_place_of(session, own)):
                action.delete(Evidence, one)
            return action.changes


def _place_of(session: Session, evidence_id: int) -> int:
    return step_place(_require(session, evidence_id).step)


def _refuse_cited(session: Session, evidence_id: int, going: Collection[int]) -> None:
    row = _require(session, evidence_id)
    later = select(Evidence.id).where(Evidence.prior_id == evidence_id, Evidence.id.not_in(going))
    advice = select(Recommendation.id).where(Recommendation.analysis_id == evidence_id)
    decided = select(ManagementDecision.id).where(ManagementDecision.effect_id == evidence_id)
    if any(session.scalar(query.limit(1)) is not None for query in (later, advice, decided)):
        raise UserError(
            f"Удалить «{row.title or 'документ'}» нельзя: на него ссылаются.",
            "Сначала уберите ссылку из рекомендации, решения или более позднего документа.",
        )


def _cell(rows: Iterable[EvidenceRow], today: date) -> EvidenceCell:
    listed = tuple(rows)
    states = {row.state(today) for row in listed}
    state = next((one for one in _ORDER if one in states), EvidenceState.MISSING)
    return EvidenceCell(state, listed)


def _row(stored: Evidence, prior: str) -> EvidenceRow:
    names = EvidenceForm.__dataclass_fields__
    return EvidenceRow(
        stored.id, EvidenceForm(**{name: getattr(stored, name) for name in names}), prior
    )


def _check_prior(session: Session, form: EvidenceForm, place: int, own: int | None) -> None:
    if form.prior_id is None:
        return
    prior = _require(session, form.prior_id)
    if prior.id == own or step_place(prior.step) >= place:
        raise UserError(
            "Документ ссылается на документ того же или более позднего шага.",
            "Выберите документ более раннего шага.",
        )


def _require(session: Session, evidence_id: int) -> Evidence:
    stored = session.get(Evidence, evidence_id)
    if stored is None:
        raise UserError("Такого документа цикла больше нет.", "Обновите страницу.")
    return stored


def _tidy(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value
