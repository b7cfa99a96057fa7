"""Control rules: every impossible figure is caught with its sheet, cell, row and a hint."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.models.enums import AssessmentKind, CodeSystem, ReferenceScope, Severity
from app.services.importing import checking
from app.services.importing.checking import check, rules
from app.services.importing.facts import (
    Block,
    Extract,
    Fact,
    Marks,
    Problem,
    Procedure,
    ReferenceFact,
    RegisterFact,
    ResultFact,
    SchoolRef,
)

SCHOOL = SchoolRef(((CodeSystem.FISOKO, "edu000001"),), "МКОУ Примерная СОШ")
VPR = Procedure(AssessmentKind.VPR, 2025, "Математика", 5)
EGE = Procedure(AssessmentKind.EGE, 2025, "Русский язык", 11)
BASIC = Procedure(AssessmentKind.EGE, 2025, "Математика (базовая)", 11)
SOUND = Marks(10, 3, 4, 2, 1, below=3, p2=30.0, p3=40.0, p4=20.0, p5=10.0)
LETTERS = {
    "year": "$A$1", "grade": "$B$1", "name": "A", "fisoko": "A", "participants": "C",
    "n2": "D", "p2": "D", "n3": "E", "p3": "E", "n4": "F", "p4": "F", "n5": "G", "p5": "G",
    "below": "H", "mean": "I", "pupils": "J",
}  # fmt: skip


def found(*facts: Fact) -> tuple[Problem, ...]:
    return check(Extract((Block("Лист1", LETTERS, facts),)))


def result(marks: Marks, procedure: Procedure = VPR, rows: str = "11") -> ResultFact:
    return ResultFact(SCHOOL, procedure, marks, rows)


def district(participants: int | None, p2: float | None) -> ReferenceFact:
    shares = (None, None, None) if p2 is None else (100 - p2, 0.0, 0.0)
    return ReferenceFact(
        ReferenceScope.DISTRICT, "Примерный район", VPR, participants, p2, *shares, None, "10"
    )


def test_sound_figures_are_left_alone() -> None:
    assert found(result(SOUND)) == ()
    assert found(result(Marks(5, below=1, mean=55.4), EGE)) == ()


@pytest.mark.parametrize(
    ("change", "rule", "cell", "words"),
    [
        ({"participants": 0}, "percent_without_participants", "C11", "участников 0"),
        ({"participants": -4}, "percent_without_participants", "C11", "участников -4"),
        ({"participants": 4100}, "participants_plausible", "C11", "4100"),
        ({"p2": 120.0}, "percent_range", "D11", "120 %"),
        ({"p5": -10.0}, "percent_range", "G11", "-10 %"),
        ({"p2": 20.0}, "marks_sum", "D11, E11, F11, G11", "в сумме 90 %"),
        ({"n3": -4}, "counts_negative", "E11", "отрицательное"),
        ({"n2": 5, "below": 5}, "counts_sum", "C11, D11, E11, F11, G11", "отметок 12"),
        ({"below": 12}, "below_within", "H11, C11", "12 из 10"),
        ({"below": -1}, "below_within", "H11, C11", "-1 из 10"),
        ({"below": 4}, "below_equals_two", "H11, D11", "минимум 4"),
        ({"mean": 5.2}, "mean_scale", "I11", "5,2"),
        ({"mean": 3.9}, "mean_matches_marks", "I11", "получается 3,1"),
    ],
)
def test_each_impossible_figure(change: dict[str, float], rule: str, cell: str, words: str) -> None:
    problems = found(result(replace(SOUND, **change)))  # type: ignore[arg-type]
    matching = [p for p in problems if words in p.message and p.hint == rules()[rule].hint]
    assert [(p.cell, p.row, p.sheet) for p in matching] == [(cell, 11, "Лист1")]
    assert matching[0].severity is rules()[rule].severity
    assert "МКОУ Примерная СОШ" in matching[0].message


def test_shares_that_no_pupils_can_make() -> None:
    marks = Marks(10, p2=12.7, p3=27.3, p4=30.0, p5=30.0)
    (problem,) = found(result(marks))
    assert problem.severity is Severity.ERROR
    assert problem.cell == "C11, D11, E11, F11, G11"
    assert "«2» – 12,7 %" in problem.message


def test_a_wrong_sum_is_not_told_twice() -> None:
    (problem,) = found(result(Marks(10, p2=20.0, p3=30.0, p4=30.0, p5=10.0)))
    assert "в сумме 90 %" in problem.message


def of_means(*rows: tuple[tuple[int, int, int, int], float]) -> list[str]:
    """Return the cells of «columns are swapped» for rows of numbers of marks with their means."""
    facts = tuple(
        result(Marks(sum(n), *n, below=n[0], mean=mean), rows=str(row))
        for row, (n, mean) in enumerate(rows, start=11)
    )
    hint = rules()["marks_swapped"].hint
    told = [one for one in found(*facts) if one.hint == hint]
    assert all("столбцы «3» и «4», похоже, переставлены" in one.message for one in told)
    return [one.cell or "" for one in told]


def test_marks_under_each_others_titles_are_told_by_the_means() -> None:
    assert of_means(((4, 4, 10, 2), 3.2), ((2, 4, 12, 2), 3.3)) == ["E11, F11", "E12, F12"]


def test_a_wrong_mean_alone_says_nothing_of_columns() -> None:
    assert of_means(((4, 4, 10, 2), 3.2)) == []
    assert of_means(((4, 4, 10, 2), 3.2), ((2, 4, 12, 2), 3.7)) == []
    assert of_means(((4, 4, 10, 2), 3.2), ((2, 4, 12, 2), 4.9)) == []


def test_rounding_to_whole_per_cents_is_no_error() -> None:
    assert found(result(Marks(3, 1, 1, 1, 0, below=1, p2=33.0, p3=33.0, p4=33.0, p5=0.0))) == ()


@pytest.mark.parametrize(
    ("procedure", "mean", "sound"),
    [(EGE, 100.0, True), (EGE, 101.0, False), (BASIC, 4.5, True), (BASIC, 45.0, False)],
)
def test_a_mean_within_its_own_scale(procedure: Procedure, mean: float, sound: bool) -> None:
    assert (found(result(Marks(5, mean=mean), procedure)) == ()) is sound


def test_a_year_or_grade_that_cannot_be() -> None:
    (year,) = found(result(SOUND, replace(VPR, year=2052)))
    assert (year.severity, year.cell) == (Severity.ERROR, "A1")
    (grade,) = found(result(SOUND, replace(VPR, grade=9)))
    assert (grade.severity, grade.cell) == (Severity.WARNING, "B1")


def test_one_school_twice() -> None:
    first, second = found(result(SOUND, rows="11"), result(SOUND, rows="12"))
    assert {first.row, second.row} == {11, 12}
    assert "в строке 11" in first.message
    other = ResultFact(SchoolRef((), "Другая школа"), VPR, SOUND, "13")
    assert found(result(SOUND), other, result(SOUND, EGE, "14")) == ()


def test_the_row_of_the_district_against_its_schools() -> None:
    assert found(district(10, 30.0), result(SOUND)) == ()
    assert found(district(None, 30.0), result(SOUND)) == ()
    assert found(district(10, None), result(SOUND)) == ()
    assert found(district(10, 30.0)) == ()
    (number,) = found(district(12, 30.0), result(SOUND))
    assert (number.severity, number.cell) == (Severity.WARNING, "C10")
    (share,) = found(district(10, 20.0), result(SOUND))
    assert (share.severity, share.cell) == (Severity.WARNING, "D10")
    assert "30 %" in share.message


def test_two_district_rows_are_not_compared() -> None:
    other = replace(district(99, 30.0), name="Другой район", rows="9")
    assert found(district(12, 30.0), other, result(SOUND)) == ()


def test_a_reference_row_with_impossible_shares() -> None:
    (problem,) = found(replace(district(10, 30.0), p3=50.0))
    assert "в сумме 80 %" in problem.message
    assert problem.row == 10


def test_pupils_of_a_register() -> None:
    def school(pupils: int) -> RegisterFact:
        return RegisterFact(SCHOOL, {"pupils": pupils}, "4")

    assert found(school(0), school(504)) == ()
    for pupils in (-1, 50400):
        (problem,) = found(school(pupils))
        assert (problem.cell, problem.row) == ("J4", 4)


def test_no_participants_and_no_shares() -> None:
    (problem,) = found(result(Marks(0)))
    assert problem.rule == "participants_positive"


def test_an_aggregated_result_is_reported_at_its_first_row() -> None:
    (problem,) = found(result(Marks(0), rows="3,8-12"))
    assert (problem.cell, problem.row) == ("C3,C8:C12", 3)


def test_every_rule_has_a_source_and_a_hint() -> None:
    assert all(rule.hint and rule.source and rule.title for rule in rules().values())


counts = st.integers(-1, 60) | st.none()
shares = st.sampled_from([None, -1.0, 0.0, 10.0, 20.0, 25.0, 30.0, 40.0, 50.5, 100.0, 101.0])


@settings(max_examples=400, deadline=None)
@given(
    st.lists(counts, min_size=5, max_size=5),
    st.lists(shares, min_size=4, max_size=4),
    st.sampled_from([None, 3.4, 1.0]),
    st.sampled_from([VPR, EGE, replace(VPR, year=1990), replace(VPR, grade=1)]),
)
@example([3, 4, 2, 1, 3], [30.0, 40.0, 20.0, 10.0], None, VPR)
@example([3, 4, 2, 1, 3], [None, None, None, None], None, VPR)
def test_what_passes_at_a_glance_breaks_no_rule(
    numbers: list[int | None], parts: list[float | None], mean: float | None, procedure: Procedure
) -> None:
    *four, below = numbers
    participants = sum(number or 0 for number in four)
    fact = result(Marks(participants, *four, below, *parts, mean), procedure)
    if not checking._Sound().doubtful((fact,)):
        assert list(checking._of_fact(checking._Spot(Block("Лист1", LETTERS, ()), fact))) == []


def test_sound_figures_pass_at_a_glance() -> None:
    assert checking._Sound().doubtful((result(SOUND),)) == []
