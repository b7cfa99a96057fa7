"""What the region's file says beside its ИСБ: used where it is clear, told where it is not."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from app.services.methodology.region_isb import RegionIsb, as_number, region_isb

SOURCE = "файл «ИСБ.xlsx»"


def read(*rows: tuple[float, dict[str, Any]]) -> RegionIsb:
    """Return what the rows say; the schools are numbered from 0."""
    return region_isb(
        {number: data for number, (_, data) in enumerate(rows)},
        {number: Fraction(str(isb)) for number, (isb, _) in enumerate(rows)},
        dict.fromkeys(range(len(rows)), SOURCE),
    )


def quartiles(*rows: tuple[float, int]) -> RegionIsb:
    """Return what a column of quartiles says."""
    return read(*((isb, {"quartile": number}) for isb, number in rows))


def numbers(found: RegionIsb) -> dict[int, int | None]:
    """Return the quartiles that are used."""
    return {school: one.number for school, one in found.quartiles.items()}


def told(found: RegionIsb) -> list[int]:
    """Return the schools of which something is told."""
    return [school for school, notes in found.notes.items() if notes]


def test_an_answer_about_the_lowest_quartile_is_known_both_ways() -> None:
    found = read((20, {"lowest": 0}), (30, {"lowest": 1}), (40, {}))
    assert numbers(found) == {0: None, 1: 1}
    assert found.answers
    assert told(found) == [2]
    assert "этой – нет; квартиль района вместо него не берётся" in found.notes[2][0]


@pytest.mark.parametrize(
    ("lowest", "quartile", "number", "tells"),
    [(1, 1, 1, False), (0, 3, None, False), (0, 1, None, True), (1, 4, 1, True)],
)
def test_an_answer_goes_before_a_number_and_a_disagreement_is_told(
    lowest: int, quartile: int, number: int | None, tells: bool
) -> None:
    found = read((20, {"lowest": lowest, "quartile": quartile}))
    assert numbers(found) == {0: number}
    assert bool(found.notes[0]) is tells


def test_quartiles_in_the_order_of_the_index_are_all_used() -> None:
    found = quartiles((20, 1), (30, 2), (30, 3), (40, 4))
    assert numbers(found) == {0: 1, 1: 2, 2: 3, 3: 4}
    assert told(found) == []


def test_one_pair_out_of_order_takes_only_its_own_schools_out() -> None:
    found = quartiles((10, 1), (20, 1), (35, 3), (30, 2), (36, 2), (50, 3), (60, 4))
    assert numbers(found) == {0: 1, 1: 1, 3: 2, 5: 3, 6: 4}
    assert told(found) == [2, 4]
    assert found.notes[4] == [
        "В файле региона (файл «ИСБ.xlsx») квартилем ИСБ стоит 2, но с ИСБ и квартилями других "
        "школ это не сходится; не учтено. Уточните у региона или решите по школе вручную."
    ]


@pytest.mark.parametrize("rows", [((20, 4), (30, 3), (40, 1)), ((20, 2), (30, 1))])
def test_quartiles_from_the_top_are_told_to_every_school(
    rows: tuple[tuple[float, int], ...],
) -> None:
    found = quartiles(*rows)
    assert not found.answers
    assert told(found) == list(range(len(rows)))
    assert "номер больше, нижний не узнать; не учтено" in found.notes[0][0]


@pytest.mark.parametrize("number", [1, 4])
def test_one_quartile_for_all_says_nothing_of_its_direction(number: int) -> None:
    found = quartiles((20, number), (30, number))
    assert numbers(found) == {}
    assert told(found) == [0, 1]
    assert f"стоит {number}: снизу его считают или сверху, не видно" in found.notes[1][0]


@pytest.mark.parametrize("rows", [((20, 2), (30, 2)), ((20, 3), (30, 2))])
def test_the_quartiles_in_the_middle_are_the_lowest_by_no_count(
    rows: tuple[tuple[float, int], ...],
) -> None:
    found = quartiles(*rows)
    assert numbers(found) == {number: quartile for number, (_, quartile) in enumerate(rows)}
    assert told(found) == []


def test_a_quartile_that_is_none_is_told_to_its_school() -> None:
    found = read((20, {"quartile": 1}), (30, {"quartile": 35.5}), (40, {"quartile": 2}))
    assert numbers(found) == {0: 1, 2: 2}
    assert "квартилем ИСБ стоит 35,5: бывает от 1 до 4" in found.notes[1][0]
    assert len(found.notes[1]) == 1


def test_the_only_cutoff_serves_every_school_and_several_only_their_rows() -> None:
    one = read((34, {"cutoff": 35}), (40, {}))
    assert {school: cutoff.value for school, cutoff in one.cutoffs.items()} == {0: 35, 1: 35}
    assert told(one) == []
    several = read((34, {"cutoff": 35}), (34, {"cutoff": 33.5}), (30, {}))
    assert {school: cutoff.value for school, cutoff in several.cutoffs.items()} == {
        0: 35,
        1: Fraction("33.5"),
    }
    assert told(several) == [2]
    assert "границей ИСБ стоит 33,5, 35, а в строке школы границы нет" in several.notes[2][0]


def test_a_number_of_a_quartile_is_no_cutoff() -> None:
    found = read((30, {"cutoff": 1}), (40, {"cutoff": 2}), (50, {}))
    assert not found.answers
    assert told(found) == [0, 1, 2]
    assert "границей ИСБ стоит 1, 2: это похоже на номер квартиля; не учтено" in found.notes[2][0]


@pytest.mark.parametrize(
    ("isb", "cutoff", "text"),
    [
        (30, 20, "Граница ИСБ из файла региона – 20, она ниже ИСБ всех школ"),
        (1.5, 2, "Граница ИСБ из файла региона – 2: это похоже на номер квартиля"),
    ],
)
def test_a_cutoff_that_may_be_another_figure_serves_and_is_told(
    isb: float, cutoff: float, text: str
) -> None:
    found = read((isb, {"cutoff": cutoff}))
    assert found.cutoffs[0].value == cutoff
    assert found.notes[0][0].startswith(text)


def without_index(*rows: tuple[float | None, dict[str, Any]]) -> RegionIsb:
    """Return what the rows say, some of which have no index."""
    isb = {n: Fraction(str(isb)) for n, (isb, _) in enumerate(rows) if isb is not None}
    records = {n: data for n, (_, data) in enumerate(rows)}
    return region_isb(records, isb, dict.fromkeys(records, SOURCE))


def test_an_answer_about_a_school_without_an_index_is_an_answer() -> None:
    found = without_index((None, {"lowest": 1}), (None, {"lowest": 0}), (30, {}))
    assert numbers(found) == {0: 1, 1: None}
    assert told(found) == [2]


def test_a_quartile_without_an_index_serves_where_the_others_show_the_order() -> None:
    found = without_index((20, {"quartile": 1}), (30, {"quartile": 2}), (None, {"quartile": 1}))
    assert numbers(found) == {0: 1, 1: 2, 2: 1}
    for first in (None, 20):
        found = without_index((first, {"quartile": 1}), (None, {"quartile": 4}))
        assert numbers(found) == {}
        assert told(found) == [0, 1]
        assert "снизу его считают или сверху, не видно" in found.notes[1][0]
    middle = without_index((20, {"quartile": 1}), (None, {"quartile": 3}))
    assert numbers(middle) == {1: 3}


def test_a_cutoff_in_a_row_without_an_index_is_that_of_the_file() -> None:
    found = without_index((None, {"cutoff": 35}), (30, {}))
    assert {school: one.value for school, one in found.cutoffs.items()} == {1: 35}
    assert not without_index((None, {"cutoff": 35})).answers


def test_a_figure_without_an_end_is_cut() -> None:
    found = read((20, {"quartile": 2 / 3}), (30, {"quartile": 2}))
    assert "квартилем ИСБ стоит 0,6667: бывает" in found.notes[0][0]


def test_a_word_is_no_number_and_no_school_says_nothing() -> None:
    assert [as_number(value) for value in ("низкий", True, None)] == [None, None, None]
    assert read() == RegionIsb()
