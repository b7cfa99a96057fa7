"""Exam days add up, a retake counts once, appeals change marks; seen in plan and base."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import select

from app.models.enums import DaysAnswer, FileStatus, RecordKind
from app.models.results import Result, ResultPart
from app.services.importing import (
    Decisions,
    ImportPlan,
    answer_days,
    exit_code,
    forget_days,
    list_days,
    preview_undo,
    report_json,
    undo,
)
from app.services.importing.checking import check
from app.services.importing.grid import Sheet
from app.services.importing.layouts import best_layout
from app.services.importing.layouts.aside import marked
from app.services.importing.loaded import LoadedFile, LoadedSheet
from app.services.importing.plan import Change, ChangeKind
from app.services.journal import undo_last
from app.services.results import list_results, sources
from app.services.workspace import Workspace
from tests.importing.layouts.layout_sheets import sheet
from tests.importing.layouts.test_layout_appeals import HEADER as APPEALS
from tests.importing.layouts.test_layout_appeals import WITH_BEFORE
from tests.importing.loads import load, messages, plan_of, prepare_facts, ref, register, school
from tests.importing.test_applying import sizes

SCHOOL = ref("МБОУ Полянская СОШ", rcoi="13450")
REGISTER = register("Реестр.xlsx", school(4, SCHOOL))
HEADER = "№;Код ОО;Класс;Фамилия;Имя;Отчество;Первичный балл;Оценка"
EGE = "№;Код ОО;Класс;Фамилия;Имя;Отчество;Первичный балл;Тестовый балл"
MAIN, RESERVE = "02 - Математика 2026.06.02", "02 - Математика 2026.06.26"


def file(path: str, made: Sheet) -> LoadedFile:
    """Return a file as reading it would give."""
    found = best_layout(made)
    assert found is not None
    layout = found[0]
    extract = marked(made, layout.extract(made))
    problems = (*extract.problems, *check(extract))
    told = LoadedSheet(made.name, layout.key, layout.title, extract, problems)
    digest = hashlib.sha256(repr(made.rows).encode()).hexdigest()
    return LoadedFile(path, 10, digest, "xlsx", (told,))


def protocol(path: str, title: str, *pupils: tuple[str, int], header: str = HEADER) -> LoadedFile:
    """Return a protocol: surnames with marks."""
    grade = "11" if header == EGE else "9а"
    rows = (
        f"{n};13450;{grade};{name};Ученица;Примеровна;17;{mark}"
        for n, (name, mark) in enumerate(pupils, start=1)
    )
    return file(path, sheet(title, header, *rows))


def appeals(path: str, *rows: tuple[str, str, int], day: str = "2026.06.02") -> LoadedFile:
    """Return appeals: surname, state and the mark after."""
    lines = (
        f"{n};13450;9а;{name};Ученица;Примеровна;{state};1{n};{mark}"
        for n, (name, state, mark) in enumerate(rows, start=1)
    )
    return file(path, sheet(f"Экзамен: Математика({day})", *APPEALS, *lines))


FIRST = protocol("День 1.xlsx", MAIN, ("Первая", 4), ("Вторая", 2), ("Третья", 3), ("Пятая", 2))
SECOND = protocol("День 2.xlsx", RESERVE, ("Шестая", 5), ("Седьмая", 3))
AGAIN = protocol("День 2.xlsx", RESERVE, ("Вторая", 3), ("Пятая", 2))
GRANTED = appeals("Апелляции.xlsx", ("Первая", "удовлетворена", 5), ("Вторая", "отклонена", 2))


WHOLE = file(
    "Свод.xlsx",
    sheet(
        "Результаты ОГЭ 2026 года",
        "ОУ;Кол в-ков;Математика %;;;",
        ";;5;4;3;2",
        "МБОУ Полянская СОШ;6;16,7;16,7;33,3;33,3",
    ),
)
"""Both days together, from another file."""


KEY = "ОГЭ|2026|Математика"
LATEST = Decisions(days={KEY: DaysAnswer.LATEST})
FIRST_MARK = Decisions(days={KEY: DaysAnswer.FIRST})
MAIN_DAY = Decisions(days={KEY: DaysAnswer.MAIN})


def stored(workspace: Workspace) -> tuple[int | None, ...]:
    """Return participants and marks 2, 3, 4, 5 in force."""
    (row,) = list_results(workspace)
    return row.participants, row.n2, row.n3, row.n4, row.n5


def kinds(plan: ImportPlan) -> dict[str, list[ChangeKind]]:
    """Return what the results of each file do; distributions of scores are looked at apart."""
    return {one.path: [change.kind for change in marks_of(one.changes)] for one in plan.files}


def marks_of(changes: Iterable[Change]) -> list[Change]:
    """Return the changes of results."""
    return [one for one in changes if not one.item.startswith(RecordKind.SCORES.value)]


def test_two_days_in_one_load_add_up(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    report = load(workspace, FIRST, SECOND)
    assert stored(workspace) == (6, 2, 2, 1, 1)
    assert {one.status for one in report.files} == {FileStatus.IMPORTED}
    told = messages(plan_of(report, "День 2.xlsx"))
    assert "02.06.2026, 26.06.2026" in told
    assert "результаты дней сложены" in told
    assert sizes(workspace)["Result"] == 1
    (row,) = list_results(workspace)
    assert row.mean == (4 + 2 + 3 + 2 + 5 + 3) / 6


def test_the_reserve_day_of_a_later_stick_is_added(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST)
    plan = prepare_facts(workspace, [SECOND], LATEST)
    (change,) = marks_of(plan.files[0].changes)
    assert change.kind is ChangeKind.CHANGED
    assert ("Участников", "4", "6") in [(d.field, d.old, d.new) for d in change.differences]
    (told,) = [one for one in plan.files[0].findings if "сложены" in one.message]
    assert "посчитан дважды" in told.hint
    load(workspace, SECOND, decisions=LATEST)
    assert stored(workspace) == (6, 2, 2, 1, 1)


def test_the_same_days_again_change_nothing(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST)
    load(workspace, SECOND, decisions=LATEST)
    for again in ([FIRST], [SECOND], [FIRST, SECOND]):
        plan = prepare_facts(workspace, again)
        assert {kind for rows in kinds(plan).values() for kind in rows} == {ChangeKind.UNCHANGED}
        assert not plan.stores_anything


def test_a_retake_counts_once_by_the_later_mark(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    report = load(workspace, AGAIN, FIRST, decisions=LATEST)
    assert stored(workspace) == (4, 1, 2, 1, 0)
    (told,) = [f for f in plan_of(report, "День 2.xlsx").findings if "сложены" in f.message]
    assert "Сдавали повторно 2 чел." in told.hint
    assert not prepare_facts(workspace, [FIRST, AGAIN]).stores_anything
    assert not prepare_facts(workspace, [AGAIN]).stores_anything


def test_a_retake_is_found_when_the_first_day_comes_once_more(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST)
    load(workspace, AGAIN, decisions=LATEST)
    assert stored(workspace) == (6, 3, 2, 1, 0)  # nobody knows yet who sat it twice
    load(workspace, FIRST, AGAIN)
    assert stored(workspace) == (4, 1, 2, 1, 0)


def test_a_corrected_protocol_of_a_day_replaces_just_that_day(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST, SECOND)
    right = protocol("Испр.xlsx", MAIN, ("Первая", 4), ("Вторая", 3), ("Третья", 3), ("Пятая", 2))
    load(workspace, right)
    assert stored(workspace) == (6, 1, 3, 1, 1)


def test_two_protocols_of_one_day_that_contradict_each_other_wait(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    other = protocol("Другой.xlsx", MAIN, ("Первая", 5), ("Вторая", 2))
    plan = prepare_facts(workspace, [FIRST, other, SECOND])
    assert plan_of(plan, "День 1.xlsx").status is FileStatus.NEEDS_DECISION
    assert plan_of(plan, "Другой.xlsx").status is FileStatus.NEEDS_DECISION
    assert kinds(plan)["День 2.xlsx"] == [ChangeKind.NEW]


def test_scores_of_the_ege_add_up_too(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    title = "03 - Физика 2026.06.{}"
    one = protocol("1.xlsx", title.format("05"), ("Первая", 30), ("Вторая", 60), header=EGE)
    two = protocol("2.xlsx", title.format("23"), ("Первая", 50), header=EGE)
    load(workspace, one, two, decisions=Decisions(days={"ЕГЭ|2026|Физика": DaysAnswer.LATEST}))
    (row,) = list_results(workspace)
    assert (row.participants, row.below, row.mean) == (2, 0, 55.0)


def test_a_summary_beside_the_days_must_say_the_same(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    plan = prepare_facts(workspace, [FIRST, SECOND, WHOLE])
    assert {one.status for one in plan.files} <= {FileStatus.IMPORTED, FileStatus.UNCHANGED}
    assert {kind for rows in kinds(plan).values() for kind in rows} == {
        ChangeKind.NEW,
        ChangeKind.UNCHANGED,
    }
    wrong = prepare_facts(workspace, [FIRST, WHOLE])
    assert {one.status for one in wrong.files} == {FileStatus.NEEDS_DECISION}


def test_a_single_day_that_would_shrink_a_whole_result_is_told(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(workspace, WHOLE)
    assert stored(workspace) == (6, 2, 2, 1, 1)
    told = messages(prepare_facts(workspace, [SECOND]).files[0])
    assert "участников в протоколе меньше" in told
    assert "меньше" not in messages(prepare_facts(workspace, [FIRST, SECOND]).files[1])


def test_appeals_with_their_protocol_change_the_mark(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    report = load(workspace, GRANTED, FIRST)
    assert stored(workspace) == (4, 2, 1, 0, 1)
    (change,) = plan_of(report, "Апелляции.xlsx").changes
    assert change.kind is ChangeKind.CHANGED
    told = {(one.field, one.old, one.new, one.cell) for one in change.differences}
    assert ("Получили «4», чел.", "1", "0", "I4") in told
    assert "отклонены – 1" in messages(plan_of(report, "Апелляции.xlsx"))


def test_appeals_after_their_protocol_need_it_beside_them(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST)
    alone = prepare_facts(workspace, [GRANTED])
    assert alone.files[0].status is FileStatus.NEEDS_DECISION
    assert "фамилии не хранятся" in messages(alone.files[0])
    assert not alone.stores_anything
    load(workspace, GRANTED, FIRST)
    assert stored(workspace) == (4, 2, 1, 0, 1)


def test_the_same_appeals_change_nothing_twice(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST, GRANTED)
    for again in ([GRANTED], [GRANTED, FIRST], [FIRST]):
        plan = prepare_facts(workspace, again)
        assert not plan.stores_anything
        assert {kind for rows in kinds(plan).values() for kind in rows} == {ChangeKind.UNCHANGED}
    more = appeals("Ещё.xlsx", ("Первая", "удовлетворена", 5), ("Пятая", "удовлетворена", 3))
    load(workspace, FIRST, more)
    assert stored(workspace) == (4, 1, 2, 0, 1)


def test_a_protocol_that_holds_the_appeals_already_changes_nothing(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST, GRANTED)
    after = protocol("После.xlsx", MAIN, ("Первая", 5), ("Вторая", 2), ("Третья", 3), ("Пятая", 2))
    assert not prepare_facts(workspace, [after]).stores_anything
    assert not prepare_facts(workspace, [after, GRANTED]).stores_anything


def test_appeals_without_any_protocol_wait(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    plan = prepare_facts(workspace, [GRANTED])
    assert plan.files[0].status is FileStatus.NEEDS_DECISION
    assert "протокола этого экзамена нет" in messages(plan.files[0])


def test_an_appeal_of_somebody_who_is_not_in_the_protocol_waits(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    other = appeals("А.xlsx", ("Чужая", "удовлетворена", 5))
    plan = prepare_facts(workspace, [FIRST, other])
    assert "нет такого участника (строка 4)" in messages(plan_of(plan, "А.xlsx"))
    assert plan_of(plan, "День 1.xlsx").status is FileStatus.IMPORTED


def test_undoing_a_day_leaves_the_other_one(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    first = load(workspace, FIRST).batch_id or 0
    load(workspace, SECOND, decisions=LATEST)
    assert preview_undo(workspace, first).standing
    undo(workspace, first)
    assert stored(workspace) == (2, 0, 1, 0, 1)
    assert sizes(workspace)["Result"] == 1


def test_undoing_the_reserve_day_brings_the_first_one_back(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST)
    undo(workspace, load(workspace, SECOND, decisions=LATEST).batch_id or 0)
    assert stored(workspace) == (4, 2, 1, 1, 0)
    assert not prepare_facts(workspace, [FIRST]).stores_anything


def test_undoing_a_protocol_takes_its_appeals_along_and_says_so(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    first = load(workspace, FIRST).batch_id or 0
    load(workspace, GRANTED, FIRST)
    report = undo(workspace, first)
    assert any("уходят поправки по апелляциям (результатов: 1)" in one for one in report.kept)
    assert list_results(workspace) == ()
    with workspace.database.read() as session:
        results = set(session.scalars(select(Result.id)))
        assert set(session.scalars(select(ResultPart.result_id))) <= results


def test_a_joined_figure_names_the_cells_of_every_day(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST)
    load(workspace, SECOND, decisions=LATEST)
    load(workspace, GRANTED, FIRST)
    (row,) = list_results(workspace)
    source = sources(workspace, row.id)["n2"]
    every = [(one.file, one.cell) for one in (source, *source.also)]
    assert every == [
        ("День 1.xlsx", "H3:H6"),
        ("Апелляции.xlsx", "I4"),
        ("День 2.xlsx", "H3:H4"),
    ]


def test_gve_alone_asks_nobody_and_beside_others_holds_nothing_back(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    gve = protocol("ГВЭ.xlsx", "ГВЭ-9. Русский язык 2026.06.02", ("Первая", 4))
    report = load(workspace, gve, FIRST)
    told = {one.path: one.status for one in report.files}
    assert told == {"ГВЭ.xlsx": FileStatus.UNCHANGED, "День 1.xlsx": FileStatus.IMPORTED}
    assert "не загружены" in messages(plan_of(report, "ГВЭ.xlsx"))
    assert len(list_results(workspace)) == 1


def test_nothing_about_pupils_is_stored(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST, GRANTED)
    stored_bytes = workspace.database.path.read_bytes()
    fact = FIRST.sheets[0].extract.blocks[0].facts[0]
    for pupil, _ in fact.pupils:  # type: ignore[union-attr]
        assert pupil not in stored_bytes
        assert pupil.hex().encode() not in stored_bytes


def test_a_retake_is_asked_about_and_the_first_day_goes_in_meanwhile(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    report = load(workspace, FIRST, AGAIN)
    (question,) = report.days
    assert (question.key, question.item) == (KEY, "ОГЭ 2026, математика")
    assert (question.schools, question.again, question.rows) == (1, 2, 2)
    assert question.proposed is DaysAnswer.LATEST
    assert "День 2.xlsx" in question.where
    told = {one.path: one.status for one in report.files}
    assert told == {
        "День 1.xlsx": FileStatus.IMPORTED,
        "День 2.xlsx": FileStatus.NEEDS_DECISION,
    }
    assert exit_code(report.files) == 1
    assert report_json(report)["totals"]["questions"] == 1
    assert stored(workspace) == (4, 2, 1, 1, 0)
    assert "Ждёт решения" in messages(plan_of(report, "День 2.xlsx"))


def test_days_with_different_pupils_of_one_period_are_not_asked_about(
    workspace: Workspace,
) -> None:
    load(workspace, REGISTER)
    assert prepare_facts(workspace, [FIRST, SECOND]).days == ()
    autumn = protocol("Осень.xlsx", "02 - Математика 2026.09.10", ("Шестая", 5))
    (question,) = prepare_facts(workspace, [FIRST, autumn]).days
    assert question.proposed is DaysAnswer.MAIN


def test_a_day_beside_a_stored_one_is_asked_about_for_nobody_can_be_told_apart(
    workspace: Workspace,
) -> None:
    load(workspace, REGISTER, FIRST)
    (question,) = prepare_facts(workspace, [SECOND]).days
    assert question.blind
    assert not prepare_facts(workspace, [SECOND]).stores_anything
    assert prepare_facts(workspace, [FIRST, SECOND]).days == ()


def test_the_answer_is_asked_once_and_remembered(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST, AGAIN, decisions=FIRST_MARK)
    assert stored(workspace) == (4, 2, 1, 1, 0)
    (row,) = list_days(workspace)
    assert (row.key, row.answer) == (KEY, DaysAnswer.FIRST)
    third = protocol("День 3.xlsx", "02 - Математика 2026.06.29", ("Первая", 2))
    plan = prepare_facts(workspace, [FIRST, AGAIN, third])
    assert plan.days == ()
    load(workspace, FIRST, AGAIN, third)
    assert stored(workspace) == (4, 2, 1, 1, 0)


def test_an_answer_changed_later_counts_the_stored_results_anew(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST, AGAIN, decisions=LATEST)
    latest = (4, 1, 2, 1, 0)
    assert stored(workspace) == latest
    answer_days(workspace, KEY, DaysAnswer.FIRST)
    assert stored(workspace) == (4, 2, 1, 1, 0)
    answer_days(workspace, KEY, DaysAnswer.MAIN)
    assert stored(workspace) == (4, 2, 1, 1, 0)
    answer_days(workspace, KEY, DaysAnswer.LATEST)
    assert stored(workspace) == latest
    (row,) = list_results(workspace)
    assert row.mean == (4 + 3 + 3 + 2) / 4
    assert not prepare_facts(workspace, [FIRST, AGAIN]).stores_anything
    undo_last(workspace)
    assert stored(workspace) == (4, 2, 1, 1, 0)
    assert list_days(workspace)[0].answer is DaysAnswer.MAIN


def test_only_the_first_day_counts_and_its_cells_alone_are_the_source(
    workspace: Workspace,
) -> None:
    load(workspace, REGISTER, FIRST, SECOND, decisions=MAIN_DAY)
    assert stored(workspace) == (4, 2, 1, 1, 0)
    (row,) = list_results(workspace)
    source = sources(workspace, row.id)["n2"]
    assert (source.file, source.also) == ("День 1.xlsx", ())
    assert not prepare_facts(workspace, [FIRST, SECOND]).stores_anything
    answer_days(workspace, KEY, DaysAnswer.LATEST)
    assert stored(workspace) == (6, 2, 2, 1, 1)


def test_an_appeal_of_a_day_that_does_not_count_is_kept_for_another_answer(
    workspace: Workspace,
) -> None:
    load(workspace, REGISTER, FIRST, SECOND, decisions=MAIN_DAY)
    granted = appeals("А.xlsx", ("Шестая", "удовлетворена", 4), day="2026.06.26")
    report = load(workspace, SECOND, granted)
    told = plan_of(report, "А.xlsx")
    assert told.status is FileStatus.IMPORTED
    assert "апелляции не учтены" not in messages(told)
    assert "по вашему ответу не в счёте" in messages(told)
    assert stored(workspace) == (4, 2, 1, 1, 0)
    assert not prepare_facts(workspace, [SECOND, granted]).stores_anything
    answer_days(workspace, KEY, DaysAnswer.LATEST)
    assert stored(workspace) == (6, 2, 2, 2, 0)


def test_an_appeal_must_fit_the_protocol_of_its_own_day(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST, SECOND)
    row = "1;13450;9а;Вторая;удовлетворена;9;2;15;3"  # «2» stands in the first day alone
    wrong = file("А.xlsx", sheet("Экзамен: Математика(2026.06.26)", *WITH_BEFORE, row))
    plan = prepare_facts(workspace, [wrong])
    assert "прежней отметки 2 в результате школы нет (строка 4)" in messages(plan.files[0])
    assert not plan.stores_anything


def test_undoing_the_only_counted_day_counts_the_other(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    first = load(workspace, FIRST).batch_id or 0
    load(workspace, SECOND, decisions=MAIN_DAY)
    assert stored(workspace) == (4, 2, 1, 1, 0)
    undo(workspace, first)
    assert stored(workspace) == (2, 0, 1, 0, 1)


def test_a_forgotten_answer_is_asked_for_again_and_stored_results_stay(
    workspace: Workspace,
) -> None:
    load(workspace, REGISTER, FIRST, AGAIN, decisions=FIRST_MARK)
    forget_days(workspace, list_days(workspace)[0])
    assert not prepare_facts(workspace, [FIRST, AGAIN]).stores_anything
    third = protocol("День 3.xlsx", "02 - Математика 2026.06.29", ("Первая", 2))
    assert [one.key for one in prepare_facts(workspace, [FIRST, AGAIN, third]).days] == [KEY]
    assert stored(workspace) == (4, 2, 1, 1, 0)


def test_an_answer_in_a_load_counts_schools_of_earlier_loads_too(workspace: Workspace) -> None:
    load(workspace, REGISTER, FIRST, SECOND)
    assert stored(workspace) == (6, 2, 2, 1, 1)
    third = protocol("День 3.xlsx", "02 - Математика 2026.06.29", ("Первая", 2))
    other = replace_code(third)
    load(workspace, register("Р.xlsx", school(5, ref("МБОУ Лесная СОШ", rcoi="13451"))))
    load(workspace, other, marked_day(), decisions=MAIN_DAY)
    by_school = {row.school: row.participants for row in list_results(workspace)}
    assert by_school["МБОУ Полянская СОШ"] == 4


def replace_code(_one: LoadedFile) -> LoadedFile:
    """Return the main day of another school."""
    row = "1;13451;9а;Чужая;Ученица;Примеровна;17;4"
    return file("Другая.xlsx", sheet(MAIN, HEADER, row))


def marked_day() -> LoadedFile:
    """Return a retake of the other school, so that the exam is asked about."""
    row = "1;13451;9а;Чужая;Ученица;Примеровна;17;3"
    return file("Другая 2.xlsx", sheet(RESERVE, HEADER, row))


def test_a_copy_waits_with_the_protocols_that_contradict_each_other(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    pupils = (("Первая", 4), ("Вторая", 2))
    first, copy = protocol("Протокол.xlsx", MAIN, *pupils), protocol("Копия.xlsx", MAIN, *pupils)
    mended = protocol("Исправлен.xlsx", MAIN, ("Первая", 4), ("Вторая", 3))
    report = load(workspace, first, mended, copy)
    assert list_results(workspace) == ()
    assert {one.status for one in report.files} == {FileStatus.NEEDS_DECISION}
    assert sizes(workspace).get("Record", 0) == 0
