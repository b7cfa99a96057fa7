"""The tab «Поддержка»: appointing, pairs and partners, groups, the directory."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog

from app.models.enums import OrganizationKind
from app.services import journal, people, support
from app.services.people import OrganizationForm, PersonForm, Who
from app.services.support import PairForm
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.support.dialogs import (
    AppointmentDialog,
    GroupDialog,
    PairDialog,
    PartnersDialog,
)
from app.ui.pages.support.directory_dialogs import (
    OrganizationDialog,
    PersonDialog,
    ReplaceDialog,
)
from app.ui.pages.support.page import GROUPS, PAIRS, PEOPLE, PLACES, SupportPage
from app.ui.startup import Startup
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

Settle = Callable[[MainWindow], None]
YEAR = 2025
NAME = "Полевая Роса Ветровна"


@pytest.fixture
def window(
    district: District, workspace: Workspace, started: Startup, settled: Settle
) -> MainWindow:
    """Return the window over three schools, one person and one office, the page in front."""
    found = cast(MainWindow, started.parent())
    method = OrganizationForm("Районный методический кабинет", OrganizationKind.METHOD_OFFICE)
    place = people.save_organization(workspace, method)
    who = Who("", organization_id=place.id)
    saved = people.save_person(workspace, PersonForm(NAME, "методист", who))
    found.context.bus.publish(saved.changes)
    settled(found)
    found.show_page("support")
    settled(found)
    return found


@pytest.fixture
def page(window: MainWindow) -> SupportPage:
    """Return the page with its lists read."""
    return cast(SupportPage, window.pages["support"])


def press(page: SupportPage, key: Qt.Key) -> None:
    table = page.panes[page.views.value()].table
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(table, event)


def test_a_curator_is_appointed_refused_and_removed(
    page: SupportPage, window: MainWindow, settled: Settle, door: ScriptedDoor,
    workspace: Workspace, district: District,
) -> None:  # fmt: skip
    assert "МБОУ СОШ № 15" in page.warning.text()

    def wrong(dialog: QDialog) -> bool:
        assert isinstance(dialog, AppointmentDialog)
        dialog.school.choose(district.low)
        own = next(row.who for row in people.list_organizations(workspace)
                   if row.school_id == district.low)  # fmt: skip
        dialog.place.choose(own)
        return True

    def mended(dialog: QDialog) -> bool:
        assert isinstance(dialog, AppointmentDialog)
        assert dialog.school.value() == district.low  # what was entered is still there
        dialog.place.choose(None)
        dialog.person.setEditText(f"{NAME} (методист, Районный методический кабинет)")
        dialog.order.setText("приказ № 5")
        return dialog.store.isEnabled()

    door.expect("run", wrong)
    door.expect("report")
    door.expect("run", mended)
    page.curators.empty.chosen.emit()
    settled(window)
    (row,) = page.curators.model.rows()
    assert (row.school, row.person, row.problems) == ("МБОУ СОШ № 15", NAME, ())
    assert page.warning.isHidden()
    page.curators.table.selectRow(0)
    press(page, Qt.Key.Key_Delete)
    settled(window)
    assert support.list_appointments(workspace, YEAR) == ()
    journal.undo_last(workspace)
    assert len(support.list_appointments(workspace, YEAR)) == 1


def test_a_name_that_is_no_line_keeps_the_button_off(
    page: SupportPage, window: MainWindow, door: ScriptedDoor
) -> None:
    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, AppointmentDialog)
        dialog.person.setEditText("Никто Никтович")
        assert not dialog.store.isEnabled()
        dialog.person.setEditText("имя пока не известно")
        assert dialog.store.isEnabled()
        dialog.first.setText("31.02.2025")
        assert not dialog.store.isEnabled()
        return False

    door.expect("run", answer)
    press(page, Qt.Key.Key_Insert)


def test_a_partner_is_proposed_and_becomes_a_pair(
    page: SupportPage, window: MainWindow, settled: Settle, door: ScriptedDoor,
    workspace: Workspace, district: District,
) -> None:  # fmt: skip
    page.views.choose(PAIRS)

    def choose(dialog: QDialog) -> bool:
        assert isinstance(dialog, PartnersDialog)
        assert dialog.partner.value().school_id == district.fine
        assert "доля «2»" in dialog.reasons.toPlainText()
        return True

    def enter(dialog: QDialog) -> bool:
        assert isinstance(dialog, PairDialog)
        dialog.subject.setText("Подготовка к ОГЭ")
        return True

    door.expect("ask_text", "мбоу сош № 15")
    door.expect("run", choose)
    door.expect("run", enter)
    page.partners.click()
    settled(window)
    (row,) = support.list_pairs(workspace, YEAR)
    assert (row.school_id, row.mentor_school_id) == (district.low, district.fine)
    assert page.pairs.model.rows() == (row,)
    door.expect("ask_text", "нет такой")
    door.expect("inform")
    page.pairs.table.clearSelection()
    page.pairs.table.setCurrentIndex(page.pairs.model.index(-1, -1))
    page.partners.click()


def test_a_group_takes_members_of_the_directory_only(
    page: SupportPage, window: MainWindow, settled: Settle, door: ScriptedDoor, workspace: Workspace
) -> None:
    page.views.choose(GROUPS)

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, GroupDialog)
        dialog.number.setText("1 группа")
        dialog.principle.setText("кооперация")
        dialog.members.setPlainText("мбоу сош № 15 – опорная\nНеизвестная школа")
        assert not dialog.store.isEnabled()
        assert dialog.unknown.text() == "Неизвестная школа"
        dialog.members.setPlainText("мбоу сош № 15 – опорная\nМБОУ СОШ № 2")
        return dialog.store.isEnabled()

    door.expect("run", answer)
    page.groups.added.emit()
    settled(window)
    (row,) = support.list_groups(workspace)
    assert [(one.who.title, one.role) for one in row.members] == [
        ("МБОУ СОШ № 15", "опорная"),
        ("МБОУ СОШ № 2", ""),
    ]
    QAbstractItemModelTester(
        page.groups.model,
        QAbstractItemModelTester.FailureReportingMode.Fatal,
        page.groups.model,
    )


def test_people_get_cases_and_are_replaced_everywhere(
    page: SupportPage, window: MainWindow, settled: Settle, door: ScriptedDoor,
    workspace: Workspace,
) -> None:  # fmt: skip
    page.views.choose(PEOPLE)

    def add(dialog: QDialog) -> bool:
        assert isinstance(dialog, PersonDialog)
        dialog.name.setText("Лесной Клён Дубович")
        dialog.propose.click()
        assert dialog.form.name_cases["dative"] == "Лесному Клёну Дубовичу"
        return True

    door.expect("run", add)
    page.people.added.emit()
    settled(window)
    row = next(one for one in page.people.model.rows() if one.name == NAME)
    page.people.table.select_key(row.id)

    def swap(dialog: QDialog) -> bool:
        assert isinstance(dialog, ReplaceDialog)
        assert dialog.other.currentText() == "Лесной Клён Дубович"
        return True

    door.expect("run", swap)
    page.replace_wanted.emit(row)
    settled(window)
    assert [one.name for one in people.list_people(workspace)] == ["Лесной Клён Дубович"]


def test_organizations_are_joined_and_one_in_use_stays(
    page: SupportPage, window: MainWindow, settled: Settle, door: ScriptedDoor,
    workspace: Workspace,
) -> None:  # fmt: skip
    page.views.choose(PLACES)

    def add(dialog: QDialog) -> bool:
        assert isinstance(dialog, OrganizationDialog)
        dialog.name.setText("РМК")
        return True

    door.expect("run", add)
    page.places.added.emit()
    settled(window)
    office = next(one for one in page.places.model.rows() if one.uses)
    door.expect("report")
    page.places.removed.emit([office])
    settled(window)
    assert "место работы" in door.texts("report")[0]

    def join(dialog: QDialog) -> bool:
        assert isinstance(dialog, ReplaceDialog)
        dialog.other.setEditText("РМК")
        return True

    door.expect("run", join)
    page.join_wanted.emit(office)
    settled(window)
    kept = next(one for one in people.list_organizations(workspace) if one.id == office.id)
    assert kept.spellings == ("РМК",)


def test_search_and_undo_of_a_pair(
    page: SupportPage, window: MainWindow, settled: Settle, workspace: Workspace, district: District
) -> None:
    mentor = Who("", school_id=district.fine)
    saved = support.save_pair(workspace, PairForm(district.low, mentor))
    window.context.bus.publish(saved.changes)
    settled(window)
    page.views.choose(PAIRS)
    page.search.setText("№ 15")
    assert page.pairs.model.rowCount() == 1
    page.search.setText("нет такой")
    assert page.pairs.model.rowCount() == 0
    page.pairs.removed.emit(list(page.pairs.model.all_rows()))
    settled(window)
    assert support.list_pairs(workspace, YEAR) == ()
