"""The tab «Результаты» beyond the list: pivot, what is behind it, pictures, one school."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from app.models.enums import AssessmentKind, RecordKind, ReferenceScope
from app.services import decimals
from app.services.analysis import (
    Criterion,
    Field,
    Layout,
    Level,
    Measure,
    similar_rule,
    task_levels,
)
from app.services.changes import ChangeSet, Topic
from app.services.charts import Bars, Heat, Histogram, Lines, Stack
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.results.filters import remembered
from app.ui.pages.results.levels_dialog import LevelsDialog
from app.ui.pages.results.page import ResultsPage, View
from app.ui.pages.results.picture_choice import Picture
from app.ui.pages.results.rule_dialog import RuleDialog
from app.ui.screenshots import settle
from app.ui.startup import Startup
from app.ui.state import WindowState
from app.ui.widgets.chart_view import ChartView
from tests.analysis.rows import add_record
from tests.stored import add_result
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

RUSSIAN = (AssessmentKind.VPR, 2025, "Русский язык", 5)


@pytest.fixture
def window(district: District, started: Startup) -> MainWindow:
    started._window.show_page("results")
    settle(started._window)
    return started._window


@pytest.fixture
def page(window: MainWindow) -> ResultsPage:
    found = window.pages["results"]
    assert isinstance(found, ResultsPage)
    return found


def look_at(window: MainWindow, page: ResultsPage, view: View) -> None:
    page.show_view(view)
    settle(window)


def shape(window: MainWindow, page: ResultsPage, layout: Layout) -> None:
    page.pivot_bar.choose(layout)
    page.pivot_bar.changed.emit()
    settle(window)


def cells(page: ResultsPage) -> list[list[str]]:
    model = page.pivot.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def draw(window: MainWindow, page: ResultsPage, picture: Picture) -> list[object]:
    look_at(window, page, View.PICTURE)
    page.pictures.kind.setCurrentIndex(page.pictures.kind.findData(picture))
    page.pictures.changed.emit()
    settle(window)
    return [view.chart() for view in page.pictures.views]


def texts(page: ResultsPage) -> str:
    labels = page.school_report.findChildren(QLabel)
    return "\n".join(one.text() for one in labels)


def test_the_pivot_shows_all_years_and_weighted_totals(
    window: MainWindow, page: ResultsPage
) -> None:
    look_at(window, page, View.PIVOT)
    assert cells(page) == [
        ["МБОУ СОШ № 2", "", "2,1", "2,1"],
        ["МБОУ СОШ № 15", "8,3", "40,6", "31,8"],
        ["Итого", "8,3", "17,5", "16,3"],
    ]
    QAbstractItemModelTester(page.pivot.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    look_at(window, page, View.LIST)
    assert page.year.value() == 2025  # the list keeps its own selection


def test_totals_stay_below_whatever_the_order(window: MainWindow, page: ResultsPage) -> None:
    look_at(window, page, View.PIVOT)
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        page.pivot.table.sortByColumn(2, order)
        assert cells(page)[-1][0] == "Итого"
    assert cells(page)[0][0] == "МБОУ СОШ № 15"


def test_a_number_opens_its_rows_and_they_open_their_cell(
    window: MainWindow, page: ResultsPage, started: Startup
) -> None:
    look_at(window, page, View.PIVOT)
    page.pivot.table.clicked.emit(page.pivot.model.index(1, 2))
    panel = page.pivot.behind
    assert panel.isVisible()
    assert panel.heading.text().startswith("МБОУ СОШ № 15; 2025: 40,6.")
    assert [row.subject for row in panel.model.rows()] == ["История", "Математика", "Русский язык"]
    assert [panel.model.index(n, 4).data() for n in range(3)] == ["40,0", "36,4", "45,5"]
    panel.table.clicked.emit(panel.model.index(0, 4))
    settle(window)
    popup = started.workbench.results._sources.popup
    assert popup is not None
    popup.copy_button.click()
    assert "ячейка D11" in QGuiApplication.clipboard().text()
    panel.close_button.click()
    assert not panel.isVisible()


def test_missing_is_an_empty_cell_and_says_so(
    window: MainWindow, page: ResultsPage, workspace: Workspace, district: District
) -> None:
    procedure = (AssessmentKind.VPR, 2023, "Физика", 7)
    add_result(workspace, district.fine, procedure, 9, None)
    window.context.bus.publish(ChangeSet.of(Topic.RESULTS))
    look_at(window, page, View.PIVOT)
    assert cells(page)[0][1] == ""
    hint = page.pivot.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert hint == "Нет данных: файлы не дают этого показателя."
    nothing = page.pivot.model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert nothing == "Нет результатов."


def test_rows_and_columns_are_shaped_and_no_field_stands_twice(
    window: MainWindow, page: ResultsPage
) -> None:
    look_at(window, page, View.PIVOT)
    shape(window, page, Layout((Field.SUBJECT, Field.YEAR), (Field.SCHOOL,), Measure.QUALITY))
    assert cells(page)[0] == ["История", "2025", "", "20,0", "20,0"]
    bar = page.pivot_bar
    bar.column.setCurrentIndex(bar.column.findData(Field.SUBJECT))
    bar.column.activated.emit(bar.column.currentIndex())
    settle(window)
    layout = bar.layout_chosen()
    assert layout.columns == (Field.SUBJECT,)
    assert Field.SUBJECT not in layout.rows
    bar.swap.click()
    settle(window)
    assert bar.layout_chosen().rows[0] is Field.SUBJECT


def test_the_pivot_is_saved_as_seen(
    window: MainWindow, page: ResultsPage, door: ScriptedDoor, tmp_path: Path
) -> None:
    look_at(window, page, View.PIVOT)
    page.pivot.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    page.pivot.table.setColumnHidden(1, True)
    page.kind.choose(AssessmentKind.VPR)
    target = tmp_path / "свод.xlsx"
    door.expect("save_file", target)
    page.export.click()
    settle(window)
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0]]
    assert rows[1][0] == "Отбор: ВПР"
    assert rows[3] == ("Школа", "2025", "Итого")
    assert rows[4][0] == "МБОУ СОШ № 15"
    assert rows[4][1] == pytest.approx(40.625)
    assert rows[-1][0] == "Итого"


@pytest.mark.parametrize(
    "layout",
    [
        Layout((Field.SCHOOL,), (Field.YEAR,), Measure.MEAN),
        Layout((Field.SCHOOL, Field.YEAR), (Field.KIND,), Measure.BELOW),
        Layout((Field.YEAR, Field.PROCEDURE), (), Measure.PARTICIPANTS),
        Layout((Field.PROCEDURE,), (Field.SCHOOL,), Measure.BELOW),
        Layout((Field.KIND, Field.YEAR), (Field.SCHOOL,), Measure.SUCCESS),
        Layout((Field.SUBJECT,), (Field.GRADE, Field.YEAR), Measure.QUALITY),
    ],
)
def test_every_cell_of_the_file_is_what_the_screen_says(
    window: MainWindow,
    page: ResultsPage,
    door: ScriptedDoor,
    workspace: Workspace,
    district: District,
    tmp_path: Path,
    layout: Layout,
) -> None:
    """A number as shown, rounded; nothing where nothing is known; a dash where a mean has none."""
    exam = (AssessmentKind.EGE, 2025, "Русский язык", 11)
    add_result(workspace, district.low, exam, 7, 1, mean=61.25)
    large = (AssessmentKind.OGE, 2025, "Математика", 9)
    add_result(workspace, district.low, large, 2500, 749)
    window.context.bus.publish(ChangeSet.of(Topic.RESULTS))
    look_at(window, page, View.PIVOT)
    shape(window, page, layout)
    target = tmp_path / "свод.xlsx"
    door.expect("save_file", target)
    page.export.click()
    settle(window)
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    shown = cells(page)
    assert layout.measure is not Measure.BELOW or any("29,96" in line for line in shown)
    written = list(sheet.iter_rows())[-len(shown) :]
    for line, row in zip(shown, written, strict=True):
        assert [_as_shown(cell) for cell in row] == line
    heads = {"Год"} & {str(value) for row in sheet.iter_rows(values_only=True) for value in row}
    assert bool(heads) is (Field.YEAR in layout.rows)


def _as_shown(cell: Any) -> str:
    """Return a cell of the file as Excel shows it, by the format that it has there."""
    if not isinstance(cell.value, int | float):
        return str(cell.value or "")
    return decimals.fixed(cell.value, len(cell.number_format.partition(".")[2]))


def test_selection_and_shape_are_remembered(
    window: MainWindow, page: ResultsPage, state: WindowState
) -> None:
    look_at(window, page, View.PIVOT)
    shape(window, page, Layout((Field.GRADE,), (), Measure.MEAN))
    page.subject.choose("Математика")
    page.subject.picked.emit()
    settle(window)
    page.save_state()
    assert remembered(state, "results/filters")["subject"] == "Математика"
    again = ResultsPage(window.context)
    assert again.view() is View.PIVOT
    assert again.pivot_bar.layout_chosen() == Layout((Field.GRADE,), (), Measure.MEAN)
    assert again._kept[True]["subject"] == "Математика"
    again.deleteLater()


def test_a_broken_memory_is_no_failure(state: WindowState, window: MainWindow) -> None:
    state.put("results/filters", "{")
    state.put("results/pivot", '{"row": "no such field", "measure": 7}')
    state.put("results/view", "elsewhere")
    page = ResultsPage(window.context)
    assert page.view() is View.LIST
    assert page.pivot_bar.layout_chosen().rows == (Field.SCHOOL,)
    page.deleteLater()


def test_pictures_of_the_selection(window: MainWindow, page: ResultsPage) -> None:
    (bars,) = draw(window, page, Picture.BARS)
    assert isinstance(bars, Bars)
    assert [level.value for level in bars.levels] == [30.0]
    assert [one.title for one in bars.series] == ["2024", "2025"]
    (heat,) = draw(window, page, Picture.HEAT)
    assert isinstance(heat, Heat)
    (marks,) = draw(window, page, Picture.MARKS)
    assert isinstance(marks, Stack)
    assert [row.participants for row in marks.rows] == [48, 44]
    lines = draw(window, page, Picture.YEARS)
    assert [type(one) for one in lines] == [Lines] * 3
    assert draw(window, page, Picture.SCORES) == []
    assert page.pictures.lists.currentWidget() is page.pictures.empty
    assert not page.pictures.copy.isEnabled()


def test_scores_of_the_schools_together(
    window: MainWindow, page: ResultsPage, workspace: Workspace, district: District
) -> None:
    data = {f"score_{n}": 0.0 for n in range(45)} | {"score_20": 100.0, "participants": 11}
    for school in (district.low, district.fine):
        add_record(workspace, RecordKind.SCORES, 2025, data, school, procedure=RUSSIAN)
    (histogram,) = draw(window, page, Picture.SCORES)
    assert isinstance(histogram, Histogram)
    assert histogram.counts[20] == 22
    page.school.choose(district.low)
    page.school.picked.emit()
    settle(window)
    (alone,) = [view.chart() for view in page.pictures.views]
    assert isinstance(alone, Histogram)
    assert alone.counts[20] == 11


def test_what_cannot_be_drawn_says_what_to_do(
    window: MainWindow, page: ResultsPage, workspace: Workspace, district: District
) -> None:
    exam = (AssessmentKind.EGE, 2025, "Физика", 11)
    add_result(workspace, district.fine, exam, 5, 0, n2=None, mean=60.0)
    for subject in ("А", "Б", "В", "Г"):
        add_result(workspace, district.fine, (AssessmentKind.VPR, 2025, subject, 8), 9, 1)
    window.context.bus.publish(ChangeSet.of(Topic.RESULTS))
    shape(window, page, Layout((Field.SCHOOL,), (Field.PROCEDURE,), Measure.BELOW))
    assert draw(window, page, Picture.BARS) == []
    shape(window, page, Layout((Field.SCHOOL,), (Field.YEAR,), Measure.MEAN))
    assert draw(window, page, Picture.BARS) == []
    assert draw(window, page, Picture.HEAT) == []
    shape(window, page, Layout((Field.SCHOOL,), (Field.YEAR,), Measure.PARTICIPANTS))
    assert draw(window, page, Picture.YEARS) == []
    page.grade.choose(11)
    page.school.choose(district.low)
    page.school.picked.emit()
    settle(window)
    assert draw(window, page, Picture.BARS) == []


def test_a_picture_is_copied_and_saved(
    window: MainWindow, page: ResultsPage, door: ScriptedDoor, tmp_path: Path
) -> None:
    draw(window, page, Picture.MARKS)
    page.pictures.grey.setChecked(True)
    page.pictures.copy.click()
    image = QGuiApplication.clipboard().image()
    assert image.width() > 1800
    colors = {
        image.pixelColor(x, y).getRgb()[:3]
        for x in range(0, image.width(), 7)
        for y in range(0, image.height(), 7)
    }
    assert all(max(color) - min(color) <= 40 for color in colors)  # subpixel text is a bit coloured
    target = tmp_path / "отметки.svg"
    door.expect("save_file", target)
    page.pictures.save.click()
    settle(window)
    assert target.read_text(encoding="utf-8").startswith("<svg")
    door.expect("save_file", None)
    page.pictures.save.click()


def test_a_picture_tells_what_is_under_the_pointer(window: MainWindow, page: ResultsPage) -> None:
    draw(window, page, Picture.BARS)
    view = page.pictures.views[0]
    scene = view.scene()
    assert scene is not None
    bar = next(s for s in scene.shapes if getattr(s, "tip", "") and getattr(s, "width", 0) > 2)
    place = QPointF(bar.x + bar.width / 2, bar.y + bar.height / 2)  # type: ignore[union-attr]
    assert view.tip_at(place) == "МБОУ СОШ № 2, 2025: 2 %"
    assert view.tip_at(QPointF(0, 0)) == ""
    assert view.accessibleName().startswith("Доля «2»")
    assert "МБОУ СОШ № 15" in view.accessibleDescription()


def test_an_empty_view_shows_and_copies_nothing(window: MainWindow) -> None:
    view = ChartView(window)
    view.show_chart(None)
    QGuiApplication.clipboard().clear()
    view.copy()
    assert view.scene() is None
    assert QGuiApplication.clipboard().image().isNull()
    view.deleteLater()


def test_subjects_of_two_years_and_the_bands_of_the_ege(
    window: MainWindow, page: ResultsPage, workspace: Workspace, district: District,
    door: ScriptedDoor, tmp_path: Path,
) -> None:  # fmt: skip
    exam = (AssessmentKind.EGE, 2025, "Физика", 11)
    add_result(workspace, district.fine, exam, 5, 0, n2=None, mean=60.0)
    look_at(window, page, View.SUBJECTS)
    model = page.subjects.model
    shown = [[model.index(row, n).data() for n in range(9)] for row in range(model.rowCount())]
    assert shown[1] == ["Математика", "5", "35", "41,7", "51,4", "3,42", "3,60", "91,7", "88,6"]
    bands = page.subjects.band_model
    assert bands.rowCount() == 0
    assert "Группы баллов ЕГЭ, 2025 год: нет данных" in page.subjects.band_heading.text()
    scores = {f"score_{n}": 0.0 for n in range(101)} | {"score_60": 80.0, "score_81": 20.0}
    data = {**scores, "participants": 5}
    add_record(workspace, RecordKind.SCORES, 2025, data, district.fine, procedure=exam)
    window.context.bus.publish(ChangeSet.of(Topic.RECORDS))
    settle(window)
    assert [bands.index(0, n).data() for n in (3, 4, 5)] == [
        "0 (0,0 %)",
        "4 (80,0 %)",
        "1 (20,0 %)",
    ]
    target = tmp_path / "предметы.xlsx"
    door.expect("save_file", target)
    page.export.click()
    settle(window)
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0]]
    assert rows[2][:4] == ("Предмет", "Класс", "Участников", "Качество, 2024, %")
    assert rows[4][4] == pytest.approx(100 * 18 / 35)
    page.kind.choose(AssessmentKind.OGE)
    page.kind.picked.emit()
    settle(window)
    assert model.rowCount() == 0


def test_a_school_is_asked_for_and_then_told_of(
    window: MainWindow, page: ResultsPage, workspace: Workspace, district: District
) -> None:
    look_at(window, page, View.SCHOOL)
    assert page.school_report.lists.currentWidget() is page.school_report.empty
    data = {"task_1": 20.0, "task_2": 70.0, "participants": 11}
    add_record(workspace, RecordKind.TASKS, 2025, data, district.low, procedure=RUSSIAN)
    of_district = {"task_1": 55.5}
    add_record(
        workspace, RecordKind.TASKS, 2025, of_district, scope=ReferenceScope.DISTRICT,
        procedure=RUSSIAN,
    )  # fmt: skip
    scores = {f"score_{n}": 0.0 for n in range(45)} | {"score_20": 100.0, "participants": 11}
    add_record(workspace, RecordKind.SCORES, 2025, scores, district.low, procedure=RUSSIAN)
    page.school.choose(district.low)
    page.school.picked.emit()
    settle(window)
    said = texts(page).replace("\N{NO-BREAK SPACE}", " ")
    assert "МБОУ СОШ № 15, 2025 год" in said
    assert "ВПР, математика, 5 класс: с 8,3 до 36,4 % (участников 12 и 11)" in said
    assert "Группа мала" in said
    assert "не официальный признак и не вывод о школе" in said
    assert "Недостаточный: № 1 – 20,0 % (район 55,5 %)." in said
    assert "Достаточный: № 2 – 70,0 %." in said
    assert len(page.school_report.views) == 3


def test_levels_of_tasks_are_marked_in_a_form(
    window: MainWindow, page: ResultsPage, workspace: Workspace, district: District,
    door: ScriptedDoor,
) -> None:  # fmt: skip
    data = {"task_1": 58.0, "task_2": 29.0, "participants": 11}
    add_record(workspace, RecordKind.TASKS, 2025, data, district.low, procedure=RUSSIAN)
    look_at(window, page, View.SCHOOL)
    page.school.choose(district.low)
    page.school.picked.emit()
    settle(window)
    assert "Зависит от уровня задания: № 1 – 58,0 %, № 2 – 29,0 %." in texts(page)

    def mark(dialog: QDialog) -> bool:
        assert isinstance(dialog, LevelsDialog)
        combo = dialog.levels["2"]
        combo.setCurrentIndex(combo.findData(Level.ADVANCED))
        dialog.all_basic.click()
        dialog.accept_button.click()
        return dialog.result() == QDialog.DialogCode.Accepted

    door.expect("run", mark)
    link = next(b for b in page.findChildren(QPushButton) if b.text() == "Уровни заданий…")
    link.click()
    settle(window)
    assert task_levels(workspace, (RUSSIAN[0], *RUSSIAN[2:]), 2025) == {
        "1": Level.BASIC,
        "2": Level.ADVANCED,
    }
    assert "Пограничный: № 1 – 58,0 % (базовое), № 2 – 29,0 % (повышенное)." in texts(page)
    door.expect("run", False)
    link = next(b for b in page.findChildren(QPushButton) if b.text() == "Уровни заданий…")
    link.click()


def test_the_rule_of_similar_schools_is_changed_in_a_form(
    window: MainWindow, page: ResultsPage, workspace: Workspace, district: District,
    door: ScriptedDoor,
) -> None:  # fmt: skip
    look_at(window, page, View.SCHOOL)
    page.school.choose(district.low)
    page.school.picked.emit()
    settle(window)

    def fill(dialog: QDialog) -> bool:
        assert isinstance(dialog, RuleDialog)
        dialog.borders.setText("много")
        dialog.accept_button.click()
        assert not dialog.fault.isHidden()
        dialog.borders.setText("300, 100")
        dialog.accept_button.click()
        dialog.borders.setText("100; 200")
        for box in dialog.criteria.values():
            box.setChecked(False)
        dialog.accept_button.click()
        assert dialog.result() != QDialog.DialogCode.Accepted
        dialog.criteria[Criterion.SIZE].setChecked(True)
        dialog.smallest.setValue(2)
        dialog.accept_button.click()
        return dialog.result() == QDialog.DialogCode.Accepted

    door.expect("run", fill)
    page.school_report.rule.click()
    settle(window)
    rule = similar_rule(workspace)
    assert (rule.smallest, rule.borders, rule.steps) == (2, (100, 200), ((Criterion.SIZE,),))
    door.expect("run", False)
    page.school_report.rule.click()
    settle(window)
    assert similar_rule(workspace) == rule
