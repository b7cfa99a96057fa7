"""What may be loaded at the first paint of the window: Qt, the frame, nothing heavy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

START = """
import json, os, sys
from pathlib import Path
from app.ui.application import apply_theme, make_application
from app.ui.main_window import MainWindow
from app.ui.state import WindowState

def painted():
    from PySide6 import QtCore
    print(json.dumps({"modules": sorted(sys.modules), "qt": "Qt" in vars(QtCore)}))
    sys.stdout.flush()
    os._exit(0)

application = make_application(["opora"])
state = WindowState(Path(sys.argv[1]) / "window.ini")
apply_theme(state)
window = MainWindow(state)
window.painted.connect(painted)
window.show()
application.exec()
"""

ALLOWED = {
    "app",
    "app.errors",
    "app.paths",
    "app.ui",
    "app.ui.application",
    "app.ui.crash",
    "app.ui.main_window",
    "app.ui.page",
    "app.ui.prompts",
    "app.ui.shell",
    "app.ui.shell.top_bar",
    "app.ui.startup",
    "app.ui.state",
    "app.ui.theme",
    "app.ui.theme.colors",
    "app.ui.theme.current",
    "app.ui.theme.fonts",
    "app.ui.theme.metrics",
    "app.ui.theme.palette",
    "app.ui.theme.stylesheet",
}
QT = {"PySide6", "PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("state")
    done = subprocess.run(
        [sys.executable, "-c", START, str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded: dict[str, object] = json.loads(done.stdout)
    return loaded


def test_only_the_frame_of_ours_is_loaded(found: dict[str, object]) -> None:
    modules = found["modules"]
    assert isinstance(modules, list)
    assert {m for m in modules if m.split(".")[0] == "app"} <= ALLOWED
    assert "app.ui.main_window" in modules


def test_no_package_but_qt_is_loaded(found: dict[str, object]) -> None:
    modules = found["modules"]
    assert isinstance(modules, list)
    foreign = {
        name
        for name in modules
        if (spec := sys.modules.get(name)) is not None
        and "site-packages" in (getattr(spec, "__file__", None) or "")
        # Under ``python -m pytest`` that one is pytest here, and the script there.
        and name.split(".")[0] not in ("PySide6", "shiboken6", "_distutils_hack", "__main__")
    }
    assert foreign == set()
    for heavy in ("sqlalchemy", "pandas", "openpyxl", "reportlab", "docx", "alembic", "sqlite3"):
        assert heavy not in modules
    assert {m for m in modules if m.startswith("PySide6.Qt")} <= QT


def test_the_namespace_qt_is_not_made(found: dict[str, object]) -> None:
    """Its enums take as long to make as the window itself."""
    assert found["qt"] is False
