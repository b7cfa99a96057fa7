"""The pivot that a person shapes: fields in rows and columns, one measure, weighted totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.models.enums import AssessmentKind
from app.services.analysis.weighted import Measure, Tally, Weighted
from app.services.analysis.words import procedure_text
from app.services.results.types import ResultRow
from app.services.sorting import natural_key

_KINDS = {kind: place for place, kind in enumerate(AssessmentKind)}


class Field(StrEnum):
    """What results are arranged by."""

    SCHOOL = "school"
    YEAR = "year"
    KIND = "kind"
    SUBJECT = "subject"
    GRADE = "grade"
    PROCEDURE = "procedure"


FIELD_TITLES = {
    Field.SCHOOL: "Школа",
    Field.YEAR: "Год",
    Field.KIND: "Вид процедуры",
    Field.SUBJECT: "Предмет",
    Field.GRADE: "Класс",
    Field.PROCEDURE: "Процедура",
}

Key = tuple[Any, ...]
"""Values of the fields of a row or a column, in the order of the fields."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands where; no field may stand twice."""

    rows: tuple[Field, ...]
    columns: tuple[Field, ...]
    measure: Measure

    def __post_init__(self) -> None:
        fields = (*self.rows, *self.columns)
        if len(set(fields)) != len(fields):
            raise ValueError("a field stands once in a pivot")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a row or a column: its values and their texts, one per field."""

    key: Key
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The texts in one line."""
        return ", ".join(self.texts)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the pivot and the ids of the results behind it."""

    total: Weighted
    results: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pivot:
    """The finished table; a pair of keys without results has no cell."""

    layout: Layout
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: Mapping[tuple[Key, Key], Cell]
    row_totals: Mapping[Key, Cell]
    column_totals: Mapping[Key, Cell]
    grand: Cell

    def cell(self, row: Head, column: Head) -> Cell | None:
        """Return the cell of a row and a column, None where there are no results."""
        return self.cells.get((row.key, column.key))


@dataclass
class _Group:
    """Sums and ids of the results of one cell or total, and one result to name it by."""

    tally: Tally
    example: ResultRow | None = None
    ids: list[int] = field(default_factory=list)

    def join(self, other: _Group) -> None:
        """Take in the results of another group."""
        self.tally.join(other.tally)
        self.ids += other.ids
        self.example = self.example or other.example

    def cell(self) -> Cell:
        """Return the finished cell."""
        return Cell(self.tally.total(), tuple(sorted(self.ids)))


_Groups = dict[Key, _Group]


def pivot(results: Iterable[ResultRow], layout: Layout) -> Pivot:
    """Return the pivot of the results; their order does not matter.

    Totals add up the sums of the results, exactly; no share is ever made of other shares.
    """
    groups: dict[tuple[Key, Key], _Group] = {}
    key_of_row, key_of_column = _keys(layout.rows), _keys(layout.columns)
    for result in results:
        key = (key_of_row(result), key_of_column(result))
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Group(Tally(layout.measure), result)
        group.tally.add(result)
        group.ids.append(result.id)
    rows: _Groups = {}
    columns: _Groups = {}
    grand = _Group(Tally(layout.measure))
    for (row, column), group in groups.items():
        rows.setdefault(row, _Group(Tally(layout.measure))).join(group)
        columns.setdefault(column, _Group(Tally(layout.measure))).join(group)
        grand.join(group)
    return Pivot(
        layout,
        _heads(rows, layout.rows),
        _heads(columns, layout.columns),
        {key: group.cell() for key, group in groups.items()},
        {key: group.cell() for key, group in rows.items()},
        {key: group.cell() for key, group in columns.items()},
        grand.cell(),
    )


_VALUES: Mapping[Field, Callable[[ResultRow], Any]] = {
    Field.SCHOOL: lambda row: row.school_id,
    Field.YEAR: lambda row: row.year,
    Field.KIND: lambda row: row.kind,
    Field.SUBJECT: lambda row: row.subject,
    Field.GRADE: lambda row: row.grade,
    Field.PROCEDURE: lambda row: (row.kind, row.subject, row.grade),
}


def value_of(row: ResultRow, field: Field) -> Any:
    """Return the value of a field, as keys of the pivot hold it."""
    return _VALUES[field](row)


def _keys(fields: Sequence[Field]) -> Callable[[ResultRow], Key]:
    takers = [_VALUES[one] for one in fields]
    return lambda row: tuple(take(row) for take in takers)


def _heads(groups: Mapping[Key, _Group], fields: Sequence[Field]) -> tuple[Head, ...]:
    found = []
    for key, group in groups.items():
        example = group.example
        if example is not None:
            order = tuple(_order(example, one) for one in fields)
            found.append((order, Head(key, tuple(field_text(example, one) for one in fields))))
    return tuple(head for _, head in sorted(found, key=lambda item: item[0]))


def field_text(row: ResultRow, field: Field) -> str:
    """Return the value of a field as people read it."""
    match field:
        case Field.SCHOOL:
            return row.school
        case Field.KIND:
            return row.kind.value
        case Field.GRADE:
            return f"{row.grade} класс"
        case Field.PROCEDURE:
            return procedure_text(row.kind, row.subject, row.grade)
        case _:
            return str(value_of(row, field))


def _order(row: ResultRow, field: Field) -> Any:
    match field:
        case Field.SCHOOL:
            return (natural_key(row.school), row.school_id)
        case Field.KIND:
            return _KINDS[row.kind]
        case Field.PROCEDURE:
            return (_KINDS[row.kind], row.subject, row.grade)
        case _:
            return value_of(row, field)
