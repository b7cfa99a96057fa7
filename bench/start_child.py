"""One start of a window in a process of its own; prints the moment of its event.

``python bench/start_child.py KIND DATABASE``: ``bare``, ``painted``, ``filled``, ``first-filled``,
or ``prepare`` and ``keep``, which only make things ready.  Nothing is imported that a real start
would not import: both sides would pay for it, and the difference would look smaller.
"""

from __future__ import annotations

import os
import sys
import time


def over() -> None:
    """Tell the parent the moment on the clock that all processes share, and leave at once."""
    sys.stdout.write(f"{time.monotonic()}\n")
    sys.stdout.flush()
    os._exit(0)


def bare() -> None:
    """Paint an empty main window of the same size with nothing but Qt."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: object) -> None:  # noqa: N802
            QTimer.singleShot(0, over)

    application = QApplication(["bare"])
    window = Window()
    window.resize(1280, 700)
    window.show()
    application.exec()


class Ours:
    """Our window, started exactly as ``application.run`` starts it."""

    def __init__(self, name: str) -> None:
        from pathlib import Path

        from app.paths import data_dir
        from app.ui.application import STATE_FILE, apply_theme, make_application
        from app.ui.main_window import MainWindow
        from app.ui.startup import Startup
        from app.ui.state import WindowState

        self.application = make_application(["opora"])
        state = WindowState(data_dir() / STATE_FILE)
        apply_theme(state)
        self.window = MainWindow(state)
        self.database = Path(name)
        self.startup = Startup(self.window, self.open, self.database)

    def open(self) -> object:
        """Open the data in the worker."""
        from app.bootstrap import open_workspace

        self._opened = open_workspace(self.database)
        return self._opened.__enter__()

    def show(self) -> None:
        """Run until somebody ends it."""
        self.window.show()
        self.application.exec()


def watch_table() -> None:
    """End at the first paint of a table that has rows; loaded after the paint of the window."""
    from PySide6.QtCore import QTimer

    from app.ui.widgets.table_view import TableView

    paint = TableView.paintEvent

    def painted(table: TableView, event: object) -> None:
        paint(table, event)
        if table.model().rowCount():
            QTimer.singleShot(0, over)

    TableView.paintEvent = painted


def filled(name: str) -> None:
    """End when the first table has been painted with rows."""
    ours = Ours(name)
    ours.window.painted.disconnect(ours.startup._on_painted)
    ours.window.painted.connect(watch_table)
    ours.window.painted.connect(ours.startup._on_painted)
    ours.show()


def painted(name: str) -> None:
    """End when our window has been painted."""
    ours = Ours(name)
    ours.window.painted.disconnect(ours.startup._on_painted)
    ours.window.painted.connect(over)
    ours.show()


def prepare(name: str) -> None:
    """Fill the database with the bundled district."""
    from pathlib import Path

    from app.bootstrap import open_workspace
    from app.cli.demo_district import fill

    with open_workspace(Path(name)) as workspace:
        fill(workspace)


def keep(name: str) -> None:
    """Start the window once, so that it keeps its list for the next start."""
    from app.ui.screenshots import settle

    ours = Ours(name)
    ours.startup.ready.connect(ours.application.quit)
    ours.show()
    settle(ours.window)
    ours.startup.stop()


KINDS = {
    "painted": painted,
    "filled": filled,
    "first-filled": filled,
    "prepare": prepare,
    "keep": keep,
}

if __name__ == "__main__":
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if sys.argv[1] == "bare":
        bare()
    else:
        KINDS[sys.argv[1]](sys.argv[2])
