"""The register of papers."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.models.enums import DocumentStatus
from app.services import documents
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
    assert documents.stored_content(workspace, row.id) == content


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
    assert documents.stored_content(workspace, row.id) == content


def test_cancelled_document_keeps_what_it_says(workspace: Workspace) -> None:
    row, _ = documents.register(workspace, order())
    documents.sign(workspace, row.id, "66", DAY)
    documents.cancel(workspace, row.id)
    cancelled = documents.list_documents(workspace)[0]
    assert (cancelled.status, cancelled.number) == (DocumentStatus.CANCELLED, "66")
    assert documents.stored_content(workspace, row.id) == order()


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
        documents.stored_content(workspace, row.id + 1)


def test_kinds_name_their_formats() -> None:
    known = {kind.key: kind.formats for kind in documents.all_kinds()}
    assert known["order"] == (".pdf", ".docx")
    assert known["results"] == (".json", ".csv", ".xlsx")
    assert known["programme"] == known["order-curators"] == (".pdf", ".docx", ".xlsx")
    assert len(known) == len(documents.all_kinds())
