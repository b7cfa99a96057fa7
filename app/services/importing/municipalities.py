"""Rows of other districts: a column «Муниципалитет» says whose the schools are, and asks once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.services.importing.facts import (
    AppealFact,
    Extract,
    RecordFact,
    RegisterFact,
    ResultFact,
    SchoolRef,
)
from app.services.importing.matching import Directory
from app.services.importing.names import fold, name_key

_PREFIX = "Муниципалитет «"
_FEWEST = 2
"""One school of a district is asked about as itself."""
_OfSchool = ResultFact | RecordFact | AppealFact | RegisterFact

Districts = Mapping[SchoolRef | None, str]
"""Which district a sheet puts its schools in; under None the only one that it names."""


def district_ref(district: str) -> SchoolRef:
    """Return what a question about all schools of a district is kept under."""
    return SchoolRef((), f"{_PREFIX}{district}»")


def is_district(ref: SchoolRef) -> bool:
    """Return whether a question is about a whole district: no school is called so."""
    return not ref.codes and bool(ref.name) and (ref.name or "").startswith(_PREFIX)


@dataclass(frozen=True, slots=True)
class _District:
    """How many schools a district has in the files, and whether the base has any of them."""

    schools: int
    known: bool
    alike: bool
    """Whether one of them is called nearly as a school of the base."""


def facts_of_schools(extract: Extract) -> Iterator[_OfSchool]:
    """Yield what a sheet says of schools that a person may be asked about."""
    for block in extract.blocks:
        for fact in block.facts:
            if isinstance(fact, _OfSchool):
                yield fact


@dataclass
class Municipalities:
    """Tells whether a school of the files stands in a district none of whose schools is known.

    ``districts`` and the schools of each sheet come from all files of the load.
    """

    directory: Directory
    sheets: Callable[[], Iterable[tuple[Districts, Extract]]]
    _districts: dict[str, _District] | None = field(default=None)
    """By the folded name."""

    def foreign(self, district: str | None) -> int:
        """Return how many schools of an unknown district wait; 0 where it may be one's own.

        A district with a school that the base knows, or that is called nearly as one, is asked
        about school by school.
        """
        found = self._of(district)
        asked = found and found.schools >= _FEWEST and not (found.known or found.alike)
        return found.schools if found and asked else 0

    def strange(self, district: str | None) -> int:
        """Return how many schools a district has none of which the base knows; 0 for others.

        A register of several districts has the schools of each: who is called alike is another.
        """
        found = self._of(district)
        return found.schools if found and not found.known else 0

    def _of(self, district: str | None) -> _District | None:
        if not district or not self.directory.schools:
            return None
        if self._districts is None:
            self._districts = self._count()
        return self._districts.get(fold(district))

    def _count(self) -> dict[str, _District]:
        schools: dict[str, set[SchoolRef]] = defaultdict(set)
        for districts, extract in self.sheets():
            only = districts.get(None)
            for fact in facts_of_schools(extract) if only else ():
                if fact.ref is not None:
                    schools[fold(only or "")].add(fact.ref)
            for ref, name in districts.items():
                if ref is not None:
                    schools[fold(name)].add(ref)
        return {district: self._district(refs) for district, refs in schools.items()}

    def _district(self, refs: Iterable[SchoolRef]) -> _District:
        different = {(ref.codes, name_key(ref.name or "")): ref for ref in refs}
        known = any(self.directory.match(ref).school is not None for ref in different.values())
        alike = known or any(self.directory.likely(ref) for ref in different.values())
        return _District(len(different), known, alike)


def district_in(districts: Districts, ref: SchoolRef) -> str | None:
    """Return the district in which a sheet puts a school."""
    return districts.get(ref) or districts.get(None)
