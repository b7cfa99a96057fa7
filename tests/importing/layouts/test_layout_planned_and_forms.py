"""Planned results (L5) and extracts of ОО-1 and ОО-2 (L17), made from the description."""

from __future__ import annotations

from app.models.enums import AssessmentKind, CodeSystem, RecordKind, ReferenceScope
from app.services.importing.facts import Procedure
from tests.importing.layouts.layout_sheets import errors, read, said, sheet
from tests.importing.layouts.record_sheets import cell, record, records

PLANNED = (
    "ВПР 2025. 5 класс. Достижение планируемых результатов",
    "Предмет:;Русский язык",
    "МКОУ Озёрская СОШ (edu123456)",
    "",
    "№;Блоки ПООП;Макс. балл;Озёрская обл.;Озёрский муниципальный район;ОО;РФ",
    "1К1;Соблюдать нормы орфографии;4;61,5;60;55,5;62",
    "2;Проводить разборы;3;70;;100;71",
)


def test_planned_results_by_column() -> None:
    extract = read(sheet(*PLANNED), "planned_results")
    found = {fact.scope: fact for fact in records(extract)}
    assert set(found) == {
        ReferenceScope.REGION,
        ReferenceScope.DISTRICT,
        ReferenceScope.SAMPLE,
        None,
    }
    school = found[None]
    assert school.ref is not None
    assert school.ref.code(CodeSystem.FISOKO) == "edu123456"
    assert school.procedure == Procedure(AssessmentKind.VPR, 2025, "Русский язык", 5)
    assert school.data["block_2 Проводить разборы"] == 100
    assert school.data["max_1К1 Соблюдать нормы орфографии"] == 4
    assert cell(extract, school, "block_2 Проводить разборы") == "F7"
    assert cell(extract, school, "name") == "A3"
    assert "block_2 Проводить разборы" not in found[ReferenceScope.DISTRICT].data
    assert extract.rows_read == 2
    assert not errors(extract.problems)


def test_a_column_of_nobody_is_told() -> None:
    rows = [row for row in PLANNED if not row.startswith("МКОУ")]
    extract = read(sheet(*rows), "planned_results")
    assert None not in {fact.scope for fact in records(extract)}
    assert said(extract.problems, "«ОО»")[0].cell == "F4"


FORM = (
    "Форма № ОО-1",
    "Наименование организации:;МКОУ Озёрская СОШ",
    "2024/2025 учебный год",
    "Раздел 1.2. Сведения о классах",
    "Наименование показателей;№ строки;Всего;из них девочки",
    "1;2;3;4",
    "Классов;01;11;",
    "Обучающихся;02;144;70",
)


def test_a_form_is_read_by_line_codes() -> None:
    extract = read(sheet(*FORM), "statistical_form")
    fact = record(extract)
    assert (fact.kind, fact.year) == (RecordKind.STATISTICS, 2025)
    assert fact.ref is not None
    assert fact.ref.name == "МКОУ Озёрская СОШ"
    assert fact.data == {
        "line_ОО-1, раздел 1.2, строка 01, «Всего»": 11,
        "line_ОО-1, раздел 1.2, строка 02, «Всего»": 144,
        "line_ОО-1, раздел 1.2, строка 02, «из них девочки»": 70,
    }
    assert cell(extract, fact, "line_ОО-1, раздел 1.2, строка 02, «Всего»") == "C8"
    assert cell(extract, fact, "name") == "B2"
    assert fact.rows == "7-8"


def test_two_sections_and_a_text_in_a_number() -> None:
    second = ("Раздел 2.1. Помещения", *FORM[4:6], "Кабинетов;01;много;")
    extract = read(sheet(*FORM, *second), "statistical_form")
    (problem,) = errors(extract.problems)
    assert (problem.cell, problem.row) == ("C12", 12)


def test_a_form_of_nobody_is_refused() -> None:
    extract = read(sheet(FORM[0], *FORM[2:]), "statistical_form")
    assert records(extract) == []
    assert said(errors(extract.problems), "название школы")


def test_sections_under_one_another_keep_their_numbers() -> None:
    head = "Наименование показателей;№ строки;Всего;Женщины"
    wide = ("Раздел 3.2. Кадры", head, "Учителей;01;20;18")
    same = ("Раздел 4.1. Здания", *FORM[4:5], "Зданий;01;2;0")
    fact = record(read(sheet(*FORM, *wide, *same), "statistical_form"))
    assert fact.data["line_ОО-1, раздел 1.2, строка 01, «Всего»"] == 11
    assert fact.data["line_ОО-1, раздел 3.2, строка 01, «Женщины»"] == 18
    assert fact.data["line_ОО-1, раздел 4.1, строка 01, «Всего»"] == 2
    assert len(fact.data) == 7
