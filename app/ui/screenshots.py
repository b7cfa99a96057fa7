"""Pictures of every tab and dialog, drawn without a display over a given database."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QEventLoop, QObject, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.errors import OutputError, UserError, reason
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.application import make_application
from app.ui.main_window import MainWindow
from app.ui.qt_door import message_box, question_box
from app.ui.screen import Screen
from app.ui.screen_list import SCREENS
from app.ui.startup import Startup
from app.ui.state import WindowState
from app.ui.theme import ThemeChoice, keeper

_LAYOUTS = 4
"""Turns of the event loop that a text opened inside a panel inside a scrolled page needs."""


class Options(Protocol):
    """Where and how large; sizes in pixels, ``theme`` is ``light`` or ``dark``."""

    @property
    def folder(self) -> Path:
        """Folder of the pictures."""

    @property
    def width(self) -> int:
        """Width of the window."""

    @property
    def height(self) -> int:
        """Height of the window."""

    @property
    def theme(self) -> str:
        """Which palette."""


class CameraDoor:
    """Takes a picture of each dialog instead of showing it, and declines it."""

    def __init__(self, window: MainWindow | None = None) -> None:
        self.taken: QImage | None = None
        self._window = window
        """Whose tasks a dialog may be filled by; None before there are any."""

    def _take(self, dialog: QDialog) -> bool:
        dialog.show()
        QApplication.processEvents()
        if self._window is not None:
            settle(self._window)
        self.taken = dialog.grab().toImage()
        dialog.close()
        return False

    def inform(self, parent: QWidget | None, title: str, text: str, details: str) -> None:
        self._take(message_box(parent, title, text, details))

    def report(self, parent: QWidget | None, error: UserError) -> None:
        self._take(message_box(parent, "Не получилось", error.message, error.hint, warning=True))

    def ask(self, parent: QWidget | None, question: prompts.Question) -> bool:
        return self._take(question_box(parent, question)[0])

    def ask_text(self, parent: QWidget | None, title: str, label: str, text: str) -> str | None:
        return None

    def open_files(self, parent: QWidget | None, title: str, filters: str) -> tuple[Path, ...]:
        return ()

    def open_folder(self, parent: QWidget | None, title: str) -> Path | None:
        return None

    def save_file(
        self, parent: QWidget | None, title: str, proposed: Path, filters: str
    ) -> Path | None:
        return None

    def run(self, dialog: QDialog) -> bool:
        return self._take(dialog)

    def reveal(self, path: Path) -> None:
        """Pictures open nothing."""


class _Bugs(QObject):
    """Ends the waiting when an exception escapes from a slot; Qt itself would go on for ever."""

    seen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first: BaseException | None = None

    def __call__(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        self.first = self.first or error
        self.seen.emit()

    def check(self) -> None:
        """Raise the first exception that escaped."""
        if self.first is not None:
            raise self.first


@contextmanager
def _bugs_raised() -> Iterator[_Bugs]:
    bugs, old = _Bugs(), sys.excepthook
    sys.excepthook = bugs
    try:
        yield bugs
    finally:
        sys.excepthook = old


def take(
    database: Path,
    open_workspace: Callable[[Path], AbstractContextManager[Workspace]],
    options: Options,
) -> tuple[Path, ...]:
    """Draw every screen over ``database`` and return the files, in order.

    Raises ``OutputError`` when a picture cannot be written, and whatever opening the data raises.
    """
    # No display is needed, and a running one must not be disturbed.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application(["opora"])
    keeper().choose(ThemeChoice(options.theme))
    with (
        tempfile.TemporaryDirectory(prefix="opora-") as folder,
        ExitStack() as opened,
        _bugs_raised() as bugs,
    ):
        window = MainWindow(WindowState(Path(folder) / "window.ini"))
        window.resize(options.width, options.height)

        def enter() -> Workspace:
            return opened.enter_context(open_workspace(database))

        old = prompts.use_door(CameraDoor())  # nobody is there to close a dialog
        startup = Startup(window, enter, database)
        window.show()
        try:
            _wait_until_open(startup, bugs)
            return tuple(_shoot(window, screen, options.folder, bugs) for screen in SCREENS)
        finally:
            prompts.use_door(old)
            startup.stop()
            window.hide()
            window.deleteLater()
            application.processEvents()


def settle(window: MainWindow) -> None:
    """Wait until no task waits or runs and everything has been laid out."""
    QApplication.processEvents()
    while window.tasks.open_tasks():
        loop = QEventLoop()
        window.tasks.changed.connect(loop.quit)
        loop.exec()
        QApplication.processEvents()
    for _ in range(_LAYOUTS):  # what was laid out may have asked for another layout
        QApplication.processEvents()


def _wait_until_open(startup: Startup, bugs: _Bugs) -> None:
    loop = QEventLoop()
    startup.ready.connect(loop.quit)
    startup.failed.connect(loop.quit)
    bugs.seen.connect(loop.quit)
    loop.exec()
    bugs.check()
    if startup.failure is not None:
        raise startup.failure


def _shoot(window: MainWindow, screen: Screen, folder: Path, bugs: _Bugs) -> Path:
    camera = CameraDoor(window)
    old = prompts.use_door(camera)
    settle(window)
    try:
        for step in screen.steps:
            step(window)
            settle(window)
            bugs.check()
    finally:
        prompts.use_door(old)
    image = camera.taken or _grab(window)
    for popup in _popups(window):
        popup.close()
    return _write(image, folder / f"{screen.name}.png")


def _grab(window: MainWindow) -> QImage:
    """Return the window with the popups that stand over it."""
    picture = window.grab()
    painter = QPainter(picture)
    for popup in _popups(window):
        painter.drawPixmap(window.mapFromGlobal(popup.pos()), popup.grab())
    painter.end()
    return picture.toImage()


def _popups(window: MainWindow) -> list[QWidget]:
    shown = QApplication.topLevelWidgets()
    return [widget for widget in shown if widget is not window and widget.isVisible()]


def _write(image: QImage, path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"Папку {path.parent} не удалось создать: {reason(error)}.", "Укажите другую папку."
        ) from error
    if not image.save(str(path)):
        raise OutputError(f"Картинку {path} не удалось записать.", "Укажите другую папку.")
    return path
