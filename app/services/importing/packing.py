"""How facts go from the child to the parent: results by columns, which takes a tenth of the time.

Pickle would name each field of each result again, and make it again by its constructor.  Here the
results of a block are a few lists of plain values; whatever else a block holds goes as it is.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from app.models.enums import CodeSystem
from app.services.importing.bulk import made
from app.services.importing.facts import Block, Fact, Marks, ResultFact, SchoolRef

_RESULT = tuple(ResultFact.__dataclass_fields__)
_MARKS = tuple(Marks.__dataclass_fields__)
_marks_of = attrgetter(*_MARKS)
_result_of = attrgetter(*_RESULT)
_AT = {name: place for place, name in enumerate(_RESULT)}

Columns = tuple[Sequence[Any], ...]


def _pack(block: Block) -> tuple[Callable[..., Block], tuple[Any, ...]]:
    results = [fact for fact in block.facts if type(fact) is ResultFact]
    others = [(at, fact) for at, fact in enumerate(block.facts) if type(fact) is not ResultFact]
    packed = _packed(results) if results else ()
    return _unpack, (block.sheet, dict(block.columns), packed, others)


def _unpack(
    sheet: str, columns: dict[str, str], packed: tuple[Any, ...], others: list[tuple[int, Fact]]
) -> Block:
    facts: list[Fact] = list(_unpacked(*packed)) if packed else []
    for at, fact in others:
        facts.insert(at, fact)
    return Block(sheet, columns, tuple(facts))


def _packed(results: Sequence[ResultFact]) -> tuple[Columns, Columns, list[int]]:
    """Return the results by columns, the different marks by columns, and which marks are whose."""
    columns = list(zip(*map(_result_of, results), strict=True))
    columns[_AT["ref"]] = tuple(map(_spelt, columns[_AT["ref"]]))
    marks = columns[_AT["marks"]]
    different: dict[int, Marks] = {id(one): one for one in marks}
    places = {key: place for place, key in enumerate(different)}
    whose = [places[id(one)] for one in marks]
    columns[_AT["marks"]] = ()
    return tuple(columns), tuple(zip(*map(_marks_of, different.values()), strict=True)), whose


def _unpacked(columns: Columns, marks: Columns, whose: Sequence[int]) -> Iterable[ResultFact]:
    different = made(Marks, len(marks[0]), marks)
    full = list(columns)
    full[_AT["ref"]] = [_ref(*one) for one in columns[_AT["ref"]]]
    full[_AT["marks"]] = [different[place] for place in whose]
    return made(ResultFact, len(whose), full)


@lru_cache(maxsize=65536)
def _spelt(ref: SchoolRef) -> tuple[str | None, ...]:
    """Return a reference as texts: the name, then each system with its code."""
    return (ref.name, *(text for system, code in ref.codes for text in (system.value, code)))


@lru_cache(maxsize=65536)
def _ref(name: str | None, *codes: str) -> SchoolRef:
    # Kept, for the files of a stick speak of the same schools.
    pairs = zip(codes[::2], codes[1::2], strict=True)
    return SchoolRef(tuple((CodeSystem(system), code) for system, code in pairs), name)


def _melted(values: Mapping[Any, Any]) -> tuple[Callable[..., Any], tuple[dict[Any, Any]]]:
    return _frozen, (dict(values),)


def _frozen(values: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(values)


def be_used() -> None:
    """Let pickle, in this process, take facts and mappings apart as said here."""
    copyreg.pickle(Block, _pack)
    copyreg.pickle(MappingProxyType, _melted)
