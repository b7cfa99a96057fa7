"""The distance to the border of ШНОР, checked against trying every change of results."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.enums import Category
from app.services.methodology.rules import classify_school
from app.services.methodology.types import Join, Outcome, RuleSet
from tests.methodology.builders import EGE_BASIC, FEDERAL, MA4, MA5, OGE_MA, RU4, YEAR, got, rules

SHNOR = Category.SHNOR


def distance_of(*outcomes: Outcome, by: RuleSet = FEDERAL) -> int | None:
    """Return the distance in pupils."""
    return classify_school(outcomes, by, YEAR).distance.pupils


def by_trial(outcomes: list[Outcome], by: RuleSet) -> int | None:
    """Return the distance by trying every number of low results in every procedure."""
    inside = classify_school(outcomes, by, YEAR).category is SHNOR
    now = [outcome for outcome in outcomes if outcome.year == YEAR]
    past = [outcome for outcome in outcomes if outcome.year < YEAR]
    costs = []
    for counts in product(*(range((o.participants or 0) + 1) for o in now)):
        changed = [replace(o, below=below) for o, below in zip(now, counts, strict=True)]
        if (classify_school([*changed, *past], by, YEAR).category is SHNOR) is not inside:
            before = [o.below or 0 for o in now]
            costs.append(sum(abs(a - b) for a, b in zip(before, counts, strict=True)))
    return min(costs, default=None)


def test_outside_by_the_cheapest_two_procedures() -> None:
    assert distance_of(got(MA4, 0, 10), got(RU4, 2, 10), got(MA5, 0, 3)) == 2
    assert distance_of(got(MA4, 3, 10), got(RU4, 2, 10)) == 1


def test_outside_by_the_procedure_that_was_low_last_year() -> None:
    assert distance_of(got(MA4, 1, 10), got(MA4, 3, 10, 2024), got(RU4, 0, 10)) == 2


def test_inside_every_rule_that_holds_must_be_left() -> None:
    running = got(MA4, 3, 10), got(MA4, 3, 10, 2024)
    assert distance_of(*running) == 1
    assert distance_of(*running, got(RU4, 5, 10)) == 1
    assert distance_of(*running, got(RU4, 5, 10), got(MA5, 5, 10)) == 4


def test_when_both_rules_are_needed_the_way_in_leads_through_a_ready_procedure() -> None:
    by = rules(join=Join.AND)
    was_low = got(MA4, 3, 10, 2024)
    assert distance_of(got(MA4, 1, 10), was_low, got(RU4, 2, 10), by=by) == 3
    assert distance_of(got(MA4, 3, 10), was_low, got(RU4, 2, 10), by=by) == 1


def test_one_procedure_alone_can_never_make_two() -> None:
    verdict = classify_school([got(MA4, 0, 10)], FEDERAL, YEAR)
    assert verdict.distance.pupils is None
    assert verdict.distance.text == (
        "Признаки ШНОР в этом году возникнуть не могут: для правила не хватает процедур или "
        "низких результатов прошлых лет (учтена 1 процедура)."
    )
    assert classify_school([], FEDERAL, YEAR).distance.text == (
        "Расстояние до порога не определено: нет учтённых результатов."
    )


def test_margins_are_in_points_and_pupils_the_worst_first() -> None:
    distance = classify_school([got(MA4, 0, 10), got(RU4, 4, 10)], FEDERAL, YEAR).distance
    assert [(m.outcome.procedure, m.points, m.pupils) for m in distance.margins] == [
        (RU4, 10.0, 2),
        (MA4, -30.0, 3),
    ]
    assert [step.outcome.procedure for step in distance.steps] == [MA4]


def test_sentences_name_the_procedures_of_the_way() -> None:
    inside = classify_school([got(MA4, 3, 10), got(RU4, 5, 10)], FEDERAL, YEAR).distance
    assert inside.text == (
        "Школа выйдет из перечня, если результат улучшит 1 участник: "
        "ВПР, математика, 4 класс – 1 (ровно на пороге)."
    )
    outside = classify_school([got(MA4, 2, 10), got(RU4, 1, 10)], FEDERAL, YEAR).distance
    assert outside.text == (
        "Запас до признаков ШНОР – 3 участника: ВПР, математика, 4 класс – 1 (на 10,0 п. п. ниже "
        "порога); ВПР, русский язык, 4 класс – 2 (на 20,0 п. п. ниже порога)."
    )
    far = classify_school([got(MA4, 9, 10), got(RU4, 9, 10)], FEDERAL, YEAR).distance
    assert "улучшат 7 участников: ВПР, математика, 4 класс – 7 (на 60,0 п. п. выше" in far.text


def test_a_distance_that_is_not_zero_is_never_written_as_zero() -> None:
    """From 29,96 to 30 it is 0,04, as the share beside it says, and not 0,0."""
    near = classify_school([got(MA4, 749, 2500), got(RU4, 3, 10)], FEDERAL, YEAR)
    assert "749 из 2500 (29,96 %)" in near.reason
    assert "математика, 4 класс – 1 (на 0,04 п. п. ниже порога)" in near.distance.text
    third = rules(threshold_percent=Decimal("33.3"))
    over = classify_school([got(MA4, 1, 3), got(RU4, 2, 3)], third, YEAR).distance
    assert "1 (на 0,03 п. п. выше порога)" in over.text


def test_a_share_without_counts_uses_the_nearest_count() -> None:
    rounded = got(MA4, None, 10, given_percent=40.0)
    assert distance_of(rounded, got(RU4, 5, 10)) == 2
    near = got(MA4, None, 9, given_percent=29.9)
    assert distance_of(near, got(RU4, 5, 10)) == 1


PROCEDURES = (MA4, RU4, MA5, OGE_MA, EGE_BASIC)


@st.composite
def small_schools(draw: st.DrawFn) -> list[Outcome]:
    """Return up to four procedures of the year with few participants, and some past ones."""
    found = []
    now = draw(st.integers(1, 4))
    for procedure in PROCEDURES[:now]:
        participants = draw(st.integers(1, 4))
        found.append(got(procedure, draw(st.integers(0, participants)), participants))
    for procedure in draw(st.sets(st.sampled_from(PROCEDURES))):
        found.append(got(procedure, draw(st.integers(0, 4)), 4, 2024))
    return found


@settings(max_examples=60)
@given(
    small_schools(),
    st.builds(
        rules,
        rule_a_procedures=st.one_of(st.none(), st.integers(1, 3)),
        rule_b_years=st.one_of(st.none(), st.just(2)),
        rule_b_same=st.booleans(),
        join=st.sampled_from(Join),
    ),
)
def test_the_distance_is_that_found_by_trying_everything(
    outcomes: list[Outcome], by: RuleSet
) -> None:
    if by.rule_a_procedures is None and by.rule_b_years is None:
        return
    assert distance_of(*outcomes, by=by) == by_trial(outcomes, by)
