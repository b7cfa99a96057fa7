"""The tab «Документы»: requisites first, then the order, its files and the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.models.enums import DocumentStatus
from app.services import importing, settings
from app.services.progress import NoProgress
from app.services.settings import OfficeDetails
from app.services.workspace import Workspace
from app.ui.dialogs.office_dialog import OfficeDialog
from app.ui.main_window import MainWindow
from app.ui.pages.documents.page import DocumentsPage
from app.ui.pages.documents.presenter import DocumentsPresenter
from app.ui.pages.documents.sign_dialog import SignDialog
from app.ui.startup import Startup
from app.ui.widgets.date_field import DateField, parse
from tests.journeys.stick import SCHOOLS, register_rows, vpr_rows, write_book
from tests.ui.conftest import ScriptedDoor

OFFICE = OfficeDetails(
    full_name="Управление образования администрации Придуманного района",
    short_name="Управление образования",
    place="с. Придуманное",
    head_post="Начальник управления",
    head_name="Вымышленная Сочинена Придумановна",
)
LOW = tuple((10, 40.0, 20.0, 20.0, 20.0) for _ in SCHOOLS)


@pytest.fixture
def stored(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Two low procedures for every school of a small district."""
    folder = tmp_path / "стик"
    write_book(folder / "Реестр.xlsx", register_rows())
    write_book(folder / "5.xlsx", vpr_rows(LOW))
    sixth = [("ВПР 2025. 6 класс",), *vpr_rows(LOW)[1:]]
    write_book(folder / "6.xlsx", sixth)
    plan = importing.prepare(workspace, (folder,), NoProgress())
    importing.apply(workspace, plan, NoProgress())
    return workspace


@pytest.fixture
def window(stored: Workspace, started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def presenter(stored: Workspace, started: Startup) -> DocumentsPresenter:
    return started.workbench.documents


@pytest.fixture
def page(window: MainWindow) -> DocumentsPage:
    return cast(DocumentsPage, window.pages["documents"])


def shown(page: DocumentsPage) -> bool:
    return page.views.currentWidget() is page.preview and page.preview.is_drawn()


def test_without_requisites_the_page_asks_for_them(
    presenter: DocumentsPresenter,
    window: MainWindow,
    page: DocumentsPage,
    stored: Workspace,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    window.show_page("documents")
    button = page.empty.findChildren(QPushButton)[0]
    qtbot.waitUntil(lambda: button.text() == "Заполнить реквизиты…")
    assert not page.pdf.isEnabled()

    def incomplete(dialog: OfficeDialog) -> bool:
        dialog.fields["full_name"].setText(OFFICE.full_name)
        return True

    def complete(dialog: OfficeDialog) -> bool:
        assert dialog.problems["head_name"].text()
        assert dialog.fields["full_name"].text() == OFFICE.full_name
        for name, field in dialog.fields.items():
            field.setText(getattr(OFFICE, name))
        return True

    door.expect("run", incomplete)
    door.expect("run", complete)
    button.click()
    qtbot.waitUntil(lambda: shown(page))
    assert settings.office(stored) == OFFICE
    assert page.pdf.isEnabled()


def test_the_preview_follows_the_form(
    presenter: DocumentsPresenter,
    window: MainWindow,
    page: DocumentsPage,
    stored: Workspace,
    qtbot: QtBot,
) -> None:
    settings.save_office(stored, OFFICE)
    window.show_page("documents")
    qtbot.waitUntil(lambda: shown(page))
    assert page.preview.page_count() >= 2
    assert "номер приказа" in page.remarks.text()
    page.form.number.setText("7")
    qtbot.waitUntil(lambda: "номер приказа" not in page.remarks.text())
    page.form.day.setText("31.02.2025")
    assert not page.form.day.is_valid()


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_the_order_is_saved_where_the_person_says(
    presenter: DocumentsPresenter,
    window: MainWindow,
    page: DocumentsPage,
    stored: Workspace,
    door: ScriptedDoor,
    tmp_path: Path,
    qtbot: QtBot,
    ending: str,
) -> None:
    settings.save_office(stored, OFFICE)
    window.show_page("documents")
    qtbot.waitUntil(lambda: shown(page))
    door.expect("save_file", tmp_path / "приказ")
    door.expect("ask", True)
    door.expect("reveal")
    (page.pdf if ending == ".pdf" else page.docx).click()
    qtbot.waitUntil(lambda: not door.expected)
    assert (tmp_path / f"приказ{ending}").stat().st_size > 1000


def test_a_registered_order_is_signed_and_then_fixed(
    presenter: DocumentsPresenter,
    window: MainWindow,
    page: DocumentsPage,
    stored: Workspace,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    settings.save_office(stored, OFFICE)
    window.show_page("documents")
    qtbot.waitUntil(lambda: shown(page))
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.keep.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.table.select_key(page.model.row_at(0).id)

    def sign(dialog: SignDialog) -> bool:
        assert not dialog.sign.isEnabled()
        dialog.number.setText("12")
        dialog.day.setText("5.9.2025")
        assert dialog.sign.isEnabled()
        return True

    door.expect("run", sign)
    page.sign.click()
    qtbot.waitUntil(lambda: page.model.row_at(0).status is DocumentStatus.SIGNED)
    row = page.model.row_at(0)
    assert (row.number, row.date) == ("12", date(2025, 9, 5))
    page.table.select_key(row.id)
    assert not page.sign.isEnabled()
    door.expect("ask", True)
    page.revoke.click()
    qtbot.waitUntil(lambda: page.model.row_at(0).status is DocumentStatus.CANCELLED)


def test_the_form_opens_by_itself_at_the_first_start_only(
    presenter: DocumentsPresenter, window: MainWindow, door: ScriptedDoor, qtbot: QtBot
) -> None:
    door.expect("run", False)
    presenter.greet()
    qtbot.waitUntil(lambda: not door.expected)
    presenter.greet()
    assert window.tasks.open_tasks() == ()


def test_nobody_is_asked_for_what_is_known(
    presenter: DocumentsPresenter, window: MainWindow, stored: Workspace, qtbot: QtBot
) -> None:
    settings.save_office(stored, replace(OFFICE, place="с. Другое"))
    presenter.greet()
    qtbot.waitUntil(lambda: window.tasks.open_tasks() == ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", None), (" 5.9.2025 ", date(2025, 9, 5)), ("05/09/2025", date(2025, 9, 5))],
)
def test_dates_are_read_as_people_write_them(text: str, expected: date | None) -> None:
    assert parse(text) == expected


def test_what_is_no_date_shows_it(look: QApplication, qtbot: QtBot) -> None:
    field = DateField("Дата")
    qtbot.addWidget(field)
    field.setText("завтра")
    assert not field.is_valid()
    assert field.value() is None
    assert field.toolTip()
    field.set_value(date(2025, 9, 5))
    assert field.is_valid()
    assert field.text() == "05.09.2025"
