"""The second stage of the start: what a window needs, but not for its first paint."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.paths import resource
from app.ui import prompts
from app.ui.context import Context
from app.ui.first_list import FirstList
from app.ui.main_window import MainWindow
from app.ui.qt_door import QtDoor
from app.ui.shell.menus import Menus
from app.ui.shell.status import StatusBar
from app.ui.tasks import Tasks
from app.ui.theme import fonts, keeper
from app.ui.window_actions import WindowActions

_log = logging.getLogger(__name__)


def complete(window: MainWindow) -> None:
    """Give the frame its workers, menus and status bar."""
    context = Context(window, Tasks(), window.state)
    window.complete(context, Menus(window), StatusBar(context.tasks))
    WindowActions(window)


def finish(window: MainWindow, database: Path) -> FirstList:
    """Show the list of schools as far as it is at hand, then do the rest; return the list."""
    complete(window)
    first = FirstList(window, database)
    first.show()
    fonts.install_bold()
    if not prompts.has_door():
        prompts.use_door(QtDoor())
    speak_russian()
    QApplication.styleHints().colorSchemeChanged.connect(keeper().follow_system)
    return first


def speak_russian() -> None:
    """Give the application its icon, the locale and the Russian texts of Qt's own dialogs."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("there is no application to translate")
    application.setWindowIcon(QIcon(str(resource("icons", "opora.svg"))))
    QLocale.setDefault(QLocale(QLocale.Language.Russian, QLocale.Country.Russia))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_ru", folder):
        application.installTranslator(translator)
    else:
        _log.warning("the Russian texts of Qt are missing in %s", folder)
