"""The printable card: shown as it will be on paper, saved as PDF and as DOCX."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from app.ui.dialogs.card_preview import CardPreview
from app.ui.main_window import MainWindow
from app.ui.pages.schools.page import SchoolsPage
from app.ui.screenshots import settle
from app.ui.startup import Startup
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District


@pytest.fixture
def window(district: District, started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


def test_the_card_is_shown_and_saved_both_ways(
    window: MainWindow, district: District, door: ScriptedDoor, tmp_path: Path
) -> None:
    window.show_page("schools")
    page = cast(SchoolsPage, window.pages["schools"])
    page.table.select_key(district.low)
    settle(window)
    assert page.panel.content is not None

    def use(dialog: CardPreview) -> bool:
        assert not dialog.pdf.isEnabled()
        settle(window)
        assert dialog.note.text().startswith("Так карточка выйдет на бумаге")
        door.expect("save_file", None)
        dialog.docx.click()
        door.expect("save_file", tmp_path / "карточка.docx")
        dialog.docx.click()
        door.expect("save_file", tmp_path / "карточка")
        dialog.pdf.click()
        settle(window)
        assert dialog.note.text().startswith("Файл записан")
        return True

    door.expect("run", use)
    page.panel.content.paper.click()
    assert sorted(path.name for path in tmp_path.glob("карточка*")) == [
        "карточка.docx",
        "карточка.pdf",
    ]


def test_leaving_early_makes_nothing(
    window: MainWindow, district: District, door: ScriptedDoor
) -> None:
    window.show_page("schools")
    page = cast(SchoolsPage, window.pages["schools"])
    page.table.select_key(district.low)
    settle(window)
    assert page.panel.content is not None
    door.expect("run", False)
    page.panel.content.paper.click()
    settle(window)
