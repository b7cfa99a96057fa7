"""What is stored of schools beside their results: passports, ИСБ, lists, deficits of a year."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ResourceError
from app.models.enums import AssessmentKind, RecordKind
from app.models.imports import ImportFile, SourceBlock
from app.models.records import Record
from app.paths import resource
from app.services.methodology.isb import (
    IsbIndicator,
    IsbResult,
    Places,
    compute,
    indices,
    places,
)
from app.services.methodology.region_isb import RegionIsb, as_number, region_isb
from app.services.methodology.region_opinion import (
    RegionRecord,
    names_categories,
    opinion_of,
)
from app.services.methodology.social import cutoff_for, cutoff_set, is_poor
from app.services.methodology.types import (
    Deficit,
    Evidence,
    IsbSource,
    ProcedureKey,
    RuleSet,
    SocialEvidence,
    SocialRule,
)
from app.services.methodology.verdicts import RegionOpinion

DEFICIT_NAMES = {
    "staff": Deficit.STAFF,
    "facilities": Deficit.FACILITIES,
    "finance": Deficit.FINANCE,
}
"""Names of ``resources/records/deficit.json``."""
_MARKER = re.compile(r"marker_(\d+) (.+)")
"""Markers of ``resources/records/bias.json``: «marker_4 РУ»."""
_OF_THE_YEAR = (RecordKind.PASSPORT, RecordKind.ISB, RecordKind.REGION_LIST, RecordKind.DEFICIT)

Data = Mapping[str, Any]
_Scales = tuple[tuple[tuple[tuple[str, ...], ...], str, bool], ...]
"""What the places of the schools follow from: ways to the shares, the whole, the direction."""


@dataclass
class YearRecords:
    """The current records that bear on the categories of one year, by school."""

    year: int
    passports: dict[int, Data] = field(default_factory=dict)
    isb: dict[int, Data] = field(default_factory=dict)
    deficits: dict[int, Data] = field(default_factory=dict)
    isb_source: dict[int, str] = field(default_factory=dict)
    """Whose ready ИСБ it is, in Russian."""
    region: dict[int, RegionOpinion] = field(default_factory=dict)
    names_shnor: bool = False
    """The region has named schools as ШНОР in this year."""
    biased: dict[int, frozenset[tuple[ProcedureKey, int]]] = field(default_factory=dict)
    _placed: dict[_Scales, Mapping[int, Places]] = field(default_factory=dict, repr=False)
    """Places of the schools by the indicators that were asked for: weights may move over them."""

    def evidence(self, rules: RuleSet, medians: Fraction | None) -> dict[int, Evidence]:
        """Return what bears on each school that anything is stored of."""
        social = {} if rules.social is None else self._social(rules.social)
        schools = social.keys() | self.biased.keys()
        return {
            school: Evidence(
                self.biased.get(school, frozenset()),
                social.get(school, SocialEvidence()),
                medians,
            )
            for school in schools
        }

    def leaves_out(self, school: int) -> bool:
        """Return whether the region has named ШНОР of the year, and says nothing of this school."""
        opinion = self.region.get(school)
        return self.names_shnor and (opinion is None or opinion.shnor is None)

    @property
    def has_isb(self) -> bool:
        """Whether an ИСБ may be known of any school at all."""
        return bool(self.passports or self.isb)

    def poor(self, rule: SocialRule) -> frozenset[int]:
        """Return the schools that are ШНСУ, without any words."""
        isb = self._isb(rule)
        evidence = self._joined(rule, isb, {})
        found = (school for school, item in evidence.items() if is_poor(item, rule))
        return frozenset(found)

    def _isb(self, rule: SocialRule) -> dict[int, Fraction]:
        """Return the index of every school that has one."""
        if rule.isb_source is IsbSource.REGION:
            return dict(self.region_isb)
        given = indices(self._places(rule.model.indicators), rule.model)
        return {school: value for school, value in given.items() if value is not None}

    def _places(self, indicators: Sequence[IsbIndicator]) -> Mapping[int, Places]:
        scales = tuple((item.figures, item.of, item.adverse) for item in indicators)
        if scales not in self._placed:
            self._placed[scales] = places(self.passports, indicators)
        return self._placed[scales]

    def _social(self, rule: SocialRule) -> dict[int, SocialEvidence]:
        if rule.isb_source is IsbSource.REGION:
            return self._joined(rule, self._isb(rule), {})
        results = compute(self.passports, rule.model)
        known = {s: result.value for s, result in results.items() if result.value is not None}
        return self._joined(rule, known, results)

    def _joined(
        self, rule: SocialRule, isb: Mapping[int, Fraction], results: Mapping[int, IsbResult]
    ) -> dict[int, SocialEvidence]:
        of_region = rule.isb_source is IsbSource.REGION
        told = self.of_region if of_region else RegionIsb()
        settled = cutoff_set(rule, self.year)
        common = settled if told.answers else cutoff_for(rule, self.year, isb.values())
        told_of = self.isb.keys() if of_region else frozenset()
        other = self.passports.keys() if of_region else self.region_isb.keys()
        found = {}
        for school in isb.keys() | results.keys() | self.deficits.keys() | other | told_of:
            result = results.get(school)
            found[school] = SocialEvidence(
                isb=isb.get(school),
                contributions=result.contributions if result else (),
                known_percent=result.known_percent if result else None,
                cutoff=settled or told.cutoffs.get(school, common),
                deficits=_deficits(self.deficits.get(school)),
                quartile=told.quartiles.get(school),
                notes=() if settled else tuple(told.notes.get(school, ())),
                elsewhere=school in other,
                listed=school in told_of,
            )
        return found

    @cached_property
    def region_isb(self) -> Mapping[int, Fraction]:
        """The ИСБ that the region gives, of the schools of which it gives a number."""
        given = {school: as_number(data.get("isb")) for school, data in self.isb.items()}
        return {school: value for school, value in given.items() if value is not None}

    @cached_property
    def of_region(self) -> RegionIsb:
        """What the region's file says beside its ИСБ; no rule changes it."""
        return region_isb(self.isb, self.region_isb, self.isb_source)


def read_records(session: Session, year: int) -> YearRecords:
    """Return the records in force for a year; marks of bias of the earlier years too."""
    found = YearRecords(year)
    marks: dict[int, set[tuple[ProcedureKey, int]]] = {}
    query = (
        select(Record.school_id, Record.kind, Record.year, Record.data, ImportFile.path)
        .outerjoin(SourceBlock, SourceBlock.id == Record.block_id)
        .outerjoin(ImportFile, ImportFile.id == SourceBlock.file_id)
        .where(Record.current, Record.school_id.is_not(None), Record.year <= year)
        .where(Record.kind.in_((*_OF_THE_YEAR, RecordKind.BIAS)))
        .order_by(Record.id)
    )
    of_region: dict[int, list[RegionRecord]] = {}
    for school, kind, of_year, data, path in session.execute(query):
        if kind is RecordKind.BIAS:
            marks.setdefault(school, set()).update(_marks(data, of_year))
        elif of_year == year:
            _put(found, school, kind, data, path)
            if names_categories(kind):
                record = RegionRecord(kind, data, _source(path))
                of_region.setdefault(school, []).append(record)
    found.biased = {school: frozenset(keys) for school, keys in marks.items() if keys}
    opinions = ((school, opinion_of(records)) for school, records in of_region.items())
    found.region = {school: opinion for school, opinion in opinions if opinion is not None}
    found.names_shnor = any(opinion.shnor for opinion in found.region.values())
    return found


def _put(found: YearRecords, school: int, kind: RecordKind, data: Data, path: str | None) -> None:
    if kind is RecordKind.PASSPORT:
        found.passports[school] = data
    elif kind is RecordKind.ISB:
        found.isb[school] = data
        found.isb_source[school] = _source(path)
    elif kind is RecordKind.DEFICIT:
        found.deficits[school] = data


def _source(path: str | None) -> str:
    return f"файл «{path}»" if path else "внесён вручную"


def _marks(data: Data, year: int) -> set[tuple[ProcedureKey, int]]:
    """Return the marked procedures; «школа с необъективностью» alone marks every ВПР known."""
    subjects = _subjects()
    marked = set()
    for name, value in data.items():
        match = _MARKER.fullmatch(name)
        if match and value and match[2] in subjects:
            marked.add((ProcedureKey(AssessmentKind.VPR, subjects[match[2]], int(match[1])), year))
    if not marked and data.get("any"):
        return {
            (ProcedureKey(AssessmentKind.VPR, subject, grade), year)
            for subject in set(subjects.values())
            for grade in range(1, 12)
        }
    return marked


@cache
def _subjects() -> Mapping[str, str]:
    """Return the names of subjects by the short word of a marker, and by themselves."""
    path = resource("subjects.json")
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["subjects"]
    except (OSError, ValueError, KeyError) as error:
        raise ResourceError(
            f"Файл программы «{path.name}» не читается.", "Установите программу заново."
        ) from error
    found = {entry["name"]: entry["name"] for entry in entries}
    for entry in entries:
        found.update(dict.fromkeys(entry.get("fisoko", ()), entry["name"]))
    return found


def _deficits(data: Data | None) -> frozenset[Deficit] | None:
    if data is None:
        return None
    return frozenset(kind for name, kind in DEFICIT_NAMES.items() if data.get(name))
