"""The pivot: heads in their order, totals from the results themselves, ids behind every cell."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.analysis import Field, Layout, Measure, field_text, pivot
from app.services.results import ResultRow
from tests.analysis.rows import EGE, MATHS, OGE, RUSSIAN, VPR, results, row

BY_SCHOOL = Layout((Field.SCHOOL,), (Field.YEAR,), Measure.BELOW)


def district() -> list[ResultRow]:
    return [
        row(1, 15, (VPR, 2024, MATHS, 5), 10, (5, 5, 0, 0)),
        row(2, 15, (VPR, 2025, MATHS, 5), 20, (2, 18, 0, 0)),
        row(3, 2, (VPR, 2025, MATHS, 5), 30, (3, 27, 0, 0)),
        row(4, 2, (OGE, 2025, RUSSIAN, 9), 10, (0, 10, 0, 0)),
        row(5, 2, (VPR, 2025, RUSSIAN, 4), 7),
    ]


def test_rows_and_columns_stand_in_their_own_order() -> None:
    found = pivot(district(), BY_SCHOOL)
    assert [head.text for head in found.rows] == ["СОШ № 2", "СОШ № 15"]
    assert [head.text for head in found.columns] == ["2024", "2025"]
    procedures = pivot(district(), Layout((Field.PROCEDURE,), (), Measure.BELOW))
    assert [head.text.replace("\N{NO-BREAK SPACE}", " ") for head in procedures.rows] == [
        "ВПР, математика, 5 класс",
        "ВПР, русский язык, 4 класс",
        "ОГЭ, русский язык",
    ]
    assert [head.text for head in procedures.columns] == [""]


def test_totals_come_from_results_not_from_cells() -> None:
    found = pivot(district(), BY_SCHOOL)
    two, fifteen = found.rows
    cell = found.cell(two, found.columns[1])
    assert cell is not None
    assert cell.total.value == Fraction(300, 40)
    assert (cell.results, cell.total.missing) == ((3, 4, 5), 1)
    assert found.cell(two, found.columns[0]) is None
    assert found.row_totals[fifteen.key].total.value == Fraction(700, 30)
    assert found.column_totals[found.columns[1].key].total.value == Fraction(500, 60)
    assert found.grand.total.value == Fraction(1000, 70)
    assert found.grand.results == (1, 2, 3, 4, 5)


def test_without_fields_there_is_one_cell() -> None:
    found = pivot(district(), Layout((), (), Measure.PARTICIPANTS))
    assert len(found.rows) == len(found.columns) == 1
    assert found.cell(found.rows[0], found.columns[0]) == found.grand
    assert pivot([], BY_SCHOOL).rows == ()
    assert pivot([], BY_SCHOOL).grand.total.value is None


def test_several_fields_make_heads_of_several_texts() -> None:
    layout = Layout((Field.KIND, Field.SUBJECT), (Field.GRADE,), Measure.BELOW)
    found = pivot(district(), layout)
    assert [head.texts for head in found.rows] == [
        ("ВПР", "Математика"),
        ("ВПР", "Русский язык"),
        ("ОГЭ", "Русский язык"),
    ]
    assert [head.text for head in found.columns] == ["4 класс", "5 класс", "9 класс"]
    assert field_text(district()[0], Field.YEAR) == "2024"


def test_a_field_stands_once() -> None:
    with pytest.raises(ValueError, match="once"):
        Layout((Field.YEAR,), (Field.YEAR,), Measure.BELOW)


def test_a_mean_over_two_scales_says_so() -> None:
    rows = [*district(), row(6, 2, (EGE, 2025, "Физика", 11), 5, below=0, mean=60.0)]
    found = pivot(rows, Layout((Field.SCHOOL,), (Field.KIND,), Measure.MEAN))
    assert found.grand.total.mixed
    assert found.column_totals[found.columns[-1].key].total.value == 60


@given(results(), st.randoms(use_true_random=False), st.sampled_from(Measure))
def test_order_never_matters(
    rows: list[ResultRow], chance: random.Random, measure: Measure
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    layout = Layout((Field.SCHOOL, Field.PROCEDURE), (Field.YEAR,), measure)
    assert pivot(shuffled, layout) == pivot(rows, layout)


@given(results())
def test_every_total_is_twos_over_pupils(rows: list[ResultRow]) -> None:
    found = pivot(rows, BY_SCHOOL)
    for head in found.rows:
        mine = [r for r in rows if (r.school_id,) == head.key and r.n2 is not None]
        whole = sum(r.participants for r in mine)
        total = Fraction(100 * sum(r.n2 or 0 for r in mine), whole) if whole else None
        assert found.row_totals[head.key].total.value == total
    behind = [number for cell in found.cells.values() for number in cell.results]
    assert sorted(behind) == sorted(r.id for r in rows)
