"""What is known of schools before they fill a form in: last year's figures, as hints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.records import Record
from app.models.results import Assessment, Result
from app.services.decimals import short
from app.services.importing import FormDeclaration

Past = Mapping[int, Mapping[str, str]]
"""By school, then by figure or subject, as people read it."""


def past_figures(session: Session, form: FormDeclaration, year: int) -> Past:
    """Return what each school said under ``form`` in the year before ``year``."""
    if form.record is not None:
        return _records(session, form, year - 1)
    return _results(session, form, year - 1)


def _records(session: Session, form: FormDeclaration, year: int) -> Past:
    query = select(Record.school_id, Record.data).where(
        Record.current,
        Record.kind == form.record,
        Record.year == year,
        Record.school_id.is_not(None),
        Record.assessment_id.is_(None),
    )
    names = {field.name for field in form.fields}
    return {
        school: {name: shown(value) for name, value in data.items() if name in names}
        for school, data in session.execute(query)
        if school is not None
    }


def _results(session: Session, form: FormDeclaration, year: int) -> Past:
    columns = [field.name for field in form.columns]
    query = (
        select(Result.school_id, Assessment.subject, *(getattr(Result, name) for name in columns))
        .join(Assessment, Assessment.id == Result.assessment_id)
        .where(Result.current, Assessment.kind == form.assessment, Assessment.year == year)
    )
    found: dict[int, dict[str, str]] = {}
    for school, subject, *figures in session.execute(query):
        found.setdefault(school, {})[subject] = _line(figures)
    return found


def _line(figures: Iterable[Any]) -> str:
    """Return the figures of a subject in the order of the columns: «12: 1 / 5 / 4 / 2»."""
    first, *others = (shown(value) or "–" for value in figures)
    return f"{first}: {' / '.join(others)}"


def shown(value: object) -> str:
    """Return a stored figure with a decimal comma and no needless zeros."""
    if value is None:
        return ""
    if isinstance(value, float):
        return short(value)
    return str(value)
