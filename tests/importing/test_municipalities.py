"""Schools of another district: one question for all of them, remembered by the district."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.cli.answers import how_to_answer
from app.errors import UserError
from app.services.importing import (
    Answer,
    Decisions,
    forget_answer,
    list_answers,
    open_questions,
    question_named,
    remember_answer,
)
from app.services.importing.facts import SchoolRef
from app.services.importing.grid import Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedFile
from app.services.importing.matching import ref_key
from app.services.importing.municipalities import Districts
from app.services.importing.task import BookTask
from app.services.results import list_results
from app.services.schools import list_schools
from app.services.workspace import Workspace
from tests.importing.layouts.layout_sheets import sheet
from tests.importing.loads import load, messages, plan_of, ref, register, result, results, school

OWN = ref("МКОУ СОШ №1", fisoko="edu000001")
FAR = (
    ref("МБОУ СОШ № 1", fisoko="edu700001"),
    ref("МБОУ Дальняя СОШ", fisoko="edu700002"),
    ref("МБОУ Гимназия «Исток»", fisoko="edu700003"),
)
TITLE = "Муниципалитет «Дальний район»"
FLAT = "Год;Класс;Предмет;Муниципалитет;Логин;ОО;Кол-во участников;2;3;4;5"


@pytest.fixture
def known(workspace: Workspace) -> Workspace:
    """A workspace that knows one school."""
    load(workspace, register("Реестр.xlsx", school(4, OWN)))
    return workspace


def in_districts(file: LoadedFile, districts: Districts) -> LoadedFile:
    """Return the file with what its column of municipalities says."""
    return replace(file, sheets=(replace(file.sheets[0], districts=districts),))


def region(path: str = "регион.csv", far: tuple[SchoolRef, ...] = FAR) -> LoadedFile:
    """Return results of a region: a school of ours and those of another district."""
    rows = [result(row, who) for row, who in enumerate((OWN, *far), 2)]
    districts = {OWN: "Наш район"} | dict.fromkeys(far, "Дальний район")
    return in_districts(results(path, *rows), districts)


def read(*rows: str) -> Districts:
    """Return the districts that a sheet with these rows names."""
    task = BookTask("регион.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    (one,) = load_book(task, Workbook("xlsx", (sheet(FLAT, *rows),))).sheets
    return one.districts


def test_the_column_of_districts_is_read() -> None:
    ours = "2025;5;Математика;Наш район;edu000001;СОШ №1;10;10;40;40;10"
    far = ours.replace("Наш", "Дальний").replace("000001", "700001")
    assert {who and who.codes_text: name for who, name in read(ours, far).items()} == {
        "ФИС ОКО edu000001": "Наш район",
        "ФИС ОКО edu700001": "Дальний район",
    }
    assert dict(read(far, far.replace("700001", "700002"))) == {None: "Дальний район"}
    assert not read(ours.replace("Наш район", ""))


def named(*rows: str) -> dict[str, str]:
    """Return the district of each school, by its code."""
    return {who.codes[0][1]: name for who, name in read(*rows).items() if who}


def row(district: str, code: str) -> str:
    """Return a row of the flat export."""
    return f"2025;5;Математика;{district};{code};Школа {code};10;10;40;40;10"


def test_a_district_printed_once_is_that_of_its_group() -> None:
    codes = [f"edu{number:06}" for number in range(1, 7)]
    near, far = ["Наш район", "", ""], ["Дальний район", "", ""]
    told = named(*map(row, near + far, codes))
    assert told == dict(zip(codes, ["Наш район"] * 3 + ["Дальний район"] * 3, strict=True))
    assert set(named(*map(row, [*near, "", "", ""], codes)).values()) == {"Наш район"}


def test_a_lone_gap_says_nothing_of_its_school() -> None:
    codes = [f"edu{number:06}" for number in range(1, 7)]
    far = ["Дальний район"] * 5
    told = named(*map(row, [*far, ""], codes))
    assert told == dict.fromkeys(codes[:5], "Дальний район")


def test_all_schools_of_an_unknown_district_are_one_question(known: Workspace) -> None:
    report = load(known, region())
    (question,) = report.questions
    assert (question.name, question.schools, question.rows) == (TITLE, 3, 3)
    assert not question.can_create
    assert not question.candidates
    assert how_to_answer(question, report.questions).endswith("не наша")
    said = messages(plan_of(report, "регион.csv"))
    assert said.count("ни одной из 3 школ в базе нет") == 1
    assert len(list_results(known)) == 1


def test_the_answer_is_remembered_for_schools_that_come_later(known: Workspace) -> None:
    load(known, region())
    asked = question_named(known, "Муниципалитет Дальний район")
    remember_answer(known, asked.key, Answer.SKIP)
    assert open_questions(known) == ()
    later = ref("МБОУ Ещё одна СОШ", fisoko="edu700009")
    report = load(known, region("другой.csv", (*FAR, later)))
    assert report.questions == ()
    said = messages(plan_of(report, "другой.csv"))
    assert said.count(f"{TITLE}: строки его школ пропущены по вашему решению") == 1
    (answer,) = list_answers(known)
    assert (answer.name, answer.school) == (TITLE, None)
    forget_answer(known, answer)
    assert len(load(known, region("третий.csv")).questions) == 1


@pytest.mark.parametrize("name", ["МБОУ Ещё одна СОШ", "Муниципальная СОШ № 1"])
def test_the_answer_holds_for_one_school_that_comes_alone(known: Workspace, name: str) -> None:
    (question,) = load(known, region()).questions
    remember_answer(known, question.key, Answer.SKIP)
    alone = region("один.csv", (ref(name, fisoko="edu700009"),))
    report = load(known, alone)
    assert report.questions == ()
    said = messages(plan_of(report, "один.csv"))
    assert f"{TITLE}: строки его школ пропущены по вашему решению" in said


def test_an_answer_about_one_school_comes_before_that_about_its_district(known: Workspace) -> None:
    (question,) = load(known, region()).questions
    remember_answer(known, question.key, Answer.SKIP)
    (ours,) = list_schools(known)
    decisions = Decisions(schools={ref_key(FAR[0]): ours.id})
    load(known, region("снова.csv", FAR[:1]), decisions=decisions)
    assert {one.school for one in list_results(known)} == {ours.short_name}


def test_the_answer_in_the_plan_skips_them(known: Workspace) -> None:
    (question,) = load(known, region()).questions
    skip = Decisions(schools={question.key: Answer.SKIP})
    report = load(known, region("снова.csv"), decisions=skip)
    assert report.questions == ()
    assert [one.name for one in list_answers(known)] == [TITLE]


def test_a_district_is_no_school(known: Workspace) -> None:
    load(known, region())
    (asked,) = open_questions(known)
    assert not asked.can_create
    for answer in (Answer.NEW, 1):
        with pytest.raises(UserError, match="не школа"):
            remember_answer(known, asked.key, answer)


@pytest.mark.parametrize(
    "far",
    [
        (OWN, *FAR),
        FAR[:1],
        (ref("Муниципальная СОШ № 1"), *FAR),
    ],
    ids=["a known school", "one school", "a school called nearly as ours"],
)
def test_schools_of_what_may_be_our_district_are_asked_about_one_by_one(
    known: Workspace, far: tuple[SchoolRef, ...]
) -> None:
    districts = dict.fromkeys(far, "Дальний район")
    rows = [result(row, who) for row, who in enumerate(far, 2)]
    report = load(known, in_districts(results("А.csv", *rows), districts))
    assert report.questions
    assert all(one.schools == 0 for one in report.questions)


def test_the_only_district_of_a_sheet_is_that_of_all_its_schools(known: Workspace) -> None:
    rows = [result(row, who) for row, who in enumerate(FAR, 2)]
    report = load(known, in_districts(results("А.csv", *rows), {None: "Дальний район"}))
    assert [(one.name, one.schools) for one in report.questions] == [(TITLE, 3)]


def of_region(path: str = "реестр.xlsx") -> LoadedFile:
    """Return a register of a region: a new school of ours and those of another district."""
    ours = (OWN, ref("МКОУ Новая ООШ", fisoko="edu000002"))
    rows = [school(row, who) for row, who in enumerate((*ours, *FAR), 2)]
    districts = dict.fromkeys(ours, "Наш район") | dict.fromkeys(FAR, "Дальний район")
    return in_districts(register(path, *rows), districts)


def names(workspace: Workspace) -> list[str]:
    """Return the schools of the base."""
    return sorted(one.short_name for one in list_schools(workspace))


def test_a_register_of_a_region_brings_no_school_of_another_district_unasked(
    known: Workspace,
) -> None:
    (question,) = load(known, of_region()).questions
    assert (question.ref.name, question.schools, question.rows) == (TITLE, 3, 3)
    assert names(known) == ["МКОУ Новая ООШ", "МКОУ СОШ №1"]
    remember_answer(known, question.key, Answer.SKIP)
    assert not load(known, of_region("снова.xlsx")).questions
    assert names(known) == ["МКОУ Новая ООШ", "МКОУ СОШ №1"]


def test_a_register_of_one_district_says_that_it_is_ours(known: Workspace) -> None:
    rows = [school(row, who) for row, who in enumerate(FAR[1:], 2)]
    load(known, in_districts(register("реестр.xlsx", *rows), {None: "Дальний район"}))
    assert len(names(known)) == 3


def test_the_first_register_of_several_districts_is_told(workspace: Workspace) -> None:
    report = load(workspace, of_region())
    assert not report.questions
    said = "нескольких муниципалитетов: «Дальний район», «Наш район»; заведены все."
    assert said in messages(report.files[0])
