"""Which year the window shows, and what is read before somebody can see it."""

from __future__ import annotations

from typing import cast

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from app.models.decisions import Decision
from app.models.enums import AssessmentKind
from app.models.results import Result
from app.services import documents, methodology, settings, today
from app.services.changes import ChangeSet, Topic
from app.services.documents import OrderRequest
from app.services.workspace import Workspace
from app.ui.pages.documents.page import DocumentsPage
from app.ui.pages.schools import presenter as schools_presenter
from app.ui.screenshots import settle
from app.ui.state import WindowState
from tests.stored import add_result, add_school
from tests.ui.conftest import start
from tests.ui.test_documents_page import OFFICE


@pytest.fixture
def decided(workspace: Workspace) -> Workspace:
    """Return a district whose only school is decided about, with an order in the register."""
    school = add_school(workspace, "Озёрская СОШ")
    for grade in (5, 6):
        add_result(workspace, school, (AssessmentKind.VPR, 2025, "Русский язык", grade), 10, 4)
    settings.save_office(workspace, OFFICE)
    methodology.confirm(workspace, 2025, [school])
    order = OrderRequest(2025)
    documents.register(workspace, documents.draft(workspace, order).content, order)
    return workspace


def withdraw_results(workspace: Workspace) -> None:
    """Take every result out of force, as taking back the only load does."""
    with workspace.database.write() as session:
        session.execute(update(Result).values(current=False))


def test_a_year_without_its_results_still_shows_what_was_decided(
    decided: Workspace, state: WindowState, look: object, qtbot: QtBot
) -> None:
    startup = start(decided, state, qtbot)
    window = startup._window
    settle(window)
    window.show_page("documents")
    settle(window)
    withdraw_results(decided)
    window.context.bus.publish(ChangeSet.of(*Topic))
    settle(window)
    assert window.context.year == 2025
    page = cast(DocumentsPage, window.pages["documents"])
    assert page.empty._heading.text() != "Документов пока нет"
    for key in window.pages:
        window.show_page(key)
        settle(window)
    startup.workbench.categories.open()
    settle(window)
    assert window.tasks.stop()


def test_a_register_alone_gives_the_year_of_its_papers(
    decided: Workspace, state: WindowState, look: object, qtbot: QtBot
) -> None:
    withdraw_results(decided)
    with decided.database.write() as session:
        session.execute(update(Decision).values(current=False))
    assert methodology.years_decided(decided) == ()
    startup = start(decided, state, qtbot)
    settle(startup._window)
    assert startup._window.context.year == 2025
    assert startup._window.tasks.stop()


def test_a_start_reads_the_day_once_and_no_card_that_nobody_sees(
    decided: Workspace,
    state: WindowState,
    look: object,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    day, card = today.today, schools_presenter.load_card

    def count_day(*values: object) -> object:
        read.append("day")
        return day(*values)  # type: ignore[arg-type]

    def count_card(*values: object) -> object:
        read.append("card")
        return card(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(today, "today", count_day)
    monkeypatch.setattr(schools_presenter, "load_card", count_card)
    startup = start(decided, state, qtbot)
    window = startup._window
    settle(window)
    assert read == ["day"]
    window.show_page("schools")
    settle(window)
    assert read == ["day", "card"]
    assert window.tasks.stop()
