"""What sticks of other offices taught: codes, names and titles as they are really written."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.enums import CodeSystem, Severity
from app.services.importing import discard, prepare
from app.services.importing.checking import check
from app.services.importing.facts import RecordFact
from app.services.importing.layouts import best_layout
from app.services.importing.matching import Directory, KnownSchool
from app.services.importing.names import name_key, russian
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.importing.layouts.layout_sheets import (
    errors,
    numbers,
    read,
    results,
    said,
    schools,
    sheet,
)
from tests.importing.loads import ref
from tests.journeys.messy_books import Tab, write

ONE = 1


def directory(login: str) -> Directory:
    """Return a directory with one school and its login."""
    known = Directory()
    known.add_school(KnownSchool(ONE, "МКОУ СОШ №1", ("МКОУ СОШ №1",)))
    known.add_code(ONE, CodeSystem.FISOKO, login, current=True)
    return known


def test_login_of_the_old_kind_does_not_contradict_the_new_one() -> None:
    match = directory("edu073001").match(ref("СОШ № 1", fisoko="sch77171506"))
    assert match.school == ONE
    assert match.new_codes == ((CodeSystem.FISOKO, "sch77171506"),)


def test_second_login_of_the_same_kind_asks() -> None:
    known = directory("edu073001")
    known.add_code(ONE, CodeSystem.FISOKO, "sch77171506", current=False)
    assert known.match(ref("СОШ № 1", fisoko="sch77171507")).clash
    assert known.match(ref("СОШ № 1", fisoko="edu073002")).clash


def test_zeros_lost_by_a_whole_column_of_numbers_come_back_and_are_told() -> None:
    extract = read(
        sheet("Название;Код РЦОИ;Вид", ["СОШ №1", 1307.0, "СОШ"], ["СОШ №2", 1308.0, "СОШ"]),
        "register",
    )
    assert [fact.ref.codes[0][1] for fact in schools(extract)] == ["01307", "01308"]
    assert [p.cell for p in said(extract.problems, "числом короче 5 цифр")] == ["B2:B3"]


def test_short_codes_written_as_text_stay_as_they_are() -> None:
    extract = read(sheet("Название;Код РЦОИ;Вид", ["СОШ №1", "1307", "СОШ"]), "register")
    assert schools(extract)[0].ref.codes[0][1] == "1307"
    assert extract.problems == ()


def test_latin_letters_inside_russian_words_of_a_name_are_mended() -> None:
    extract = read(
        sheet("Краткое наименование;Код РЦОИ;Вид", ["МKОУ CОШ №1", "01307", "СОШ"]), "register"
    )
    fact = schools(extract)[0]
    assert (fact.ref.name, fact.fields["short_name"]) == ("МКОУ СОШ №1", "МКОУ СОШ №1")


def test_words_of_another_alphabet_stay_themselves() -> None:
    assert russian("Школа «Smart» XX века, IT-куб") == "Школа «Smart» XX века, IT-куб"
    assert name_key(russian("Берёзoвская CОШ")) == name_key("Березовская СОШ")


@pytest.mark.parametrize(
    ("titles", "name", "subject"),
    [
        (("ВПР-2025 по русскому языку, 5 класс",), "Лист1", "Русский язык"),
        (("Статистика по отметкам ВПР 2025 по математике, 5 кл.",), "Лист1", "Математика"),
        (
            ("ВПР 2025, 5 класс, по математике (углублённый уровень)",),
            "Лист1",
            "Математика (углублённая)",
        ),
        (("ВПР 2025 МА5",), "Лист1", "Математика"),
        (("ВПР 2025",), "РУ5", "Русский язык"),
        (("ВПР 2025",), "впр_5_ма", "Математика"),
    ],
)
def test_subject_and_grade_as_offices_write_them(
    titles: tuple[str, ...], name: str, subject: str
) -> None:
    header = "Группы участников;Кол-во участников;2;3;4;5"
    made = sheet(*titles, header, "(sch663012) МКОУ СОШ №1;9;33,33;55,56;11,11;0", name=name)
    found = results(read(made, "fisoko_marks"))
    assert [(fact.procedure.subject, fact.procedure.grade) for fact in found] == [(subject, 5)]


@pytest.mark.parametrize(
    "header", ["Писали работу", "Кол-во обучающихся, принявших участие", "Участников"]
)
def test_participants_under_other_titles(header: str) -> None:
    made = sheet(
        "ВПР 2025. 5 класс", "Предмет: Русский язык", f"Наименование ОО;{header};2;3;4;5",
        "МКОУ СОШ №1;9;33,33;55,56;11,11;0",
    )  # fmt: skip
    assert results(read(made, "fisoko_marks"))[0].marks.n2 == 3


def test_derived_columns_beside_the_marks_do_not_make_another_kind() -> None:
    made = sheet(
        "ВПР 2025. 5 класс", "Предмет: Русский язык",
        "№ п/п;ОО;Кол-во участников;5;4;3;2;Успеваемость, %;Качество, %;Средний балл",
        "1;МКОУ СОШ №1;10;1;2;4;3;70;30;3,1", name="5 РУ",
    )  # fmt: skip
    found = results(read(made, "fisoko_marks"))
    assert [numbers(fact) for fact in found] == [(10, 3, 4, 2, 1)]


def test_title_of_a_second_table_may_be_just_grade_and_subject() -> None:
    table = ("Группы участников;Кол-во участников;2;3;4;5", "МКОУ СОШ №1;10;30;40;20;10")
    made = sheet("ВПР 2025. 5 класс", "Русский язык", *table, "5 класс, математика", *table)
    found = results(read(made, "fisoko_marks"))
    assert [fact.procedure.subject for fact in found] == ["Русский язык", "Математика"]


def test_participants_without_any_mark_are_told() -> None:
    made = sheet(
        "ВПР 2025. 5 класс", "Русский язык", "Группы участников;Кол-во участников;2;3;4;5",
        "МКОУ СОШ №1;10;;;;",
    )  # fmt: skip
    assert [p.cell for p in said(read(made, "fisoko_marks").problems, "отметок нет")] == ["C4"]


def test_sum_that_is_neither_per_cents_nor_pupils_names_both() -> None:
    made = sheet(
        "ВПР 2025. 5 класс", "Русский язык", "Группы участников;Кол-во участников;2;3;4;5",
        "МКОУ СОШ №1;10;12;0;0;0",
    )  # fmt: skip
    problem = said(check(read(made, "fisoko_marks")), "отметок 12, а участников 10")[0]
    assert "если это доли – их сумма 12 %" in problem.message
    assert problem.cell == "C4, D4, E4, F4"


PROTOCOL = "№;Код ОО;Фамилия;Имя;Отчество;Первичный балл;Балл"


def pupil(number: int, mark: int) -> str:
    """Return a row of a protocol."""
    return f"{number};13450;А;Б;В;10;{mark}"


@pytest.mark.parametrize(
    "title", ["02 - Математика 2025.06.02", "Математика 02.06.2025", "Предмет: Математика"]
)
@pytest.mark.parametrize("header", [(), (PROTOCOL,)])
def test_next_exam_of_a_sheet_is_never_mixed_with_the_first(
    title: str, header: tuple[str, ...]
) -> None:
    made = sheet(
        "01 - Русский язык 2025.06.09", PROTOCOL, pupil(1, 2), pupil(2, 4),
        title, *header, pupil(1, 5), pupil(2, 5), pupil(3, 5),
    )  # fmt: skip
    extract = read(made, "oge_protocol")
    found = {fact.procedure.subject: numbers(fact) for fact in results(extract)}
    assert found == {"Русский язык": (2, 1, 0, 1, 0), "Математика": (3, 0, 0, 0, 3)}
    assert extract.rows_read == 5


def test_titles_over_several_rows_belong_to_the_next_table() -> None:
    table = ("Группы участников;Кол-во участников;2;3;4;5", "МКОУ СОШ №1;10;30;40;20;10")
    made = sheet(
        "ВПР 2024. 5 класс", "Русский язык", *table,
        "ВПР", "Год;2025;Класс;6;Предмет;Математика", *table,
    )  # fmt: skip
    found = [fact.procedure for fact in results(read(made, "fisoko_marks"))]
    assert [(one.year, one.subject, one.grade) for one in found] == [
        (2024, "Русский язык", 5),
        (2025, "Математика", 6),
    ]


def test_all_pupils_with_one_mark_among_fractions() -> None:
    header = "Группы участников;Кол-во участников;2;3;4;5"
    made = sheet(
        "ВПР 2025. 5 класс", "Русский язык", header,
        ["МКОУ СОШ №1", 4, 0.0, 1.0, 0.0, 0.0], ["МКОУ СОШ №2", 3, 1 / 3, 2 / 3, 0.0, 0.0],
    )  # fmt: skip
    extract = read(made, "fisoko_marks")
    assert [numbers(fact)[1:] for fact in results(extract)] == [(0, 4, 0, 0), (1, 2, 0, 0)]
    assert check(extract) == ()


def test_one_of_four_is_no_fraction_where_the_column_has_none() -> None:
    header = "Группы участников;Кол-во участников;2;3;4;5"
    made = sheet(
        "ВПР 2025. 5 класс", "Русский язык", header,
        ["МКОУ СОШ №1", 4, 0, 1, 0, 0], ["МКОУ СОШ №2", 3, 1, 2, 0, 0],
    )  # fmt: skip
    assert said(check(read(made, "fisoko_marks")), "отметок 1, а участников 4")


def test_group_title_over_the_codes_of_a_register() -> None:
    made = sheet(
        "№;Наименование;Коды;;Контингент", ";;ФИС ОКО;РЦОИ;чел.",
        "1;СОШ №1;edu310001;13451;100",
    )  # fmt: skip
    (fact,) = schools(read(made, "register"))
    assert (fact.ref.codes, fact.fields["pupils"]) == (
        ((CodeSystem.FISOKO, "edu310001"), (CodeSystem.RCOI, "13451")),
        100,
    )


def test_total_row_of_a_flat_export_is_no_fault() -> None:
    made = sheet(
        "Год;Класс;Предмет;Логин;ОО;Кол-во участников;2;3;4;5",
        "2025;5;Русский язык;edu310001;СОШ №1;10;30;40;20;10",
        ";;;;Итого;10;30;40;20;10",
    )
    extract = read(made, "regional_flat")
    assert (len(results(extract)), extract.rows_read) == (1, 1)
    (told,) = extract.problems
    assert (told.severity, told.cell) == (Severity.WARNING, "F3")


def test_words_in_a_figure_of_a_register_do_not_keep_the_school_out() -> None:
    made = sheet(
        "Сведения о школах, 2024/2025 учебный год",
        "Название школы;Сменность;Мощность;Кол-во учащихся",
        "МОУ СОШ №1;в одну смену;320;120", "МОУ СОШ №2;2;300;110",
    )  # fmt: skip
    extract = read(made, "register")
    assert [fact.fields["pupils"] for fact in schools(extract)] == [120, 110]
    assert errors(extract.problems) == []
    assert [p.cell for p in said(extract.problems, "«в одну смену»")] == ["B3"]
    records = [f.data for b in extract.blocks for f in b.facts if isinstance(f, RecordFact)]
    assert [len(data) for data in records] == [1, 2]


def test_bare_list_of_names_is_a_register_when_its_title_says_so() -> None:
    table = ("№;Наименование школы", "1;МКОУ Ключевская СОШ", "2;МКОУ СОШ №2")
    found = schools(read(sheet("Реестр школ района", *table), "register"))
    assert [fact.ref.name for fact in found] == ["МКОУ Ключевская СОШ", "МКОУ СОШ №2"]
    assert best_layout(sheet("Столовые", *table)) is None
    other = best_layout(sheet("Перечень школ с низкими результатами", *table))
    assert other is None or other[0].key != "register"


def test_school_row_that_counts_itself_is_no_district() -> None:
    made = sheet(
        "ВПР 2025. 5 класс", "Русский язык",
        "Группы участников;Кол-во ОО;Кол-во участников;2;3;4;5",
        "Приозёрский МР;2;20;30;40;20;10", "МКОУ СОШ №1;1;10;30;40;20;10",
        "Ключевская;1;10;30;40;20;10",
    )  # fmt: skip
    found = results(read(made, "fisoko_marks"))
    assert [fact.ref.name for fact in found] == ["МКОУ СОШ №1", "Ключевская"]


@pytest.mark.parametrize(
    "made_on", ["Отчёт сформирован 12.01.2026", "Дата формирования отчета:;12.01.2026"]
)
def test_day_on_which_a_report_was_made_is_not_its_year(made_on: str) -> None:
    table = ("Группы участников;Кол-во участников;2;3;4;5", "МКОУ СОШ №1;10;30;40;20;10")
    spring = read(sheet(made_on, "Весна 2025, 5 класс", "Русский язык", *table), "fisoko_marks")
    assert [fact.procedure.year for fact in results(spring)] == [2025]
    silent = read(sheet(made_on, "5 класс", "Русский язык", *table), "fisoko_marks")
    assert said(errors(silent.problems), "не найден год")


@pytest.mark.parametrize(
    ("slip", "meant"), [("Руский язык", "Русский язык"), ("Биалогия", "Биология")]
)
def test_slip_in_a_subject_waits_instead_of_making_a_new_one(slip: str, meant: str) -> None:
    table = ("Группы участников;Кол-во участников;2;3;4;5", "МКОУ СОШ №1;10;30;40;20;10")
    extract = read(sheet("ВПР 2025. 5 класс", f"Предмет: {slip}", *table), "fisoko_marks")
    assert said(errors(extract.problems), f"похоже, это «{meant}»")
    other = read(sheet("ВПР 2025. 5 класс", "Предмет: Рисование", *table), "fisoko_marks")
    assert errors(other.problems) == []


def test_many_unknown_sheets_are_not_all_listed(workspace: Workspace, tmp_path: Path) -> None:
    menu = [["Меню", "Цена", "Вес"], ["Каша", 12, 200], ["Суп", 10, 250]]
    write(tmp_path / "меню.xlsx", *(Tab(f"День{number}", menu) for number in range(1, 31)))
    plan = prepare(workspace, [tmp_path / "меню.xlsx"], NoProgress())
    discard(plan)
    (finding,) = plan.files[0].findings
    assert "«День5» и ещё 25" in finding.message
