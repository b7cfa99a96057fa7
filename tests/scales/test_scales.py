"""Scales of marks and minimum scores: data of the program, corrections of the office."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import ResourceError, UserError
from app.models.enums import AssessmentKind
from app.models.office import Setting
from app.paths import resource
from app.services import importing, results, scales
from app.services.changes import ChangeSet
from app.services.importing import thresholds
from app.services.importing.own_scales import by_own_scales
from app.services.journal import next_undo, undo_last
from app.services.progress import NoProgress
from app.services.scales import Condition, MarkScale, MinScore, Unit, reading
from app.services.workspace import Workspace

VPR, OGE, EGE = AssessmentKind.VPR, AssessmentKind.OGE, AssessmentKind.EGE
RUSSIAN = "Русский язык"


def scale(**changes: Any) -> MarkScale:
    """Return a right scale with some fields changed."""
    bands = ((0, 9), (10, 15), (16, 20), (21, 24))
    whole = MarkScale(VPR, "Химия", 8, 2025, 2026, 24, bands, (), "письмо", True)
    return replace(whole, **changes)


def minimum(**changes: Any) -> MinScore:
    """Return a right minimum with some fields changed."""
    whole = MinScore(EGE, RUSSIAN, 2027, 2027, 26, Unit.SCORE, "распоряжение", True)
    return replace(whole, **changes)


@pytest.mark.parametrize(
    ("kind", "subject", "grade", "year", "maximum", "firsts", "conditions"),
    [
        (OGE, RUSSIAN, 9, 2019, 39, (15, 25, 34), (4, 6)),
        (OGE, RUSSIAN, 9, 2022, 33, (15, 23, 29), (4, 6)),
        (OGE, RUSSIAN, 9, 2025, 37, (15, 26, 33), (6, 9)),
        (OGE, RUSSIAN, 9, 2026, 37, (15, 26, 33), (6, 9)),
        (OGE, "Математика", 9, 2019, 32, (8, 15, 22), ()),
        (OGE, "Математика", 9, 2026, 31, (8, 15, 22), (2,)),
        (VPR, RUSSIAN, 4, 2026, 24, (10, 16, 21), ()),
        (VPR, RUSSIAN, 4, 2025, 38, (14, 24, 33), ()),
    ],
)
def test_the_shipped_scales_are_those_of_the_field(
    kind: AssessmentKind,
    subject: str,
    grade: int,
    year: int,
    maximum: int,
    firsts: tuple[int, ...],
    conditions: tuple[int, ...],
) -> None:
    found = scales.shipped().mark_scale(kind, subject, grade, year)
    assert found is not None
    assert found.maximum == maximum
    assert tuple(low for low, _ in found.bands[1:]) == firsts
    assert tuple(condition.least for condition in found.conditions) == conditions
    assert found.source
    assert scales.shipped().mark_scale(kind, subject, grade, 2030) is None


@pytest.mark.parametrize(
    ("kind", "subject", "score"),
    [
        (EGE, RUSSIAN, 24),
        (EGE, "Информатика", 40),
        (OGE, "Информатика", 5),
        (OGE, "Литература", 16),
    ],
)
def test_the_shipped_minimums_are_those_of_2026(
    kind: AssessmentKind, subject: str, score: int
) -> None:
    found = scales.shipped().minimum(kind, subject, 2026)
    assert found is not None
    assert (found.score, found.confirmed) == (score, True)


def test_an_exam_whose_minimum_is_a_mark_gives_marks() -> None:
    known = scales.shipped()
    assert known.gives_marks(EGE, "Математика (базовая)")
    assert not known.gives_marks(EGE, "Математика (профильная)")
    assert not known.gives_marks(EGE, "Краеведение")
    assert known.gives_marks(OGE, "Физика")
    assert thresholds.result_limits(EGE, "Математика (базовая)") == (2.0, 5.0)
    assert thresholds.result_limits(EGE, "Физика") == (0.0, 100.0)
    assert thresholds.gives_marks(VPR, "Физика")


def test_a_score_outside_of_a_scale_has_no_mark() -> None:
    assert [scale().mark(score) for score in (-1, 0, 15, 24, 25)] == [None, 2, 3, 5, None]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bands": ((0, 9), (11, 15), (16, 20), (21, 24))}, "начинаются с 11, ждали 10: баллы про"),
        ({"bands": ((0, 9), (9, 15), (16, 20), (21, 24))}, "ждали 10: баллы пересекаются"),
        ({"bands": ((1, 9), (10, 15), (16, 20), (21, 24))}, "отметки «2» начинаются с 1, ждали 0"),
        ({"bands": ((0, 9), (10, 8), (9, 20), (21, 24))}, "последний балл 8 меньше первого 10"),
        ({"maximum": 25}, "кончается на 24, а наибольший балл 25"),
        ({"maximum": 0}, "наибольший балл от 1 до 1000"),
        ({"grade": 13}, "класс от 1 до 12"),
        ({"subject": " "}, "не назван предмет"),
        ({"source": ""}, "не указан источник"),
        ({"first_year": 2027}, "последний год 2026 раньше первого 2027"),
        ({"first_year": 20}, "годы от 1990 до 2200"),
        ({"conditions": (Condition(2, "ГК", 4),)}, "условие бывает для отметок 3, 4 и 5"),
        ({"conditions": (Condition(4, " ", 4),)}, "за какую часть работы"),
        ({"conditions": (Condition(4, "ГК", 25),)}, "условие требует 25"),
    ],
)
def test_a_wrong_scale_is_refused_with_the_reason(
    workspace: Workspace, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(UserError, match=said.replace("(", r"\(")):
        scales.save_scale(workspace, scale(**changes))
    assert all(not known.own for known in scales.list_scales(workspace))
    assert next_undo(workspace) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"score": 101}, "бывает от 0 до 100, а стоит 101"),
        ({"score": -1}, "от 0 до 100"),
        ({"unit": Unit.MARK}, "бывает от 2 до 5, а стоит 26"),
        ({"source": " "}, "не указан источник"),
    ],
)
def test_a_wrong_minimum_is_refused_with_the_reason(
    workspace: Workspace, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        scales.save_minimum(workspace, minimum(**changes))


def test_what_the_office_wrote_serves_first_and_can_be_undone(workspace: Workspace) -> None:
    own = scale(subject=RUSSIAN, grade=4, first_year=2026, source="письмо региона")
    assert scales.save_scale(workspace, own) != ChangeSet()
    assert scales.in_force(workspace).mark_scale(VPR, RUSSIAN, 4, 2026) == own
    listed = [k for k in scales.list_scales(workspace) if k.entry.procedure == own.procedure]
    assert [known.own for known in listed] == [True, False, False]
    assert [known.instead for known in listed] == ["", own.title, ""]
    assert next_undo(workspace) == "шкала: ВПР, Русский язык, 4 класс, 2026"
    undo_last(workspace)
    assert scales.in_force(workspace) == scales.shipped()


def test_a_correction_takes_the_place_of_the_one_before(workspace: Workspace) -> None:
    scales.save_minimum(workspace, minimum())
    better = minimum(score=27)
    with pytest.raises(UserError, match="годы пересекаются: на 2027 год уже есть"):
        scales.save_minimum(workspace, better)
    scales.save_minimum(workspace, better, instead_of=minimum())
    found = scales.in_force(workspace).minimum(EGE, RUSSIAN, 2027)
    assert found == better
    assert [k.entry for k in scales.list_minimums(workspace) if k.own] == [better]


def test_the_shipped_one_serves_again(workspace: Workspace) -> None:
    own = minimum(first_year=2026, last_year=2026, score=30)
    scales.save_minimum(workspace, own)
    scales.save_scale(workspace, scale())
    assert scales.restore_minimum(workspace, own) != ChangeSet()
    assert scales.restore_minimum(workspace, own) == ChangeSet()
    assert scales.restore_scale(workspace, scale()) != ChangeSet()
    assert scales.in_force(workspace) == scales.shipped()


def test_layouts_are_served_by_the_office_only_inside_its_work(workspace: Workspace) -> None:
    scales.save_minimum(workspace, minimum())

    @by_own_scales
    def asked(_workspace: Workspace, year: int) -> MinScore | None:
        return thresholds.minimum(RUSSIAN, year)

    assert asked(workspace, 2027) == minimum()
    assert thresholds.minimum(RUSSIAN, 2027) is None


def test_a_damaged_entry_is_told_and_never_passed_over(workspace: Workspace) -> None:
    with workspace.database.write() as session:
        session.add(Setting(key="scales.marks", value=[{"subject": "Химия"}]))
    with pytest.raises(UserError, match="испорчена запись «шкала»"):
        scales.in_force(workspace)


def test_entries_are_written_and_read_back_equal() -> None:
    for entry in reading.shipped_scales():
        assert reading.scale_of(json.loads(json.dumps(reading.scale_body(entry)))) == entry
    for least in reading.shipped_minimums():
        assert reading.minimum_of(json.loads(json.dumps(reading.minimum_body(least)))) == least


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("mark_scales.json", "{", "это не JSON"),
        ("mark_scales.json", '{"scales": [{}]}', "запись № 1 не по форме"),
    ],
)
def test_a_broken_file_of_the_program_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(reading, "resource", lambda *parts: tmp_path / parts[-1])
    reading.shipped_scales.cache_clear()
    try:
        with pytest.raises(ResourceError, match=said):
            reading.shipped_scales()
    finally:
        reading.shipped_scales.cache_clear()


def test_overlapping_years_in_the_file_of_the_program_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    twice = [reading.scale_body(scale()), reading.scale_body(scale(first_year=2024))]
    (tmp_path / "mark_scales.json").write_text(json.dumps({"scales": twice}), encoding="utf-8")
    monkeypatch.setattr(reading, "resource", lambda *parts: tmp_path / parts[-1])
    reading.shipped_scales.cache_clear()
    try:
        with pytest.raises(ResourceError, match="годы пересекаются: на 2025 год"):
            reading.shipped_scales()
    finally:
        reading.shipped_scales.cache_clear()


def test_the_two_mathematics_are_told_by_their_minimums() -> None:
    assert thresholds.maths_levels() == ("Математика (базовая)", "Математика (профильная)")


def test_a_corrected_minimum_counts_in_the_next_load(workspace: Workspace) -> None:
    usb = resource("demo", "usb")
    exam = next(path for path in usb.rglob("02*2025.xlsx") if "11" in path.parent.name)
    paths = [usb / "Реестр школ.xlsx", exam]
    own = minimum(subject="Математика (профильная)", first_year=2025, last_year=2025, score=60)
    scales.save_minimum(workspace, own)
    plan = importing.prepare(workspace, paths, NoProgress())
    importing.apply(workspace, plan, NoProgress())
    rows = results.list_results(workspace, year=2025)
    assert rows
    strict = sum(row.below or 0 for row in rows)
    assert all(0 <= (row.below or 0) <= row.participants for row in rows)
    # By the minimum of the program few fail; by that of the office most do.
    assert strict > sum(row.participants for row in rows) / 2
