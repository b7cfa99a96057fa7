"""The check of a finished document: the slips of real programmes are found, sound ones pass."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

import pytest

from app.paths import resource
from app.services.documents.blocks import (
    Block,
    Cell,
    Column,
    Content,
    Heading,
    Meta,
    Paragraph,
    Run,
    Table,
)
from app.services.documents.checking import (
    DocumentFinding,
    FindingKind,
    check_content,
    check_limits,
)
from app.services.documents.wording import Wording, using


def found(*made: Block, period: tuple[int, int] | None = None) -> list[DocumentFinding]:
    content = Content("Программа", "programme", "2025", tuple(made), Meta("УО", 2026))
    return list(check_content(content, period))


def text(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def kinds(findings: list[DocumentFinding]) -> list[FindingKind]:
    return [one.kind for one in findings]


def test_years_of_another_programme_are_found() -> None:
    made = found(text("Срок: 2026–2028 годы"), text("На 2021-2024 годы"), period=(2022, 2024))
    assert [one.block for one in made] == [0, 1]
    assert "«2021-2024» расходится со сроком программы 2022–2024" in made[1].message


@pytest.mark.parametrize("words", ["2022–2024 годы", "2022–2023 годы", "2021–2022 учебный год"])
def test_years_inside_the_period_and_school_years_pass(words: str) -> None:
    assert found(text(words), period=(2022, 2024)) == []


def test_shares_that_do_not_make_a_hundred_are_found() -> None:
    titles = ("Предмет", "до 60, %", "60–80, %", "выше 80, %")
    columns = tuple(Column(title, 1) for title in titles)
    rows = (("Русский язык", "44,1", "52,9", "3,0"), ("Физика", "50,0", "40,0", "11,5"))
    made = found(Table(columns, rows))
    assert kinds(made) == [FindingKind.PERCENT]
    assert "101,5 %" in made[0].message
    assert "строка 2: Физика" in made[0].place


def test_shares_under_a_header_of_two_rows_are_found() -> None:
    columns = tuple(Column("", 1) for _ in range(5))
    head = (
        (Cell("ОУ", rows=2), Cell("Математика", columns=4)),
        ("«5», %", "«4», %", "«3», %", "«2», %"),
    )
    rows = (("А", "10,0", "20,0", "30,0", "30,0"), ("Б", "25,0", "25,0", "25,0", "25,0"))
    made = found(Table(columns, rows, head=head))
    shares = [one.message for one in made if one.kind is FindingKind.PERCENT]
    assert ["90,0 %" in message for message in shares] == [True]


def test_indicators_in_per_cent_are_no_parts_of_one_whole() -> None:
    titles = ("Показатель", "2026, %", "2027, %", "2028, %")
    columns = tuple(Column(title, 1) for title in titles)
    assert found(Table(columns, (("Доля школ", "70", "80", "90"),))) == []


@pytest.mark.parametrize(
    ("headings", "message"),
    [
        (("1. Паспорт", "1. Цели"), "«1» стоит дважды"),
        (("II. Цели", "II. Задачи"), "«2» стоит дважды"),
        (("VIII. Риски", "X. Итоги"), "После раздела 8 идёт 10"),
        (("1. Паспорт", "2. Цели", "4. Риски"), "После раздела 2 идёт 4"),
    ],
)
def test_sections_numbered_twice_or_with_a_gap_are_found(
    headings: tuple[str, ...], message: str
) -> None:
    made = found(*(Heading(words) for words in headings))
    assert kinds(made) == [FindingKind.NUMBERING]
    assert message in made[0].message


def test_subsections_of_different_sections_may_have_equal_numbers() -> None:
    headings = [("1. А", 1), ("1.1. Б", 2), ("2. В", 1), ("2.1. Г", 2), ("2.2. Д", 2)]
    assert found(*(Heading(words, level) for words, level in headings)) == []


def test_abbreviations_that_nobody_explains_are_found_once() -> None:
    made = found(text("Совещание РМО и АМР."), text("Ещё раз РМО, школы РФ, МБОУ СОШ № 1."))
    assert kinds(made) == [FindingKind.ABBREVIATION] * 2
    assert "районное методическое объединение (далее – РМО)" in made[0].hint
    assert "чужого документа" in made[1].hint


@pytest.mark.parametrize(
    "words",
    [
        "Районное методическое объединение (РМО) решает. РМО собирается.",
        "Методическое объединение (далее – РМО). РМО собирается.",
        "РМО – районные объединения. РМО собирается.",
    ],
)
def test_explained_abbreviations_pass(words: str) -> None:
    assert found(text(words)) == []


def test_blanks_are_found_with_what_stands_near() -> None:
    made = found(text("Куратор ____________ от школы"))
    assert kinds(made) == [FindingKind.BLANK]
    assert "«Куратор … от школы»" in made[0].message


def test_a_school_called_in_two_ways_is_found() -> None:
    content = Content(
        "Программа",
        "programme",
        "2025",
        (text("МКОУ «Озёрская СОШ» и другие"), text("Директор БСШ обеспечивает")),
        Meta("УО", 2026),
    )
    names = {"МКОУ Озерская СОШ": frozenset({"БСШ", "Озёрская СОШ"})}
    made = [one for one in check_content(content, names=names) if one.kind is FindingKind.NAME]
    assert [one.block for one in made] == [1]
    assert "«МКОУ Озерская СОШ» и «БСШ»" in made[0].message


def test_a_section_with_two_numbers_is_found() -> None:
    made = found(Heading("1. I. Паспорт"), Heading("2. 2. Цели"), Heading("3. 10 школ района"))
    assert [one.block for one in made if "два номера" in one.message] == [0, 1]


def test_a_section_without_a_number_among_numbered_ones_is_found() -> None:
    made = found(Heading("1. Паспорт"), Heading("Цели"), Heading("Задача", 2), Heading("2. Этапы"))
    assert [(one.kind, one.block) for one in made] == [(FindingKind.NUMBERING, 1)]
    assert found(Heading("Паспорт"), Heading("1. Цели"), Heading("Этапы")) == []


@pytest.mark.parametrize("day", ["28.02.2022", "28 февраля 2022 года", "28 февраля 2022 г."])
def test_an_act_later_than_the_approval_is_found_in_the_text(day: str) -> None:
    content = Content(
        "Программа",
        "programme",
        "2025",
        (text("Приказ от 10.01.2022 № 1"), text(f"Приказ от {day} № 17-д")),
        Meta("УО", 2022),
    )
    made = check_content(content, approved=date(2022, 1, 19))
    assert [(one.kind, one.block) for one in made] == [(FindingKind.ACT, 1)]
    assert check_content(content) == ()


def test_the_figures_of_the_check_have_their_sources() -> None:
    body = json.loads(resource("documents", "checking.json").read_text(encoding="utf-8"))
    figures = {name: one for name, one in body.items() if name != "title"}
    assert set(figures) == {item.name for item in fields(check_limits())}
    assert all(one["source"] and isinstance(one["confirmed"], bool) for one in figures.values())


def test_another_term_than_the_office_has_chosen_is_found() -> None:
    words = text("ШНРО – школы с низкими результатами обучения, ШНРО и ШНСУ (ШНСУ)")
    (finding,) = found(words)
    assert finding.kind is FindingKind.ABBREVIATION
    assert "принят термин «ШНОР», а здесь стоит «ШНРО»" in finding.message
    with using(Wording(chosen={"low_results": "ШНРО"})):
        assert found(words) == []
