"""One paper's own sentences and the check of the paper: the window beside the preview."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.models.enums import AssessmentKind
from app.services import documents, settings
from app.services.documents import blocks
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.documents.kind_forms import PaperForm
from app.ui.pages.documents.page import DocumentsPage
from app.ui.pages.documents.presenter import DocumentsPresenter
from app.ui.pages.documents.sentences_dialog import SentencesDialog
from app.ui.screenshots import settle
from app.ui.startup import Startup
from tests.stored import add_result, add_school
from tests.ui.conftest import ScriptedDoor
from tests.ui.test_documents_page import OFFICE

KIND = "order-curators"


@pytest.fixture
def presenter(workspace: Workspace, started: Startup) -> DocumentsPresenter:
    return started.workbench.documents


@pytest.fixture
def page(workspace: Workspace, started: Startup, qtbot: QtBot) -> DocumentsPage:
    """Return the page with the order about curators of a district with two schools."""
    for name in ("Озёрская СОШ", "Луговая СОШ"):
        school = add_school(workspace, name)
        add_result(workspace, school, (AssessmentKind.VPR, 2025, "Русский язык", 5), 10, 1)
    settings.save_office(workspace, OFFICE)
    window = cast(MainWindow, started.parent())
    window.context.year = 2025
    page = cast(DocumentsPage, window.pages["documents"])
    settle(window)
    window.show_page("documents")
    page.kind.setCurrentIndex(page.kind.findData(KIND))
    qtbot.waitUntil(lambda: page.views.currentWidget() is page.preview)
    return page


def said(presenter: DocumentsPresenter) -> str:
    shown = presenter._shown
    texts = blocks.texts(shown.content) if shown else ()
    return " ".join(one.text for one in texts).replace("\N{NO-BREAK SPACE}", " ")


def row_text(listed: QListWidget, at: int) -> str:
    return listed.item(at).text()


def test_a_sentence_of_one_paper_is_worded_undone_and_given_back(
    page: DocumentsPage,
    presenter: DocumentsPresenter,
    workspace: Workspace,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    form = cast(PaperForm, page.current_form())
    (first, *_) = documents.paper_sentences(workspace, KIND)

    def word(dialog: SentencesDialog) -> bool:
        assert dialog.auto.text() == first.shipped
        assert not dialog.back.isEnabled()
        dialog.edit.setPlainText("О помощи школам в {год} году")
        qtbot.waitUntil(lambda: bool(form.wording.sentences()))
        assert row_text(dialog.list, 0).startswith("✎")
        qtbot.waitUntil(lambda: "О помощи школам в 2025 году" in said(presenter))
        dialog.edit.setPlainText("О помощи {чужая метка}")
        assert "чужая метка" in dialog.problem.text()
        assert form.wording.sentences() == {first.key: "О помощи школам в {year} году"}
        dialog.back.click()
        assert form.wording.sentences() == {}
        assert dialog.edit.toPlainText() == first.shipped
        dialog.undo.click()
        assert form.wording.sentences() == {first.key: "О помощи школам в {year} году"}
        dialog.all_back.click()
        assert form.wording.sentences() == {}
        dialog.undo.click()
        return True

    door.expect("run", word)
    form.wording.click()
    qtbot.waitUntil(lambda: not door.expected)
    qtbot.waitUntil(lambda: "О помощи школам в 2025 году" in said(presenter))
    assert form.wording.text() == "Предложения этого документа… (1)"
    request = form.request(2025)
    assert request.values[f"{documents.SENTENCE}{first.key}"] == "О помощи школам в {year} году"
    assert documents.list_texts(workspace)[0].own is None

    def again(dialog: SentencesDialog) -> bool:
        assert dialog.edit.toPlainText() == "О помощи школам в {год} году"
        assert not dialog.undo.isEnabled()
        return True

    door.expect("run", again)
    form.wording.click()
    qtbot.waitUntil(lambda: not door.expected)


def test_what_is_typed_last_is_kept_when_the_window_closes(
    workspace: Workspace, qtbot: QtBot, look: object
) -> None:
    rows = documents.paper_sentences(workspace, KIND)
    dialog = SentencesDialog(KIND, rows, {}, None)
    qtbot.addWidget(dialog)
    dialog.choose(rows[1].key)
    QTest.keyClicks(dialog.edit, "!")
    dialog.accept()
    assert dialog.own() == {rows[1].key: f"!{rows[1].shipped}"}


def test_what_is_typed_is_kept_when_another_sentence_is_chosen(
    workspace: Workspace, qtbot: QtBot, look: object
) -> None:
    rows = documents.paper_sentences(workspace, KIND)
    dialog = SentencesDialog(KIND, rows, {}, None)
    qtbot.addWidget(dialog)
    dialog.choose(rows[1].key)
    QTest.keyClicks(dialog.edit, "!")
    dialog.choose(rows[2].key)
    assert dialog.own() == {rows[1].key: f"!{rows[1].shipped}"}

    dialog.edit.setPlainText("О помощи {чужая метка}")
    dialog.choose(rows[0].key)
    assert dialog.list.currentRow() == 2
    assert "чужая метка" in dialog.edit.toPlainText()
    assert not dialog.done_button.isEnabled()
    dialog.back.click()
    dialog.choose(rows[0].key)
    assert dialog.list.currentRow() == 0
    assert dialog.done_button.isEnabled()


def test_a_text_with_a_fault_is_thrown_away_only_when_asked(
    workspace: Workspace, qtbot: QtBot, look: object, door: ScriptedDoor
) -> None:
    rows = documents.paper_sentences(workspace, KIND)
    dialog = SentencesDialog(KIND, rows, {}, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose(rows[1].key)
    dialog.edit.insertPlainText("Вот {год ")
    typed = dialog.edit.toPlainText()
    place = dialog.list.visualItemRect(dialog.list.item(2)).center()
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: [at.row() for at in dialog.list.selectedIndexes()] == [1])
    assert dialog.edit.toPlainText() == typed
    assert not dialog.all_back.isEnabled()

    door.expect("ask", False)
    dialog.reject()
    assert (dialog.isVisible(), dialog.edit.toPlainText()) == (True, typed)
    dialog.undo.click()
    assert dialog.edit.toPlainText() == rows[1].shipped
    dialog.edit.redo()
    assert dialog.edit.toPlainText() == typed
    door.expect("ask", True)
    dialog.reject()
    assert (dialog.isVisible(), dialog.own()) == (False, {})


def test_a_figure_that_differs_leads_to_its_place(page: DocumentsPage, qtbot: QtBot) -> None:
    assert not page.findings.isVisible()
    form = cast(PaperForm, page.current_form())
    form.word({"preamble": "В районе действуют семь школ."})
    qtbot.waitUntil(page.findings.isVisible)
    (row,) = page.findings.model.all_rows()
    assert row.message.startswith("В тексте семь, в таблице 2 (действующие школы")
    page.findings.table.selectRow(0)
    with qtbot.waitSignal(page.findings.place_wanted) as told:
        page.findings.table.activated.emit(page.findings.model.index(0, 0))
    assert told.args is not None
    assert told.args[0].page == 0
    form.word({"preamble": "В районе действуют две школы."})
    qtbot.waitUntil(lambda: not page.findings.isVisible())


def test_findings_go_with_the_paper_they_were_found_in(page: DocumentsPage, qtbot: QtBot) -> None:
    cast(PaperForm, page.current_form()).word({"preamble": "В районе действуют семь школ."})
    qtbot.waitUntil(page.findings.switch.isVisible)

    page.kind.setCurrentIndex(page.kind.findData("programme"))

    qtbot.waitUntil(lambda: page.views.currentWidget() is not page.preview)
    assert not page.findings.model.all_rows()
    assert not page.findings.switch.isVisible()


def test_findings_of_another_paper_do_not_wait_for_the_check(
    page: DocumentsPage, presenter: DocumentsPresenter, qtbot: QtBot
) -> None:
    cast(PaperForm, page.current_form()).word({"preamble": "В районе действуют семь школ."})
    qtbot.waitUntil(lambda: bool(page.findings.model.all_rows()))
    presenter._looking.look_again()
    assert not page.findings.model.all_rows()
    assert page.findings.switch.text() == "Проверяю…"
    qtbot.waitUntil(lambda: page.findings.switch.text() == "Проверка · 1")


def test_a_check_that_fails_is_told(
    page: DocumentsPage,
    presenter: DocumentsPresenter,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    def fail(*_anything: object) -> None:
        raise UserError("Словарь проверки не читается.", "Переустановите программу.")

    with monkeypatch.context() as patched:
        patched.setattr(documents, "check_paper", fail)
        presenter._looking.look_again()
        qtbot.waitUntil(lambda: page.findings.switch.text() == "Не проверено")
    assert page.findings.failure.isVisible()
    assert "Словарь проверки не читается." in page.findings.failure.text()
    presenter._looking.look_again()
    qtbot.waitUntil(lambda: not page.findings.switch.isVisible())
    assert not page.findings.failure.isVisibleTo(page.findings)


def test_a_changed_register_is_checked_against_at_once(
    page: DocumentsPage, workspace: Workspace, presenter: DocumentsPresenter, qtbot: QtBot
) -> None:
    request = documents.PaperRequest("order-own", 2025, number="7", date=date(2025, 3, 1))
    row, _ = documents.register(
        workspace, documents.build_paper(workspace, request).content, request
    )
    documents.sign(workspace, row.id, "7", date(2025, 3, 1))
    cited = f"Во исполнение приказа от 01.04.2025 № 7 «{row.title}»"
    cast(PaperForm, page.current_form()).word({"preamble": cited})
    qtbot.waitUntil(lambda: bool(page.findings.model.all_rows()))
    changes = documents.cancel(workspace, row.id)
    cast(MainWindow, page.window()).context.bus.publish(changes)
    qtbot.waitUntil(lambda: not page.findings.switch.isVisible())


def test_another_school_or_year_begins_with_our_sentences(
    workspace: Workspace, page: DocumentsPage, presenter: DocumentsPresenter, qtbot: QtBot
) -> None:
    page.kind.setCurrentIndex(page.kind.findData("letter-school"))
    form = cast(PaperForm, page.current_form())
    assert form.school is not None
    qtbot.waitUntil(lambda: form.kind == "letter-school" and bool(said(presenter)))
    name = documents.paper_sentences(workspace, form.kind)[0].key
    form.word({name: "О добром деле"})
    qtbot.waitUntil(lambda: "О добром деле" in said(presenter))
    form.school.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "О добром деле" not in said(presenter))
    assert "(1)" not in form.wording.text()
    form.school.setCurrentIndex(0)
    qtbot.waitUntil(lambda: "О добром деле" in said(presenter))
    assert form.request(2026).values == {**form.request(2024).values}
    assert "О добром деле" not in form.request(2026).values.values()
    assert "О добром деле" in form.request(2025).values.values()


def test_a_written_paper_keeps_its_sentences_and_the_next_one_has_ours(
    workspace: Workspace, page: DocumentsPage, presenter: DocumentsPresenter, qtbot: QtBot
) -> None:
    form = cast(PaperForm, page.current_form())
    form.word({"title": "О помощи школам"})
    qtbot.waitUntil(lambda: "О помощи школам" in said(presenter))
    page.keep.click()
    qtbot.waitUntil(lambda: "из реестра" in page.note.text())
    assert "О помощи школам" in said(presenter)
    assert not page.keep.isEnabled()
    assert form.wording.sentences() == {}
    (row,) = documents.list_documents(workspace)
    assert row.title == "О помощи школам"
    form.changed.emit()
    qtbot.waitUntil(lambda: page.keep.isEnabled())
    assert "О помощи школам" not in said(presenter)


def test_what_is_worded_while_a_paper_is_written_is_of_the_next_one(
    page: DocumentsPage, presenter: DocumentsPresenter, qtbot: QtBot
) -> None:
    form = cast(PaperForm, page.current_form())
    form.word({"title": "О помощи школам"})
    qtbot.waitUntil(lambda: "О помощи школам" in said(presenter))
    page.keep.click()
    form.word({"title": "О помощи школам", "preamble": "Сказано, пока писалось"})
    qtbot.waitUntil(lambda: "из реестра" in page.note.text())
    assert form.wording.sentences() == {"preamble": "Сказано, пока писалось"}


def test_sentences_are_of_the_paper_of_the_form_over_one_of_the_register(
    page: DocumentsPage, presenter: DocumentsPresenter, door: ScriptedDoor, qtbot: QtBot
) -> None:
    form = cast(PaperForm, page.current_form())
    form.word({"title": "О помощи школам"})
    qtbot.waitUntil(lambda: "О помощи школам" in said(presenter))
    page.keep.click()
    qtbot.waitUntil(lambda: "из реестра" in page.note.text())

    def look(dialog: SentencesDialog) -> bool:
        assert dialog.own() == {}
        assert "О помощи школам" not in said(presenter)
        return True

    door.expect("run", look)
    form.wording.click()
    qtbot.waitUntil(lambda: not door.expected)
    assert "из реестра" not in page.note.text()


def test_the_order_about_the_list_is_worded_too(
    page: DocumentsPage,
    presenter: DocumentsPresenter,
    workspace: Workspace,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    school = add_school(workspace, "Лесная СОШ")
    for subject in ("Русский язык", "Математика"):
        add_result(workspace, school, (AssessmentKind.VPR, 2025, subject, 5), 10, 5)
    page.kind.setCurrentIndex(page.kind.findData("order"))
    qtbot.waitUntil(lambda: "Лесная СОШ" in said(presenter))

    def word(dialog: SentencesDialog) -> bool:
        dialog.choose("point_tasks_1")
        dialog.edit.setPlainText("рассказать о приказе в школах;")
        dialog.accept()
        return True

    door.expect("run", word)
    page.form.wording.click()
    qtbot.waitUntil(lambda: "рассказать о приказе в школах;" in said(presenter))
    assert page.form.wording.text().endswith("(1)")
    page.keep.click()
    qtbot.waitUntil(lambda: "из реестра" in page.note.text())
    assert not page.form.wording.sentences()
