"""What the menus of the frame do without data, and how the window closes while work runs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut

from app.errors import UserError
from app.ui import prompts
from app.ui.main_window import MainWindow
from app.ui.theme import ThemeChoice, keeper

_TABLES = "Таблицы (*.xlsx *.xlsm *.xls *.csv *.ods);;Все файлы (*)"


class WindowActions(QObject):
    """Made with the second half of the frame; lives as long as the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._connect()

    def _connect(self) -> None:
        window, menus = self._window, self._window.menus
        menus.show_theme(keeper().choice)
        menus.search.triggered.connect(self._on_search)
        leave = QShortcut(QKeySequence("Esc"), window.top_bar.search)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._on_leave_search)
        window.top_bar.school_unknown.connect(self._on_unknown_school)
        menus.quit.triggered.connect(window.close)
        menus.themes.triggered.connect(self._on_theme)
        menus.open_folder.triggered.connect(self._on_open_folder)
        menus.open_files.triggered.connect(self._on_open_files)
        for runner in (window.tasks.database, window.tasks.files):
            runner.user_error.connect(self._on_user_error)
        window.may_close.append(self._may_interrupt)

    def _on_leave_search(self) -> None:
        self._window.top_bar.search.clear()
        page = self._window.current_page()
        if page is not None:
            page.enter()

    def _on_search(self) -> None:
        field = self._window.top_bar.search
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _on_unknown_school(self, text: str) -> None:
        self._window.status.say(f"Школы с «{text}» в названии нет: проверьте, как оно написано.")

    def _on_theme(self, action: QAction) -> None:
        choice = ThemeChoice(action.data())
        keeper().choose(choice)
        self._window.state.put("window/theme", choice.value)

    def _on_open_folder(self) -> None:
        folder = prompts.open_folder(self._window, "Папка с таблицами")
        if folder is not None:
            self._window.context.import_wanted.emit((folder,))

    def _on_open_files(self) -> None:
        files = prompts.open_files(self._window, "Файлы для загрузки", _TABLES)
        if files:
            self._window.context.import_wanted.emit(files)

    def _on_user_error(self, error: UserError) -> None:
        prompts.report(self._window, error)

    def _may_interrupt(self) -> bool:
        running = [task.title for task in self._window.tasks.open_tasks() if task.long]
        if not running:
            return True
        question = prompts.Question(
            title="Работа не закончена",
            text=f"Ещё не закончено: {', '.join(running)}.",
            accept="Прервать и закрыть",
            refuse="Продолжить работу",
            details="Прерванное не сохранится даже частично; остальные данные в порядке.",
            dangerous=True,
        )
        return prompts.ask(self._window, question)
