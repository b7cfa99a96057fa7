"""Plans with a calendar for columns: marks below months and quarters become terms, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from app.services.importing import apply, prepare
from app.services.importing.grid import Sheet
from app.services.importing.plans import Cells, find_plan_header
from app.services.importing.plans.periods import (
    CalendarColumn,
    calendar_column,
    calendar_term,
    is_mark,
)
from app.services.importing.plans.timing import PlanYear, plan_year, rest_upon, years_for
from app.services.progress import NoProgress
from app.services.roadmap import (
    ActivityRow,
    Years,
    list_roadmaps,
    open_roadmap,
    parse_term,
)
from app.services.workspace import Workspace
from tests.importing.word_tables import document

SCHOOL = ["Сен", "Окт", "Ноя", "Дек", "Янв", "Фев", "Мар", "Апр", "Май"]


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        (["Сентябрь"], ("month", 9, None)),
        (["сент."], ("month", 9, None)),
        (["Срок", "янв"], ("month", 1, None)),
        (["Март 2025"], ("month", 3, 2025)),
        (["2024 год", "I кв."], ("quarter", 1, 2024)),
        (["2025 г.", "Сроки", "4 квартал"], ("quarter", 4, 2025)),
        (["2026", "II полугодие"], ("half", 2, 2026)),
        (["Месяцы 2025 года", "9"], ("month", 9, None)),
        (["Кварталы", "III"], ("quarter", 3, None)),
    ],
)
def test_parts_of_a_year(titles: Sequence[str], found: tuple[str, int, int | None]) -> None:
    assert calendar_column(titles) == CalendarColumn(*found)


@pytest.mark.parametrize(
    "titles",
    [
        [], ["2024"], ["2024 год", "план"], ["Срок"], ["III"], ["9"], ["Месяцы", "13"],
        ["1-2 квартал"], ["Март (план)"], ["Итоги за март"], ["Майские дни"], ["Декада"],
    ],
)  # fmt: skip
def test_other_titles(titles: Sequence[str]) -> None:
    assert calendar_column(titles) is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [("+", True), ("х", True), ("X", True), ("✓", True), ("да", True), ("■■", True),
     ("", False), ("–", False), ("нет", False), ("15", None), ("до 10", None), ("2 школы", None)],
)  # fmt: skip
def test_marks(text: str, mark: bool | None) -> None:
    assert is_mark(text) is mark


def columns(titles: Sequence[Sequence[str]]) -> list[CalendarColumn]:
    found = [calendar_column(one) for one in titles]
    return [one for one in found if one is not None]


@pytest.mark.parametrize(
    ("places", "term", "start", "end"),
    [
        ({0, 7}, "сентябрь, апрель 2024-2025 учебного года", "2024-09-01", "2025-04-30"),
        (set(range(9)), "сентябрь – май 2024-2025 учебного года", "2024-09-01", "2025-05-31"),
        ({3, 4}, "декабрь – январь 2024-2025 учебного года", "2024-12-01", "2025-01-31"),
        ({2}, "ноябрь 2024-2025 учебного года", "2024-11-01", "2024-11-30"),
    ],
)
def test_months_of_a_school_year(places: set[int], term: str, start: str, end: str) -> None:
    marked = dict.fromkeys(places, True)
    said = calendar_term(columns([[month] for month in SCHOOL]), marked, "2024-2025")
    read = parse_term(said)
    assert (said, str(read.start), str(read.end)) == (term, start, end)


def test_quarters_of_two_years() -> None:
    titles = [
        [year, f"{part} кв."] for year in ("2024", "2025") for part in ("I", "II", "III", "IV")
    ]
    said = calendar_term(columns(titles), dict.fromkeys(range(2, 8), True))
    assert said == "III–IV квартал 2024 года, I–IV квартал 2025 года"
    read = parse_term(said)
    assert (read.start, read.end) == (date(2024, 7, 1), date(2025, 12, 31))
    assert calendar_term(columns(titles), {}) == ""


def test_months_without_a_year_are_not_given_one() -> None:
    said = calendar_term(columns([[month] for month in SCHOOL]), {0: True, 7: True})
    assert said == "сентябрь, апрель"
    assert parse_term(said).marked


def stored(workspace: Workspace, path: Path) -> tuple[list[str], tuple[ActivityRow, ...]]:
    plan = prepare(workspace, [path], NoProgress())
    said = [one.message for file in plan.files for one in file.findings]
    apply(workspace, plan, NoProgress())
    view = open_roadmap(workspace, list_roadmaps(workspace)[0].id)
    return said, view.activities


def test_a_plan_with_months(tmp_path: Path, workspace: Workspace) -> None:
    rows = [
        ["№", "Мероприятие", *SCHOOL, "Ответственный"],
        ["1", "Диагностика", "+", "", "", "", "", "", "", "х", "", "Завуч"],
        ["2", "Консультации", "+", *[">"] * 8, "Учителя"],
        ["3", "Педсовет", "", "", "12", "", "", "", "", "", "", "Директор"],
        ["4", "Линейка", *[""] * 9, "Завуч"],
    ]
    title = "Циклограмма мероприятий на 2024-2025 учебный год"
    said, found = stored(workspace, document(tmp_path / "ц.docx", rows, before=[title]))
    assert [one.term for one in found] == [
        "сентябрь, апрель 2024-2025 учебного года",
        "сентябрь – май 2024-2025 учебного года",
        "",
        "",
    ]
    assert [dict(one.extra) for one in found] == [
        {"Сен": "+", "Апр": "х"}, dict.fromkeys(SCHOOL, "+"), {"Ноя": "12"}, {},
    ]  # fmt: skip
    assert any("(строки 4): срок не составлен" in one and "слова или числа" in one for one in said)
    assert any("(строки 5): срок не составлен" in one and "ни одной отметки" in one for one in said)


def test_a_plan_with_quarters_under_years(tmp_path: Path, workspace: Workspace) -> None:
    quarters = ["I кв.", "II кв.", "III кв.", "IV кв."]
    rows = [
        ["№", "Мероприятия", "Ответственные", "2024 год", ">", ">", ">", "2025 год", ">", ">", ">"],
        ["^", "^", "^", *quarters, *quarters],
        ["1", "Анализ условий", "РМК", "х", "х", "", "", "", "", "", ""],
        ["2", "Итоговый отчёт", "РМК", "", "", "", "", "", "", "", "х"],
    ]
    said, found = stored(workspace, document(tmp_path / "г.docx", rows, before=["План-график"]))
    assert [(one.number, one.title, one.term) for one in found] == [
        ("1", "Анализ условий", "I–II квартал 2024 года"),
        ("2", "Итоговый отчёт", "IV квартал 2025 года"),
    ]
    assert found[0].extra["2024 год II кв."] == "х"
    assert not any("срок не составлен" in one for one in said)


def test_plain_words_of_a_header(tmp_path: Path, workspace: Workspace) -> None:
    rows = [
        ["п/п", "Что планируем сделать", "Когда", "Кто делает", "Что получим", "Чем подтвердим",
         "Кто участвует"],
        ["1", "Собрать заявки", "до 10.09.2024", "Секретарь", "Реестр", "Письмо", "Школы"],
    ]  # fmt: skip
    (found,) = stored(workspace, document(tmp_path / "п.docx", rows))[1]
    assert (found.title, found.term, found.responsible, found.result, found.evidence) == (
        "Собрать заявки", "до 10.09.2024", "Секретарь", "Реестр", "Письмо",
    )  # fmt: skip
    assert dict(found.extra) == {"Кто участвует": "Школы"}


def header_over(*rows: Sequence[object]) -> bool:
    """Return whether a table counts as a plan."""
    sheet = Sheet("Лист1", rows=[list(row) for row in rows])
    return find_plan_header(Cells(sheet)) is not None


@pytest.mark.parametrize(
    "rows",
    [
        # Attendance: schools are no activities, however their days are marked.
        [["Наименование", "Сентябрь", "Октябрь"], ["Школа № 1", "+", "+"]],
        [["Название", "Сентябрь", "Октябрь"], ["Школа № 1", "+", "-"]],
        [["Задачи", "I полугодие", "II полугодие"], ["Чтение", "+", "+"]],
        # Pupils, shares and money by month.
        [["Наименование", "Сентябрь", "Октябрь"], ["Школа № 1", 25, 27]],
        [["Мероприятие", "Январь", "Февраль"], ["Аренда зала", 12000, "1 200,50"]],
        [["Мероприятие", "Январь", "Февраль"], ["Аренда", "+", "+"], ["Итого", 12000, 300]],
        [["Мероприятие", "I полугодие", "II полугодие"], ["Участие", "85 %", "91,5%"]],
        # Nothing is marked at all.
        [["Мероприятие", "Январь", "Февраль"], ["Аренда зала", 0, "-"], ["Проезд", "", ""]],
    ],
)
def test_tables_of_another_kind(rows: Sequence[Sequence[object]]) -> None:
    assert not header_over(*rows)


@pytest.mark.parametrize(
    "rows",
    [
        [["Мероприятие", "Январь", "Февраль"], ["Педсовет", "+", ""], ["Конкурс", "", 0]],
        [["№", "Мероприятие", "Май", "Июнь"], ["1", "2", "3", "4"], ["1", "Педсовет", "х", ""]],
        # Somebody answers for it: such a table is a plan whatever stands below the months.
        [["Наименование", "Май", "Июнь", "Ответственный"], ["Педсовет", 12, "", "Завуч"]],
    ],
)
def test_plans_with_a_calendar(rows: Sequence[Sequence[object]]) -> None:
    assert header_over(*rows)


@pytest.mark.parametrize(
    ("title", "above", "school", "conflict"),
    [
        ("План на 2024-2025 учебный год", ["по итогам 2023-2024 учебного года"], "2024-2025", ()),
        ("План на 2024/25 уч. год", [], "2024-2025", ()),
        ("План на 2025 год", ["по итогам 2023-2024 учебного года"], "", ()),
        ("План на 2025 год", ["2024-2025 учебный год"], "", ()),
        ("План мероприятий", ["на 2024-2025 учебный год"], "2024-2025", ()),
        ("План мероприятий", ["по результатам 2023-2024 учебного года"], "", ()),
        ("План по итогам диагностики на 2024-2025 учебный год", [], "2024-2025", ()),
        ("План", ["Приказ от 30 августа 2024 г.", "2024-2025 учебный год"], "2024-2025", ()),
        ("План", ["на 2025 год", "2024-2025 учебный год"], "", ("2024-2025", "2025")),
        ("План", ["2023-2024 учебный год", "2024-2025 учебный год"], "",
         ("2023-2024", "2024-2025")),
        ("План на 2024-2026 учебный год", [], "", ()),
    ],
)  # fmt: skip
def test_the_title_names_the_year(
    title: str, above: Sequence[str], school: str, conflict: tuple[str, ...]
) -> None:
    assert plan_year(title, [title, *above]) == PlanYear(school, conflict)


@pytest.mark.parametrize(
    ("above", "years"),
    [
        (["Приложение к приказу от 12.01.2023 № 5", "Риски школ, 2024 год"], (2024,)),
        (["Приложение к приказу от 12 января 2023 г. № 5/2022", "Риски школ, 2024"], (2024,)),
        (["Риски по итогам 2023 года на 2024 год"], (2024,)),
        (["Риски на 2024 год", "по результатам ВПР 2023 года"], (2024,)),
        (["Рисковые профили за 2024 год"], (2024,)),
        (["Риски школ на 01.09.2024"], (2024,)),
        (["Риски школ", "2024/2025 учебный год"], (2025,)),
        (["Программа на 2022-2024 годы", "", "Приоритетные риски", "на 2023 год"], (2023,)),
        (["Риски 2023 и 2024 годов"], (2023, 2024)),
        (["Риски, 2023 год", "Профили школ на 2024 год"], (2023, 2024)),
        (["Приложение к приказу от 12.01.2023 № 5", "Риски школ"], ()),
        (["Утверждены приказом управления 12 января 2023 г.", "Риски школ"], ()),
        ([], ()),
    ],
)
def test_the_years_that_a_table_is_for(above: Sequence[str], years: tuple[int, ...]) -> None:
    assert years_for(above) == years


@pytest.mark.parametrize(
    ("above", "rests"),
    [
        (["Риски школ по итогам 2023 года"], True),
        (["Приложение к приказу от 12.01.2024 № 5", "Риски по результатам ВПР 2023 года"], True),
        (["Риски", "по итогам диагностики за 2022/2023 учебный год"], True),
        (["Риски по итогам 2023 года на 2024 год"], False),
        (["Рисковые профили за 2024 год"], False),
        (["Риски школ на 01.09.2024"], False),
        (["Риски школ, 2024 год"], False),
        (["Риски школ"], False),
        ([], False),
    ],
)
def test_years_of_results_are_told_from_years_of_a_table(above: Sequence[str], rests: bool) -> None:
    assert rest_upon(above) is rests


@pytest.mark.parametrize(
    ("months", "places", "term", "start", "end"),
    [
        (["Авг", *SCHOOL], {0}, "август 2024 года", "2024-08-01", "2024-08-31"),
        (["Авг", *SCHOOL], {0, 1}, "август – сентябрь 2024 года", "2024-08-01", "2024-09-30"),
        (["Авг", *SCHOOL, "Июн"], {0, 10}, "август 2024 года, июнь 2025 года",
         "2024-08-01", "2025-06-30"),
        (["Авг", *SCHOOL], {1}, "сентябрь 2024-2025 учебного года", "2024-09-01", "2024-09-30"),
        ([*SCHOOL, "Июн", "Июл", "Авг"], {11}, "август 2025 года", "2025-08-01", "2025-08-31"),
    ],
)  # fmt: skip
def test_august_by_its_place(
    months: Sequence[str], places: set[int], term: str, start: str, end: str
) -> None:
    marked = dict.fromkeys(places, True)
    said = calendar_term(columns([[month] for month in months]), marked, "2024-2025")
    read = parse_term(said)
    assert (said, str(read.start), str(read.end)) == (term, start, end)


def test_august_after_january_is_given_no_year() -> None:
    months = columns([["Янв"], ["Май"], ["Авг"], ["Сен"]])
    said = calendar_term(months, {2: True}, "2024-2025")
    assert said == "август"
    assert parse_term(said).marked


def test_both_halves_of_a_school_year() -> None:
    halves = columns([["I полугодие"], ["II полугодие"]])
    said = calendar_term(halves, {0: True, 1: True}, "2024-2025")
    read = parse_term(said)
    assert (read.start, read.end) == (date(2024, 9, 1), date(2025, 8, 31))


def test_years_that_contradict_are_told(tmp_path: Path, workspace: Workspace) -> None:
    rows = [["№", "Мероприятие", "Сентябрь", "Март"], ["1", "Педсовет", "+", ""]]
    before = ["План мероприятий", "на 2025 год", "2024-2025 учебный год"]
    said, (found,) = stored(workspace, document(tmp_path / "р.docx", rows, before=before))
    assert found.term == "сентябрь"
    assert any("разные годы (2024-2025, 2025)" in one for one in said)


def test_a_calendar_year_in_the_title_wins(tmp_path: Path, workspace: Workspace) -> None:
    rows = [["№", "Мероприятие", "Сентябрь", "Март"], ["1", "Педсовет", "", "+"]]
    before = ["План мероприятий на 2025 год", "по итогам 2023-2024 учебного года"]
    (found,) = stored(workspace, document(tmp_path / "к.docx", rows, before=before))[1]
    assert parse_term(found.term, Years(2025, 2025)).start == date(2025, 3, 1)
    (plan,) = list_roadmaps(workspace)
    assert (plan.first_year, plan.last_year) == (2025, 2025)
