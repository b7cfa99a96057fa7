"""A school among similar ones, tasks, bands of the ЕГЭ, pictures: over stored data."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from app.errors import ResourceError, UserError
from app.models.enums import RecordKind, ReferenceScope, SchoolStatus
from app.services import journal
from app.services.analysis import (
    Criterion,
    Field,
    Grade,
    Layout,
    Level,
    Measure,
    Scale,
    bars_by_school,
    bars_of_pivot,
    compare,
    dots_of,
    ege_bands,
    heat_by_procedure,
    heat_of_pivot,
    limits,
    marks_by_school,
    marks_of_groups,
    means_by_procedure,
    pivot,
    save_similar_rule,
    save_task_levels,
    similar_group,
    similar_rule,
    task_reports,
    threshold,
)
from app.services.charts import Level as LineAcross
from app.services.charts import Tint, Unit
from app.services.workspace import Workspace
from tests.analysis.rows import EGE, MATHS, OGE, VPR, add_record, row
from tests.stored import add_result, add_school

FIFTH = (VPR, 2025, MATHS, 5)


@pytest.fixture
def schools(workspace: Workspace) -> list[int]:
    """Six alike, one larger, one closed."""
    found = [add_school(workspace, f"СОШ № {n}", kind="СОШ", pupils=80) for n in range(1, 7)]
    found.append(add_school(workspace, "СОШ № 7", kind="СОШ", pupils=700))
    closed = add_school(workspace, "СОШ № 8", kind="СОШ", pupils=80, status=SchoolStatus.CLOSED)
    for place, school in enumerate([*found, closed]):
        add_result(workspace, school, FIFTH, 10, place, n3=10 - place, n4=0, n5=0)
    return found


def test_the_place_of_a_school_without_names(workspace: Workspace, schools: list[int]) -> None:
    found = compare(workspace, schools[2], 2025)
    assert found.group.members == tuple(schools[:6])
    assert "Не учтено, нет данных: квартиль ИСБ." in found.group.text
    (place,) = found.places
    assert place.own == 20
    assert place.others == (0, 10, 30, 40, 50)
    assert place.group == 25
    assert place.district == Fraction(28 * 100, 80)
    picture = dots_of(found, "СОШ № 3")
    assert picture.lanes[0].own == 20
    assert "СОШ" not in " ".join((picture.others_title, picture.note))
    assert compare(workspace, schools[2], 2024).places == ()


def test_a_quartile_of_the_region_comes_first(workspace: Workspace, schools: list[int]) -> None:
    for school, quartile in zip(schools, (1, 1, 1, 1, 1, 2, 1), strict=True):
        add_record(workspace, RecordKind.ISB, 2025, {"quartile": quartile, "isb": 40}, school)
    group = similar_group(workspace, schools[0], 2025)
    assert group.members == tuple(schools[:5])
    assert "1-й квартиль ИСБ" in group.text
    with pytest.raises(UserError):
        similar_group(workspace, 999, 2025)


@pytest.mark.parametrize(
    ("figures", "members"),
    [
        # Counted from the top, or out of order: what the categories do not use, nobody does.
        ([{"isb": 20 + n, "quartile": q} for n, q in enumerate((4, 4, 3, 3, 2, 2, 1))], 6),
        # The answer about the lowest one goes before the number.
        ([{"isb": 20 + n, "quartile": 1 + n // 5, "lowest": int(0 < n < 5)}
          for n in range(7)], 6),
        # An answer needs no index.
        ([{"isb": 20 + n, "quartile": 1 + n // 5} for n in range(6)] + [{"lowest": 1}], 5),
    ],
    ids=["from the top", "a «нет» beside the first", "without an index"],
)  # fmt: skip
def test_quartiles_of_the_region_are_those_of_the_categories(
    workspace: Workspace, schools: list[int], figures: list[dict[str, int]], members: int
) -> None:
    for school, data in zip(schools, figures, strict=True):
        add_record(workspace, RecordKind.ISB, 2025, data, school)
    assert len(similar_group(workspace, schools[0], 2025).members) == members


def test_the_rule_is_the_offices_and_can_be_undone(
    workspace: Workspace, schools: list[int]
) -> None:
    before = similar_rule(workspace)
    save_similar_rule(workspace, 2, [100, 1000], [Criterion.SIZE])
    rule = similar_rule(workspace)
    assert (rule.smallest, rule.borders, rule.steps) == (2, (100, 1000), ((Criterion.SIZE,),))
    assert "специалистом" in rule.source
    group = similar_group(workspace, schools[6], 2025)
    assert (group.members, group.enough) == ((schools[6],), False)
    journal.undo_last(workspace)
    assert similar_rule(workspace) == before


@pytest.mark.parametrize(
    ("smallest", "borders", "criteria"),
    [
        (1, [100], [Criterion.SIZE]),
        (5, [], [Criterion.SIZE]),
        (5, [300, 100], [Criterion.SIZE]),
        (5, [100, 100], [Criterion.SIZE]),
        (5, [0, 100], [Criterion.SIZE]),
        (5, [100], []),
        (5, [100], [Criterion.SIZE, Criterion.SIZE]),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    workspace: Workspace, smallest: int, borders: list[int], criteria: list[Criterion]
) -> None:
    with pytest.raises(UserError) as told:
        save_similar_rule(workspace, smallest, borders, criteria)
    assert told.value.hint
    assert similar_rule(workspace).source.startswith("расчёт программы")


def test_tasks_with_and_without_levels(workspace: Workspace, schools: list[int]) -> None:
    data = {"task_2": 29.0, "task_10": 61.0, "task_1": 20.0, "max_2": 2, "participants": 14}
    add_record(workspace, RecordKind.TASKS, 2025, data, schools[0], procedure=FIFTH)
    for scope, share in ((ReferenceScope.DISTRICT, 35.5), (ReferenceScope.REGION, 40.0)):
        of_scope = {"task_2": share}
        add_record(workspace, RecordKind.TASKS, 2025, of_scope, scope=scope, procedure=FIFTH)
    (report,) = task_reports(workspace, 2025, schools[0])
    assert [task.code for task in report.tasks] == ["1", "2", "10"]
    assert [task.grade for task in report.tasks] == [Grade.SHORT, Grade.UNKNOWN, Grade.ENOUGH]
    second = report.tasks[1]
    assert (second.maximum, second.district, second.region) == (2, Fraction("35.5"), 40)
    save_task_levels(workspace, (VPR, MATHS, 5), 2025, {"2": Level.ADVANCED})
    (report,) = task_reports(workspace, 2025, schools[0])
    assert (report.tasks[1].level, report.tasks[1].grade) == (Level.ADVANCED, Grade.BORDER)
    (district,) = task_reports(workspace, 2025)
    assert [task.percent for task in district.tasks] == [Fraction("35.5")]
    assert task_reports(workspace, 2024, schools[0]) == ()


def test_bands_of_the_ege_and_what_is_not_stored(workspace: Workspace, schools: list[int]) -> None:
    physics, history = (EGE, 2025, "Физика", 11), (EGE, 2025, "История", 11)
    add_result(workspace, schools[0], physics, 10, 1, mean=61.0)
    add_result(workspace, schools[0], history, 4, 0, mean=70.0)
    shares = {"score_59": 20.0, "score_60": 30.0, "score_80": 30.0, "score_81": 20.0}
    data = {f"score_{n}": 0.0 for n in range(101)} | shares | {"participants": 10}
    add_record(workspace, RecordKind.SCORES, 2025, data, schools[0], procedure=physics)
    by_subject = {line.subject: line for line in ege_bands(workspace, 2025)}
    found = by_subject["Физика"]
    assert (found.low, found.middle, found.high, found.participants) == (2, 6, 2, 10)
    empty = by_subject["История"]
    assert (empty.low, empty.middle, empty.high) == (None, None, None)
    assert empty.source.startswith("нет данных")


def test_pictures_of_a_pivot() -> None:
    rows = [
        row(1, 1, (VPR, 2024, MATHS, 5), 10, (3, 7, 0, 0)),
        row(2, 1, FIFTH, 10, (2, 8, 0, 0)),
        row(3, 2, FIFTH, 10),
    ]
    found = pivot(rows, Layout((Field.SCHOOL,), (Field.YEAR,), Measure.BELOW))
    bars = bars_of_pivot(found, Scale.MARK, LineAcross("Порог", 30.0))
    assert bars.title == "Доля «2» и ниже минимума: школа, год"
    assert [(one.title, one.values) for one in bars.series] == [
        ("2024", (30.0, None)),
        ("2025", (20.0, None)),
    ]
    assert (bars.unit, bars.tint) == (Unit.PERCENT, Tint.YEARS)
    heat = heat_of_pivot(found, Scale.MARK, limits.analysis_limits().heat_steps)
    assert heat.values == ((30.0, 20.0), (None, None))
    turned = pivot(rows, Layout((Field.SCHOOL,), (Field.YEAR,), Measure.SUCCESS))
    success = heat_of_pivot(turned, Scale.MARK, (10.0, 20.0, 30.0, 50.0))
    assert (success.steps, success.low_is_dark) == ((50.0, 70.0, 80.0, 90.0), True)
    assert not heat.low_is_dark
    whole = pivot(rows, Layout((), (Field.KIND,), Measure.MEAN))
    assert bars_of_pivot(whole, Scale.TEST).unit is Unit.SCORE
    assert bars_of_pivot(whole, Scale.MARK).groups == ("Всего",)


def test_pictures_of_the_whole_district(workspace: Workspace, schools: list[int]) -> None:
    add_result(workspace, schools[0], (VPR, 2024, MATHS, 5), 10, 4, n3=6, n4=0, n5=0)
    add_result(workspace, schools[0], (EGE, 2025, "Физика", 11), 5, 1, n2=None, mean=50.0)
    bars = bars_by_school(workspace, kind=VPR)
    assert bars.series[0].values[0] == 40
    assert [level.value for level in bars.levels] == [30]
    assert bars_by_school(workspace, Measure.QUALITY, school_id=schools[0]).levels == ()
    heat = heat_by_procedure(workspace, 2025)
    assert heat.title.endswith("2025 год")
    assert heat.values[0] == (0, 20)
    assert heat.values[1] == (10, None)
    marks = marks_by_school(workspace, 2025, VPR)
    assert marks.title == "Распределение отметок по школам, 2025 год, ВПР"
    assert marks.rows[1].shares == (10, 90, 0, 0)
    assert bars_by_school(workspace, kind=OGE).groups == ()
    with pytest.raises(ValueError, match="axis"):
        heat_by_procedure(workspace, 2025, Measure.MEAN)


def test_means_over_the_last_years(workspace: Workspace, schools: list[int]) -> None:
    for year in (2021, 2022, 2023, 2025):
        physics = (EGE, year, "Физика", 11)
        add_result(workspace, schools[0], physics, 4, 0, n2=None, mean=50.0 + year - 2021)
        add_result(workspace, schools[1], physics, 12, 0, n2=None, mean=60.0)
    basic = (EGE, 2025, "Математика (базовая)", 11)
    add_result(workspace, schools[0], basic, 4, 0, n3=4, n4=0, n5=0)
    bars = means_by_procedure(workspace, EGE)
    assert bars.groups == ("ЕГЭ, физика",)
    assert [(one.title, one.values[0]) for one in bars.series] == [
        ("2022", 57.75),
        ("2023", 58.0),
        ("2025", 58.5),
    ]
    assert bars.unit is Unit.SCORE
    assert means_by_procedure(workspace, VPR).unit is Unit.MARK


def test_no_methodology_no_threshold(workspace: Workspace) -> None:
    assert threshold(workspace, 1999) is None
    line = threshold(workspace, 2025)
    assert line is not None
    assert line.value == 30


def test_marks_are_weighted_and_missing_is_told() -> None:
    rows = [
        row(1, participants=10, marks=(5, 5, 0, 0)),
        row(2, participants=30, p2=0.0, p3=50.0, p4=50.0, p5=0.0),
        row(3, participants=9),
    ]
    stack = marks_of_groups("Отметки", [("Вместе", rows), ("Без отметок", rows[2:])])
    together, empty = stack.rows
    assert together.shares == (12.5, 50.0, 37.5, 0.0)
    assert together.participants == 40
    assert (empty.shares, empty.participants) == ((), None)


def test_a_broken_file_of_the_program_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("limits.json", "similar.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    monkeypatch.setattr(limits, "resource", lambda *parts: tmp_path / parts[-1])
    limits.analysis_limits.cache_clear()
    limits.shipped_similar_rule.cache_clear()
    with pytest.raises(ResourceError):
        limits.analysis_limits()
    with pytest.raises(ResourceError):
        limits.shipped_similar_rule()
    (tmp_path / "limits.json").write_text("{", encoding="utf-8")
    with pytest.raises(ResourceError):
        limits.analysis_limits()
