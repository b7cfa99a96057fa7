"""The same table written otherwise gives the same facts: one change at a time, over many tables.

A stick of another district differs in what nobody thinks of: a letterhead above, an empty column at
the left, numbers as texts, Latin letters among Russian ones.  None of it may change a figure.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from app.services.importing.facts import Fact, RecordFact, ReferenceFact, RegisterFact, ResultFact
from app.services.importing.grid import CellValue, Sheet, Workbook
from app.services.importing.intake import load_book
from app.services.importing.tables import key
from app.services.importing.task import BookTask

Grid = list[list[CellValue]]
Change = Callable[[Grid, int], Grid]
"""Makes another spelling of a table whose header is the row of that 0-based number."""

_SCHOOLS = ("МКОУ Ольховская СОШ", "МБОУ «Гимназия № 2»", "МАОУ СОШ № 15", "МБОУ Ёлкинская ООШ")
_NOTHING: list[CellValue] = [None]


def _marks() -> Grid:
    figures: tuple[tuple[CellValue, ...], ...] = (
        (20, 10.0, 40.0, 35.0, 15.0),
        (48, 4.17, 33.33, 45.83, 16.67),
        (15, 33.33, 46.67, 20.0, 0.0),
        (8, 0.0, 62.5, 25.0, 12.5),
    )
    schools: Grid = [
        [f"{name}(edu99000{place})", None, *row]
        for place, (name, row) in enumerate(zip(_SCHOOLS, figures, strict=True))
    ]
    return [
        ["ВПР 2025. 6 класс", *_NOTHING * 6],
        ["Статистика по отметкам", *_NOTHING * 6],
        ["Предмет:", "Математика", *_NOTHING * 5],
        ["Максимальный первичный балл:", 16, *_NOTHING * 5],
        _NOTHING * 7,
        ["Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5"],
        ["Вся выборка", 36000, 1400000, 11.9, 39.6, 34.4, 14.1],
        ["Лукоморский район", 4, 91, 9.89, 40.66, 37.36, 12.09],
        *schools,
    ]


def _journal() -> Grid:
    rows: Grid = []
    for place, name in enumerate(_SCHOOLS[:2]):
        rows += [
            [f"{name}(edu99000{place})", None, None],
            ["Понизили (Отметка < Отметка по журналу) %", 5, 25],
            ["Подтвердили (Отметка = Отметке по журналу) %", 12, 60],
            ["Повысили (Отметка > Отметка по журналу) %", 3, 15],
            ["Всего", 20, 100],
        ]
    return [
        ["ВПР 2025. 5 класс", None, None],
        ["Сравнение отметок с отметками по журналу", None, None],
        ["Предмет:", "Русский язык", None],
        _NOTHING * 3,
        ["Группы участников", "Кол-во участников", "%"],
        *rows,
    ]


def _protocol() -> Grid:
    marks = (("13040", 8, 3), ("13040", 5, 2), ("01307", 17, 4), ("01307", 25, 5), ("13042", 9, 3))
    pupils: Grid = [
        [number, code, "9а", None, 1301, 5, score, mark]
        for number, (code, score, mark) in enumerate(marks, start=1)
    ]
    return [
        ["02 - Математика 2025.06.02", *_NOTHING * 7],
        ["№", "Код ОО", "Класс", None, "Код ППЭ", "Аудитория", "Первичный балл", "Оценка"],
        *pupils,
    ]


def _scores() -> Grid:
    scores = (("13040", 36, 73), ("13040", 29, 58), ("01307", 3, 18), ("01307", 12, 58))
    pupils: Grid = [
        [number, 213, code, "11", 1301, primary, score]
        for number, (code, primary, score) in enumerate(scores, start=1)
    ]
    return [
        ["Протокол проверки", *_NOTHING * 6],
        ["99 - Тридевятская область", *_NOTHING * 6],
        _NOTHING * 7,
        ["02 - Математика профильная 2025.06.01", *_NOTHING * 6],
        _NOTHING * 7,
        ["№", "Код МСУ", "Код ОО", "Класс", "Код ППЭ", "Первичный балл", "Тестовый балл"],
        *pupils,
    ]


def _passports() -> Grid:
    return [
        ["Сводный социальный паспорт общеобразовательных организаций на 2025 год", *_NOTHING * 6],
        _NOTHING * 7,
        ["№", "ОО", "Всего обучающихся", "Дети-инвалиды", None, "Обучающиеся с ОВЗ", None],
        [None, None, None, "чел.", "%", "чел.", "%"],
        [1, _SCHOOLS[0], 100, 4, 4, 12, 12],
        [2, _SCHOOLS[1], 400, 8, 2, 10, 2.5],
        [3, _SCHOOLS[2], 250, 5, 2, 20, 8],
    ]


def _form() -> Grid:
    named = "Муниципальное казённое общеобразовательное учреждение «Ольховская средняя школа»"
    return [
        ["СОЦИАЛЬНЫЙ ПАСПОРТ", None, None],
        [named, None, None],
        ["2024/2025 учебный год", None, None],
        _NOTHING * 3,
        [1, "Всего обучающихся", 181],
        [2, "Обучающиеся из многодетных семей", 39],
        [3, "Обучающиеся из неполных семей", 48],
        [4, "Дети-инвалиды", 4],
    ]


def _bias() -> Grid:
    return [
        ["Год", "Муниципалитет", "Логин", "ОО", "4 РУ", "4 МА", "5 РУ", "Количество маркеров"],
        [2025, "Лукоморский район", "edu990000", _SCHOOLS[0], 1, None, 1, 2],
        [2025, "Лукоморский район", "edu990001", _SCHOOLS[1], None, 1, None, 1],
    ]


def _register() -> Grid:
    return [
        ["Реестр общеобразовательных организаций (Лукоморский район)", *_NOTHING * 5],
        _NOTHING * 6,
        ["№ п/п", "Краткое наименование", "Логин ФИС ОКО", "Код РЦОИ", "Вид", "Местность"],
        [1, _SCHOOLS[0], "edu990000", "13040", "СОШ", "сельская"],
        [2, _SCHOOLS[1], "edu990001", "01307", "Гимназия", "городская"],
    ]


_TABLES: dict[str, tuple[Callable[[], Grid], int]] = {
    "marks": (_marks, 5),
    "journal": (_journal, 4),
    "protocol": (_protocol, 1),
    "scores": (_scores, 5),
    "passports": (_passports, 2),
    "form": (_form, 3),
    "bias": (_bias, 0),
    "register": (_register, 2),
}


def _texts(change: Callable[[str], str], within: range | None = None) -> Change:
    """Return a change of every text, or of those in rows near the header."""

    def changed(rows: Grid, header: int) -> Grid:
        near = range(len(rows)) if within is None else {header + step for step in within}
        return [
            [change(cell) if isinstance(cell, str) and at in near else cell for cell in row]
            for at, row in enumerate(rows)
        ]

    return changed


def _above(*lines: str) -> Change:
    def changed(rows: Grid, _header: int) -> Grid:
        width = len(rows[0])
        return [*([line or None, *_NOTHING * (width - 1)] for line in lines), *rows]

    return changed


def _below(*lines: str) -> Change:
    def changed(rows: Grid, _header: int) -> Grid:
        return [*rows, *([line or None, *_NOTHING * (len(rows[0]) - 1)] for line in lines)]

    return changed


def _left(columns: int) -> Change:
    return lambda rows, _header: [[*_NOTHING * columns, *row] for row in rows]


def _numbers(spell: Callable[[float], str]) -> Change:
    def changed(rows: Grid, header: int) -> Grid:
        return [
            [spell(cell) if isinstance(cell, int | float) and at > header else cell for cell in row]
            for at, row in enumerate(rows)
        ]

    return changed


def _with_notes(rows: Grid, header: int) -> Grid:
    notes: dict[int, CellValue] = {header: "Примечание", header + 3: "уточнено"}
    return [[*row, notes.get(at)] for at, row in enumerate(rows)]


def _comma(number: float) -> str:
    return str(number).replace(".", ",")


_LATIN = str.maketrans("аеорсхуАВЕКМНОРСТХ", "aeopcxyABEKMHOPCTX")

_CHANGES: dict[str, Change] = {
    "empty rows above": _above("", ""),
    "a letterhead above": _above(
        "Приложение 2", "к письму управления образования", "от 12.09.2025 № 1187", ""
    ),
    "an order above": _above("Приложение к приказу от «5» октября 2025 года № 812-п", ""),
    "who made it below": _below(
        "", "Исполнитель: методист отдела, тел. 2-15-47", "Дата формирования: 15.06.2026"
    ),
    "a remark below": _below("* по данным на конец учебного года"),
    "an empty column at the left": _left(1),
    "two empty columns at the left": _left(2),
    "a column of notes": _with_notes,
    "numbers as texts": _numbers(_comma),
    "numbers as texts in spaces": _numbers(lambda number: f" {number} "),
    "no-break spaces": _texts(lambda text: text.replace(" ", "\u00a0")),
    "capitals in the titles": _texts(str.upper, range(-6, 1)),
    "line breaks in the header": _texts(lambda text: text.replace(" ", "\n"), range(1)),
    "hyphens at line breaks": _texts(
        lambda text: re.sub(r"(\w{5})(\w{4})", r"\1-\n\2", text), range(1)
    ),
    "soft hyphens": _texts(lambda text: re.sub(r"(\w{3})(\w{3})", "\\1\u00ad\\2", text), range(1)),
    "Latin letters": _texts(lambda text: text.translate(_LATIN)),
    "е for ё": _texts(lambda text: text.replace("ё", "е").replace("Ё", "Е")),
    "decomposed letters": _texts(lambda text: unicodedata.normalize("NFD", text)),
    "straight quotes": _texts(lambda text: text.replace("«", '"').replace("»", '"')),
    "no space after №": _texts(lambda text: re.sub(r"№\s+(?=\d)", "№", text)),
    "spaces around": _texts(lambda text: f"  {text} "),
}


@pytest.mark.parametrize("change", _CHANGES)
@pytest.mark.parametrize("table", _TABLES)
def test_the_same_figures(table: str, change: str) -> None:
    make, header = _TABLES[table]
    expected = _facts(make())
    assert expected
    assert _facts(_CHANGES[change](make(), header)) == expected


@pytest.mark.parametrize("table", ["marks", "protocol", "scores", "bias", "register"])
def test_rows_in_another_order(table: str) -> None:
    make, header = _TABLES[table]
    rows = make()
    start = header + 3 if table == "marks" else header + 1
    body = rows[start:]
    random.Random(5).shuffle(body)
    assert _facts(rows[:start] + body) == _facts(make())


@pytest.mark.parametrize("table", ["protocol", "scores", "bias", "register"])
def test_columns_in_another_order(table: str) -> None:
    make, header = _TABLES[table]
    rows = make()
    assert _facts([*rows[:header], *(row[::-1] for row in rows[header:])]) == _facts(make())


@pytest.mark.parametrize("table", ["marks", "protocol", "scores", "bias", "register"])
def test_the_header_again_on_the_next_page(table: str) -> None:
    make, header = _TABLES[table]
    rows = make()
    assert _facts([*rows[:-1], rows[header], rows[-1]]) == _facts(make())


def _facts(rows: Grid) -> list[str]:
    """Return all that is stored of a sheet: figures, procedures and codes, in one order."""
    width = max(len(row) for row in rows)
    padded = [[*row, *_NOTHING * (width - len(row))] for row in rows]
    task = BookTask("Книга1.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    loaded = load_book(task, Workbook("xlsx", (Sheet("Лист1", padded),)))
    facts = [f for one in loaded.sheets for block in one.extract.blocks for f in block.facts]
    return sorted(_said(fact) for fact in facts)


def _said(fact: Fact) -> str:
    match fact:
        case ResultFact():
            return f"{fact.procedure} {_school(fact)} {fact.marks} {fact.day}"
        case ReferenceFact():
            shares = (fact.p2, fact.p3, fact.p4, fact.p5)
            return f"{fact.procedure} {key(fact.name)} {fact.participants} {shares}"
        case RecordFact():
            return f"{fact.kind} {fact.year} {_school(fact)} {sorted(fact.data.items())}"
        case RegisterFact():
            plain = {name: _folded(value) for name, value in fact.fields.items()}
            return f"{_school(fact)} {sorted(plain.items())}"
    raise AssertionError(fact)


def _school(fact: ResultFact | RecordFact | RegisterFact) -> str:
    ref = fact.ref
    return "" if ref is None else str(sorted(ref.codes) or key(ref.name or ""))


def _folded(value: str | int | bool | None) -> str:
    return key(value) if isinstance(value, str) else str(value)
