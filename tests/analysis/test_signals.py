"""Own signals over stored data: every formula by hand, no flag for few, no verdict at all."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.errors import UserError
from app.models.enums import RecordKind, ReferenceScope
from app.services.analysis import (
    SIGNALS_NOTE,
    SchoolSignals,
    bias_signals,
    histogram_of,
    school_pictures,
    signals_text,
)
from app.services.analysis.distributions import (
    distributions,
    joined,
    scale_of_scores,
    starts_of,
)
from app.services.analysis.signals import deviation
from app.services.methodology import SignalKind
from app.services.scales import in_force
from app.services.workspace import Workspace
from tests.analysis.rows import EGE, MATHS, OGE, RUSSIAN, VPR, add_record, add_reference
from tests.stored import add_result, add_school

FOURTH = (VPR, 2025, RUSSIAN, 4)
"""Scale of 38: «3» from 14, «4» from 24, «5» from 33."""


def scores(participants: int | None, **shares: float) -> dict[str, float]:
    zero = {f"score_{n}": 0.0 for n in range(39)}
    given = {} if participants is None else {"participants": participants}
    return {
        **zero,
        **{f"score_{n.removeprefix('s')}": share for n, share in shares.items()},
        **given,
    }


def one(workspace: Workspace, school: int, year: int = 2025) -> SchoolSignals:
    (found,) = bias_signals(workspace, year, school)
    return found


def add_scores(workspace: Workspace, school: int, data: dict[str, float], **more: object) -> None:
    procedure = more.get("procedure", FOURTH)
    assert isinstance(procedure, tuple)
    add_record(workspace, RecordKind.SCORES, procedure[1], data, school, procedure=procedure)


def test_a_peak_at_the_boundary_is_a_signal_with_its_formula(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    add_scores(workspace, school, scores(20, s13=5.0, s14=40.0, s15=10.0, s20=45.0))
    found = one(workspace, school)
    assert [row.signal.kind for row in found.rows] == [SignalKind.JUMP] * 3
    jump = found.rows[0].signal
    assert (jump.value, jump.sample, jump.flagged, jump.weight) == (45, 20, True, 2)
    assert jump.formula == "(баллы 14–15: 10 − баллы 12–13: 1) / 20"
    assert jump.text.startswith("Внутренний сигнал: скачок на границе отметки «3»")
    assert "не доказывают необъективность" in jump.text
    assert "не подтверждена" in found.rows[0].about
    assert found.flagged == (found.rows[0],)


def test_nine_pupils_are_never_flagged(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    add_scores(workspace, school, scores(9, s14=100.0))
    jump = one(workspace, school).rows[0].signal
    assert (jump.value, jump.sample, jump.flagged) == (100, 9, False)
    assert jump.text.startswith("Без сигнала, выборка меньше 10")


def test_no_scale_and_no_participants_are_told_or_left_out(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    physics = (VPR, 2025, "Физика", 7)
    data = {f"score_{n}": 10.0 for n in range(10)} | {"participants": 30}
    add_scores(workspace, school, data, procedure=physics)
    add_scores(workspace, school, scores(None, s14=100.0))
    found = one(workspace, school)
    assert found.rows == ()
    assert found.missing == (
        "Скачки на границах отметок, ВПР, физика, 7\N{NO-BREAK SPACE}класс: нет шкалы перевода "
        "баллов с наибольшим баллом 9.",
    )


def test_a_file_may_leave_out_the_highest_scores(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    short = {f"score_{n}": 0.0 for n in range(30)} | {"score_14": 100.0, "participants": 12}
    add_scores(workspace, school, short)
    (distribution,) = distributions(workspace, 2025)
    scale = scale_of_scores(distribution, in_force(workspace))
    assert scale is not None
    assert starts_of(scale) == {3: 14, 4: 24, 5: 33}
    picture = histogram_of(distribution, starts_of(scale))
    assert (len(picture.counts), picture.counts[14]) == (34, 12.0)
    assert [border.score for border in picture.boundaries] == [14, 24, 33]
    assert "не известна" in histogram_of(distribution, None).note


def test_deviation_from_the_region_over_the_schools_of_the_district(workspace: Workspace) -> None:
    maths = (VPR, 2025, MATHS, 5)
    schools = [add_school(workspace, f"СОШ № {n}") for n in range(1, 10)]
    for school in schools[:-1]:
        add_result(workspace, school, maths, 20, 2, n3=14, n4=4, n5=0)
    add_result(workspace, schools[-1], maths, 20, 0, n3=0, n4=2, n5=18)
    assert one(workspace, schools[-1]).rows == ()  # the region is not known
    add_reference(workspace, ReferenceScope.REGION, "Область", maths, mean=3.1)
    found = one(workspace, schools[-1])
    signal = found.rows[0].signal
    spread = deviation([Fraction("3.1")] * 8 + [Fraction("4.9")])
    assert float(spread) == pytest.approx(0.6)
    assert float(signal.value) == pytest.approx(3.0)
    assert signal.flagged
    assert "очень высокое" in signal.text
    assert "9 школ района" in found.rows[0].about
    assert [row.signal.flagged for row in one(workspace, schools[0]).rows] == [False]


def test_a_region_of_another_year_or_without_a_mean_is_no_region(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    add_result(workspace, school, (VPR, 2025, MATHS, 5), 20, 2, n3=14, n4=4, n5=0)
    add_result(workspace, school, (VPR, 2025, RUSSIAN, 5), 20, 2, n3=14, n4=4, n5=0)
    add_reference(workspace, ReferenceScope.REGION, "Область", (VPR, 2024, MATHS, 5), mean=3.1)
    add_reference(workspace, ReferenceScope.DISTRICT, "Район", (VPR, 2025, MATHS, 5), mean=3.1)
    add_reference(workspace, ReferenceScope.REGION, "Область", (VPR, 2025, RUSSIAN, 5), p2=3.1)
    assert (one(workspace, school).rows, one(workspace, school).missing) == ((), ())


def test_schools_that_are_all_alike_have_no_deviation(workspace: Workspace) -> None:
    maths = (VPR, 2025, MATHS, 5)
    schools = [add_school(workspace, f"СОШ № {n}") for n in range(1, 9)]
    for school in schools:
        add_result(workspace, school, maths, 20, 2, n3=14, n4=4, n5=0)
    without = add_school(workspace, "СОШ № 9")
    add_result(workspace, without, maths, 20, None)
    add_reference(workspace, ReferenceScope.REGION, "Область", maths, mean=3.1)
    assert one(workspace, schools[0]).rows == ()
    assert one(workspace, without).rows == ()


def test_a_journal_of_shares_alone_needs_its_participants(workspace: Workspace) -> None:
    first, second = add_school(workspace, "СОШ № 1"), add_school(workspace, "СОШ № 2")
    whole = {"participants": 20, "confirmed_share": 90.0}
    add_record(workspace, RecordKind.JOURNAL, 2025, whole, first, procedure=FOURTH)
    add_record(workspace, RecordKind.JOURNAL, 2025, {"lowered": 3}, second, procedure=FOURTH)
    add_record(
        workspace, RecordKind.JOURNAL, 2025, {"participants": 40, "confirmed": 20},
        scope=ReferenceScope.DISTRICT, procedure=FOURTH,
    )  # fmt: skip
    assert [row.signal.value for row in one(workspace, first).rows] == [40]
    assert one(workspace, second).rows == ()


def test_unknown_results_say_nothing_a_year_later(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    add_result(workspace, school, (VPR, 2024, MATHS, 8), 12, None)
    add_result(workspace, school, (OGE, 2025, MATHS, 9), 10, 2)
    assert one(workspace, school).rows == ()


def test_distributions_of_schools_together(workspace: Workspace) -> None:
    schools = [add_school(workspace, f"СОШ № {n}") for n in (1, 2)]
    for school, share in zip(schools, (100.0, 50.0), strict=True):
        add_scores(workspace, school, scores(10, s14=share, s15=100.0 - share))
    found = distributions(workspace, 2025)
    both = joined(found, "Район")
    assert (both.counts[14], both.counts[15], both.participants) == (15, 5, 20)
    assert (both.school_id, both.name) == (None, "Район")
    assert joined(found[:1], "Одна").school_id == schools[0]
    empty = add_school(workspace, "СОШ № 3")
    add_scores(workspace, empty, {"participants": 9})
    assert len(distributions(workspace, 2025)) == 2


def test_seven_schools_have_no_spread(workspace: Workspace) -> None:
    maths = (VPR, 2025, MATHS, 5)
    school = add_school(workspace, "СОШ № 1")
    add_result(workspace, school, maths, 20, 2, n3=14, n4=4, n5=0)
    add_reference(workspace, ReferenceScope.REGION, "Область", maths, mean=3.1)
    found = one(workspace, school)
    assert found.rows == ()
    assert "меньше чем у 8 школ" in found.missing[0]


def test_the_journal_against_the_district(workspace: Workspace) -> None:
    first, second = add_school(workspace, "СОШ № 1"), add_school(workspace, "СОШ № 2")
    for school, confirmed in ((first, 18), (second, 8)):
        data = {"participants": 20, "lowered": 20 - confirmed, "confirmed": confirmed}
        add_record(workspace, RecordKind.JOURNAL, 2025, data, school, procedure=FOURTH)
    rows = one(workspace, first).rows
    assert (rows[0].signal.value, rows[0].signal.flagged) == (25, True)
    assert "по загруженным школам" in rows[0].about
    district = {"confirmed_share": 75.0}
    add_record(
        workspace, RecordKind.JOURNAL, 2025, district, scope=ReferenceScope.DISTRICT,
        procedure=FOURTH,
    )  # fmt: skip
    rows = one(workspace, first).rows
    assert (rows[0].signal.value, rows[0].signal.flagged) == (15, False)
    assert "из того же отчёта" in rows[0].about


def test_one_school_alone_has_no_district(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    data = {"participants": 20, "confirmed": 18}
    add_record(workspace, RecordKind.JOURNAL, 2025, data, school, procedure=FOURTH)
    assert one(workspace, school).rows == ()


def test_the_same_pupils_a_year_later(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    add_result(workspace, school, (VPR, 2024, MATHS, 8), 12, 0)
    add_result(workspace, school, (VPR, 2024, RUSSIAN, 7), 12, 0)
    add_result(workspace, school, (OGE, 2025, MATHS, 9), 10, 2)
    add_result(workspace, school, (OGE, 2025, RUSSIAN, 9), 10, 10)
    (row,) = one(workspace, school).rows
    assert row.procedure == (OGE, MATHS, 9)
    assert (row.signal.value, row.signal.sample, row.signal.flagged) == (20, 10, True)
    assert one(workspace, school, 2024).rows == ()


def test_the_official_list_stands_beside(workspace: Workspace) -> None:
    listed, quiet = add_school(workspace, "СОШ № 1"), add_school(workspace, "СОШ № 2")
    add_record(workspace, RecordKind.BIAS, 2025, {"marker_4 РУ": 1, "marker_4 МА": 0}, listed)
    found = bias_signals(workspace, 2025)
    assert [(school.school, school.official) for school in found] == [("СОШ № 1", ("4 РУ",))]
    assert one(workspace, quiet).official == ()


def test_only_vpr_has_signals_of_scores(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    data = {f"score_{n}": 0.0 for n in range(101)} | {"score_55": 100.0, "participants": 12}
    add_scores(workspace, school, data, procedure=(EGE, 2025, "Физика", 11))
    assert one(workspace, school).rows == ()


def test_no_such_school(workspace: Workspace) -> None:
    with pytest.raises(UserError):
        bias_signals(workspace, 2025, 5)


def test_the_text_of_a_school_says_the_advice_once(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    add_scores(workspace, school, scores(20, s13=5.0, s14=40.0, s23=10.0, s24=45.0))
    text = signals_text(one(workspace, school))
    assert text.count("Внутренний сигнал:") == 2
    assert text.count("не доказывают необъективность") == 1
    assert "(баллы 14–15: 8 − баллы 12–13: 1) / 20; 20 участников" in text
    assert text.endswith(SIGNALS_NOTE)


def test_no_signal_says_what_was_compared_and_nothing_is_empty(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    assert signals_text(one(workspace, school)) == ""
    add_scores(workspace, school, scores(20, s20=100.0))
    assert signals_text(one(workspace, school)).startswith(
        "Сигналов нет. Проверено: скачок на границе отметки – 3."
    )


def test_what_lacks_is_counted(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    data = {f"score_{n}": 10.0 for n in range(10)} | {"participants": 30}
    add_scores(workspace, school, data, procedure=(VPR, 2025, "Физика", 7))
    assert "Сравнить не удалось: 1" in signals_text(one(workspace, school))


def test_pictures_of_a_card_speak_of_the_worst_procedures_of_the_year(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    for grade in range(4, 12):
        marks = {"n3": 20 - grade, "n4": 0, "n5": 0}
        add_result(workspace, school, (VPR, 2025, MATHS, grade), 20, grade, **marks)
    add_result(workspace, school, (VPR, 2024, MATHS, 11), 10, 4)
    add_result(workspace, school, (EGE, 2025, MATHS, 11), 3, None)
    found = school_pictures(workspace, school, 2025)
    assert found.bars is not None
    assert [group.split(", ")[2] for group in found.bars.groups] == [
        f"{grade}\N{NO-BREAK SPACE}класс" for grade in range(11, 5, -1)
    ]
    assert [one.title for one in found.bars.series] == ["2024", "2025"]
    assert found.bars.series[0].values == (40.0, None, None, None, None, None)
    assert found.bars.note == "Показаны 6 из 9 процедур: с наибольшей долей «2»."
    assert found.marks is not None
    assert found.marks.rows[0].shares == (55.0, 45.0, 0.0, 0.0)


def test_a_year_without_results_has_no_pictures(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    found = school_pictures(workspace, school, 2025)
    assert (found.bars, found.marks) == (None, None)
    add_result(workspace, school, (EGE, 2025, MATHS, 11), 3, 1, n2=None)
    found = school_pictures(workspace, school, 2025)
    assert found.bars is not None
    assert found.marks is None
