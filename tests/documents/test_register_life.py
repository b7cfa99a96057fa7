"""The life of a registered paper: number, signature, files, changed data, amending, replacing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.enums import AssessmentKind, DocumentStatus, ProgrammeKind
from app.services import documents, journal, programmes
from app.services.documents import Change, OrderRequest, PaperRequest, Person, blocks
from app.services.documents.amending import amendments
from app.services.documents.differences import Difference, differences
from app.services.documents.language import typeset
from app.services.documents.requests import request_from_json, request_to_json
from app.services.programmes import ProgrammeForm
from app.services.workspace import Workspace
from tests.documents.test_order import schools  # noqa: F401 - a fixture
from tests.stored import add_result, add_school

DAY = date(2026, 2, 4)
VPR = AssessmentKind.VPR


def signed_order(workspace: Workspace) -> int:
    """Build, register and sign the order of 2025; return its id."""
    request = OrderRequest(2025, deadline=date(2026, 3, 1))
    draft = documents.build_order(workspace, request)
    row, _ = documents.register(workspace, draft.content, request)
    documents.sign(workspace, row.id, "17-од", DAY)
    return row.id


def worsen(workspace: Workspace) -> None:
    """Add a school that the list has to name, too."""
    school = add_school(workspace, "Д", search_key="д")
    add_result(workspace, school, (VPR, 2025, "Русский язык", 5), 10, 7)
    add_result(workspace, school, (VPR, 2025, "Математика", 5), 10, 7)


@pytest.mark.usefixtures("schools")
def test_changed_data_are_told_with_their_differences(workspace: Workspace) -> None:
    order = signed_order(workspace)
    assert documents.changed_data(workspace, order) == ()
    worsen(workspace)
    found = documents.changed_data(workspace, order)
    rows = [one for one in found if one.cells]
    assert [(one.change, one.cells[1], one.annex) for one in rows] == [
        (Change.ADDED, "Д", "Приложение")
    ]


@pytest.mark.usefixtures("schools")
def test_the_amending_order_is_made_from_the_difference(workspace: Workspace) -> None:
    order = signed_order(workspace)
    with pytest.raises(UserError, match="не изменились"):
        documents.amending_order(workspace, order)
    worsen(workspace)
    draft = documents.amending_order(workspace, order)
    text = "\n".join(piece.text for piece in blocks.texts(draft.content)).replace("\u00a0", " ")
    assert "О внесении изменений в приказ от 4 февраля 2026 г. № 17-од" in text
    said = "дополнить строкой «Д; ШНОР; "
    assert said in text
    assert not re.search(r"\||«3|\.»\.", text)
    (points,) = (one for one in draft.content.blocks if isinstance(one, blocks.NumberedPoints))
    numbered = [(number, point.text.split()[0]) for number, point in points.numbered()]
    assert numbered == [
        ("1.", "Внести"),
        ("1.1.", "Приложение,"),
        ("1.2.", "Приложение,"),
        ("2.", "Контроль"),
    ]
    assert "порядковые номера строк изменить соответственно." in text.split(said)[1]
    again = documents.build_paper(workspace, draft.request)
    assert again.content == draft.content
    assert not again.warnings


def test_a_long_dash_of_an_older_version_is_no_change() -> None:
    def made(dash: str) -> blocks.Content:
        told = f"ВПР {dash} 4 из 9"
        table = blocks.Table((blocks.Column("а", 1), blocks.Column("б", 1)), (("1", told),))
        return blocks.Content(
            "Приказ", "order", "2025", (blocks.Paragraph((blocks.Run(told),)), table),
            blocks.Meta("Отдел", 2025),
        )  # fmt: skip

    assert differences(made("—"), made("–")) == ()
    assert differences(made("—"), made("и")) != ()


@pytest.mark.usefixtures("schools")
def test_a_paper_without_changes_says_so_and_takes_them_by_hand(workspace: Workspace) -> None:
    empty = documents.build_paper(workspace, PaperRequest("order-amend", 2025))
    assert "какие изменения вносятся" in empty.blanks
    assert any("Составить приказ о внесении изменений" in one for one in empty.warnings)
    values = {"amendments": "в пункте 2 слова «1 марта» исключить;\nпункт 3 исключить."}
    draft = documents.build_paper(workspace, PaperRequest("order-amend", 2025, values=values))
    (points,) = (one for one in draft.content.blocks if isinstance(one, blocks.NumberedPoints))
    assert [point.text for point in points.points[0].points] == [
        typeset(line) for line in values["amendments"].splitlines()
    ]
    assert not draft.warnings


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("Порог 30 %.", "текст «Порог 30 %» исключить"),
        ("До 1 марта 2026 г.", "«До 1 марта 2026 г.» исключить"),
        ("Возложить на Сказкину А.П.", "«Возложить на Сказкину А.П.» исключить"),
        ("Две\nстроки", "«Две строки» исключить"),
    ],
)
def test_a_quoted_text_is_one_line_without_its_stop(old: str, said: str) -> None:
    (told,) = amendments((Difference(Change.REMOVED, "пункт 2", old, ""),))
    assert said in told


@pytest.mark.usefixtures("schools")
def test_a_draft_cannot_be_amended_and_a_paper_of_nobody_not_compared(
    workspace: Workspace,
) -> None:
    content = documents.build_order(workspace, OrderRequest(2025)).content
    row, _ = documents.register(workspace, content)
    with pytest.raises(UserError, match="ещё не подписан"):
        documents.amending_order(workspace, row.id)
    with pytest.raises(UserError, match="Неизвестно, по какому запросу"):
        documents.changed_data(workspace, row.id)
    assert not documents.document_row(workspace, row.id).can_compare


@pytest.mark.usefixtures("schools")
def test_a_number_comes_before_the_signature(workspace: Workspace) -> None:
    content = documents.build_order(workspace, OrderRequest(2025)).content
    row, _ = documents.register(workspace, content)
    documents.enter(workspace, row.id, "5", DAY)
    assert documents.document_row(workspace, row.id).status is DocumentStatus.REGISTERED
    with pytest.raises(UserError, match="удалить его нельзя"):
        documents.remove_draft(workspace, row.id)
    documents.sign(workspace, row.id, "5", DAY)
    with pytest.raises(UserError, match="уже подписан"):
        documents.enter(workspace, row.id, "6", DAY)


@pytest.mark.usefixtures("schools")
def test_signing_the_new_cancels_the_one_it_replaces(workspace: Workspace) -> None:
    old = signed_order(workspace)
    content = documents.build_order(workspace, OrderRequest(2025)).content
    new, _ = documents.register(workspace, content, replaces=old)
    documents.sign(workspace, new.id, "18-од", date(2026, 3, 2))
    row = documents.document_row(workspace, old)
    assert row.status is DocumentStatus.CANCELLED
    assert row.note == "Заменён документом № 18-од от 02.03.2026."


@pytest.mark.usefixtures("schools")
def test_a_removed_draft_comes_back_by_undo(workspace: Workspace) -> None:
    content = documents.build_order(workspace, OrderRequest(2025)).content
    row, _ = documents.register(workspace, content)
    documents.remove_draft(workspace, row.id)
    assert documents.list_documents(workspace) == ()
    journal.undo_last(workspace)
    assert documents.signed_content(workspace, row.id) == content


@pytest.mark.usefixtures("schools")
def test_scans_come_back_byte_for_byte(workspace: Workspace, tmp_path: Path) -> None:
    order = signed_order(workspace)
    scan = tmp_path / "скан.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    documents.attach(workspace, order, scan)
    assert documents.document_row(workspace, order).files == ("скан.pdf",)
    with pytest.raises(UserError, match="уже приложен"):
        documents.attach(workspace, order, scan)
    target = tmp_path / "копия.pdf"
    documents.save_attachment(workspace, order, "скан.pdf", target)
    assert target.read_bytes() == scan.read_bytes()
    documents.detach(workspace, order, "скан.pdf")
    with pytest.raises(UserError, match="при документе нет"):
        documents.save_attachment(workspace, order, "скан.pdf", target)


@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize(
    ("name", "body", "says"), [("а.exe", b"x", "не скан"), ("а.pdf", b"", "пуст")]
)
def test_foreign_and_empty_files_are_refused(
    workspace: Workspace,
    tmp_path: Path,
    name: str,
    body: bytes,
    says: str,
) -> None:
    order = signed_order(workspace)
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(UserError, match=says):
        documents.attach(workspace, order, path)


@pytest.mark.parametrize(
    "request_",
    [
        OrderRequest(
            2025, deadline=DAY, coordinator=documents.Person("методист", "Сказкина А. П.")
        ),
        PaperRequest("order-curators", 2026, values={"deadline": "2026-03-01"}, date=DAY),
        documents.ProgrammeRequest(7, "2016"),
    ],
)
def test_requests_come_back_as_they_were(request_: object) -> None:
    assert request_from_json(request_to_json(request_)) == request_  # type: ignore[arg-type]


@pytest.mark.usefixtures("schools")
def test_an_amending_order_is_registered_with_the_act_it_changes(workspace: Workspace) -> None:
    order = signed_order(workspace)
    values = {"amendments": "пункт 3 исключить."}
    request = PaperRequest("order-amend", 2025, values=values)
    draft = documents.build_paper(workspace, request)
    for nowhere in (None, request):
        with pytest.raises(UserError, match="Не сказано, какой документ меняет приказ"):
            documents.register(workspace, draft.content, nowhere)
    linked = replace(request, amends=order)
    draft = documents.build_paper(workspace, linked)
    row, _ = documents.register(workspace, draft.content, linked)
    assert row.amends_id == order
    assert "в приказ от 4 февраля 2026 г. № 17-од" in row.title.replace("\u00a0", " ")
    named = replace(request, values={**values, "document": "приказ от 3 марта 2020 г. № 8"})
    content = documents.build_paper(workspace, named).content
    assert documents.register(workspace, content, named)[0].amends_id is None
    assert request_from_json(request_to_json(linked)) == linked


@pytest.mark.usefixtures("schools")
def test_only_an_act_in_force_is_changed(workspace: Workspace) -> None:
    order = signed_order(workspace)
    linked = PaperRequest("order-amend", 2025, amends=order)
    content = documents.build_paper(workspace, linked).content
    documents.cancel(workspace, order)
    with pytest.raises(UserError, match="отменён, менять его незачем"):
        documents.register(workspace, content, linked)
    with pytest.raises(UserError, match="отменён, менять его незачем"):
        documents.amending_order(workspace, order)
    again = documents.build_paper(workspace, linked)
    assert any("помечен отменённым" in one for one in again.warnings)
    gone = replace(linked, amends=order + 50)
    with pytest.raises(UserError, match="больше нет"):
        documents.build_paper(workspace, gone)


@pytest.mark.usefixtures("schools")
def test_an_order_over_a_decree_is_told(workspace: Workspace) -> None:
    programme = new_programme(workspace)
    decree = PaperRequest("decree-programme", 2025, programme)
    content = documents.build_paper(workspace, decree).content
    row, _ = documents.register(workspace, content, decree)
    documents.sign(workspace, row.id, "7", DAY)
    draft = documents.build_paper(workspace, PaperRequest("order-amend", 2025, amends=row.id))
    assert any("меняет он постановление" in one for one in draft.warnings)
    assert "в постановление от 4 февраля" in draft.content.title.replace("\u00a0", " ")


@pytest.mark.usefixtures("schools")
def test_a_new_order_begins_with_the_people_and_words_of_the_old_one(workspace: Workspace) -> None:
    old = OrderRequest(
        2025,
        number="17-од",
        date=DAY,
        deadline=date(2026, 3, 1),
        coordinator=Person("методист", "Сочинялкина Мария Петровна"),
        long_storage=True,
        sentences={"title": "О школах в 2024 году"},
    )
    row, _ = documents.register(workspace, documents.build_order(workspace, old).content, old)
    based = documents.based_on(workspace, row.id, 2026)
    assert based.request == replace(old, year=2026, number="", date=None, deadline=None)
    first, years, unseen = based.notes
    assert "левое поле 30 мм" in unseen
    assert "№ 17-од" in first
    assert years == "В перенесённых словах названы годы: 2024. Проверьте, те ли это."


@pytest.mark.usefixtures("schools")
def test_a_paper_on_the_base_of_another_has_no_dates_of_it(workspace: Workspace) -> None:
    programme = new_programme(workspace)
    spec = documents.papers()["order-programme"]
    dates = [one.key for one in spec.fields if one.kind is documents.FieldKind.DATE]
    texts = {one.key: "текст" for one in spec.fields if one.kind is documents.FieldKind.TEXT}
    values = {**texts, **dict.fromkeys(dates, "2026-03-01"), "sentence:title": "О программе"}
    old = PaperRequest("order-programme", 2025, programme, number="4", date=DAY, values=values)
    row, _ = documents.register(workspace, documents.build_paper(workspace, old).content, old)
    based = documents.based_on(workspace, row.id, 2030)
    assert based.request == PaperRequest(
        "order-programme", 2030, programme, values={**texts, "sentence:title": "О программе"}
    )
    assert any("а документ – за 2030 год" in one for one in based.notes)
    programmes.delete_programme(workspace, programme)
    again = documents.based_on(workspace, row.id, 2025)
    assert isinstance(again.request, PaperRequest)
    assert again.request.programme_id is None
    assert any("больше нет: выберите другую" in one for one in again.notes)


@pytest.mark.usefixtures("schools")
def test_what_has_no_request_or_its_own_copy_is_no_base(workspace: Workspace) -> None:
    content = documents.build_order(workspace, OrderRequest(2025)).content
    bare, _ = documents.register(workspace, content)
    with pytest.raises(UserError, match="Неизвестно, по какому запросу"):
        documents.based_on(workspace, bare.id, 2026)
    programme = documents.ProgrammeRequest(new_programme(workspace))
    printed = documents.draft(workspace, programme).content
    row, _ = documents.register(workspace, printed, programme)
    with pytest.raises(UserError, match="Программа берётся за основу не здесь"):
        documents.based_on(workspace, row.id, 2026)


def new_programme(workspace: Workspace) -> int:
    """Store a programme of three years; return its id."""
    form = ProgrammeForm(ProgrammeKind.PROGRAMME, "Программа поддержки школ", 2025, 2027)
    return programmes.save_programme(workspace, form).id


@pytest.mark.usefixtures("schools")
def test_the_name_of_an_action_cuts_a_long_title_between_two_words(workspace: Workspace) -> None:
    request = OrderRequest(2025)
    content = documents.build_order(workspace, request).content
    documents.register(workspace, content, request)
    named = journal.next_undo(workspace) or ""
    told = re.sub("^запись в реестр проекта «(.*)…»$", r"\1", named)
    assert content.title.startswith(f"{told} ")
    assert len(told) < len(content.title)


@pytest.mark.usefixtures("schools")
def test_empty_blocks_of_a_programme_are_counted_and_a_few_named(workspace: Workspace) -> None:
    programme = documents.ProgrammeRequest(new_programme(workspace))
    empty = documents.build_programme(workspace, programme.programme_id).empty
    titles = list(dict.fromkeys(one.title for one in empty))
    assert len(titles) > 3
    (told,) = documents.draft(workspace, programme).remarks
    assert told.startswith(f"Не заполнено и не напечатано разделов: {len(titles)} – «{titles[0]}»")
    assert f" и ещё {len(titles) - 3}." in told
    assert f"«{titles[3]}»" not in told
