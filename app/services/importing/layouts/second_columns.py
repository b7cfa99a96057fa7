"""Columns of a header that are not taken: the same stand to the left, or they are of a retake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.services.importing.cells import shorten
from app.services.importing.days_rules import is_aside
from app.services.importing.grid import Sheet, address, column_letters
from app.services.importing.layouts.findings import Findings
from app.services.importing.tables import Header, Vocabulary, key
from app.services.table_words import pattern

_SECOND = (
    "такие же уже взяты из столбцов левее.",
    "Если это другой предмет или класс, назовите его над столбцами; лишние столбцы уберите и "
    "загрузите файл снова.",
)
_RETAKE = (
    "итог берётся из столбцов без пересдачи.",
    "Если считать надо после пересдачи, оставьте в таблице только эти столбцы.",
)
_INNER = str.maketrans("«»", "„“")


def tell_second(sheet: Sheet, header: Header, words: Vocabulary, findings: Findings) -> None:
    """Warn of columns that repeat the titles of those taken, and of ones after a retake."""
    second = [column for column in header.titles if _repeats(sheet, header, column, words)]
    for columns in _runs(sheet, header, second):
        group = _group(sheet, header, columns[0])
        _tell(header, columns, group, _RETAKE if is_aside(group) else _SECOND, findings)
    for column, title in header.titles.items():
        if column not in {*header.columns.values(), *second} and is_aside(title):
            _tell(header, [column], title, _RETAKE, findings)


def _tell(
    header: Header, columns: Sequence[int], title: str, why: tuple[str, str], findings: Findings
) -> None:
    first, last = column_letters(columns[0]), column_letters(columns[-1])
    named = f"Столбец {first}" if first == last else f"Столбцы {first}–{last}"
    said = f" («{shorten(title.translate(_INNER))}»)" if title else ""
    verb = "не загружен" if first == last else "не загружены"
    reason, hint = why
    findings.sheet_warning(
        f"{named}{said} {verb}: {reason}", hint, address(header.last, columns[0])
    )


def _repeats(sheet: Sheet, header: Header, column: int, words: Vocabulary) -> bool:
    """Return whether a column has the very title of one that is taken, and is no share of it."""
    name = words.field(header.titles[column])
    taken = header.columns.get(name) if name else None
    if taken is None or column in header.columns.values():
        return False
    same = key(_own(sheet, header, column)) == key(_own(sheet, header, taken))
    units = pattern("second_columns", "units")
    return same and not any(
        units.search(key(_group(sheet, header, one))) for one in (taken, column)
    )


def _own(sheet: Sheet, header: Header, column: int) -> str:
    return sheet.text(header.last, column) or sheet.text(header.first, column)


def _group(sheet: Sheet, header: Header, column: int) -> str:
    """Return the title over a column: of the first row of the header, else of the row above."""
    row = header.first if header.first < header.last else header.first - 1
    line = sheet.line(row)
    titles = [text for place, text in line if place <= column]
    return titles[-1] if titles and len(line) > 1 else ""


def _runs(sheet: Sheet, header: Header, columns: Sequence[int]) -> Iterator[list[int]]:
    """Yield columns under one title together."""
    run: list[int] = []
    for column in columns:
        if run and _group(sheet, header, run[0]) != _group(sheet, header, column):
            yield run
            run = []
        run.append(column)
    if run:
        yield run
