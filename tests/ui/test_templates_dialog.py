"""The dialog of texts and templates: changed, refused with the place, given back, filled."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import docx
import pytest
from pytestqt.qtbot import QtBot

from app.models.enums import Category
from app.services import settings
from app.services.documents import (
    PaperRequest,
    add_template,
    build_paper,
    list_templates,
    own_texts,
    register,
    save_text,
)
from app.services.journal import undo_last
from app.services.workspace import Workspace
from app.ui.category_chips import category_chip
from app.ui.main_window import MainWindow
from app.ui.pages.schools.page import SchoolsPage
from app.ui.pages.templates.dialog import TemplatesDialog
from app.ui.pages.templates.document_choice import DocumentChoice
from app.ui.pages.templates.launcher import TemplatesLauncher
from app.ui.screenshots import settle
from app.ui.startup import Startup
from tests.documents.test_order import DETAILS
from tests.ui.conftest import ScriptedDoor

KEY = "papers/order-own/preamble"
TITLE = "papers/order-curators/title"


@pytest.fixture
def window(started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> TemplatesDialog:
    made = TemplatesDialog(window.context)
    qtbot.addWidget(made)
    settle(window)
    return made


def template(path: Path, *lines: str) -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_a_sentence_is_changed_and_given_back(
    dialog: TemplatesDialog, window: MainWindow, workspace: Workspace
) -> None:
    pane, editor = dialog.texts, dialog.texts.editor
    pane.table.select_key(TITLE)
    assert not editor.save.isEnabled()
    assert not editor.restore.isEnabled()
    editor.edit.setPlainText("О кураторах на ")
    cursor = editor.edit.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    editor.edit.setTextCursor(cursor)
    editor.tags.setCurrentIndex(editor.tags.findText("{год}"))
    editor.insert.click()
    editor.save.click()
    settle(window)
    (row,) = own_texts(workspace)
    assert row.own == "О кураторах на {год}"
    assert pane.table.current().key == TITLE
    assert "изменено учреждением: 1" in pane.counted.text()
    pane.editor.restore.click()
    settle(window)
    assert own_texts(workspace) == ()


def test_a_wrong_tag_is_told_while_typing(dialog: TemplatesDialog) -> None:
    editor = dialog.texts.editor
    dialog.texts.table.select_key(TITLE)
    editor.edit.setPlainText("О {гот}")
    assert "Знак 3: неизвестная метка {гот}" in editor.problem.text()
    assert not editor.save.isEnabled()
    editor.edit.setPlainText("О {год}")
    assert editor.problem.text() == ""
    assert editor.save.isEnabled()


def test_the_list_is_narrowed(dialog: TemplatesDialog, workspace: Workspace) -> None:
    pane = dialog.texts
    every = pane.model.rowCount()
    pane.search.setText("КУРАТОРАМ")
    found = pane.model.rowCount()
    assert 0 < found < every
    pane.search.clear()
    pane.kind.setCurrentText("Приказ о кураторах и координаторе")
    assert {row.kind for row in pane.model.rows()} == {"Приказ о кураторах и координаторе"}
    pane.own.setChecked(True)
    assert pane.model.rowCount() == 0
    assert pane.editor.heading.text() == ""


def test_texts_go_to_a_file_and_back(
    window: MainWindow, workspace: Workspace, door: ScriptedDoor, tmp_path: Path, qtbot: QtBot
) -> None:
    save_text(workspace, TITLE, "Иначе")
    dialog = TemplatesDialog(window.context)
    qtbot.addWidget(dialog)
    settle(window)
    file = tmp_path / "тексты.json"
    door.expect("save_file", file)
    dialog.texts.give.click()
    settle(window)
    undo_last(workspace)
    door.expect("open_files", (file,))
    dialog.texts.take.click()
    settle(window)
    assert [row.own for row in own_texts(workspace)] == ["Иначе"]


def test_a_template_is_taken_renamed_and_removed(
    dialog: TemplatesDialog,
    window: MainWindow,
    workspace: Workspace,
    door: ScriptedDoor,
    tmp_path: Path,
) -> None:
    dialog.tabs.setCurrentIndex(1)
    pane = dialog.templates
    assert not pane.empty.isHidden()
    door.expect("open_files", (template(tmp_path / "ш.docx", "[[год]]"),))
    door.expect("ask_text", "Наш приказ")
    pane.add.click()
    settle(window)
    assert [row.title for row in list_templates(workspace)] == ["Наш приказ"]
    assert pane.empty.isHidden()
    door.expect("ask_text", "Другой")
    pane.rename.click()
    settle(window)
    assert pane.table.current().title == "Другой"
    door.expect("save_file", tmp_path / "назад.docx")
    pane.save.click()
    settle(window)
    assert (tmp_path / "назад.docx").read_bytes() == (tmp_path / "ш.docx").read_bytes()
    door.expect("open_files", (template(tmp_path / "новый.docx", "Новый [[год]]"),))
    pane.replace.click()
    settle(window)
    pane.remove.click()
    settle(window)
    assert list_templates(workspace) == ()
    assert not pane.fill.isEnabled()


def test_a_wrong_file_is_told_with_every_place(
    dialog: TemplatesDialog,
    window: MainWindow,
    workspace: Workspace,
    door: ScriptedDoor,
    tmp_path: Path,
) -> None:
    dialog.tabs.setCurrentIndex(1)
    door.expect("open_files", (template(tmp_path / "ш.docx", "[[гот]]", "[[хтонь]]"),))
    door.expect("ask_text", "Наш")
    dialog.templates.add.click()
    settle(window)
    told = dialog.templates.problem.toPlainText()
    assert "Абзац 1: неизвестная метка [[гот]]" in told
    assert "Абзац 2: неизвестная метка [[хтонь]]" in told
    assert list_templates(workspace) == ()


def test_an_example_is_written_for_the_chosen_kind(
    dialog: TemplatesDialog, window: MainWindow, door: ScriptedDoor, tmp_path: Path
) -> None:
    dialog.tabs.setCurrentIndex(1)
    dialog.templates.kind.setCurrentIndex(1)
    assert dialog.templates.tags_model.rowCount() > 20
    door.expect("save_file", tmp_path / "пример.docx")
    dialog.templates.example.click()
    settle(window)
    assert docx.Document(str(tmp_path / "пример.docx")).paragraphs


def test_a_template_is_filled_for_a_document_of_the_register(
    window: MainWindow, workspace: Workspace, door: ScriptedDoor, tmp_path: Path, qtbot: QtBot
) -> None:
    settings.save_office(workspace, DETAILS)
    add_template(workspace, "Наш", "order-own", template(tmp_path / "ш.docx", "Год [[год]]"))
    dialog = TemplatesDialog(window.context)
    qtbot.addWidget(dialog)
    settle(window)
    dialog.tabs.setCurrentIndex(1)
    door.expect("inform")
    dialog.templates.fill.click()
    request = PaperRequest("order-own", 2026)
    register(workspace, build_paper(workspace, request).content, request)
    dialog = TemplatesDialog(window.context)
    qtbot.addWidget(dialog)
    settle(window)
    dialog.tabs.setCurrentIndex(1)
    target = tmp_path / "приказ.docx"

    def choose(asked: Any) -> bool:
        assert isinstance(asked, DocumentChoice)
        return asked.chosen is not None

    door.expect("run", choose)
    door.expect("save_file", target)
    dialog.templates.fill.click()
    settle(window)
    assert docx.Document(str(target)).paragraphs[0].text == "Год 2026"


def test_a_term_is_chosen_and_undone(
    dialog: TemplatesDialog, window: MainWindow, workspace: Workspace
) -> None:
    setting = settings.TERMS["low_results"]
    field = dialog.terms.fields[setting.key]
    assert field.currentData() == "ШНОР"
    field.setCurrentIndex(1)
    field.activated.emit(1)
    settle(window)
    assert settings.get(workspace, setting) == "ШНРО"
    undo_last(workspace)
    assert settings.get(workspace, setting) == "ШНОР"


def test_the_menu_opens_it(window: MainWindow, door: ScriptedDoor) -> None:
    door.expect("run", lambda asked: isinstance(asked, TemplatesDialog))
    next(one for one in window.children() if isinstance(one, TemplatesLauncher)).open()
    settle(window)


def test_categories_on_the_screen_take_the_term(window: MainWindow, workspace: Workspace) -> None:
    setting = settings.TERMS["low_results"]
    try:
        window.context.bus.publish(settings.put(workspace, setting, "ШНРО"))
        settle(window)
        assert category_chip(Category.SHNOR_SHNSU).word == "ШНРО+ШНСУ"
        page = cast(SchoolsPage, window.pages["schools"])
        assert page.category.findText("ШНРО") > 0
    finally:
        window.context.bus.publish(settings.put(workspace, setting, "ШНОР"))
        settle(window)
    assert category_chip(Category.SHNOR).word == "ШНОР"
