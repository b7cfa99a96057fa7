"""Shares that Excel keeps as parts of one are per cent; what is only likely is told."""

from __future__ import annotations

from tests.importing.layouts.layout_sheets import read, said, sheet
from tests.importing.layouts.record_sheets import record, records

SCORES = "Год;Класс;Предмет;Логин;ОО;Кол-во участников;0;1;2;3;4;5"
PASSPORT = (
    "Социальный паспорт, 2024/2025 учебный год",
    "Школа;Всего обучающихся;Многодетные семьи;;Опека;",
    ";;чел.;%;чел.;%",
)
TASKS = (
    "ВПР 2025. 5 класс. Математика",
    "Выполнение заданий",
    "Логин;ОО;Кол-во участников;1;2;3К1",
    ";Макс. балл;;1;2;1",
)


def test_scores_whose_shares_make_one() -> None:
    row = [2024, 4, "Математика", "edu000001", "СОШ № 1", 10, 0, 0.1, 0.2, 0.3, 0.4, 0]
    extract = read(sheet(SCORES, row), "score_distribution")
    data = record(extract).data
    assert [data[f"score_{n}"] for n in range(6)] == [0, 10, 20, 30, 40, 0]
    assert extract.problems == ()


def test_counts_beside_the_shares_decide() -> None:
    parts = read(sheet(*PASSPORT, ["СОШ № 7", 200, 1, 0.005, 40, 0.2]), "social_passport")
    assert record(parts).data["large_families_share"] == 0.5
    assert record(parts).data["guardianship_share"] == 20
    assert parts.problems == ()
    small = read(sheet(*PASSPORT, ["СОШ № 7", 200, 1, 0.5, 2, 1]), "social_passport")
    assert record(small).data["large_families_share"] == 0.5
    assert record(small).data["guardianship_share"] == 1
    assert small.problems == ()


def test_each_column_is_judged_by_its_own_counts() -> None:
    mixed = read(sheet(*PASSPORT, ["СОШ № 7", 100, 18, 18, 3, 0.03]), "social_passport")
    assert record(mixed).data["large_families_share"] == 18
    assert record(mixed).data["guardianship_share"] == 3


def test_without_counts_parts_of_one_are_told() -> None:
    rows = (["edu000001", "СОШ № 1", 12, 0.5, 1, 0.25], ["edu000002", "СОШ № 2", 8, 0, 0.75, 1])
    extract = read(sheet(*TASKS, *rows), "task_results")
    assert [one.data["task_1"] for one in records(extract)] == [50, 0]
    assert [one.data["task_2"] for one in records(extract)] == [100, 75]
    (problem,) = said(extract.problems, "части целого")
    assert problem.cell == "D5"


def test_shares_over_one_or_with_a_sign_stay() -> None:
    whole = read(sheet(*TASKS, ["edu000001", "СОШ № 1", 12, 0.5, 60, 25]), "task_results")
    assert record(whole).data["task_1"] == 0.5
    signed = read(
        sheet(*TASKS, ["edu000001", "СОШ № 1", 12, "0,5 %", "1 %", "0 %"]), "task_results"
    )
    assert record(signed).data["task_1"] == 0.5
    assert not said(signed.problems, "части целого")


def test_parts_of_one_in_a_form_and_in_a_comparison() -> None:
    form = read(
        sheet(
            "Социальный паспорт",
            "МКОУ Ключевская СОШ",
            "2024/2025 учебный год",
            "Показатель;чел.;%",
            ["Всего обучающихся", 200, 1],
            ["Из многодетных семей", 50, 0.25],
            ["Опека", 1, 0.5],
        ),
        "social_passport_form",
    )
    data = record(form).data
    assert (data["large_families_share"], data["guardianship_share"]) == (25, 0.5)
    listed = read(
        sheet(
            "ВПР 2025. 5 класс",
            "Предмет: Русский язык",
            "Группы участников;Кол-во участников;%",
            "МКОУ Ключевская СОШ",
            ["Понизили (Отметка < Отметка по журналу)", 3, 0.3],
            ["Подтвердили (Отметка = Отметка по журналу)", 7, 0.7],
            ["Повысили (Отметка > Отметка по журналу)", 0, 0],
            ["Всего", 10, 1],
        ),
        "journal_comparison",
    )
    found = record(listed).data
    assert (found["lowered_share"], found["confirmed_share"]) == (30, 70)


def test_parts_of_one_in_planned_results_and_in_dynamics_are_told() -> None:
    planned = read(
        sheet(
            "ВПР 2025. 5 класс. Достижение планируемых результатов",
            "Предмет:;Русский язык",
            "МКОУ Озёрская СОШ (edu123456)",
            "№;Блоки ПООП;Макс. балл;ОО",
            ["1", "Соблюдать нормы", 4, 0.555],
            ["2", "Проводить разборы", 3, 1],
        ),
        "planned_results",
    )
    shares = [value for name, value in record(planned).data.items() if name.startswith("block_")]
    assert shares == [55.5, 100]
    assert said(planned.problems, "части целого")[0].cell == "D5"
    dynamics = read(
        sheet(
            "Динамика ВПР. Ясный район",
            "Предмет;Качество;;Успеваемость;",
            ";2024 г.;2025 г.;2024 г.;2025 г.",
            ["Математика, 6 класс", 0.5, 0.55, 0.9, 1],
        ),
        "vpr_dynamics",
    )
    found = [(one.data["quality"], one.data["success"]) for one in records(dynamics)]
    assert found == [(50, 90), (55, 100)]
    assert said(dynamics.problems, "части целого")


FEW = ("Социальный паспорт, 2024/2025 учебный год", "Школа;Всего обучающихся;Дети-инвалиды, %")


def test_a_share_that_is_a_whole_number_of_pupils_as_per_cents_stays() -> None:
    rows = (["СОШ № 1", 200, 0.5], ["СОШ № 2", 100, 1], ["СОШ № 3", 300, 0])
    extract = read(sheet(*FEW, *rows), "social_passport")
    assert [one.data["disabled_share"] for one in records(extract)] == [0.5, 1, 0]
    assert said(extract.problems, "прочитаны как проценты")[0].cell == "C3"


def test_a_share_that_is_none_as_per_cents_is_a_part_of_one() -> None:
    extract = read(sheet(*FEW, ["СОШ № 1", 183, 0.32], ["СОШ № 2", 90, 0.5]), "social_passport")
    assert [one.data["disabled_share"] for one in records(extract)] == [32, 50]
    assert said(extract.problems, "части целого")


def test_a_small_share_without_a_number_beside_it_is_left_out_and_told() -> None:
    titles = (FEW[0], "Школа;Дети-инвалиды, %;Опека, чел.")
    extract = read(sheet(*titles, ["СОШ № 1", 0.5, 3], ["СОШ № 2", 1, 2]), "social_passport")
    assert [sorted(one.data) for one in records(extract)] == [["guardianship"]] * 2
    assert said(extract.problems, "не видно; не взяты")[0].cell == "B3"


def test_one_share_over_one_makes_per_cents_of_every_row_of_the_dynamics() -> None:
    extract = read(
        sheet(
            "Динамика ВПР",
            "Предмет;Качество 2024;Успеваемость 2024;Качество 2025;Успеваемость 2025",
            ["Математика 5 кл.", 30, 90, 50, 90],
            ["Физика 7 кл.", 1, 0.9, 0.5, 1],
        ),
        "vpr_dynamics",
    )
    found = {
        (one.procedure.subject, one.year): (one.data["quality"], one.data["success"])
        for one in records(extract)
        if one.procedure
    }
    assert found["Физика", 2024] == (1, 0.9)
    assert found["Физика", 2025] == (0.5, 1)
    assert extract.problems == ()


def test_blocks_of_a_school_are_judged_with_those_beside_them() -> None:
    extract = read(
        sheet(
            "ВПР 2025. 5 класс. Математика",
            "№;Блоки ПООП;Макс. балл;МБОУ Лесная СОШ;РФ",
            ["1", "Считать", 1, 0.5, 60],
            ["2", "Писать", 1, 1, 45],
        ),
        "planned_results",
    )
    shares = [
        [value for name, value in one.data.items() if name.startswith("block_")]
        for one in records(extract)
    ]
    assert shares == [[0.5, 1], [60, 45]]
