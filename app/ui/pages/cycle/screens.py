"""Pictures of the page «Цикл» and of its dialogs, over a few entries made for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from app.models.enums import RoadmapMode
from app.services import cycle, roadmap
from app.services.cycle import DecisionForm, EvidenceForm
from app.services.roadmap import RoadmapForm
from app.services.workspace import Workspace
from app.ui.dialogs.storing import changes_of
from app.ui.pages.cycle.page import ADVICE, CHAIN, DECISIONS, EVIDENCE, CyclePage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_YEAR = 2025


def _page(window: MainWindow) -> CyclePage:
    return cast(CyclePage, window.pages[CyclePage.key])


def _fill(window: MainWindow) -> None:
    """Enter a few documents, the proposals of the program and a decision, once."""
    context = window.context
    if not cycle.list_evidence(context.workspace, _YEAR):
        context.bus.publish(changes_of(_entries(context.workspace)))


def _entries(workspace: Workspace) -> cycle.Saved:
    day = date(2025, 3, 14)
    for step, direction, title in (
        ("goals", "", "Муниципальная программа"),
        ("monitoring", "dynamics", "Справка о результатах"),
        ("analysis", "dynamics", "Анализ динамики результатов"),
    ):
        cycle.save_evidence(
            workspace, EvidenceForm(_YEAR, step, direction, title, "12", day, responsible="РМК")
        )
    late = EvidenceForm(_YEAR, "analysis", "teachers", "Анализ дефицитов", due=day)
    cycle.save_evidence(workspace, late)
    cycle.accept(workspace, cycle.propose(workspace, _YEAR)[:12])
    first = next(iter(cycle.list_recommendations(workspace, _YEAR)), None)
    form = DecisionForm(
        _YEAR, "Провести совещание", "31", day, recommendation_id=first.id if first else None
    )
    return cycle.save_decision(workspace, form)


def _show(window: MainWindow) -> None:
    window.show_page(CyclePage.key)


def _evidence(window: MainWindow) -> None:
    window.show_page(CyclePage.key)
    _page(window).views.choose(EVIDENCE)
    _page(window).matrix.setCurrentIndex(_page(window).model.index(5, 2))


def _advice(window: MainWindow) -> None:
    window.show_page(CyclePage.key)
    _page(window).views.choose(ADVICE)
    _page(window).advice.table.selectRow(0)


def _decisions(window: MainWindow) -> None:
    window.show_page(CyclePage.key)
    _page(window).views.choose(DECISIONS)
    _page(window).decisions.table.selectRow(0)


def _chain(window: MainWindow) -> None:
    window.show_page(CyclePage.key)
    _page(window).views.choose(CHAIN)
    _page(window).chain.table.selectRow(0)


def _document(window: MainWindow) -> None:
    _page(window).documents.added.emit()


def _open(window: MainWindow) -> None:
    page = _page(window)
    page.advice.opened.emit(page.advice.current())


def _propose(window: MainWindow) -> None:
    _page(window).propose.click()


def _decide(window: MainWindow) -> None:
    _page(window).decisions.added.emit()


def _measure(window: MainWindow) -> None:
    context = window.context
    if not roadmap.list_roadmaps(context.workspace):
        form = RoadmapForm("Поддержка школ", RoadmapMode.SIMPLE, _YEAR, _YEAR)
        context.bus.publish(roadmap.create_roadmap(context.workspace, form).changes)


def _ask_measure(window: MainWindow) -> None:
    _page(window).measure.click()


def _directions(window: MainWindow) -> None:
    _page(window).own.click()


SCREENS = (
    Screen("98-cycle-evidence", (_fill, _show, _evidence)),
    Screen("98a-cycle-document", (_evidence, _document)),
    Screen("98b-cycle-advice", (_fill, _advice)),
    Screen("98c-cycle-recommendation", (_advice, _open)),
    Screen("98d-cycle-proposals", (_advice, _propose)),
    Screen("98e-cycle-decisions", (_decisions,)),
    Screen("98f-cycle-decision", (_decisions, _decide)),
    Screen("98g-cycle-chain", (_chain,)),
    Screen("98h-cycle-measure", (_measure, _advice, _ask_measure)),
    Screen("98i-cycle-directions", (_evidence, _directions)),
)
