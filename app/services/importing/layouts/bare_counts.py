"""A column called just «Кол-во»: the participants where the marks of every row make it."""

from __future__ import annotations

from collections.abc import Iterable

from app.services.importing.cells import read_number
from app.services.importing.counts import MARKS
from app.services.importing.grid import Sheet
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.findings import Findings
from app.services.importing.tables import Header, key
from app.services.table_words import pattern, words

PARTICIPANTS_ELSE = rf"{titles_of.PARTICIPANTS_ELSE}|{words('result_columns')['bare_count']}"
"""Of a table that counts nobody else: pupils, or what only the sums of marks tell."""


def is_bare(header: Header) -> bool:
    """Return whether the column of participants does not say what it counts."""
    title = key(header.titles.get(header.columns["participants"], ""))
    return pattern("result_columns", "bare_count").fullmatch(title) is not None


def are_participants(sheet: Sheet, header: Header, rows: Iterable[int]) -> bool:
    """Return whether the numbers of marks make the column in every row that has both.

    ``rows`` are 0-based; one row is enough, for each of them is a sum of four.  Where several
    columns are called so, marks of more than one work stand side by side.
    """
    titles = [key(text) for text in header.titles.values()]
    if titles.count(key(header.titles[header.columns["participants"]])) > 1:
        return False
    marks = [header.columns[f"m{mark}"] for mark in MARKS]
    proven = False
    for row in rows:
        total = read_number(sheet.at(row, header.columns["participants"])).whole
        numbers = [read_number(sheet.at(row, column)) for column in marks]
        given = [number for number in numbers if number.value is not None]
        if total is None or not given:
            continue
        if any(number.whole is None or number.percent for number in given):
            return False
        if sum(number.whole or 0 for number in given) != total:
            return False
        proven = True
    return proven


def tell_bare(header: Header, findings: Findings, *, proven: bool) -> None:
    """Tell that the column was taken for the participants; not proven, it holds the sheet."""
    column = header.columns["participants"]
    title, cell = header.titles[column], f"{header.letters('participants')}{header.last + 1}"
    if proven:
        findings.sheet_warning(
            f"Столбец «{title}» взят как число участников: отметки каждой строки дают его в сумме.",
            "Если это другое число, назовите столбец и загрузите файл снова.",
            cell,
        )
    else:
        findings.sheet_error(
            f"Не понятно, что считает столбец «{title}»: отметки строк не дают его в сумме.",
            "Назовите столбец, например «Количество участников», и загрузите файл снова.",
            cell,
        )
