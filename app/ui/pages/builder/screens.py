"""Pictures of the page «Сборка программы» over the programme of the demo district."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from app.models.enums import ProgrammeKind
from app.services import programmes, settings
from app.services.programmes import Approval, ItemForm, ProgrammeForm, parts
from app.services.workspace import Workspace
from app.ui.dialogs.storing import changes_of
from app.ui.pages.builder import words
from app.ui.pages.builder.page import BuilderPage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.services.documents import OutlineBlock
    from app.ui.main_window import MainWindow

_TITLE = "Поддержка школ Лукоморского района"
_OFFICE = settings.OfficeDetails(
    full_name="Управление образования Лукоморского района",
    short_name="Управление образования",
    place="с. Лукоморье",
    head_post="Начальник",
    head_name="Былинная Василиса Микулишна",
)


def _page(window: MainWindow) -> BuilderPage:
    return cast(BuilderPage, window.pages[BuilderPage.key])


def _fill(window: MainWindow) -> None:
    """Enter an imaginary office and a programme with something in every part, once."""
    context = window.context
    if settings.office(context.workspace) is None:
        context.bus.publish(settings.save_office(context.workspace, _OFFICE))
    known = programmes.list_programmes(context.workspace)
    if all(row.title != _TITLE for row in known):
        context.bus.publish(changes_of(_entries(context.workspace)))


def _entries(workspace: Workspace) -> programmes.Saved:
    approval = Approval("приказом", "Управления образования", date(2025, 1, 20), "15")
    form = ProgrammeForm(ProgrammeKind.PROGRAMME, _TITLE, 2025, 2027, approval=approval)
    saved = programmes.save_programme(workspace, form)
    for part in parts().values():
        for number in (1, 2, 3):
            text = f"{part.entry.capitalize()} {number}: поддержка школ района"
            data = {
                field.name: field.choices[number % len(field.choices)]
                for field in part.fields
                if field.choices
            }
            programmes.save_item(workspace, saved.id, ItemForm(part.key, text, data))
    return saved


def _open(window: MainWindow) -> None:
    workspace = window.context.workspace
    own = next(row.id for row in programmes.list_programmes(workspace) if row.title == _TITLE)
    for action in window.menus.view.actions():
        if action.text() == BuilderPage.title:
            action.trigger()
    _page(window).programme_wanted.emit(own)


def _wait(_window: MainWindow) -> None:
    """The pages in sight are drawn by tasks of their own, which are waited for."""


def _check(window: MainWindow) -> None:
    page = _page(window)
    page.preview.draw_visible()
    page.checked_now.emit()


def _first(window: MainWindow, kind: str) -> OutlineBlock:
    page = _page(window)
    return next(block for block in words.flat(page.outline()) if block.kind == kind)


def _text(window: MainWindow) -> None:
    _page(window).choose_block(_first(window, "text").id)


def _part(window: MainWindow) -> None:
    _page(window).choose_block(_first(window, "part").id)


def _add(window: MainWindow) -> None:
    _page(window).add.click()


def _preset(window: MainWindow) -> None:
    _page(window).preset.click()


def _over(window: MainWindow) -> None:
    _page(window).close_button.click()


SCREENS = (
    Screen("45-builder", (_fill, _open, _wait, _part, _wait, _check, _wait)),
    Screen("45a-builder-text", (_text, _wait, _wait)),
    Screen("45b-builder-add", (_add,)),
    Screen("45c-builder-preset", (_preset, _over)),
)
