"""Own signals of bias over the stored data: «внутренний сигнал», with formula and sample.

Sources as in ``methodology.bias``: ФИОКО-2026 asks for extra analysis of peaks at the boundaries of
marks and says that they prove nothing; the formulas are research ones and not official.  Nothing
here changes a category.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from app.errors import UserError
from app.models.enums import AssessmentKind, RecordKind, ReferenceScope
from app.services import scales
from app.services.analysis.distributions import (
    Distribution,
    distributions,
    scale_of_scores,
    starts_of,
)
from app.services.analysis.limits import analysis_limits
from app.services.analysis.reading import exact, stated_lines
from app.services.analysis.types import ProcedureName, SchoolSignals, SignalRow, StatedLine
from app.services.analysis.weighted import Measure, Weighted, weighted
from app.services.analysis.words import procedure_text
from app.services.figures import share_name
from app.services.methodology import (
    BiasLimits,
    deviation_signal,
    journal_signal,
    jump_signals,
    later_signal,
    signal_limits,
)
from app.services.records import RecordRow, export_bias, list_records
from app.services.results import ResultRow, list_results
from app.services.scales import Scales
from app.services.schools import list_schools
from app.services.workspace import Workspace

_VPR, _OGE = AssessmentKind.VPR, AssessmentKind.OGE
_OGE_GRADE, _GRADE_BEFORE = 9, 8
_Place = tuple[ProcedureName, int]
"""A procedure and a school."""


@dataclass
class _Found:
    """Signals and gaps of the schools while they are collected."""

    rows: dict[int, list[SignalRow]] = field(default_factory=dict)
    missing: dict[int, list[str]] = field(default_factory=dict)

    def add(self, school_id: int, row: SignalRow) -> None:
        """Add a signal of a school."""
        self.rows.setdefault(school_id, []).append(row)

    def lack(self, school_id: int, text: str) -> None:
        """Say what could not be computed for a school."""
        self.missing.setdefault(school_id, []).append(text)


@dataclass(frozen=True)
class _Material:
    year: int
    results: tuple[ResultRow, ...]
    before: tuple[ResultRow, ...]
    scores: tuple[Distribution, ...]
    journal: tuple[RecordRow, ...]
    stated: Mapping[ProcedureName, tuple[StatedLine, ...]]
    scales: Scales
    limits: BiasLimits


def bias_signals(
    workspace: Workspace, year: int, school_id: int | None = None
) -> tuple[SchoolSignals, ...]:
    """Return the own signals of a year by school, in the order of names; of one school if asked.

    Schools about which nothing could be compared are left out, an asked one never is.  A signal of
    fewer pupils than the limit is computed and shown, and never flagged.  UserError when there is
    no such school.
    """
    material = _gather(workspace, year)
    found = _Found()
    _jumps(material, found)
    _deviations(material, found)
    _journals(material, found)
    _later(material, found)
    official = _official(workspace, year)
    schools = [s for s in list_schools(workspace) if school_id in (None, s.id)]
    if school_id is not None and not schools:
        raise UserError("Такой школы больше нет в реестре.", "Выберите школу снова.")
    return tuple(
        SchoolSignals(
            school.id,
            school.short_name,
            tuple(found.rows.get(school.id, ())),
            official.get(school.short_name, ()),
            tuple(found.missing.get(school.id, ())),
        )
        for school in schools
        if school_id is not None or school.id in found.rows or school.short_name in official
    )


def _gather(workspace: Workspace, year: int) -> _Material:
    return _Material(
        year,
        list_results(workspace, year=year),
        list_results(workspace, year=year - 1),
        distributions(workspace, year),
        list_records(workspace, RecordKind.JOURNAL, year),
        stated_lines(workspace),
        scales.in_force(workspace),
        signal_limits(),
    )


def _official(workspace: Workspace, year: int) -> dict[str, tuple[str, ...]]:
    return {row["school"]: tuple(row["markers"]) for row in export_bias(workspace, year)}


def _jumps(material: _Material, found: _Found) -> None:
    for one in material.scores:
        if one.school_id is None or one.procedure[0] is not _VPR:
            continue
        scale = scale_of_scores(one, material.scales)
        if scale is None:
            found.lack(
                one.school_id,
                f"Скачки на границах отметок, {procedure_text(*one.procedure)}: нет шкалы перевода "
                f"баллов с наибольшим баллом {one.highest}.",
            )
            continue
        starts = starts_of(scale)
        about = f"Шкала отметок: {scale.source}" + ("" if scale.confirmed else " (не подтверждена)")
        for signal in jump_signals(one.counts, starts, material.limits):
            found.add(one.school_id, SignalRow(one.procedure, material.year, signal, about))


def _deviations(material: _Material, found: _Found) -> None:
    """Compare the mean with the region, in deviations between the schools that are stored.

    No file gives the spread between the schools of the region, so that of the district's serves,
    and the sentence says so.
    """
    least = analysis_limits().deviation_from_schools
    for procedure, rows in _by_procedure(material.results, _VPR).items():
        region = _region_mean(material, procedure)
        if region is None:
            continue
        means = {row.school_id: weighted([row], Measure.MEAN) for row in rows}
        known = [total.value for total in means.values() if total.value is not None]
        if len(known) < least:
            _lack_schools(found, means, procedure, least)
            continue
        spread = deviation(known)
        about = f"Разброс – между средними {len(known)} школ района: по региону он не известен"
        for school, total in means.items():
            if total.value is None:
                continue
            signal = deviation_signal(
                total.value, region, spread, total.participants, material.limits
            )
            if signal is not None:
                found.add(school, SignalRow(procedure, material.year, signal, about))


def _lack_schools(
    found: _Found, means: Mapping[int, Weighted], procedure: ProcedureName, least: int
) -> None:
    for school in means:
        found.lack(
            school,
            f"Отклонение от региона, {procedure_text(*procedure)}: средние известны меньше чем у "
            f"{least} школ, разброс не определить.",
        )


def deviation(values: Iterable[Fraction]) -> Fraction:
    """Return the sample standard deviation; 0 for fewer than two values."""
    listed = list(values)
    if len(listed) < 2:
        return Fraction()
    mean = sum(listed, Fraction()) / len(listed)
    variance = sum(((value - mean) ** 2 for value in listed), Fraction()) / (len(listed) - 1)
    return Fraction((Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt())


def _region_mean(material: _Material, procedure: ProcedureName) -> Fraction | None:
    for line in material.stated.get(procedure, ()):
        if line.scope is not ReferenceScope.REGION:
            continue
        for point in line.points:
            if point.year == material.year:
                return point.mean
    return None


def _by_procedure(
    rows: Iterable[ResultRow], kind: AssessmentKind
) -> dict[ProcedureName, list[ResultRow]]:
    found: dict[ProcedureName, list[ResultRow]] = {}
    for row in rows:
        if row.kind is kind:
            found.setdefault((row.kind, row.subject, row.grade), []).append(row)
    return found


def _journals(material: _Material, found: _Found) -> None:
    shares = {place: share for row in material.journal if (place := _owner(row)) is not None
              for share in (_confirmed(row),) if share is not None}  # fmt: skip
    for (procedure, school), (percent, sample) in shares.items():
        district = _district_confirmed(material, procedure)
        if district is None:
            continue
        percent_of, about = district
        signal = journal_signal(percent, percent_of, sample, material.limits)
        found.add(school, SignalRow(procedure, material.year, signal, about))


def _owner(row: RecordRow) -> _Place | None:
    if row.procedure is None or row.school_id is None:
        return None
    kind, _, subject, grade = row.procedure
    return (kind, subject, grade), row.school_id


def _confirmed(row: RecordRow) -> tuple[Fraction, int] | None:
    """Return the share of confirmed marks and the pupils; the counts come before the share."""
    total, count = exact(row.data.get("participants")), exact(row.data.get("confirmed"))
    if not total:
        return None
    share = exact(row.data.get(share_name("confirmed")))
    if count is not None:
        share = 100 * count / total
    return None if share is None else (share, int(total))


def _district_confirmed(
    material: _Material, procedure: ProcedureName
) -> tuple[Fraction, str] | None:
    """Return the share of the district: as the file gives it, else over the schools, weighted."""
    same = [
        row
        for row in material.journal
        if row.procedure is not None and (row.procedure[0], *row.procedure[2:]) == procedure
    ]
    for row in same:
        if row.scope is ReferenceScope.DISTRICT:
            share = exact(row.data.get(share_name("confirmed")))
            counted = _confirmed(row)
            share = counted[0] if counted else share
            if share is not None:
                return share, "Доля по району – из того же отчёта"
    known = [found for row in same if row.school_id and (found := _confirmed(row)) is not None]
    if len(known) < 2:
        return None
    whole = sum(sample for _, sample in known)
    share = sum((percent * sample for percent, sample in known), Fraction()) / whole
    return share, "Доля по району – по загруженным школам, с учётом числа участников"


def _later(material: _Material, found: _Found) -> None:
    """Compare the ВПР of grade 8 with the ОГЭ of the same pupils a year later."""
    earlier = {
        (row.subject, row.school_id): row
        for row in material.before
        if row.kind is _VPR and row.grade == _GRADE_BEFORE
    }
    for row in material.results:
        past = earlier.get((row.subject, row.school_id))
        if row.kind is not _OGE or row.grade != _OGE_GRADE or past is None:
            continue
        now, before = weighted([row], Measure.BELOW), weighted([past], Measure.BELOW)
        if now.value is None or before.value is None:
            continue
        sample = min(now.participants, before.participants)
        signal = later_signal(before.value, now.value, sample, material.limits)
        about = "Сравниваются 8 класс и тот же класс через год; состав учеников мог измениться"
        name = (row.kind, row.subject, row.grade)
        found.add(row.school_id, SignalRow(name, material.year, signal, about))
