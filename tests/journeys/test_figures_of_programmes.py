"""Texts of whole programmes: no figure of theirs is doubted in vain, a wrong one is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services import programmes, settings
from app.services.documents import PaperRequest, build_paper, build_programme, check_paper
from app.services.documents import programme as builder
from app.services.documents.checking import DocumentFinding, FindingKind
from app.services.workspace import Workspace
from app.ui.pages.builder import screens
from tests.documents.test_order import DETAILS
from tests.journeys import test_printed_full, test_printed_programmes, test_printed_seeds
from tests.stored import add_school


def figures(workspace: Workspace, programme: int) -> list[DocumentFinding]:
    found = builder.check_document(workspace, programme)
    return [one.finding for one in found if one.finding.kind is FindingKind.FIGURE]


def write(workspace: Workspace, programme: int, text: str) -> int:
    made = builder.add_block(workspace, programme, "text", title="Введение", body={"text": text})
    return made.block_id


@pytest.mark.parametrize("name", sorted(test_printed_programmes.INDICATORS))
def test_nothing_is_doubted_in_vain(workspace: Workspace, tmp_path: Path, name: str) -> None:
    text, programme = test_printed_programmes.entered(workspace, name, tmp_path)
    assert figures(workspace, programme) == []
    term = text.last_year - text.first_year + 2
    block = write(workspace, programme, f"Программа рассчитана на {term} лет.")
    (wrong,) = [
        one
        for one in builder.check_document(workspace, programme)
        if one.finding.kind is FindingKind.FIGURE
    ]
    assert (wrong.block_id, wrong.item_id) == (block, None)
    assert f"в таблице {term - 1}\N{NO-BREAK SPACE}года (срок программы)" in wrong.finding.message


def test_nothing_is_doubted_in_the_fullest_one(workspace: Workspace, tmp_path: Path) -> None:
    programme = test_printed_full.entered(workspace, tmp_path)
    assert figures(workspace, programme) == []
    text = "Программа включает семь задач. Программа включает девять задач. В районе 11 школ."
    write(workspace, programme, text)
    (wrong,) = figures(workspace, programme)
    assert "семь задач" in wrong.message
    assert "в таблице 9 " in wrong.message


@pytest.mark.parametrize("name", sorted(test_printed_seeds.PRESETS))
def test_nothing_is_doubted_beside_a_loaded_roadmap(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    programme = test_printed_seeds.imported(workspace, name, tmp_path)
    builder.start_from(workspace, programme, test_printed_seeds.PRESETS[name])
    assert figures(workspace, programme) == []
    write(workspace, programme, "Дорожная карта включает 500 мероприятий.")
    (wrong,) = figures(workspace, programme)
    assert "дорожная карта" in wrong.hint


def test_nothing_is_doubted_in_the_programme_of_the_example(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    made = screens._entries(workspace)
    assert figures(workspace, made.id) == []
    write(workspace, made.id, "Программа включает 3 задачи и реализуется в 4 этапа.")
    (wrong,) = figures(workspace, made.id)
    assert "4 этапа" in wrong.message


def test_a_wish_of_a_printed_programme_is_no_figure_of_today(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    made = screens._entries(workspace)
    for name in ("Озёрская СОШ", "Луговая СОШ"):
        add_school(workspace, name)
    for part, text in (
        ("expected_result", "В районе действуют 5 школ"),
        ("situation", "В районе действуют 7 школ"),
    ):
        programmes.save_item(workspace, made.id, programmes.ItemForm(part, text))
    for content in (
        build_programme(workspace, made.id).content,
        build_paper(workspace, PaperRequest("decree-programme", 2025, made.id)).content,
    ):
        found = check_paper(workspace, content, made.id)
        told = [one for one in found if one.kind is FindingKind.FIGURE]
        assert [one.message[:23] for one in told] == ["В тексте 7, в таблице 2"]
        assert told[0].block is not None
