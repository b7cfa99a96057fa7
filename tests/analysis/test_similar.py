"""Groups of similar schools: the closest that is large enough, and the truth when none is."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.analysis import Criterion, shipped_similar_rule
from app.services.analysis.similar import (
    Trait,
    group_of,
    programme_of,
    quartiles,
    size_of,
    size_text,
)

RULE = shipped_similar_rule()
FULL = "до 11 класса"


def traits(count: int, quartile: int | None = 1, pupils: int | None = 80) -> list[Trait]:
    return [Trait(number, FULL, pupils, quartile) for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("СОШ", "МБОУ СОШ № 1", FULL),
        ("ООШ", "МКОУ Еланская ООШ", "до 9 класса"),
        ("Начальная школа", "", "до 4 класса"),
        (None, "МАОУ Гимназия № 5", "повышенный уровень (лицей, гимназия, углублённое изучение)"),
        (None, "МБОУ СОШ с углублённым изучением языков", RULE.programmes[0].title),
        (None, "Школа", None),
        ("прочее", "МБОУ ООШ № 2", "до 9 класса"),
    ],
)
def test_programmes(kind: str | None, name: str, expected: str | None) -> None:
    assert programme_of(kind, name, RULE) == expected


@pytest.mark.parametrize(
    ("pupils", "text"),
    [
        (0, "до 50 обучающихся"),
        (50, "до 50 обучающихся"),
        (51, "51–100 обучающихся"),
        (600, "301–600 обучающихся"),
        (601, "больше 600 обучающихся"),
    ],
)
def test_sizes(pupils: int, text: str) -> None:
    assert size_text(size_of(pupils, RULE.borders), RULE.borders) == text


def test_quartiles_need_enough_schools_and_share_equal_values() -> None:
    values = {n: Fraction(n) for n in range(8)}
    assert quartiles(values, 8) == {0: 1, 1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 4, 7: 4}
    assert quartiles(values, 9) == {}
    assert set(quartiles(dict.fromkeys(range(8), Fraction(5)), 8).values()) == {1}


def test_the_closest_group_that_is_large_enough() -> None:
    group = group_of(1, [*traits(5), Trait(6, FULL, 80, 2), Trait(7, "до 9 класса", 80, 1)], RULE)
    assert group.members == (1, 2, 3, 4, 5)
    assert group.criteria == (Criterion.PROGRAMME, Criterion.SIZE, Criterion.ISB)
    assert group.enough
    assert group.text == (
        "Похожие школы: программа до 11 класса, 51–100 обучающихся, 1-й квартиль ИСБ; "
        "в группе 5, считая саму школу."
    )


def test_a_small_group_is_taken_wider_and_says_so() -> None:
    group = group_of(1, [*traits(4), Trait(6, FULL, 80, 2)], RULE)
    assert group.members == (1, 2, 3, 4, 6)
    assert group.enough
    assert "Не учтено, чтобы группа не была слишком мала: квартиль ИСБ." in group.text


def test_what_is_not_known_is_like_nothing() -> None:
    group = group_of(1, traits(6, quartile=None), RULE)
    assert group.criteria == (Criterion.PROGRAMME, Criterion.SIZE)
    assert "Не учтено, нет данных: квартиль ИСБ." in group.text
    unknown = group_of(1, [Trait(n, None, None, None) for n in range(1, 9)], RULE)
    assert (unknown.members, unknown.enough) == ((1,), False)
    assert unknown.text.startswith("Похожих школ не найти.")


def test_the_widest_group_may_still_be_too_small() -> None:
    group = group_of(1, traits(3), RULE)
    assert not group.enough
    assert group.members == (1, 2, 3)
    assert "Группа мала (нужно не меньше 5 школ): сравнивать не с кем." in group.text


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_order_and_likeness(seed: int, chance: random.Random) -> None:
    source = random.Random(seed)
    schools = [
        Trait(
            number,
            source.choice([FULL, "до 9 класса", None]),
            source.choice([None, 30, 80, 900]),
            source.choice([None, 1, 4]),
        )
        for number in range(1, 12)
    ]
    shuffled = list(schools)
    chance.shuffle(shuffled)
    rule = replace(RULE, smallest=3)
    group = group_of(5, schools, rule)
    assert group_of(5, shuffled, rule) == group
    assert 5 in group.members
    for member in group.members:
        same = group_of(member, schools, rule)
        if same.criteria == group.criteria:
            assert same.members == group.members
