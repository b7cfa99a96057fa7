"""The tab «Сбор сведений»: chips with words, the filter, blanks, the letter, excuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog

from app.services import forms, settings
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.forms.dialogs import BlanksDialog, ExcuseDialog, ReminderDialog
from app.ui.pages.forms.page import FormsPage
from app.ui.startup import Startup
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

Settle = Callable[[MainWindow], None]


@pytest.fixture
def page(district: District, started: Startup, settled: Settle) -> FormsPage:
    """Return the page over the district of three schools, its board read."""
    window = cast(MainWindow, started.parent())
    window.show_page("forms")
    settled(window)
    return cast(FormsPage, window.pages["forms"])


def test_states_are_words_with_signs(page: FormsPage) -> None:
    QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model
    )
    row = next(row for row in page.model.rows() if row.school == "МБОУ СОШ № 15")
    assert row.cells["passport"].state is forms.State.MISSING
    assert row.cells["vpr"].state is forms.State.DONE
    assert "3 школы, не сдали 3" in page.note.text()


def test_only_those_who_owe_a_form(page: FormsPage) -> None:
    page.form.choose("vpr")
    page.state.choose(True)
    page.state.picked.emit()
    assert "МБОУ СОШ № 15" not in [row.school for row in page.model.rows()]
    assert page.model.rowCount() == 1


def test_who_chooses_a_form_asks_who_has_not_handed_it_in(page: FormsPage) -> None:
    page.form.choose("vpr")
    page.form.picked.emit()
    assert page.state.value() is True
    assert page.model.rowCount() == 1
    page.form.choose(None)
    page.form.picked.emit()
    assert page.model.rowCount() == 3


def test_blanks_are_made_for_the_selected_school(
    page: FormsPage, started: Startup, door: ScriptedDoor, settled: Settle, tmp_path: Path,
    district: District,
) -> None:  # fmt: skip
    page.table.select_key(district.low)

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, BlanksDialog)
        dialog.checks["ege"].setChecked(False)
        dialog.deadline.set_value(date(2025, 11, 20))
        return True

    door.expect("run", answer)
    door.expect("open_folder", tmp_path / "бланки")
    page.blanks.click()
    settled(cast(MainWindow, started.parent()))
    assert [one.name for one in (tmp_path / "бланки").iterdir()] == [
        "МБОУ СОШ № 15, бланки 2025.xlsx"
    ]


def test_an_excuse_changes_the_chip(
    page: FormsPage, started: Startup, door: ScriptedDoor, settled: Settle, district: District
) -> None:
    page.table.select_key(district.empty)

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, ExcuseDialog)
        assert not dialog.accept_button.isEnabled()
        dialog.form_choice.setCurrentIndex(dialog.form_choice.findData("ege"))
        dialog.text.setPlainText("выпускников нет")
        assert dialog.accept_button.isEnabled()
        return True

    door.expect("run", answer)
    page.excuse.click()
    settled(cast(MainWindow, started.parent()))
    row = next(row for row in page.model.all_rows() if row.school_id == district.empty)
    assert row.cells["ege"].state is forms.State.EXCUSED


def test_the_reminder_is_written(
    page: FormsPage, started: Startup, door: ScriptedDoor, settled: Settle, tmp_path: Path,
    workspace: Workspace,
) -> None:  # fmt: skip
    settings.save_office(
        workspace,
        settings.OfficeDetails(
            full_name="Управление образования Лугового района",
            short_name="УО",
            place="с. Луговое",
            head_post="Начальник управления",
            head_name="Образцов Олег Петрович",
        ),
    )

    def answer(dialog: QDialog) -> bool:
        return isinstance(dialog, ReminderDialog)

    door.expect("run", answer)
    door.expect("save_file", tmp_path / "письмо.docx")
    page.reminder.click()
    settled(cast(MainWindow, started.parent()))
    assert (tmp_path / "письмо.docx").stat().st_size > 0
