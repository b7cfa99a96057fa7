"""The application: style, font, theme; and ``run``, which ``bootstrap`` calls.

What need not stand at the first paint comes later, in ``after_paint``.  The namespace ``Qt`` and
its enums take as long to make as the window itself: modules loaded before the first paint reach it
only through ``QtCore`` and in functions called later.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QApplication

from app.errors import UserError
from app.paths import data_dir, default_database
from app.ui import crash
from app.ui.main_window import TITLE, MainWindow
from app.ui.startup import Startup
from app.ui.state import WindowState
from app.ui.theme import ThemeChoice, fonts, keeper

if TYPE_CHECKING:
    # The class needs SQLAlchemy, which must not be imported before the first paint.
    from app.services.workspace import Workspace

STATE_FILE = "window.ini"


def make_application(argv: Sequence[str] | None = None) -> QApplication:
    """Return the application of the process, ready to show its first window."""
    existing = QApplication.instance()
    # As an argument: setStyle() would make the class QStyle with all its enums, 10 ms.
    words = [*(argv or sys.argv), "-style", "fusion"]
    application = existing if isinstance(existing, QApplication) else QApplication(words)
    application.setApplicationName(TITLE)
    fonts.install(application)
    return application


class Ended(NamedTuple):
    """How the window ended: its exit code, and the backup that is to take the data's place."""

    code: int
    restore_from: Path | None = None


def run(
    open_workspace: Callable[[], Workspace],
    argv: Sequence[str] | None = None,
    database: Path | None = None,
    told: str | UserError = "",
) -> Ended:
    """Show the window and tell how it has ended.

    ``open_workspace`` is called in the database worker after the first paint; a ``UserError`` that
    it raises is shown and ends the program with code 2, unless the file is damaged and the person
    chose a backup to take its place.  ``database`` is the file that it opens, by default the user's
    own.  ``told`` is said once the pages stand: what was done, or failed, since the window before
    this one.
    """
    application = make_application(argv)
    state = WindowState(data_dir() / STATE_FILE)
    apply_theme(state)
    window = MainWindow(state)
    startup = Startup(window, open_workspace, database or default_database(), crash.install(window))
    startup.ready.connect(startup.greet)
    startup.tell_when_ready(told)
    startup.failed.connect(application.quit)
    window.show()
    code = application.exec()
    startup.stop()
    window.deleteLater()
    return Ended(startup.exit_code or code, window.restore_from)


def apply_theme(state: WindowState) -> None:
    """Put the remembered theme in force."""
    stored = state.text("window/theme", ThemeChoice.SYSTEM.value)
    known = stored in {choice.value for choice in ThemeChoice}
    keeper().choose(ThemeChoice(stored) if known else ThemeChoice.SYSTEM)
