"""Pictures of the page «Дорожная карта»."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

from app.models.enums import ActivityStatus, RoadmapMode
from app.services import roadmap
from app.services.roadmap import LineKey, RoadmapForm
from app.services.workspace import Workspace
from app.ui.pages.roadmap.page import RoadmapPage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_SECTIONS = (
    ("1.", "Управление и анализ", ("analysis-causes", "monitor-plan", "decide-order")),
    ("2.", "Работа с педагогами", ("competence-diagnosis", "competence-lesson", "staff-network")),
    ("3.", "Ученики с риском неуспешности", ("risk-pupils-list", "risk-pupils-base")),
)


def _page(window: MainWindow) -> RoadmapPage:
    return cast(RoadmapPage, window.pages[RoadmapPage.key])


def _show(window: MainWindow) -> None:
    window.show_page(RoadmapPage.key)


def _fill(window: MainWindow) -> None:
    """Put an example into the database of the pictures."""
    task = window.tasks.database.call("Готовлю пример", example, window.context.workspace)
    task.done.connect(window.context.bus.publish)


def example(workspace: Workspace) -> object:
    """Store an imaginary roadmap of shipped measures; return what changed."""
    form = RoadmapForm(
        "Дорожная карта поддержки школ на 2026 год", RoadmapMode.SECTIONS, 2026, 2026
    )
    made = roadmap.create_roadmap(workspace, form)
    known = {one.key: one for one in roadmap.shipped_measures()}
    ids: list[int] = []
    for number, title, keys in _SECTIONS:
        group = roadmap.add_group(workspace, made.ids[0], title, number=number).ids[0]
        rows = [roadmap.activity_of(known[key]) for key in keys]
        ids += roadmap.add_activities(workspace, made.ids[0], group, rows).ids
    roadmap.number_lines(workspace, ids, auto=True)
    roadmap.set_year(workspace, ids[3:6], 2026, plan="не менее 3")
    roadmap.edit_activities(workspace, [ids[2]], {"term": "1 кв. 2026"})
    roadmap.edit_activities(workspace, [ids[6]], {"term": "когда будет время"})
    roadmap.set_status(
        workspace, ids[:1], ActivityStatus.DONE, proof="справка", done_on=date(2026, 7, 1)
    )
    roadmap.set_reminder(workspace, ids[2:4], datetime.now(UTC).date())
    return made.changes


def _choose(window: MainWindow) -> None:
    page = _page(window)
    view = page.view
    if view is not None and view.activities:
        page.select(LineKey(view.activities[3].id))


def _quarters(window: MainWindow) -> None:
    _page(window).quarters.setChecked(True)


def _table(window: MainWindow) -> None:
    _page(window).quarters.setChecked(False)


def _overdue(window: MainWindow) -> None:
    page = _page(window)
    page.fold.setChecked(False)
    page.filters.state.choose("overdue")
    page.filters.state.picked.emit()


def _all(window: MainWindow) -> None:
    page = _page(window)
    page.fold.setChecked(True)
    page.reset.click()


def _library(window: MainWindow) -> None:
    _page(window).library.click()


def _many(window: MainWindow) -> None:
    _page(window).tree.selectAll()
    _page(window).change_many.trigger()


def _ties(window: MainWindow) -> None:
    panel = _page(window).panel
    bar = panel.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _renew(window: MainWindow) -> None:
    _page(window).renew.trigger()


SCREENS = (
    Screen("75-roadmap-empty", (_show,)),
    Screen("76-roadmap", (_fill, _show, _choose)),
    Screen("77-roadmap-quarters", (_quarters,)),
    Screen("78-roadmap-overdue", (_table, _overdue)),
    Screen("79-roadmap-library", (_all, _library)),
    Screen("79-roadmap-many", (_many,)),
    Screen("79-roadmap-ties", (_choose, _ties)),
    Screen("79-roadmap-renew", (_renew,)),
)
