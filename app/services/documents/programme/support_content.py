"""Support as tables: risk factors of schools, curators, the network, monitoring."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.documents import blanks
from app.services.documents.blocks import Align, Block, Column, Table
from app.services.documents.language import initials, typeset_lines
from app.services.documents.programme.facts import (
    CuratorFacts,
    MatrixFacts,
    NetworkFacts,
    TableFacts,
)
from app.services.documents.widths import align_of, weight_of

_WIDE_FROM = 8
"""From so many schools on the matrix names schools in rows and factors by number in columns."""


def risk_blocks(facts: MatrixFacts) -> list[Block]:
    """Return the matrix of risk factors and schools; none where nothing was assessed."""
    if not facts.schools or not facts.factors:
        return []
    if len(facts.schools) >= _WIDE_FROM:
        return [_by_school(facts), _factor_key(facts)]
    share = 60.0 / len(facts.schools)
    schools = (Column(typeset_lines(name), share, Align.CENTER) for name in facts.schools)
    columns = (Column("№", 6.0, Align.CENTER), Column("Фактор риска", 34.0), *schools)
    rows = tuple(
        (str(number), typeset_lines(factor), *marks)
        for number, (factor, marks) in enumerate(
            zip(facts.factors, facts.marks, strict=True), start=1
        )
    )
    return [Table(columns, rows)]


def _by_school(facts: MatrixFacts) -> Table:
    share = 66.0 / len(facts.factors)
    numbers = (
        Column(str(number), share, Align.CENTER) for number in range(1, len(facts.factors) + 1)
    )
    columns = (Column("Образовательная организация", 34.0), *numbers)
    rows = tuple(
        (typeset_lines(school), *(marks[index] for marks in facts.marks))
        for index, school in enumerate(facts.schools)
    )
    return Table(columns, rows)


def _factor_key(facts: MatrixFacts) -> Table:
    rows = tuple(
        (str(number), typeset_lines(factor)) for number, factor in enumerate(facts.factors, start=1)
    )
    return Table((Column("№", 8.0, Align.CENTER), Column("Фактор риска", 92.0)), rows)


def curator_blocks(facts: tuple[CuratorFacts, ...]) -> list[Block]:
    """Return who helps which school; a name that is not known is a blank to fill by hand."""
    if not facts:
        return []
    with_term = any(one.term for one in facts)
    columns = [
        Column("№", 6.0, Align.CENTER),
        Column("Образовательная организация", 32.0),
        Column("Куратор", 26.0),
        Column("Должность, место работы", 36.0),
    ]
    if with_term:
        columns.append(Column("Срок", 14.0, Align.CENTER))
    rows = []
    for number, one in enumerate(facts, start=1):
        name = initials(one.name) if one.name else blanks.CELL
        place = ", ".join(part for part in (one.post, one.organization) if part)
        row = [str(number), typeset_lines(one.school), name, typeset_lines(place)]
        rows.append((*row, typeset_lines(one.term)) if with_term else tuple(row))
    return [Table(tuple(columns), tuple(rows))]


def network_blocks(facts: tuple[NetworkFacts, ...]) -> list[Block]:
    """Return the groups of the network with their members and principles."""
    if not facts:
        return []
    columns = (
        Column("№ группы", 10.0, Align.CENTER),
        Column("Образовательные организации", 45.0),
        Column("Принцип объединения", 45.0),
    )
    rows = tuple(
        (
            group.number or str(number),
            "\n".join(typeset_lines(name) for name in group.members),
            typeset_lines(group.principle),
        )
        for number, group in enumerate(facts, start=1)
    )
    return [Table(columns, rows)]


def table_blocks(facts: TableFacts) -> list[Block]:
    """Return a ready table without the columns that nobody filled, the wordy ones wider."""
    kept = [at for at in range(len(facts.titles)) if any(row[at] for row in facts.rows)]
    if not facts.rows:
        return []
    columns = tuple(_column(facts.titles[at], [row[at] for row in facts.rows]) for at in kept)
    rows = tuple(tuple(typeset_lines(row[at]) for at in kept) for row in facts.rows)
    return [Table(columns, rows)]


def _column(title: str, cells: Sequence[str]) -> Column:
    """Return a column that is as wide as its cells are long, within bounds."""
    if title.startswith("№"):
        return Column(typeset_lines(title), 3.0, Align.CENTER)
    return Column(typeset_lines(title), weight_of(cells), align_of(title))
