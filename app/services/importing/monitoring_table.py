"""The table of monitoring in documents and workbooks: предмет, критерий, показатели…; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.services.importing.grid import Sheet
from app.services.importing.plans.grid import Cells, continues, glued
from app.services.table_words import patterns

FIELDS = ("subject", "criterion", "indicators", "instruments", "sources")
"""The cells of a row, in the order of the table."""
_NUMBER = "number"
_SEARCHED = 20
_LEAST = 4
"""So many of the five titles; fewer stand over other tables too."""


@dataclass(frozen=True, slots=True)
class MonitoringHead:
    """The row (0-based) of the header and what stands in which column."""

    row: int
    columns: Mapping[str, Sequence[int]]
    """Columns of each field, several where its title is merged over them."""
    others: Mapping[int, str]
    """Columns with titles that mean nothing here."""
    number: int | None = None
    """The column that numbers the rows."""


@dataclass(slots=True)
class MonitoringLine:
    """A row (1-based) and its cells by field; an empty subject is that of the row above."""

    row: int
    cells: dict[str, str] = field(default_factory=dict)
    number: str = ""
    strays: list[tuple[int, int]] = field(default_factory=list)
    """0-based rows and columns of cells that stand under no title."""


def find_monitoring_head(sheet: Sheet) -> MonitoringHead | None:
    """Return the header of a monitoring table, None for a table of another kind."""
    for row in range(min(sheet.height, _SEARCHED)):
        columns: dict[str, int] = {}
        others: dict[int, str] = {}
        for column, title in sheet.line(row):
            name = _field(title)
            if name and name not in columns:
                columns[name] = column
            else:
                others[column] = title
        number = columns.pop(_NUMBER, None)
        if len(columns) >= _LEAST and "indicators" in columns:
            return _head(sheet, row, columns, others, number)
    return None


def _head(
    sheet: Sheet,
    row: int,
    columns: Mapping[str, int],
    others: Mapping[int, str],
    number: int | None,
) -> MonitoringHead:
    cells = Cells(sheet)
    wide = {name: tuple(cells.span(row, column)) for name, column in columns.items()}
    if number is None:
        number = _untitled_numbers(
            cells, row, {*others, *(c for one in wide.values() for c in one)}
        )
    return MonitoringHead(row, wide, others, number)


def _untitled_numbers(cells: Cells, row: int, taken: set[int]) -> int | None:
    """Return the column before all others that holds nothing but numbers of rows."""
    for column in range(min(taken)):
        texts = [cells.own(below, column) for below in range(row + 1, cells.height)]
        filled = [text for text in texts if text]
        if filled and all(_is_number(text) for text in filled):
            return column
    return None


def _is_number(text: str) -> bool:
    """Return whether a text numbers a row: «1», «2.», «3.1)»."""
    return text.strip(" .)").replace(".", "").isdigit()


@lru_cache(maxsize=8192)
def _field(title: str) -> str:
    # Kept: every sheet is asked, and the first rows of many say the same.
    text = " ".join(title.casefold().split())
    return next((name for name, one in patterns("monitoring").items() if one.search(text)), "")


def read_monitoring(sheet: Sheet, head: MonitoringHead) -> list[MonitoringLine]:
    """Return the rows below the header; what a page has torn is one row again."""
    cells = Cells(sheet)
    titles = cells.filled(head.row)
    found: list[MonitoringLine] = []
    for row in range(head.row + 1, cells.height):
        filled = cells.filled(row)
        if not filled or filled == titles or _counts([text for _, text in filled]):
            continue
        line = _line(cells, head, row, dict(filled))
        if found and _goes_on(line):
            _glue(found[-1], line)
        elif line.cells or line.strays:
            found.append(line)
    return found


def _glue(line: MonitoringLine, rest: MonitoringLine) -> None:
    for name, text in rest.cells.items():
        line.cells[name] = glued(line.cells.get(name, ""), text)
    line.strays.extend(rest.strays)


def _line(
    cells: Cells, head: MonitoringHead, row: int, filled: Mapping[int, str]
) -> MonitoringLine:
    own = {
        name: "\n".join(filled[column] for column in columns if column in filled)
        for name, columns in head.columns.items()
    }
    number = filled.get(head.number, "") if head.number is not None else ""
    known = {column for columns in head.columns.values() for column in columns}
    strays = filled.keys() - known - head.others.keys() - {head.number}
    if _is_heading(cells, row, filled) and not any(own.values()):
        own["subject"], number, strays = next(iter(filled.values())), "", set()
    for name, (column, *_) in head.columns.items():
        # A merged subject goes on in the rows below; any other merged cell is said of each row.
        if name != "subject" and not own[name] and cells.from_above(row, column):
            own[name] = cells.shared(row, column)
    texts = {name: text for name, text in own.items() if text}
    return MonitoringLine(row + 1, texts, number, [(row, column) for column in sorted(strays)])


def _is_heading(cells: Cells, row: int, filled: Mapping[int, str]) -> bool:
    """Return whether the only cell of a row is a heading: merged over it, or its first one."""
    if len(filled) != 1:
        return False
    (column,) = filled
    return (column == 0 or len(cells.span(row, column)) > 1) and not _is_number(filled[column])


def _goes_on(line: MonitoringLine) -> bool:
    """Return whether a row is the rest of the one above: it has no number and no own beginning."""
    cells = line.cells
    return (
        not line.number
        and bool(cells)
        and not cells.get("subject")
        and not cells.get("criterion")
        and all(map(continues, cells.values()))
    )


def _counts(texts: Sequence[str]) -> bool:
    return len(texts) > 2 and list(texts) == [str(n) for n in range(1, len(texts) + 1)]
