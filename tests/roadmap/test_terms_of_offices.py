"""Deadlines as officials of other offices write them: parsed rightly, or kept and marked."""

from __future__ import annotations

from datetime import date

import pytest

from app.services.roadmap.terms import TermState, Years, parse_term
from tests.roadmap.office_terms import (
    DATED,
    DATED_IN_ONE_YEAR,
    IMPOSSIBLE,
    NOT_UNDERSTOOD,
    WITHOUT_DATES,
    YEARS_ASKED_FOR,
)

THREE = Years(2022, 2024)
ONE = Years(2023, 2023)


def rows(table: str) -> list[list[str]]:
    """Return the cells of a table of texts."""
    lines = table.strip().split("\n")
    return [[*(cell.strip() for cell in line.split(" |")), *[""] * 3][:4] for line in lines]


@pytest.mark.parametrize(("text", "start", "end", "recurrence"), rows(DATED))
def test_dated(text: str, start: str, end: str, recurrence: str) -> None:
    check_dated(text, THREE, start, end, recurrence)


@pytest.mark.parametrize(("text", "start", "end", "recurrence"), rows(DATED_IN_ONE_YEAR))
def test_dated_where_the_year_is_known(text: str, start: str, end: str, recurrence: str) -> None:
    check_dated(text, ONE, start, end, recurrence)
    asked = parse_term(text, THREE)
    assert (asked.state, asked.start, asked.end) == (TermState.NO_YEAR, None, None)


def check_dated(text: str, years: Years, start: str, end: str, recurrence: str) -> None:
    """Compare what a deadline says with its row of the table."""
    term = parse_term(text, years)
    assert term.state is TermState.DATED, term.problem
    assert term.start == (date.fromisoformat(start) if start else None)
    assert term.end == (date.fromisoformat(end) if end else None)
    assert (term.text, term.recurrence, term.marked) == (text, recurrence, False)


@pytest.mark.parametrize(("text", "recurrence"), [row[:2] for row in rows(WITHOUT_DATES)])
def test_understood_without_dates(text: str, recurrence: str) -> None:
    term = parse_term(text, THREE)
    assert (term.state, term.recurrence) == (TermState.OPEN, recurrence)
    assert (term.start, term.end, term.marked) == (None, None, False)


@pytest.mark.parametrize(
    ("table", "state"),
    [
        (NOT_UNDERSTOOD, TermState.UNKNOWN),
        (YEARS_ASKED_FOR, TermState.NO_YEAR),
        (IMPOSSIBLE, TermState.IMPOSSIBLE),
    ],
    ids=["not understood", "years asked for", "impossible"],
)
def test_what_is_not_certain_keeps_its_text_and_is_marked(table: str, state: TermState) -> None:
    for text in table.strip().split("\n"):
        term = parse_term(text, THREE)
        assert (term.text, term.state) == (text, state)
        assert (term.start, term.end, term.marked) == (None, None, True)
        assert term.problem.endswith(".")
