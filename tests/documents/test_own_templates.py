"""Own Word templates: tags are found and filled, wrong ones are named, the rest stays as it was."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from app.errors import OutputError, UserError
from app.models.enums import AssessmentKind
from app.services import settings
from app.services.documents import OrderRequest, PaperRequest, register
from app.services.documents.order import build_order
from app.services.documents.own_templates import (
    TemplateError,
    add_template,
    check_file,
    fill_template,
    list_templates,
    remove_template,
    rename_template,
    replace_template,
    save_example,
    save_template,
    template_kinds,
    template_tags,
    write_filled,
    write_registered,
)
from app.services.documents.papers import papers
from app.services.documents.papers.types import Need
from app.services.documents.types import ProgrammeRequest
from app.services.journal import undo_last
from app.services.schools import list_schools
from app.services.workspace import Workspace
from tests.documents.test_order import DETAILS
from tests.documents.test_papers import request_of, store_office
from tests.fillings import Fillings
from tests.stored import add_result, add_school

KIND = "order-curators"
DAY = date(2026, 9, 1)


def saved(path: Path, make: Callable[[Any], object]) -> Path:
    """Write a Word file that ``make`` fills."""
    document = docx.Document()
    make(document)
    document.save(str(path))
    return path


def plain(path: Path, *lines: str) -> Path:
    return saved(path, lambda made: [made.add_paragraph(line) for line in lines])


def text_of(body: bytes) -> str:
    """Return every text of the file, headers and boxes too, spaces plain."""
    document = docx.Document(io.BytesIO(body))
    parts = [
        part.element for part in document.part.package.iter_parts() if hasattr(part, "element")
    ]
    texts = [
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for one in parts
        for p in one.iter(qn("w:p"))
    ]
    return "\n".join(texts).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def office(workspace: Workspace, fillings: Fillings) -> Workspace:
    """Return a workspace with an office, schools with support and a programme."""
    fillings.fill(workspace, store_office)
    return workspace


def only(workspace: Workspace) -> int:
    (row,) = list_templates(workspace)
    return row.id


def filled(workspace: Workspace, path: Path, request: Any = None, kind: str = KIND) -> str:
    add_template(workspace, "Наш", kind, path)
    asked = request or PaperRequest(kind, 2026, number="7-о", date=DAY)
    return text_of(fill_template(workspace, only(workspace), asked).body)


def test_plain_tags_are_filled_in_text_cells_headers_and_footers(
    office: Workspace, tmp_path: Path
) -> None:
    def make(document: Any) -> None:
        document.add_paragraph("Приказ [[полное наименование учреждения]] от [[дата документа]]")
        cell = document.add_table(1, 2).rows[0].cells[1]
        cell.paragraphs[0].text = "№ [[Номер  Документа]]!"
        document.sections[0].header.paragraphs[0].text = "[[год]]"
        document.sections[0].footer.paragraphs[0].text = "[[руководитель]]"

    said = filled(office, saved(tmp_path / "ш.docx", make))
    assert "Приказ Управление образования Тридевятого района от 1 сентября 2026 г." in said
    assert "№ 7-о!" in said
    assert "\n2026" in said
    assert "А.П. Сказкина" in said
    assert "[[" not in said


@pytest.mark.parametrize(
    "pieces",
    [
        ("[[го", "д]]"),
        ("[", "[год]", "]"),
        ("до [", "[", "г", "о", "д", "]", "] после [[год]]"),
        ("[[год]][[год]]", "[[", "год]]"),
        ("", "[[год]]", ""),
    ],
)
def test_a_tag_is_found_however_word_split_it(
    office: Workspace, tmp_path: Path, pieces: tuple[str, ...]
) -> None:
    def make(document: Any) -> None:
        paragraph = document.add_paragraph()
        for index, piece in enumerate(pieces):
            paragraph.add_run(piece).bold = bool(index % 2)

    said = filled(office, saved(tmp_path / "ш.docx", make))
    assert "".join(pieces).replace("[[год]]", "2026") in said


def test_the_face_of_the_first_run_of_a_tag_is_kept(office: Workspace, tmp_path: Path) -> None:
    def make(document: Any) -> None:
        paragraph = document.add_paragraph("Год: ")
        paragraph.add_run("[[г").bold = True
        paragraph.add_run("од]]").italic = True

    path = saved(tmp_path / "ш.docx", make)
    add_template(office, "Наш", KIND, path)
    body = fill_template(office, only(office), PaperRequest(KIND, 2026)).body
    runs = docx.Document(io.BytesIO(body)).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("Год: ", None), ("2026", True), ("", None)]


def test_a_table_takes_the_place_of_its_paragraph(office: Workspace, tmp_path: Path) -> None:
    path = plain(tmp_path / "ш.docx", "До", "[[реестр школ]]", "После")
    add_template(office, "Наш", KIND, path)
    body = fill_template(office, only(office), PaperRequest(KIND, 2026)).body
    document = docx.Document(io.BytesIO(body))
    (table,) = document.tables
    assert len(table.rows) == 1 + len(list_schools(office))
    tags = [child.tag for child in document.element.body]
    place = tags.index(qn("w:tbl"))
    assert document.element.body[place - 1].findtext(f".//{qn('w:t')}") == "До"
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    widths = [int(cell.get(qn("w:w"))) for cell in table._tbl.iter(qn("w:gridCol"))]
    section = document.sections[0]
    room = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
    assert abs(sum(widths) - room) < 3


def test_a_point_with_a_blank_is_not_pulled_apart(office: Workspace, tmp_path: Path) -> None:
    add_template(office, "Наш", KIND, plain(tmp_path / "ш.docx", "[[текст документа]]"))
    body = fill_template(office, only(office), PaperRequest(KIND, 2026)).body
    styles = {
        paragraph.style.name
        for paragraph in docx.Document(io.BytesIO(body)).paragraphs
        if "______" in paragraph.text
    }
    assert styles == {"Пункт, по левому краю"}


def test_values_are_text_whatever_they_look_like(workspace: Workspace, tmp_path: Path) -> None:
    nasty = "Школа <b>№1</b> & Ко {{ 7*7 }} [[год]] ${x}"
    settings.save_office(workspace, DETAILS)
    school = add_school(workspace, "Б", full_name=nasty)
    path = plain(tmp_path / "ш.docx", "[[полное наименование школы]]", "[[реестр школ]]")
    add_template(workspace, "Наш", "risk-profile", path)
    request = PaperRequest("risk-profile", 2026, school_id=school)
    said = text_of(fill_template(workspace, only(workspace), request).body)
    assert said.count("<b>№1</b> & Ко {{ 7*7 }} [[год]] ${x}") == 2


def test_lines_of_a_field_become_lines(office: Workspace, tmp_path: Path) -> None:
    path = plain(tmp_path / "ш.docx", "Слушали: [[слушали]].")
    request = PaperRequest("minutes", 2026, values={"heard": "первое\nвторое"})
    add_template(office, "Наш", "minutes", path)
    body = fill_template(office, only(office), request).body
    paragraph = docx.Document(io.BytesIO(body)).paragraphs[0]
    assert paragraph.text == "Слушали: первое\nвторое."


def test_what_is_not_known_is_a_blank_and_named(office: Workspace, tmp_path: Path) -> None:
    path = plain(tmp_path / "ш.docx", "№ [[номер документа]]", "[[состав рабочей группы]]")
    add_template(office, "Наш", "order-own", path)
    made = fill_template(office, only(office), PaperRequest("order-own", 2026))
    assert made.blanks == ("номер документа", "состав рабочей группы")
    assert "№ ____________" in text_of(made.body)
    assert "Нет данных." in text_of(made.body)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ("Первый", "Приказ [[полное наименование учереждения]] района"),
            "Абзац 2: неизвестная метка [[полное наименование учереждения]] – «Приказ [[полное "
            "наименование учереждения]] района». Возможно, [[полное наименование учреждения]].",
        ),
        (("[[хтонь]]",), "Абзац 1: неизвестная метка [[хтонь]] – «[[хтонь]]». Посмотрите список"),
        (("[[директор школы]]",), "Она бывает в документе «"),
        (("а [[год", "]] б"), "Абзац 1: метка открыта и не закрыта – «а [[год»"),
        (("а [[год", "]] б"), "Абзац 2: метка не открыта – «]] б»"),
        (("Вот: [[реестр школ]]",), "рядом с меткой [[реестр школ]] стоит другой текст"),
        (("[[реестр школ]][[реестр школ]]",), "рядом с меткой"),
        (("без меток",), "нет ни одной метки"),
        (("{{ год }}", "{% for x in y %}"), "нет ни одной метки"),
        (("[[год.__class__]]",), "неизвестная метка"),
        (("[[]]",), "неизвестная метка [[]]"),
        ((f"[[{'ы' * 5000}]]",), f"неизвестная метка [[{'ы' * 80}…]] – «[[{'ы' * 78}"),
    ],
    ids=list("абвгдежзиклм"),
)
def test_wrong_tags_are_named_with_their_place(
    office: Workspace, tmp_path: Path, lines: tuple[str, ...], told: str
) -> None:
    path = plain(tmp_path / "ш.docx", *lines)
    with pytest.raises(TemplateError) as caught:
        add_template(office, "Наш", KIND, path)
    assert told in str(caught.value)
    assert list_templates(office) == ()


def test_a_fault_in_a_table_names_its_cell(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        document.add_table(1, 1)
        cells = document.add_table(3, 3).rows[1].cells
        cells[2].paragraphs[0].text = "тут [[ктото]]"
        cells[0].paragraphs[0].text = "[[реестр школ]]"
        document.sections[0].header.paragraphs[0].text = "[[гот]]"

    report = check_file(KIND, saved(tmp_path / "ш.docx", make))
    places = [one.place for one in report.faults]
    assert places == [
        "таблица 2, строка 2, ячейка 1",
        "таблица 2, строка 2, ячейка 3",
        "верхний колонтитул, абзац 1",
    ]
    assert "ставится таблица" in report.faults[0].message
    assert report.faults[2].hint == "Возможно, [[год]]."


def test_every_kind_has_its_tags_and_they_are_told_apart() -> None:
    assert {"order", "programme", *papers()} == set(template_kinds())
    for kind in template_kinds():
        words = [tag.word.casefold().replace("ё", "е") for tag in template_tags(kind)]
        assert len(set(words)) == len(words), kind
        assert all(tag.about for tag in template_tags(kind))


@pytest.mark.parametrize("kind", sorted(template_kinds()))
def test_the_example_of_every_kind_passes_and_is_filled(
    office: Workspace, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "пример.docx"
    save_example(kind, path)
    assert check_file(kind, path).faults == ()
    match kind:
        case "order":
            school = list_schools(office)[0].id
            for subject in ("Русский язык", "Математика"):
                add_result(office, school, (AssessmentKind.VPR, 2026, subject, 5), 10, 5)
            request: Any = OrderRequest(2026)
        case "programme":
            request = ProgrammeRequest(1)
        case _:
            request = request_of(office, kind, filled=True)
    said = filled(office, path, request, kind)
    assert "[[" not in said
    assert "Управление образования Тридевятого района" in said


@pytest.mark.parametrize("kind", sorted(template_kinds()))
def test_every_tag_of_every_kind_can_be_filled(
    office: Workspace, tmp_path: Path, kind: str
) -> None:
    path = plain(tmp_path / "ш.docx", *(tag.written for tag in template_tags(kind)))
    if kind == "order":
        school = list_schools(office)[0].id
        for subject in ("Русский язык", "Математика"):
            add_result(office, school, (AssessmentKind.VPR, 2026, subject, 5), 10, 5)
    requests: dict[str, Any] = {"order": OrderRequest(2026), "programme": ProgrammeRequest(1)}
    request = requests.get(kind) or request_of(office, kind, filled=True)
    assert "[[" not in filled(office, path, request, kind)
    if kind in papers() and Need.SCHOOL in papers()[kind].needs:
        assert "школы" in " ".join(tag.word for tag in template_tags(kind))


def test_templates_are_replaced_renamed_removed_and_undone(
    office: Workspace, tmp_path: Path
) -> None:
    add_template(office, " Наш  приказ ", KIND, plain(tmp_path / "а.docx", "[[год]]"))
    row = list_templates(office)[0]
    assert (row.title, row.kind_title) == ("Наш приказ", "Приказ о кураторах и координаторе")
    replace_template(office, row.id, plain(tmp_path / "б.docx", "Новый [[год]]"))
    assert "Новый 2026" in text_of(fill_template(office, row.id, PaperRequest(KIND, 2026)).body)
    undo_last(office)
    assert "Новый" not in text_of(fill_template(office, row.id, PaperRequest(KIND, 2026)).body)
    rename_template(office, row.id, "Иначе")
    remove_template(office, row.id)
    assert list_templates(office) == ()
    undo_last(office)
    assert [one.title for one in list_templates(office)] == ["Иначе"]


def test_a_refused_file_leaves_the_old_template(office: Workspace, tmp_path: Path) -> None:
    old = plain(tmp_path / "а.docx", "[[год]]")
    add_template(office, "Наш", KIND, old)
    for text in ("[[вздор]]", "без меток"):
        with pytest.raises(TemplateError):
            replace_template(office, only(office), plain(tmp_path / "б.docx", text))
    (tmp_path / "в.docx").write_bytes(b"not a zip")
    with pytest.raises(UserError, match="не файл Word"):
        replace_template(office, only(office), tmp_path / "в.docx")
    save_template(office, only(office), tmp_path / "назад.docx")
    assert (tmp_path / "назад.docx").read_bytes() == old.read_bytes()


def test_titles_are_asked_for_and_are_unique(office: Workspace, tmp_path: Path) -> None:
    path = plain(tmp_path / "а.docx", "[[год]]")
    add_template(office, "Наш", KIND, path)
    with pytest.raises(UserError, match="уже есть"):
        add_template(office, "Наш", KIND, path)
    with pytest.raises(UserError, match="нет названия"):
        add_template(office, "  ", KIND, path)
    with pytest.raises(UserError, match="длиннее 300"):
        add_template(office, "Ы" * 301, KIND, path)
    with pytest.raises(UserError, match="своих шаблонов не бывает"):
        add_template(office, "Другой", "passports", path)
    assert len(list_templates(office)) == 1


def test_only_word_files_come_of_templates(office: Workspace, tmp_path: Path) -> None:
    add_template(office, "Наш", KIND, plain(tmp_path / "а.docx", "[[год]]"))
    with pytest.raises(OutputError, match=r"файл Word, а не «приказ\.odt»"):
        write_filled(office, only(office), PaperRequest(KIND, 2026), tmp_path / "приказ.odt")
    with pytest.raises(UserError, match="сделан для документа"):
        fill_template(office, only(office), PaperRequest("order-own", 2026))
    with pytest.raises(UserError, match=r"не \.docx"):
        check_file(KIND, tmp_path / "а.odt")
    target = tmp_path / "приказ.docx"
    assert write_filled(office, only(office), PaperRequest(KIND, 2026), target) == ()
    assert target.exists()


def test_a_registered_document_fills_a_template(office: Workspace, tmp_path: Path) -> None:
    school = list_schools(office)[0].id
    for subject in ("Русский язык", "Математика"):
        add_result(office, school, (AssessmentKind.VPR, 2026, subject, 5), 10, 5)
    request = OrderRequest(2026, number="12", date=DAY)
    row, _ = register(office, build_order(office, request).content, request)
    path = plain(tmp_path / "а.docx", "№ [[номер документа]]", "[[перечень школ]]")
    add_template(office, "Наш", "order", path)
    target = tmp_path / "приказ.docx"
    write_registered(office, only(office), row.id, target)
    said = text_of(target.read_bytes())
    assert "№ 12" in said
    assert "ШНОР" in said
