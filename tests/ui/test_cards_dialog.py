"""Cards of many schools from the window: which schools, where to, progress and cancel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.services.documents import page_count
from app.ui.main_window import MainWindow
from app.ui.pages.documents.cards import CardsDialog
from app.ui.pages.documents.page import DocumentsPage
from app.ui.startup import Startup
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

Settle = Callable[[MainWindow], None]


@pytest.fixture
def window(district: District, started: Startup, settled: Settle) -> MainWindow:
    found = cast(MainWindow, started.parent())
    settled(found)
    return found


@pytest.fixture
def page(window: MainWindow, settled: Settle) -> DocumentsPage:
    found = cast(DocumentsPage, window.pages["documents"])
    settled(window)
    return found


def test_ticked_schools_are_printed_into_one_file(
    page: DocumentsPage, window: MainWindow, door: ScriptedDoor, settled: Settle, tmp_path: Path
) -> None:
    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, CardsDialog)
        assert dialog.list.count() == 3
        dialog.nobody.click()
        assert not dialog.store.isEnabled()
        dialog.everyone.click()
        dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
        assert dialog.count.text() == "Отмечено: 2 школы"
        return dialog.store.isEnabled()

    door.expect("run", answer)
    door.expect("save_file", tmp_path / "карточки")
    door.expect("ask", False)
    page.cards.click()
    settled(window)
    assert page_count(tmp_path / "карточки.pdf") == 2
    assert "2 карточки" in door.texts("ask")[0]


def test_the_filter_leaves_the_schools_of_one_category_and_a_folder_gets_their_files(
    page: DocumentsPage, window: MainWindow, door: ScriptedDoor, settled: Settle,
    tmp_path: Path, district: District,
) -> None:  # fmt: skip
    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, CardsDialog)
        dialog.category.choose("ШНОР")
        assert dialog.chosen() == (district.low,)
        dialog.way.setCurrentIndex(3)
        return True

    folder = tmp_path / "для школ"
    folder.mkdir()
    door.expect("run", answer)
    door.expect("open_folder", folder)
    door.expect("ask", True)
    door.expect("reveal")
    page.cards.click()
    settled(window)
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".pdf"]


def test_cancelling_leaves_no_file(
    page: DocumentsPage, window: MainWindow, door: ScriptedDoor, settled: Settle,
    tmp_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    door.expect("run", True)
    door.expect("save_file", tmp_path / "карточки.pdf")

    def cancel() -> None:
        for task in window.tasks.open_tasks():
            if task.long:
                task.cancel()

    window.tasks.changed.connect(cancel)
    page.cards.click()
    settled(window)
    assert not list(tmp_path.glob("*.pdf"))
    assert not list(tmp_path.glob(".opora*"))
