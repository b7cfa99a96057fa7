"""Pictures of the page «Программа» and of its dialogs, over an imaginary programme."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from app.models.enums import ProgrammeKind
from app.services import cycle, programmes
from app.services.programmes import Approval, ItemForm, ProgrammeForm
from app.services.workspace import Workspace
from app.ui.dialogs.storing import changes_of
from app.ui.pages.programmes.page import CHECKS, MONITORING, PARTS, ProgrammesPage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_TITLE = "Программа поддержки школ Лукоморского района на 2025-2027 годы"


def _page(window: MainWindow) -> ProgrammesPage:
    return cast(ProgrammesPage, window.pages[ProgrammesPage.key])


def _fill(window: MainWindow) -> None:
    """Enter an imaginary programme, once."""
    context = window.context
    known = programmes.list_programmes(context.workspace)
    if all(row.title != _TITLE for row in known):
        context.bus.publish(changes_of(_entries(context.workspace)))


def _entries(workspace: Workspace) -> programmes.Saved:
    approval = Approval("приказом", "Управления образования", date(2025, 1, 20), "15")
    form = ProgrammeForm(ProgrammeKind.PROGRAMME, _TITLE, 2025, 2027, "Поддержка школ", None,
                         approval)  # fmt: skip
    saved = programmes.save_programme(workspace, form)
    for key, listed in (
        ("legal_basis", ("Закон от 29.12.2012 № 273-ФЗ", "Приказ от 03.02.2025 № 40", "Письмо")),
        ("goal", ("Повысить результаты школ", "Удержать достигнутое")),
        ("stage", ("Подготовительный\tI квартал 2025\tСобрать данные",
                   "Основной\t2025-2026\tВыполнить план")),
        ("funding", ("Курсы для учителей\t400 т.р.\t\tместный бюджет\t2025",
                     "Оборудование\t6 млн руб.\t\tобластной бюджет\t2026",
                     "Поездки\tпо смете\t\tместный бюджет\t2026")),
    ):  # fmt: skip
        programmes.add_items(workspace, saved.id, key, listed)
    outer = programmes.save_item(workspace, saved.id, ItemForm("problem", "Низкие результаты"))
    programmes.add_items(workspace, saved.id, "problem", ("пробелы", "пропуски"), outer.id)
    cycle.paste_monitoring(
        workspace, saved.id,
        [["Результаты", "Динамика", "Доля «2»", "ВПР, ОГЭ", "ФИС ОКО"], ["", "Условия", "Кадры"]],
    )  # fmt: skip
    return saved


def _show(window: MainWindow) -> None:
    window.show_page(ProgrammesPage.key)
    _page(window).views.choose(PARTS)


def _part(window: MainWindow) -> None:
    page = _page(window)
    page.parts.setCurrentRow(14)
    page.items.table.selectRow(0)


def _item(window: MainWindow) -> None:
    _page(window).items.opened.emit(_page(window).items.current())


def _paste(window: MainWindow) -> None:
    _page(window).paste.click()


def _edit(window: MainWindow) -> None:
    _page(window).edit.trigger()


def _copy(window: MainWindow) -> None:
    _page(window).copy.trigger()


def _monitoring(window: MainWindow) -> None:
    _show(window)
    _page(window).views.choose(MONITORING)


def _checks(window: MainWindow) -> None:
    _show(window)
    _page(window).views.choose(CHECKS)


SCREENS = (
    Screen("99-programme", (_fill, _show, _part)),
    Screen("99a-programme-entry", (_show, _part, _item)),
    Screen("99b-programme-paste", (_show, _part, _paste)),
    Screen("99c-programme-edit", (_show, _edit)),
    Screen("99d-programme-copy", (_show, _copy)),
    Screen("99e-programme-monitoring", (_monitoring,)),
    Screen("99f-programme-checks", (_checks,)),
)
