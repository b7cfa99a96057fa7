"""The page «Классификация»: filters, explanation, decisions, region's opinion, protocol."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.models.enums import AssessmentKind, Basis, Category, RecordKind
from app.models.records import Record
from app.services.methodology import classify, confirm, protocol
from app.services.workspace import Workspace
from app.ui.dialogs.override import OverrideDialog
from app.ui.main_window import MainWindow
from app.ui.pages.classification.lines import Attention, Standing
from app.ui.pages.classification.loading import explain, load
from app.ui.pages.classification.page import ClassificationPage
from app.ui.pages.classification.protocol_dialog import ProtocolDialog
from app.ui.screenshots import settle
from app.ui.startup import Startup
from app.ui.workbench import Workbench
from tests.analysis.rows import add_record
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

YEAR = 2025


@pytest.fixture
def listed(workspace: Workspace, district: District) -> District:
    """Let the region list the fine school, and the official list mark the low one."""
    rows = [
        (RecordKind.REGION_LIST, district.fine, {"shnor": 1, "shnsu": 0}),
        (RecordKind.BIAS, district.low, {"marker_5 МА": 1}),
    ]
    with workspace.database.write() as session:
        for kind, school, data in rows:
            identity = f"school:{school}|{kind.name}|{YEAR}|"
            session.add(
                Record(
                    identity=identity,
                    kind=kind,
                    year=YEAR,
                    school_id=school,
                    data=data,
                    current=True,
                )
            )
    return district


@pytest.fixture
def window(listed: District, started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def page(window: MainWindow) -> ClassificationPage:
    """Return the page, opened by the button of «Школы»."""
    window.show_page("schools")
    window.findChildren(Workbench)[0].schools.page.classify.click()
    settle(window)
    return cast(ClassificationPage, window.pages["classification"])


@pytest.fixture
def choose(page: ClassificationPage, window: MainWindow) -> Callable[[int], None]:
    """Return a way to bring a school into the panel."""

    def to(school: int) -> None:
        page.table.select_key(school)
        settle(window)

    return to


def names(page: ClassificationPage) -> list[str]:
    return [line.found.school for line in page.model.rows()]


def test_the_list_shows_all_opinions_side_by_side(
    page: ClassificationPage, listed: District
) -> None:
    lines = {line.id: line for line in page.model.all_rows()}
    low, fine, empty = (lines[key] for key in (listed.low, listed.fine, listed.empty))
    assert (low.in_force, low.standing, low.found.region) == (
        Category.SHNOR,
        Standing.WAITING,
        None,
    )
    # The list of the region names another school and leaves this one out.
    assert low.attention == (Attention.DISAGREEMENT, Attention.MOVED, Attention.BIASED)
    assert fine.found.region is not None
    assert fine.found.region.category is Category.SHNOR
    assert Attention.DISAGREEMENT in fine.attention
    assert (empty.computed, empty.in_force, empty.standing, empty.pupils) == (None,) * 4


def test_filters_choose_and_say_how_many(page: ClassificationPage, qtbot: QtBot) -> None:
    assert page.category.itemText(page.category.findData(Category.SHNOR)) == "ШНОР – 1"
    page.category.choose(Category.SHNOR)
    page.category.picked.emit()
    assert names(page) == ["МБОУ СОШ № 15"]
    assert page.note.text() == "1 из 3"
    page.category.choose(None)
    page.attention.choose(Attention.DISAGREEMENT)
    page.attention.picked.emit()
    assert names(page) == ["МБОУ СОШ № 2", "МБОУ СОШ № 15"]
    page.attention.choose(None)
    page.standing.choose(Standing.CHANGED)
    page.standing.picked.emit()
    assert page.lists.currentWidget() is page.empty
    page.empty.chosen.emit()
    assert len(names(page)) == 3
    page.search.setText("пушкин")
    assert names(page) == ["Лицей имени Пушкина"]


def test_the_panel_explains_with_numbers_and_their_cells(
    page: ClassificationPage,
    window: MainWindow,
    listed: District,
    choose: Callable[[int], None],
) -> None:
    choose(listed.low)
    panel = page.panel
    assert panel.reason.text().startswith("Низкие результаты в 2025 году по двум процедурам")
    assert [row.figures for row in panel.procedures_model.rows()] == ["5 из 11", "4 из 11"]
    assert panel.procedures_model.rows()[0].points == pytest.approx(15.45, abs=0.01)
    assert "выйдет из перечня" in panel.distance.text()
    assert panel.since.text().startswith("В 2024 году – «вне групп», в 2025 году – «ШНОР»")
    assert "Официальный список 2025 года" in panel.bias.text()
    assert "не доказывает" in panel.bias.text()
    row = panel.procedures_model.rows()[0]
    panel.procedures.link_clicked.emit(row, "percent", QPoint(0, 0))
    settle(window)
    presenter = window.findChildren(Workbench)[0].categories.presenter
    assert presenter is not None
    assert presenter._sources.popup is not None
    presenter._sources.popup.close()


def test_a_school_without_data_says_so(
    page: ClassificationPage, listed: District, choose: Callable[[int], None]
) -> None:
    choose(listed.empty)
    assert page.panel.reason.text().startswith("Нет данных за 2025 год")
    assert page.panel.confirm.isHidden()
    assert page.panel.procedures.isHidden()


def test_one_is_confirmed_changed_and_withdrawn(
    page: ClassificationPage,
    window: MainWindow,
    workspace: Workspace,
    listed: District,
    choose: Callable[[int], None],
    door: ScriptedDoor,
) -> None:
    choose(listed.low)
    page.panel.confirm.click()
    settle(window)
    line = page.table.current()
    assert line.standing is Standing.CONFIRMED
    assert page.panel.confirm.isHidden()

    def answer(dialog: OverrideDialog) -> bool:
        dialog.choice.setCurrentIndex(dialog.choice.findData(Category.NONE))
        dialog.text.setPlainText("решение комиссии")
        return True

    door.expect("run", answer)
    page.panel.override.click()
    settle(window)
    assert page.table.current().standing is Standing.CHANGED
    assert "решение комиссии" in page.panel.decision.text()
    assert page.panel.computed.text().startswith("По расчёту: ШНОР.")
    page.panel.withdraw.click()
    settle(window)
    assert page.table.current().standing is Standing.WAITING
    assert [row.current for row in protocol(workspace, YEAR)] == [False, False]


def test_the_list_of_the_region_is_taken_with_its_act(
    page: ClassificationPage,
    window: MainWindow,
    workspace: Workspace,
    listed: District,
    choose: Callable[[int], None],
    door: ScriptedDoor,
) -> None:
    choose(listed.fine)
    assert "расходится" in page.panel.region.text()
    door.expect("ask_text", None)
    page.panel.region_button.click()
    settle(window)
    assert protocol(workspace, YEAR) == ()
    door.expect("ask_text", "приказ от 01.09.2025 № 5")
    page.panel.region_button.click()
    settle(window)
    (row,) = protocol(workspace, YEAR)
    assert (row.category, row.basis, row.reason) == (
        Category.SHNOR,
        Basis.REGION,
        "приказ от 01.09.2025 № 5",
    )
    assert page.table.current().standing is Standing.REGION
    assert page.panel.region_button.isHidden()


def test_all_shown_are_confirmed_once_asked(
    page: ClassificationPage,
    window: MainWindow,
    workspace: Workspace,
    listed: District,
    door: ScriptedDoor,
) -> None:
    door.expect("ask", True)
    page.confirm_all.click()
    settle(window)
    decided = {s.school_id for s in classify(workspace, YEAR).schools if s.decision}
    assert decided == {listed.low, listed.fine}
    assert door.texts("ask") == ["Подтвердить предложенные категории 2 школ за 2025 год?"]
    assert not page.confirm_all.isEnabled()


def test_nothing_is_confirmed_when_nothing_waits(
    page: ClassificationPage, window: MainWindow, qtbot: QtBot, listed: District
) -> None:
    with qtbot.waitSignal(window.context.told):
        page.confirm_wanted.emit([])


def test_the_protocol_shows_and_goes_out(
    page: ClassificationPage,
    window: MainWindow,
    workspace: Workspace,
    listed: District,
    door: ScriptedDoor,
    tmp_path: Path,
) -> None:
    def empty(dialog: ProtocolDialog) -> bool:
        settle(window)
        assert dialog.views.currentWidget() is dialog.nothing
        assert not dialog.take.isEnabled()
        return True

    door.expect("run", empty)
    page.protocol.click()
    confirm(workspace, YEAR, [listed.low])

    def filled(dialog: ProtocolDialog) -> bool:
        settle(window)
        assert dialog.model.row_at(0).school == "МБОУ СОШ № 15"
        for ending in (".xlsx", ".docx"):
            door.expect("save_file", tmp_path / f"протокол{ending}")
            dialog.take.click()
            settle(window)
        return True

    # The answer of the dialog itself comes off the list before those of its own questions.
    door.expect("run", filled)
    page.protocol.click()
    assert sorted(path.name for path in tmp_path.glob("протокол*")) == [
        "протокол.docx",
        "протокол.xlsx",
    ]


def test_closing_returns_to_where_it_was_opened(
    page: ClassificationPage, window: MainWindow
) -> None:
    window.findChildren(Workbench)[0].categories.open()
    assert window.current_page() is page
    page.close_button.click()
    assert "classification" not in window.pages
    front = window.current_page()
    assert front is not None
    assert front.key == "schools"


def test_without_data_it_says_what_to_do(started: Startup) -> None:
    window = cast(MainWindow, started.parent())
    window.findChildren(Workbench)[0].categories.open()
    settle(window)
    page = cast(ClassificationPage, window.pages["classification"])
    assert page.lists.currentWidget() is page.empty
    asked: list[object] = []
    window.context.import_wanted.disconnect()
    window.context.import_wanted.connect(asked.append)
    page.empty.chosen.emit()
    assert asked == [()]


def test_the_fold_key_hides_the_panel(page: ClassificationPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F4)
    page.fold.setChecked(False)
    assert page.panel.isHidden()
    page.save_state()


def test_own_signals_stand_beside_the_official_marks(
    workspace: Workspace, listed: District
) -> None:
    (line,) = (one for one in load(workspace, YEAR).lines if one.id == listed.low)
    assert explain(workspace, line, YEAR).signals == ""
    shares = {f"score_{n}": 0.0 for n in range(39)} | {"participants": 20}
    add_record(
        workspace,
        RecordKind.SCORES,
        YEAR,
        shares | {"score_14": 100.0},
        listed.low,
        procedure=(AssessmentKind.VPR, YEAR, "Русский язык", 4),
    )
    text = explain(workspace, line, YEAR).signals
    assert text.startswith("ВПР, русский язык, 4\N{NO-BREAK SPACE}класс. Внутренний сигнал: скачок")
    assert "(баллы 14–15: 20 − баллы 12–13: 0) / 20; 20 участников" in text
    assert "на категорию они не влияют" in text
    (after,) = (one for one in load(workspace, YEAR).lines if one.id == listed.low)
    assert after.computed == line.computed
