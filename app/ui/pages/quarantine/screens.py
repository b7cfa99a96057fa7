"""Pictures of the page «Карантин»: the demo district has no bad rows, so some are shown as such."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from app.models.enums import QuarantineState
from app.services.importing import QuarantineLine
from app.ui.pages.quarantine.page import QuarantinePage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_MOMENT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
_LINES = tuple(
    QuarantineLine(
        id=number,
        file_id=1,
        batch_id=1,
        loaded_at=_MOMENT,
        path="ВПР 2025/6 класс МА - Статистика по отметкам.xlsx",
        sheet="Статистика",
        row=row,
        school=school,
        item="ВПР 2025, математика, 6 класс",
        reason=reason,
        state=state,
        note=note,
        closed_at=None if state is QuarantineState.WAITING else _MOMENT,
        can_retry=True,
    )
    for number, (row, school, reason, state, note) in enumerate(
        (
            (
                14,
                "МКОУ Малополянская ООШ",
                "«МКОУ Малополянская ООШ»: доли отметок в сумме 110 %, а должно быть 100 %.",
                QuarantineState.WAITING,
                "",
            ),
            (
                17,
                "МБОУ Основная школа с. Ясная Поляна",
                "Школа не определена: похожих школ две.",
                QuarantineState.WAITING,
                "",
            ),
            (
                21,
                "МКОУ Ёлкинская ООШ",
                "«МКОУ Ёлкинская ООШ»: не преодолели минимум 12 из 10 участников.",
                QuarantineState.DISMISSED,
                "Школа прислала новый отчёт.",
            ),
        ),
        start=1,
    )
)


def _open(window: MainWindow) -> None:
    action = next(a for a in window.menus.view.actions() if a.text() == QuarantinePage.title)
    action.trigger()


def _fill(window: MainWindow) -> None:
    page = cast(QuarantinePage, window.pages[QuarantinePage.key])
    page.show_lines(_LINES)
    window.top_bar.retitle_tab(QuarantinePage.key, "Карантин (2)")


def _empty(window: MainWindow) -> None:
    cast(QuarantinePage, window.pages[QuarantinePage.key]).show_lines(())
    window.top_bar.retitle_tab(QuarantinePage.key, QuarantinePage.title)


def _close(window: MainWindow) -> None:
    cast(QuarantinePage, window.pages[QuarantinePage.key]).close_button.click()


SCREENS = (
    Screen("36-quarantine", (_open, _fill)),
    Screen("37-quarantine-empty", (_open, _empty)),
    Screen("38-quarantine-left", (_open, _close)),
)
