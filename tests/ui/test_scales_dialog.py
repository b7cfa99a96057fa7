"""The dialog of scales: looked at, corrected with a source, refused with a reason, given back."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from app.models.enums import AssessmentKind
from app.services import scales
from app.services.results import list_results
from app.services.scales import (
    About,
    Condition,
    CountedFigures,
    NotCounted,
    Recount,
    Unit,
)
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.scales.dialog import ScalesDialog
from app.ui.pages.scales.forms import MinimumForm, ScaleForm
from app.ui.pages.scales.launcher import ScalesLauncher
from app.ui.pages.scales.recount_dialog import COLUMNS, RecountDialog, figures_text
from app.ui.screenshots import settle
from app.ui.startup import Startup
from tests.importing.loads import load
from tests.importing.test_exam_days import REGISTER
from tests.scales.test_recounting import exam, raise_minimum
from tests.ui.conftest import ScriptedDoor

VPR, EGE = AssessmentKind.VPR, AssessmentKind.EGE


@pytest.fixture
def window(started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> ScalesDialog:
    made = ScalesDialog(window.context)
    qtbot.addWidget(made)
    settle(window)
    return made


def test_every_entry_is_shown_as_it_is(dialog: ScalesDialog) -> None:
    for pane, form in ((dialog.marks, ScaleForm), (dialog.minimums, MinimumForm)):
        assert isinstance(pane.form, form)
        assert not pane.restore.isEnabled()
        for known in pane.model.rows():
            pane.form.show_entry(known.entry)
            assert pane.form.entry() == known.entry


def test_a_corrected_scale_serves_and_can_be_given_back(
    dialog: ScalesDialog, window: MainWindow, workspace: Workspace
) -> None:
    pane = dialog.marks
    form = cast(ScaleForm, pane.form)
    known = next(k for k in pane.model.rows() if k.entry.procedure == (VPR, "Русский язык", 4))
    pane.table.select_key((known.own, known.entry))
    form.lasts[0].setValue(10)
    form.source.setText("письмо региона")
    form.conditions.add.click()
    form.conditions.write(0, 0, "диктант")
    form.conditions.write(0, 1, "4")
    form.conditions.write(0, 2, "3")
    pane.save.click()
    settle(window)
    found = scales.in_force(workspace).mark_scale(VPR, "Русский язык", 4, known.entry.last_year)
    assert found is not None
    assert found.bands[:2] == ((0, 10), (11, 15))
    assert found.conditions == (Condition(4, "диктант", 3),)
    pane.table.select_key((True, found))
    assert pane.restore.isEnabled()
    pane.restore.click()
    settle(window)
    assert scales.in_force(workspace) == scales.shipped()


def test_a_wrong_entry_is_told_beside_the_form(
    dialog: ScalesDialog, window: MainWindow, workspace: Workspace
) -> None:
    form = cast(ScaleForm, dialog.marks.form)
    form.lasts[1].setValue(0)
    dialog.marks.save.click()
    settle(window)
    assert "меньше первого" in dialog.marks.problem.text()
    dialog.tabs.setCurrentWidget(dialog.minimums)
    least = cast(MinimumForm, dialog.minimums.form)
    least.source.setText("")
    dialog.minimums.save.click()
    settle(window)
    assert "не указан источник" in dialog.minimums.problem.text()
    assert scales.in_force(workspace) == scales.shipped()


def test_a_minimum_of_another_year_is_added(
    dialog: ScalesDialog, window: MainWindow, workspace: Workspace
) -> None:
    dialog.tabs.setCurrentWidget(dialog.minimums)
    form = cast(MinimumForm, dialog.minimums.form)
    form.kind.setCurrentText("ЕГЭ")
    form.subject.setCurrentText("Физика")
    form.first.setValue(2027)
    form.last.setValue(2027)
    form.score.setValue(38)
    form.unit.setCurrentText(Unit.SCORE.value)
    form.source.setText("распоряжение")
    dialog.minimums.save.click()
    settle(window)
    found = scales.in_force(workspace).minimum(EGE, "Физика", 2027)
    assert found is not None
    assert found.score == 38
    own = next(k for k in dialog.minimums.model.rows() if k.own)
    dialog.minimums.table.select_key((True, own.entry))
    form.score.setValue(39)
    dialog.minimums.save.click()
    settle(window)
    assert [k.entry.score for k in scales.list_minimums(workspace) if k.own] == [39]
    dialog.minimums.table.select_key((True, scales.in_force(workspace).minimums[0]))
    dialog.minimums.restore.click()
    settle(window)
    assert scales.in_force(workspace) == scales.shipped()


def test_the_menu_opens_it(window: MainWindow, door: ScriptedDoor) -> None:
    def look(dialog: ScalesDialog) -> bool:
        settle(window)
        return bool(dialog.marks.model.rowCount())

    door.expect("run", look)
    window.findChildren(ScalesLauncher)[0].open()


def test_f1_explains_the_dialog(dialog: ScalesDialog, door: ScriptedDoor) -> None:
    door.expect("run", True)
    dialog.about.click()
    assert door.texts("run") == ["Справка: Шкалы и минимальные баллы"]


def test_stored_results_are_counted_anew_only_when_asked(
    dialog: ScalesDialog, window: MainWindow, workspace: Workspace, door: ScriptedDoor
) -> None:
    load(workspace, REGISTER, exam())
    raise_minimum(workspace, 40)
    dialog.reload()
    settle(window)
    assert dialog.stale.text() == (
        "Из загруженных результатов по действующим шкалам стали бы другими 1."
    )
    shown: list[str] = []

    def look(found: RecountDialog) -> bool:
        (row,) = found.model.rows()
        shown.extend(column.value(row) for column in COLUMNS[-2:])
        return True

    door.expect("run", look)
    dialog.recount.click()
    settle(window)
    assert shown == ["ниже минимума 1", "ниже минимума 3"]
    assert [row.below for row in list_results(workspace)] == [3]
    assert dialog.stale.isHidden()


def test_copies_of_what_cannot_be_counted_are_offered(
    dialog: ScalesDialog, window: MainWindow, qtbot: QtBot
) -> None:
    about = About(1, "СОШ № 1", EGE, 2026, "Физика", 11, 5)
    left = NotCounted(about, "баллов участников в базе нет", "ЕГЭ.xlsx", "ab.xlsx")
    found = RecountDialog(window, Recount((), (left, left)), window.context.state, Path("архив"))
    qtbot.addWidget(found)
    assert "Баллов участников в базе нет" in found.left.text()
    assert "«ЕГЭ.xlsx»" in found.left.text()
    assert not found.apply.isEnabled()
    with qtbot.waitSignal(found.files_wanted) as wanted:
        found.again.click()
    assert wanted.args == [(Path("архив") / "ab.xlsx",)]


def test_nothing_to_count_is_said(window: MainWindow, qtbot: QtBot) -> None:
    found = RecountDialog(window, Recount((), ()), window.context.state)
    qtbot.addWidget(found)
    assert found.heading.text() == "Пересчитывать нечего."
    assert found.again.isHidden()
    assert figures_text(CountedFigures(None)) == "нет данных"
    assert figures_text(CountedFigures(1, (1, 2, 3, 4))) == "«2» – 1, «3» – 2, «4» – 3, «5» – 4"
