"""School registers (L16 and the fuller kind): fields, codes, totals, odd words."""

from __future__ import annotations

import pytest

from app.models.enums import CodeSystem
from app.services.importing.checking import check
from app.services.importing.layouts import register
from tests.importing.layouts.layout_sheets import errors, read, said, schools, sheet

HEADER = (
    "№ п/п;Полное наименование;Краткое наименование;Логин ФИС ОКО;Код РЦОИ;Вид;"
    "Населённый пункт;Местность;Численность обучающихся;Директор"
)
FULL = "МКОУ полностью «Пример»"
ROW = f"1;{FULL};МКОУ Примерная СОШ;edu073000;01307;СОШ;с. Примерное;сельская;104;Тестовый Т. Т."


def test_all_fields_of_a_school_with_their_cells() -> None:
    extract = read(sheet("Реестр школ", "", HEADER, ROW), "register")
    (school,) = schools(extract)
    assert school.ref.code(CodeSystem.FISOKO) == "edu073000"
    assert school.ref.code(CodeSystem.RCOI) == "01307"
    assert school.ref.name == "МКОУ Примерная СОШ"
    assert school.fields == {
        "short_name": "МКОУ Примерная СОШ",
        "full_name": FULL,
        "kind": "СОШ",
        "settlement": "с. Примерное",
        "rural": True,
        "pupils": 104,
        "director": "Тестовый Т. Т.",
    }
    block = extract.blocks[0]
    cells = {name: block.cell(name, school.rows) for name in block.columns}
    assert cells == {
        "full_name": "B4",
        "short_name": "C4",
        "name": "C4",
        "fisoko": "D4",
        "rcoi": "E4",
        "kind": "F4",
        "settlement": "G4",
        "rural": "H4",
        "pupils": "I4",
        "director": "J4",
    }
    assert extract.problems == ()
    assert extract.rows_read == 1


def test_the_register_of_the_description_with_one_name_and_no_codes() -> None:
    extract = read(
        sheet(
            "Название школы;Сменность;Мощность;Кол-во учащихся;Кол-во работников;"
            "Кол-во учителей;Район;ШНОР;Школа с необъективностью",
            "МБОУ СОШ №5;1;400;357;60;31;Примерный;да;нет",
        ),
        "register",
    )
    (school,) = schools(extract)
    assert school.ref.codes == ()
    assert school.fields == {"short_name": "МБОУ СОШ №5", "pupils": 357}
    (told,) = said(extract.problems, "не указано, за какой они год")
    assert "«ШНОР»" in told.message
    assert errors(extract.problems) == []


def test_a_single_column_of_legal_names_is_also_the_full_name() -> None:
    name = "Муниципальное казённое общеобразовательное учреждение «Примерная школа»"
    made = sheet("Наименование ОО;Код ОО;Директор", f"{name};edu073000;Тестовый Т. Т.")
    (school,) = schools(read(made, "register"))
    assert school.fields["short_name"] == school.fields["full_name"] == name
    assert school.ref.codes == ((CodeSystem.FISOKO, "edu073000"),)


def test_long_titles_of_columns() -> None:
    extract = read(
        sheet(
            "Полное наименование ОО в соответствии с уставом;Сокращённое наименование (по уставу);"
            "Логин ОО в ФИС ОКО;Код школы в РЦОИ (5 знаков);Тип ОО;Тип населённого пункта;"
            "Численность обучающихся на 01.09.2025, чел.;ФИО руководителя",
            "Полное имя школы;СОШ №1;edu073000;01307;СОШ;село;104 чел.;Тестовый Т. Т.",
        ),
        "register",
    )
    (school,) = schools(extract)
    assert school.fields == {
        "short_name": "СОШ №1",
        "full_name": "Полное имя школы",
        "kind": "СОШ",
        "rural": True,
        "pupils": 104,
        "director": "Тестовый Т. Т.",
    }
    assert [code for _, code in school.ref.codes] == ["edu073000", "01307"]


def test_a_column_of_codes_is_told_by_the_form_of_the_codes() -> None:
    made = sheet("ОО;Код ОО;Кол-во обучающихся", "СОШ №1;1307;10", "СОШ №2;13450;20")
    extract = read(made, "register")
    assert [school.ref.code(CodeSystem.RCOI) for school in schools(extract)] == ["01307", "13450"]
    assert extract.blocks[0].cell("rcoi", "2") == "B2"


def test_an_empty_cell_says_nothing_and_a_missing_column_is_not_a_field() -> None:
    made = sheet("Наименование ОО;Логин;Вид;Кол-во учащихся", "СОШ №1;edu073000;;-")
    (school,) = schools(read(made, "register"))
    assert school.fields == {"short_name": "СОШ №1", "kind": None, "pupils": None}


def test_totals_headings_and_repeated_headers_are_not_schools() -> None:
    extract = read(
        sheet("Реестр", HEADER, "Сельские школы", ROW, HEADER, ROW, ";Всего;;;;;;;208;"),
        "register",
    )
    assert len(schools(extract)) == 2
    assert extract.rows_read == 2
    assert said(extract.problems, "Строки без данных")[0].cell == "A3"


def test_an_unreadable_number_of_pupils_keeps_the_school_out() -> None:
    extract = read(sheet(HEADER, ROW.replace("104", "сто четыре"), ROW), "register")
    (problem,) = errors(extract.problems)
    assert (problem.cell, problem.row) == ("I2", 2)
    assert "сто четыре" in problem.message
    assert len(schools(extract)) == 1


def test_an_impossible_number_of_pupils_is_caught_by_the_control_rules() -> None:
    (problem,) = errors(check(read(sheet(HEADER, ROW.replace("104", "-5")), "register")))
    assert (problem.cell, problem.row) == ("I2", 2)


def test_a_row_without_name_and_code_is_an_error() -> None:
    extract = read(sheet(HEADER, ROW, "2;;;;;СОШ;с. Иное;сельская;50;"), "register")
    assert [problem.row for problem in errors(extract.problems)] == [3]


@pytest.mark.parametrize(
    ("word", "rural"),
    [
        ("сельская", True),
        ("Село", True),
        ("ГОРОДСКАЯ", False),
        ("пгт", False),
        ("посёлок городского типа", False),
        ("посёлок", True),
        ("", None),
    ],
)
def test_rural_and_urban_words(word: str, rural: bool | None) -> None:
    extract = read(sheet(HEADER, ROW.replace("сельская", word)), "register")
    assert schools(extract)[0].fields["rural"] is rural
    assert extract.problems == ()


def test_a_word_that_is_neither_is_said() -> None:
    extract = read(sheet(HEADER, ROW.replace("сельская", "лесная")), "register")
    assert schools(extract)[0].fields["rural"] is None
    assert said(extract.problems, "лесная")[0].cell == "H2"


def test_status_of_a_school() -> None:
    made = sheet(
        "ОО;Логин;Статус",
        "СОШ №1;edu073001;действующая",
        "СОШ №2;edu073002;закрыта",
        "СОШ №3;edu073003;спит",
    )
    extract = read(made, "register")
    assert [s.fields["status"] for s in schools(extract)] == ["действует", "закрыта", None]
    assert said(extract.problems, "спит")[0].cell == "C4"


@pytest.mark.parametrize(
    "header",
    [
        "ОО;Кол-во участников;2;3;4;5",
        "№;Код ОО;Класс;Фамилия;Первичный балл;Оценка",
        "Год;Муниципалитет;Логин;ОО;4 РУ;4 МА;Количество маркеров",
        "Мероприятие;Срок;Ответственный",
    ],
)
def test_other_tables_with_schools_are_not_registers(header: str) -> None:
    assert register.LAYOUT.recognise(sheet(header, "1;2;3;4;5;6;7")) == 0


def test_of_a_school_that_ended_what_is_not_taken_is_told() -> None:
    made = sheet(
        "Реестр школ, 2025 год",
        "Наименование ОО;Код РЦОИ;Статус;Примечание",
        "МКОУ Лесная СОШ;01309;реорганизована;присоединена к МБОУ Речная СОШ с 01.09.2025",
        "МБОУ Речная СОШ;01306;действующая;",
    )
    extract = read(made, "register")
    ended, note = extract.problems
    assert ended.cell == "C3"
    assert "«присоединена к МБОУ Речная СОШ с 01.09.2025»" in ended.message
    assert (note.cell, "«Примечание»" in note.message) == ("D2", True)


def test_the_settlement_of_the_address_where_no_column_says_it() -> None:
    made = sheet(
        "Реестр школ",
        "Наименование ОО;Логин ФИС ОКО;Юридический адрес",
        "МБОУ Лесная СОШ;edu073000;363000, Лесной район, с. Большой Ключ, ул. Мира, д. 5",
        "МБОУ СОШ № 5;edu073005;ул. Мира, 7",
    )
    extract = read(made, "register")
    first, second = schools(extract)
    assert first.fields["place"] == "с. Большой Ключ"
    assert "place" not in second.fields
    assert extract.blocks[0].cell("settlement", first.rows) == "C3"


@pytest.mark.parametrize(
    "title",
    [
        "Контингент на 01.09.2025, чел.",
        "Численность контингента",
        "Численность на 1 сентября 2025 г.",
        "Обучающихся на 01.09.2025, чел.",
    ],
)
def test_how_registers_call_the_number_of_pupils(title: str) -> None:
    made = sheet("Реестр школ", f"Наименование ОО;Логин;{title}", "МБОУ Лесная СОШ;edu073000;104")
    extract = read(made, "register")
    assert [school.fields["pupils"] for school in schools(extract)] == [104]
    assert extract.problems == ()


def test_a_second_column_of_pupils_is_told() -> None:
    head = "Наименование ОО;Логин;Контингент на 01.09.2024;Контингент на 01.09.2025"
    extract = read(sheet("Реестр школ", head, "МБОУ Лесная СОШ;edu073000;104;99"), "register")
    (told,) = extract.problems
    assert "«Контингент на 01.09.2025» не загружен" in told.message
    assert told.cell == "D2"
