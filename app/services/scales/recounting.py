"""Results that were counted by a minimum or a scale, counted anew from the scores of pupils."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import AssessmentKind, CountsOrigin, PartKind, RecordKind
from app.models.imports import ImportFile, SourceBlock
from app.models.records import Record
from app.models.results import Assessment, Result, ResultPart
from app.models.schools import School
from app.services.changes import ChangeSet
from app.services.journal import Action, UndoOutcome, next_undo, undo_last
from app.services.scales.in_force import Scales
from app.services.scales.store import in_force, own_entries
from app.services.scales.types import MARKS, MarkScale
from app.services.score_counts import PRIMARY, TEST, UNDATED, by_day
from app.services.workspace import Workspace

_ACTION = "Пересчёт результатов по шкалам"
_BY_SCALE = "vpr_raw"
"""The layout whose marks are not in the file: the scale makes them of the scores."""
_NO_SCORES = "баллов участников в базе нет: файл загружен до того, как программа стала их хранить"
_OTHER_COUNT = "баллов в базе {found}, а участников в результате {wanted}"
_CHANGED_PARTS = "в результат входят пересдачи или апелляции, их баллы не хранятся"
_NO_RULE = "для этого года нет ни минимума, ни шкалы"

Counts = Mapping[int, int]
"""Pupils by score."""


@dataclass(frozen=True, slots=True)
class CountedFigures:
    """What a minimum or a scale decides; None is «нет данных».

    Of the ЕГЭ only ``below`` is decided, of scores with a scale all the marks are.
    """

    below: int | None
    marks: tuple[int, ...] | None = None
    """Pupils with «2», «3», «4», «5»."""


@dataclass(frozen=True, slots=True)
class About:
    """Which result it is."""

    result_id: int
    school: str
    kind: AssessmentKind
    year: int
    subject: str
    grade: int
    participants: int


@dataclass(frozen=True, slots=True)
class Recounted:
    """A result that would be another one by what is in force."""

    about: About
    before: CountedFigures
    after: CountedFigures


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A result that an entry of the office concerns and that cannot be counted anew from here."""

    about: About
    why: str
    file: str
    """The file to be loaded again, as it was called on its stick."""
    archived_as: str | None
    """Its copy in the archive."""


@dataclass(frozen=True, slots=True)
class Recount:
    """What counting anew would change, and what it cannot reach."""

    changes: tuple[Recounted, ...]
    left: tuple[NotCounted, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A stored result with all that it is counted from."""

    about: About
    before: CountedFigures
    layout: str
    file: str
    archived_as: str | None
    parts: tuple[ResultPart, ...]
    data: Mapping[str, Any]


def preview_recount(workspace: Workspace, scales: Scales | None = None) -> Recount:
    """Return which stored results would be others by ``scales``, by those in force without it.

    Marks that a file gave itself are never counted anew.  Nothing is stored.
    """
    known = scales or in_force(workspace)
    with workspace.database.read() as session:
        rows = tuple(_rows(session, known))
        own = own_entries(session)
    changes, left = [], []
    for row in rows:
        found = _counted(row, known)
        if not isinstance(found, str):
            if found != row.before:
                changes.append(Recounted(row.about, row.before, found))
        elif _concerned(row.about, own):
            left.append(NotCounted(row.about, found, row.file, row.archived_as))
    return Recount(tuple(changes), tuple(left))


def recount(workspace: Workspace) -> ChangeSet:
    """Count anew what ``preview_recount`` lists; the earlier results stay in their history.

    One action for all of them, which can be taken back; none when nothing changes.
    """
    known = in_force(workspace)
    with workspace.database.write() as session:
        found = [(row, _counted(row, known)) for row in _rows(session, known)]
        new = [(row, it) for row, it in found if not isinstance(it, str) and it != row.before]
        with Action(session, f"{_ACTION}: {len(new)}") as action:
            for row, figures in new:
                _store(session, action, row, figures, known)
            return action.changes


def undo_recount(workspace: Workspace) -> UndoOutcome:
    """Take the last recount back; UserError when something else was done after it."""
    last = next_undo(workspace)
    if last is None or not last.startswith(_ACTION):
        done = f"последнее действие – «{last}»" if last else "действий ещё не было"
        raise UserError(
            f"Отменить пересчёт нельзя: {done}.",
            "Откройте окно и отменяйте действия по порядку (Ctrl+Z).",
        )
    return undo_last(workspace)


def _counted(row: _Row, known: Scales) -> CountedFigures | str:
    """Return the figures by what is in force, or why they cannot be told."""
    if row.layout == _BY_SCALE:
        return _by_scale(row, known)
    least = known.minimum(row.about.kind, row.about.subject, row.about.year)
    if least is None:
        return _NO_RULE
    found = _scores(row, TEST)
    return found if isinstance(found, str) else CountedFigures(_below(found, least.score))


def _by_scale(row: _Row, known: Scales) -> CountedFigures | str:
    about = row.about
    scale = known.mark_scale(about.kind, about.subject, about.grade, about.year)
    found = _scores(row, PRIMARY)
    if scale is None or isinstance(found, str):
        return _NO_RULE if scale is None else str(found)
    marks = _marks(found, scale)
    if sum(marks) != about.participants:
        return _OTHER_COUNT.format(found=sum(marks), wanted=about.participants)
    return CountedFigures(marks[0], marks)


def _scores(row: _Row, prefix: str) -> Counts | str:
    """Return the scores of all pupils of a result, or why they are not those of the result."""
    days = by_day(row.data, prefix)
    if not days:
        return _NO_SCORES
    counted = [part for part in row.parts if part.counted]
    if any(part.kind not in (PartKind.DAY, PartKind.CLASS) for part in counted):
        return _CHANGED_PARTS
    wanted = {_part_name(part, row.about.grade) for part in counted} or {UNDATED}
    counts: dict[int, int] = {}
    for day in wanted & days.keys():
        for score, pupils in days[day].items():
            counts[score] = counts.get(score, 0) + pupils
    total = sum(counts.values())
    if total != row.about.participants:
        return _OTHER_COUNT.format(found=total, wanted=row.about.participants)
    return counts


def _part_name(part: ResultPart, grade: int) -> str:
    return f"{grade}{part.digest}" if part.kind is PartKind.CLASS else _day(part)


def _day(part: ResultPart) -> str:
    return part.day.strftime("%d.%m.%Y")


def _below(counts: Counts, least: int) -> int:
    return sum(pupils for score, pupils in counts.items() if score < least)


def _marks(counts: Counts, scale: MarkScale) -> tuple[int, ...]:
    given = [(scale.mark(score), pupils) for score, pupils in counts.items()]
    return tuple(sum(pupils for mark, pupils in given if mark == wanted) for wanted in MARKS)


def _concerned(about: About, own: Scales) -> bool:
    """Return whether the office has an entry of its own for the result."""
    if own.minimum(about.kind, about.subject, about.year) is not None:
        return True
    return own.mark_scale(about.kind, about.subject, about.grade, about.year) is not None


def _rows(session: Session, known: Scales) -> Iterator[_Row]:
    """Yield the results that a minimum or a scale decides, by year and procedure."""
    query = (
        select(Result, Assessment, School.short_name, ImportFile)
        .join(Assessment, Assessment.id == Result.assessment_id)
        .join(School, School.id == Result.school_id)
        .join(SourceBlock, SourceBlock.id == Result.block_id)
        .join(ImportFile, ImportFile.id == SourceBlock.file_id)
        .where(Result.current, Result.origin == CountsOrigin.AGGREGATED)
        .where((Assessment.kind == AssessmentKind.EGE) | (ImportFile.layout == _BY_SCALE))
        .order_by(Assessment.year.desc(), Assessment.subject, School.short_name)
    )
    found = [row for row in session.execute(query) if _decided(row[1], row[3], known)]
    parts = _parts(session, [result.id for result, *_ in found])
    scores = _records(session)
    for result, assessment, school, file in found:
        about = About(
            result.id,
            school,
            assessment.kind,
            assessment.year,
            assessment.subject,
            assessment.grade,
            result.participants,
        )
        data = scores.get((result.school_id, assessment.id), {})
        of_result = tuple(parts.get(result.id, ()))
        before = _stored(result, file.layout or "")
        place = (file.layout or "", file.path, file.archived_as)
        yield _Row(about, before, *place, of_result, data)


def _decided(assessment: Assessment, file: ImportFile, known: Scales) -> bool:
    return file.layout == _BY_SCALE or not known.gives_marks(assessment.kind, assessment.subject)


def _stored(result: Result, layout: str) -> CountedFigures:
    marks = (result.n2, result.n3, result.n4, result.n5)
    known = tuple(one for one in marks if one is not None)
    complete = layout == _BY_SCALE and len(known) == len(MARKS)
    return CountedFigures(result.below, known if complete else None)


def _parts(session: Session, results: Sequence[int]) -> dict[int, list[ResultPart]]:
    found: dict[int, list[ResultPart]] = {}
    wanted = frozenset(results)
    for part in session.scalars(select(ResultPart).order_by(ResultPart.id)):
        if part.result_id in wanted:
            found.setdefault(part.result_id, []).append(part)
    return found


def _records(session: Session) -> dict[tuple[int, int], Mapping[str, Any]]:
    query = select(Record.school_id, Record.assessment_id, Record.data).where(
        Record.current, Record.kind == RecordKind.SCORES
    )
    return {
        (school, assessment): data
        for school, assessment, data in session.execute(query)
        if school is not None and assessment is not None
    }


def _store(
    session: Session, action: Action, row: _Row, figures: CountedFigures, known: Scales
) -> None:
    """Put the new figures in force; the earlier observation stays, replaced by them."""
    old = session.get_one(Result, row.about.result_id)
    copied = _values(old, ("id",)) | {"replaced_id": old.id} | _figures(figures)
    action.update(Result, old.id, {"current": False})
    new = action.insert(Result, copied)
    least = known.minimum(row.about.kind, row.about.subject, row.about.year)
    for part in row.parts:
        day = by_day(row.data, TEST).get(_day(part), {})
        # What pupils who sat twice had is not kept: by another minimum it is unknown.
        told = least is not None and part.kind is PartKind.DAY
        below = _below(day, least.score) if least and told else None
        action.insert(ResultPart, _values(part, ("id",)) | {"result_id": new, "below": below})


def _figures(found: CountedFigures) -> dict[str, Any]:
    if found.marks is None:
        return {"below": found.below}
    total = sum(mark * pupils for mark, pupils in zip(MARKS, found.marks, strict=True))
    mean = float(Fraction(total, sum(found.marks)))
    named = {f"n{mark}": pupils for mark, pupils in zip(MARKS, found.marks, strict=True)}
    return {"below": found.below, "mean": mean, **named}


def _values(row: Result | ResultPart, without: Iterable[str]) -> dict[str, Any]:
    left_out = frozenset(without)
    names = (column.key for column in row.__mapper__.column_attrs)
    return {name: getattr(row, name) for name in names if name not in left_out}
