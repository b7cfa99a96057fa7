"""The register of papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.enums import DocumentStatus
from app.services import documents, journal, settings
from app.services.changes import ChangeSet, Topic
from app.services.workspace import Workspace
from tests.documents.samples import order, schools

DAY = date(2025, 9, 26)


def test_registered_document_is_kept_whole(workspace: Workspace) -> None:
    content = order(schools=schools(40))
    row, changes = documents.register(workspace, content)
    assert changes == ChangeSet.of(Topic.DOCUMENTS)
    assert documents.list_documents(workspace) == (row,)
    assert (row.kind, row.year, row.number, row.date) == ("order", 2025, "66-ОД", DAY)
    assert row.status is DocumentStatus.DRAFT
    assert documents.signed_content(workspace, row.id) == content


def test_newest_stands_first_and_long_titles_are_cut(workspace: Workspace) -> None:
    first, _ = documents.register(workspace, order())
    second, _ = documents.register(workspace, order(number="67-ОД"))
    assert [row.id for row in documents.list_documents(workspace)] == [second.id, first.id]


def test_signed_document_never_changes(workspace: Workspace) -> None:
    content = order(number="", date=None)
    row, _ = documents.register(workspace, content)
    assert documents.sign(workspace, row.id, " 66-ОД ", DAY) == ChangeSet.of(Topic.DOCUMENTS)
    signed = documents.list_documents(workspace)[0]
    assert (signed.number, signed.date, signed.status) == ("66-ОД", DAY, DocumentStatus.SIGNED)
    with pytest.raises(UserError, match=r"Нельзя подписать .* он уже подписан"):
        documents.sign(workspace, row.id, "67", DAY)
    assert documents.list_documents(workspace) == (signed,)
    assert documents.signed_content(workspace, row.id) == order(number="66-ОД")


def test_a_signed_document_is_shown_with_its_number(workspace: Workspace) -> None:
    row, _ = documents.register(workspace, order(number="", date=None))
    assert documents.signed_content(workspace, row.id) == order(number="", date=None)
    documents.sign(workspace, row.id, "66-ОД", DAY)
    assert documents.signed_content(workspace, row.id) == order()


@pytest.mark.parametrize("made", [None, DAY, date(2025, 9, 1)])
def test_the_number_and_the_date_of_the_register_are_never_mixed_with_others(
    workspace: Workspace, made: date | None
) -> None:
    row, _ = documents.register(workspace, order(number="66-ОД", date=made))
    documents.sign(workspace, row.id, "67-ОД", DAY)
    assert documents.signed_content(workspace, row.id) == order(number="67-ОД", date=DAY)


def test_the_number_of_an_annex_is_not_that_of_the_paper(workspace: Workspace) -> None:
    zone = schools(2)
    row, _ = documents.register(workspace, order(number="1", date=DAY, risk_zone=zone))
    documents.sign(workspace, row.id, "67", DAY)
    assert documents.signed_content(workspace, row.id) == order(number="67", risk_zone=zone)


def test_cancelled_document_keeps_what_it_says(workspace: Workspace) -> None:
    row, _ = documents.register(workspace, order())
    documents.sign(workspace, row.id, "66", DAY)
    documents.cancel(workspace, row.id)
    cancelled = documents.list_documents(workspace)[0]
    assert (cancelled.status, cancelled.number) == (DocumentStatus.CANCELLED, "66")
    assert documents.signed_content(workspace, row.id) == order(number="66")


def test_number_is_given_once_a_year(workspace: Workspace) -> None:
    rows = [documents.register(workspace, order())[0] for _ in range(3)]
    documents.sign(workspace, rows[0].id, "66", DAY)
    with pytest.raises(UserError, match="Номер 66 в 2025 году уже занят"):
        documents.sign(workspace, rows[1].id, "66", date(2025, 12, 1))
    documents.sign(workspace, rows[1].id, "66", date(2026, 1, 12))
    documents.cancel(workspace, rows[0].id)
    documents.sign(workspace, rows[2].id, "66", DAY)


def test_number_is_needed_and_the_row_too(workspace: Workspace) -> None:
    row, _ = documents.register(workspace, order())
    with pytest.raises(UserError, match="должен быть номер"):
        documents.sign(workspace, row.id, "  ", DAY)
    with pytest.raises(UserError, match="нет в реестре"):
        documents.cancel(workspace, row.id + 1)
    with pytest.raises(UserError, match="нет в реестре"):
        documents.signed_content(workspace, row.id + 1)


def test_kinds_name_their_formats() -> None:
    known = {kind.key: kind.formats for kind in documents.all_kinds()}
    assert known["order"] == (".pdf", ".docx")
    assert known["results"] == (".json", ".csv", ".xlsx")
    assert known["programme"] == known["order-curators"] == (".pdf", ".docx", ".xlsx")
    assert len(known) == len(documents.all_kinds())


def test_a_project_may_be_taken_back_and_put_in_again(workspace: Workspace) -> None:
    content = order(schools=schools(3))
    row, _ = documents.register(workspace, content)
    assert journal.undo_last(workspace).done
    assert documents.list_documents(workspace) == ()
    assert journal.redo_last(workspace).done
    assert documents.list_documents(workspace) == (row,)
    assert documents.signed_content(workspace, row.id) == content


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (documents.enter, "регистрация документа № 5"),
        (documents.sign, "отметка о подписании документа № 5"),
        (None, "отмена документа"),
    ],
)
def test_what_was_done_last_with_a_paper_is_what_is_taken_back(
    workspace: Workspace,
    what: Callable[[Workspace, int, str, date], ChangeSet] | None,
    told: str,
) -> None:
    term = settings.TERMS["low_results"]
    settings.put(workspace, term, "ШНРО")
    row, _ = documents.register(workspace, order(number="", date=None))
    if what is None:
        documents.cancel(workspace, row.id)
    else:
        what(workspace, row.id, "5", DAY)
    done = documents.list_documents(workspace)
    assert journal.undo_last(workspace).message.startswith(f"Отменено: {told}")
    assert documents.list_documents(workspace) == (row,)
    assert settings.get(workspace, term) == "ШНРО"
    assert journal.redo_last(workspace).done
    assert documents.list_documents(workspace) == done
    for _ in range(3):
        assert journal.undo_last(workspace).done
    assert documents.list_documents(workspace) == ()
    assert settings.get(workspace, term) == "ШНОР"


def test_a_signature_taken_back_puts_the_replaced_paper_in_force_again(
    workspace: Workspace,
) -> None:
    old, _ = documents.register(workspace, order())
    documents.sign(workspace, old.id, "5", DAY)
    new, _ = documents.register(workspace, order(), replaces=old.id)
    before = documents.list_documents(workspace)
    documents.sign(workspace, new.id, "6", DAY)
    assert documents.document_row(workspace, old.id).status is DocumentStatus.CANCELLED
    assert journal.undo_last(workspace).done
    assert documents.list_documents(workspace) == before


def test_a_project_with_a_scan_is_not_taken_back(workspace: Workspace, tmp_path: Path) -> None:
    row, _ = documents.register(workspace, order())
    scan = tmp_path / "скан.pdf"
    scan.write_bytes(b"%PDF-")
    documents.attach(workspace, row.id, scan)
    with pytest.raises(UserError, match="держатся данные, которые появились"):
        journal.undo_last(workspace)
    assert documents.list_documents(workspace)[0].files == ("скан.pdf",)
