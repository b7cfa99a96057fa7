"""The tab «Документы»: requisites first, then the order, its files and the register."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.models.enums import AssessmentKind, DocumentStatus
from app.services import documents, importing, journal, settings
from app.services.changes import ChangeSet, Topic
from app.services.documents import blocks
from app.services.progress import NoProgress
from app.services.settings import OfficeDetails
from app.services.workspace import Workspace
from app.ui.dialogs.office_dialog import OfficeDialog
from app.ui.main_window import MainWindow
from app.ui.pages.documents.differences_dialog import DifferencesDialog
from app.ui.pages.documents.kind_forms import PaperForm, PersonFields
from app.ui.pages.documents.page import DocumentsPage
from app.ui.pages.documents.presenter import DocumentsPresenter
from app.ui.pages.documents.sign_dialog import SignDialog
from app.ui.screenshots import settle
from app.ui.startup import Startup
from app.ui.widgets.date_field import DateField, parse
from tests.journeys.stick import SCHOOLS, register_rows, vpr_rows, write_book
from tests.stored import add_result, add_school
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
def presenter(stored: Workspace, page: DocumentsPage, started: Startup) -> DocumentsPresenter:
    return started.workbench.documents


@pytest.fixture
def page(window: MainWindow) -> DocumentsPage:
    found = cast(DocumentsPage, window.pages["documents"])
    settle(window)
    return found


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
    assert not page.files.pdf.isEnabled()

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
    assert page.files.pdf.isEnabled()


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
    (page.files.pdf if ending == ".pdf" else page.files.docx).trigger()
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
    qtbot.waitUntil(page.sign.isEnabled)  # its row is chosen: signing is the next step

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

    def numbered() -> bool:
        texts = blocks.texts(presenter._shown.content) if presenter._shown else ()
        return any("№\u00a012" in one.text for one in texts)

    qtbot.waitUntil(numbered)  # the paper on the screen has its number too
    bus = presenter._context.bus
    bus.publish(journal.undo_last(presenter._context.workspace).changes)
    qtbot.waitUntil(lambda: page.model.row_at(0).status is DocumentStatus.DRAFT)
    qtbot.waitUntil(lambda: not numbered())  # what is taken back leaves the screen too
    bus.publish(journal.redo_last(presenter._context.workspace).changes)
    qtbot.waitUntil(numbered)
    page.table.select_key(row.id)
    assert not page.sign.isEnabled()
    door.expect("ask", True)
    page.revoke.click()
    qtbot.waitUntil(lambda: page.model.row_at(0).status is DocumentStatus.CANCELLED)


def test_the_form_opens_by_itself_at_the_first_start_only(
    started: Startup, window: MainWindow, door: ScriptedDoor, qtbot: QtBot
) -> None:
    door.expect("run", False)
    started.greet()
    qtbot.waitUntil(lambda: not door.expected)
    started.greet()
    assert window.tasks.open_tasks() == ()
    assert not window.pages.is_made("documents")


def test_nobody_is_asked_for_what_is_known(
    started: Startup, window: MainWindow, stored: Workspace, qtbot: QtBot
) -> None:
    settings.save_office(stored, replace(OFFICE, place="с. Другое"))
    started.greet()
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


@pytest.fixture
def ready(
    window: MainWindow, page: DocumentsPage, stored: Workspace, qtbot: QtBot
) -> DocumentsPage:
    """Return the page with the office filled in and the first order on the screen."""
    settings.save_office(stored, OFFICE)
    window.show_page("documents")
    qtbot.waitUntil(lambda: shown(page))
    return page


def choose(page: DocumentsPage, kind: str) -> None:
    page.kind.setCurrentIndex(page.kind.findData(kind))


def rows(page: DocumentsPage) -> list[documents.DocumentRow]:
    return list(page.model.all_rows())


def test_every_kind_has_a_form_and_its_fields_reach_the_paper(
    ready: DocumentsPage, stored: Workspace, qtbot: QtBot
) -> None:
    kinds = {ready.kind.itemData(index) for index in range(ready.kind.count())}
    assert kinds == {"order", "programme", *documents.papers()}
    choose(ready, "order-curators")
    qtbot.waitUntil(lambda: "муниципальный координатор" in ready.remarks.text())
    form = ready.current_form()
    assert isinstance(form, PaperForm)
    coordinator = form.fields["coordinator"]
    assert isinstance(coordinator, PersonFields)
    coordinator.name.setText("Сочинялкина Мария Петровна")
    coordinator.post.setText("методист")
    qtbot.waitUntil(lambda: "муниципальный координатор" not in ready.remarks.text())
    ready.keep.click()
    qtbot.waitUntil(lambda: len(rows(ready)) == 1)
    content = documents.signed_content(stored, rows(ready)[0].id)
    text = "\n".join(piece.text for piece in blocks.texts(content)).replace("\u00a0", " ")
    assert "Назначить муниципальным координатором методиста Сочинялкину М.П." in text


def test_a_term_taken_back_is_seen_at_once(
    ready: DocumentsPage, presenter: DocumentsPresenter, stored: Workspace, qtbot: QtBot
) -> None:
    def said() -> str:
        shown_now = presenter._shown
        texts = blocks.texts(shown_now.content) if shown_now else ()
        return " ".join(one.text for one in texts)

    bus = presenter._context.bus
    assert "ШНРО" not in said()
    changes = settings.put(stored, settings.TERMS["low_results"], "ШНРО")
    bus.publish(changes)
    qtbot.waitUntil(lambda: "ШНРО" in said())
    bus.publish(journal.undo_last(stored).changes)
    qtbot.waitUntil(lambda: "ШНРО" not in said())


def test_without_a_programme_its_kind_says_what_to_do(ready: DocumentsPage, qtbot: QtBot) -> None:
    choose(ready, "programme")
    qtbot.waitUntil(lambda: ready.views.currentWidget() is ready.empty)
    assert not ready.files.pdf.isEnabled()


def test_changed_data_are_shown_and_an_amending_order_is_made(
    ready: DocumentsPage,
    window: MainWindow,
    stored: Workspace,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    ready.keep.click()
    qtbot.waitUntil(lambda: len(rows(ready)) == 1)
    order = rows(ready)[0].id
    window.context.bus.publish(documents.sign(stored, order, "12", date(2026, 2, 4)))
    worse = add_school(stored, "Новая школа", search_key="новая школа")
    for grade in (5, 6):
        add_result(stored, worse, (AssessmentKind.VPR, 2025, "Русский язык", grade), 10, 9)
    texts: list[str] = []

    def look(dialog: DifferencesDialog) -> bool:
        items = (dialog.list.topLevelItem(i) for i in range(dialog.list.topLevelItemCount()))
        texts.extend(item.text(3) for item in items if item is not None)
        return False

    door.expect("run", look)
    ready.compare_wanted.emit(order)
    qtbot.waitUntil(lambda: not door.expected)
    assert any("Новая школа" in text for text in texts)
    ready.amend_wanted.emit(order)
    qtbot.waitUntil(lambda: "составлены из сравнения" in ready.remarks.text())
    form = ready.current_form()
    assert isinstance(form, PaperForm)
    assert "Новая школа" in form.request(2025).values["amendments"]
    form.number.setText("13")
    ready.keep.click()
    qtbot.waitUntil(lambda: len(rows(ready)) == 2)
    assert (rows(ready)[0].amends_id, rows(ready)[0].number) == (order, "13")
    assert rows(ready)[0].can_compare


def test_a_number_first_and_a_scan_later(
    ready: DocumentsPage, stored: Workspace, door: ScriptedDoor, tmp_path: Path, qtbot: QtBot
) -> None:
    ready.keep.click()
    qtbot.waitUntil(lambda: len(rows(ready)) == 1)

    def number(dialog: SignDialog) -> bool:
        dialog.number.setText("3")
        dialog.day.set_value(date(2026, 2, 4))
        return True

    door.expect("run", number)
    ready.number_wanted.emit(rows(ready)[0].id)
    qtbot.waitUntil(lambda: rows(ready)[0].status is DocumentStatus.REGISTERED)
    scan = tmp_path / "скан.pdf"
    scan.write_bytes(b"%PDF-")
    door.expect("open_files", (scan,))
    ready.attach_wanted.emit(rows(ready)[0].id)
    qtbot.waitUntil(lambda: rows(ready)[0].files == ("скан.pdf",))


def test_two_presses_write_the_paper_once(
    ready: DocumentsPage, window: MainWindow, stored: Workspace, qtbot: QtBot
) -> None:
    qtbot.mouseClick(ready.keep, Qt.MouseButton.LeftButton)
    assert not ready.keep.isEnabled()
    qtbot.mouseClick(ready.keep, Qt.MouseButton.LeftButton)
    ready.register_wanted.emit()
    settle(window)
    assert len(documents.list_documents(stored)) == 1
    assert "из реестра" in ready.note.text()
    assert not ready.keep.isEnabled()


def test_what_was_typed_a_moment_ago_is_registered(
    ready: DocumentsPage, window: MainWindow, stored: Workspace
) -> None:
    ready.form.number.setText("77-к")
    assert ready.form._settle.isActive()
    ready.keep.click()
    ready.form.number.setText("78-к")  # is of the next paper already
    settle(window)
    (row,) = documents.list_documents(stored)
    assert row.number == "77-к"
    content = documents.signed_content(stored, row.id)
    assert any("77-к" in piece.text for piece in blocks.texts(content))
    assert "из реестра" in ready.note.text()
    assert ready.form.number.text() == "78-к"


def test_an_amending_order_by_hand_says_what_it_changes(
    kept: DocumentsPage, window: MainWindow, stored: Workspace, door: ScriptedDoor
) -> None:
    signed = rows(kept)[0].id
    bus = window.context.bus
    bus.publish(documents.sign(stored, signed, "12", date(2026, 2, 4)))
    choose(kept, "order-amend")
    settle(window)
    form = kept.current_form()
    assert isinstance(form, PaperForm)
    assert form.document is not None
    assert "какой документ меняется" in kept.remarks.text()
    door.expect("report")
    kept.keep.click()
    settle(window)
    assert "Не сказано, какой документ меняет приказ" in door.texts("report")[0]
    assert len(rows(kept)) == 1
    assert form.fields["document"].isEnabled()
    form.document.setCurrentIndex(1)
    assert form.document.currentText().startswith("№ 12 от 04.02.2026, Об утверждении")
    assert not form.fields["document"].isEnabled()
    kept.keep.click()
    settle(window)
    assert [one.amends_id for one in rows(kept)] == [signed, None]
    assert "в приказ от 4 февраля 2026 г. № 12" in rows(kept)[0].title.replace("\u00a0", " ")


def test_an_act_that_the_register_has_not_is_named_by_hand(
    ready: DocumentsPage, window: MainWindow
) -> None:
    choose(ready, "order-amend")
    form = ready.current_form()
    assert isinstance(form, PaperForm)
    named = form.fields["document"]
    assert isinstance(named, QLineEdit)
    named.setText("приказ от 3 марта 2020 г. № 8")
    ready.keep.click()
    settle(window)
    assert rows(ready)[0].title.endswith("№ 8".replace(" ", "\u00a0"))
    assert rows(ready)[0].amends_id is None


def test_a_paper_of_last_year_is_the_base_of_a_new_one(
    ready: DocumentsPage, window: MainWindow, presenter: DocumentsPresenter, door: ScriptedDoor
) -> None:
    ready.form.number.setText("12")
    ready.form.deadline.set_value(date(2025, 3, 1))
    ready.form.coordinator_name.setText("Сочинялкина Мария Петровна")
    ready.form.risk_zone.setChecked(True)
    ready.form.word({"title": "О перечне школ на 2024 год"})
    ready.keep.click()
    settle(window)
    for field in (ready.form.number, ready.form.deadline, ready.form.coordinator_name):
        field.clear()
    ready.form.risk_zone.setChecked(False)
    choose(ready, "minutes")
    settle(window)
    ready.base_wanted.emit(rows(ready)[0].id)
    settle(window)
    assert ready.current_form() is ready.form
    taken = ready.form.request(2025)
    assert (taken.number, taken.date, taken.deadline) == ("", None, None)
    assert taken.coordinator.name == "Сочинялкина Мария Петровна"
    assert taken.risk_zone
    assert taken.sentences == {"title": "О перечне школ на 2024 год"}
    assert "За основу взят документ № 12" in ready.remarks.text()
    assert "названы годы: 2024" in ready.remarks.text()
    assert presenter._made_with == taken


def test_fields_that_are_filled_are_replaced_only_when_asked(
    ready: DocumentsPage, window: MainWindow, door: ScriptedDoor
) -> None:
    choose(ready, "order-curators")
    form = ready.current_form()
    assert isinstance(form, PaperForm)
    coordinator = form.fields["coordinator"]
    assert isinstance(coordinator, PersonFields)
    coordinator.name.setText("Сочинялкина Мария Петровна")
    coordinator.post.setText("методист")
    ready.keep.click()
    settle(window)
    coordinator.name.setText("Другая Анна Ивановна")
    for answer, name in ((False, "Другая"), (True, "Сочинялкина")):
        door.expect("ask", answer)
        ready.base_wanted.emit(rows(ready)[0].id)
        settle(window)
        assert coordinator.name.text().startswith(name)
    assert coordinator.post.text() == "методист"


def test_what_was_typed_a_moment_ago_is_in_the_file(
    ready: DocumentsPage,
    window: MainWindow,
    door: ScriptedDoor,
    tmp_path: Path,
) -> None:
    ready.form.number.setText("77-к")
    door.expect("save_file", tmp_path / "приказ.docx")
    door.expect("ask", False)
    ready.files.docx.trigger()
    settle(window)
    body = zipfile.ZipFile(tmp_path / "приказ.docx").read("word/document.xml").decode()
    assert "77-к" in body


def test_a_project_taken_back_leaves_the_register_and_the_screen(
    kept: DocumentsPage, window: MainWindow, stored: Workspace
) -> None:
    outcome = journal.undo_last(stored)
    assert outcome.message.startswith("Отменено: запись в реестр проекта «Об утверждении")
    window.context.bus.publish(outcome.changes)
    settle(window)
    assert rows(kept) == []
    assert "страниц" in kept.note.text()
    assert kept.keep.isEnabled()
    window.context.bus.publish(journal.redo_last(stored).changes)
    settle(window)
    assert len(rows(kept)) == 1


def test_a_paper_that_was_not_written_may_be_tried_again(
    ready: DocumentsPage,
    window: MainWindow,
    door: ScriptedDoor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_values: object, **_options: object) -> None:
        raise UserError("База занята.", "Повторите.")

    door.expect("report")
    with monkeypatch.context() as patch:
        patch.setattr(documents, "register", refuse)
        ready.keep.click()
        settle(window)
    assert ready.keep.isEnabled()
    ready.keep.click()
    settle(window)
    assert len(rows(ready)) == 1


@pytest.fixture
def kept(ready: DocumentsPage, window: MainWindow) -> DocumentsPage:
    """Return the page with the first paper of the register on the screen."""
    ready.keep.click()
    settle(window)
    assert "из реестра" in ready.note.text()
    return ready


def test_a_paper_of_the_register_stays_until_the_person_turns_back(
    kept: DocumentsPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.context.bus.publish(ChangeSet.of(*Topic))
    settle(window)
    assert "из реестра" in kept.note.text()
    window.show_page("schools")
    window.show_page("documents")
    settle(window)
    assert "из реестра" in kept.note.text()
    assert kept.back.isVisible()
    kept.back.click()
    settle(window)
    assert "страниц" in kept.note.text()
    assert kept.keep.isEnabled()
    assert not kept.back.isVisible()


def test_what_was_typed_before_waits_under_the_paper_of_the_register(
    kept: DocumentsPage, window: MainWindow, presenter: DocumentsPresenter
) -> None:
    kept.back.click()
    settle(window)
    kept.form.number.setText("78")
    assert kept.form._settle.isActive()
    kept.form.changed.emit()
    assert presenter._making is not None
    kept.form.number.setText("79")
    kept.stored_wanted.emit(rows(kept)[0].id)
    assert not kept.form._settle.isActive()
    settle(window)
    assert "из реестра" in kept.note.text()
    kept.form.changed.emit()
    settle(window)
    assert "из реестра" not in kept.note.text()
    assert presenter._made_with == replace(kept.form.request(2025), number="79")


def test_a_paper_that_cannot_be_opened_leaves_the_draft(
    kept: DocumentsPage, window: MainWindow, door: ScriptedDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_values: object) -> None:
        raise UserError("Документ не читается.", "Проверьте базу.")

    door.expect("report")
    monkeypatch.setattr(documents, "signed_content", refuse)
    kept.stored_wanted.emit(rows(kept)[0].id)
    settle(window)
    assert "страниц" in kept.note.text()
    assert kept.keep.isEnabled()
