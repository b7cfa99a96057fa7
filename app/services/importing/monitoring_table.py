"""The table of monitoring in documents and workbooks: предмет, критерий, показатели…; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.services.importing.grid import Sheet
from app.services.importing.plans.grid import Cells, continues, glued

FIELDS = ("subject", "criterion", "indicators", "instruments", "sources")
"""The cells of a row, in the order of the table."""
_WORDS = (
    ("subject", re.compile(r"^предмет|^объект")),
    ("criterion", re.compile(r"критери")),
    ("sources", re.compile(r"источник")),
    ("instruments", re.compile(r"инструмент|^метод|^способ")),
    ("indicators", re.compile(r"показател|индикатор")),
)
_NUMBER = re.compile(r"^№|^п\W*п\W*$")
_SEARCHED = 20
_LEAST = 4
"""So many of the five titles; fewer stand over other tables too."""


@dataclass(frozen=True, slots=True)
class MonitoringHead:
    """The row (0-based) of the header, the column of each field, the columns of nothing known."""

    row: int
    columns: Mapping[str, int]
    others: Mapping[int, str]


@dataclass(slots=True)
class MonitoringLine:
    """A row (1-based) and its cells by field; an empty subject is that of the row above."""

    row: int
    cells: dict[str, str] = field(default_factory=dict)


def find_monitoring_head(sheet: Sheet) -> MonitoringHead | None:
    """Return the header of a monitoring table, None for a table of another kind."""
    for row in range(min(sheet.height, _SEARCHED)):
        columns: dict[str, int] = {}
        others: dict[int, str] = {}
        for column, title in sheet.line(row):
            name = _field(title)
            if name and name not in columns:
                columns[name] = column
            elif not _NUMBER.match(title.casefold()):
                others[column] = title
        if len(columns) >= _LEAST and "indicators" in columns:
            return MonitoringHead(row, columns, others)
    return None


def _field(title: str) -> str:
    text = " ".join(title.casefold().split())
    return next((name for name, pattern in _WORDS if pattern.search(text)), "")


def read_monitoring(sheet: Sheet, head: MonitoringHead) -> list[MonitoringLine]:
    """Return the rows below the header; what a page has torn is one row again."""
    cells = Cells(sheet)
    titles = cells.filled(head.row)
    found: list[MonitoringLine] = []
    for row in range(head.row + 1, cells.height):
        filled = cells.filled(row)
        texts = [text for _, text in filled]
        if not filled or filled == titles or _counts(texts):
            continue
        line = _line(cells, head, row, dict(filled))
        if found and _goes_on(line):
            for name, text in line.cells.items():
                found[-1].cells[name] = glued(found[-1].cells.get(name, ""), text)
        elif any(line.cells.values()):
            found.append(line)
    return found


def _line(
    cells: Cells, head: MonitoringHead, row: int, filled: Mapping[int, str]
) -> MonitoringLine:
    own = {name: filled.get(column, "") for name, column in head.columns.items()}
    if len(filled) == 1 and not any(own.values()):
        own["subject"] = next(iter(filled.values()))  # a heading merged over the row
    for name, column in head.columns.items():
        # A merged subject goes on in the rows below; any other merged cell is said of each row.
        if name != "subject" and not own[name] and cells.from_above(row, column):
            own[name] = cells.shared(row, column)
    return MonitoringLine(row + 1, {name: text for name, text in own.items() if text})


def _goes_on(line: MonitoringLine) -> bool:
    cells = line.cells
    return (
        not cells.get("subject")
        and not cells.get("criterion")
        and all(map(continues, cells.values()))
    )


def _counts(texts: Sequence[str]) -> bool:
    return len(texts) > 2 and list(texts) == [str(n) for n in range(1, len(texts) + 1)]
