"""The tab «Программа»: a programme made, its parts filled, moved, pasted, checked, copied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QLineEdit

from app.models.enums import ProgrammeKind
from app.services import cycle, indicators, journal, programmes, roadmap
from app.services.programmes import Approval, ItemForm, ProgrammeForm
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.programmes.dialogs import (
    CopyDialog,
    ItemDialog,
    MonitoringDialog,
    PasteDialog,
    ProgrammeDialog,
)
from app.ui.pages.programmes.page import CHECKS, MONITORING, ProgrammesPage
from app.ui.startup import Startup
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

Settle = Callable[[MainWindow], None]


@pytest.fixture
def window(district: District, started: Startup, settled: Settle) -> MainWindow:
    """Return the window with the page in front; there is no programme yet."""
    found = cast(MainWindow, started.parent())
    found.show_page("programmes")
    settled(found)
    return found


@pytest.fixture
def page(window: MainWindow) -> ProgrammesPage:
    """Return the page."""
    return cast(ProgrammesPage, window.pages["programmes"])


def make(window: MainWindow, workspace: Workspace, settled: Settle) -> int:
    """Store a programme and let the page show it."""
    approval = Approval("приказом", "Управления образования", date(2025, 1, 20), "15")
    form = ProgrammeForm(ProgrammeKind.PROGRAMME, "Программа на 2025-2027 годы", 2025, 2027,
                         approval=approval)  # fmt: skip
    saved = programmes.save_programme(workspace, form)
    window.context.bus.publish(saved.changes)
    settled(window)
    return saved.id


def choose_part(page: ProgrammesPage, key: str) -> None:
    page.parts.setCurrentRow(list(programmes.parts()).index(key))


def test_the_empty_page_makes_the_first_programme(
    page: ProgrammesPage, window: MainWindow, settled: Settle, door: ScriptedDoor,
    workspace: Workspace,
) -> None:  # fmt: skip
    assert page.whole.currentWidget() is page.empty

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, ProgrammeDialog)
        assert not dialog.store.isEnabled()
        dialog.title_field.setPlainText("Поддержка школ")
        dialog.first.setText("20")
        assert not dialog.store.isEnabled()
        dialog.first.setText("2025")
        return dialog.store.isEnabled()

    door.expect("run", answer)
    page.empty.chosen.emit()
    settled(window)
    (row,) = programmes.list_programmes(workspace)
    assert (row.title, row.period) == ("Поддержка школ", "2025–2027")
    assert page.whole.currentWidget() is page.stack


def test_a_sum_written_anew_is_counted_anew(
    page: ProgrammesPage, window: MainWindow, settled: Settle, door: ScriptedDoor,
    workspace: Workspace,
) -> None:  # fmt: skip
    own = make(window, workspace, settled)
    data = {"amount_text": "400 т.р.", "year": "2025"}
    saved = programmes.save_item(workspace, own, ItemForm("funding", "Курсы", data))
    window.context.bus.publish(saved.changes)
    settled(window)
    choose_part(page, "funding")
    assert page.total.text() == "Всего 400\u00a0000 руб."

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, ItemDialog)
        field = dialog.editors["amount_text"]
        assert isinstance(field, QLineEdit)
        field.setText("6 млн руб.")
        return True

    door.expect("run", answer)
    page.items.opened.emit(page.items.model.row_at(0))
    settled(window)
    (row,) = programmes.items(workspace, own, "funding")
    assert row.data["amount"] == 6_000_000


def test_a_list_is_pasted_moved_and_removed(
    page: ProgrammesPage, window: MainWindow, settled: Settle, door: ScriptedDoor,
    workspace: Workspace,
) -> None:  # fmt: skip
    own = make(window, workspace, settled)
    choose_part(page, "stage")

    def paste(dialog: QDialog) -> bool:
        assert isinstance(dialog, PasteDialog)
        dialog.body.setPlainText("Первый\tI квартал\tНачать\nВторой\t2026")
        return True

    door.expect("run", paste)
    page.paste.click()
    settled(window)
    QAbstractItemModelTester(
        page.items.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.items.model
    )
    page.items.table.selectRow(1)
    page.up.click()
    settled(window)
    assert [row.text for row in programmes.items(workspace, own, "stage")] == ["Второй", "Первый"]
    page.items.removed.emit(list(page.items.model.rows()))
    settled(window)
    assert programmes.items(workspace, own, "stage") == ()
    journal.undo_last(workspace)
    assert len(programmes.items(workspace, own, "stage")) == 2


def test_findings_lead_to_their_entries(
    page: ProgrammesPage, window: MainWindow, settled: Settle, workspace: Workspace
) -> None:
    own = make(window, workspace, settled)
    form = ItemForm("legal_basis", "Приказ от 28.02.2025 № 4")
    window.context.bus.publish(programmes.save_item(workspace, own, form).changes)
    settled(window)
    page.views.choose(CHECKS)
    (finding,) = page.checks.model.rows()
    assert "позже самой программы" in finding.text
    page.checks.opened.emit(finding)
    assert page.part.key == "legal_basis"
    assert page.items.current().text == form.text


def test_monitoring_is_entered_and_a_copy_names_what_to_look_at(
    page: ProgrammesPage, window: MainWindow, settled: Settle, door: ScriptedDoor,
    workspace: Workspace,
) -> None:  # fmt: skip
    own = make(window, workspace, settled)
    window.context.bus.publish(
        programmes.save_item(workspace, own, ItemForm("stage", "Первый")).changes
    )
    indicators.add_indicator(workspace, own, "Доля школ")
    roadmap.create_roadmap(workspace, roadmap.RoadmapForm("План", programme_id=own))
    settled(window)
    page.views.choose(MONITORING)

    def enter(dialog: QDialog) -> bool:
        assert isinstance(dialog, MonitoringDialog)
        assert not dialog.store.isEnabled()
        dialog.cells["subject"].setPlainText("Динамика результатов")
        return dialog.store.isEnabled()

    door.expect("run", enter)
    page.monitoring.added.emit()
    settled(window)
    assert len(cycle.monitoring_rows(workspace, own)) == 1

    def copy(dialog: QDialog) -> bool:
        assert isinstance(dialog, CopyDialog)
        assert (dialog.first.text(), dialog.last.text()) == ("2028", "2030")
        assert dialog.indicators.isChecked()
        dialog.roadmaps.setChecked(False)
        return True

    door.expect("run", copy)
    door.expect("inform")
    page.copy.trigger()
    settled(window)
    assert "Сроки этапов" in door.texts("inform")[0]
    assert [row.first_year for row in programmes.list_programmes(workspace)] == [2028, 2025]
    new = programmes.list_programmes(workspace)[0].id
    assert [row.title for row in indicators.indicator_table(workspace, new).rows] == ["Доля школ"]
    assert len(roadmap.list_roadmaps(workspace)) == 1
    assert page.choice.currentText() == "Программа на 2028-2030 годы (2028–2030)"
