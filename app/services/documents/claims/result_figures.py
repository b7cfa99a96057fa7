"""Figures of results: shares, means and participants of the district by procedure and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from app.models.enums import AssessmentKind
from app.services.analysis import Dynamics, district_points, dynamics
from app.services.analysis.types import ProcedureDynamics, StatedPoint, YearPoint
from app.services.documents.claims.procedures import DISTRICT
from app.services.documents.claims.tokens import Kind, tokens
from app.services.documents.claims.types import Known, Unit
from app.services.documents.claims.vocabulary import Phrase, vocabulary
from app.services.workspace import Workspace

_SUBJECT = "предмет "
"""Marks the name of a subject among what a figure is about."""
_UNITS = {"below": Unit.PERCENT, "success": Unit.PERCENT, "quality": Unit.PERCENT,
          "mean": Unit.SCORE}  # fmt: skip


def result_figures(workspace: Workspace) -> Iterator[Known]:
    """Return the figures of every procedure and year of the district."""
    found: Dynamics = dynamics(workspace)
    for line in found.procedures:
        for point in line.district:
            yield from _of_point(line, point)
        for told in district_points(line.stated).values():
            yield from _of_file(line, told)


def subject_phrases(known: Iterable[Known]) -> Mapping[str, Phrase]:
    """Return the words of every subject that a figure is about, by what marks it there."""
    marks = {mark for one in known for mark in one.about if mark.startswith(_SUBJECT)}
    return {
        mark: tuple(one.forms for one in tokens(mark[len(_SUBJECT) :]) if one.kind is Kind.WORD)
        for mark in marks
    }


def _of_point(line: ProcedureDynamics, point: YearPoint) -> Iterator[Known]:
    for name in _UNITS:
        measured = getattr(point, name)
        if measured.value is not None:
            yield from _known(line, name, measured.value, point.year, "по результатам школ")
    taken = point.below.participants + point.below.missing
    if point.below.missing == 0 and taken:
        yield from _known(line, "participants", Fraction(taken), point.year, "по результатам школ")


def _of_file(line: ProcedureDynamics, point: StatedPoint) -> Iterator[Known]:
    """Return what a file says of the district itself: it may differ, and either is right."""
    for name in _UNITS:
        value: Fraction | None = getattr(point, name)
        if value is not None:
            yield from _known(line, name, value, point.year, "по файлу")


def _known(
    line: ProcedureDynamics, name: str, value: Fraction, year: int, how: str
) -> Iterator[Known]:
    kind, subject, grade = line.procedure
    words = vocabulary().procedures
    title = f"{words.titles[name]}, {_procedure(kind, subject, grade)} ({how})"
    marks = {f"{_SUBJECT}{subject}", f"{_SUBJECT}{subject.partition(' (')[0]}"}
    about = frozenset({kind.value, f"{grade} класс", DISTRICT, *marks})
    units = (Unit.SCORE, Unit.COUNT) if name == "mean" else (_UNITS.get(name, Unit.COUNT),)
    for unit in units:
        # «средний балл 62,5» and «средняя отметка 3,8» stand with their unit and without it.
        yield Known(name, value, title, words.table, year, unit, about)


def _procedure(kind: AssessmentKind, subject: str, grade: int) -> str:
    return f"{kind.value}, {subject}, {grade} кл."
