"""Answers about schools apart from a load: remembered as a load with the answer would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.cli.answers import how_to_answer
from app.errors import UserError
from app.models.schools import SchoolAlias, SchoolCode
from app.services import registry
from app.services.importing import (
    Answer,
    Decisions,
    ImportReport,
    SchoolQuestion,
    forget_answer,
    list_answers,
    open_questions,
    question_named,
    remember_answer,
    wording,
)
from app.services.importing.facts import SchoolRef
from app.services.registry import Ending
from app.services.results import list_results
from app.services.schools import list_schools
from app.services.workspace import Workspace
from tests.importing.loads import VPR, load, prepare_facts, ref, register, result, results, school

ONE = ref("МКОУ СОШ №1", fisoko="edu000001", rcoi="01307")
TWO = ref("МАОУ Троицкая СОШ", fisoko="edu000002", rcoi="13048")
REGISTER = register("Реестр.xlsx", school(4, ONE), school(5, TWO))
LATER = replace(VPR, grade=7)


@pytest.fixture
def known(workspace: Workspace) -> Workspace:
    """A workspace that knows two schools."""
    load(workspace, REGISTER)
    return workspace


def id_of(workspace: Workspace, name: str | None) -> int:
    return next(row.id for row in list_schools(workspace) if row.short_name == name)


def ask(workspace: Workspace, odd: SchoolRef) -> ImportReport:
    """Load a result of a school that is not known so."""
    report = load(workspace, results("А.xlsx", result(9, odd)))
    assert len(report.questions) == 1
    return report


def memory(workspace: Workspace) -> tuple[set[object], set[object]]:
    """Return the remembered names and the codes of all schools."""
    with workspace.database.read() as session:
        names = session.execute(select(SchoolAlias.school_id, SchoolAlias.name, SchoolAlias.key))
        codes = select(SchoolCode.school_id, SchoolCode.system, SchoolCode.code, SchoolCode.current)
        return set(map(tuple, names)), set(map(tuple, session.execute(codes)))


@pytest.mark.parametrize(
    "odd",
    [
        ref("Троицкая школа-сад", fisoko="edu777777"),
        ref("Троицкая школа-сад"),
        ref(fisoko="edu777777"),
        ref(TWO.name, fisoko="edu000001"),
        ref(TWO.name, fisoko="edu777777"),
        ref("Совсем другая", fisoko="edu000001", rcoi="13048"),
    ],
)
def test_an_answer_apart_from_a_load_is_remembered_like_one_given_with_it(
    known: Workspace, odd: SchoolRef
) -> None:
    (question,) = ask(known, odd).questions
    one = id_of(known, ONE.name)
    said = remember_answer(known, question.key, one)
    assert (said.school, said.replaced) == (ONE.name, False)
    apart = memory(known)
    assert open_questions(known) == ()
    report = load(known, results("А.xlsx", result(9, odd)))
    assert (report.questions, report.totals.stored) == ((), 1)
    assert [row.school for row in list_results(known)] == [ONE.name]
    assert memory(known) == apart
    for answer in list_answers(known):
        forget_answer(known, answer)
    report = load(known, results("Б.xlsx", result(9, odd, procedure=LATER)))
    assert bool(report.questions) == bool(odd.name)  # a code alone has left no name to forget
    decisions = Decisions(schools=dict.fromkeys((asked.key for asked in report.questions), one))
    load(known, results("Б.xlsx", result(9, odd, procedure=LATER)), decisions=decisions)
    assert memory(known) == apart


def test_an_answer_given_with_its_load_is_forgotten_with_its_codes(known: Workspace) -> None:
    before = memory(known)
    odd = ref("Троицкая школа-сад", fisoko="edu777777", rcoi="19999")
    file = results("А.xlsx", result(9, odd))
    (question,) = prepare_facts(known, [file]).questions
    decisions = Decisions(schools={question.key: id_of(known, ONE.name)})
    load(known, file, decisions=decisions)
    assert memory(known) != before
    (answer,) = list_answers(known)
    forget_answer(known, answer)
    assert memory(known) == before
    later = results("Б.xlsx", result(9, odd, procedure=LATER))
    assert [one.key for one in prepare_facts(known, [later]).questions] == [question.key]


def test_a_register_that_names_another_school_at_a_code_obeys_the_answer(known: Workspace) -> None:
    moved = ref("Совсем новая гимназия", fisoko="edu000002")
    again = register("Новый реестр.xlsx", school(4, moved))
    (question,) = load(known, again).questions
    assert not question.can_create
    assert [one.key for one in open_questions(known)] == [question.key]
    with pytest.raises(UserError, match="уже у другой школы"):
        remember_answer(known, question.key, Answer.NEW)
    assert [one.key for one in open_questions(known)] == [question.key]
    remember_answer(known, question.key, id_of(known, ONE.name))
    assert open_questions(known) == ()
    plan = prepare_facts(known, [again])
    assert plan.questions == ()
    assert {change.school for change in plan.files[0].changes} == {ONE.name}


def test_rows_from_after_the_end_of_a_school_are_answered_apart(known: Workspace) -> None:
    one, two = id_of(known, ONE.name), id_of(known, TWO.name)
    registry.end_school(known, two, Ending("приказ", date(2024, 9, 1), one))
    (question,) = ask(known, TWO).questions
    with pytest.raises(UserError, match="закрыта или присоединена"):
        remember_answer(known, question.key, Answer.NEW)
    remember_answer(known, question.key, one)
    assert open_questions(known) == ()
    report = load(known, results("А.xlsx", result(9, TWO)))
    assert report.questions == ()
    assert [row.school for row in list_results(known)] == [ONE.name]
    old = results("2023.xlsx", result(9, TWO, procedure=replace(VPR, year=2023)))
    load(known, old)
    assert {row.year for row in list_results(known, school_id=two)} == {2023}
    changed = remember_answer(known, question.key, two)
    assert (changed.school, changed.replaced) == (TWO.name, True)
    assert len(list_answers(known)) == 1


def test_a_school_of_no_name_cannot_be_new(known: Workspace) -> None:
    (question,) = ask(known, ref(fisoko="edu777777")).questions
    (waiting,) = open_questions(known)
    assert (question.can_create, waiting.can_create) == (False, False)
    assert "новая" not in how_to_answer(waiting, [waiting])
    with pytest.raises(UserError, match="не называет"):
        remember_answer(known, question.key, Answer.NEW)


def test_what_is_not_asked_has_no_answer(known: Workspace) -> None:
    with pytest.raises(UserError, match="больше нет"):
        remember_answer(known, "нет такого", Answer.SKIP)
    (question,) = ask(known, ref("Троицкая школа-сад")).questions
    with pytest.raises(UserError, match="в реестре больше нет"):
        remember_answer(known, question.key, 999)
    assert question_named(known, "троицкая школа-сад").key == question.key


def test_a_file_read_again_keeps_only_what_it_asks_now(known: Workspace) -> None:
    ask(known, ref("Первая неизвестная"))
    ask(known, ref("Вторая неизвестная"))
    (waiting,) = open_questions(known)
    assert (waiting.title, waiting.can_create) == ("Вторая неизвестная", True)
    assert "| новая |" in how_to_answer(waiting, [waiting])


def test_the_wording_of_a_question_means_no_other() -> None:
    def named(name: str | None, *codes: str) -> SchoolQuestion:
        own = ref(name, fisoko=codes[0]) if codes else ref(name)
        return SchoolQuestion(f"{codes}|{name}", own, "", 1)

    plain = named('МБОУ "СОШ №5"')
    assert wording(plain, [plain]) == "МБОУ СОШ №5"
    twins = [named("Гимназия", "edu1"), named("Гимназия", "edu2")]
    assert [wording(one, twins) for one in twins] == ["edu1", "edu2"]
    crossed = [*twins, named("Лицей", "edu1")]
    assert wording(crossed[0], crossed) == crossed[0].key
    assert wording(crossed[2], crossed) == "Лицей"
