"""Results follow a corrected minimum or scale only when asked: shown first, undone as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.enums import AssessmentKind, DaysAnswer
from app.services import scales
from app.services.backup import check
from app.services.importing import Decisions, answer_days, undo
from app.services.importing.loaded import LoadedFile
from app.services.journal import redo_last, undo_last
from app.services.results import ResultRow, history, list_results, sources
from app.services.scales import CountedFigures, MinScore, Recount
from app.services.workspace import Workspace
from tests.importing.layouts.layout_sheets import sheet
from tests.importing.loads import load, prepare_facts, ref, register, school
from tests.importing.test_exam_days import EGE, REGISTER, file, protocol

RUSSIAN = "01 - Русский язык 2026.06.01"
LATER = "01 - Русский язык 2026.06.20"
SCORES = (("Первая", 20), ("Вторая", 36), ("Третья", 39), ("Пятая", 80))
KIND = AssessmentKind.EGE
DAYS = "ЕГЭ|2026|Русский язык"
LATEST = Decisions(days={DAYS: DaysAnswer.LATEST})


def exam(path: str = "ЕГЭ.xlsx", title: str = RUSSIAN) -> LoadedFile:
    """Return a protocol with four test scores."""
    return protocol(path, title, *SCORES, header=EGE)


def raise_minimum(workspace: Workspace, score: int, subject: str = "Русский язык") -> None:
    """Let the office say another minimum of 2026."""
    known = scales.in_force(workspace).minimum(KIND, subject, 2026)
    assert known is not None
    own = replace(known, first_year=2026, last_year=2026, score=score, source="Распоряжение")
    scales.save_minimum(workspace, own)


def only(workspace: Workspace) -> ResultRow:
    """Return the one result."""
    (row,) = list_results(workspace)
    return row


def figures(found: Recount) -> list[tuple[CountedFigures, CountedFigures]]:
    """Return what would become what."""
    return [(one.before, one.after) for one in found.changes]


def test_nothing_changes_while_the_minimum_is_the_same(workspace: Workspace) -> None:
    load(workspace, REGISTER, exam())
    assert scales.preview_recount(workspace) == Recount((), ())
    assert scales.recount(workspace).topics == frozenset()


def test_a_recount_that_changes_nothing_costs_no_taking_back(workspace: Workspace) -> None:
    load(workspace, REGISTER, exam())
    raise_minimum(workspace, 40)
    scales.recount(workspace)
    assert only(workspace).below == 3
    assert scales.recount(workspace).topics == frozenset()
    assert undo_last(workspace).message == "Отменено: Пересчёт результатов по шкалам: 1."
    assert only(workspace).below == 1
    assert redo_last(workspace).done
    assert scales.recount(workspace).topics == frozenset()
    assert scales.undo_recount(workspace).message == "Отменено: Пересчёт результатов по шкалам: 1."
    assert only(workspace).below == 1


def test_a_higher_minimum_is_shown_then_counted_then_taken_back(workspace: Workspace) -> None:
    load(workspace, REGISTER, exam())
    before = only(workspace)
    assert before.below == 1
    raise_minimum(workspace, 40)
    assert only(workspace) == before
    found = scales.preview_recount(workspace)
    assert figures(found) == [(CountedFigures(1), CountedFigures(3))]
    (change,) = found.changes
    assert (change.about.school, change.about.participants) == ("МБОУ Полянская СОШ", 4)
    scales.recount(workspace)
    after = only(workspace)
    assert (after.below, after.participants, after.mean) == (3, 4, before.mean)
    assert [one.row.below for one in history(workspace, after.id)] == [1]
    assert sources(workspace, after.id)["below"].cell == sources(workspace, after.id)["mean"].cell
    assert scales.preview_recount(workspace).changes == ()
    undo_last(workspace)
    assert only(workspace) == before


def test_the_same_protocol_after_a_recount_changes_nothing(workspace: Workspace) -> None:
    load(workspace, REGISTER, exam())
    raise_minimum(workspace, 40)
    scales.recount(workspace)
    assert only(workspace).below == 3
    assert scales.preview_recount(workspace).changes == ()


def test_days_are_counted_each_by_itself(workspace: Workspace) -> None:
    late = protocol("Резерв.xlsx", LATER, ("Шестая", 38), header=EGE)
    load(workspace, REGISTER, exam())
    load(workspace, late, decisions=LATEST)
    raise_minimum(workspace, 39)
    scales.recount(workspace)
    assert (only(workspace).participants, only(workspace).below) == (5, 3)
    again = protocol("Резерв 2.xlsx", LATER, ("Шестая", 39), header=EGE)
    load(workspace, again)
    assert only(workspace).participants == 5


def test_a_day_that_does_not_count_is_left_out_of_the_recount(workspace: Workspace) -> None:
    late = protocol("Резерв.xlsx", LATER, ("Шестая", 38), header=EGE)
    load(workspace, REGISTER, exam())
    load(workspace, late, decisions=Decisions(days={DAYS: DaysAnswer.MAIN}))
    raise_minimum(workspace, 39)
    scales.recount(workspace)
    assert (only(workspace).participants, only(workspace).below) == (4, 2)
    answer_days(workspace, DAYS, DaysAnswer.LATEST)
    assert (only(workspace).participants, only(workspace).below) == (5, 3)


def test_who_sat_twice_cannot_be_counted_and_is_told(workspace: Workspace) -> None:
    again = protocol("День 2.xlsx", LATER, ("Первая", 50), header=EGE)
    load(workspace, REGISTER, exam(), again, decisions=LATEST)
    raise_minimum(workspace, 40)
    found = scales.preview_recount(workspace)
    assert found.changes == ()
    (left,) = found.left
    assert "пересдачи" in left.why
    assert left.file


def test_only_what_the_office_corrected_is_told_of(workspace: Workspace) -> None:
    again = protocol("День 2.xlsx", LATER, ("Первая", 50), header=EGE)
    load(workspace, REGISTER, exam(), again)
    assert scales.preview_recount(workspace).left == ()


def test_marks_of_raw_scores_follow_a_corrected_scale(workspace: Workspace) -> None:
    load(workspace, register("Реестр.xlsx", school(4, ref("СОШ № 4", fisoko="edu000004"))))
    rows = [f"edu000004;4;{n};1;{score};3" for n, score in enumerate((9, 10, 16, 22), start=1)]
    header = (
        "логин школы;класс;номер обучающегося;вариант;всего баллов;отметка за предыдущую четверть"
    )
    load(workspace, file("Сырые.xlsx", sheet("ВПР 2026 Русский язык 4 класс", header, *rows)))
    before = only(workspace)
    assert (before.n2, before.n3, before.n4, before.n5) == (1, 1, 1, 1)
    known = scales.in_force(workspace).mark_scale(AssessmentKind.VPR, "Русский язык", 4, 2026)
    assert known is not None
    bands = ((0, 10), (11, 15), *known.bands[2:])
    scales.save_scale(workspace, replace(known, bands=bands, source="Письмо региона"))
    (change,) = scales.preview_recount(workspace).changes
    assert (change.before.marks, change.after.marks) == ((1, 1, 1, 1), (2, 0, 1, 1))
    scales.recount(workspace)
    after = only(workspace)
    assert (after.n2, after.n3, after.below, after.mean) == (2, 0, 2, 13 / 4)
    undo_last(workspace)
    assert only(workspace) == before


@pytest.mark.parametrize("score", [0, 100])
def test_a_supposed_minimum_stores_nothing(workspace: Workspace, score: int) -> None:
    load(workspace, REGISTER, exam())
    known = scales.in_force(workspace)
    supposed: tuple[MinScore, ...] = tuple(replace(one, score=score) for one in known.minimums)
    found = scales.preview_recount(workspace, replace(known, minimums=supposed))
    assert [one.after.below for one in found.changes] == [4 if score else 0]
    assert only(workspace).below == 1


def test_an_unknown_minimum_becomes_known(workspace: Workspace) -> None:
    title = "25 - Китайский язык 2031.06.01"
    load(workspace, REGISTER, protocol("ЕГЭ.xlsx", title, *SCORES, header=EGE))
    row = only(workspace)
    assert row.below is None
    known = scales.in_force(workspace).minimums[0]
    own = replace(
        known, subject=row.subject, first_year=2031, last_year=2031, score=40, source="Приказ"
    )
    scales.save_minimum(workspace, own)
    assert figures(scales.preview_recount(workspace)) == [(CountedFigures(None), CountedFigures(3))]
    plan = prepare_facts(workspace, [])
    assert plan.files == ()


def test_undoing_the_load_takes_out_what_was_counted_anew(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    loaded = load(workspace, exam())
    raise_minimum(workspace, 40)
    scales.recount(workspace)
    assert check(workspace).findings == ()
    assert loaded.batch_id is not None
    undo(workspace, loaded.batch_id)
    assert list_results(workspace) == ()
    assert scales.preview_recount(workspace) == Recount((), ())
    assert check(workspace).findings == ()
