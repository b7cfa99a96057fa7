"""The register on the command line: its list, a paper on the base of another, an amending order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest

from app.bootstrap import open_workspace
from app.models.enums import AssessmentKind
from app.services import documents
from app.services.documents import OrderRequest, PaperRequest, Person
from tests.cli.conftest import Cli
from tests.stored import add_result, add_school

CURATORS = PaperRequest(
    "order-curators",
    2025,
    number="5",
    values={"coordinator": "методист; Сочинялкина Мария Петровна", "sentence:title": "О кураторах"},
)


@pytest.fixture
def registered(demo_db: Path) -> Path:
    """Return the demo district with a signed order (1) and an order on curators (2)."""
    with open_workspace(demo_db) as workspace:
        order = OrderRequest(2025, coordinator=Person("методист", "Сочинялкина Мария Петровна"))
        content = documents.build_order(workspace, order).content
        row, _ = documents.register(workspace, content, order)
        documents.sign(workspace, row.id, "17-од", date(2026, 2, 4))
        documents.register(workspace, documents.build_paper(workspace, CURATORS).content, CURATORS)
    return demo_db


def text_of(path: Path) -> str:
    return "\n".join(one.text for one in docx.Document(str(path)).paragraphs).replace("\u00a0", " ")


def test_the_register_is_listed_with_its_numbers(cli: Cli, registered: Path, demo_db: Path) -> None:
    told = cli("documents", "--register", "--db", registered)
    assert told.code == 0
    first, second = told.out.splitlines()[-2:]
    assert first.split()[:4] == ["2", "order-curators", "5", "проект"]
    assert second.split()[:5] == ["1", "order", "17-од", "04.02.2026", "подписан"]


def test_an_empty_register_is_told(cli: Cli, demo_db: Path) -> None:
    assert "Реестр документов пуст." in cli("documents", "--register", "--db", demo_db).out


def test_an_order_begins_with_one_of_the_register(
    cli: Cli, registered: Path, tmp_path: Path
) -> None:
    out = tmp_path / "новый.docx"
    words = ("export", "order", "--like", "1", "--year", "2025", "--set", "number=3")
    told = cli(*words, "--out", out, "--db", registered)
    assert told.code == 0
    assert "За основу взят документ № 17-од" in told.err
    said = text_of(out)
    assert "Сочинялкину М.П." in said
    assert "17-од" not in said


def test_a_paper_begins_with_one_of_the_register(
    cli: Cli, registered: Path, tmp_path: Path
) -> None:
    out = tmp_path / "новый.docx"
    words = ("export", "order-curators", "--like", "2", "--year", "2025")
    assert cli(*words, "--out", out, "--db", registered).code == 0
    said = text_of(out)
    assert "О кураторах" in said
    assert "Сочинялкину М.П." in said
    over = ("--set", "coordinator=методист; Другая Анна Ивановна", "--sentence", "title=О другом")
    assert cli(*words, *over, "--out", out, "--db", registered).code == 0
    said = text_of(out)
    assert "О другом" in said
    assert "Другую А.И." in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("order", "--like", "2"), "вида «order-curators», а выгружается «order»"),
        (("order", "--like", "99"), "Такого документа нет в реестре"),
        (("programme", "--like", "1"), "по документу реестра не составляется"),
        (("order", "--amends", "1"), "другого документа не меняет"),
        (("order-amend", "--amends", "2"), "ещё не подписан"),
        (("order-amend", "--amends", "1"), "не изменились"),
    ],
)
def test_what_cannot_be_the_base_is_refused(
    cli: Cli, registered: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    out = tmp_path / "а.docx"
    outcome = cli("export", *words, "--year", "2025", "--out", out, "--db", registered)
    assert outcome.code == 2
    assert told in outcome.err
    assert not out.exists()


def test_an_amending_order_names_the_document_and_its_changes(
    cli: Cli, registered: Path, tmp_path: Path
) -> None:
    with open_workspace(registered) as workspace:
        worse = add_school(workspace, "Новая школа", search_key="новая школа")
        for grade in (5, 6):
            add_result(workspace, worse, (AssessmentKind.VPR, 2025, "Русский язык", grade), 10, 9)
    out = tmp_path / "изменения.docx"
    words = ("export", "order-amend", "--amends", "1", "--year", "2025", "--out", out)
    assert cli(*words, "--db", registered).code == 0
    said = text_of(out)
    assert "О внесении изменений в приказ от 4 февраля 2026 г. № 17-од" in said
    assert "дополнить строкой «Новая школа" in said
    told = cli(*words, "--set", "amendments=пункт 3 исключить.", "--db", registered)
    assert told.code == 0
    assert "пункт 3 исключить" in text_of(out)
    assert "Новая школа" not in text_of(out)
