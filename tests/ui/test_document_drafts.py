"""What is typed into the forms of papers: nothing of it is lost, replaced or dropped unasked."""

from __future__ import annotations

import threading
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.models.enums import AssessmentKind
from app.services import documents, journal, settings
from app.services.documents import OrderRequest, PaperRequest
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.documents import drawing
from app.ui.pages.documents.kind_forms import PaperForm, PersonFields
from app.ui.pages.documents.page import DocumentsPage
from app.ui.pages.documents.presenter import DocumentsPresenter
from app.ui.screenshots import settle
from app.ui.startup import Startup
from app.ui.tasks import Tasks
from tests.stored import add_result, add_school
from tests.ui.conftest import ScriptedDoor
from tests.ui.test_documents_page import OFFICE, choose, rows

CURATORS = "order-curators"


@pytest.fixture
def window(workspace: Workspace, started: Startup) -> MainWindow:
    """Return the window over a district with two schools and its office."""
    for name in ("Озёрская СОШ", "Луговая СОШ"):
        school = add_school(workspace, name)
        for grade in (5, 6):
            add_result(workspace, school, (AssessmentKind.VPR, 2025, "Русский язык", grade), 10, 4)
    settings.save_office(workspace, OFFICE)
    window = cast(MainWindow, started.parent())
    window.context.year = 2025
    return window


@pytest.fixture
def page(window: MainWindow) -> DocumentsPage:
    window.show_page("documents")
    settle(window)
    return cast(DocumentsPage, window.pages["documents"])


def opened_again(window: MainWindow, qtbot: QtBot) -> DocumentsPage:
    """Return the page as the next start of the program makes it."""
    again = DocumentsPage(window.context)
    qtbot.addWidget(again)
    DocumentsPresenter(window.context, again)
    settle(window)
    again.enter()
    settle(window)
    return again


def paper_form(page: DocumentsPage, kind: str) -> PaperForm:
    form = page.forms[kind]
    assert isinstance(form, PaperForm)
    return form


def test_what_was_typed_is_there_at_the_next_start(
    page: DocumentsPage, window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    page.form.number.setText("41")
    page.form.day.setText("31.02.2025")  # no date, and typed all the same
    page.form.risk_zone.setChecked(True)
    page.form.word({"title": "О перечне"})
    choose(page, CURATORS)
    coordinator = paper_form(page, CURATORS).fields["coordinator"]
    assert isinstance(coordinator, PersonFields)
    coordinator.post.setText("методист")  # without a name it is no person yet
    page.save_state()  # the window closes before the typing has settled
    settle(window)
    again = opened_again(window, qtbot)
    assert (again.form.number.text(), again.form.day.text()) == ("41", "31.02.2025")
    assert again.form.request(2025).sentences == {"title": "О перечне"}
    assert again.form.request(2025).risk_zone
    assert not again.draft_line.isHidden()
    assert again.draft_line.told.text().startswith("Черновик от ")
    choose(again, CURATORS)
    other = paper_form(again, CURATORS).fields["coordinator"]
    assert isinstance(other, PersonFields)
    assert other.post.text() == "методист"
    choose(again, "minutes")
    assert again.draft_line.isHidden()
    assert journal.next_undo(workspace) == "данные учреждения"  # drafts are none of the journal


def test_a_draft_is_begun_anew_and_comes_back(
    page: DocumentsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.form.number.setText("41")
    page.save_state()
    settle(window)
    again = opened_again(window, qtbot)
    again.draft_line.button.click()
    settle(window)
    assert again.form.number.text() == ""
    assert again.draft_line.told.text() == "Поля очищены"
    again.form.number.setText("42")
    again.draft_line.button.click()
    assert again.form.number.text() == "41"
    again.draft_line.button.click()
    settle(window)
    assert again.form.number.text() == "42"  # neither of them is lost
    third = opened_again(window, qtbot)
    assert third.form.number.text() == "42"


def test_a_paper_in_the_register_is_no_draft(
    page: DocumentsPage, window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    page.form.number.setText("41")
    page.keep.click()
    settle(window)
    assert len(rows(page)) == 1
    page.save_state()
    settle(window)
    again = opened_again(window, qtbot)
    assert again.form.number.text() == ""
    assert again.draft_line.isHidden()
    assert documents.unfinished_forms(workspace) == ()


def test_drafts_of_kinds_that_are_not_named_stay(workspace: Workspace) -> None:
    documents.keep_unfinished(workspace, {"old-kind": {"texts": {"number": "1"}}})
    (first,) = documents.unfinished_forms(workspace)
    documents.keep_unfinished(workspace, {"order": {"texts": {"number": "2"}}})
    assert [one.kind for one in documents.unfinished_forms(workspace)] == ["old-kind", "order"]
    documents.keep_unfinished(workspace, {"order": {}})
    assert documents.unfinished_forms(workspace) == (first,)


@pytest.mark.parametrize("what", ["risk_zone", "sentence", "text"])
def test_taking_another_paper_asks_before_it_replaces_anything(
    what: str, page: DocumentsPage, window: MainWindow, door: ScriptedDoor
) -> None:
    page.form.number.setText("12")
    page.keep.click()
    settle(window)
    page.form.number.clear()
    assert not page.form.is_touched()
    match what:
        case "risk_zone":
            page.form.risk_zone.setChecked(True)
        case "sentence":
            page.form.word({"title": "О перечне"})
        case _:
            page.form.coordinator_post.setText("методист")
    door.expect("ask", False)
    page.base_wanted.emit(rows(page)[0].id)
    settle(window)
    assert page.form.is_touched()


def test_a_school_that_was_chosen_counts_as_written(page: DocumentsPage) -> None:
    form = paper_form(page, "letter-school")
    assert form.school is not None
    assert not form.is_touched()
    form.school.setCurrentIndex(1)
    form.school.activated.emit(1)
    assert form.is_touched()
    form.put_typed({})
    assert form.school.currentIndex() == 0
    assert not form.is_touched()


def test_what_the_form_has_no_field_for_is_not_dropped(page: DocumentsPage) -> None:
    order = OrderRequest(2025, "5", profile="2016", office_genitive="Управления", long_storage=True)
    page.form.take(order)
    assert page.form.request(2025) == order
    typed = page.form.typed()
    page.form.put_typed({})
    assert page.form.request(2025) == OrderRequest(2025)
    page.form.put_typed(typed)
    assert page.form.request(2025) == order
    page.form.written(order)
    assert page.form.request(2025) == OrderRequest(2025, "5")
    form = paper_form(page, CURATORS)
    form.take(PaperRequest(CURATORS, 2025, profile="2016"))
    assert form.request(2025).profile == "2016"


def test_the_new_paper_tells_what_the_form_does_not_show(
    page: DocumentsPage, window: MainWindow, workspace: Workspace
) -> None:
    order = OrderRequest(2025, profile="2016", office_genitive="Управления", long_storage=True)
    row, _ = documents.register(workspace, documents.draft(workspace, order).content, order)
    notes = documents.based_on(workspace, row.id, 2025).notes
    assert any("ГОСТ Р 7.0.97-2016" in one and "«Управления»" in one for one in notes)
    plain, _ = documents.register(
        workspace, documents.draft(workspace, OrderRequest(2025)).content, OrderRequest(2025)
    )
    assert len(documents.based_on(workspace, plain.id, 2025).notes) == 1


def test_after_a_fault_no_old_pages_stay_under_dead_buttons(
    page: DocumentsPage,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_values: object) -> None:
        raise ZeroDivisionError

    assert page.views.currentWidget() is page.preview
    monkeypatch.setattr(drawing, "make", fail)
    page.form.number.setText("41")
    page.form.changed.emit()
    settle(window)
    assert page.views.currentWidget() is page.empty
    assert not page.keep.isEnabled()
    caplog.clear()


def test_a_page_whose_presenter_failed_is_not_made(
    workspace: Workspace, started: Startup, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = cast(MainWindow, started.parent())

    def fail(*_values: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(DocumentsPresenter, "__init__", fail)
    with pytest.raises(ZeroDivisionError):
        window.pages["documents"]
    assert not window.pages.is_made("documents")
    monkeypatch.undo()
    window.pages["documents"]
    assert window.pages.is_made("documents")


def test_a_draft_that_cannot_be_stored_is_told_once(
    page: DocumentsPage,
    window: MainWindow,
    door: ScriptedDoor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_values: object) -> None:
        raise UserError("Диск заполнен.", "Освободите место.")

    monkeypatch.setattr(documents, "keep_unfinished", refuse)
    door.expect("report")
    for number in ("41", "42"):
        page.form.number.setText(number)
        page.form.changed.emit()
        settle(window)
    assert page.form.number.text() == "42"


def test_closing_lets_the_last_typing_be_stored(qapp: object) -> None:
    tasks = Tasks()
    gate, stored = threading.Event(), threading.Event()
    tasks.database.call("чтение", gate.wait)
    tasks.database.call("запись", stored.set, lasting=True)
    gate.set()
    assert tasks.stop()
    assert stored.is_set()
