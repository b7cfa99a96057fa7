"""The second stage of the start: what a window needs, but not for its first paint."""

from __future__ import annotations

import logging

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.paths import resource
from app.ui import prompts
from app.ui.main_window import MainWindow
from app.ui.qt_door import QtDoor
from app.ui.shell.menus import Menus
from app.ui.shell.status import StatusBar
from app.ui.theme import icons, keeper
from app.ui.widgets.folded_completer import FoldedCompleter
from app.ui.window_actions import WindowActions

_log = logging.getLogger(__name__)


def finish(window: MainWindow) -> None:
    """Give the frame its menus and status bar, the application its language and its dialogs."""
    window.complete(Menus(window), StatusBar(window.tasks))
    WindowActions(window)
    window.top_bar.make_completer = FoldedCompleter
    icons.dress(window.top_bar.load, "load", on_accent=True)
    if not prompts.has_door():
        prompts.use_door(QtDoor())
    speak_russian()
    QApplication.styleHints().colorSchemeChanged.connect(keeper().follow_system)


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
