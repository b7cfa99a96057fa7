"""The terms of the office: one setting changes every sentence of ours, and nothing of theirs."""

from __future__ import annotations

import pytest

from app.models.enums import AssessmentKind, Category
from app.services import settings
from app.services.documents import blocks, build_order, build_school_card
from app.services.documents.language import NBSP
from app.services.documents.office_words import in_office_words, office_wording
from app.services.documents.texts import sentences
from app.services.documents.types import OrderRequest
from app.services.documents.wording import (
    Wording,
    category_word,
    in_terms,
    terms,
    using,
)
from app.services.journal import undo_last
from app.services.methodology import override
from app.services.workspace import Workspace
from tests.documents.test_order import DETAILS
from tests.stored import add_result, add_school

THEIRS = Wording(chosen={"low_results": "ШНРО", "social_conditions": "ШФНСУ"})


def test_every_setting_has_its_term_and_every_variant_is_a_choice() -> None:
    assert {term.key for term in terms()} == set(settings.TERMS)
    for term in terms():
        setting = settings.TERMS[term.key]
        assert setting.choices is not None
        assert set(setting.choices) == set(term.shorts)
        assert setting.default == term.shorts[0]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("ШНОР+ШНСУ", "ШНРО+ШФНСУ"),
        ("причин низких образовательных результатов;", "причин низких результатов обучения;"),
        ("с низкими образовательными результатами", "с низкими результатами обучения"),
        ("ШНОРовский", "ШНОРовский"),
        ("доклад о результатах", "доклад о результатах"),
    ],
)
def test_terms_change_in_their_case(ours: str, theirs: str) -> None:
    assert in_terms(ours) == ours
    with using(THEIRS):
        assert in_terms(ours) == theirs
    assert in_terms(ours) == ours


def test_sentences_speak_as_the_office_does_only_inside_the_block() -> None:
    own = Wording(own={"order/title": "О списке {year} ШНОР"}, chosen=THEIRS.chosen)
    with using(own):
        assert sentences("order")("title", year="2025") == "О списке 2025 ШНОР"
        assert "результатами обучения" in sentences("order")("point_list", year="", annex="")
        assert category_word(Category.SHNOR_SHNSU) == "ШНРО+ШФНСУ"
    assert "образовательными результатами" in sentences("order")("title")


def test_the_order_and_the_card_take_the_term_of_the_office(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    school = add_school(workspace, "Лукоморская СОШ")
    for subject in ("Русский язык", "Математика"):
        add_result(workspace, school, (AssessmentKind.VPR, 2025, subject, 5), 10, 5)
    settings.put(workspace, settings.TERMS["low_results"], "ШНРО")
    order = build_order(workspace, OrderRequest(2025)).content
    pieces = [piece.text.replace(NBSP, " ") for piece in blocks.texts(order)]
    # Titles of acts and methodologies are quoted: they stay as their authors wrote them.
    text = "\n".join(one for one in pieces if "Основание правила" not in one and "«И" not in one)
    assert "ШНОР" not in text
    assert "образовательными результатами" not in text
    assert "ШНРО – школа с низкими результатами обучения" in text
    card = build_school_card(workspace, school, 2025)
    assert "ШНОР" not in "\n".join(piece.text for piece in blocks.texts(card))


def test_a_reason_that_a_person_wrote_stays_as_written(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    school = add_school(workspace, "Лукоморская СОШ")
    for subject in ("Русский язык", "Математика"):
        add_result(workspace, school, (AssessmentKind.VPR, 2025, subject, 5), 10, 0)
    override(workspace, 2025, school, Category.SHNOR, "письмо о списке ШНОР края")
    settings.put(workspace, settings.TERMS["low_results"], "ШНРО")
    order = build_order(workspace, OrderRequest(2025)).content
    papers = (order, build_school_card(workspace, school, 2025))
    for paper in papers:
        text = "\n".join(piece.text.replace(NBSP, " ") for piece in blocks.texts(paper))
        assert "письмо о списке ШНОР края" in text
        assert "ШНРО" in text


def test_a_chosen_term_is_undone(workspace: Workspace) -> None:
    settings.put(workspace, settings.TERMS["low_results"], "ШНРО")
    assert office_wording(workspace).chosen["low_results"] == "ШНРО"
    undo_last(workspace)
    assert office_wording(workspace).is_ours


def test_the_wording_of_one_work_does_not_leak_into_the_next(workspace: Workspace) -> None:
    settings.put(workspace, settings.TERMS["low_results"], "ШНРО")

    @in_office_words
    def made(_workspace: Workspace) -> str:
        return in_terms("ШНОР")

    assert made(workspace) == "ШНРО"
    assert in_terms("ШНОР") == "ШНОР"
