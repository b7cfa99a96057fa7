"""No sheet, however odd, makes a proposal or a reading fail; no row goes missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.importing.cells import expand_rows
from app.services.importing.checking import check
from app.services.importing.grid import CellError, CellValue, Sheet, UncachedFormula
from app.services.importing.mapped import (
    How,
    Origin,
    Role,
    TableKind,
    faults,
    find,
    fingerprint_of,
    from_json,
    interpret,
    place_all,
    propose,
    to_json,
)

HEADERS = (
    "Школа;Писало;Оценка 2;Оценка 3;Оценка 4;Оценка 5",
    "Школа;Код;Участников;Русский язык 2;Русский язык 3;Русский язык 4;Русский язык 5",
    "ФИО;Код ОО;Отметка;Класс;Предмет",
    "Учреждение;Многодетные, чел.;Многодетные, %;ОВЗ;Опека",
    "Школа;Код;Обучающихся;Статус;Вид",
)
WORDS = ("edu073000", "13450", "x", "-", "не явился", "СОШ №1", "Итого", "NaN", "33,33", "12 %", "")
SAID = {"year": "2025", "assessment": "ВПР", "subject": "Математика", "grade": "5"}

cells: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.integers(min_value=-5, max_value=120),
    st.floats(),
    st.booleans(),
    st.just(date(2025, 6, 2)),
    st.just(CellError("#Н/Д")),
    st.just(UncachedFormula("=A1")),
)
rows: st.SearchStrategy[list[CellValue]] = st.one_of(
    st.sampled_from(HEADERS).map(lambda text: list(text.split(";"))),
    st.lists(cells, max_size=9),
)


@settings(max_examples=120)
@given(st.lists(rows, max_size=14))
def test_any_sheet_can_be_proposed(made: list[list[CellValue]]) -> None:
    sheet = Sheet("Лист1", made)
    mapping = propose(sheet)
    assert len({column.column for column in mapping.columns}) == len(mapping.columns)
    faults(mapping)


@settings(max_examples=150)
@given(
    st.sampled_from(HEADERS),
    st.lists(st.lists(cells, max_size=9), max_size=12),
    st.sampled_from(list(TableKind)),
)
def test_any_rows_under_a_whole_mapping_are_facts_problems_or_counted(
    header: str, below: list[list[CellValue]], kind: TableKind
) -> None:
    sheet = Sheet("Лист1", [header.split(";"), *below])
    mapping = place_all(sheet, (0, 0), kind, None)
    for column in mapping.columns:
        if column.role is Role.OPEN:
            mapping = mapping.with_column(column.column, role=Role.IGNORED)
    origins = {part: Origin(How.CONSTANT, value) for part, value in SAID.items()}
    mapping = replace(mapping, origins=origins)
    if faults(mapping):
        return
    read = interpret(sheet, mapping)
    assert sum(_counts(read.tally)) == sheet.height
    check(read.extract)
    told = {p.row for p in read.extract.problems if p.row}
    facts = {r for b in read.extract.blocks for f in b.facts for r in expand_rows(f.rows)}
    listed = "".join(p.cell or "" for p in read.extract.problems if p.row is None)
    assert len(facts | told) >= read.tally.data or listed
    assert from_json(to_json(mapping)) == mapping
    found = find(sheet, {fingerprint_of(mapping): mapping})
    assert found is not None
    assert found[1] == mapping


def _counts(tally: object) -> list[int]:
    return [getattr(tally, name) for name in ("titles", "data", "totals", "remarks", "blank")]
