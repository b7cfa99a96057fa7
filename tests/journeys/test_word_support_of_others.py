"""Risks, curators, mentor pairs and groups as other offices put them into tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.services import importing, support
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.importing.word_tables import document
from tests.journeys.stick import write_book
from tests.stored import add_school

Rows = Sequence[Sequence[str]]
YEAR = 2024
STAFF, SUPPLIES, HEALTH = (
    "Дефицит педагогических кадров",
    "Низкий уровень оснащения школы",
    ("Высокая доля обучающихся с ОВЗ"),
)
SKILLS = "Недостаточная предметная и методическая компетентность педагогических работников"


@pytest.fixture
def schools(workspace: Workspace) -> list[int]:
    names = ("СОШ № 1", "СОШ № 2", "СОШ № 3", "Гимназия")
    return [add_school(workspace, f"МБОУ {name}") for name in names]


def load(workspace: Workspace, tmp_path: Path, title: str, rows: Rows) -> list[str]:
    path = document(tmp_path / "таблица.docx", rows, before=[title])
    plan = importing.prepare(workspace, [path], NoProgress())
    said = [one.message for file in plan.files for one in file.findings]
    assert [file.layout for file in plan.files] == ["support"], said
    importing.apply(workspace, plan, NoProgress())
    return said


def marks(workspace: Workspace) -> dict[tuple[int, str], str]:
    cells = support.risk_matrix(workspace, YEAR).cells
    return {key: support.cell_text(cell.mark) for key, cell in cells.items()}


@pytest.mark.parametrize(
    "rows",
    [
        [["№", "Школа", SUPPLIES, STAFF, SKILLS], ["1", "СОШ № 1", "В", "", "С"],
         ["2", "СОШ № 2", "", "+", "-"]],
        [["№", "Наименование ОО", "Факторы риска", ">", ">"], ["^", "^", "1", "2", "3"],
         ["1", "СОШ № 1", "В", "", "С"], ["2", "СОШ № 2", "", "+", "-"]],
    ],
    ids=["factors by name", "factors by number in a second row"],
)  # fmt: skip
def test_a_matrix_of_schools_and_factors(
    workspace: Workspace, schools: list[int], tmp_path: Path, rows: Rows
) -> None:
    assert load(workspace, tmp_path, "Рисковые профили школ, 2024 год", rows) == []
    first, second = schools[:2]
    assert marks(workspace) == {
        (first, "500-1"): "В", (first, "500-3"): "С",
        (second, "500-2"): "А", (second, "500-3"): "0",
    }  # fmt: skip


RISKS_OF_ONE = [["Школа", SUPPLIES, STAFF], ["СОШ № 1", "В", "С"]]


@pytest.mark.parametrize(
    "before",
    [
        ["Приложение к приказу от 12.01.2023 № 5", "Риски школ, 2024 год"],
        ["Риски школ по итогам 2023 года на 2024 год"],
        ["Риски школ", "2023/2024 учебный год"],
    ],
)
def test_the_year_of_risks_is_not_that_of_an_order(
    workspace: Workspace, schools: list[int], tmp_path: Path, before: list[str]
) -> None:
    path = document(tmp_path / "таблица.docx", RISKS_OF_ONE, before=before)
    plan = importing.prepare(workspace, [path], NoProgress())
    assert [one.message for file in plan.files for one in file.findings] == []
    importing.apply(workspace, plan, NoProgress())
    assert marks(workspace) == {(schools[0], "500-1"): "В", (schools[0], "500-2"): "С"}


def test_of_several_years_of_risks_none_is_taken(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    path = document(tmp_path / "т.docx", RISKS_OF_ONE, before=["Риски школ 2023 и 2024 годов"])
    plan = importing.prepare(workspace, [path], NoProgress())
    said = [one.message for file in plan.files for one in file.findings]
    assert said == [
        "Над таблицей рисков названы разные годы (2023, 2024): к какому из них риски, не ясно. "
        "Ни одна её строка не взята."
    ]
    assert not plan.stores_anything
    importing.discard(plan)


def test_a_year_that_only_the_results_have_is_taken_and_told(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    said = load(workspace, tmp_path, "Риски школ по итогам 2024 года", RISKS_OF_ONE)
    assert said == [
        "Над таблицей рисков назван только год, по итогам которого они выявлены: 2024. "
        "Риски записываются за 2024 год."
    ]
    assert marks(workspace) == {(schools[0], "500-1"): "В", (schools[0], "500-2"): "С"}


TICKED = {(0, "500-2"): "А", (0, "500-1"): "А", (1, "500-2"): "А", (1, "500-1"): "0"}


@pytest.mark.parametrize(
    "rows",
    [
        [["Школа", "Факторы риска", ">"], ["^", SUPPLIES, STAFF],
         ["СОШ № 1", "V", "1"], ["СОШ № 2", "нет", "ИСТИНА"]],
        [["Школа", SUPPLIES, STAFF], ["СОШ № 1", "✓", "√"], ["СОШ № 2", "ЛОЖЬ", "да"]],
        [["Фактор риска", "СОШ № 1", "СОШ № 2"], [f"1. {SUPPLIES}", "1", "0"],
         [f"2. {STAFF}", "1", "1"]],
    ],
    ids=["names below one title", "ticks", "ones are no significance"],
)  # fmt: skip
def test_a_matrix_that_only_says_yes(
    workspace: Workspace, schools: list[int], tmp_path: Path, rows: Rows
) -> None:
    assert load(workspace, tmp_path, "Факторы риска школ, 2024 год", rows) == []
    assert marks(workspace) == {(schools[at], key): mark for (at, key), mark in TICKED.items()}


def test_a_scale_of_numbers_keeps_its_ones(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    rows = [["Школа", SUPPLIES, STAFF], ["СОШ № 1", "1", "3"], ["СОШ № 2", "2", ""]]
    load(workspace, tmp_path, "Факторы риска школ, 2024 год", rows)
    first, second = schools[:2]
    found = {(first, "500-1"): "Н", (first, "500-2"): "В", (second, "500-1"): "С"}
    assert marks(workspace) == found


def test_the_year_of_a_book_stands_in_a_row_above_the_head(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "матрица.xlsx"
    title = f"Риски школ, {YEAR}"
    write_book(path, [(title,), ("ОО", SUPPLIES, STAFF), ("СОШ № 1", True, False)])
    plan = importing.prepare(workspace, [path], NoProgress())
    assert [one.message for file in plan.files for one in file.findings] == []
    importing.apply(workspace, plan, NoProgress())
    assert marks(workspace) == {(schools[0], "500-1"): "А", (schools[0], "500-2"): "0"}


def test_three_columns_of_people_are_no_secret_and_a_cluster_is_a_group(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    names = ["Серова Анна Юрьевна", "Орлов Павел Ильич", "Белова Нина Олеговна"]
    rows = [["Школа", "Муниципальный координатор", "Куратор", "Тьютор"], ["СОШ № 1", *names],
            ["СОШ № 2", names[0], names[1], ""]]  # fmt: skip
    assert load(workspace, tmp_path, "Кураторы школ на 2024 год", rows) == []
    found = [one.person for one in support.list_appointments(workspace, YEAR)]
    assert sorted(found) == sorted([*names, names[0], names[1]])
    rows = [["Кластер", "Школы", "Принцип"], ["Кластер «Чтение»", "СОШ № 1", "общий риск"]]
    assert load(workspace, tmp_path, "Сетевые группы школ, 2024", rows) == []
    (group,) = support.list_groups(workspace, YEAR)
    assert (group.number, group.principle) == ("Кластер «Чтение»", "общий риск")


def test_a_school_that_gets_support_and_its_mentor(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    rows = [["Школа, получающая поддержку", "Школа-наставник", "Реквизиты соглашения",
             "Направление"], ["СОШ № 1", "СОШ № 2", "№ 3 от 01.02.2024", "математика"]]  # fmt: skip
    assert load(workspace, tmp_path, "Пары наставничества школ", rows) == []
    (pair,) = support.list_pairs(workspace, YEAR)
    found = (pair.school_id, pair.mentor_school_id, pair.agreement_number, pair.subject)
    assert found == (schools[0], schools[1], "3", "математика")


@pytest.mark.parametrize(
    ("titles", "cells", "pair", "note"),
    [
        (["Содержание работы", "Сроки", "Ответственные"],
         ["математика", "в течение года", "заместители директоров"],
         ("математика", "", None), "Сроки: в течение года"),
        (["Предмет соглашения", "Дата соглашения", "№ соглашения"],
         ["чтение", "01.02.2024", "7-с"], ("чтение", "7-с", date(2024, 2, 1)), "7-с"),
        (["Реквизиты договора", "Ожидаемый результат", "Срок действия"],
         ["№ 3 от 01.02.2024", "рост доли «4» и «5»", "2 года"],
         ("", "3", date(2024, 2, 1)), "Срок действия: 2 года"),
    ],
)  # fmt: skip
def test_a_wide_list_of_pairs_is_no_plan(
    workspace: Workspace,
    schools: list[int],
    tmp_path: Path,
    titles: list[str],
    cells: list[str],
    pair: tuple[str, str, date | None],
    note: str,
) -> None:
    rows = [["№ п/п", "ШНОР", "Школа-наставник", *titles], ["1", "СОШ № 1", "СОШ № 2", *cells]]
    assert load(workspace, tmp_path, "Наставнические пары школ", rows) == []
    (stored,) = support.list_pairs(workspace, YEAR)
    assert (stored.school_id, stored.mentor_school_id) == (schools[0], schools[1])
    assert (stored.subject, stored.agreement_number, stored.agreement_date) == pair
    assert note in stored.note


def test_a_plan_that_names_pairs_stays_a_plan(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    rows = [
        ["№", "Мероприятие", "ШНОР", "Школа-наставник", "Срок", "Ответственный"],
        ["1", "Семинар по чтению", "СОШ № 1", "СОШ № 2", "май 2024", "методист"],
    ]
    path = document(tmp_path / "план.docx", rows, before=["План работы школ-наставников"])
    plan = importing.prepare(workspace, [path], NoProgress())
    assert [file.layout for file in plan.files] == ["roadmap"]
    importing.discard(plan)


def test_a_school_over_several_rows_with_significance(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    rows = [
        ["Школа", "Факторы риска", "Значимость"],
        ["СОШ № 1", STAFF, "высокая"],
        ["^", SUPPLIES, "средняя"],
        ["СОШ № 2", HEALTH, "не выявлен"],
    ]
    assert load(workspace, tmp_path, "Риски школ, 2024 год", rows) == []
    first, second = schools[:2]
    assert marks(workspace) == {
        (first, "500-2"): "В А", (first, "500-1"): "С А", (second, "500-7"): "0",
    }  # fmt: skip


def test_one_curator_of_two_rows_and_a_coordinator_beside(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    rows = [
        ["Школа", "Куратор", "Координатор"],
        ["СОШ № 1", "Полевая Роса Ветровна, директор МБОУ СОШ № 3", "Лесная З.В., завуч"],
        ["СОШ № 2", "^", "-"],
    ]
    load(workspace, tmp_path, "Кураторы школ", rows)
    found = [
        (one.role.name, one.school_id, one.person, one.organization)
        for one in support.list_appointments(workspace, YEAR)
    ]
    first, second = schools[:2]
    assert sorted(found) == [
        ("COORDINATOR", first, "Лесная З.В.", ""),
        ("CURATOR", first, "Полевая Роса Ветровна", "МБОУ СОШ № 3"),
        ("CURATOR", second, "Полевая Роса Ветровна", "МБОУ СОШ № 3"),
    ]


def test_mentor_pairs(workspace: Workspace, schools: list[int], tmp_path: Path) -> None:
    rows = [
        ["№", "Школа с низкими результатами", "Школа-наставник", "Направление", "Соглашение"],
        ["1", "СОШ № 1", "СОШ № 3", "математика", "№ 5 от 01.09.2024"],
        ["2", "СОШ № 2", "Институт развития", "", "от 31.02.2024 № 6-с"],
        ["3", "Гимназия", "Гимназия", "", ""],
    ]
    said = load(workspace, tmp_path, "Пары наставничества", rows)
    found = [
        (one.school_id, one.mentor.title, one.mentor_school_id, one.subject, one.agreement_number,
         one.agreement_date, one.note)
        for one in support.list_pairs(workspace, YEAR)
    ]  # fmt: skip
    first, second, third, _ = schools
    assert found == [
        (first, "МБОУ СОШ № 3", third, "математика", "5", date(2024, 9, 1),
         "В документе: № 5 от 01.09.2024"),
        (second, "Институт развития", None, "", "6-с", None, "В документе: от 31.02.2024 № 6-с"),
    ]  # fmt: skip
    assert said == [
        "Даты 31.02.2024 в календаре нет: соглашение записано без даты.",
        "Наставник «Институт развития» в реестре школ не найден.",
        "Школа «МБОУ Гимназия» названа наставником самой себе: пара не записана.",
    ]
    before = support.list_pairs(workspace, YEAR)
    load(workspace, tmp_path, "Пары наставничества ещё раз", rows)
    assert support.list_pairs(workspace, YEAR) == before


PAIRS = ["№", "Школа с низкими результатами", "Школа-наставник", "Направление", "Соглашение"]


def agreements(workspace: Workspace) -> list[tuple[str, str, date | None]]:
    """Return direction, number and date of every pair."""
    return [
        (one.subject, one.agreement_number, one.agreement_date)
        for one in support.list_pairs(workspace, YEAR)
    ]


def test_two_directions_of_a_pair_are_two_pairs(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    rows = [
        PAIRS,
        ["1", "СОШ № 1", "СОШ № 3", "математика", "№ 5 от 01.09.2024"],
        ["2", "СОШ № 1", "СОШ № 3", "русский язык", "№ 6 от 02.09.2024"],
    ]
    assert load(workspace, tmp_path, "Пары наставничества", rows) == []
    stored = agreements(workspace)
    assert stored == [
        ("математика", "5", date(2024, 9, 1)),
        ("русский язык", "6", date(2024, 9, 2)),
    ]
    load(workspace, tmp_path, "Пары наставничества, снова", rows)
    assert agreements(workspace) == stored


def test_a_second_agreement_of_a_direction_is_told_and_waits(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    rows = [
        PAIRS,
        ["1", "СОШ № 1", "СОШ № 3", "математика", "№ 5 от 01.09.2024"],
        ["2", "СОШ № 1", "СОШ № 3", "математика", "№ 6 от 02.09.2024"],
    ]
    said = load(workspace, tmp_path, "Пары наставничества", rows)
    assert agreements(workspace) == [("математика", "5", date(2024, 9, 1))]
    assert said == [
        "Пара «МБОУ СОШ № 1» и «СОШ № 3» уже стоит в этом документе: второе соглашение не записано."
    ]


def test_a_new_agreement_of_a_stored_pair_is_shown_old_and_new(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    old = [PAIRS, ["1", "СОШ № 1", "СОШ № 3", "математика", "№ 5 от 01.09.2024"]]
    load(workspace, tmp_path, "Пары наставничества", old)
    new = [PAIRS, ["1", "СОШ № 1", "СОШ № 3", "Математика", "№ 12 от 03.02.2025"]]
    path = document(tmp_path / "новые.docx", new, before=["Пары наставничества"])
    plan = importing.prepare(workspace, [path], NoProgress())
    (change,) = plan.files[0].changes
    assert [(one.field, one.old, one.new) for one in change.differences] == [
        ("Номер соглашения", "5", "12"),
        ("Дата соглашения", "01.09.2024", "03.02.2025"),
        ("Примечание", "В документе: № 5 от 01.09.2024", "В документе: № 12 от 03.02.2025"),
    ]
    batch = importing.apply(workspace, plan, NoProgress()).batch_id
    assert agreements(workspace) == [("Математика", "12", date(2025, 2, 3))]
    importing.undo(workspace, batch or 0)
    assert agreements(workspace) == [("математика", "5", date(2024, 9, 1))]


def form_of(pair: support.PairRow) -> support.PairForm:
    """Return a stored pair as its form shows it."""
    return support.PairForm(
        pair.school_id, pair.mentor, pair.subject, pair.agreement_number, pair.agreement_date
    )


OWN = "Договорились звонить по пятницам"


def test_a_note_of_the_specialist_stays_beside_that_of_a_document(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    row = ["1", "СОШ № 1", "СОШ № 3", "математика", "№ 5 от 01.09.2024"]
    load(workspace, tmp_path, "Пары наставничества", [PAIRS, row])
    (pair,) = support.list_pairs(workspace, YEAR)
    support.save_pair(workspace, replace(form_of(pair), note=OWN), pair.id)
    wide = [[*PAIRS[1:], "Содержание работы"], [*row[1:], "Открытые уроки"]]
    path = document(tmp_path / "новые.docx", wide, before=["Пары наставничества"])
    plan = importing.prepare(workspace, [path], NoProgress())
    now = f"{OWN}; В документе: № 5 от 01.09.2024; Содержание работы: Открытые уроки"
    (change,) = plan.files[0].changes
    assert [(one.field, one.old, one.new) for one in change.differences] == [
        ("Примечание", OWN, now)
    ]
    importing.apply(workspace, plan, NoProgress())
    assert [one.note for one in support.list_pairs(workspace, YEAR)] == [now]
    again = importing.prepare(workspace, [path], NoProgress())
    assert not again.stores_anything
    importing.discard(again)


def test_a_row_is_compared_with_its_own_agreement(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    five = ["1", "СОШ № 1", "СОШ № 3", "", "№ 5 от 01.09.2024"]
    load(workspace, tmp_path, "Пары", [PAIRS, five])
    (pair,) = support.list_pairs(workspace, YEAR)
    later = replace(form_of(pair), agreement_number="6", note="")
    support.save_pair(workspace, later)
    wide = [[*PAIRS[1:], "Содержание работы"], [*five[1:], "Открытые уроки"]]
    load(workspace, tmp_path, "Пары, подробнее", wide)
    found = {one.agreement_number: one.note for one in support.list_pairs(workspace, YEAR)}
    assert found == {
        "5": "В документе: № 5 от 01.09.2024; Содержание работы: Открытые уроки",
        "6": "",
    }


def test_a_direction_without_words_is_that_of_the_only_pair(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    bare = [PAIRS, ["1", "СОШ № 1", "СОШ № 3", "", ""]]
    load(workspace, tmp_path, "Пары наставничества", bare)
    assert agreements(workspace) == [("", "", None)]
    full = [PAIRS, ["1", "СОШ № 1", "СОШ № 3", "математика", "№ 5 от 01.09.2024"]]
    load(workspace, tmp_path, "Пары наставничества, полно", full)
    load(workspace, tmp_path, "Пары наставничества, кратко", bare)
    assert agreements(workspace) == [("математика", "5", date(2024, 9, 1))]


def test_two_directions_never_take_the_place_of_the_same_pair(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    load(workspace, tmp_path, "Пары", [PAIRS, ["1", "СОШ № 1", "СОШ № 3", "", ""]])
    both = [
        PAIRS,
        ["1", "СОШ № 1", "СОШ № 3", "математика", ""],
        ["2", "СОШ № 1", "СОШ № 3", "физика", ""],
    ]
    load(workspace, tmp_path, "Пары по направлениям", both)
    assert [one[0] for one in agreements(workspace)] == ["математика", "физика"]


def test_a_mentor_of_several_schools_and_none(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    rows = [
        ["Школа-лидер", "Школа-партнёр"],
        ["СОШ № 3", "СОШ № 1, СОШ № 2"],
        ["", "Гимназия"],
    ]
    path = document(tmp_path / "пары.docx", rows, before=["Сетевые пары"])
    plan = importing.prepare(workspace, [path], NoProgress())
    (finding,) = plan.files[0].findings
    assert finding.message == "В строке не назван наставник."
    importing.apply(workspace, plan, NoProgress())
    pairs = [(one.school_id, one.mentor_school_id) for one in support.list_pairs(workspace, YEAR)]
    assert pairs == []  # all rows of a table with an error wait


def test_undoing_the_load_takes_pairs_out(
    workspace: Workspace, schools: list[int], tmp_path: Path
) -> None:
    rows = [["Школа-донор", "Подшефная школа"], ["СОШ № 3", "СОШ № 1"]]
    path = document(tmp_path / "пары.docx", rows, before=["Закрепление школ"])
    plan = importing.prepare(workspace, [path], NoProgress())
    report = importing.apply(workspace, plan, NoProgress())
    assert len(support.list_pairs(workspace, YEAR)) == 1
    assert report.batch_id is not None
    importing.undo(workspace, report.batch_id)
    assert support.list_pairs(workspace, YEAR) == ()
