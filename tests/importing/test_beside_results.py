"""Marks of a term, a forecast or a region beside those of the assessment."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.importing.beside_results import beside_results
from app.services.importing.days_rules import ASIDE
from app.services.importing.facts import ResultFact
from app.services.importing.grid import Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedSheet
from app.services.importing.task import BookTask
from tests.importing.layouts.layout_sheets import errors, numbers, said, sheet

ROW = "СОШ № 1;20;0;8;8;4;4;8;6;2"
LEFT, RIGHT = (20, 0, 8, 8, 4), (20, 4, 8, 6, 2)


def read(*rows: str) -> LoadedSheet:
    """Return what the only sheet of a book gives."""
    task = BookTask("отчёт.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    (one,) = load_book(task, Workbook("xlsx", (sheet(*rows),))).sheets
    return one


def figures(one: LoadedSheet) -> list[tuple[int | None, ...]]:
    """Return participants and marks of every result."""
    facts = [fact for block in one.extract.blocks for fact in block.facts]
    return [numbers(fact) for fact in facts if isinstance(fact, ResultFact)]


@pytest.mark.parametrize(
    ("left", "right", "taken"),
    [
        ("Отметки за III четверть", "Отметки за ВПР", RIGHT),
        ("По журналу", "По результатам ВПР", RIGHT),
        ("Входная диагностика", "ВПР", RIGHT),
        ("Прогноз", "Факт", RIGHT),
        ("Область", "Школа", RIGHT),
        ("ВПР", "Журнал", LEFT),
        ("Основной день", "Резервный день", LEFT),
    ],
)
def test_what_is_called_otherwise_is_told_and_left_out(
    left: str, right: str, taken: tuple[int, ...]
) -> None:
    header = f"ОО;Кол-во участников;{left};;;;{right};;;"
    one = read("ВПР 2025. История. 5 класс", header, ";;2;3;4;5;2;3;4;5", ROW)
    assert figures(one) == [taken]
    assert not errors(one.problems)
    other, place = (left, "C–F") if taken is RIGHT else (right, "G–J")
    (told,) = said(one.problems, "не загружены")
    assert f"Столбцы {place} («{other}»)" in told.message


def test_a_trial_beside_the_exam_is_no_exam() -> None:
    header = "ОО;Кол-во участников;Пробный экзамен;;;;ОГЭ;;;"
    one = read("ОГЭ 2025. Химия", header, ";;2;3;4;5;2;3;4;5", ROW)
    assert figures(one) == [RIGHT]


def test_success_of_a_term_is_none_of_the_vpr() -> None:
    one = read(
        "ВПР 2025. Биология. 6 класс",
        "ОО;Кол-во участников;За четверть;;ВПР;",
        ";;Успеваемость;Качество;Успеваемость;Качество",
        "СОШ № 1;20;100;60;80;50",
    )
    facts = [fact for block in one.extract.blocks for fact in block.facts]
    assert [fact.marks.below for fact in facts if isinstance(fact, ResultFact)] == [4]


def test_a_period_before_the_main_one_is_left_out() -> None:
    one = read(
        "ЕГЭ 2025. Физика",
        "ОО;Досрочный период;;;Основной период;;",
        ";Участников;Средний балл;Ниже порога;Участников;Средний балл;Ниже порога",
        "СОШ № 1;2;70;0;20;50;4",
    )
    facts = [fact for block in one.extract.blocks for fact in block.facts]
    assert [f.marks.participants for f in facts if isinstance(f, ResultFact)] == [20]


def test_groups_that_are_all_of_one_sort_are_left_alone() -> None:
    rows = ("ОО;Участников;Физика;;;;Химия;;;", ";;2;3;4;5;2;3;4;5", ROW)
    assert beside_results(sheet("ОГЭ 2025", *rows)) is None
    rows = ("ОО;До пересдачи;;;;После пересдачи;;;", ";2;3;4;5;2;3;4;5", ROW)
    assert beside_results(sheet("ОГЭ 2025", *rows)) is None
    rows = ("ОО;Участников;История России;;;;Химия;;;", ";;2;3;4;5;2;3;4;5", ROW)
    assert beside_results(sheet("ВПР 2025. 8 класс", *rows)) is None
    plan = ("Показатель;План;;Факт;", ";2024;2025;2024;2025", "Доля;1;2;3;4")
    assert beside_results(sheet(*plan)) is None


@pytest.mark.parametrize("other", ["Досрочный период", "Резервный день"])
@pytest.mark.parametrize("first", [True, False])
def test_columns_left_out_do_not_make_the_rest_another_day(other: str, first: bool) -> None:
    groups = (f"{other};;", "Основной период;;")
    titles = ("ОО", *(groups if first else reversed(groups)))
    below = ";Участников;Ср. балл;Ниже порога;Участников;Ср. балл;Ниже порога"
    cells = ("2;70;0", "20;50;4") if first else ("20;50;4", "2;70;0")
    one = read("ЕГЭ 2025. Физика", ";".join(titles), below, ";".join(("СОШ № 2", *cells)))
    facts = [fact for block in one.extract.blocks for fact in block.facts]
    assert [f.marks.participants for f in facts if isinstance(f, ResultFact)] == [20]
    assert not any(ASIDE in block.columns for block in one.extract.blocks)


def test_an_early_period_alone_is_another_day_of_the_exam() -> None:
    titles = "ОО;Участников;Ср. балл;Ниже порога"
    one = read("ЕГЭ 2025. Физика. Досрочный период", titles, "СОШ № 2;2;70;0")
    assert [block.columns[ASIDE] for block in one.extract.blocks] == ["$A$1"]
