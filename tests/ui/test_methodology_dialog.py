"""The dialog «Методика»: switches count schools at once, and nothing is stored until applied."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.services.methodology import export_rules, rules_for, year_rules
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.methodology.dialog import MethodologyDialog
from app.ui.pages.methodology.launcher import MethodologyLauncher
from app.ui.screenshots import settle
from app.ui.startup import Startup
from tests.methodology.builders import FEDERAL
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

YEAR = 2025


@pytest.fixture
def window(district: District, started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> MethodologyDialog:
    """Return the dialog over the district, filled."""
    made = MethodologyDialog(window.context, YEAR)
    qtbot.addWidget(made)
    made.show()
    settle(window)
    return made


def press(dialog: MethodologyDialog, window: MainWindow, qtbot: QtBot, name: str) -> None:
    """Press a button and wait for what it starts."""
    qtbot.mouseClick(getattr(dialog, name), Qt.MouseButton.LeftButton)
    settle(window)


def test_it_shows_the_rules_in_force_and_their_doubts(dialog: MethodologyDialog) -> None:
    assert dialog.choice.currentText().endswith("версия 1 (из программы)")
    assert dialog.form.rules() == FEDERAL
    assert dialog.effect.head.text() == "Категории не меняются"
    assert "НЕ ПОДТВЕРЖДЕНО." in dialog.effect.basis.toPlainText()
    assert not dialog.default.isEnabled()
    assert dialog.effect.note.isHidden()


def test_a_methodology_with_clusters_says_which_school_stands_where(
    dialog: MethodologyDialog, window: MainWindow
) -> None:
    assert dialog.effect.clusters.isHidden()
    place = next(n for n in range(dialog.choice.count()) if "кластер" in dialog.choice.itemText(n))
    dialog.choice.setCurrentIndex(place)
    dialog.choice.activated.emit(place)
    settle(window)
    assert ", кластер – у " in dialog.effect.head.text()
    assert dialog.effect.clusters.text().startswith("Кластеры: № 1 – ")
    texts = [dialog.effect.changes.item(n).text() for n in range(dialog.effect.changes.count())]
    assert any("без кластера → № 1" in text for text in texts)


def test_a_moved_threshold_counts_schools_and_stores_nothing(
    dialog: MethodologyDialog, window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    dialog.form.threshold.setValue(50)
    settle(window)
    assert dialog.effect.head.text() == "Категория меняется у 1 школы"
    assert dialog.effect.changes.item(0).text() == "МБОУ СОШ № 15: ШНОР → зона риска"
    assert "зона риска – 1" in dialog.effect.counts.text()
    press(dialog, window, qtbot, "close_button")
    assert rules_for(workspace, YEAR) == FEDERAL


def test_applying_stores_a_version_for_the_year(
    dialog: MethodologyDialog, window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    dialog.form.threshold.setValue(33.3)
    settle(window)
    press(dialog, window, qtbot, "apply")
    stored = year_rules(workspace, YEAR)
    assert (stored.rules.version, stored.chosen) == (2, True)
    assert stored.rules.threshold_percent == Decimal("33.3")
    assert dialog.result() == QDialog.DialogCode.Accepted
    again = MethodologyDialog(window.context, YEAR)
    qtbot.addWidget(again)
    settle(window)
    assert again.choice.currentText().endswith("версия 2 (из базы)")
    press(again, window, qtbot, "default")
    assert rules_for(workspace, YEAR) == FEDERAL


def test_every_switch_goes_into_the_rules(dialog: MethodologyDialog) -> None:
    form = dialog.form
    form.rule_a.setValue(0)
    form.rule_b.setValue(3)
    form.same.setCurrentIndex(1)
    form.back.setCurrentIndex(1)
    form.join.setCurrentIndex(1)
    form.least.setValue(5)
    form.bias.setCurrentIndex(2)
    form.one_low.setChecked(False)
    form.near.setValue(0)
    form.growth.setValue(0)
    form.cutoff.setValue(21.55)
    form.cutoff_source.setText("приказ № 7")
    form.deficits.setValue(2)
    form.quartile.setValue(3)
    next(iter(form.kinds.values())).setChecked(False)
    rules = form.rules()
    assert (rules.rule_a_procedures, rules.rule_b_years, rules.rule_b_same) == (None, 3, False)
    assert (rules.join.value, rules.min_participants) == ("и", 5)
    assert rules.rule_b_years_back.value == "последние два проведения"
    assert rules.bias_policy.value == "исключать ВПР"
    assert not rules.risk_zone.one_low_procedure
    assert (rules.risk_zone.near_from_percent, rules.risk_zone.growth_points) == (None, None)
    assert [item.kind.value for item in rules.counted] == ["ОГЭ", "ЕГЭ"]
    assert rules.social is not None
    assert (rules.social.deficits_needed, rules.social.quartile_from_schools) == (2, None)
    (cutoff,) = rules.social.cutoffs
    assert (cutoff.year, cutoff.value, cutoff.source) == (YEAR, Decimal("21.55"), "приказ № 7")
    form.show_rules(rules)
    assert form.rules() == rules


def test_what_makes_no_methodology_cannot_be_applied(dialog: MethodologyDialog) -> None:
    form = dialog.form
    for spoil, told in (
        (lambda: form.near.setValue(30), "ниже порога"),
        (lambda: form.cutoff.setValue(20), "граница ИСБ"),
        (lambda: (form.cutoff.setValue(101), form.cutoff_source.setText("акт")), "от 0 до 100"),
        (lambda: (form.rule_a.setValue(0), form.rule_b.setValue(1)), "оба правила"),
        (lambda: [box.setChecked(False) for box in form.kinds.values()], "хотя бы одну"),
    ):
        form.show_rules(FEDERAL)
        spoil()
        assert told in dialog.problem.text()
        assert not dialog.apply.isEnabled()


def test_another_methodology_is_tried_by_choosing_it(
    dialog: MethodologyDialog, window: MainWindow
) -> None:
    place = next(i for i in range(dialog.choice.count()) if "ГИА" in dialog.choice.itemText(i))
    dialog.choice.setCurrentIndex(place)
    dialog.choice.activated.emit(place)
    settle(window)
    assert dialog.effect.head.text() == "Категория меняется у 2 школ"
    assert dialog.effect.counts.text() == "Станет: нет данных – 3"
    assert not next(iter(dialog.form.kinds.values())).isEnabled()


def test_a_methodology_goes_out_and_comes_in(
    dialog: MethodologyDialog,
    window: MainWindow,
    door: ScriptedDoor,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    path = tmp_path / "наша.json"
    dialog.form.least.setValue(5)
    settle(window)
    door.expect("save_file", path)
    press(dialog, window, qtbot, "take")
    assert '"value": 5' in path.read_text(encoding="utf-8")
    door.expect("open_files", (path,))
    door.expect("report")
    press(dialog, window, qtbot, "bring")
    assert "версия 1 методики «federal» уже есть" in door.texts("report")[0]
    new = dialog.form.rules()
    export_rules(replace(new, version=4), path)
    door.expect("open_files", (path,))
    press(dialog, window, qtbot, "bring")
    names = [dialog.choice.itemText(i) for i in range(dialog.choice.count())]
    assert any(name.endswith("версия 4 (из базы)") for name in names)


def test_without_results_there_is_no_year(window: MainWindow, door: ScriptedDoor) -> None:
    launcher = MethodologyLauncher(window.context)
    window.context.year = None
    door.expect("inform")
    launcher.open()
    assert "результатов в базе ещё нет" in door.texts("inform")[0]
    window.context.year = YEAR
    door.expect("run", lambda dialog: isinstance(dialog, MethodologyDialog))
    launcher.open()
    settle(window)
