"""Zoom of the preview: fitted or in per cent, by wheel, keys and list, remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.services.documents import blocks, render_pdf
from app.ui.state import WindowState
from app.ui.tasks import Tasks
from app.ui.widgets.pdf_view import Fit, PdfView, page_sizes
from app.ui.widgets.zoom_bar import ZoomBar


class Pane(QWidget):
    """A preview under its bar, as pages show it."""

    def __init__(self, tasks: Tasks, state: WindowState) -> None:
        super().__init__()
        self.view = PdfView(tasks)
        self.bar = ZoomBar(self.view, state)
        column = QVBoxLayout(self)
        column.addWidget(self.bar)
        column.addWidget(self.view, 1)
        self.resize(900, 600)


@pytest.fixture
def tasks(look: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    assert made.stop()


@pytest.fixture
def state(tmp_path: Path) -> WindowState:
    return WindowState(tmp_path / "window.ini")


@pytest.fixture
def pane(tasks: Tasks, state: WindowState, qtbot: QtBot) -> Pane:
    lines = tuple(blocks.Paragraph((blocks.Run(f"Абзац {number}. " * 30),)) for number in range(40))
    content = blocks.Content("Бумага", "order", "2025", lines, blocks.Meta("УО", 2026))
    pdf = render_pdf(content)
    made = Pane(tasks, state)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.view.show_pdf(pdf, page_sizes(pdf))
    qtbot.waitUntil(made.view.is_drawn)
    return made


def wheel(view: PdfView, up: bool) -> None:
    event = QWheelEvent(
        QPointF(50, 50),
        QPointF(view.mapToGlobal(QPoint(50, 50))),
        QPoint(),
        QPoint(0, 120 if up else -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_pages_are_as_wide_as_the_room_or_stand_whole_in_it(pane: Pane, qtbot: QtBot) -> None:
    view = pane.view
    assert view.zoom is Fit.USUAL
    wide = view._labels[0].width()
    assert 0 < view.viewport().width() - wide < 60
    pane.resize(1500, 600)
    assert view._labels[0].width() == 900
    view.set_zoom(Fit.WIDTH)
    assert 0 < view.viewport().width() - view._labels[0].width() < 60
    view.set_zoom(Fit.PAGE)
    assert view._labels[0].height() <= view.viewport().height()
    assert view._labels[0].width() < wide
    qtbot.waitUntil(view.is_drawn)


def test_keys_wheel_and_list_change_the_size_and_the_place_of_reading_stays(
    pane: Pane, state: WindowState, qtbot: QtBot
) -> None:
    view, bar = pane.view, pane.bar
    bar.choice.setCurrentIndex(bar.choice.findData("100"))
    bar.choice.activated.emit(bar.choice.currentIndex())
    assert (view.zoom, view.percent()) == (100, 100)
    view.show_place(1, 0.5)
    QTest.keyClick(pane, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == 110
    page, top = view.place()
    assert (page, round(top, 2)) == (1, 0.5)
    wheel(view, up=True)
    assert (view.zoom, state.text("preview/zoom")) == (125, "125")
    assert bar.choice.currentText() == "125\N{NO-BREAK SPACE}%"
    QTest.keyClick(pane, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    wheel(view, up=False)
    assert view.zoom == 100
    for _ in range(20):
        wheel(view, up=True)
    assert view.zoom == 200
    assert view.horizontalScrollBar().maximum() > 0
    QTest.keyClick(pane, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert bar.choice.currentData() == "usual"
    assert view.horizontalScrollBar().maximum() == 0
    qtbot.waitUntil(view.is_drawn)


@pytest.mark.parametrize(("kept", "zoom"), [("page", Fit.PAGE), ("150", 150), ("7", Fit.USUAL)])
def test_the_size_is_remembered_and_a_strange_one_is_not_taken(
    tasks: Tasks, state: WindowState, qtbot: QtBot, kept: str, zoom: Fit | int
) -> None:
    state.put("preview/zoom", kept)
    made = Pane(tasks, state)
    qtbot.addWidget(made)
    assert made.view.zoom == zoom
    assert made.bar.choice.currentData() == str(zoom)
