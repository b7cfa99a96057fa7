"""Appeals of the ОГЭ (L11), from their description: what is granted, before and after."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.enums import AssessmentKind, CodeSystem
from app.services.importing.facts import AppealFact, Extract, Procedure
from app.services.importing.grid import Sheet
from app.services.importing.layouts import best_layout
from tests.importing.layouts.layout_sheets import errors, read, said, sheet

TITLE = "Экзамен: Математика(2026.06.02)"
HEADER = (
    "№;Код ОО;Класс;Фамилия;Имя;Отчество;Состояние апелляции;Текущие;",
    ";;;;;;;Первичный балл;Оценка",
)
WITH_BEFORE = (
    "№;Код ОО;Класс;Фамилия;Состояние апелляции;Предыдущие;;Текущие;",
    ";;;;;Первичный балл;Оценка;Первичный балл;Оценка",
)


def pupil(code: str, name: str, state: str, mark: object, primary: int = 15) -> str:
    """Return a row under ``HEADER``."""
    return f"1;{code};9а;{name};Ученица;Примеровна;{state};{primary};{mark}"


def appeals(extract: Extract) -> list[AppealFact]:
    """Return the appeals of the schools."""
    return [f for b in extract.blocks for f in b.facts if isinstance(f, AppealFact)]


def made(*rows: str, header: tuple[str, ...] = HEADER, title: str = TITLE) -> Sheet:
    """Return a sheet of appeals."""
    return sheet(title, *header, *rows)


def test_granted_appeals_of_each_school() -> None:
    extract = read(
        made(
            pupil("13450", "Первая", "Удовлетворена", 4),
            pupil("01307", "Вторая", "удовлетворена частично", 3),
            pupil("13450", "Третья", "Отклонена", 2),
            pupil("13450", "Пятая", "не удовлетворена", 2),
            pupil("13450", "Шестая", "На рассмотрении", 2),
        ),
        "oge_appeals",
    )
    first, second = appeals(extract)
    assert first.procedure == Procedure(AssessmentKind.OGE, 2026, "Математика", 9)
    assert (first.day, first.ref.codes) == (date(2026, 6, 2), ((CodeSystem.RCOI, "13450"),))
    assert [(one.before, one.after, one.row) for one in first.appeals] == [(None, 4, 4)]
    assert [one.after for one in second.appeals] == [3]
    assert extract.blocks[0].cell("n2", first.rows) == "I4"
    (told,) = said(extract.problems, "Апелляции")
    assert "удовлетворены – 2, отклонены – 2, ещё не рассмотрены – 1" in told.message
    assert {one.title for one in extract.personal} == {"Фамилия", "Имя", "Отчество"}
    assert extract.rows_read == 5


def test_the_mark_before_is_told_from_the_mark_after() -> None:
    rows = made("1;13450;9а;Первая;удовлетворена;14;3;17;4", header=WITH_BEFORE)
    (fact,) = appeals(read(rows, "oge_appeals"))
    assert [(one.before, one.after) for one in fact.appeals] == [(3, 4)]
    assert read(rows, "oge_appeals").blocks[0].cell("n3", fact.rows) == "I4"


def test_a_header_of_one_row() -> None:
    header = ("Код ОО;ФИО;Статус апелляции;Оценка до апелляции;Оценка после апелляции",)
    extract = read(made("13450;Первая;удовлетворена;3;4", header=header), "oge_appeals")
    (fact,) = appeals(extract)
    assert [(one.before, one.after) for one in fact.appeals] == [(3, 4)]


def test_two_exams_of_one_sheet() -> None:
    extract = read(
        made(
            pupil("13450", "Первая", "удовлетворена", 4),
            "Экзамен: Русский язык(2026.06.09)",
            *HEADER,
            pupil("13450", "Вторая", "удовлетворена", 5),
        ),
        "oge_appeals",
    )
    found = [(fact.procedure.subject, fact.day) for fact in appeals(extract)]
    assert found == [("Математика", date(2026, 6, 2)), ("Русский язык", date(2026, 6, 9))]


@pytest.mark.parametrize(
    ("row", "cell", "text"),
    [
        (pupil("13450", "Первая", "кто знает", 4), "G4", "чем закончилась"),
        (pupil("13450", "Первая", "удовлетворена", "Х"), "I4", "нет оценки"),
        (pupil("", "Первая", "удовлетворена", 4), "B4", "Не указана школа"),
        (pupil("13450", "Первая", "удовлетворена", 7), "I4", "нет оценки"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_cell(row: str, cell: str, text: str) -> None:
    extract = read(made(row), "oge_appeals")
    (problem,) = errors(extract.problems)
    assert (problem.cell, problem.row) == (cell, 4)
    assert text in problem.message
    assert appeals(extract) == []


def test_one_bad_row_holds_the_other_appeals_of_its_school_back() -> None:
    rows = (pupil("13450", "Первая", "удовлетворена", 4), pupil("13450", "А", "удовлетворена", "х"))
    extract = read(made(*rows), "oge_appeals")
    (fact,) = appeals(extract)
    assert fact.rows == "4-5"
    assert [problem.row for problem in errors(extract.problems)] == [5]


def test_the_same_row_has_the_same_digest_whatever_the_name() -> None:
    rows = (pupil("13450", "Первая", "удовлетворена", 4), pupil("13450", "А", "удовлетворена", 4))
    (fact,) = appeals(read(made(*rows), "oge_appeals"))
    first, second = fact.appeals
    assert first.digest == second.digest
    assert first.pupil != second.pupil


def test_a_table_without_codes_or_marks_says_what_is_lacking() -> None:
    found = best_layout(sheet(TITLE, "ФИО;Состояние апелляции", "Первая;удовлетворена"))
    assert found is not None
    assert found[0].key == "oge_appeals"
    extract = found[0].extract(sheet(TITLE, "ФИО;Состояние апелляции", "Первая;удовлетворена"))
    (problem,) = errors(extract.problems)
    assert (problem.cell, "не найдены столбцы" in problem.message) == ("B2", True)
    assert [one.title for one in extract.personal] == ["ФИО"]


@pytest.mark.parametrize(
    ("state", "granted"), [("удовл.", 1), ("Удовл. частично", 1), ("не удовл.", 0), ("неуд.", None)]
)
def test_a_shortened_state(state: str, granted: int | None) -> None:
    rows = (
        "Экзамен: Математика(2026.06.02)",
        "№;Код ОО;Класс;Состояние апелляции;Оценка",
        f"1;13450;9а;{state};4",
    )
    extract = read(sheet(*rows), "oge_appeals")
    facts = [fact for block in extract.blocks for fact in block.facts]
    assert len(facts) == (granted or 0)
    assert bool(said(extract.problems, "Не понятно, чем закончилась")) == (granted is None)
