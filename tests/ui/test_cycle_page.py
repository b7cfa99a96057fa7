"""The tab «Цикл»: evidence by cell, proposals accepted, decisions, breaks of the chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.models.enums import DocumentStatus, RecommendationState, RoadmapMode
from app.models.papers import Document
from app.services import cycle, journal, roadmap
from app.services.cycle import DecisionForm, Draft, EvidenceForm, RecommendationForm
from app.services.roadmap import RoadmapForm
from app.services.workspace import Workspace
from app.ui.dialogs.own_entry import OwnEntryDialog
from app.ui.main_window import MainWindow
from app.ui.pages.cycle.dialogs import (
    DecisionDialog,
    EvidenceDialog,
    MeasureDialog,
    ProposalsDialog,
    RecommendationDialog,
)
from app.ui.pages.cycle.page import ADVICE, CHAIN, DECISIONS, EVIDENCE, CyclePage
from app.ui.startup import Startup
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

Settle = Callable[[MainWindow], None]
CHECK_BOX = 26
"""Pixels that the mark before a line and its gap take."""
YEAR = 2025


@pytest.fixture
def window(district: District, started: Startup, settled: Settle) -> MainWindow:
    """Return the window over three schools, one of them on the list, the page in front."""
    found = cast(MainWindow, started.parent())
    found.show_page("cycle")
    settled(found)
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


def test_a_decision_cites_a_measure_and_a_paper(
    page: CyclePage, window: MainWindow, settled: Settle, door: ScriptedDoor, workspace: Workspace,
    district: District,
) -> None:  # fmt: skip
    form = RecommendationForm(YEAR, "school", "Провести занятия", district.low, term="май 2025")
    advice = cycle.save_recommendation(workspace, form)
    roadmap.create_roadmap(workspace, RoadmapForm("Карта 2025", RoadmapMode.SIMPLE))
    with workspace.database.write() as session:
        session.add(
            Document(
                kind="order", year=YEAR, title="Об адресной помощи", number="17",
                date=date(2025, 4, 2), status=DocumentStatus.SIGNED, content={},
                made_at=datetime(2025, 4, 1, tzinfo=UTC),
            )
        )  # fmt: skip
    window.context.bus.publish(advice.changes)
    settled(window)
    page.views.choose(ADVICE)

    def choose(dialog: QDialog) -> bool:
        assert isinstance(dialog, MeasureDialog)
        assert "новое мероприятие в карте «Карта 2025»" in dialog.measure.itemText(0)
        return True

    page.advice.table.select_key(advice.id)
    door.expect("run", choose)
    page.measure.click()
    settled(window)
    (measure,) = (one.id for one in cycle.decision_choices(workspace, YEAR).measures)
    (group,) = roadmap.export_roadmaps(workspace)[0]["groups"]
    assert group["activities"][0]["title"] == "Провести занятия"
    page.views.choose(CHAIN)
    (row,) = page.chain.model.rows()
    assert row.gap == "нет анализа, решения"

    def decide(dialog: QDialog) -> bool:
        assert isinstance(dialog, DecisionDialog)
        assert dialog.recommendation.value() == advice.id
        assert dialog.measure.value() == measure
        dialog.title_field.setText("Закрепить учителя")
        dialog.document.setCurrentIndex(1)
        assert (dialog.number.text(), dialog.issued.value()) == ("17", date(2025, 4, 2))
        return True

    page.chain.table.selectRow(0)
    door.expect("run", decide)
    page.decide.click()
    settled(window)
    (decision,) = cycle.list_decisions(workspace, YEAR)
    assert decision.form.activity_id == measure
    assert decision.document.startswith("Об адресной помощи № 17 от 02.04.2025")
    (row,) = page.chain.model.rows()
    assert row.gap == "нет анализа, эффекта"


def test_breaks_lead_to_their_places(
    page: CyclePage, window: MainWindow, settled: Settle, workspace: Workspace
) -> None:
    form = EvidenceForm(YEAR, "analysis", "teachers", "Анализ", "3", date(2025, 2, 1))
    analysis = cycle.save_evidence(workspace, form)
    advice = cycle.save_recommendation(
        workspace, RecommendationForm(YEAR, "school", "Занятия", analysis_id=analysis.id)
    )
    other = cycle.save_evidence(workspace, EvidenceForm(YEAR, "analysis", "", "Ещё", "4"))
    decision = cycle.save_decision(workspace, DecisionForm(YEAR, "Без основания"))
    window.context.bus.publish(decision.changes)
    settled(window)
    led = []
    for row in page.chain.model.rows():
        page.views.choose(CHAIN)
        page.chain.table.select_key(row)
        page.lead.click()
        view = page.views.value()
        pane = {ADVICE: page.advice, DECISIONS: page.decisions}.get(view, page.documents)
        led.append((view, pane.current().id))
    assert sorted(led) == sorted(
        [(ADVICE, advice.id), (EVIDENCE, other.id), (DECISIONS, decision.id)]
    )


def test_own_directions_are_added_renamed_and_undone(
    page: CyclePage, window: MainWindow, settled: Settle, door: ScriptedDoor, workspace: Workspace
) -> None:
    def add(dialog: QDialog) -> bool:
        assert isinstance(dialog, OwnEntryDialog)
        dialog.title_field.setText("Работа с родителями")
        return True

    door.expect("run", add)
    page.own.click()
    settled(window)
    assert page.directions[-1].title == "Работа с родителями"
    own = page.directions[-1].key
    saved = cycle.save_evidence(workspace, EvidenceForm(YEAR, "goals", own, "Программа", "1"))
    window.context.bus.publish(saved.changes)
    settled(window)

    def rename(dialog: QDialog) -> bool:
        assert isinstance(dialog, OwnEntryDialog)
        dialog.entry.setCurrentIndex(1)
        dialog.title_field.setText("Семьи")
        return True

    def drop(dialog: QDialog) -> bool:
        assert isinstance(dialog, OwnEntryDialog)
        dialog.entry.setCurrentIndex(1)
        dialog.gone.setChecked(True)
        return True

    door.expect("run", rename)
    page.own.click()
    settled(window)
    assert page.directions[-1].title == "Семьи"
    door.expect("run", drop)
    door.expect("report")
    door.expect("run", lambda _dialog: False)
    page.own.click()
    settled(window)
    assert "под ним есть документы (2025)" in door.texts("report")[0]
    page.documents.removed.emit(list(page.documents.model.all_rows()))
    settled(window)
    journal.undo_last(workspace)
    assert len(cycle.list_evidence(workspace, YEAR)) == 1
    outcome = journal.undo_last(workspace)
    window.context.bus.publish(outcome.changes)
    settled(window)
    assert "Семьи" in outcome.message


def test_several_decisions_go_and_come_back_as_one(
    page: CyclePage, window: MainWindow, settled: Settle, workspace: Workspace
) -> None:
    for title in ("Первое", "Второе", "Третье"):
        saved = cycle.save_decision(workspace, DecisionForm(YEAR, title))
    window.context.bus.publish(saved.changes)
    settled(window)
    page.decisions.removed.emit(page.decisions.model.rows()[:2])
    settled(window)
    assert len(cycle.list_decisions(workspace, YEAR)) == 1
    journal.undo_last(workspace)
    assert len(cycle.list_decisions(workspace, YEAR)) == 3


def test_nothing_to_propose_is_said(
    page: CyclePage, window: MainWindow, settled: Settle, door: ScriptedDoor, workspace: Workspace
) -> None:
    cycle.accept(workspace, cycle.propose(workspace, YEAR))
    door.expect("inform")
    page.propose.click()
    settled(window)
    assert "нечего" in door.texts("inform")[0]


def test_proposals_wrap_whole_and_do_not_scroll_aside(look: QApplication, qtbot: QtBot) -> None:
    text = "Закрыть вакансии внутренним совмещением или сетевыми уроками и показать в расписании"
    form = RecommendationForm(YEAR, cycle.addressees()[0].key, "", 1)
    drafts = [
        Draft(replace(form, text=f"{text}, {'ш ' * length}"), "СОШ № 1", "фактор риска")
        for length in range(0, 80, 2)
    ]
    window = QWidget()
    qtbot.addWidget(window)
    dialog = ProposalsDialog(window, drafts)
    dialog.show()
    QApplication.processEvents()
    shown = dialog.list
    assert shown.horizontalScrollBar().maximum() == 0
    for line in range(shown.count()):
        item = shown.item(line)
        place = shown.visualItemRect(item)
        words = QRect(0, 0, place.width() - CHECK_BOX, 1000)
        needed = shown.fontMetrics().boundingRect(words, Qt.TextFlag.TextWordWrap, item.text())
        assert place.height() >= needed.height()
