"""The tabs of the dialog «Методика»: what is written becomes rules, or a sentence says why not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from app.models.enums import AssessmentKind
from app.paths import resource
from app.services.methodology import (
    ClusterSign,
    CountedProcedures,
    IsbCutoff,
    RiskZoneRule,
    rules_for,
)
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.methodology.dialog import MethodologyDialog
from app.ui.pages.methodology.editor import RulesEditor
from app.ui.screenshots import settle
from app.ui.startup import Startup
from tests.methodology.builders import DAGESTAN, FEDERAL, GIA
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

YEAR = 2025


@pytest.fixture
def editor(look: object, qtbot: QtBot) -> RulesEditor:
    """Return the editor over the default rules."""
    made = RulesEditor(YEAR)
    qtbot.addWidget(made)
    made.show_rules(FEDERAL)
    return made


@pytest.mark.parametrize("preset", [FEDERAL, DAGESTAN, GIA], ids=lambda preset: preset.key)
def test_what_is_shown_comes_back_unchanged(editor: RulesEditor, preset: object) -> None:
    editor.show_rules(preset)  # type: ignore[arg-type]
    assert editor.rules() == preset
    assert editor.problem() == ""


def test_what_has_no_room_in_a_field_is_not_changed_by_looking(editor: RulesEditor) -> None:
    """A file may be finer than the fields of the window."""
    assert FEDERAL.social is not None
    model = replace(FEDERAL.social.model, enough_percent=Decimal("66.7"))
    cutoffs = (IsbCutoff(YEAR, Decimal("-1.23456"), "письмо региона", confirmed=False),)
    odd = replace(
        FEDERAL,
        threshold_percent=Decimal("33.333"),
        rule_a_procedures=40,
        min_participants=1500,
        small_sample=2000,
        borderline_points=Decimal("0.125"),
        risk_zone=RiskZoneRule(False, Decimal("0.04"), Decimal("7.77")),
        social=replace(FEDERAL.social, model=model, cutoffs=cutoffs, quartile_from_schools=1400),
    )
    editor.show_rules(odd)
    assert editor.rules() == odd
    editor.form.threshold.setValue(33.4)
    editor.isb.enough.setValue(70)
    changed = editor.rules()
    assert changed.threshold_percent == Decimal("33.4")
    assert changed.social is not None
    assert changed.social.model.enough_percent == 70
    assert changed.social.cutoffs == cutoffs


def said(*texts: str) -> list[str]:
    """Return numbers as the locale of the moment writes them: Russian once a window has stood."""
    return [text.replace(",", QLocale().decimalPoint()) for text in texts]


def test_a_finer_number_is_shown_whole(editor: RulesEditor) -> None:
    """Otherwise the window says 33,3 where the rules say 33,333."""
    assert FEDERAL.social is not None
    model = replace(FEDERAL.social.model, enough_percent=Decimal("66.7"))
    social = replace(FEDERAL.social, model=model)
    zone = RiskZoneRule(False, Decimal("0.04"), None)
    finer = replace(FEDERAL, threshold_percent=Decimal("33.333"), risk_zone=zone, social=social)
    editor.show_rules(finer)
    form = editor.form
    assert [form.threshold.text(), form.near.text()] == said("33,333", "0,04")
    assert [editor.isb.enough.text()] == said("66,7 %")
    editor.show_rules(FEDERAL)
    assert [form.threshold.text(), editor.isb.enough.text()] == said("30,0", "70 %")


@pytest.mark.parametrize("place", ["threshold", "enough"])
def test_what_is_shown_rounded_can_be_set_on_purpose(
    editor: RulesEditor, qtbot: QtBot, place: str
) -> None:
    fine = Decimal("33.33333333")
    assert FEDERAL.social is not None
    model = replace(FEDERAL.social.model, enough_percent=fine)
    editor.show_rules(
        replace(FEDERAL, threshold_percent=fine, social=replace(FEDERAL.social, model=model))
    )
    field = editor.form.threshold if place == "threshold" else editor.isb.enough
    assert field.exact() == fine
    assert "33,33333333" in field.toolTip()
    field.setFocus()
    shown = field.text().removesuffix(" %")
    field.selectAll()
    with qtbot.waitSignal(editor.changed):
        qtbot.keyClicks(field, shown)
    assert field.exact() == Decimal("33.333333")
    assert not field.toolTip()


def test_the_cutoff_steps_between_not_set_and_zero(editor: RulesEditor) -> None:
    field = editor.form.cutoff
    assert field.text() == "не задана"
    field.stepBy(1)
    assert field.text() == "0"
    field.stepBy(1)
    assert field.text() == "1"
    field.setValue(36.5)
    assert field.text().replace(".", ",") == "36,5"
    field.setValue(0)
    field.stepBy(-1)
    assert field.text() == "не задана"


def test_procedures_are_written_as_subjects_and_grades(editor: RulesEditor, qtbot: QtBot) -> None:
    table = editor.procedures.table
    with qtbot.waitSignal(editor.changed):
        table.write(0, 0, "русский язык,  Математика (углублённая)")
    table.write(0, 2, "5, 6, 5")
    assert editor.rules().counted[0] == CountedProcedures(
        AssessmentKind.VPR, ("Русский язык", "Математика (углублённая)"), (5, 6)
    )
    assert editor.problem() == ""


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (0, "", "строка 1: назовите предмет"),
        (0, "Алхимия", "предмета «Алхимия» программа не знает"),
        (0, "Математика (базовая)", "ВПР по предмету «Математика (базовая)» не бывает; есть"),
        (2, "0", "классы – «все» или числа от 1 до 12"),
        (2, "пять", "классы – «все» или числа от 1 до 12"),
    ],
)
def test_a_wrong_procedure_is_told(editor: RulesEditor, column: int, text: str, said: str) -> None:
    editor.procedures.table.write(0, column, text)
    assert said in editor.problem()


def test_an_exam_in_a_grade_that_does_not_take_it_is_told(editor: RulesEditor) -> None:
    editor.procedures.table.write(1, 2, "9, 11")
    assert "строка 2: ОГЭ сдают в 9 классе" in editor.problem()
    editor.procedures.table.write(1, 2, "9")
    assert editor.problem() == ""


def test_a_kind_that_is_taken_away_can_no_longer_be_switched(editor: RulesEditor) -> None:
    table = editor.procedures.table
    table.table.setCurrentCell(0, 0)
    table.remove.click()
    assert not editor.form.kinds[AssessmentKind.VPR].isEnabled()
    assert [item.kind for item in editor.rules().counted] == [
        item.kind for item in FEDERAL.counted if item.kind is not AssessmentKind.VPR
    ]
    table.add.click()
    table.write(table.table.rowCount() - 1, 0, "Физика")
    table.write(table.table.rowCount() - 1, 2, "все")
    assert editor.form.kinds[AssessmentKind.VPR].isChecked()
    assert editor.rules().counted[-1] == CountedProcedures(AssessmentKind.VPR, ("Физика",), None)


def test_weights_follow_with_their_shares_and_make_a_new_version(editor: RulesEditor) -> None:
    table = editor.isb.table
    assert FEDERAL.social is not None
    before = FEDERAL.social.model
    assert sum(float(str(row[2]).replace(",", ".")) for row in table.rows()) == pytest.approx(100)
    table.write(0, 1, "0,8")
    table.write(1, 3, "лучше")
    social = editor.rules().social
    assert social is not None
    assert social.model.version == before.version + 1
    assert social.model.indicators[0].weight == Decimal("0.8")
    assert not social.model.indicators[1].adverse
    assert table.rows()[0][2] == "50,0"
    editor.isb.enough.setValue(50)
    social = editor.rules().social
    assert social is not None
    assert social.model.enough_percent == 50


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (1, "-0,1", "вес не может быть меньше нуля"),
        (1, "много", "вес «много» – не число"),
        (1, "NaN", "вес «NaN» – не число"),
        (1, "1e-9999", "вес «1e-9999» – не число"),
        (1, "0,12345678", "вес «0,12345678» – не число"),
        (1, "10000000", "вес «10000000» – не число"),
        (4, "", "укажите источник веса"),
    ],
)
def test_a_wrong_weight_is_told(editor: RulesEditor, column: int, text: str, said: str) -> None:
    editor.isb.table.write(0, column, text)
    assert said in editor.problem()


def test_weights_of_zero_decide_nothing(editor: RulesEditor) -> None:
    for row in range(len(editor.isb.table.rows())):
        editor.isb.table.write(row, 1, "0")
    assert editor.problem() == "ИСБ: сумма весов равна нулю."


def test_clusters_are_written_with_their_signs(editor: RulesEditor) -> None:
    editor.show_rules(replace(FEDERAL, clusters=()))
    table = editor.clusters.table
    table.add.click()
    assert editor.problem() == "Кластеры, строка 1: номер – от 1 до 9."
    table.write(0, 1, "2")
    assert editor.problem() == "Кластер № 2: напишите название."
    table.write(0, 0, "Группа поддержки")
    assert editor.problem() == "Кластер № 2: отметьте хотя бы один признак."
    table.write(0, 3, True)
    assert editor.problem() == "Кластер № 2: укажите источник."
    table.write(0, 7, "приказ")
    assert editor.problem() == ""
    (cluster,) = editor.rules().clusters
    assert (cluster.number, cluster.title, cluster.signs, cluster.confirmed) == (
        2,
        "Группа поддержки",
        (ClusterSign.LOW,),
        False,
    )
    table.add.click()
    table.write(1, 1, "2")
    assert editor.problem() == "Кластеры: номер 2 стоит дважды."


def test_a_changed_parameter_asks_for_its_act_until_it_is_written(editor: RulesEditor) -> None:
    editor.form.threshold.setValue(35)
    names = [note.name for note in FEDERAL.notes]
    row = names.index("threshold_percent")
    assert editor.basis.notes.rows()[row][0] == "Изменено специалистом: укажите акт"
    editor.basis.notes.write(row, 0, "приказ региона № 7")
    editor.basis.notes.write(row, 2, True)
    editor.form.threshold.setValue(36)
    note = editor.rules().notes[row]
    assert (note.source, note.confirmed) == ("приказ региона № 7", True)
    editor.basis.notes.write(row, 0, "")
    assert editor.problem() == "Основание: у каждого параметра должен быть источник."


def test_name_years_and_acts_can_be_written(editor: RulesEditor) -> None:
    basis = editor.basis
    basis.title.setText("Методика района")
    basis.first.setValue(2024)
    basis.last.setValue(2026)
    basis.acts.write(0, 0, "Приказ № 5")
    rules = editor.rules()
    assert (rules.title, rules.first_year, rules.last_year) == ("Методика района", 2024, 2026)
    assert rules.legal_basis[0].title == "Приказ № 5"
    basis.last.setValue(2023)
    assert "последний год действия раньше первого" in editor.problem()
    basis.last.setValue(basis.last.minimum())
    basis.acts.write(0, 1, "")
    assert "нужны название и место публикации" in editor.problem()
    for _ in range(len(basis.acts.rows())):
        basis.acts.table.setCurrentCell(0, 0)
        basis.acts.remove.click()
    assert "назовите хотя бы один документ" in editor.problem()
    basis.title.setText(" ")
    assert "напишите название методики" in editor.problem()


def test_a_methodology_without_conditions_has_nothing_to_weigh(editor: RulesEditor) -> None:
    editor.show_rules(replace(FEDERAL, social=None))
    assert not editor.isb.isEnabled()
    assert editor.rules().social is None
    assert editor.problem() == ""


def test_an_edit_in_any_tab_is_counted_and_stored_only_when_applied(
    district: District, started: Startup, workspace: Workspace, qtbot: QtBot
) -> None:
    window = cast(MainWindow, started.parent())
    dialog = MethodologyDialog(window.context, YEAR)
    qtbot.addWidget(dialog)
    settle(window)
    dialog.editor.procedures.table.write(0, 0, "Русский язык")
    settle(window)
    assert dialog.effect.changes.item(0).text() == "МБОУ СОШ № 15: ШНОР → зона риска"
    assert rules_for(workspace, YEAR) == FEDERAL
    dialog.editor.procedures.table.write(0, 0, "Алхимия")
    assert not dialog.apply.isEnabled()
    dialog.editor.procedures.table.write(0, 0, "Русский язык")
    settle(window)
    dialog.apply.click()
    settle(window)
    assert rules_for(workspace, YEAR).counted[0].subjects == ("Русский язык",)


def test_a_wrong_file_is_refused_in_the_window_with_line_and_reason(
    district: District,
    started: Startup,
    workspace: Workspace,
    qtbot: QtBot,
    door: ScriptedDoor,
    tmp_path: Path,
) -> None:
    window = cast(MainWindow, started.parent())
    dialog = MethodologyDialog(window.context, YEAR)
    qtbot.addWidget(dialog)
    settle(window)
    text = resource("methodologies", "federal-1.json").read_text(encoding="utf-8")
    bad = tmp_path / "bad.json"
    bad.write_text(text.replace('"value": 30,', '"value": 130,', 1), encoding="utf-8")
    door.expect("open_files", (bad,))
    door.expect("report")
    dialog.bring.click()
    settle(window)
    (told,) = door.texts("report")
    assert "строка " in told
    assert "допустимо от 0 до 100, а стоит 130" in told
    assert rules_for(workspace, YEAR) == FEDERAL


def test_what_an_earlier_version_stored_can_be_edited_further(editor: RulesEditor) -> None:
    assert FEDERAL.social is not None
    wide = IsbCutoff(YEAR, Decimal(150), "приказ", confirmed=True)
    own = replace(
        FEDERAL,
        counted=(CountedProcedures(AssessmentKind.EGE, ("Математика",), (8,)),),
        social=replace(FEDERAL.social, cutoffs=(wide,)),
    )
    editor.show_rules(own)
    assert editor.problem() == ""
    editor.form.rule_a.setValue(3)
    assert editor.problem() == ""
    editor.form.cutoff.setValue(151)
    assert "а стоит 151" in editor.problem()
    editor.form.cutoff.setValue(50)
    editor.procedures.table.write(0, 2, "7")
    assert "ЕГЭ по предмету «Математика» не бывает" in editor.problem()
