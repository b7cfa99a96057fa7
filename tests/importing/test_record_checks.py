"""Control rules of records: what cannot be keeps its row out, what is doubtful is told."""

from __future__ import annotations

import pytest

from app.models.enums import RecordKind, Severity
from app.services.importing.facts import Block, Extract, Problem, RecordFact
from app.services.importing.record_checks import check_records
from tests.importing.loads import ref

COLUMNS = {
    "pupils": "C", "large_families": "D", "large_families_share": "E", "boys": "F", "girls": "G",
    "participants": "$B$9", "lowered": "$B$6", "confirmed": "$B$7", "raised": "$B$8",
    "lowered_share": "$C$6", "confirmed_share": "$C$7", "raised_share": "$C$8",
    "score_0": "H", "score_1": "I",
}  # fmt: skip


def found(kind: RecordKind, rows: str = "5", **data: float) -> tuple[Problem, ...]:
    """Return what the rules say of one record."""
    fact = RecordFact(kind, 2025, data, rows, ref=ref("СОШ № 5"))
    return check_records(Extract((Block("Лист1", COLUMNS, (fact,)),)))


def test_a_part_above_its_whole_is_an_error() -> None:
    (problem,) = found(RecordKind.PASSPORT, pupils=50, large_families=51)
    assert (problem.severity, problem.cell, problem.row) == (Severity.ERROR, "D5, C5", 5)
    assert "51" in problem.message
    assert found(RecordKind.PASSPORT, pupils=50, large_families=50) == ()


@pytest.mark.parametrize(("share", "count"), [(18.0, 0), (18.6, 0), (18.7, 1), (12.0, 1)])
def test_a_share_within_its_rounding(share: float, count: int) -> None:
    problems = found(RecordKind.PASSPORT, pupils=50, large_families=9, large_families_share=share)
    assert len(problems) == count
    assert all(problem.severity is Severity.WARNING for problem in problems)


def test_parts_that_make_no_whole() -> None:
    (problem,) = found(RecordKind.PASSPORT, pupils=50, boys=20, girls=20)
    assert problem.cell == "C5, F5, G5"
    journal = {"participants": 9, "lowered": 3, "confirmed": 5, "raised": 0}
    (problem,) = found(RecordKind.JOURNAL, "6-9", **journal)
    assert problem.cell == "B9, B6, B7, B8"
    assert found(RecordKind.JOURNAL, "6-9", **{**journal, "confirmed": 6}) == ()


def test_shares_that_make_no_hundred() -> None:
    shares = {"lowered_share": 33.33, "confirmed_share": 50.0, "raised_share": 0.0}
    (problem,) = found(RecordKind.JOURNAL, "6-9", **shares)
    assert "83,33 %" in problem.message
    assert found(RecordKind.JOURNAL, "6-9", **{**shares, "confirmed_share": 66.67}) == ()
    assert found(RecordKind.SCORES, score_0=40, score_1=59.8) == ()
    assert len(found(RecordKind.SCORES, score_0=40, score_1=50)) == 1


def test_what_is_not_given_is_not_compared() -> None:
    assert found(RecordKind.PASSPORT, large_families=51, large_families_share=12) == ()
    assert found(RecordKind.PASSPORT, pupils=0, large_families=0, large_families_share=0) == ()
