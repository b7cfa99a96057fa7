"""Documents that schools write for their support: dates, state, what is still awaited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import PaperState, SchoolPaper
from app.models.schools import School
from app.models.support import SchoolDocument, SchoolRisk
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.people import Saved
from app.services.sorting import natural_key
from app.services.support.factors import expected_papers
from app.services.support.types import PaperForm, PaperRow
from app.services.workspace import Workspace


def list_papers(
    workspace: Workspace, year: int | None = None, school_id: int | None = None
) -> tuple[PaperRow, ...]:
    """Return schools' documents by school, kind and date; all years and schools without filters."""
    query = select(SchoolDocument, School.short_name).join(School)
    if year is not None:
        query = query.where(SchoolDocument.year == year)
    if school_id is not None:
        query = query.where(SchoolDocument.school_id == school_id)
    with workspace.database.read() as session:
        rows = [_row(paper, school) for paper, school in session.execute(query)]
    kinds = list(SchoolPaper)
    return tuple(sorted(rows, key=lambda r: (natural_key(r.school), kinds.index(r.kind), r.id)))


def save_paper(workspace: Workspace, form: PaperForm, paper_id: int | None = None) -> Saved:
    """Store a school's document, a new one without an id; UserError for dates that cannot be."""
    if form.issued_on and form.valid_until and form.valid_until < form.issued_on:
        raise UserError(
            "Документ действует до дня, который раньше его даты.", "Исправьте одну из дат."
        )
    if form.issued_on is not None and form.state is PaperState.ABSENT:
        raise UserError(
            "У документа есть дата, а состояние – «нет».", "Выберите состояние: проект, утверждён."
        )
    with workspace.database.write() as session:
        school = session.get(School, form.school_id)
        if school is None:
            raise UserError("Такой школы больше нет в реестре.", "Обновите список школ.")
        with Action(session, f"{form.kind} школы «{school.short_name}»") as action:
            if paper_id is None:
                return Saved(action.insert(SchoolDocument, asdict(form)), action.changes)
            _require(session, paper_id)
            action.update(SchoolDocument, paper_id, asdict(form))
            return Saved(paper_id, action.changes)


def delete_paper(workspace: Workspace, *paper_ids: int) -> ChangeSet:
    """Take documents of schools out; undone as one action."""
    with workspace.database.write() as session:
        papers = [_require(session, one) for one in paper_ids]
        said = str(papers[0].kind) if len(papers) == 1 else f"документы школ, {len(papers)}"
        with Action(session, f"удаление: {said}") as action:
            for one in paper_ids:
                action.delete(SchoolDocument, one)
            return action.changes


def expect_papers(
    workspace: Workspace, year: int, school_ids: Iterable[int], due: date | None
) -> ChangeSet:
    """Add the documents that the schools owe in a year and that are not there yet, as awaited.

    What is owed stands in ``resources/risks/support.json``: one of a kind, while an earlier one of
    several years is in force nothing new, and an anti-risk programme for every priority factor.
    """
    wanted = tuple(dict.fromkeys(school_ids))
    with workspace.database.write() as session:
        rows = [row for school in wanted for row in _owed(session, year, school)]
        with Action(session, f"ожидаемые документы школ за {year} год") as action:
            for school, kind, factor in rows:
                form = PaperForm(school, year, kind, factor, due=due)
                action.insert(SchoolDocument, asdict(form))
            return action.changes


def _owed(session: Session, year: int, school_id: int) -> list[tuple[int, SchoolPaper, str]]:
    query = select(SchoolDocument).where(SchoolDocument.school_id == school_id)
    known = list(session.scalars(query))
    priorities = session.scalars(
        select(SchoolRisk.factor)
        .where(SchoolRisk.school_id == school_id, SchoolRisk.year == year, SchoolRisk.priority)
        .order_by(SchoolRisk.factor)
    ).all()
    owed = []
    for entry in expected_papers():
        kind = SchoolPaper(entry["kind"])
        for factor in priorities if entry["each_priority"] else ("",):
            first = year - int(entry["years"]) + 1
            if not any(
                one.kind is kind and one.factor == factor and first <= one.year <= year
                for one in known
            ):
                owed.append((school_id, kind, factor))
    return owed


def _require(session: Session, paper_id: int) -> SchoolDocument:
    paper = session.get(SchoolDocument, paper_id)
    if paper is None:
        raise UserError("Такого документа школы больше нет.", "Обновите список.")
    return paper


def _row(paper: SchoolDocument, school: str) -> PaperRow:
    names = [name for name in PaperRow.__dataclass_fields__ if name != "school"]
    values: dict[str, Any] = {name: getattr(paper, name) for name in names}
    return PaperRow(school=school, **values)
