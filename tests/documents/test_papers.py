"""Papers described by data: each kind is made, whole and without an unfilled tag."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.errors import UserError
from app.models.enums import AssessmentKind, ProgrammeKind, RoadmapMode
from app.services import programmes, roadmap, settings
from app.services.documents import (
    SENTENCE,
    PaperRequest,
    blanks,
    blocks,
    build_paper,
    changed_data,
    papers,
    register,
    render_pdf,
    spoken,
    write,
)
from app.services.documents.papers.sources import SOURCE_KEYS
from app.services.documents.papers.types import FieldKind, Form, Need
from app.services.programmes import ProgrammeForm
from app.services.schools import list_schools
from app.services.workspace import Workspace
from tests.documents.programmes import SCHOOLS, add_programme, add_support
from tests.documents.samples import pdf_pages, squeezed
from tests.documents.test_order import DETAILS
from tests.documents.test_programme import docx_text, folded, pdf_text
from tests.fillings import Fillings
from tests.stored import add_result

KINDS = sorted(papers())


def store_office(workspace: Workspace) -> None:
    """Store an office, schools with support and a programme."""
    settings.save_office(workspace, DETAILS)
    add_support(workspace)
    add_programme(workspace)


@pytest.fixture
def stored(workspace: Workspace, fillings: Fillings) -> Workspace:
    """Return a workspace with an office, schools with support and a programme."""
    fillings.fill(workspace, store_office)
    return workspace


def request_of(workspace: Workspace, kind: str, *, filled: bool) -> PaperRequest:
    """Return a request with every field filled, or with none."""
    values = {
        FieldKind.TEXT: "вписанный текст",
        FieldKind.LINES: "первая строка\nвторая строка",
        FieldKind.DATE: "2026-10-05",
        FieldKind.PERSON: "заместитель начальника; Кощеева Василиса Ивановна",
    }
    school = _school(workspace) if Need.SCHOOL in papers()[kind].needs else None
    if not filled:
        return PaperRequest(kind, 2026, school_id=school)
    fields = {field.key: values[field.kind] for field in papers()[kind].fields}
    day = date(2026, 9, 1)
    return PaperRequest(kind, 2026, school_id=school, number="7-о", date=day, values=fields)


def _school(workspace: Workspace) -> int:
    return next(one.id for one in list_schools(workspace) if one.short_name == SCHOOLS[0])


@pytest.mark.parametrize("kind", KINDS)
def test_a_filled_paper_holds_everything_and_leaves_no_blank(stored: Workspace, kind: str) -> None:
    draft = build_paper(stored, request_of(stored, kind, filled=True))
    text = "\n".join(piece.text for piece in blocks.texts(draft.content))
    assert "{" not in text
    assert draft.blanks == ()
    for field in papers()[kind].fields:
        expected = {
            FieldKind.TEXT: "вписанный текст",
            FieldKind.LINES: "первая строка",
            FieldKind.DATE: "5 октября 2026",
            FieldKind.PERSON: "заместителя начальника Кощееву",
        }[field.kind]
        assert folded(expected) in folded(text), field.key


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_request_names_every_blank(stored: Workspace, kind: str) -> None:
    draft = build_paper(stored, request_of(stored, kind, filled=False))
    for field in papers()[kind].fields:
        assert (field.title in draft.blanks) is (field.empty is None)


@pytest.mark.parametrize(
    "kind", [key for key, spec in papers().items() if spec.form is Form.ORDER and spec.signed]
)
def test_the_head_keeps_the_control_that_nobody_is_given(stored: Workspace, kind: str) -> None:
    spec = papers()[kind]
    words = {
        filled: _words(build_paper(stored, request_of(stored, kind, filled=filled)).content)
        for filled in (True, False)
    }
    act = "постановления" if spec.word == "ПОСТАНОВЛЕНИЕ" else "приказа"
    assert f"Контроль исполнения настоящего {act} оставляю за собой." in words[False]
    assert "оставляю за собой" not in words[True]
    assert "возложить на заместителя начальника Кощееву" in words[True]


def test_an_own_sentence_on_control_leaves_no_blank_where_nobody_is_named(
    stored: Workspace,
) -> None:
    own = "Проследить за исполнением поручить {controller}."
    kind = "order-curators"
    name = next(one.name for one in spoken(papers()[kind]) if "{controller}" in one.text)
    asked = request_of(stored, kind, filled=False)
    asked = replace(asked, values={**asked.values, f"{SENTENCE}{name}": own})
    draft = build_paper(stored, asked)
    assert "Контроль исполнения настоящего приказа оставляю за собой." in _words(draft.content)
    assert any(f"Вместо своего предложения «{own}»" in one for one in draft.warnings)
    said = {**asked.values, f"{SENTENCE}empty.controller": "Проследить обязуюсь."}
    words = _words(build_paper(stored, replace(asked, values=said)).content)
    assert "Проследить обязуюсь." in words
    assert "оставляю" not in words


def _words(content: blocks.Content) -> str:
    return folded_spaces(" ".join(one.text for one in blocks.texts(content)))


@pytest.mark.parametrize("kind", KINDS)
def test_both_files_say_the_same(stored: Workspace, kind: str, tmp_path: Path) -> None:
    content = build_paper(stored, request_of(stored, kind, filled=True)).content
    pdf, word = write(content, tmp_path / "а.pdf"), write(content, tmp_path / "а.docx")
    from_pdf, from_word = pdf_text(pdf.read_bytes()), docx_text(word.read_bytes())
    for piece in blocks.texts(content):
        if re.search(r"[а-яё]{4}", piece.text) and not piece.place.endswith("название документа"):
            assert folded(piece.text) in from_word, piece
            assert folded(piece.text) in from_pdf, piece


def test_every_source_of_every_kind_is_known() -> None:
    wanted = {
        item.source
        for spec in papers().values()
        for items in (spec.body, *(annex.items for annex in spec.annexes))
        for item in items
        if item.source
    }
    assert wanted <= SOURCE_KEYS


def test_what_a_kind_needs_is_asked_for(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    with pytest.raises(UserError, match="нет ни одной программы"):
        build_paper(workspace, PaperRequest("order-roadmap", 2026))
    with pytest.raises(UserError, match="Не выбрана школа"):
        build_paper(workspace, PaperRequest("risk-profile", 2026))


def test_a_date_that_is_none_is_refused(stored: Workspace) -> None:
    wrong = PaperRequest("order-curators", 2026, values={"deadline": "30 февраля"})
    with pytest.raises(UserError, match="не дата"):
        build_paper(stored, wrong)


def test_tables_of_a_paper_go_into_a_workbook(stored: Workspace, tmp_path: Path) -> None:
    content = build_paper(stored, PaperRequest("roadmap-paper", 2026)).content
    path = write(content, tmp_path / "а.xlsx")
    book = openpyxl.load_workbook(path)
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "Выезд методистов" in values
    assert "Общее совещание всех направлений" in values


def test_an_agreement_is_settled_point_by_point(stored: Workspace) -> None:
    request = request_of(stored, "network-agreement", filled=True)
    names = [one.name for one in spoken(papers()["network-agreement"])]
    assert "body.2.points.1.1" in names
    own = {f"{SENTENCE}body.2.points.1.1": "Стороны вместе учат {subject} у реки."}
    settled = replace(request, values={**request.values, **own})
    text = "\n".join(piece.text for piece in blocks.texts(build_paper(stored, settled).content))
    assert folded("Стороны вместе учат вписанный текст у реки.") in folded(text)
    row, _ = register(stored, build_paper(stored, settled).content, settled)
    assert changed_data(stored, row.id) == ()
    wrong = replace(request, values={f"{SENTENCE}body.99": "нет такого"})
    with pytest.raises(UserError, match=r"нет предложения «body\.99»"):
        build_paper(stored, wrong)
    foreign = replace(request, values={f"{SENTENCE}title": "О {вздоре}"})
    with pytest.raises(UserError, match=r"неизвестная метка \{вздоре\}"):
        build_paper(stored, foreign)


def test_a_workbook_cuts_no_text_and_takes_any_title(tmp_path: Path) -> None:
    def content(title: str, cell: str) -> blocks.Content:
        table = blocks.Table((blocks.Column("Графа", 1.0),), ((cell,),))
        return blocks.Content(title, "order-own", "2025", (table,), blocks.Meta("А", 2026))

    path = tmp_path / "а.xlsx"
    write(content("О работе с программами школ'ы", "да"), path)
    assert openpyxl.load_workbook(path).sheetnames == ["1. О работе с программами школ"]
    path.unlink()
    with pytest.raises(UserError, match="в ячейку XLSX он не войдёт"):
        write(content("О работе", "я" * 32_768), path)
    assert not path.exists()


@pytest.mark.parametrize("kind", ["action-plan", "execution-report"])
def test_roadmaps_that_number_anew_stand_under_their_titles(stored: Workspace, kind: str) -> None:
    content = build_paper(stored, PaperRequest(kind, 2026)).content
    table = next(one for one in content.blocks if isinstance(one, blocks.Table))
    titles = [row[0] for row in table.rows if len(row) == 1]
    assert [getattr(one, "text", one) for one in titles] == ["Дорожная карта", "Параллельный план"]
    numbers: list[str] = []
    for row in table.rows:
        if len(row) == 1:
            numbers.clear()
        else:
            assert row[0] not in numbers
            numbers.append(str(row[0]))


def said(workspace: Workspace, year: int) -> str:
    """Return the words of the note of a year."""
    content = build_paper(workspace, PaperRequest("analysis-note", year)).content
    return " ".join(one.text for one in blocks.texts(content)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_year_without_results_is_not_said_to_be_without_low_schools(stored: Workspace) -> None:
    told = "Результатов оценочных процедур за 2026 год нет, категории школ не определены."
    assert told in said(stored, 2026)
    assert "не выявлено" not in said(stored, 2026)
    school = next(iter(list_schools(stored))).id
    add_result(stored, school, (AssessmentKind.VPR, 2026, "Математика", 5), 10, 0)
    assert told not in said(stored, 2026)
    assert "не выявлено" in said(stored, 2026)


def test_the_note_of_a_year_without_results_tells_of_no_other_year(stored: Workspace) -> None:
    school = next(iter(list_schools(stored))).id
    for kind, grade in ((AssessmentKind.OGE, 9), (AssessmentKind.EGE, 11)):
        add_result(stored, school, (kind, 2025, "Математика", grade), 10, 4, mean=3)
    draft = build_paper(stored, PaperRequest("analysis-note", 2026))
    told = "\n".join(one.text for one in blocks.texts(draft.content))
    assert "2025" not in told.replace("от 18.04.2025", "")
    assert "Результатов единого государственного экзамена за 2026 год нет." in folded_spaces(told)
    warned = "За 2026 год результатов нет, документ так и говорит. Последние результаты – за 2025"
    assert any(one.startswith(warned) for one in draft.warnings)
    of_results = build_paper(stored, PaperRequest("analysis-note", 2025))
    assert not any("результатов нет" in one for one in of_results.warnings)


def folded_spaces(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_note_names_the_procedure_and_all_the_grades(stored: Workspace) -> None:
    school = next(iter(list_schools(stored))).id
    for grade in (4, 5):
        add_result(stored, school, (AssessmentKind.VPR, 2026, "Математика", grade), 10, 1, mean=3)
    said_now = said(stored, 2026)
    assert "Динамика результатов всероссийских проверочных работ" in said_now
    assert "Математика, все классы" in said_now
    assert "Математика, 5 кл." in said_now


@pytest.mark.parametrize("known", [True, False])
def test_minutes_are_signed_by_who_led_and_who_wrote(stored: Workspace, known: bool) -> None:
    people = {"chair": "Сказкина Алёна Потеховна", "secretary": "Небылицын Олег Потехович"}
    request = PaperRequest("minutes", 2026, values=people if known else {})
    content = build_paper(stored, request).content
    signed = [
        (one.post, folded_spaces(one.name))
        for one in content.blocks
        if isinstance(one, blocks.Signature)
    ]
    names = ("А.П. Сказкина", "О.П. Небылицын") if known else (blanks.TEXT, blanks.TEXT)
    assert signed == list(zip(("Председатель", "Секретарь"), names, strict=True))


@pytest.mark.parametrize("lines", range(20, 40, 2))
def test_signatures_of_minutes_stay_with_the_last_lines(stored: Workspace, lines: int) -> None:
    values = {"decided": "\n".join(f"решение {number}" for number in range(lines))}
    content = build_paper(stored, PaperRequest("minutes", 2026, values=values)).content
    last = squeezed(pdf_pages(render_pdf(content))[-1])
    assert "Председатель" in last
    assert "Секретарь" in last
    assert "решение" in last


@pytest.mark.parametrize(
    ("term", "years", "of"),
    [
        ("март 2026", (2025, 2027), {2026}),
        ("до 15 сентября 2026 года", (2025, 2027), {2026}),
        ("с октября 2025 по май 2026", (2025, 2027), {2025, 2026}),
        ("с августа 2026", (2025, 2027), {2026, 2027}),
        ("когда будет время", (2026, 2026), {2026}),
        ("по плану ИРО", (None, None), {2024, 2025, 2026, 2027, 2028}),
        ("", (2026, 2027), {2026, 2027}),
    ],
)
def test_papers_of_a_year_hold_the_activities_of_that_year(
    workspace: Workspace, term: str, years: tuple[int | None, int | None], of: set[int]
) -> None:
    settings.save_office(workspace, DETAILS)
    programme = ProgrammeForm(ProgrammeKind.PROGRAMME, "Поддержка школ", 2025, 2027)
    own = programmes.save_programme(workspace, programme).id
    form = roadmap.RoadmapForm("Карта", RoadmapMode.SIMPLE, *years, programme_id=own)
    plan = roadmap.create_roadmap(workspace, form).ids[0]
    roadmap.add_activity(workspace, plan, None, {"title": "Семинар", "term": term})
    for kind in ("action-plan", "execution-report"):
        drafts = {
            year: build_paper(workspace, PaperRequest(kind, year, programme_id=own))
            for year in range(2024, 2029)
        }
        held = {
            year
            for year, draft in drafts.items()
            if "Семинар" in {one.text for one in blocks.texts(draft.content)}
        }
        assert held == of, kind
        for year, draft in drafts.items():
            told = f"Других лет, в документ за {year} год не вошло: 1 мероприятие."
            assert (told in draft.warnings) is (year not in of)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ProgrammeKind.PROGRAMME, "дорожной карты реализации программы «Поддержка школ»"),
        (ProgrammeKind.SUBPROGRAMME, "дорожной карты реализации программы «Поддержка школ»"),
        (ProgrammeKind.ROADMAP, "дорожной карты «Поддержка школ»"),
    ],
)
def test_a_roadmap_is_not_called_by_the_name_of_its_programme(
    workspace: Workspace, kind: ProgrammeKind, said: str
) -> None:
    settings.save_office(workspace, DETAILS)
    own = programmes.save_programme(workspace, ProgrammeForm(kind, "Поддержка школ", 2025, 2027)).id
    content = build_paper(workspace, PaperRequest("order-roadmap", 2025, programme_id=own)).content
    assert folded_spaces(content.title) == f"Об утверждении {said}"
