"""Subjects by title, abbreviation and code; minimum scores and scales by year."""

from __future__ import annotations

import pytest

from app.errors import ResourceError
from app.models.enums import AssessmentKind
from app.services.importing.subjects import (
    Subject,
    by_code,
    by_title,
    inside,
    is_plain_maths,
    lacks_level,
    load_resource,
    resolve,
)
from app.services.importing.thresholds import mark_scale, minimum

VPR, OGE, EGE = AssessmentKind.VPR, AssessmentKind.OGE, AssessmentKind.EGE


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("русский  ЯЗЫК", VPR, "Русский язык"),
        ("РУ", VPR, "Русский язык"),
        ("Pусский язык", VPR, "Русский язык"),
        ("МА", VPR, "Математика"),
        ("ОМ", VPR, "Окружающий мир"),
        ("Математика (базовый уровень)", VPR, "Математика"),
        ("Математика (базовый уровень)", EGE, "Математика (базовая)"),
        ("Математика профильный уровень", EGE, "Математика (профильная)"),
        ("Математика с углублённым изучением предмета", VPR, "Математика (углублённая)"),
        ("Информатика (КЕГЭ)", EGE, "Информатика"),
        ("Английский язык (письменная часть)", EGE, "Английский язык"),
        ("Родной (русский) язык", VPR, "Родной язык"),
        ("Математика", EGE, None),
        ("Краеведение", VPR, None),
    ],
)
def test_titles_of_subjects(text: str, kind: AssessmentKind, name: str | None) -> None:
    assert by_title(text, kind) == name


def test_a_subject_inside_a_longer_title() -> None:
    assert inside("ВПР 2026 Математика 5 класс", VPR) == "Математика"
    assert inside("Результаты ЕГЭ, математика профильная", EGE) == "Математика (профильная)"
    assert inside("Родной русский язык, 5 класс", VPR) == "Родной язык"
    assert inside("Общие сведения", VPR) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("математика без резерва ЕГЭ 2024", None),
        ("ЕГЭ математика по школам", None),
        ("ЕГЭ 2025 математика П", "Математика (профильная)"),
        ("ЕГЭ математика (Б), 2025", "Математика (базовая)"),
        ("математика базовая без резерва", "Математика (базовая)"),
    ],
)
def test_a_letter_for_the_level_is_a_word_of_its_own(text: str, name: str | None) -> None:
    assert inside(text, EGE) == name
    assert lacks_level(text, EGE) is (name is None)


def test_an_abbreviated_word_may_go_on() -> None:
    assert inside("ВПР по рус. языку, 5 класс", VPR) == "Русский язык"
    assert not lacks_level("математика", OGE)
    assert not lacks_level("физика", EGE)


def test_codes_of_the_regional_centre() -> None:
    assert by_code("1", OGE) == "Русский язык"
    assert by_code("02", OGE) == "Математика"
    assert by_code("02", EGE) == "Математика (профильная)"
    assert by_code("22", EGE) == "Математика (базовая)"
    assert by_code("77", EGE) is None


def test_an_unknown_subject_is_kept_as_written() -> None:
    assert resolve(" Краеведение: ", VPR) == Subject("Краеведение", False)
    assert resolve("Химия", VPR) == Subject("Химия", True)
    assert is_plain_maths(" математика ")
    assert not is_plain_maths("математика базовая")


def test_minimum_scores_by_year() -> None:
    known = minimum("Русский язык", 2026)
    assert known is not None
    assert (known.score, known.mark, known.confirmed) == (24, False, True)
    assert known.source
    basic = minimum("Математика (базовая)", 2024)
    assert basic is not None
    assert (basic.score, basic.mark) == (3, True)
    doubtful = minimum("Математика (профильная)", 2025)
    assert doubtful is not None
    assert (doubtful.score, doubtful.confirmed) == (27, False)
    assert minimum("Русский язык", 2027) is None
    assert minimum("Краеведение", 2026) is None


def test_scales_of_marks_by_year_and_maximum() -> None:
    scale = mark_scale(VPR, "Русский язык", 4, 2026)
    assert scale is not None
    assert [scale.mark(score) for score in (0, 9, 10, 16, 24, 25)] == [2, 2, 3, 4, 5, None]
    assert mark_scale(VPR, "Русский язык", 4, 2026, maximum=38) is None
    assert mark_scale(VPR, "Химия", 8, 2026) is None
    maths = mark_scale(OGE, "Математика", 9, 2021, maximum=31)
    assert maths is not None
    assert maths.mark(7) == 2


def test_a_missing_resource_is_told_in_russian() -> None:
    with pytest.raises(ResourceError, match="не читается"):
        load_resource("thresholds", "нет.json")
