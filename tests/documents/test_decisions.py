"""The protocol of decisions as a document and as tables for other programs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.errors import OutputError
from app.models.enums import Basis, Category
from app.services import documents
from app.services.documents.blocks import Table
from app.services.documents.blocks import texts as texts_of
from app.services.exporting import write_decisions
from app.services.methodology import confirm, override, withdraw
from app.services.workspace import Workspace
from tests.methodology.builders import MA4, RU4, YEAR
from tests.stored import add_result, add_school


@pytest.fixture
def decided(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return a district with one decision confirmed, changed by the region's list, and undone."""
    monkeypatch.setenv("LOGNAME", "specialist")
    school = add_school(workspace, "Первая школа")
    for procedure in (MA4, RU4):
        key = (procedure.kind, YEAR, procedure.subject, procedure.grade)
        add_result(workspace, school, key, 10, 4)
    confirm(workspace, YEAR, [school])
    override(workspace, YEAR, school, Category.NONE, "приказ № 5", Basis.REGION)
    withdraw(workspace, YEAR, school)
    return workspace


def test_the_paper_tells_who_what_when_and_why(decided: Workspace) -> None:
    content = documents.build_decisions(decided, YEAR)
    (table,) = (block for block in content.blocks if isinstance(block, Table))
    last, first = ([cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in table.rows)
    assert last[0].endswith(", specialist")
    assert last[1:] == ["Первая школа", "вне групп", "ШНОР", "перечень региона: приказ № 5", "нет"]
    assert first[2:4] == ["ШНОР", "ШНОР"]
    assert first[4].startswith("подтверждён расчёт: Низкие результаты в 2025 году")
    assert documents.render_pdf(content).startswith(b"%PDF")


def test_a_year_without_decisions_says_so(workspace: Workspace) -> None:
    content = documents.build_decisions(workspace, YEAR)
    assert not [block for block in content.blocks if isinstance(block, Table)]
    texts = [piece.text for piece in texts_of(content)]
    assert any("решений о категориях школ не принято" in text for text in texts)


def test_the_tables_hold_the_same(decided: Workspace, tmp_path: Path) -> None:
    for ending in (".json", ".csv", ".xlsx"):
        assert write_decisions(decided, tmp_path / f"протокол{ending}", YEAR) == 2
    rows = json.loads((tmp_path / "протокол.json").read_text(encoding="utf-8"))
    assert [(row["category"], row["reason"], row["current"]) for row in rows] == [
        ("вне групп", "приказ № 5", False),
        ("ШНОР", "", False),
    ]
    with (tmp_path / "протокол.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file, delimiter=";"))
    assert table[1][1:6] == ["specialist", "Первая школа", "2025", "вне групп", "ШНОР"]
    book = CalamineWorkbook.from_path(str(tmp_path / "протокол.xlsx"))
    sheet = book.get_sheet_by_name("Протокол решений").to_python()
    assert sheet[1][6:8] == ["перечень региона", "приказ № 5"]
    with pytest.raises(OutputError, match="нельзя записать"):
        write_decisions(decided, tmp_path / "протокол.txt", YEAR)
