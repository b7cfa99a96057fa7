"""Dynamics over stored data: weighted district, growth of «2», what files state, the trend."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.errors import UserError
from app.models.enums import RecordKind, ReferenceScope
from app.services.analysis import Measure, dynamics, lines_of, subjects_table
from app.services.workspace import Workspace
from tests.analysis.rows import MATHS, OGE, RUSSIAN, VPR, add_record, add_reference
from tests.stored import add_result, add_school

REGION, DISTRICT = ReferenceScope.REGION, ReferenceScope.DISTRICT


@pytest.fixture
def schools(workspace: Workspace) -> tuple[int, int]:
    """Two schools over three years; the first was not tested in 2024, the second had no ОГЭ."""
    one, two = add_school(workspace, "СОШ № 1"), add_school(workspace, "СОШ № 2")
    for year, below in ((2023, 6), (2025, 2)):
        add_result(workspace, one, (VPR, year, MATHS, 5), 20, below, n3=18 - below, n4=1, n5=1)
    for year, below in ((2023, 1), (2024, 1), (2025, 9)):
        add_result(workspace, two, (VPR, year, MATHS, 5), 9, below, n3=9 - below, n4=0, n5=0)
    add_result(workspace, one, (OGE, 2025, RUSSIAN, 9), 12, 0, n3=6, n4=3, n5=3)
    return one, two


def test_a_school_beside_its_district(workspace: Workspace, schools: tuple[int, int]) -> None:
    found = dynamics(workspace, schools[0])
    assert (found.title, found.years) == ("СОШ № 1", (2023, 2024, 2025))
    maths, russian = found.procedures
    assert [point.year for point in maths.school] == [2023, 2025]
    assert maths.school[1].quality.value == 10
    assert [point.below.value for point in maths.district] == [
        Fraction(700, 29),
        Fraction(100, 9),
        Fraction(1100, 29),
    ]
    assert russian.school[0].success.value == 100
    assert russian.trend is None
    assert russian.trend_text == "Для тенденции нужны результаты хотя бы двух лет."


def test_growth_is_marked_against_the_year_before(
    workspace: Workspace, schools: tuple[int, int]
) -> None:
    (maths,) = dynamics(workspace, schools[1]).procedures
    assert [point.growth for point in maths.school] == [None, 0, Fraction(800, 9)]
    assert [point.grown for point in maths.school] == [False, False, True]
    assert [point.small for point in maths.school] == [True, True, True]
    first = dynamics(workspace, schools[0]).procedures[0]
    assert [point.growth for point in first.school] == [None, None]  # 2024 was not held there


def test_the_trend_tells_its_uncertainty(workspace: Workspace, schools: tuple[int, int]) -> None:
    text = dynamics(workspace, schools[0]).procedures[0].trend_text
    assert text.startswith("За 2023–2025 годы доля «2» изменилась на −20,0 п. п. (95 %-й интервал")
    assert text.endswith("это не больше случайного разброса.")
    small = dynamics(workspace, schools[1]).procedures[0].trend_text
    assert "выросла на 88,9 п. п." in small
    assert small.endswith("Малая выборка: в одном из лет участников 9.")


def test_ten_points_exactly_are_growth(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 3")
    add_result(workspace, school, (VPR, 2024, MATHS, 5), 10, 1)
    add_result(workspace, school, (VPR, 2025, MATHS, 5), 10, 2)
    add_result(workspace, school, (VPR, 2024, RUSSIAN, 5), 1000, 100)
    add_result(workspace, school, (VPR, 2025, RUSSIAN, 5), 1000, 199)
    maths, russian = dynamics(workspace, school).procedures
    assert (maths.school[1].grown, russian.school[1].grown) == (True, False)


def test_the_whole_district(workspace: Workspace, schools: tuple[int, int]) -> None:
    found = dynamics(workspace)
    assert (found.school_id, found.title) == (None, "Район")
    assert [one.procedure[0] for one in found.procedures] == [VPR, OGE]
    assert all(one.school == () for one in found.procedures)
    assert found.procedures[0].trend is not None


def test_what_files_state_stands_beside(workspace: Workspace, schools: tuple[int, int]) -> None:
    maths = (VPR, 2025, MATHS, 5)
    figures = {"participants": 900, "p2": 9.1, "p3": 50.0, "p4": 30.0, "p5": 10.9, "mean": 3.43}
    add_reference(workspace, REGION, "Область", maths, **figures)
    add_reference(workspace, DISTRICT, "муниципалитет", maths, participants=29, p2=37.9)
    shares = {"p2": 10.0, "p3": 50.0, "p4": 30.0, "p5": 10.1}
    add_reference(workspace, ReferenceScope.SAMPLE, "Вся выборка", maths, **shares)
    data = {"quality": 12.5, "success": 80.0, "mean": 3.1}
    add_record(workspace, RecordKind.DYNAMICS, 2025, data, scope=DISTRICT, procedure=maths)
    before = {"success": 75.5}
    add_record(
        workspace, RecordKind.DYNAMICS, 2024, before, scope=DISTRICT,
        procedure=(VPR, 2024, MATHS, 5),
    )  # fmt: skip
    country, region, district = dynamics(workspace, schools[0]).procedures[0].stated
    assert country.points[0].mean == Fraction("340.5") / Fraction("100.1")
    assert (region.scope, region.name) == (REGION, "Область")
    assert region.points[0].quality == Fraction("40.9")
    assert [point.year for point in district.points] == [2024, 2025]
    joined = district.points[1]
    assert (joined.below, joined.quality, joined.mean) == (
        Fraction("37.9"),
        Fraction("12.5"),
        Fraction("3.1"),
    )
    picture = lines_of(dynamics(workspace, schools[0]).procedures[0], "СОШ № 1", Measure.BELOW)
    assert [one.title for one in picture.series] == [
        "СОШ № 1",
        "Район по школам",
        "Вся выборка",
        "Регион",
        "Район по отчёту",
    ]
    assert picture.series[0].values == (30.0, None, 10.0)
    assert picture.series[3].values == (None, None, 9.1)


def test_no_such_school(workspace: Workspace) -> None:
    with pytest.raises(UserError):
        dynamics(workspace, 77)


def test_the_table_of_subjects(workspace: Workspace, schools: tuple[int, int]) -> None:
    add_result(workspace, schools[1], (VPR, 2025, MATHS, 6), 10, 0, n3=5, n4=5, n5=0)
    data = {"quality": 6.9}
    add_record(
        workspace, RecordKind.DYNAMICS, 2025, data, scope=DISTRICT, procedure=(VPR, 2025, MATHS, 5)
    )
    table = subjects_table(workspace, 2025)
    assert (table.before, table.now) == (2024, 2025)
    assert [(line.subject, line.grade) for line in table.lines] == [
        (MATHS, 5),
        (MATHS, 6),
        (MATHS, None),
    ]
    fifth, sixth, together = table.lines
    assert fifth.now is not None
    assert fifth.now.quality.value == Fraction(200, 29)
    assert fifth.stated_now is not None
    assert fifth.stated_now.quality == Fraction("6.9")
    assert (sixth.before, together.stated_now) == (None, None)
    assert together.now is not None
    assert together.now.quality.value == Fraction(700, 39)
    earlier = subjects_table(workspace, 2025, before=2023, school_id=schools[0])
    assert earlier.lines[0].before is not None
    assert earlier.lines[0].before.below.value == 30
    assert subjects_table(workspace, 2010).lines == ()


def test_a_subject_that_only_the_report_knows(workspace: Workspace) -> None:
    data = {"quality": 23.5, "success": 80.3}
    procedure = (VPR, 2021, "История", 5)
    add_record(workspace, RecordKind.DYNAMICS, 2021, data, scope=DISTRICT, procedure=procedure)
    (line,) = subjects_table(workspace, 2021).lines
    assert line.now is None
    assert line.stated_now is not None
    assert line.stated_now.success == Fraction("80.3")


@pytest.mark.parametrize(
    ("other", "participants", "stated"),
    [
        ("Итого по селу", 10, Fraction(10)),
        ("в т.ч. городские школы", 10, Fraction(10)),
        ("Озёрный район", 10, None),
        ("Итого", 30, Fraction(10)),
    ],
)
def test_the_district_by_its_report_is_no_part_of_it_and_no_neighbour(
    workspace: Workspace, other: str, participants: int, stated: Fraction | None
) -> None:
    add_result(workspace, add_school(workspace, "СОШ № 1"), (VPR, 2025, MATHS, 5), 30, 3)
    maths = (VPR, 2025, MATHS, 5)
    below = 10.0 if participants == 30 else 20.0
    add_reference(workspace, DISTRICT, "Всего по району", maths, participants=30, p2=10.0)
    add_reference(workspace, DISTRICT, other, maths, participants=participants, p2=below)
    (line,) = subjects_table(workspace, 2025).lines
    assert (line.stated_now and line.stated_now.below) == stated
