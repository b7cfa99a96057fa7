"""Rows of pupils counted by school and procedure; nothing of a single pupil is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.models.enums import AssessmentKind
from app.services.importing.cells import absence, compact_rows, read_number
from app.services.importing.counts import number_text
from app.services.importing.facts import Block, Marks, Procedure, ResultFact, SchoolRef
from app.services.importing.grid import address, column_letters
from app.services.importing.layouts.aggregation import marks_of
from app.services.importing.layouts.ege_protocol import scores_of
from app.services.importing.layouts.protocols import MARKS, SCORES, Pupils, ScoreRule
from app.services.importing.layouts.pupil_scores import (
    score_name,
    scores_block,
    scores_of_pupils,
)
from app.services.importing.mapped.rows import Rows
from app.services.importing.mapped.table import Table
from app.services.importing.thresholds import minimum

_RESULT_FIELDS = ("participants", "n2", "n3", "n4", "n5", "below", "mean")


@dataclass
class _Pupils:
    """Results of the pupils of one school in one procedure, and all rows that decide it."""

    scores: list[tuple[int, int]] = field(default_factory=list)
    """0-based rows with their marks or test scores."""
    rows: list[int] = field(default_factory=list)

    @property
    def faulty(self) -> set[int]:
        """Rows whose result is no mark or score: they keep the school out."""
        return {*self.rows} - {row for row, _ in self.scores}

    @property
    def values(self) -> list[int]:
        """The marks or test scores alone."""
        return [value for _, value in self.scores]


@dataclass
class _Course:
    """The reading of one table of pupils."""

    table: Table
    column: int
    rule: ScoreRule
    schools: dict[tuple[SchoolRef, Procedure], _Pupils] = field(default_factory=dict)
    absent: dict[str, list[int]] = field(default_factory=dict)


def blocks(table: Table, rows: Rows) -> tuple[Block, ...]:
    """Return one result per school and procedure, and its pupils by score where there are any."""
    placed = table.mapping.placed("mark") or table.mapping.placed("score")
    column = placed.column if placed else 0
    rule = MARKS if table.mapping.placed("mark") else SCORES
    course = _Course(table, column, rule)
    for row in rows.data:
        _read(course, row)
    _tell_absent(course)
    facts = tuple(
        ResultFact(ref, procedure, _marks(course, procedure, found.values), _rows_of(found))
        for (ref, procedure), found in course.schools.items()
        if found.values
    )
    sources = table.sources([fact.ref for fact in facts])
    result = dict.fromkeys(_RESULT_FIELDS, column_letters(column))
    results = Block(table.sheet.name, {**sources, **result}, facts)
    return (results, *_distributions(course, sources))


def _distributions(course: _Course, places: Mapping[str, str]) -> Iterator[Block]:
    """Yield the pupils by score, a block per procedure: primary scores, or the test scores."""
    table = course.table
    primary = table.mapping.placed("primary")
    if primary is None and course.rule is MARKS:
        return
    column = primary.column if primary and course.rule is MARKS else course.column
    procedures = dict.fromkeys(procedure for _, procedure in course.schools)
    for procedure in procedures:
        schools = [
            Pupils(ref, found.scores, sorted(found.faulty))
            for (ref, one), found in course.schools.items()
            if one == procedure
        ]
        read = [
            (one, scores_of_pupils(table.sheet, column, one, table.findings)) for one in schools
        ]
        name = score_name(course.rule, None)
        made = scores_block(table.sheet, places, column, name, read, procedure)
        if made.facts:
            yield made


def _rows_of(found: _Pupils) -> str:
    return compact_rows(row + 1 for row in found.rows)


def _read(course: _Course, row: int) -> None:
    """Count one pupil; a faulty result keeps the whole school out until it is mended."""
    table = course.table
    owner = table.owner(row, total=False)
    procedure = table.procedures.read(row)
    if owner is None or procedure is None:
        return
    why = absence(table.sheet.at(row, course.column))
    if why is not None:
        course.absent.setdefault(why.casefold(), []).append(row)
        return
    found = course.schools.setdefault((owner.ref, procedure), _Pupils())
    found.rows.append(row)
    value = _score(course, row)
    if value is not None:
        found.scores.append((row, value))


def _score(course: _Course, row: int) -> int | None:
    number = read_number(course.table.sheet.at(row, course.column))
    if number.whole is not None and number.whole in course.rule.allowed:
        return number.whole
    what = number.fault or f"{number_text(number.value or 0)} – такого значения не бывает"
    course.table.findings.cell_error(
        row,
        course.column,
        f"{course.rule.title.capitalize()}: {what}.",
        f"{course.rule.hint} Результат школы не принят, пока ошибка не исправлена.",
    )
    return None


def _tell_absent(course: _Course) -> None:
    for why, rows in course.absent.items():
        written = "ячейка пустая" if why == "пусто" else f"написано «{why}»"
        course.table.findings.rows_warning(
            rows,
            course.column,
            f"Без результата ({written}): {len(rows)} чел. В число участников не входят.",
            "Если результат есть, впишите его и загрузите файл снова.",
        )


def _marks(course: _Course, procedure: Procedure, values: list[int]) -> Marks:
    if course.rule is MARKS:
        return marks_of(values)
    least = None
    if procedure.kind is AssessmentKind.EGE:
        least = minimum(procedure.subject, procedure.year)
    if least is None or not least.confirmed:
        _tell_minimum(course, procedure, known=least is not None)
    return scores_of(values, least)


def _tell_minimum(course: _Course, procedure: Procedure, *, known: bool) -> None:
    """Say that below-minimum is not counted, or by an unconfirmed minimum; once per procedure."""
    named = f"{procedure.kind}, {procedure.subject}, {procedure.year} год"
    what = (
        f"Минимальный балл ({named}) взят по другим годам и не подтверждён."
        if known
        else f"Минимальный балл неизвестен ({named}): ниже минимума не посчитано."
    )
    cell = address(course.table.header.first, course.column)
    if all(problem.message != what for problem in course.table.findings.problems):
        course.table.findings.sheet_warning(what, "Сверьте его с распоряжением.", cell)
