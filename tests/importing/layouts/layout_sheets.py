"""Builds sheets for the tests of layouts from rows written as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.models.enums import Severity
from app.services.importing.facts import Extract, Problem, RegisterFact, ResultFact
from app.services.importing.grid import CellValue, Sheet
from app.services.importing.layouts import best_layout


def sheet(*rows: Sequence[CellValue] | str, name: str = "Лист1") -> Sheet:
    """Return a sheet; a row given as text is split at «;», an empty part is an empty cell."""
    return Sheet(name, [_row(row) for row in rows])


def _row(row: Sequence[CellValue] | str) -> list[CellValue]:
    if not isinstance(row, str):
        return list(row)
    return [_value(part) for part in row.split(";")]


def _value(text: str) -> CellValue:
    if not text:
        return None
    return int(text) if text.isdigit() and not text.startswith("0") else text


def read(made: Sheet, layout: str) -> Extract:
    """Return what the best layout extracts, after checking that it is the expected one."""
    found = best_layout(made)
    assert found is not None
    assert found[0].key == layout
    assert found[1] <= found[0].at_most(made)
    return found[0].extract(made)


def results(extract: Extract) -> list[ResultFact]:
    """Return the results of schools."""
    return [f for b in extract.blocks for f in b.facts if isinstance(f, ResultFact)]


def schools(extract: Extract) -> list[RegisterFact]:
    """Return the rows of a register."""
    return [f for b in extract.blocks for f in b.facts if isinstance(f, RegisterFact)]


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the errors."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def said(problems: Iterable[Problem], text: str) -> list[Problem]:
    """Return the problems whose sentence holds ``text``."""
    return [problem for problem in problems if text in problem.message]


def numbers(fact: ResultFact) -> tuple[int | None, ...]:
    """Return participants and the numbers of the marks 2, 3, 4, 5."""
    marks = fact.marks
    return (marks.participants, marks.n2, marks.n3, marks.n4, marks.n5)
