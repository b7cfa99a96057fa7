"""The dialog about a school's names, codes and state: every change is stored and undoable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.models.enums import CodeSystem, SchoolStatus
from app.services import journal, schools
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.schools.identity_dialog import IdentityDialog
from app.ui.pages.schools.identity_forms import CodeForm, EndingForm
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District


@pytest.fixture
def dialog(
    window: MainWindow, workspace: Workspace, district: District, qtbot: QtBot
) -> Iterator[IdentityDialog]:
    window.context.attach(workspace)
    made = IdentityDialog(window.context, district.low)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.codes_model.rowCount() == 1)
    yield made
    qtbot.waitUntil(lambda: not window.tasks.open_tasks())


def change(dialog: IdentityDialog, qtbot: QtBot, button: str) -> None:
    """Press a button and wait until the change is stored and shown."""
    with qtbot.waitSignal(dialog._context.bus.changed):
        getattr(dialog, button).click()
    qtbot.waitUntil(lambda: not dialog._context.tasks.database.open_tasks())


def test_a_name_is_added_changed_and_removed(
    dialog: IdentityDialog, door: ScriptedDoor, qtbot: QtBot, workspace: Workspace
) -> None:
    assert not dialog.change_alias.isEnabled()
    door.expect("ask_text", "Школа на горке")
    change(dialog, qtbot, "add_alias")
    assert [one.name for one in dialog.aliases_model.rows()] == ["Школа на горке"]
    dialog.aliases.selectRow(0)
    door.expect("ask_text", "Школа под горкой")
    change(dialog, qtbot, "change_alias")
    dialog.aliases.selectRow(0)
    change(dialog, qtbot, "remove_alias")
    assert dialog.aliases_model.rowCount() == 0
    assert journal.undo_last(workspace).done


def test_a_code_is_added_and_the_old_one_is_former(
    dialog: IdentityDialog, door: ScriptedDoor, qtbot: QtBot
) -> None:
    def answer(form: QDialog) -> bool:
        assert isinstance(form, CodeForm)
        assert not form.store.isEnabled()
        form.code.setText("edu777")
        form.since.set_value(date(2025, 9, 1))
        return form.store.isEnabled()

    door.expect("run", answer)
    change(dialog, qtbot, "add_code")
    found = [(one.code, one.current, one.until) for one in dialog.codes_model.rows()]
    assert found == [("edu777", True, None), ("edu000015", False, date(2025, 9, 1))]
    dialog.codes.selectRow(0)
    change(dialog, qtbot, "remove_code")
    assert [one.code for one in dialog.codes_model.rows()] == ["edu000015"]


def test_a_code_of_another_school_is_refused(
    dialog: IdentityDialog, door: ScriptedDoor, qtbot: QtBot
) -> None:
    def answer(form: QDialog) -> bool:
        assert isinstance(form, CodeForm)
        form.system.setCurrentIndex(form.system.findData(CodeSystem.FISOKO))
        form.code.setText("edu000015")
        return True

    door.expect("run", answer)
    door.expect("report")
    dialog.add_code.click()
    qtbot.waitUntil(lambda: bool(door.texts("report")))
    assert "принадлежит школе «МБОУ СОШ № 15»" in door.texts("report")[0]


def test_a_school_is_joined_to_another_and_works_again(
    dialog: IdentityDialog,
    door: ScriptedDoor,
    qtbot: QtBot,
    workspace: Workspace,
    district: District,
) -> None:
    def answer(form: QDialog) -> bool:
        assert isinstance(form, EndingForm)
        form.successor.setCurrentIndex(form.successor.findData(district.fine))
        form.day.set_value(date(2025, 9, 1))
        assert not form.store.isEnabled()
        form.reason.setText("постановление № 7")
        return form.store.isEnabled()

    door.expect("run", answer)
    change(dialog, qtbot, "end")
    told = "Присоединена к школе «МБОУ СОШ № 2» с 01.09.2025. Основание: постановление № 7."
    assert dialog.status.text() == told
    assert dialog.reopen.isVisibleTo(dialog)
    other = schools.school_card(workspace, district.fine)
    assert [one.name for one in other.joined] == ["МБОУ СОШ № 15"]
    change(dialog, qtbot, "reopen")
    card = schools.school_card(workspace, district.low)
    assert card.row.status is SchoolStatus.ACTIVE
