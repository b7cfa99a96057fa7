"""«Сборка программы»: the outline, the chosen block, the pages and the findings go together."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView, QDialog, QPushButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.errors import Cancelled
from app.models.enums import AssessmentKind
from app.services import journal, programmes, settings
from app.services.documents import page_count
from app.services.documents import programme as outlines
from app.services.documents.programme import OutlineBlock
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.builder import words
from app.ui.pages.builder.dialogs import AddBlockDialog, PresetDialog
from app.ui.pages.builder.fields import Choice, OwnTable, Text, Tick
from app.ui.pages.builder.page import BuilderPage
from app.ui.pages.builder.tree import Place
from app.ui.printing import paint_pages
from app.ui.startup import Startup
from app.ui.widgets.pdf_view import page_sizes
from tests.documents.programmes import add_programme
from tests.documents.test_order import DETAILS
from tests.stored import add_result, add_school
from tests.ui.conftest import ScriptedDoor

Settle = Callable[[MainWindow], None]


@pytest.fixture
def programme(workspace: Workspace) -> int:
    """Store the office, a school with results and a full programme; return its id."""
    settings.save_office(workspace, DETAILS)
    school = add_school(workspace, "Озёрская СОШ", fisoko="90701")
    add_result(workspace, school, (AssessmentKind.OGE, 2025, "математика", 9), 10, 1)
    return add_programme(workspace)


@pytest.fixture
def window(programme: int, started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def page(window: MainWindow, started: Startup, programme: int, qtbot: QtBot) -> BuilderPage:
    """Open the page over the programme and wait for its pages."""
    started.workbench.builder.open(programme)
    found = cast(BuilderPage, window.pages["builder"])
    qtbot.waitUntil(lambda: found.preview.is_drawn(), timeout=20_000)
    return found


def block(page: BuilderPage, kind: str, title: str = "") -> OutlineBlock:
    """Return the first block of a kind, of that title where it is given."""
    return next(
        one
        for one in words.flat(page.outline())
        if one.kind == kind and (not title or one.title == title)
    )


def outline(workspace: Workspace, programme: int) -> list[OutlineBlock]:
    return list(words.flat(outlines.outline(workspace, programme)))


def built_again(page: BuilderPage, window: MainWindow, settled: Settle, qtbot: QtBot) -> None:
    """Wait until what was typed is stored and its pages are shown."""
    qtbot.waitUntil(lambda: not page.editor.is_waiting())
    settled(window)
    qtbot.waitUntil(lambda: page.preview.is_drawn(), timeout=20_000)


def test_the_outline_shows_numbers_and_what_is_empty(page: BuilderPage) -> None:
    QAbstractItemModelTester(page.tree.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    titles = [page.tree.topLevelItem(row).text(0) for row in range(page.tree.topLevelItemCount())]
    assert titles[2].startswith("1. Паспорт программы")
    assert page.preview.page_count() > 3
    assert "Страниц" in page.note.text()


def test_a_text_typed_is_stored_printed_and_taken_back_at_once(
    page: BuilderPage, window: MainWindow, workspace: Workspace, programme: int,
    settled: Settle, qtbot: QtBot,
) -> None:  # fmt: skip
    page.choose_block(block(page, "text").id)
    field = cast(Text, page.editor.field(Text))
    proposed = field.edit.toPlainText()
    assert "1 школа" in proposed
    assert not field.is_own()
    field.edit.setPlainText("Своими словами")
    assert not field.back.isHidden()
    built_again(page, window, settled, qtbot)
    field.edit.setPlainText("Своими словами о школах")
    built_again(page, window, settled, qtbot)
    stored = next(one for one in outline(workspace, programme) if one.kind == "text")
    assert stored.body["text"] == "Своими словами о школах"
    assert page.editor.block_id() == stored.id
    assert field.edit.toPlainText() == "Своими словами о школах"
    field.edit.setPlainText("Своими словами о школах района")
    built_again(page, window, settled, qtbot)
    journal.undo_last(workspace)
    stored = next(one for one in outline(workspace, programme) if one.kind == "text")
    assert stored.body["text"] == "Своими словами"
    journal.undo_last(workspace)
    assert outlines.outline(workspace, programme) == ()


def test_the_proposed_text_comes_back(
    page: BuilderPage, window: MainWindow, workspace: Workspace, programme: int,
    settled: Settle, qtbot: QtBot,
) -> None:  # fmt: skip
    page.choose_block(block(page, "text").id)
    field = cast(Text, page.editor.field(Text))
    proposed = field.edit.toPlainText()
    field.edit.setPlainText("Иначе")
    built_again(page, window, settled, qtbot)
    field.back.click()
    assert field.edit.toPlainText() == proposed
    built_again(page, window, settled, qtbot)
    stored = next(one for one in outline(workspace, programme) if one.kind == "text")
    assert stored.body == {"auto": "situation"}
    assert field.back.isHidden()


def test_blocks_move_by_keys_and_by_a_drop(
    page: BuilderPage, window: MainWindow, workspace: Workspace, programme: int,
    settled: Settle, qtbot: QtBot,
) -> None:  # fmt: skip
    contents = page.outline()[1]
    page.choose_block(contents.id)
    QTest.keyClick(page.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    built_again(page, window, settled, qtbot)
    stored = outlines.outline(workspace, programme)
    assert [one.kind for one in stored[:2]] == ["contents", "title"]
    assert page.tree.current_id() == stored[0].id
    QTest.keyClick(page.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    built_again(page, window, settled, qtbot)
    assert [one.kind for one in outlines.outline(workspace, programme)[:2]] == ["title", "contents"]
    section = block(page, "section", "Ожидаемые результаты")
    page.tree.moved.emit(section.id, Place(None, page.outline()[0].id))
    built_again(page, window, settled, qtbot)
    assert outlines.outline(workspace, programme)[0].id == section.id
    assert page.tree.topLevelItem(0).text(0).startswith("1. Ожидаемые результаты")


def test_a_block_goes_into_the_one_above_and_out_again(
    page: BuilderPage, window: MainWindow, workspace: Workspace, programme: int,
    settled: Settle, qtbot: QtBot,
) -> None:  # fmt: skip
    above, section = page.outline()[2], page.outline()[3]
    page.choose_block(section.id)
    page.into.click()
    built_again(page, window, settled, qtbot)
    stored = outlines.outline(workspace, programme)
    assert stored[2].blocks[-1].title == section.title
    assert stored[2].title == above.title
    page.out.click()
    built_again(page, window, settled, qtbot)
    assert outlines.outline(workspace, programme)[3].title == section.title


def test_blocks_are_added_switched_off_and_removed(
    page: BuilderPage, window: MainWindow, workspace: Workspace, programme: int,
    door: ScriptedDoor, settled: Settle, qtbot: QtBot,
) -> None:  # fmt: skip
    page.choose_block(block(page, "section", "Паспорт программы").id)

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, AddBlockDialog)
        assert dialog.inside.isChecked()
        dialog.choose("free_table")
        return True

    door.expect("run", answer)
    QTest.keyClick(page.tree, Qt.Key.Key_Insert)
    built_again(page, window, settled, qtbot)
    own = page.chosen_block()
    assert own is not None
    assert own.kind == "free_table"
    table = cast(OwnTable, page.editor.field(OwnTable)).table
    QGuiApplication.clipboard().setText("Школа\tДоля, %\nПервая\t4,5\nВторая\t5")
    table.grid.setCurrentCell(0, 0)
    QTest.keyClick(table.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    built_again(page, window, settled, qtbot)
    stored = {one.id: one for one in outline(workspace, programme)}[own.id]
    assert stored.body["columns"] == ["Школа", "Доля, %", ""]
    assert stored.body["rows"] == [["Первая", "4,5", ""], ["Вторая", "5", ""]]
    page.tree.currentItem().setCheckState(0, Qt.CheckState.Unchecked)
    built_again(page, window, settled, qtbot)
    assert not {one.id: one for one in outline(workspace, programme)}[own.id].included
    QTest.keyClick(page.tree, Qt.Key.Key_Delete)
    built_again(page, window, settled, qtbot)
    assert own.id not in {one.id for one in outline(workspace, programme)}
    journal.undo_last(workspace)
    assert own.id in {one.id for one in outline(workspace, programme)}


def test_properties_of_a_block_are_stored_as_data(
    page: BuilderPage, window: MainWindow, workspace: Workspace, programme: int,
    settled: Settle, qtbot: QtBot,
) -> None:  # fmt: skip
    page.choose_block(block(page, "results").id)
    page.editor.heading.setText("Школа <b>№1</b> & Ко " + "длинно " * 55)
    choice = cast(Choice, page.editor.field(Choice))
    choice.box.setCurrentIndex(choice.box.findText("ЕГЭ: распределение по баллам"))
    for field in page.editor.findChildren(Tick):
        field.box.setChecked(not field.box.isChecked())
    built_again(page, window, settled, qtbot)
    stored = next(one for one in outline(workspace, programme) if one.kind == "results")
    assert stored.title.startswith("Школа <b>№1</b> & Ко длинно")
    assert stored.body == {
        "table": "ege_bands", "numbered": False, "new_page": True, "landscape": True,
    }  # fmt: skip


def test_a_preset_replaces_the_blocks(
    page: BuilderPage, window: MainWindow, workspace: Workspace, programme: int,
    door: ScriptedDoor, settled: Settle, qtbot: QtBot,
) -> None:  # fmt: skip
    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, PresetDialog)
        dialog.choose("goals_monitoring")
        return True

    door.expect("run", answer)
    page.preset.click()
    built_again(page, window, settled, qtbot)
    wanted = [one.title for one in outlines.preset("goals_monitoring").blocks]
    assert [one.title for one in outlines.outline(workspace, programme)] == wanted
    assert [one.title for one in page.outline()] == wanted


def test_a_block_finds_its_page_and_a_page_its_block(page: BuilderPage, qtbot: QtBot) -> None:
    section = block(page, "section", "План мероприятий (дорожная карта)")
    page.choose_block(section.id)
    found, _ = page.preview.place()
    assert found > 1
    place = next(place for place, own in page.shown_places() if own == section.id)
    page.choose_block(page.outline()[0].id)
    before = page.preview.place()
    page.preview.pointed.emit(place.page, place.top + 0.001)
    assert page.tree.current_id() == section.id
    assert page.preview.place() == before


def test_the_place_of_reading_stays_when_pages_are_made_anew(
    page: BuilderPage, window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    section = block(page, "section", "План мероприятий (дорожная карта)")
    page.choose_block(section.id)
    before = page.preview.offset(*_place(page, "План мероприятий (дорожная карта)"))
    text = block(page, "text")
    page.editor.edited.emit(text.id, "", {"text": "Новый абзац.\n" * 90})
    built_again(page, window, settled, qtbot)
    after = page.preview.offset(*_place(page, "План мероприятий (дорожная карта)"))
    assert abs(after - before) <= 2


def _place(page: BuilderPage, title: str) -> tuple[int, float]:
    own = block(page, "section", title).id
    return next((place.page, place.top) for place, one in page.shown_places() if one == own)


def test_findings_lead_to_the_block_and_to_the_data(
    page: BuilderPage, window: MainWindow, workspace: Workspace, programme: int,
    settled: Settle, qtbot: QtBot,
) -> None:  # fmt: skip
    text = block(page, "text")
    page.editor.edited.emit(text.id, "", {"text": "План на 2031–2034 годы, ведёт АМР."})
    built_again(page, window, settled, qtbot)
    page.checked_now.emit()
    settled(window)
    rows = page.model.all_rows()
    assert page.findings_title.text() == f"Проверка · {len(rows)}"
    period = next(row for row in rows if "2031–2034" in row.finding.message)
    page.finding_opened.emit(period)
    assert page.chosen_block() == block(page, "text")
    item = next(row for row in rows if row.item_id is not None)
    page.finding_opened.emit(item)
    settled(window)
    assert window.current_page() is window.pages["programmes"]
    entries = window.pages["programmes"].items  # type: ignore[attr-defined]
    assert entries.current().id == item.item_id
    indicator = next(row for row in rows if row.indicator_id is not None)
    page.finding_opened.emit(indicator)
    settled(window)
    assert window.current_page() is window.pages["indicators"]


def test_a_wrong_figure_of_an_entry_leads_to_its_block_and_to_the_entry(
    page: BuilderPage, window: MainWindow, workspace: Workspace, programme: int,
    settled: Settle,
) -> None:  # fmt: skip
    form = programmes.ItemForm("principle", "Программа включает двенадцать задач")
    saved = programmes.save_item(workspace, programme, form)
    window.context.bus.publish(saved.changes)
    settled(window)
    page.checked_now.emit()
    settled(window)
    (row,) = [one for one in page.model.all_rows() if one.item_id == saved.id]
    assert row.finding.message.startswith("В тексте двенадцать, в таблице 2")
    page.finding_opened.emit(row)
    chosen = page.chosen_block()
    assert chosen is not None
    assert chosen.body["part"] == "principle"
    page.entry_opened.emit(row)
    settled(window)
    assert window.current_page() is window.pages["programmes"]


def test_both_files_are_saved_and_an_older_one_is_asked_about(
    page: BuilderPage, window: MainWindow, door: ScriptedDoor, settled: Settle, tmp_path: Path
) -> None:
    (tmp_path / "программа.docx").write_bytes(b"old")
    door.expect("save_file", tmp_path / "программа.pdf")
    door.expect("ask", False)
    page.files.both.trigger()
    settled(window)
    assert not (tmp_path / "программа.pdf").exists()
    door.expect("save_file", tmp_path / "программа.pdf")
    door.expect("ask", True)
    door.expect("ask", False)
    page.files.both.trigger()
    settled(window)
    assert page_count(tmp_path / "программа.pdf") == page.preview.page_count()
    assert (tmp_path / "программа.docx").read_bytes().startswith(b"PK")


def test_a_target_open_in_word_is_told_and_left_alone(
    page: BuilderPage, window: MainWindow, door: ScriptedDoor, settled: Settle, tmp_path: Path
) -> None:
    (tmp_path / "программа.docx").write_bytes(b"old")
    (tmp_path / "~$ограмма.docx").touch()
    door.expect("save_file", tmp_path / "программа.docx")
    door.expect("report")
    page.files.docx.trigger()
    settled(window)
    assert "открыт в другой программе" in door.texts("report")[0]
    assert (tmp_path / "программа.docx").read_bytes() == b"old"


def test_chosen_pages_are_printed(
    page: BuilderPage, window: MainWindow, door: ScriptedDoor, settled: Settle, tmp_path: Path
) -> None:
    target = tmp_path / "печать.pdf"

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, QPrintDialog)
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setFromTo(2, 3)
        return True

    door.expect("run", answer)
    page.files.printer.click()
    settled(window)
    assert page_count(target) == 2


def test_a_printer_gets_every_page_and_forgets_them_when_cancelled(
    page: BuilderPage, window: MainWindow, tmp_path: Path
) -> None:
    made: list[tuple[float, float]] = [(595.0, 842.0), (842.0, 595.0)]
    blank = pypdfium2.PdfDocument.new()
    for size in made:
        blank.new_page(*size)
    file = io.BytesIO()
    blank.save(file)
    blank.close()
    target = tmp_path / "бумага.pdf"

    def printer() -> QPrinter:
        found = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        found.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        found.setOutputFileName(str(target))
        return found

    pages = paint_pages(printer(), file.getvalue(), tuple(made), NoProgress())
    assert (pages, page_count(target)) == (2, 2)
    assert [round(one[0]) for one in page_sizes(target.read_bytes())] == [595, 842]

    class Stop(NoProgress):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        paint_pages(printer(), file.getvalue(), tuple(made), Stop())


def test_a_block_is_dropped_beside_into_and_never_inside_itself(
    page: BuilderPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = page.tree
    dragged, target = tree.topLevelItem(3), tree.topLevelItem(2)
    tree.setCurrentItem(dragged)
    positions = QAbstractItemView.DropIndicatorPosition
    own, inner = page.outline()[2], page.outline()[2].blocks[0]

    def place(item: QTreeWidgetItem, position: object) -> Place | None:
        monkeypatch.setattr(tree, "dropIndicatorPosition", lambda: position)
        where = QPointF(tree.visualItemRect(item).center())
        return tree.drop_place(_Drop(where))  # type: ignore[arg-type]

    assert place(target, positions.AboveItem) == Place(None, own.id)
    assert place(target, positions.BelowItem) == Place(None, page.outline()[3].id)
    assert place(target, positions.OnItem) == Place(own.id, None)
    assert place(target.child(0), positions.AboveItem) == Place(own.id, inner.id)
    tree.setCurrentItem(target)
    assert place(target.child(0), positions.OnItem) is None


class _Drop:
    def __init__(self, where: QPointF) -> None:
        self._where = where

    def position(self) -> QPointF:
        return self._where


def test_space_switches_a_block_off(
    page: BuilderPage, window: MainWindow, workspace: Workspace, programme: int,
    settled: Settle, qtbot: QtBot,
) -> None:  # fmt: skip
    page.choose_block(page.outline()[1].id)
    QTest.keyClick(page.tree, Qt.Key.Key_Space)
    built_again(page, window, settled, qtbot)
    assert not outlines.outline(workspace, programme)[1].included


def test_the_wheel_over_a_choice_changes_nothing(page: BuilderPage) -> None:
    page.choose_block(block(page, "part").id)
    box = cast(Choice, page.editor.field(Choice)).box
    before = box.currentIndex()
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    box.wheelEvent(event)
    assert box.currentIndex() == before


def test_without_programmes_the_page_says_where_they_are_made(
    started: Startup, workspace: Workspace, settled: Settle
) -> None:
    window = cast(MainWindow, started.parent())
    started.workbench.builder.open()
    settled(window)
    page = cast(BuilderPage, window.pages["builder"])
    assert page.views.currentWidget() is page.empty
    page.next_step_wanted.emit()
    assert window.current_page() is window.pages["programmes"]
    page.over.emit()
    assert "builder" not in window.pages


def test_signs_of_markup_and_a_long_title_stay_text_everywhere(
    page: BuilderPage, window: MainWindow, door: ScriptedDoor, settled: Settle, qtbot: QtBot
) -> None:
    title = "Школа <b>№1</b> & Ко " + "длинно " * 55
    page.choose_block(block(page, "section", "Паспорт программы").id)
    page.editor.heading.setText(title)
    built_again(page, window, settled, qtbot)
    item = page.tree.currentItem()
    assert item.text(0).startswith("1. Школа <b>№1</b> & Ко")
    assert "&lt;b&gt;№1&lt;/b&gt; &amp; Ко" in item.toolTip(0)

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, AddBlockDialog)
        assert dialog.inside.text().startswith("Внутрь блока «Школа <b>№1</b> && Ко")
        assert dialog.width() < 700
        return False

    door.expect("run", answer)
    page.add.click()


def test_a_title_that_no_paper_holds_is_refused_and_told(
    page: BuilderPage, window: MainWindow, workspace: Workspace, programme: int,
    door: ScriptedDoor, settled: Settle, qtbot: QtBot,
) -> None:  # fmt: skip
    door.expect("report")
    page.choose_block(block(page, "section", "Паспорт программы").id)
    page.editor.heading.setText("и " * 400)
    built_again(page, window, settled, qtbot)
    assert "Заголовок длиннее 600 знаков" in door.texts("report")[0]
    assert outlines.outline(workspace, programme) == ()


def test_a_letter_that_the_font_lacks_is_told_over_the_old_pages(
    page: BuilderPage, window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    pages = page.preview.page_count()
    page.editor.edited.emit(block(page, "text").id, "", {"text": "Знак 漢 без шрифта"})
    built_again(page, window, settled, qtbot)
    assert page.fault.isVisible()
    assert "漢" in page.fault.text()
    assert page.preview.page_count() == pages
    page.editor.edited.emit(block(page, "text").id, "", {"text": "Знак убран"})
    built_again(page, window, settled, qtbot)
    assert not page.fault.isVisible()


def test_closing_stands_last_and_escape_closes(
    page: BuilderPage, window: MainWindow, qtbot: QtBot
) -> None:
    actions = page.bar.findChildren(QPushButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert max(actions, key=lambda one: one.x()) is page.close_button
    window.activateWindow()
    page.tree.setFocus()
    qtbot.keyClick(page.tree, Qt.Key.Key_Escape)
    assert page.key not in window.pages
