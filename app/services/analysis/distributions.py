"""Pupils by score, counted in protocols or worked out from shares, and the scale of marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import func, select

from app.models.enums import AssessmentKind, PartKind, RecordKind, ReferenceScope
from app.models.results import Assessment, Result, ResultPart
from app.services.analysis.reading import exact
from app.services.analysis.types import ProcedureName
from app.services.records import RecordRow, list_records
from app.services.scales import MARKS, MarkScale, Scales
from app.services.score_counts import PRIMARY, TEST, by_day, day_name, is_class
from app.services.workspace import Workspace

_SCORE = "score_"
_TEST_TOP = 100
"""The highest test score of the ЕГЭ."""
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution of one school or scope; counts are whole pupils by score."""

    procedure: ProcedureName
    year: int
    school_id: int | None
    scope: ReferenceScope | None
    name: str
    participants: int
    """Sum of the counts."""
    counts: Mapping[int, int]
    highest: int
    """The highest score that the file has a column for, or that somebody reached."""
    counted: bool = False
    """Counted pupil by pupil in protocols, not worked out from shares."""
    days: int = 1
    """Protocols of so many exam days were added: who sat twice is in each of them."""
    appealed: int = 0
    """So many marks of the result were changed by appeals; the scores are those before them, for
    a file of appeals names no earlier score and the protocol's pupils are not stored."""

    @property
    def test(self) -> bool:
        """Whether these are test scores of the ЕГЭ, not primary ones."""
        return self.procedure[0] is AssessmentKind.EGE and self.highest == _TEST_TOP


def scale_of_scores(one: Distribution, known: Scales) -> MarkScale | None:
    """Return the scale of marks in force, of this highest score where several are known.

    In a protocol the highest score is only the highest that somebody reached.
    """
    if one.test:
        return None
    kind, subject, grade = one.procedure
    same = known.mark_scale(kind, subject, grade, one.year, one.highest)
    if same is not None:
        return same
    other = known.mark_scale(kind, subject, grade, one.year)
    # A file may leave out columns that nobody reached, never have more of them than the scale.
    return other if other is not None and other.maximum > one.highest else None


def minimum_of(one: Distribution, known: Scales) -> int | None:
    """Return the lowest test score that passes in force; None for primary scores."""
    kind, subject, _ = one.procedure
    found = known.minimum(kind, subject, one.year) if one.test else None
    return None if found is None else found.score


def starts_of(scale: MarkScale) -> dict[int, int]:
    """Return the lowest score of «3», «4» and «5»."""
    pairs = zip(MARKS, scale.bands, strict=True)
    return {mark: first for mark, (first, _) in pairs if mark > MARKS[0]}


def joined(found: Sequence[Distribution], name: str) -> Distribution:
    """Return the pupils of several distributions of one procedure, year and scale together."""
    counts: dict[int, int] = {}
    for one in found:
        for score, count in one.counts.items():
            counts[score] = counts.get(score, 0) + count
    first, alone = found[0], len(found) == 1
    return Distribution(
        first.procedure,
        first.year,
        first.school_id if alone else None,
        first.scope if alone else None,
        name,
        sum(counts.values()),
        dict(sorted(counts.items())),
        max(one.highest for one in found),
        all(one.counted for one in found),
        max(one.days for one in found),
        sum(one.appealed for one in found),
    )


def distributions(
    workspace: Workspace, year: int, school_id: int | None = None
) -> tuple[Distribution, ...]:
    """Return the distributions of a year whose number of participants is known.

    Days of an exam that a person's answer leaves out of the result are left out here too.
    """
    rows = list_records(workspace, RecordKind.SCORES, year, school_id)
    appealed = _appealed(workspace, year)
    left_out = _left_out(workspace, year)
    found = (distribution_of(row, left_out.get(_about(row), frozenset())) for row in rows)
    return tuple(
        replace(one, appealed=appealed.get((one.school_id, one.procedure), 0))
        for one in found
        if one is not None
    )


def _appealed(workspace: Workspace, year: int) -> Mapping[tuple[int | None, ProcedureName], int]:
    """Return how many marks of each result were changed by granted appeals."""
    query = (
        select(
            Result.school_id, Assessment.kind, Assessment.subject, Assessment.grade, func.count()
        )
        .join(ResultPart, ResultPart.result_id == Result.id)
        .join(Assessment, Assessment.id == Result.assessment_id)
        .where(Result.current, Assessment.year == year)
        .where(ResultPart.kind == PartKind.APPEALS, ResultPart.counted)
        .group_by(Result.school_id, Assessment.id)
    )
    with workspace.database.read() as session:
        found = session.execute(query).all()
    return {
        (school, (kind, subject, grade)): count for school, kind, subject, grade, count in found
    }


_About = tuple[int | None, ProcedureName | None]


def _about(row: RecordRow) -> _About:
    if row.procedure is None:
        return row.school_id, None
    kind, _, subject, grade = row.procedure
    return row.school_id, (kind, subject, grade)


def _left_out(workspace: Workspace, year: int) -> Mapping[_About, frozenset[str]]:
    """Return the days of each result that are known but not counted, as scores name them."""
    query = (
        select(
            Result.school_id, Assessment.kind, Assessment.subject, Assessment.grade, ResultPart.day
        )
        .join(ResultPart, ResultPart.result_id == Result.id)
        .join(Assessment, Assessment.id == Result.assessment_id)
        .where(Result.current, Assessment.year == year)
        .where(ResultPart.kind == PartKind.DAY, ~ResultPart.counted)
    )
    with workspace.database.read() as session:
        found = session.execute(query).all()
    days: dict[_About, frozenset[str]] = {}
    for school, kind, subject, grade, day in found:
        about = (school, (kind, subject, grade))
        days[about] = days.get(about, frozenset()) | {day_name(day)}
    return days


def distribution_of(row: RecordRow, left_out: frozenset[str] = frozenset()) -> Distribution | None:
    """Return the pupils of a record; None without participants: shares alone have no sample.

    Counts of protocols come before shares, of which N pupils are the nearest whole number.
    ``left_out`` are exam days that do not count.
    """
    if row.procedure is None:
        return None
    for prefix in (TEST, PRIMARY):
        every = by_day(row.data, prefix)
        days = {day: counts for day, counts in every.items() if day not in left_out}
        if days:
            return _counted(row, days, _TEST_TOP if prefix == TEST else None)
    return _of_shares(row)


def _counted(
    row: RecordRow, days: Mapping[str, Mapping[int, int]], highest: int | None
) -> Distribution | None:
    """Return the pupils of all exam days, or classes, together."""
    of_days = sum(not is_class(day) for day in days)
    counts: Counter[int] = Counter()
    for found in days.values():
        counts.update(found)
    top = max(counts) if highest is None else highest
    return _distribution(row, dict(sorted(counts.items())), top, counted=True, days=max(1, of_days))


def _of_shares(row: RecordRow) -> Distribution | None:
    total = row.data.get("participants")
    if not isinstance(total, int) or total < 1:
        return None
    shares = {
        int(name.removeprefix(_SCORE)): share
        for name, value in row.data.items()
        if name.startswith(_SCORE)
        and name.removeprefix(_SCORE).isdigit()
        and (share := exact(value)) is not None
    }
    if not shares:
        return None
    counts = {score: int(share * total / 100 + _HALF) for score, share in sorted(shares.items())}
    return _distribution(row, counts, max(shares))


def _distribution(
    row: RecordRow, counts: dict[int, int], highest: int, *, counted: bool = False, days: int = 1
) -> Distribution | None:
    if row.procedure is None:
        return None
    kind, _, subject, grade = row.procedure
    return Distribution(
        (kind, subject, grade),
        row.year,
        row.school_id,
        row.scope,
        row.school,
        sum(counts.values()),
        counts,
        highest,
        counted,
        days,
    )
