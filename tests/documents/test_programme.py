"""The document of a programme: every entry of every part is found again in both files."""

from __future__ import annotations

import io
import re

import docx
import pypdfium2
import pytest

from app.errors import UserError
from app.models.enums import AssessmentKind, ProgrammeKind
from app.models.programmes import Programme
from app.services import journal, settings
from app.services.documents import blocks, render_docx, render_pdf
from app.services.documents import programme as builder
from app.services.documents.checking import FindingKind
from app.services.documents.programme import results_rows
from app.services.programmes.parts import parts
from app.services.workspace import Workspace
from tests.documents.programmes import SCHOOLS, add_programme, add_support
from tests.documents.test_order import DETAILS
from tests.stored import add_result, add_school


@pytest.fixture
def programme(workspace: Workspace) -> int:
    """Store the office and a full programme; return its id."""
    settings.save_office(workspace, DETAILS)
    return add_programme(workspace)


def folded(text: str) -> str:
    """Return text without white space, hyphens at line ends and the difference of dashes."""
    return re.sub(r"[\s\u00a0\ufffe\-–—]+", "", text)


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return folded("".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def docx_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return folded("".join(t.text or "" for t in document.element.body.iter() if _is_text(t.tag)))


def _is_text(tag: object) -> bool:
    return isinstance(tag, str) and tag.endswith("}t")


@pytest.mark.parametrize("key", sorted(builder.presets()))
def test_every_entry_of_the_presets_parts_is_in_both_files(
    workspace: Workspace, programme: int, key: str
) -> None:
    builder.start_from(workspace, programme, key)
    draft = builder.build_programme(workspace, programme)
    pdf, word = pdf_text(render_pdf(draft.content)), docx_text(render_docx(draft.content))
    for part in _parts_of(builder.preset(key).blocks):
        for number in (1, 2):
            entry = folded(f"{parts()[part].entry.capitalize()} {part} {number}")
            assert entry in pdf, (part, number)
            assert entry in word, (part, number)


def _parts_of(listed: tuple[builder.PresetBlock, ...]) -> list[str]:
    found = [str(block.body["part"]) for block in listed if block.kind == "part"]
    return found + [part for block in listed for part in _parts_of(block.blocks)]


def test_roadmaps_and_indicators_are_printed_row_for_row(
    workspace: Workspace, programme: int
) -> None:
    builder.start_from(workspace, programme, "full")
    builder.add_block(workspace, programme, "indicators", title="Показатели")
    pdf = pdf_text(render_pdf(builder.build_programme(workspace, programme).content))
    for text in (
        "1. Кадры школ района",
        "Выезд методистов",
        "не менее 3",
        "Справка к мероприятию 2",
        "Семинар направления 1",
        "Общее совещание всех направлений",
        "Доля школ с ростом качества",
        "не менее 35",
    ):
        assert folded(text) in pdf, text


def test_support_is_printed_and_a_missing_name_is_a_blank(
    workspace: Workspace, programme: int
) -> None:
    add_support(workspace)
    draft = builder.build_programme(workspace, programme)
    pdf = pdf_text(render_pdf(draft.content))
    assert all(folded(school) in pdf for school in SCHOOLS)
    assert folded("А.П. Сказкина") in pdf
    assert "________" in pdf
    assert folded("Соседние сёла") in pdf


def test_blocks_without_data_are_not_printed_but_named(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    with workspace.database.write() as session:
        session.add(
            Programme(id=7, kind=ProgrammeKind.PROGRAMME, title="Пусто", first_year=1, last_year=2)
        )
    draft = builder.build_programme(workspace, 7)
    headings = [b for b in draft.content.blocks if isinstance(b, blocks.Heading)]
    assert headings == []
    assert "Принципы реализации программы" in [one.title for one in draft.empty]


def test_sections_are_numbered_without_a_gap_where_one_is_empty(
    workspace: Workspace, programme: int
) -> None:
    builder.start_from(workspace, programme, "goals_monitoring")
    sections = builder.outline(workspace, programme)
    builder.change_block(workspace, programme, sections[3].id, included=False)
    draft = builder.build_programme(workspace, programme)
    numbers = [
        int(block.text.split(".")[0])
        for block in draft.content.blocks
        if isinstance(block, blocks.Heading) and block.level == 1
    ]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 5


def test_a_preset_replaces_the_outline_and_undo_brings_it_back(
    workspace: Workspace, programme: int
) -> None:
    builder.start_from(workspace, programme, "decree")
    before = builder.outline(workspace, programme)
    builder.start_from(workspace, programme, "full")
    assert builder.outline(workspace, programme) != before
    journal.undo_last(workspace)
    assert builder.outline(workspace, programme) == before


def test_a_block_moves_with_what_stands_in_it_and_never_into_itself(
    workspace: Workspace, programme: int
) -> None:
    builder.start_from(workspace, programme, "full")
    tops = builder.outline(workspace, programme)
    builder.move_block(workspace, programme, tops[-1].id, None, tops[0].id)
    moved = builder.outline(workspace, programme)
    assert moved[0] == tops[-1]
    assert [one.id for one in moved[1:]] == [one.id for one in tops[:-1]]
    inside = moved[0].blocks[0]
    with pytest.raises(UserError, match="внутрь его самого"):
        builder.move_block(workspace, programme, moved[0].id, inside.id, None)


def test_an_unknown_property_of_a_block_is_refused(workspace: Workspace, programme: int) -> None:
    with pytest.raises(UserError, match="нет свойства «colour»"):
        builder.add_block(workspace, programme, "roadmap", body={"colour": "red"})


def test_signs_of_markup_and_long_titles_stay_what_they_are(
    workspace: Workspace, programme: int
) -> None:
    title = "Школа <b>№1</b> & Ко " + "очень " * 70
    builder.add_block(
        workspace, programme, "text", title=title, body={"text": "<script> & {метка}"}
    )
    draft = builder.build_programme(workspace, programme)
    pdf, word = pdf_text(render_pdf(draft.content)), docx_text(render_docx(draft.content))
    for text in (title, "<script> & {метка}"):
        assert folded(text) in pdf
        assert folded(text) in word


def test_the_check_leads_to_the_block_the_entry_and_the_indicator(
    workspace: Workspace, programme: int
) -> None:
    add_school(workspace, "Озёрская СОШ")
    builder.start_from(workspace, programme, "goals_monitoring")
    own = {"auto": "situation", "text": "В районе 8 школ, план на 2021–2027 годы."}
    text = builder.add_block(workspace, programme, "text", title="Введение", body=own)
    found = builder.check_document(workspace, programme)
    by_kind = {one.finding.kind: one for one in found}
    assert by_kind[FindingKind.PERIOD].block_id == text.block_id
    assert by_kind[FindingKind.INDICATOR].indicator_id is not None
    assert by_kind[FindingKind.ACT].item_id is not None


def test_a_rewritten_text_with_figures_of_nobody_is_found(
    workspace: Workspace, programme: int
) -> None:
    school = add_school(workspace, "Озёрская СОШ")
    add_result(workspace, school, (AssessmentKind.OGE, 2025, "математика", 9), 10, 1)
    own = {"auto": "situation", "text": "В районе 8 школ."}
    builder.add_block(workspace, programme, "text", body=own)
    found = [
        one.finding.message
        for one in builder.check_document(workspace, programme)
        if one.finding.kind is FindingKind.FIGURE
    ]
    wanted = "В тексте 8, в таблице 1 (действующие школы, 2026 год): «В районе 8 школ.»"
    assert found == [wanted]


def test_the_first_change_stores_the_preset_that_was_shown_and_undo_takes_both_back(
    workspace: Workspace, programme: int
) -> None:
    assert builder.outline(workspace, programme) == ()
    shown = builder.build_programme(workspace, programme).outline
    edited = builder.change_block(workspace, programme, shown[2].id, title="Паспорт")
    stored = builder.outline(workspace, programme)
    assert [one.kind for one in stored] == [one.kind for one in shown]
    assert (stored[2].id, stored[2].title) == (edited.block_id, "Паспорт")
    assert [one.title for one in stored[2].blocks] == [one.title for one in shown[2].blocks]
    journal.undo_last(workspace)
    assert builder.outline(workspace, programme) == ()
    builder.move_block(workspace, programme, shown[4].id, shown[2].id, shown[2].blocks[0].id)
    moved = builder.outline(workspace, programme)
    assert moved[2].blocks[0].title == shown[4].title
    assert len(moved) == len(shown) - 1


def test_a_text_typed_in_several_goes_is_taken_back_at_once(
    workspace: Workspace, programme: int
) -> None:
    own = builder.add_block(workspace, programme, "text", body={"text": "Было"}).block_id
    for text in ("Было и", "Было и стало", "Стало"):
        builder.change_block(workspace, programme, own, body={"text": text}, joins=True)
    journal.undo_last(workspace)
    assert builder.outline(workspace, programme)[-1].body == {"text": "Было"}
    builder.change_block(workspace, programme, own, title="Введение", joins=True)
    builder.change_block(workspace, programme, own, included=False)
    builder.change_block(workspace, programme, own, title="Вступление", joins=True)
    journal.undo_last(workspace)
    last = builder.outline(workspace, programme)[-1]
    assert (last.title, last.included) == ("Введение", False)


def test_kept_facts_serve_a_changed_outline_and_read_what_is_newly_asked(
    workspace: Workspace, programme: int
) -> None:
    school = add_school(workspace, "Озёрская СОШ")
    add_result(workspace, school, (AssessmentKind.OGE, 2025, "математика", 9), 10, 1)
    builder.start_from(workspace, programme, "order_roadmap")
    kept = builder.KeptFacts(workspace, programme)
    first = builder.build_programme(workspace, programme, kept=kept)
    assert "oge" not in kept.facts(set()).tables
    builder.add_block(workspace, programme, "results", title="ОГЭ", body={"table": "oge"})
    second = builder.build_programme(workspace, programme, kept=kept)
    assert len(second.content.blocks) > len(first.content.blocks)
    assert second == builder.build_programme(workspace, programme)


def test_a_sheet_on_its_side_ends_with_its_block(workspace: Workspace, programme: int) -> None:
    builder.start_from(workspace, programme, "order_roadmap")
    before = builder.add_block(workspace, programme, "text", body={"text": "Прямо"}).block_id
    body = {"columns": ["А"], "rows": [["1"]], "landscape": True}
    builder.add_block(workspace, programme, "free_table", body=body)
    after = builder.add_block(workspace, programme, "text", body={"text": "Снова"}).block_id
    draft = builder.build_programme(workspace, programme)
    between = draft.content.blocks[draft.places[before] : draft.places[after]]
    turned = [one.landscape for one in between if isinstance(one, blocks.NewPage)]
    assert turned == [True, False]


def test_everything_that_presets_and_the_code_know_has_a_title() -> None:
    named = builder.offers()
    for option, titles in (("table", named.tables), ("chart", named.charts), ("auto", named.texts)):
        asked = {
            str(block.body[option])
            for preset in builder.presets().values()
            for block in _flat(preset.blocks)
            if option in block.body
        }
        assert asked <= set(titles), option
    assert set(named.charts) >= results_rows._CHARTS
    assert set(named.tables) >= results_rows._TABLES
    assert set(named.texts) >= results_rows._TEXTS


def _flat(listed: tuple[builder.PresetBlock, ...]) -> list[builder.PresetBlock]:
    return [block for one in listed for block in (one, *_flat(one.blocks))]


@pytest.mark.parametrize("document", ["приказ", "приказом", "решением Думы"])
def test_the_stamp_takes_the_document_as_the_window_stores_it(
    workspace: Workspace, document: str
) -> None:
    settings.save_office(workspace, DETAILS)
    approval = {"document": document, "by": "Управления", "date": "2026-01-20", "number": "15"}
    own = add_programme(workspace, approval=approval)
    draft = builder.build_programme(workspace, own)
    stamp = next(one for one in draft.content.blocks if isinstance(one, blocks.ApprovalStamp))
    wanted = "приказом" if document == "приказ" else document
    assert stamp.lines[1].replace("\xa0", " ") == f"{wanted} Управления"


def test_a_programme_of_nothing_has_no_sheet_of_contents(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    with workspace.database.write() as session:
        empty = Programme(
            kind=ProgrammeKind.PROGRAMME, title="Пустая", first_year=2026, last_year=2028
        )
        session.add(empty)
        session.flush()
        programme_id = empty.id
    draft = builder.build_programme(workspace, programme_id)
    assert not [one for one in draft.content.blocks if isinstance(one, blocks.Contents)]
    assert "Содержание" in [one.title for one in draft.empty]
    assert len(pypdfium2.PdfDocument(render_pdf(draft.content))) == 1
