"""Every screen can be drawn without a display, in both themes, and says nothing in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.errors import DatabaseBusy, OutputError, ResourceError, UserError
from app.services.workspace import Workspace
from app.ui.dialogs.help import help_text
from app.ui.main_window import MainWindow
from app.ui.prompts import Question
from app.ui.qt_door import message_box, question_box, with_ending
from app.ui.screen_list import SCREENS
from app.ui.screenshots import take
from app.ui.startup import Startup
from app.ui.theme import DARK, LIGHT, ThemeChoice, keeper
from app.ui.theme.metrics import HEADER_HEIGHT
from app.ui.widgets.table_view import TableView
from tests.ui.accessible import misleading, nameless, watch
from tests.ui.district import District

LATIN = re.compile(r"[A-Za-z]{3,}")
HEADER_PADDING = 19
"""Left and right padding of a header in the style sheet."""
KNOWN = {
    "Ctrl", "Shift", "Alt", "Insert", "Delete", "Enter",  # as the keys are lettered
    "Excel", "CSV", "JSON", "PDF", "DOCX", "Word", "xlsx", "ics", "opora", "log", "tmp",
}  # fmt: skip


@pytest.mark.parametrize(("theme", "ground"), [("light", LIGHT.window), ("dark", DARK.window)])
def test_every_screen_becomes_a_picture(
    look: QApplication,
    workspace: Workspace,
    district: District,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    ground: str,
) -> None:
    faults = watch(monkeypatch)

    @contextmanager
    def opened(_database: Path) -> Iterator[Workspace]:
        yield workspace

    options = SimpleNamespace(folder=tmp_path / "out", width=1366, height=768, theme=theme)
    made = take(workspace.database.path, opened, options)
    assert [path.stem for path in made] == [screen.name for screen in SCREENS]
    first = QImage(str(made[0]))
    assert (first.width(), first.height()) == (1366, 768)
    assert first.pixelColor(1360, 10) == QColor(ground)
    assert all(QImage(str(path)).width() > 100 for path in made)
    keeper().choose(ThemeChoice.LIGHT)
    assert not faults, "\n".join(sorted(faults))


def test_the_watch_sees_a_nameless_field_and_a_misleading_button(
    look: QApplication, qtbot: QtBot
) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    field, other, primary = QLineEdit(), QPushButton("Справка"), QPushButton("Сохранить")
    primary.setProperty("role", "primary")
    other.setDefault(True)
    for widget in (field, other, primary):
        column.addWidget(widget)
    dialog.show()
    field.setFocus()
    assert nameless(dialog) == {"QLineEdit < QDialog"}
    assert len(misleading(dialog)) == 2
    field.setAccessibleName("Название")
    primary.setDefault(True)
    assert nameless(dialog) | misleading(dialog) == set()


def test_a_busy_database_stops_the_pictures(look: QApplication, tmp_path: Path) -> None:
    @contextmanager
    def refused(_database: Path) -> Iterator[Workspace]:
        raise DatabaseBusy("База занята.", "Закройте программу.")
        yield

    options = SimpleNamespace(folder=tmp_path / "out", width=800, height=600, theme="light")
    with pytest.raises(DatabaseBusy):
        take(tmp_path / "x.db", refused, options)


def test_a_folder_that_cannot_be_made_is_told(
    look: QApplication, workspace: Workspace, tmp_path: Path
) -> None:
    @contextmanager
    def opened(_database: Path) -> Iterator[Workspace]:
        yield workspace

    (tmp_path / "out").write_text("занято", encoding="utf-8")
    options = SimpleNamespace(folder=tmp_path / "out", width=800, height=600, theme="light")
    with pytest.raises(OutputError, match="Папку"):
        take(workspace.database.path, opened, options)


def texts(widget: QWidget) -> list[str]:
    found = [w.text() for w in widget.findChildren(QLabel)]
    found += [w.text() for w in widget.findChildren(QAbstractButton)]
    found += [w.toolTip() for w in widget.findChildren(QWidget)]
    found += [w.accessibleName() for w in widget.findChildren(QWidget)]
    return found


def test_no_english_word_stands_in_the_window(whole: MainWindow) -> None:
    found = {word for text in texts(whole) for word in LATIN.findall(text)}
    path = set(LATIN.findall(whole.status.database.text()))
    assert found - path - KNOWN == set()


def test_no_header_is_cut(whole: MainWindow) -> None:
    """Two lines of text fit at the first width of each column."""
    cut = []
    for view in whole.findChildren(TableView):
        header = view.horizontalHeader()
        for definition in view.rows_model.columns:
            room = QRect(0, 0, definition.width - HEADER_PADDING, 1_000)
            flags = Qt.TextFlag.TextWordWrap.value
            needed = header.fontMetrics().boundingRect(room, flags, definition.title)
            if needed.width() > room.width() or needed.height() > HEADER_HEIGHT:
                cut.append((view.accessibleName(), definition.title))
    assert cut == []


def test_every_page_has_its_help(district: District, started: Startup) -> None:
    keys = [*started._window.pages, "import", "general"]
    assert {"schools", "results", "documents"} <= set(keys)
    for key in keys:
        assert len(help_text(key)) > 200
    with pytest.raises(ResourceError, match="справки"):
        help_text("нет такой")


def test_messages_and_questions_have_russian_buttons(look: QApplication) -> None:
    box = message_box(None, "Заголовок", "Что случилось.", "Что делать.", warning=True)
    assert [b.text() for b in box.buttons()] == ["Закрыть"]
    assert box.icon() is QMessageBox.Icon.Warning
    assert (box.text(), box.informativeText()) == ("Что случилось.", "Что делать.")
    asked, accept = question_box(None, Question("З", "Удалить?", "Удалить", dangerous=True))
    assert accept.text() == "Удалить"
    assert asked.defaultButton().text() == "Отмена"
    assert asked.escapeButton().text() == "Отмена"
    assert str(UserError("А.", "Б.")) == "А. Б."


@pytest.mark.parametrize(
    ("name", "chosen", "expected"),
    [
        ("итоги", "Книга Excel (*.xlsx)", "итоги.xlsx"),
        ("итоги.csv", "Книга Excel (*.xlsx)", "итоги.csv"),
        ("итоги", "Все файлы (*)", "итоги"),
        ("приказ", "Документ (*.docx *.doc)", "приказ.docx"),
    ],
)
def test_a_name_gets_the_ending_of_the_chosen_filter(name: str, chosen: str, expected: str) -> None:
    assert with_ending(Path(name), chosen) == Path(expected)
