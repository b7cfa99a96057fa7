"""«Кто не сдал»: schools against what is expected of them, computed from the stored data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.enums import AssessmentKind, RecordKind, SchoolStatus
from app.models.intake import FormExcuse
from app.models.records import Record
from app.models.results import Assessment, Result
from app.services.figures import figure_title, share_name
from app.services.forms.expecting import Rule, expected, rules
from app.services.forms.types import Board, BoardCell, BoardRow, State
from app.services.russian import inside
from app.services.schools import SchoolRow, list_schools
from app.services.workspace import Workspace

_SHOWN = 4
"""How many missing things a sentence names before «и ещё N»."""

_Exam = tuple[AssessmentKind, str, int]


@dataclass(frozen=True)
class _Stored:
    """What the schools have handed in for a year."""

    figures: Mapping[tuple[int, RecordKind], Collection[str]]
    exams: Mapping[int, frozenset[_Exam]]
    held: frozenset[_Exam]
    """Exams that at least one school has a result in."""
    excuses: Mapping[tuple[int, str], str]


def board(workspace: Workspace, year: int) -> Board:
    """Return where every working school stands with everything that is expected in ``year``.

    Results count by what the district held: a subject that no school has a result in is not
    asked of anybody, unless there is no result at all.
    """
    schools = [s for s in list_schools(workspace) if s.status is SchoolStatus.ACTIVE]
    with workspace.database.read() as session:
        stored = _load(session, year)
    return Board(year, expected(), tuple(_row(school, stored) for school in schools))


def _load(session: Session, year: int) -> _Stored:
    figures = {
        (school, kind): frozenset(data)
        for school, kind, data in session.execute(
            select(Record.school_id, Record.kind, Record.data).where(
                Record.current,
                Record.year == year,
                Record.school_id.is_not(None),
                Record.assessment_id.is_(None),
            )
        )
        if school is not None
    }
    exams: dict[int, set[_Exam]] = {}
    for school, kind, subject, grade in session.execute(
        select(Result.school_id, Assessment.kind, Assessment.subject, Assessment.grade)
        .join(Assessment, Assessment.id == Result.assessment_id)
        .where(Result.current, Assessment.year == year)
    ):
        exams.setdefault(school, set()).add((kind, subject, grade))
    excuses = select(FormExcuse.school_id, FormExcuse.form, FormExcuse.reason)
    return _Stored(
        figures,
        {school: frozenset(found) for school, found in exams.items()},
        frozenset().union(*exams.values()),
        {
            (row[0], row[1]): row[2]
            for row in session.execute(excuses.where(FormExcuse.year == year))
        },
    )


def _row(school: SchoolRow, stored: _Stored) -> BoardRow:
    cells = {rule.expected.key: _cell(rule, school, stored) for rule in rules()}
    return BoardRow(school.id, school.short_name, school.fisoko or school.rcoi or "", cells)


def _cell(rule: Rule, school: SchoolRow, stored: _Stored) -> BoardCell:
    reason = stored.excuses.get((school.id, rule.expected.key))
    if reason is not None:
        return BoardCell(State.EXCUSED, reason)
    if rule.assessment is not None:
        return _results(rule, rule.assessment, school, stored)
    return _record(rule, school, stored)


def _record(rule: Rule, school: SchoolRow, stored: _Stored) -> BoardCell:
    kind = rule.form.record if rule.form else None
    if kind is None:
        raise ValueError(rule.expected.key)
    given = stored.figures.get((school.id, kind))
    if not given:
        return BoardCell(State.MISSING, "Ничего не сдано.")
    missing = [n for n in rule.required if n not in given and share_name(n) not in given]
    if not missing:
        return BoardCell(State.DONE, "Есть все обязательные показатели.")
    titles = [figure_title(kind, name) for name in missing]
    state = State.MISSING if len(missing) == len(rule.required) else State.PARTLY
    return BoardCell(state, f"Нет показателей: {_listed(titles)}.")


def _results(rule: Rule, kind: AssessmentKind, school: SchoolRow, stored: _Stored) -> BoardCell:
    grades = rule.grades_of(school.kind)
    if not grades:
        return BoardCell(State.NOT_NEEDED, f"В школе вида «{school.kind}» таких классов нет.")
    own = stored.exams.get(school.id, frozenset())
    wanted = [
        (grade, group)
        for grade in grades
        for group in rule.subjects
        if any((kind, subject, grade) in stored.held for subject in group)
    ]
    missing = [
        _title(kind, grade, group)
        for grade, group in wanted
        if not any((kind, subject, grade) in own for subject in group)
    ]
    if wanted and not missing:
        return BoardCell(State.DONE, "Есть результаты по всем обязательным предметам.")
    if len(missing) < len(wanted):
        return BoardCell(State.PARTLY, f"Нет результатов: {_listed(missing)}.")
    nobody = "" if wanted else " ни у одной школы"
    return BoardCell(State.MISSING, f"Нет результатов {kind.value} за год{nobody}.")


def _title(kind: AssessmentKind, grade: int, group: tuple[str, ...]) -> str:
    # A group is one subject at several levels: «Математика (базовая)» names it without the level.
    name = group[0].partition(" (")[0]
    subject = inside(name)
    return f"{subject}, {grade} класс" if kind is AssessmentKind.VPR else subject


def _listed(titles: list[str]) -> str:
    shown = "; ".join(titles[:_SHOWN])
    rest = len(titles) - _SHOWN
    return f"{shown} и ещё {rest}" if rest > 0 else shown


def board_json(found: Board) -> dict[str, Any]:
    """Return the board for other programs: states in the words of the page."""
    return {
        "year": found.year,
        "expected": [{"key": one.key, "title": one.title} for one in found.expected],
        "schools": [
            {
                "school": row.school,
                "code": row.code,
                "forms": {
                    key: {"state": cell.state.value, "why": cell.why}
                    for key, cell in row.cells.items()
                },
            }
            for row in found.rows
        ],
        "owing": sum(bool(row.owed()) for row in found.rows),
    }
