"""The frame: tabs, menus, shortcuts in both layouts, dropping files, closing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.services.progress import Progress
from app.ui.main_window import MainWindow
from app.ui.page import Page
from app.ui.state import WindowState
from app.ui.theme import ThemeChoice, keeper
from tests.ui.conftest import ScriptedDoor

CTRL = Qt.KeyboardModifier.ControlModifier


class Sheet(Page):
    """A page with a field, to stand behind a tab."""

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self.key = key
        self.title = title
        self.entered = 0
        self.saved = 0
        self.field = QLineEdit(self)

    def enter(self) -> None:
        self.entered += 1

    def save_state(self) -> None:
        self.saved += 1


@pytest.fixture
def pages(window: MainWindow) -> dict[str, Sheet]:
    made = {
        "today": Sheet("today", "Сегодня"),
        "schools": Sheet("schools", "Школы"),
        "results": Sheet("results", "Результаты"),
        "documents": Sheet("documents", "Документы"),
    }
    for page in made.values():
        window.add_page(page)
    window.show()
    return made


def tabs(window: MainWindow) -> list[str]:
    bar = window.top_bar.tabs
    return [bar.tabText(number) for number in range(bar.count())]


def test_tabs_stand_before_their_pages_do(window: MainWindow) -> None:
    assert tabs(window)[:3] == ["Сегодня", "Школы", "Результаты"]
    assert window.current_page() is None
    assert "Открываю" in window.waiting.text()


def test_a_page_is_made_once_behind_its_tab_and_entered_once(window: MainWindow) -> None:
    made: list[Sheet] = []

    def make() -> None:
        made.append(Sheet("roadmap", "Дорожная карта"))
        window.put_page(made[-1])

    window.offer_page("roadmap", "Дорожная карта", make)
    assert tabs(window)[-1] == "Дорожная карта"
    assert (made, window.pages.made(), "roadmap" in window.pages) == ([], (), True)
    window.close()  # what nobody asked for is not made to be saved
    assert not made
    for _ in range(2):
        window.top_bar.tab_chosen.emit("roadmap")
    (page,) = made
    assert window.current_page() is page
    assert window.pages["roadmap"] is page
    assert page.entered == 2
    window.close()
    assert page.saved == 1


def test_a_tab_chosen_before_the_data_are_open_shows_its_page_then(window: MainWindow) -> None:
    window.show_page("results")
    assert window.current_page() is None
    page = Sheet("results", "Результаты")
    window.offer_page(page.key, page.title, lambda: window.put_page(page))
    assert window.current_page() is page
    assert page.entered == 1


def test_a_fault_in_the_making_of_a_page_is_no_missing_page(window: MainWindow) -> None:
    def broken() -> None:
        raise KeyError("значок")

    window.offer_page("roadmap", "Дорожная карта", broken)
    with pytest.raises(KeyError, match="значок"):
        window.show_page("roadmap")
    with pytest.raises(KeyError, match="значок"):
        window.pages.get("roadmap")
    assert window.pages.get("нет такой") is None


def test_the_page_of_the_chosen_tab_comes_to_the_front(
    window: MainWindow, pages: dict[str, Sheet]
) -> None:
    assert window.current_page() is pages["today"]
    window.top_bar.tabs.setCurrentIndex(2)
    assert window.current_page() is pages["results"]
    assert pages["results"].entered == 1


@pytest.mark.parametrize(("number", "key"), [(1, "today"), (2, "schools"), (4, "documents")])
def test_ctrl_and_a_number_choose_a_page(
    window: MainWindow, pages: dict[str, Sheet], qtbot: QtBot, number: int, key: str
) -> None:
    window.show_page("schools" if key != "schools" else "results")
    qtbot.keyClick(window, Qt.Key(ord(str(number))), CTRL)
    assert window.current_page() is pages[key]
    assert window.top_bar.chosen_tab() == key


def press(widget: QWidget, key: int, modifiers: Qt.KeyboardModifier) -> None:
    """Send a key as it arrives when no shortcut of Qt has taken it; QTest knows Latin ones only."""
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def test_the_search_opens_in_both_layouts(
    window: MainWindow, pages: dict[str, Sheet], qtbot: QtBot
) -> None:
    window.top_bar.set_ready(True)
    field = pages["schools"].field
    field.setFocus()
    press(field, ord("Л"), CTRL)
    assert window.top_bar.search.hasFocus()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_K, CTRL)
    assert window.top_bar.search.hasFocus()


def test_every_letter_shortcut_of_the_menus_has_its_place_in_the_russian_layout(
    window: MainWindow,
) -> None:
    latin = "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,."
    letters = {
        action.shortcut().toString().split("+")[-1]
        for action in window.actions()
        if "Ctrl" in action.shortcut().toString()
    }
    assert {"O", "Z", "Q", "K"} <= letters
    assert {letter for letter in letters if letter.isalpha()} <= set(latin)


def test_plain_russian_typing_triggers_nothing(window: MainWindow, pages: dict[str, Sheet]) -> None:
    window.top_bar.set_ready(True)
    press(window, ord("Л"), Qt.KeyboardModifier.NoModifier)
    assert not window.top_bar.search.hasFocus()


def test_typing_is_taken_back_in_its_field_in_the_russian_layout(
    window: MainWindow, pages: dict[str, Sheet]
) -> None:
    undone: list[bool] = []
    window.menus.undo.setEnabled(True)
    window.menus.undo.triggered.connect(lambda: undone.append(True))
    field = pages["schools"].field
    window.show_page("schools")
    field.setFocus()
    field.insert("12")
    press(field, ord("Я"), CTRL)
    assert (field.text(), undone) == ("", [])
    press(field, ord("Н"), CTRL)
    assert (field.text(), undone) == ("12", [])
    field.setReadOnly(True)
    press(field, ord("Я"), CTRL)
    assert (field.text(), undone) == ("12", [True])


def test_the_shortcuts_are_all_different(window: MainWindow) -> None:
    keys = [a.shortcut() for a in window.actions() if a.shortcut() != QKeySequence()]
    assert len(keys) == len({key.toString() for key in keys})


def drop(window: MainWindow, urls: list[QUrl]) -> QDropEvent:
    data = QMimeData()
    data.setUrls(urls)
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    return event


def test_a_dropped_folder_is_brought_in(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.context.import_wanted) as wanted:
        drop(window, [QUrl.fromLocalFile(str(tmp_path))])
    assert wanted.args == [(tmp_path,)]


def test_a_dropped_link_is_not(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.context.import_wanted):
        drop(window, [QUrl("https://example.org/a.xlsx")])


def test_the_menu_asks_for_a_folder(
    window: MainWindow, door: ScriptedDoor, qtbot: QtBot, tmp_path: Path
) -> None:
    door.expect("open_folder", tmp_path)
    with qtbot.waitSignal(window.context.import_wanted) as wanted:
        window.menus.open_folder.trigger()
    assert wanted.args == [(tmp_path,)]


def test_a_changed_mind_brings_in_nothing(
    window: MainWindow, door: ScriptedDoor, qtbot: QtBot
) -> None:
    door.expect("open_files", ())
    with qtbot.assertNotEmitted(window.context.import_wanted):
        window.menus.open_files.trigger()


def test_the_theme_is_remembered(window: MainWindow, state: WindowState) -> None:
    dark = next(a for a in window.menus.themes.actions() if a.text() == "Тёмная")
    dark.trigger()
    assert keeper().theme.dark
    assert state.text("window/theme") == ThemeChoice.DARK.value
    keeper().choose(ThemeChoice.LIGHT)


def test_closing_remembers_sizes_and_tells_the_pages(
    window: MainWindow, pages: dict[str, Sheet], state: WindowState
) -> None:
    window.resize(700, 500)
    assert window.close()
    assert all(page.saved == 1 for page in pages.values())
    again = MainWindow(state)
    assert again.height() == 500
    again.deleteLater()


def long_work(gate: threading.Event, progress: Progress) -> None:
    assert gate.wait(10)
    progress.check()


def test_closing_asks_before_it_interrupts(
    window: MainWindow,
    door: ScriptedDoor,
    settled: Callable[[MainWindow], None],
) -> None:
    gate = threading.Event()
    window.tasks.files.call_long("Загрузка файлов", long_work, gate)
    door.expect("ask", False)
    assert not window.close()
    assert "Загрузка файлов" in door.texts("ask")[0]
    door.expect("ask", True)
    assert window.close()
    gate.set()
    settled(window)


def test_the_status_bar_shows_the_work_and_cancels_it(
    window: MainWindow, qtbot: QtBot, settled: Callable[[MainWindow], None]
) -> None:
    window.show()
    gate = threading.Event()
    task = window.tasks.files.call_long("Загрузка файлов", long_work, gate)
    assert not window.status.cancel.isVisible()
    qtbot.waitUntil(window.status.cancel.isVisible)
    assert window.status.task.text() == "Загрузка файлов"
    window.status.cancel.click()
    with qtbot.waitSignal(task.cancelled):
        gate.set()
    settled(window)
    assert not window.status.cancel.isVisible()


def test_progress_is_shown_with_its_text(
    window: MainWindow, qtbot: QtBot, settled: Callable[[MainWindow], None]
) -> None:
    gate = threading.Event()

    def work(progress: Progress) -> None:
        progress.report(3, 44, "Читаю файл 3 из 44")
        assert gate.wait(10)

    window.show()
    task = window.tasks.files.call_long("Загрузка", work)
    with qtbot.waitSignal(task.progressed):
        pass
    assert window.status.task.text() == "Читаю файл 3 из 44"
    assert (window.status.progress.value(), window.status.progress.maximum()) == (3, 44)
    gate.set()
    settled(window)


def test_an_extra_page_has_its_tab_only_while_it_is_open(
    window: MainWindow, pages: dict[str, Sheet]
) -> None:
    extra = Sheet("importing", "Загрузка файлов")
    window.open_extra(extra)
    assert tabs(window)[-1] == "Загрузка файлов"
    assert window.current_page() is extra
    window.close_extra(extra, "results")
    assert "Загрузка файлов" not in tabs(window)
    assert window.current_page() is pages["results"]


def test_the_search_field_finds_schools(window: MainWindow, qtbot: QtBot) -> None:
    window.top_bar.offer_schools([("СОШ № 1, Ёлкино", 7), ("СОШ № 1, Ёлкино", 8), ("Лицей", 9)])
    window.top_bar.search.setText("елк")
    with qtbot.waitSignal(window.context.school_wanted) as wanted:
        window.top_bar.search.returnPressed.emit()
    assert wanted.args == [7]
    assert window.top_bar.search.text() == ""
    window.top_bar.search.setText("нет такой")
    with qtbot.assertNotEmitted(window.context.school_wanted):
        window.top_bar.search.returnPressed.emit()
    assert "«нет такой»" in window.status.currentMessage()


def test_escape_leaves_the_search_for_the_page(
    window: MainWindow, pages: dict[str, Sheet], qtbot: QtBot
) -> None:
    window.show_page("schools")
    window.activateWindow()
    search = window.top_bar.search
    search.setEnabled(True)
    search.setFocus()
    search.setText("лиц")
    entered: list[bool] = []
    pages["schools"].enter = lambda: entered.append(True)  # type: ignore[method-assign]
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), entered) == ("", [True])


def test_the_tenth_page_has_the_key_after_the_nine(window: MainWindow) -> None:
    made = [window.menus.add_page(f"page{n}", f"Раздел {n}") for n in range(4, 12)]
    keys = [action.shortcut().toString() for action in made]
    assert keys == ["Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7", "Ctrl+8", "Ctrl+9", "Ctrl+0", ""]


def test_the_search_proposes_whatever_the_letters_are(window: MainWindow, qtbot: QtBot) -> None:
    window.top_bar.offer_schools([("СОШ № 1, Ёлкино", 7), ("Лицей", 9)])
    completer = window.top_bar.search.completer()
    for typed in ("елк", "ЁЛК", " сош"):
        completer.setCompletionPrefix(completer.splitPath(typed)[0])
        assert completer.currentCompletion() == "СОШ № 1, Ёлкино", typed
    with qtbot.waitSignal(window.context.school_wanted) as wanted:
        completer.activated.emit(completer.currentCompletion())
    assert wanted.args == [7]


def test_years_are_chosen_for_all_pages(window: MainWindow, qtbot: QtBot) -> None:
    window.top_bar.offer_years((2025, 2024), 2025)
    window.context.set_year(2025)
    with qtbot.waitSignal(window.context.year_changed):
        window.top_bar.year.setCurrentIndex(1)
        window.top_bar.year.activated.emit(1)
    assert window.context.year == 2024


def test_no_years_say_so(window: MainWindow) -> None:
    window.top_bar.offer_years((), None)
    assert window.top_bar.year.currentText() == "нет данных"
