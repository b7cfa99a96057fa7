"""Protocols of pupils give their scores by school: added by day, taken back, never a name."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.models.enums import AssessmentKind, DaysAnswer, FileStatus, RecordKind
from app.models.records import Record
from app.services.analysis import (
    BandLine,
    Distribution,
    band_text,
    bias_signals,
    distributions,
    ege_bands,
    histogram_of,
    joined,
    scale_of_scores,
    school_pictures,
    starts_of,
)
from app.services.importing import Decisions, answer_days, undo
from app.services.importing.facts import RecordFact
from app.services.importing.loaded import LoadedFile
from app.services.importing.plan import ChangeKind
from app.services.records import list_records, sources
from app.services.scales import in_force
from app.services.score_counts import counts_of, counts_text
from app.services.workspace import Workspace
from tests.importing.layouts.layout_sheets import read, sheet
from tests.importing.layouts.test_layout_protocols import ege, ege_pupil, oge, oge_pupil
from tests.importing.loads import load, plan_of, prepare_facts, ref, register, school
from tests.importing.test_exam_days import (
    EGE,
    FIRST,
    GRANTED,
    HEADER,
    KEY,
    LATEST,
    MAIN,
    MAIN_DAY,
    REGISTER,
    RESERVE,
    file,
    protocol,
)

RUSSIAN = "01 - Русский язык 2026.06.01"
LATER = "01 - Русский язык 2026.06.20"
VPR = (
    "ВПР 2026 Русский язык 4 класс",
    "ОО;Код участника;Класс;Вариант;1 (1б);2 (2б);Первичный балл;Отметка;Отметка по журналу",
)


def scores(path: str, title: str, *pupils: tuple[str, int]) -> LoadedFile:
    """Return a protocol of the ЕГЭ: surnames with test scores."""
    return protocol(path, title, *pupils, header=EGE)


def primary(*rows: str, path: str = "Протокол.xlsx", title: str = MAIN) -> LoadedFile:
    """Return a protocol of the ОГЭ: rows «score;mark»."""
    lines = (
        f"{n};13450;9а;Тестовая{n};Ученица;Примеровна;{row}" for n, row in enumerate(rows, start=1)
    )
    return file(path, sheet(title, HEADER, *lines))


def only(workspace: Workspace, year: int = 2026) -> Distribution:
    """Return the one distribution of the year."""
    (found,) = distributions(workspace, year)
    return found


def test_a_text_of_scores_is_read_back() -> None:
    assert counts_text([40, 36, 40]) == "36 – 1, 40 – 2"
    assert counts_of("36 – 1, 40 – 2") == {36: 1, 40: 2}
    assert counts_of(7) == {}


def test_test_scores_fill_the_bands_of_an_exam(workspace: Workspace) -> None:
    load(
        workspace,
        REGISTER,
        scores("ЕГЭ.xlsx", RUSSIAN, ("Первая", 30), ("Вторая", 60), ("Третья", 80), ("Пятая", 81)),
    )
    (line,) = ege_bands(workspace, 2026)
    assert (line.participants, line.low, line.middle, line.high) == (4, 1, 2, 1)
    assert band_text(line) == (
        "до 60 – 1 (25,0 %), 60–80 – 2 (50,0 %), больше 80 – 1 (25,0 %); "
        "тестовые баллы из протоколов"
    )
    picture = histogram_of(only(workspace), None, 36)
    assert (len(picture.counts), picture.counts[60], picture.test) == (101, 1.0, True)
    assert [(one.text, one.score) for one in picture.boundaries] == [("минимум", 36)]
    assert "минимальный балл" in histogram_of(only(workspace), None).note.casefold()


def test_primary_scores_of_a_protocol_stand_on_the_scale_of_marks(workspace: Workspace) -> None:
    load(workspace, REGISTER, primary("7;2", "8;3", "8;3", "22;5"))
    found = only(workspace)
    assert (found.counts, found.counted, found.test) == ({7: 1, 8: 2, 22: 1}, True, False)
    scale = scale_of_scores(found, in_force(workspace))
    assert scale is not None
    assert starts_of(scale) == {3: 8, 4: 15, 5: 22}
    assert "Посчитано по протоколам" in histogram_of(found, starts_of(scale)).note


def test_every_figure_has_its_cells_and_no_name_is_kept(workspace: Workspace) -> None:
    load(workspace, REGISTER, primary("7;2", "8;3"))
    (row,) = list_records(workspace, RecordKind.SCORES, 2026)
    assert row.data == {"primary_02.06.2026": "7 – 1, 8 – 1"}
    (found,) = sources(workspace, row.id).values()
    assert (found.file, found.cell) == ("Протокол.xlsx", "G3:G4")


def test_days_add_up_and_who_sat_twice_is_told(workspace: Workspace) -> None:
    first = scores("День 1.xlsx", RUSSIAN, ("Первая", 30), ("Вторая", 70))
    again = scores("День 2.xlsx", LATER, ("Первая", 50), ("Шестая", 90))
    latest = Decisions(days={"ЕГЭ|2026|Русский язык": DaysAnswer.LATEST})
    report = load(workspace, REGISTER, first, again, decisions=latest)
    assert {one.status for one in report.files} == {FileStatus.IMPORTED}
    (line,) = ege_bands(workspace, 2026)
    assert (line.low, line.middle, line.high) == (2, 1, 1)
    assert "в них 4, а в результате 3" in line.source
    assert "посчитаны в каждом протоколе" in line.source
    assert "Сложены дни экзамена (2)" in histogram_of(only(workspace), None, 36).note


def test_a_newer_protocol_of_a_day_takes_the_place_of_that_day(workspace: Workspace) -> None:
    reserve = primary("20;4", path="р.xlsx", title=RESERVE)
    load(workspace, REGISTER, primary("7;2", "8;3"), reserve, decisions=LATEST)
    newer = primary("9;3", "8;3", path="Исправленный.xlsx")
    (change,) = (
        one
        for one in prepare_facts(workspace, [newer]).files[0].changes
        if one.item.startswith(RecordKind.SCORES.value)
    )
    assert change.kind is ChangeKind.CHANGED
    assert [(d.old, d.new) for d in change.differences] == [("7 – 1, 8 – 1", "8 – 1, 9 – 1")]
    load(workspace, newer)
    assert only(workspace).counts == {8: 1, 9: 1, 20: 1}


def test_the_same_protocol_again_changes_nothing(workspace: Workspace) -> None:
    load(workspace, REGISTER, primary("7;2", "8;3"))
    plan = prepare_facts(workspace, [primary("7;2", "8;3", path="Ещё раз.xlsx")])
    assert {change.kind for change in plan.files[0].changes} == {ChangeKind.UNCHANGED}


def test_undoing_a_load_takes_its_day_out(workspace: Workspace) -> None:
    load(workspace, REGISTER, primary("7;2", "8;3"))
    day = primary("20;4", path="Резерв.xlsx", title=RESERVE)
    reserve = load(workspace, day, decisions=LATEST)
    assert only(workspace).counts == {7: 1, 8: 1, 20: 1}
    assert reserve.batch_id is not None
    undo(workspace, reserve.batch_id)
    assert only(workspace).counts == {7: 1, 8: 1}


def test_undoing_the_older_load_leaves_the_later_day(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    first = load(workspace, primary("7;2", "8;3"))
    load(workspace, primary("20;4", path="Резерв.xlsx", title=RESERVE), decisions=LATEST)
    assert first.batch_id is not None
    undo(workspace, first.batch_id)
    assert only(workspace).counts == {20: 1}
    with workspace.database.read() as session:
        assert session.scalar(select(Record.data).where(Record.current)) == {
            "primary_26.06.2026": "20 – 1"
        }


def test_scores_of_pupils_whose_results_wait_wait_with_them(workspace: Workspace) -> None:
    load(workspace, REGISTER, primary("7;2", "8;3"))
    reserve = primary("20;4", path="Резерв.xlsx", title=RESERVE)
    report = load(workspace, reserve)
    assert {one.kind for one in plan_of(report, "Резерв.xlsx").changes} == {ChangeKind.QUARANTINED}
    assert only(workspace).counts == {7: 1, 8: 1}
    load(workspace, reserve, decisions=LATEST)
    assert only(workspace).counts == {7: 1, 8: 1, 20: 1}


def test_a_day_that_an_answer_leaves_out_is_in_no_distribution(workspace: Workspace) -> None:
    again = primary("20;4", path="П.xlsx", title="Пересдача. 02 - Математика 2026.06.26")
    load(workspace, REGISTER, primary("7;2", "8;3"), again, decisions=MAIN_DAY)
    assert only(workspace).counts == {7: 1, 8: 1}
    answer_days(workspace, KEY, DaysAnswer.LATEST)
    assert only(workspace).counts == {7: 1, 8: 1, 20: 1}


def test_scores_of_a_retake_alone_stay_out_with_its_result(workspace: Workspace) -> None:
    again = primary("20;4", path="П.xlsx", title="Пересдача. 02 - Математика 2026.06.26")
    report = load(workspace, REGISTER, again, decisions=MAIN_DAY)
    assert {one.kind for one in plan_of(report, "П.xlsx").changes} == {ChangeKind.QUARANTINED}
    assert distributions(workspace, 2026) == ()


def test_two_protocols_that_contradict_each_other_leave_no_scores(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    report = load(workspace, primary("7;2", "8;3"), primary("9;3", "8;3", path="Второй.xlsx"))
    assert {one.status for one in report.files} == {FileStatus.NEEDS_DECISION}
    assert distributions(workspace, 2026) == ()


def test_scores_before_appeals_are_said_to_be_so(workspace: Workspace) -> None:
    """A file of appeals gives no earlier score, so the picture cannot follow; it must say that."""
    load(workspace, REGISTER, FIRST, GRANTED)
    assert only(workspace).appealed == 1
    assert "Баллы до апелляций: они изменили отметок 1." in histogram_of(only(workspace), None).note
    assert joined([only(workspace), only(workspace)], "Район").appealed == 2
    load(workspace, protocol("Другой.xlsx", RESERVE, ("Шестая", 5)))
    assert only(workspace).appealed == 1


def test_without_appeals_nothing_is_said_of_them(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST)
    assert only(workspace).appealed == 0
    assert "апелляц" not in histogram_of(only(workspace), None).note


def test_a_gap_among_the_scores_keeps_the_distribution_out_and_is_told() -> None:
    found = read(
        oge(oge_pupil("13450", 4), [*oge_pupil("13450", 5)[:18], "?", None, 5]), "oge_protocol"
    )
    assert not [f for block in found.blocks for f in block.facts if isinstance(f, RecordFact)]
    (told,) = (one for one in found.problems if "Нет первичного балла" in one.message)
    assert told.cell == "S4"
    assert "1 чел. из 2" in told.message


def test_a_table_without_primary_scores_says_nothing() -> None:
    pupil = oge_pupil("13450", 4)
    pupil[18] = None
    found = read(oge(pupil), "oge_protocol")
    assert len(found.blocks) == 1
    assert not any("первичного" in one.message for one in found.problems)


@pytest.mark.parametrize("score", [3, 100])
def test_test_scores_are_never_taken_for_primary_ones(score: int) -> None:
    found = read(ege(ege_pupil("13450", score)), "ege_protocol")
    (fact,) = (f for block in found.blocks for f in block.facts if isinstance(f, RecordFact))
    assert fact.data == {"test_01.06.2026": f"{score} – 1"}
    assert fact.procedure is not None
    assert fact.procedure.kind is AssessmentKind.EGE


def test_individual_results_of_the_vpr_give_the_signal_of_the_border(workspace: Workspace) -> None:
    load(workspace, register("Реестр.xlsx", school(4, ref("СОШ № 4", fisoko="edu000004"))))
    title, header = VPR
    rows = [
        f"edu000004;50{n:02};4а;1;1;2;{score};{mark};3"
        for n, (score, mark) in enumerate([(9, 2)] * 2 + [(10, 3)] * 10, start=1)
    ]
    made = file("Ф1.xlsx", sheet(title, header, *rows))
    load(workspace, made)
    found = only(workspace)
    assert found.counts == {9: 2, 10: 10}
    assert found.school_id is not None
    (signals,) = bias_signals(workspace, 2026, found.school_id)
    (peak,) = (row for row in signals.rows if row.signal.flagged)
    assert (peak.signal.sample, peak.procedure[1]) == (12, "Русский язык")


def test_the_card_draws_groups_that_are_large_enough(workspace: Workspace) -> None:
    rows = tuple(f"{score};3" for score in range(8, 15))
    load(workspace, REGISTER, primary(*rows))
    (row,) = list_records(workspace, RecordKind.SCORES, 2026)
    assert row.school_id is not None
    assert school_pictures(workspace, row.school_id, 2026).scores == ()
    more = primary(*rows, "22;5", "7;2", "7;2", path="Ещё.xlsx", title=RESERVE)
    load(workspace, more, decisions=LATEST)
    (picture,) = school_pictures(workspace, row.school_id, 2026).scores
    assert sum(picture.counts) == 17
    assert [one.score for one in picture.boundaries] == [8, 15, 22]


def test_no_band_is_known_without_scores() -> None:
    line = BandLine("Физика", 2026, "СОШ № 1", 5, None, None, None, "нет данных: только среднее")
    assert band_text(line) == "нет данных: только среднее"


def test_a_report_of_shares_and_the_pupils_themselves_do_not_contradict(
    workspace: Workspace,
) -> None:
    load(workspace, register("Реестр.xlsx", school(4, ref("СОШ № 4", fisoko="edu000004"))))
    title, header = VPR
    rows = [f"edu000004;50{n:02};4а;1;1;2;{score};3;3" for n, score in enumerate((10, 10, 11))]
    pupils = file("Ф1.xlsx", sheet(title, header, *rows))
    shares = ["0"] * 25
    shares[10], shares[11] = "66,7", "33,3"
    head = "Год;Класс;Предмет;Муниципалитет;Логин;ОО;Кол-во участников;" + ";".join(
        str(n) for n in range(25)
    )
    row = "2026;4;Русский язык;Район;edu000004;СОШ № 4;3;" + ";".join(shares)
    report = load(workspace, file("Распределение.xlsx", sheet(head, row)), pupils)
    assert {one.status for one in report.files} == {FileStatus.IMPORTED}
    found = only(workspace)
    assert (found.counts, found.counted) == ({10: 2, 11: 1}, True)
    assert report.batch_id is not None
    undo(workspace, report.batch_id)
    assert distributions(workspace, 2026) == ()
