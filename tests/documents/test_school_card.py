"""The card of a school: one page that says who it is, its results, its category and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from app.models.enums import Category, RecordKind
from app.models.records import Record
from app.services import documents
from app.services.charts import Bars, Stack
from app.services.charts.types import StackRow
from app.services.documents.blocks import Chart, Content, texts
from app.services.documents.content.school_card import (
    KIND,
    CardFacts,
    MeasureLine,
    ResultLine,
    RiskLine,
    Room,
    card_content,
)
from app.services.documents.school_cards import build_school_card, card_facts
from app.services.documents.tables import Cell, Table
from app.services.documents.texts import sentences
from app.services.methodology import override
from app.services.schools import SchoolGone
from app.services.workspace import Workspace
from tests.methodology.builders import MA4, MA5, OGE_MA, RU4, YEAR
from tests.stored import add_result, add_school

WIDE = Room(results=10, chart=True, passport=8, measures=8)
FACTS = CardFacts(
    office="Управление",
    profile="2025",
    year=YEAR,
    school="Первая школа",
    full_name="МБОУ «Первая школа»",
    requisites=(("Вид", "СОШ"), ("Обучающихся", "240"), ("Код РЦОИ", "13450")),
    passport=(("Малообеспеченные", "40 (16,7 %)"),),
    years=(YEAR - 1, YEAR),
    results=(
        ResultLine("ВПР, математика, 4 класс", (10.0, 30.0), "3 из 10", low=True),
        ResultLine("ОГЭ, математика", (None, 8.04), "2 из 25", low=False),
        ResultLine("ЕГЭ, математика", (12.0, None), "", low=False),
    ),
    category="ШНОР",
    standing="подтверждён расчёт, 01.09.2025",
    reason="Низкие результаты.",
    distance="Запас мал.",
    since="",
    warnings=("Малая выборка.",),
    region="",
    conditions=("ШНСУ не определена.",),
    methodology="Общее правило, версия 1",
)


def said(content: Content) -> list[str]:
    """Return every text of the card with plain spaces."""
    return [piece.text.replace("\N{NO-BREAK SPACE}", " ") for piece in texts(content)]


def rows(content: Content, place: int) -> list[list[str]]:
    """Return the texts of a table of the card."""
    table = [block for block in content.blocks if isinstance(block, Table)][place]
    return [
        [
            (cell.text if isinstance(cell, Cell) else cell).replace("\N{NO-BREAK SPACE}", " ")
            for cell in row
        ]
        for row in table.rows
    ]


def test_the_card_says_what_is_known_and_leaves_the_rest_out() -> None:
    content = card_content(FACTS, WIDE, sentences(KIND))
    assert said(content)[0].endswith("Первая школа, 2025 год")
    assert rows(content, 0) == [
        ["Полное наименование", "МБОУ «Первая школа»"],
        ["Вид", "СОШ", "Код РЦОИ", "13450"],
        ["Обучающихся", "240", "Малообеспеченные", "40 (16,7 %)"],
    ]
    assert rows(content, 1) == [
        ["ВПР, математика, 4 класс", "10,0", "30,0", "+20,0", "3 из 10"],
        ["ОГЭ, математика", "–", "8,0", "–", "2 из 25"],
        ["ЕГЭ, математика", "12,0", "–", "–", "–"],
    ]
    text = "\n".join(said(content))
    assert "Категория: ШНОР (подтверждён расчёт, 01.09.2025)" in text
    assert "Обратить внимание. Малая выборка." in text
    assert "Актуальные риски" not in text
    assert any(isinstance(block, Chart) for block in content.blocks)


def test_risks_and_measures_stand_on_it_when_they_are_kept() -> None:
    measures = tuple(MeasureLine(f"Мера {n}", "1 кв.", "директор", "идёт") for n in range(3))
    facts = replace(FACTS, risks=(RiskLine("Дефицит кадров", "высокая"),), measures=measures)
    text = "\n".join(said(card_content(facts, replace(WIDE, measures=2), sentences(KIND))))
    assert "Актуальные риски: Дефицит кадров – высокая" in text
    assert "Ещё мер: 1." in text
    none = said(card_content(replace(FACTS, risks=()), WIDE, sentences(KIND)))
    assert "Актуальные риски: не отмечены" in none


def test_what_has_no_room_is_said_to_be_left_out() -> None:
    room = Room(results=1, chart=False, passport=0, measures=0, warnings=False)
    content = card_content(FACTS, room, sentences(KIND))
    assert len(rows(content, 1)) == 1
    text = "\n".join(said(content))
    assert "Ещё процедур с меньшей долей: 2." in text
    assert "Предупреждений к выводу: 1" in text
    assert "Малообеспеченные" not in text


def test_a_school_without_results_has_a_card_too() -> None:
    content = card_content(replace(FACTS, results=(), years=()), WIDE, sentences(KIND))
    assert any("Результатов по учитываемым процедурам" in text for text in said(content))


@pytest.fixture
def school(workspace: Workspace) -> int:
    """Return a school that is low in two procedures."""
    made = add_school(workspace, "Первая школа", fisoko="edu1", kind="СОШ", pupils=240)
    for procedure in (MA4, RU4, MA5, OGE_MA):
        for year, below in ((YEAR - 1, 1), (YEAR, 4)):
            key = (procedure.kind, year, procedure.subject, procedure.grade)
            add_result(workspace, made, key, 10, below)
    return made


def test_it_is_made_of_what_is_stored_and_fits_a_page(
    workspace: Workspace, school: int, tmp_path: Path
) -> None:
    facts = card_facts(workspace, school, YEAR)
    assert (facts.category, facts.standing) == ("ШНОР", "предложено по расчёту, решения ещё нет")
    assert facts.years == (YEAR - 1, YEAR)
    assert [line.shares for line in facts.results] == [(10.0, 40.0)] * 4
    assert facts.since.startswith("В 2024 году")
    assert facts.risks is None
    content = documents.build_school_card(workspace, school, YEAR)
    for ending in (".pdf", ".docx"):
        documents.write(content, tmp_path / f"card{ending}")
    with documents.PDFIUM:
        pdf = pypdfium2.PdfDocument(tmp_path / "card.pdf")
        assert len(pdf) == 1
        pdf.close()


def test_shares_of_the_passport_do_not_read_as_the_threshold(
    workspace: Workspace, school: int
) -> None:
    with workspace.database.write() as session:
        session.add(
            Record(
                identity="passport",
                kind=RecordKind.PASSPORT,
                year=YEAR,
                school_id=school,
                data={"low_income": 749, "low_income_share": 29.96},
                current=True,
            )
        )
    passport = card_facts(workspace, school, YEAR).passport
    assert [value for _, value in passport] == ["749 (29,96 %)"]


def test_a_crowded_school_is_shortened_to_one_page(workspace: Workspace, school: int) -> None:
    for grade in range(4, 12):
        for year in (YEAR - 2, YEAR - 1, YEAR):
            for subject in ("Русский язык", "Математика"):
                if (subject, grade) not in (
                    ("Математика", 4),
                    ("Русский язык", 4),
                    ("Математика", 5),
                ):
                    add_result(workspace, school, (MA4.kind, year, subject, grade), 7, 3)
    override(workspace, YEAR, school, Category.NONE, "решение комиссии: " + "слово " * 150)
    content = build_school_card(workspace, school, YEAR)
    with documents.PDFIUM:
        pdf = pypdfium2.PdfDocument(documents.render_pdf(content))
        assert len(pdf) == 1
        pdf.close()
    assert not any(isinstance(block, Chart) for block in content.blocks)


def test_a_school_without_data_and_one_that_is_gone(workspace: Workspace) -> None:
    empty = add_school(workspace, "Новая школа")
    assert card_facts(workspace, empty, YEAR).category == "нет данных"
    with pytest.raises(SchoolGone):
        build_school_card(workspace, 999, YEAR)


MARKS = Stack(
    "Распределение отметок, 2025 год",
    ("«2»", "«3»", "«4»", "«5»"),
    tuple(StackRow(f"Процедура {n}", (10.0, 20.0, 30.0, 40.0), 10) for n in range(6)),
)


def test_marks_are_drawn_where_there_is_room() -> None:
    say = sentences(KIND)
    facts = replace(FACTS, marks=MARKS)
    charts = [b.chart for b in card_content(facts, WIDE, say).blocks if isinstance(b, Chart)]
    assert len(charts) == 1
    with_marks = card_content(facts, replace(WIDE, marks=True), say)
    bars, marks = (b.chart for b in with_marks.blocks if isinstance(b, Chart))
    assert isinstance(bars, Bars)
    assert isinstance(marks, Stack)
    assert [row.title for row in marks.rows] == [f"Процедура {n}" for n in range(4)]


def test_own_signals_are_printed_with_what_they_do_not_mean() -> None:
    say = sentences(KIND)
    facts = replace(
        FACTS, signals=("Внутренний сигнал: скачок (1 / 20).",), signals_note="Не вывод."
    )
    assert "Внутренний сигнал: скачок (1 / 20). Не вывод." in said(card_content(facts, WIDE, say))
    short = said(card_content(facts, replace(WIDE, signals=False), say))
    assert any(text.startswith("Внутренних сигналов: 1; это расчёт программы") for text in short)
    assert not any("игнал" in text for text in said(card_content(FACTS, WIDE, say)))


def test_bands_of_scores_are_printed_where_they_are_known() -> None:
    facts = replace(FACTS, bands=("Физика: до 60 – 1 (100,0 %); тестовые баллы из протоколов.",))
    texts_of = said(card_content(facts, WIDE, sentences(KIND)))
    assert any(text.startswith("Группы баллов ЕГЭ. Физика: до 60 – 1") for text in texts_of)
    assert not any(
        "Группы баллов" in text for text in said(card_content(FACTS, WIDE, sentences(KIND)))
    )
