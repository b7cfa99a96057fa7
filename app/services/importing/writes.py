"""What a load would store, as plain instructions from planning to applying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.models.enums import CodeSystem
from app.services.importing.facts import Block, RecordFact, ReferenceFact, ResultFact, SchoolRef
from app.services.importing.parts import Part
from app.services.indicators.facts import Draft as Measures
from app.services.roadmap.facts import Plan
from app.services.support.facts import Entry


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was read: an index into ``Writes.blocks`` and the rows of the sheet."""

    block: int
    rows: str


@dataclass(frozen=True, slots=True)
class BlockWrite:
    """A block of cells of the file with this index in the load."""

    file: int
    sheet: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ValueWrite:
    """A field of a school; ``school`` is negative for one that this load creates.

    ``replaces`` is the observation in force; ``unobserved`` is a stored value without one (entered
    before there was a history), which applying keeps as an observation of its own.
    """

    school: int
    field: str
    value: str | int | bool
    place: Place
    replaces: int | None = None
    unobserved: str | None = None


@dataclass(frozen=True, slots=True)
class CodeWrite:
    """A code of a school; one that is not ``current`` only helps old files to match."""

    school: int
    system: CodeSystem
    code: str
    place: Place
    current: bool
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class AliasWrite:
    """A remembered answer: this spelling, in this normal form, means that school."""

    school: int
    name: str
    key: str
    place: Place


@dataclass(frozen=True, slots=True)
class ResultWrite:
    """A result of a school, taking the place of the observation ``replaces``.

    ``parts`` are the exam days and appeals that make it, where protocols tell them.
    """

    school: int
    fact: ResultFact
    block: int
    replaces: int | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceWrite:
    """A row of the country, the region or the district."""

    fact: ReferenceFact
    block: int
    replaces: int | None


@dataclass(frozen=True, slots=True)
class RecordWrite:
    """Named figures of a school, or of a reference scope when ``school`` is None.

    ``data`` is what will be in force: the figures of ``fact`` over those of ``replaces``, or of
    ``over``, an earlier fact of the same load.
    """

    school: int | None
    fact: RecordFact
    block: int
    replaces: int | None
    data: Mapping[str, Any]
    over: RecordFact | None = None


@dataclass(frozen=True, slots=True)
class PlanWrite:
    """A roadmap of a file, and the programme that a person put it into."""

    plan: Plan
    programme_id: int | None
    block: int
    states: bool
    """Whether remarks on what was done become states."""


@dataclass(frozen=True, slots=True)
class MeasureWrite:
    """A table of indicators, and the title of the programme that it belongs to."""

    measures: Measures
    programme: str
    years: tuple[int, ...]
    """Of all tables of the file; empty when none names a year."""


@dataclass(frozen=True, slots=True)
class MonitoringWrite:
    """New rows of a monitoring table, cells by field, and the title of their programme."""

    rows: tuple[Mapping[str, str], ...]
    programme: str


@dataclass(frozen=True, slots=True)
class SupportWrite:
    """What a table says of the support of a school; negative ids are schools of this load.

    ``year`` is that of a risk; ``factor`` its key; ``place`` the school where a curator works;
    ``replaces`` the id of the mentor pair whose agreement this is.
    """

    school: int
    entry: Entry
    year: int | None = None
    factor: str = ""
    place: int | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class SkipWrite:
    """The answer «не наша» about a school of the files, by the key of its question."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class AskedWrite:
    """A question about a school as one file asks it, so that it can be answered later.

    ``contested``: code or name point to a school, and a register says that it is another.
    """

    key: str
    path: str
    ref: SchoolRef
    year: int | None
    contested: bool
    where: str


@dataclass
class Writes:
    """Everything that one load stores besides the record of the load itself."""

    blocks: list[BlockWrite] = field(default_factory=list)
    schools: list[int] = field(default_factory=list)
    """Provisional (negative) ids of the schools to create, in order."""
    values: list[ValueWrite] = field(default_factory=list)
    codes: list[CodeWrite] = field(default_factory=list)
    aliases: list[AliasWrite] = field(default_factory=list)
    results: list[ResultWrite] = field(default_factory=list)
    references: list[ReferenceWrite] = field(default_factory=list)
    records: list[RecordWrite] = field(default_factory=list)
    plans: list[PlanWrite] = field(default_factory=list)
    measures: list[MeasureWrite] = field(default_factory=list)
    monitoring: list[MonitoringWrite] = field(default_factory=list)
    support: list[SupportWrite] = field(default_factory=list)
    skips: dict[str, SkipWrite] = field(default_factory=dict)
    """By key: schools that a person said are none of ours."""
    asked: dict[tuple[str, str], AskedWrite] = field(default_factory=dict)
    """By key and file: schools that wait for an answer."""
    _block_ids: dict[int, int] = field(default_factory=dict)

    def block(self, file: int, block: Block) -> int:
        """Return the index of a block, noting it on its first use."""
        known = self._block_ids.get(id(block))
        if known is None:
            known = self._block_ids[id(block)] = len(self.blocks)
            self.blocks.append(BlockWrite(file, block.sheet, block.columns))
        return known

    def new_school(self) -> int:
        """Return the provisional id of one more school to create."""
        self.schools.append(-len(self.schools) - 1)
        return self.schools[-1]

    @property
    def touches_schools(self) -> bool:
        """Whether anything about schools themselves would be stored."""
        return bool(self.schools or self.values or self.codes or self.aliases)

    @property
    def touches_results(self) -> bool:
        """Whether any result or reference figure would be stored."""
        return bool(self.results or self.references)

    @property
    def touches_records(self) -> bool:
        """Whether any passport, list, comparison or other record would be stored."""
        return bool(self.records)
