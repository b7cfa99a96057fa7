"""The same table next year is found again; a mapping as JSON is strict."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.services.importing.mapped import (
    MappingError,
    TableMap,
    find,
    fingerprint,
    fingerprint_of,
    from_json,
    propose,
    to_json,
)
from app.services.mapping import export_mapping, read_mapping
from tests.importing.layouts.layout_sheets import sheet
from tests.mapping.test_mapped_tables import OFFICE, office

HEADER = "Учреждение;Ученики 2024;Всего, чел.;Ёлки"


def known(mapping: TableMap) -> dict[str, TableMap]:
    return {fingerprint_of(mapping): mapping}


@pytest.mark.parametrize(
    "other",
    [
        "учреждение ;ученики 2025; Всего,  чел. ;елки",
        ";Учреждение;;Ученики 2023/2024;Всего, чел.;Ёлки;;",
        "Учpeждениe;Ученики 2024;Bceгo, чeл.;Ёлки",
    ],
)
def test_what_does_not_make_another_table(other: str) -> None:
    first = fingerprint(sheet("Отчёт 2024", HEADER, "МКОУ СОШ №1;1;2;3"), (1, 1))
    assert fingerprint(sheet(other, "МКОУ ООШ №9;7;7;7"), (0, 0)) == first


@pytest.mark.parametrize(
    "other",
    ["Учреждение;Ученики 2024;Всего, %;Ёлки", "Учреждение;Всего, чел.;Ученики 2024;Ёлки"],
)
def test_what_does(other: str) -> None:
    assert fingerprint(sheet(other), (0, 0)) != fingerprint(sheet(HEADER), (0, 0))


def test_header_lower_and_shifted_is_found_and_columns_move_along() -> None:
    moved = sheet(
        "Управление", "Выгружено в 2026 году", "ВПР", "",
        ";ОУ;;Писало;Оценка 2;Оценка 3;Оценка 4;Оценка 5;;Примечание",
        ";МКОУ СОШ №1;;10;1;2;3;4;;",
    )  # fmt: skip
    found = find(moved, known(office()))
    assert found is not None
    mapping = found[1]
    assert (mapping.header, mapping.data) == ((4, 4), 5)
    assert [c.column for c in mapping.columns] == [1, 3, 4, 5, 6, 7, 9]


def test_another_table_is_not_taken_for_it() -> None:
    assert find(sheet("ОУ;Писало;Оценка 2", "МКОУ СОШ №1;1;1"), known(office())) is None
    assert find(OFFICE, {}) is None


def test_a_column_without_a_title_keeps_its_place_beside_its_neighbour() -> None:
    made = sheet("Школа;Код;Дети;", "МКОУ СОШ №1;01307;100;х1")
    mapping = propose(made)
    assert [c.title for c in mapping.columns] == ["Школа", "Код", "Дети", ""]
    found = find(sheet(";Школа;Код;Дети;", ";МКОУ СОШ №1;01307;100;х1"), known(mapping))
    assert found is not None
    assert [c.column for c in found[1].columns] == [1, 2, 3, 4]


def test_json_goes_there_and_back(tmp_path: Path) -> None:
    assert from_json(json.loads(json.dumps(to_json(office())))) == office()
    path = export_mapping("Отчёт управления", office(), tmp_path / "м.json")
    assert read_mapping(path) == ("Отчёт управления", office())


def put(*keys: str | int, value: Any) -> Callable[[dict[str, Any]], None]:
    """Return a change of one value of the JSON."""

    def change(body: dict[str, Any]) -> None:
        place: Any = body
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (put("schema", value=2), "версия разметки 2"),
        (put("colour", value="red"), "неизвестно, что такое colour"),
        (put("kind", value="poem"), "'poem' программе неизвестно"),
        (put("header", value=[3]), "первая и последняя"),
        (put("header", value=[0, 3]), "не целое число от 1"),
        (put("data", value=True), "не целое число"),
        (put("columns", 0, "column", value="AAAA"), "«AAAA» не бывает"),
        (put("columns", 0, "role", value="open"), "не указано, что в столбцах: A"),
        (put("columns", 0, "field", value="soul"), "такого поля нет"),
        (put("columns", 1, "column", value="A"), "повторяются"),
        (put("columns", 0, "grade", value=13), "от 1 до 12"),
        (put("origins", "moon", value={"how": "cell"}), "неизвестно, что такое moon"),
        (put("origins", "year", value={"how": "constant", "value": "х"}), "значение: год"),
        (put("record", value="dreams"), "вид сведений 'dreams'"),
        (put("totals", value=[]), "не запись"),
        (put("totals", "count", value=1), "«count»"),
    ],
)
def test_what_json_is_refused(change: Callable[[dict[str, Any]], None], reason: str) -> None:
    body = copy.deepcopy(to_json(office()))
    change(body)
    with pytest.raises(MappingError, match="Разметка таблицы не принята") as refused:
        from_json(body)
    assert reason in refused.value.message


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "opora-mapping"}', "[" * 100_000])
def test_files_that_are_no_mapping(tmp_path: Path, text: str) -> None:
    path = tmp_path / "м.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=r"м\.json"):
        read_mapping(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="не открывается"):
        read_mapping(tmp_path / "нет.json")
