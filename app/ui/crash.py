"""What the person sees when a bug of ours escapes: what happened, that nothing is lost, the log."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import UserError
from app.paths import log_dir
from app.ui import prompts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_log = logging.getLogger(__name__)

_TEXT = (
    "В программе произошла ошибка. Всё, что было введено и загружено раньше, сохранено; "
    "последнее действие не выполнено."
)


class CrashHook(QObject):
    """Logs every escaped exception and tells the person of it, one dialog at a time."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._showing = False

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, UserError):
            self._in_window(error)
            return
        _log.critical("escaped", exc_info=(kind, error, trace))
        self.show(error)

    def show(self, error: BaseException) -> None:
        """Tell of a bug that is in the log already."""
        if self._showing or not _in_gui_thread():
            return
        self._showing = True
        try:
            wants_log = prompts.ask(self._window, _question(error))
        finally:
            self._showing = False
        if wants_log:
            prompts.reveal(log_dir())

    def _in_window(self, error: UserError) -> None:
        if _in_gui_thread():
            prompts.report(self._window, error)


def install(window: QWidget) -> CrashHook:
    """Put the hook in force for the process and return it."""
    hook = CrashHook(window)
    sys.excepthook = hook
    return hook


def _question(error: BaseException) -> prompts.Question:
    return prompts.Question(
        title="Ошибка программы",
        text=_TEXT,
        accept="Открыть папку журнала",
        refuse="Продолжить работу",
        details=(
            f"Подробности записаны в журнал: {log_dir() / 'opora.log'}. "
            f"Передайте этот файл разработчикам, данных школ в нём нет. "
            f"Вид ошибки: {type(error).__name__}."
        ),
        dangerous=True,
    )


def _in_gui_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
