"""Quantities in cells and the numbers of activities."""

from __future__ import annotations

import pytest

from app.services.roadmap.numbering import Place, bare, numbers, sort_key
from app.services.roadmap.quantities import parse_quantity


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8", 8), ("не менее 3", 3), ("не мене 1", 1), ("не менее 1раза в год", 1),
        ("1; 8", 1), ("1, 8", 1), ("1,8", 1.8), ("100 %", 100), ("64%", 64), ("1 000", 1000),
        ("2–3", 2), ("от 5 до 10", 5), ("1 раз в год", 1), ("Ежегодно", None), ("", None),
    ],
)  # fmt: skip
def test_quantities(text: str, number: float | None) -> None:
    found = parse_quantity(text)
    assert (found.text, found.number, found.problem) == (text, number, "")


@pytest.mark.parametrize("text", ["– 30", "-30", "6 5", "1 0 0"])
def test_doubtful_quantities_give_no_number(text: str) -> None:
    found = parse_quantity(text)
    assert found.number is None
    assert "число не взято" in found.problem


def test_limits() -> None:
    assert parse_quantity("не менее 3").at_least
    assert parse_quantity("не более 12").at_most


def test_numbers_follow_the_heading() -> None:
    places = [
        Place(1, True, "1.", level=1),
        Place(2, False, auto=True),
        Place(3, False, "1.2"),
        Place(4, True, "", level=2),
        Place(5, False, auto=True),
        Place(6, True, "2 .", level=1),
        Place(7, False, auto=True),
    ]
    assert numbers(places) == {2: "1.1", 5: "1.3", 7: "2.1"}


def test_numbers_without_headings_run_through() -> None:
    places = [
        Place(1, False, auto=True),
        Place(2, True, "", level=1),
        Place(3, False, auto=True),
        Place(4, False, auto=True),
    ]
    assert numbers(places) == {1: "1", 3: "2", 4: "3"}


def test_order_of_numbers() -> None:
    assert sorted(["1.10", "1.9", "1.2"], key=sort_key) == ["1.2", "1.9", "1.10"]
    assert bare("4 . 1 .") == "4.1"
