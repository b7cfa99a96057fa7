"""The tab «Цикл»: evidence by cell, proposals accepted, decisions, breaks of the chain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog

from app.models.enums import RecommendationState
from app.services import cycle, journal
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.cycle.dialogs import (
    DecisionDialog,
    EvidenceDialog,
    ProposalsDialog,
    RecommendationDialog,
)
from app.ui.pages.cycle.page import ADVICE, CHAIN, DECISIONS, CyclePage
from app.ui.startup import Startup
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

Settle = Callable[[MainWindow], None]
YEAR = 2025


@pytest.fixture
def window(district: District, started: Startup, settled: Settle) -> MainWindow:
    """Return the window over three schools, one of them on the list, the page in front."""
    found = cast(MainWindow, started.parent())
    settled(found)
    found.show_page("cycle")
    return found


@pytest.fixture
def page(window: MainWindow) -> CyclePage:
    """Return the page with its lists read."""
    return cast(CyclePage, window.pages["cycle"])


def test_a_document_is_entered_where_the_cursor_stands(
    page: CyclePage, window: MainWindow, settled: Settle, door: ScriptedDoor, workspace: Workspace
) -> None:
    QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model
    )
    page.matrix.setCurrentIndex(page.model.index(5, 2))
    assert page.place() == ("analysis", "teachers")

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, EvidenceDialog)
        assert dialog.step.value() == "analysis"
        dialog.title_field.setText("Анализ дефицитов")
        dialog.number.setText("7")
        dialog.issued.set_value(date(2025, 3, 14))
        return True

    door.expect("run", answer)
    page.matrix.activated.emit(page.matrix.currentIndex())
    settled(window)
    assert page.place() == ("analysis", "teachers")
    assert page.model.index(5, 2).data(Qt.ItemDataRole.DisplayRole) == "есть"
    assert "без документа 29" in page.note.text()
    (row,) = page.documents.model.rows()
    page.documents.removed.emit([row])
    settled(window)
    assert cycle.list_evidence(workspace, YEAR) == ()
    journal.undo_last(workspace)
    assert len(cycle.list_evidence(workspace, YEAR)) == 1


def test_proposals_are_ticked_edited_and_given(
    page: CyclePage, window: MainWindow, settled: Settle, door: ScriptedDoor, workspace: Workspace
) -> None:
    page.views.choose(ADVICE)

    def tick(dialog: QDialog) -> bool:
        assert isinstance(dialog, ProposalsDialog)
        assert not dialog.store.isEnabled()
        dialog.all.setChecked(True)
        dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
        return dialog.store.isEnabled()

    door.expect("run", tick)
    page.propose.click()
    settled(window)
    rows = page.advice.model.rows()
    assert rows
    assert len(cycle.propose(workspace, YEAR)) == 1

    def edit(dialog: QDialog) -> bool:
        assert isinstance(dialog, RecommendationDialog)
        dialog.body.setPlainText("")
        assert not dialog.store.isEnabled()
        dialog.body.setPlainText("Провести занятия")
        dialog.term.setText("до 01.10.2025")
        return True

    door.expect("run", edit)
    page.advice.opened.emit(rows[0])
    settled(window)
    page.advice.table.select_key(rows[0].id)
    page.give.click()
    settled(window)
    changed = next(one for one in cycle.list_recommendations(workspace, YEAR)
                   if one.id == rows[0].id)  # fmt: skip
    assert changed.form.text == "Провести занятия"
    assert changed.form.state is RecommendationState.GIVEN
    assert changed.term_end == date(2025, 10, 1)


def test_a_decision_without_a_basis_is_a_break(
    page: CyclePage, window: MainWindow, settled: Settle, door: ScriptedDoor
) -> None:
    page.views.choose(DECISIONS)

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, DecisionDialog)
        assert not dialog.store.isEnabled()
        dialog.title_field.setText("Провести совещание")
        return True

    door.expect("run", answer)
    page.decisions.added.emit()
    settled(window)
    page.views.choose(CHAIN)
    (row,) = page.chain.model.rows()
    assert row.gap == "решение без основания"
    page.chain.table.selectRow(0)
    facts = dict(page._describe_chain(row))
    assert "не ссылается ни на рекомендацию" in facts["Что сделать"]


def test_nothing_to_propose_is_said(
    page: CyclePage, window: MainWindow, settled: Settle, door: ScriptedDoor, workspace: Workspace
) -> None:
    cycle.accept(workspace, cycle.propose(workspace, YEAR))
    door.expect("inform")
    page.propose.click()
    settled(window)
    assert "нечего" in door.texts("inform")[0]
