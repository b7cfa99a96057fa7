"""Fixtures of the window: a door that no unexpected dialog gets through, theme, state."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.services.workspace import Workspace
from app.ui import after_paint, prompts
from app.ui.context import Context
from app.ui.main_window import MainWindow
from app.ui.screenshots import settle
from app.ui.startup import Startup
from app.ui.state import WindowState
from app.ui.tasks import Tasks
from app.ui.theme import ThemeChoice, fonts, keeper
from tests.fillings import Fillings
from tests.ui.district import District, fill

PATIENCE = 60_000
"""Milliseconds that anything may take: a busy machine is no fault, a thing that hangs is."""


class PatientBot(QtBot):
    """The robot of pytest-qt with our patience in place of its five seconds."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:  # noqa: N802
        """Wait until the callback returns True or None without a failed assertion."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, **options: Any) -> Any:  # noqa: N802
        """Return a context manager that waits for the signal."""
        return super().waitSignal(signal, **{"timeout": PATIENCE, **options})


class ScriptedDoor:
    """Answers the dialogs that a test expects, in order; any other one fails the test."""

    def __init__(self) -> None:
        self.expected: list[tuple[str, Any]] = []
        self.seen: list[tuple[str, str]] = []
        self.unexpected: list[str] = []

    def expect(self, kind: str, answer: Any = None) -> None:
        """Expect a dialog; ``kind`` is the name of the function of ``prompts``.

        For ``run`` the answer is a function that is given the dialog and returns the answer.
        """
        self.expected.append((kind, answer))

    def texts(self, kind: str) -> list[str]:
        """Return what the dialogs of that kind said."""
        return [text for seen, text in self.seen if seen == kind]

    def _answer(self, kind: str, text: str, refused: Any) -> Any:
        self.seen.append((kind, text))
        if self.expected and self.expected[0][0] == kind:
            return self.expected.pop(0)[1]
        self.unexpected.append(f"{kind}: {text}")
        return refused

    def inform(self, parent: QWidget | None, title: str, text: str, details: str) -> None:
        self._answer("inform", f"{title}: {text} {details}".strip(), None)

    def report(self, parent: QWidget | None, error: UserError) -> None:
        self._answer("report", str(error), None)

    def ask(self, parent: QWidget | None, question: prompts.Question) -> bool:
        return bool(self._answer("ask", question.text, False))

    def ask_text(self, parent: QWidget | None, title: str, label: str, text: str) -> str | None:
        return self._answer("ask_text", label, None)

    def open_files(self, parent: QWidget | None, title: str, filters: str) -> tuple[Path, ...]:
        return self._answer("open_files", title, ())

    def open_folder(self, parent: QWidget | None, title: str) -> Path | None:
        return self._answer("open_folder", title, None)

    def save_file(
        self, parent: QWidget | None, title: str, proposed: Path, filters: str
    ) -> Path | None:
        return self._answer("save_file", title, None)

    def run(self, dialog: QDialog) -> bool:
        answer = self._answer("run", dialog.windowTitle(), None)
        return bool(answer(dialog)) if callable(answer) else bool(answer)

    def reveal(self, path: Path) -> None:
        self._answer("reveal", str(path), None)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return the robot that waits as long as a busy machine needs."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def door() -> Iterator[ScriptedDoor]:
    """Put the scripted door in place; fails on dialogs unexpected or expected in vain."""
    scripted = ScriptedDoor()
    old = prompts.use_door(scripted)
    yield scripted
    prompts.use_door(old)
    assert not scripted.unexpected, f"unexpected dialogs: {scripted.unexpected}"
    assert not scripted.expected, f"expected dialogs did not open: {scripted.expected}"


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Delete what the test closed: each widget that stays is styled again with every theme.

    Qt itself deletes later than now only inside an event loop, and between tests there is none.
    Widgets that only a circle of Python's holds go with the garbage, before the next test sees
    them.
    """
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """Return the application with our font and style, put on once."""
    qapp.setStyle("Fusion")
    fonts.install(qapp)
    return qapp


@pytest.fixture
def look(dressed: QApplication) -> QApplication:
    """Return the application in the light theme with our font and style."""
    if not dressed.styleSheet() or keeper().choice is not ThemeChoice.LIGHT:
        keeper().choose(ThemeChoice.LIGHT)
    return dressed


@pytest.fixture
def state(tmp_path: Path) -> WindowState:
    """Return an empty remembered state."""
    return WindowState(tmp_path / "window.ini")


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """Return two running workers; they end with the test."""
    made = Tasks()
    yield made
    assert made.stop()


@pytest.fixture
def district(workspace: Workspace, fillings: Fillings) -> District:
    """Fill the database of this test with three schools."""
    return fillings.fill(workspace, fill)


@pytest.fixture
def window(look: QApplication, state: WindowState, qtbot: QtBot) -> Iterator[MainWindow]:
    """Return a whole window without data; its workers end with the test."""
    made = MainWindow(state)
    made.take_context(Context(made, Tasks(), state))
    after_paint.finish(made)
    qtbot.addWidget(made)
    yield made
    assert made.tasks.stop()


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[MainWindow], None]:
    """Return a function that waits until no task of the window waits or runs."""

    def wait(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: not window.tasks.open_tasks())

    return wait


@pytest.fixture
def started(
    look: QApplication, state: WindowState, workspace: Workspace, qtbot: QtBot
) -> Iterator[Startup]:
    """Return the start of a window over ``workspace``; its pages are made when asked for."""
    startup = start(workspace, state, qtbot)
    settle(startup._window)
    yield startup
    assert startup._window.tasks.stop()


@pytest.fixture
def whole(district: District, started: Startup) -> MainWindow:
    """Return the window over three schools with all its pages made and read."""
    window = started._window
    asked = [window.pages[key] for key in window.pages]
    assert len(asked) == 11
    settle(window)
    return window


def start(workspace: Workspace, state: WindowState, qtbot: QtBot) -> Startup:
    """Show a window over ``workspace`` and wait until it is ready, as the program does."""
    window = MainWindow(state)
    qtbot.addWidget(window)
    startup = Startup(window, lambda: workspace, workspace.database.path)
    with qtbot.waitSignal(startup.ready):
        window.resize(1200, 800)
        window.show()
    return startup
