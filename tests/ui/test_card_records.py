"""The card of a school: its social passport and the marks of bias, each with its cell."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.models.enums import RecordKind
from app.models.records import Record
from app.services.workspace import Workspace
from app.ui.pages.schools.card_content import CardContent
from app.ui.pages.schools.lines import Card
from app.ui.pages.schools.loading import load_card
from app.ui.pages.schools.requisites import RequisiteSection
from app.ui.state import WindowState
from app.ui.widgets.source_popup import SourcePopup
from tests.stored import add_block
from tests.ui.district import District


@pytest.fixture
def recorded(workspace: Workspace, district: District) -> District:
    """Give one school passports of two years and a mark of bias."""
    block = add_block(workspace, {"pupils": "C", "large_families": "D", "marker_4 РУ": "E"})
    with workspace.database.write() as session:
        for year, pupils in ((2024, 90), (2025, 81)):
            data = {"pupils": pupils, "large_families": 9, "large_families_share": 11.1}
            session.add(_record(RecordKind.PASSPORT, year, data, district.low, block))
        session.add(_record(RecordKind.BIAS, 2025, {"marker_4 РУ": 1}, district.low, block))
    return district


def _record(kind: RecordKind, year: int, data: dict[str, float], school: int, block: int) -> Record:
    return Record(
        identity=f"school:{school}|{kind.name}|{year}|", kind=kind, year=year, school_id=school,
        data=data, block_id=block, rows="7", current=True,
    )  # fmt: skip


def test_the_passport_of_the_year_stands_in_the_card(
    workspace: Workspace, recorded: District
) -> None:
    card = load_card(workspace, recorded.low, 2024)
    assert card.passport_year == 2024
    assert [(one.title, one.value) for one in card.passport] == [
        ("Всего обучающихся", "90"),
        ("Обучающиеся из многодетных семей", "9\N{NO-BREAK SPACE}(11,1\N{NO-BREAK SPACE}%)"),
    ]
    source = card.passport[1].source
    assert source is not None
    assert source.cell == "D7"
    assert load_card(workspace, recorded.low, 2023).passport_year == 2025  # else the newest
    assert [(one.title, one.value) for one in card.bias] == [("ВПР 2025", "4 РУ")]


def test_a_school_without_records_is_told_what_to_do(
    workspace: Workspace, recorded: District
) -> None:
    card = load_card(workspace, recorded.empty, 2025)
    assert (card.passport, card.passport_year, card.bias) == ((), None, ())


def test_a_click_on_a_figure_shows_its_cell(
    workspace: Workspace, recorded: District, qtbot: object
) -> None:
    section = RequisiteSection("Социальный паспорт")
    card = load_card(workspace, recorded.low, 2025)
    section.show_requisites(card.passport, "Социальный паспорт, 2025 год")
    section.show()
    assert section.note.isHidden()
    buttons = section.findChildren(QPushButton)
    assert [button.accessibleName() for button in buttons] == [
        "Откуда: Всего обучающихся",
        "Откуда: Обучающиеся из многодетных семей",
    ]
    buttons[1].click()
    popup = section.findChild(SourcePopup)
    assert popup is not None
    assert "D7" in [shown.text() for shown in popup.findChildren(QLabel)]
    popup.close()
    section.close()
    section.deleteLater()


def test_the_card_has_pictures_of_the_year_and_own_signals(
    workspace: Workspace, recorded: District, state: WindowState, qtbot: QtBot
) -> None:
    content = CardContent(state)
    qtbot.addWidget(content)
    card = load_card(workspace, recorded.low, 2025)
    assert card is not None
    content.show_card(card)
    assert not content.bars.isHidden()
    assert "по годам" in content.bars.accessibleName()
    signals = replace_signals(card, "Внутренний сигнал: скачок (1 / 20; 20 участников).")
    content.show_card(signals)
    assert content.signals.words.text().startswith("Внутренний сигнал: скачок")
    assert not content.signals_title.isHidden()


def test_a_school_without_results_has_neither_pictures_nor_signals(
    workspace: Workspace, recorded: District, state: WindowState, qtbot: QtBot
) -> None:
    content = CardContent(state)
    qtbot.addWidget(content)
    card = load_card(workspace, recorded.empty, 2025)
    assert card is not None
    content.show_card(card)
    assert content.bars.isHidden()
    assert content.marks.isHidden()
    assert content.signals_title.isHidden()


def replace_signals(card: Card, text: str) -> Card:
    """Return the card with other signals."""
    return card._replace(signals=text)
