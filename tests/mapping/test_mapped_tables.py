"""Unknown tables: what is proposed, and what a mapped table becomes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.enums import AssessmentKind, RecordKind, ReferenceScope
from app.services.importing.facts import (
    Extract,
    RecordFact,
    ReferenceFact,
    RegisterFact,
    ResultFact,
)
from app.services.importing.grid import Sheet
from app.services.importing.layouts import best_layout
from app.services.importing.mapped import (
    How,
    Interpretation,
    MarksGiven,
    Origin,
    Role,
    TableKind,
    TableMap,
    faults,
    interpret,
    place_all,
    preview,
    propose,
)
from tests.importing.layouts.layout_sheets import errors, numbers, results, said, sheet

OFFICE = sheet(
    "Сведения управления образования",
    "Итоги 2025 года",
    "ОУ;Писало;Оценка 2;Оценка 3;Оценка 4;Оценка 5;Примечание",
    "МКОУ СОШ №1;10;1;2;3;4;-",
    "МКОУ ООШ №2;20;5;5;5;5;",
    ";;;;;;",
    "Итого;30;6;7;8;9;",
)


def said_of(mapping: TableMap, **parts: str) -> TableMap:
    """Return the mapping with constants for parts of the procedure."""
    constants = {part: Origin(How.CONSTANT, value) for part, value in parts.items()}
    return replace(mapping, origins={**mapping.origins, **constants})


def office() -> TableMap:
    """Return the whole mapping of ``OFFICE``."""
    made = propose(OFFICE).with_column(6, role=Role.IGNORED)
    return said_of(made, assessment="ВПР", subject="Математика", grade="5")


def cells(read: Interpretation, name: str) -> list[str | None]:
    """Return the cells of one field of all facts."""
    return [b.cell(name, fact.rows) for b in read.extract.blocks for fact in b.facts]


def test_most_columns_are_placed_and_the_rest_is_asked() -> None:
    made = propose(OFFICE)
    assert (made.kind, made.header, made.data) == (TableKind.RESULT, (2, 2), 3)
    assert made.marks is MarksGiven.COUNTS
    assert [c.field for c in made.fields()] == ["name", "participants", "m2", "m3", "m4", "m5"]
    assert [c.column for c in made.columns if c.role is Role.OPEN] == [6]
    assert faults(made)[0] == "Не указано, что в столбцах: G."
    assert {"Не указано, откуда взять: класс.", "Не указано, откуда взять: предмет."} <= set(
        faults(made)
    )


def test_a_mapped_table_gives_results_with_their_cells() -> None:
    read = interpret(OFFICE, office())
    found = results(read.extract)
    assert [numbers(fact) for fact in found] == [(10, 1, 2, 3, 4), (20, 5, 5, 5, 5)]
    assert (found[0].procedure.kind, found[0].procedure.year) == (AssessmentKind.VPR, 2025)
    assert cells(read, "n2")[:2] == ["C4", "C5"]
    assert cells(read, "year")[0] == "$A$2"
    assert errors(read.extract.problems) == []


def test_every_row_is_counted_and_totals_are_the_district() -> None:
    read = interpret(OFFICE, office())
    assert read.tally.titles + read.tally.blank == 4
    assert (read.tally.data, read.tally.totals, read.tally.remarks) == (2, 1, 0)
    whole = [f for b in read.extract.blocks for f in b.facts if isinstance(f, ReferenceFact)]
    assert [(fact.scope, fact.participants) for fact in whole] == [(ReferenceScope.DISTRICT, 30)]


def test_totals_that_are_not_wanted_are_told() -> None:
    read = interpret(OFFICE, replace(office(), totals_count=False))
    assert len(results(read.extract)) == 2
    assert [p.cell for p in said(read.extract.problems, "итогов не читались")] == ["A7"]


def test_per_cents_where_counts_were_promised_are_an_error_of_that_row() -> None:
    made = sheet(*OFFICE.rows[:4], "МКОУ ООШ №2;20;25;25;25;25;")
    read = interpret(made, office())
    assert [p.cell for p in errors(read.extract.problems)] == ["C5"]
    assert len(results(read.extract)) == 1


def test_a_column_added_later_is_not_passed_over_in_silence() -> None:
    made = Sheet("Лист1", [*OFFICE.rows[:3], [*OFFICE.rows[3], 7]])
    read = interpret(made, office())
    assert [p.cell for p in said(read.extract.problems, "в разметке его не было")] == ["H4"]


def test_side_by_side_subjects_under_two_rows_of_titles() -> None:
    made = sheet(
        "ОГЭ 2024", "№;ОУ;Выпускников;Русский язык;;;;Математика;;;", ";;;5;4;3;2;5;4;3;2",
        "1;МКОУ СОШ №1;10;4;3;2;1;1;2;3;4",
        "Итого;;10;4- 40%;3- 30%;2- 20%;1- 10%;1- 10%;2- 20%;3- 30%;4- 40%",
    )  # fmt: skip
    mapping = place_all(made, (1, 2), TableKind.SIDE_BY_SIDE, None)
    mapping = mapping.with_column(2, role=Role.FIELD, field="participants")
    assert faults(mapping) == ()
    read = interpret(made, mapping)
    found = results(read.extract)
    assert [(f.procedure.subject, numbers(f)) for f in found] == [
        ("Русский язык", (10, 1, 2, 3, 4)),
        ("Математика", (10, 4, 3, 2, 1)),
    ]
    assert {fact.procedure.grade for fact in found} == {9}
    assert read.extract.blocks[1].cell("n2", "4") == "K4"
    assert errors(read.extract.problems) == []


def test_flat_table_of_another_office_tells_the_procedure_by_columns() -> None:
    made = sheet(
        "Наименование;Процедура;Параллель;Дисциплина;Год;Участников;доля 2;доля 3;доля 4;доля 5",
        "МКОУ СОШ №1;ВПР;5;Математика;2025;10;0,1;0,2;0,3;0,4",
        "МКОУ СОШ №1;огэ;9;Русский язык;2024;10;0,4;0,3;0,2;0,1",
        "МКОУ СОШ №1;ВПР;;Математика;2025;10;0,1;0,2;0,3;0,4",
    )
    mapping = propose(made)
    assert faults(mapping) == ()
    assert mapping.marks is MarksGiven.FRACTION
    read = interpret(made, mapping)
    found = [(f.procedure.kind, f.procedure.grade, f.marks.n2) for f in results(read.extract)]
    assert found == [(AssessmentKind.VPR, 5, 1), (AssessmentKind.OGE, 9, 4)]
    assert [(p.cell, p.row) for p in errors(read.extract.problems)] == [("C4", 4)]


def test_records_with_shares_and_empty_cells() -> None:
    made = sheet(
        "Учреждение;Многодетные, чел.;Многодетные, %;Малообеспеченные, чел.;ОВЗ",
        "МКОУ СОШ №1;10;20,5;;5", "Итого;10;20,5;;5", "Примечание",
    )  # fmt: skip
    mapping = said_of(propose(made), year="2025")
    assert (mapping.kind, mapping.record) == (TableKind.RECORD, RecordKind.PASSPORT)
    assert faults(mapping) == ()
    read = interpret(made, mapping)
    facts = [f for f in read.extract.blocks[0].facts if isinstance(f, RecordFact)]
    assert facts[0].data == {"large_families": 10, "large_families_share": 20.5, "ovz": 5}
    assert (facts[1].ref, facts[1].scope) == (None, ReferenceScope.DISTRICT)
    assert read.extract.blocks[0].cell("ovz", "2") == "E2"
    assert read.tally.remarks == 1


def test_register_under_titles_that_no_layout_knows() -> None:
    made = sheet("Школа;Код;Дети", "МКОУ СОШ №1;01307;100")
    mapping = propose(made).with_column(2, role=Role.FIELD, field="pupils")
    assert faults(mapping) == ()
    (fact,) = interpret(made, mapping).extract.blocks[0].facts
    assert isinstance(fact, RegisterFact)
    assert (fact.ref.name, fact.fields["pupils"]) == ("МКОУ СОШ №1", 100)


def test_pupils_are_counted_and_their_names_are_blanked() -> None:
    made = sheet(
        "ВПР 2025, математика, 5 класс", "ФИО;Школа;Отметка", "Ученик А;МКОУ СОШ №1;4",
        "Ученик Б;МКОУ СОШ №1;2", "Ученик В;МКОУ СОШ №1;н/я", "Ученик Г;МКОУ ООШ №2;7",
    )  # fmt: skip
    mapping = propose(made)
    assert mapping.kind is TableKind.PUPILS
    assert mapping.columns[0].role is Role.PERSONAL
    read = interpret(made, mapping)
    (fact,) = results(read.extract)
    assert (fact.rows, numbers(fact)) == ("3-4", (2, 1, 0, 1, 0))
    assert [p.cell for p in errors(read.extract.problems)] == ["C6"]
    assert len(said(read.extract.problems, "Без результата")) == 1
    assert [(c.column, c.first_row) for c in read.extract.personal] == [(0, 2)]


def distributions(extract: Extract) -> dict[str | None, tuple[str, object]]:
    """Return the rows and the one figure of each school's distribution of scores."""
    return {
        fact.ref.name if fact.ref else None: (fact.rows, fact.data)
        for block in extract.blocks
        for fact in block.facts
        if isinstance(fact, RecordFact) and fact.kind is RecordKind.SCORES
    }


def test_primary_scores_beside_marks_become_a_distribution_by_school() -> None:
    made = sheet(
        "ВПР 2025, математика, 5 класс", "ФИО;Школа;Первичный балл;Отметка",
        "Ученик А;МКОУ СОШ №1;14;4", "Ученик Б;МКОУ СОШ №1;5;2", "Ученик В;МКОУ ООШ №2;;3",
        "Ученик Г;МКОУ ООШ №2;9;3", "Ученик Д;МКОУ СОШ №1;14;4",
    )  # fmt: skip
    mapping = propose(made)
    assert mapping.placed("primary") is not None
    read = interpret(made, mapping)
    assert distributions(read.extract) == {
        "МКОУ СОШ №1": ("3-4,7", {"primary_весь файл": "5 – 1, 14 – 2"})
    }
    assert len(results(read.extract)) == 2
    assert len(said(read.extract.problems, "Нет первичного балла")) == 1


def test_test_scores_of_the_ege_become_a_distribution_too() -> None:
    made = sheet(
        "ЕГЭ 2025, физика", "ФИО;Школа;Тестовый балл", "Ученик А;МКОУ СОШ №1;41",
        "Ученик Б;МКОУ СОШ №1;80", "Ученик В;МКОУ СОШ №1;41",
    )  # fmt: skip
    read = interpret(made, propose(made))
    assert distributions(read.extract) == {
        "МКОУ СОШ №1": ("3-5", {"test_весь файл": "41 – 2, 80 – 1"})
    }


def test_numbers_written_as_text_and_empty_columns_between() -> None:
    made = sheet(
        ["Город"], [None, "Школа", None, "Писало", "«2»", "«3»", "«4»", "«5»"],
        [None, "МКОУ СОШ №1", None, "10 чел.", " 1", "2", "3", "4"],
    )  # fmt: skip
    mapping = place_all(made, (1, 1), TableKind.RESULT, None)
    mapping = said_of(mapping, year="2025", assessment="ВПР", subject="История", grade="6")
    for column, mark in zip(range(4, 8), range(2, 6), strict=True):
        mapping = mapping.with_column(column, role=Role.FIELD, field=f"m{mark}")
    mapping = replace(mapping, marks=MarksGiven.COUNTS)
    assert faults(mapping) == ()
    assert [numbers(f) for f in results(interpret(made, mapping).extract)] == [(10, 1, 2, 3, 4)]


def test_a_cell_that_says_no_year_holds_the_sheet_back() -> None:
    mapping = office()
    mapping = replace(mapping, origins={**mapping.origins, "year": Origin(How.CELL, "A1")})
    read = interpret(OFFICE, mapping)
    assert read.extract.blocks == ()
    problem = errors(read.extract.problems)[0]
    assert (problem.cell, problem.row) == ("A1", None)
    assert "не найден год" in problem.message


def test_unknown_subject_is_kept_and_told() -> None:
    read = interpret(OFFICE, said_of(office(), subject="Ремёсла края"))
    assert {fact.procedure.subject for fact in results(read.extract)} == {"Ремёсла края"}
    assert len(said(read.extract.problems, "не знаком")) == 1


def test_report_of_the_ege_without_marks() -> None:
    made = sheet(
        "ЕГЭ 2025. Химия", "Школа;Участников;Не преодолели порог;Средний балл",
        "МКОУ СОШ №1;4;1;51,5", "МКОУ СОШ №2;0;;",
    )  # fmt: skip
    mapping = propose(made)
    assert faults(mapping) == ()
    read = interpret(made, mapping)
    (fact,) = results(read.extract)
    assert (fact.marks.below, fact.marks.mean, fact.procedure.grade) == (1, 51.5, 11)
    assert [p.cell for p in said(read.extract.problems, "участников нет")] == ["B4"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"header": (3, 2)}, "ниже последней"),
        ({"data": 2}, "ниже заголовка"),
        ({"kind": TableKind.PUPILS}, "отметкой или тестовым баллом"),
        ({"kind": TableKind.RECORD}, "какие это сведения"),
        ({"kind": TableKind.SIDE_BY_SIDE}, "Ни у одного столбца не указан предмет."),
        ({"origins": {}}, "откуда взять: год"),
    ],
)
def test_why_a_mapping_is_not_whole(change: dict[str, object], reason: str) -> None:
    made = replace(office(), **change)  # type: ignore[arg-type]
    assert any(reason in sentence for sentence in faults(made))


def test_two_columns_cannot_be_the_same_field() -> None:
    made = office().with_column(6, role=Role.FIELD, field="m2")
    assert "Поле «Отметка 2» указано для нескольких столбцов (2)." in faults(made)
    lacking = office().with_column(5, role=Role.IGNORED)
    assert "Не указаны столбцы отметок «5»." in faults(lacking)


def test_preview_shows_facts_problems_and_the_rest_of_the_rows() -> None:
    shown = preview(OFFICE, office())
    assert (shown.facts, shown.errors, len(shown.lines)) == (3, 0, 3)
    assert shown.lines[0].who == "МКОУ СОШ №1"
    assert shown.lines[0].item == "ВПР 2025, математика, 5 класс"
    assert "Получили «2», чел.: 1" in shown.lines[0].figures


def test_no_built_in_layout_takes_these_tables_as_results() -> None:
    """A negative control: these tests are about tables that really are unknown."""
    found = best_layout(OFFICE)
    facts = found[0].extract(OFFICE).blocks if found else ()
    assert not any(isinstance(fact, ResultFact) for block in facts for fact in block.facts)


def test_a_year_that_only_the_mapping_gives_is_told_every_time() -> None:
    told = said(interpret(OFFICE, said_of(office(), year="2024")).extract.problems, "из разметки")
    assert [(p.cell, p.severity.value) for p in told] == [("A2", "warning")]
    assert "а в файле – 2025" in told[0].message
    same = interpret(OFFICE, said_of(office(), year="2025"))
    assert said(same.extract.problems, "из разметки") == []
