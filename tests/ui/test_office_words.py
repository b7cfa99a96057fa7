"""The terms of the office on every screen: our sentences follow, names and typed words stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView, QWidget

from app.models.enums import Category, RecordKind
from app.services import settings
from app.services.changes import ChangeSet, Topic
from app.services.methodology import override
from app.services.workspace import Workspace
from app.ui import office_words
from app.ui.main_window import MainWindow
from app.ui.office_words import said
from app.ui.pages.methodology.dialog import MethodologyDialog
from app.ui.screenshots import settle
from app.ui.startup import Startup
from app.ui.workbench import Workbench
from tests.analysis.rows import add_record
from tests.ui.district import District

YEAR = 2025
TYPED = "оставить ШНОР, протокол № 3"


def theirs(text: str) -> str:
    """Stand in for the terms of an office."""
    return text.replace("ШНОР", "ШНРО")


@pytest.fixture(autouse=True)
def ours_again() -> Iterator[None]:
    """Give the words back after each test: they serve the whole program."""
    yield
    office_words.use(str)


def test_sentences_follow_and_names_stay() -> None:
    assert said("до признаков ШНОР") == "до признаков ШНОР"
    assert office_words.use(theirs)
    assert not office_words.use(theirs)
    assert said("до признаков ШНОР") == "до признаков ШНРО"
    assert said("Решение – «ШНОР+ШНСУ», по расчёту – «ШНОР».") == (
        "Решение – «ШНРО+ШНСУ», по расчёту – «ШНРО»."
    )
    assert said("В списке (файл «Перечень ШНОР.xlsx») – «ШНОР»") == (
        "В списке (файл «Перечень ШНОР.xlsx») – «ШНРО»"
    )


@pytest.fixture
def window(district: District, started: Startup, workspace: Workspace) -> Iterator[MainWindow]:
    """Return the window of an office that says ШНРО, with a decision typed in our word."""
    add_record(workspace, RecordKind.REGION_LIST, YEAR, {"shnor": 1, "shnsu": 0}, district.fine)
    override(workspace, YEAR, district.low, Category.NONE, TYPED)
    shown = cast(MainWindow, started.parent())
    setting = settings.TERMS["low_results"]
    settings.put(workspace, setting, "ШНРО")
    shown.context.bus.publish(ChangeSet.of(*Topic))
    settle(shown)
    yield shown
    shown.context.bus.publish(settings.put(workspace, setting, "ШНОР"))
    settle(shown)


def words(root: QWidget) -> Iterator[str]:
    """Yield what labels, cells and hints of a screen say."""
    for one in root.findChildren(QLabel):
        yield one.text()
    for table in root.findChildren(QTableView):
        model = table.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                    yield str(model.data(index, role) or "")


def spoken(root: QWidget) -> str:
    """Return all of it without what a person typed."""
    return "\n".join(words(root)).replace(TYPED, "")


def test_every_sentence_of_a_screen_follows(window: MainWindow, district: District) -> None:
    bench = window.findChildren(Workbench)[0]
    for school in (district.low, district.fine, district.empty):
        window.show_page("schools")
        bench.schools.page.table.select_key(school)
        settle(window)
        bench.schools.page.classify.click()
        settle(window)
        window.pages["classification"].table.select_key(school)  # type: ignore[attr-defined]
        settle(window)
        for key in ("schools", "classification", "today"):
            told = spoken(window.pages[key])
            assert "ШНОР" not in told, [line for line in told.splitlines() if "ШНОР" in line]
    assert "ШНРО" in spoken(window.pages["classification"])
    assert TYPED in "\n".join(words(window.pages["classification"]))


def test_the_effect_of_an_edit_follows(window: MainWindow) -> None:
    dialog = MethodologyDialog(window.context, YEAR)
    settle(window)
    dialog.editor.form.threshold.setValue(90)
    settle(window)
    listed = [dialog.effect.changes.item(n).text() for n in range(dialog.effect.changes.count())]
    assert any("ШНРО" in text for text in listed)
    assert not any("ШНОР" in text for text in (*listed, dialog.effect.counts.text()))
    dialog.deleteLater()
