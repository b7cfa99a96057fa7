"""Pictures of the page «Документы» and of the form of the requisites."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from app.ui.pages.documents.kind_forms import PaperForm
from app.ui.pages.documents.page import DocumentsPage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _page(window: MainWindow) -> DocumentsPage:
    return cast(DocumentsPage, window.pages[DocumentsPage.key])


def _show(window: MainWindow) -> None:
    window.show_page(DocumentsPage.key)


def _fill(window: MainWindow) -> None:
    form = _page(window).form
    form.number.setText("41")
    form.day.set_value(date(2025, 9, 5))
    form.risk_zone.setChecked(True)
    form.changed.emit()


def _draft(window: MainWindow) -> None:
    _page(window).draft_line.tell_kept(datetime(2025, 9, 4, 16, 40).astimezone())


def _no_draft(window: MainWindow) -> None:
    _page(window).draft_line.hide()


def _second_page(window: MainWindow) -> None:
    preview = _page(window).preview
    bar = preview.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    preview.draw_visible()


def _wait_for_picture(_window: MainWindow) -> None:
    """The pages in sight are drawn by a task of their own, which is waited for."""


def _curators(window: MainWindow) -> None:
    page = _page(window)
    page.kind.setCurrentIndex(page.kind.findData("order-curators"))


def _note(window: MainWindow) -> None:
    page = _page(window)
    page.kind.setCurrentIndex(page.kind.findData("analysis-note"))


def _office(window: MainWindow) -> None:
    _page(window).office.click()


def _programme(window: MainWindow) -> None:
    page = _page(window)
    page.kind.setCurrentIndex(page.kind.findData("programme"))


def _cards(window: MainWindow) -> None:
    _page(window).cards.click()


def _own_figure(window: MainWindow) -> None:
    form = cast(PaperForm, _page(window).current_form())
    form.word({"preamble": "В районе действуют 25 школ, из них 7 ШНОР"})


def _sentences(window: MainWindow) -> None:
    cast(PaperForm, _page(window).current_form()).wording.click()


def _ours_again(window: MainWindow) -> None:
    cast(PaperForm, _page(window).current_form()).word({})


def _amending(window: MainWindow) -> None:
    page = _page(window)
    page.kind.setCurrentIndex(page.kind.findData("order-amend"))


SCREENS = (
    Screen("40-documents", (_show, _fill, _wait_for_picture)),
    Screen("40a-documents-draft", (_draft, _wait_for_picture)),
    Screen("41-documents-list", (_no_draft, _second_page, _wait_for_picture)),
    Screen("42-office", (_office,)),
    Screen("43-documents-kind", (_curators, _wait_for_picture, _wait_for_picture)),
    Screen("44-documents-note", (_note, _wait_for_picture)),
    Screen("44a-cards", (_cards, _wait_for_picture)),
    Screen("44c-documents-check", (_curators, _own_figure, _wait_for_picture, _wait_for_picture)),
    Screen("44d-documents-sentences", (_sentences, _ours_again)),
    Screen("44b-documents-programme", (_programme, _wait_for_picture)),
    Screen("44e-documents-amending", (_amending, _wait_for_picture)),
)
