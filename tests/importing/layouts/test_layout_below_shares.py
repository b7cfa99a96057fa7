"""Shares of those below the minimum in summaries of exams: «25 %», 0,25, and what is unclear."""

from __future__ import annotations

import pytest

from tests.importing.layouts.layout_sheets import errors, read, results, said, sheet

EXAM = "ЕГЭ 2025. Русский язык"


def below(title: str, *cells: str) -> tuple[list[int | None], list[str]]:
    """Return those below the minimum of 12, 25, 7 and 3 participants, and what is wrong."""
    pupils = (12, 25, 7, 3)
    rows = [f"СОШ № {n};{n};50;{cell}" for n, cell in zip(pupils, cells, strict=False)]
    extract = read(sheet(EXAM, f"ОО;Участники;Средний балл;{title}", *rows), "rcoi_summary")
    counts = [fact.marks.below for fact in results(extract)]
    return counts, [one.message for one in errors(extract.problems)]


@pytest.mark.parametrize("title", ["Ниже порога", "Ниже порога, %", "Ниже порога, доля"])
def test_a_share_that_the_cell_writes_is_no_number_of_pupils(title: str) -> None:
    assert below(title, "25%", "12 %", "0%", "100 %") == ([3, 3, 0, 3], [])


@pytest.mark.parametrize("title", ["Ниже порога", "Ниже порога, %", "Ниже порога, доля"])
def test_parts_of_one_that_make_whole_pupils_are_taken(title: str) -> None:
    assert below(title, "0.25", "0.12", "0", "1") == ([3, 3, 0, 3], [])


def test_parts_of_one_are_told_once() -> None:
    rows = ("СОШ № 1;12;50;0.083333", "СОШ № 2;25;50;0.04", "Итого;37;50;0.054054")
    made = sheet(EXAM, "ОО;Участники;Средний балл;Ниже порога, %", *rows)
    extract = read(made, "rcoi_summary")
    assert [fact.marks.below for fact in results(extract)] == [1, 1]
    (told,) = extract.problems
    assert said([told], "как части целого")[0].cell == "D3"


def test_small_parts_of_one_are_no_per_cents_of_nobody() -> None:
    rows = ("СОШ № 1;19;55;0.0526315789", "СОШ № 2;21;55;0.0476190476", "СОШ № 3;10;50;0")
    made = sheet(EXAM, "ОО;Участники;Средний балл;Ниже порога, %", *rows)
    extract = read(made, "rcoi_summary")
    assert [fact.marks.below for fact in results(extract)] == [1, 1, 0]
    assert not errors(extract.problems)


def test_per_cents_below_one_stay_per_cents() -> None:
    rows = ("СОШ № 1;200;50;0.5", "СОШ № 2;400;50;0.25")
    made = sheet(EXAM, "ОО;Участники;Средний балл;Ниже порога, %", *rows)
    extract = read(made, "rcoi_summary")
    assert [fact.marks.below for fact in results(extract)] == [1, 1]
    assert said(extract.problems, "как проценты")


def test_numbers_of_pupils_stay_numbers() -> None:
    assert below("Ниже порога", "1", "0", "1", "1") == ([1, 0, 1, 1], [])


def test_a_share_that_is_nobody_as_a_per_cent_is_asked_about() -> None:
    counts, wrong = below("Ниже порога, %", "25", "0", "0", "1")
    assert counts == [3, 0, 0]
    assert wrong == ["«СОШ № 3»: при 3 участниках доли не преодолевших 1 % не бывает."]


def test_a_share_in_the_place_of_participants_is_told() -> None:
    made = sheet(EXAM, "ОО;Участники;Средний балл;Ниже порога", "СОШ № 1;12%;50;1")
    extract = read(made, "rcoi_summary")
    assert results(extract) == []
    assert said(errors(extract.problems), "стоит доля 12 %, а нужно число человек")


def test_a_share_among_numbers_of_a_passport_is_told() -> None:
    rows = ("СОШ № 7;80;4;2;1", "СОШ № 8;90;5%;2;1")
    titles = "Школа;Всего обучающихся;Дети из многодетных семей;Инвалиды;ОВЗ"
    made = sheet("Социальный паспорт, 2024/2025 учебный год", titles, *rows)
    extract = read(made, "social_passport")
    assert [one.cell for one in said(errors(extract.problems), "стоит доля 5 %")] == ["C4"]
