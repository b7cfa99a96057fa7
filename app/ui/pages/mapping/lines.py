"""Columns of the two tables of the preview."""

from __future__ import annotations

from typing import NamedTuple

from app.models.enums import Severity
from app.services.importing.facts import Problem
from app.services.mapping import PreviewLine
from app.ui.itemmodels.columns import Chip, Column, Sign
from app.ui.theme.colors import Tone

_SEVERITIES = {
    Severity.ERROR: Chip(Tone.DANGER, Sign.DOWN, "ошибка"),
    Severity.WARNING: Chip(Tone.WARNING, Sign.ALERT, "внимание"),
}


class FactLine(NamedTuple):
    """A line of the preview with its number."""

    number: int
    line: PreviewLine


class ProblemLine(NamedTuple):
    """A problem with its number."""

    number: int
    problem: Problem


FACTS: tuple[Column[FactLine], ...] = (
    Column("rows", "Строки", lambda one: one.line.rows, width=64),
    Column("who", "Чьё", lambda one: one.line.who, width=260),
    Column("item", "О чём", lambda one: one.line.item, width=260),
    Column("figures", "Что получится", lambda one: one.line.figures, width=420),
)
PROBLEMS: tuple[Column[ProblemLine], ...] = (
    Column(
        "severity",
        "Важность",
        lambda one: _SEVERITIES[one.problem.severity].word,
        width=104,
        chip=lambda one: _SEVERITIES[one.problem.severity],
    ),
    Column("cell", "Ячейка", lambda one: (one.problem.cell or "").replace("$", ""), width=90),
    Column(
        "message",
        "Что не так и что сделать",
        lambda one: f"{one.problem.message} {one.problem.hint}".strip(),
        width=640,
    ),
)
