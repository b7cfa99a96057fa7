"""Rows of other districts: a column «Муниципалитет» says whose the schools are, and asks once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.services.importing.facts import AppealFact, Extract, RecordFact, ResultFact, SchoolRef
from app.services.importing.matching import Directory
from app.services.importing.names import fold, name_key

_PREFIX = "Муниципалитет «"
_FEWEST = 2
"""One school of a district is asked about as itself."""
_OF_SCHOOLS = (ResultFact, RecordFact, AppealFact)

Districts = Mapping[SchoolRef | None, str]
"""Which district a sheet puts its schools in; under None the only one that it names."""


def district_ref(district: str) -> SchoolRef:
    """Return what a question about all schools of a district is kept under."""
    return SchoolRef((), f"{_PREFIX}{district}»")


def is_district(ref: SchoolRef) -> bool:
    """Return whether a question is about a whole district: no school is called so."""
    return not ref.codes and bool(ref.name) and (ref.name or "").startswith(_PREFIX)


def facts_of_schools(extract: Extract) -> Iterator[ResultFact | RecordFact | AppealFact]:
    """Yield what a sheet says of schools that a person may be asked about."""
    for block in extract.blocks:
        for fact in block.facts:
            if isinstance(fact, _OF_SCHOOLS):
                yield fact


@dataclass
class Municipalities:
    """Tells whether a school of the files stands in a district none of whose schools is known.

    ``districts`` and the schools of each sheet come from all files of the load.
    """

    directory: Directory
    sheets: Callable[[], Iterable[tuple[Districts, Extract]]]
    _foreign: dict[str, int] | None = field(default=None)
    """By the folded name of a district: how many schools it has, none of them known or alike."""

    def foreign(self, district: str | None) -> int:
        """Return how many schools of an unknown district wait; 0 where it may be one's own.

        A district with a school that the base knows, or that is called nearly as one, is asked
        about school by school.
        """
        if not district or not self.directory.schools:
            return 0
        if self._foreign is None:
            self._foreign = self._count()
        return self._foreign.get(fold(district), 0)

    def _count(self) -> dict[str, int]:
        schools: dict[str, set[SchoolRef]] = defaultdict(set)
        for districts, extract in self.sheets():
            only = districts.get(None)
            for fact in facts_of_schools(extract) if only else ():
                if fact.ref is not None:
                    schools[fold(only or "")].add(fact.ref)
            for ref, name in districts.items():
                if ref is not None:
                    schools[fold(name)].add(ref)
        return {
            district: len(different)
            for district, refs in schools.items()
            if len(different := {(ref.codes, name_key(ref.name or "")) for ref in refs}) >= _FEWEST
            and not any(self._may_be_own(ref) for ref in refs)
        }

    def _may_be_own(self, ref: SchoolRef) -> bool:
        return self.directory.match(ref).school is not None or bool(self.directory.likely(ref))


def district_in(districts: Districts, ref: SchoolRef) -> str | None:
    """Return the district in which a sheet puts a school."""
    return districts.get(ref) or districts.get(None)
