"""The ИСБ: shares of a passport, the scale among schools, what is enough, the quartile."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.methodology.isb import (
    IsbIndicator,
    IsbModel,
    Passport,
    compute,
    lower_quartile,
    share,
)


def indicator(name: str, weight: str, adverse: bool = True, *more: tuple[str, ...]) -> IsbIndicator:
    """Return an indicator that is a figure of its own name."""
    ways = ((name,), *more)
    return IsbIndicator(name, name, Decimal(weight), adverse, ways, "pupils", "источник", False)


HIGHER = indicator("higher", "0.2", False)
POOR = indicator("poor", "0.5")
RECORD = indicator("record", "0.3", True, ("pdn", "kdn"))
MODEL = IsbModel("x", 1, "Модель", Decimal(70), (HIGHER, POOR, RECORD))


@pytest.mark.parametrize(
    ("passport", "expected"),
    [
        ({"record_share": 12.5, "record": 1, "pupils": 100}, Fraction(25, 2)),
        ({"record": 1, "pupils": 3}, Fraction(100, 3)),
        ({"record": 0, "pupils": 3}, Fraction(0)),
        ({"pdn": 1, "kdn": 2, "pupils": 10}, Fraction(30)),
        ({"pdn_share": 1.5, "kdn": 2, "pupils": 10}, Fraction(43, 2)),
        ({"pdn": 1, "pupils": 10}, None),
        ({"record": 1}, None),
        ({"record": 1, "pupils": 0}, None),
        ({"record": "один", "pupils": 10}, None),
        ({"record": True, "pupils": 10}, None),
        ({}, None),
    ],
)
def test_a_share_is_taken_from_what_the_passport_gives(
    passport: Passport, expected: Fraction | None
) -> None:
    assert share(passport, RECORD) == expected


def test_each_indicator_adds_its_points_and_adverse_ones_are_turned_over() -> None:
    found = compute(
        {
            "трудная": {"higher_share": 10, "poor_share": 60, "record_share": 9},
            "средняя": {"higher_share": 20, "poor_share": 30, "record_share": 6},
            "лёгкая": {"higher_share": 30, "poor_share": 0, "record_share": 0},
        },
        MODEL,
    )
    assert [result.value for result in found.values()] == [0, Fraction(45), 100]
    middle = found["средняя"].contributions
    assert [item.place for item in middle] == [Fraction(1, 2), Fraction(1, 2), Fraction(1, 3)]
    assert [item.points for item in middle] == [10, 25, 10]
    assert found["средняя"].known_percent == 100


def test_an_indicator_that_is_the_same_everywhere_stands_in_the_middle() -> None:
    found = compute({1: {"higher_share": 5, "poor_share": 7, "record_share": 9}}, MODEL)
    assert found[1].value == 50


@pytest.mark.parametrize(
    ("passport", "known", "value"),
    [
        ({"higher_share": 1, "poor_share": 1}, 70, 50),
        ({"poor_share": 1}, 50, None),
        ({"poor_share": 1, "record_share": 1}, 80, 50),
        ({}, 0, None),
    ],
)
def test_seventy_per_cent_of_the_weight_must_be_known(
    passport: Passport, known: int, value: int | None
) -> None:
    result = compute({1: passport}, MODEL)[1]
    assert (result.known_percent, result.value) == (known, value)


def test_an_unknown_indicator_adds_nothing_and_the_rest_share_its_weight() -> None:
    everyone = {"higher_share": 1, "poor_share": 0}
    found = compute({1: everyone, 2: {"higher_share": 2, "poor_share": 10}}, MODEL)
    assert [item.points for item in found[1].contributions] == [0, Fraction(500, 7), None]
    assert found[1].value == Fraction(500, 7)


def test_an_indicator_without_weight_adds_nothing() -> None:
    model = replace(MODEL, indicators=(replace(POOR, weight=Decimal(0)), HIGHER))
    found = compute({1: {"poor_share": 4}, 2: {"higher_share": 1}}, model)
    assert found[1].contributions[0].points == 0
    assert (found[1].value, found[2].value) == (None, 50)


def test_no_passports_no_index() -> None:
    assert compute({}, MODEL) == {}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        ([5], Fraction(5)),
        ([4, 8], Fraction(5)),
        ([1, 2, 3, 4, 5], Fraction(2)),
        ([10, 20, 30, 40, 50, 60, 70, 80], Fraction(55, 2)),
    ],
)
def test_the_quartile_is_that_of_a_spreadsheet(
    values: list[int], expected: Fraction | None
) -> None:
    assert lower_quartile([Fraction(value) for value in values]) == expected


passports = st.lists(
    st.fixed_dictionaries(
        {"pupils": st.integers(1, 300), "poor": st.integers(0, 300), "record": st.integers(0, 9)},
        optional={"higher": st.integers(0, 300)},
    ),
    min_size=1,
    max_size=8,
)


@given(passports)
def test_the_order_of_schools_does_not_matter_and_points_add_up(
    found: list[dict[str, int]],
) -> None:
    schools = list(enumerate(found))
    straight, other = compute(dict(schools), MODEL), compute(dict(reversed(schools)), MODEL)
    assert straight == other
    for result in straight.values():
        known = [item.points for item in result.contributions if item.points is not None]
        assert result.value == sum(known)
        assert 0 <= sum(known) <= 100
