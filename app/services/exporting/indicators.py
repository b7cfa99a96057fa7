"""Indicators written as files, the format by its ending."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.errors import OutputError
from app.services.exporting.formats import check_json
from app.services.exporting.seen import SeenColumn, SeenTable, write_seen
from app.services.indicators import (
    IndicatorTable,
    export_rows,
    indicator_table,
    programmes,
    table_lines,
)
from app.services.output import write_safely
from app.services.workspace import Workspace

FORMATS = (".json", ".xlsx", ".csv")
_WIDE = {"Показатель": 60, "Цель": 40, "Программа": 40, "№": 8, "Ед.": 8}
_WIDTH = 14


def write_indicators(workspace: Workspace, path: Path, programme_id: int | None = None) -> int:
    """Write the indicators of one programme, or of all that have any; return how many rows.

    The JSON is a list of programmes; the tables hold the same texts.  OutputError when the ending
    is another one or the file cannot be written; an older file is then untouched.
    """
    ending = path.suffix.casefold()
    if ending not in FORMATS:
        raise OutputError(
            f"Показатели нельзя записать в файл «{path.name}».",
            f"Годятся окончания: {', '.join(FORMATS)}.",
        )
    if ending == ".json":
        return _write_json(export_rows(workspace, programme_id), path)
    tables = [
        indicator_table(workspace, one.id)
        for one in programmes(workspace)
        if (programme_id is None and one.indicators) or one.id == programme_id
    ]
    seen = _seen(tables)
    write_seen(seen, path)
    return len(seen.rows)


def _write_json(found: list[dict[str, Any]], path: Path) -> int:
    data = (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
    write_safely(path, data, check_json)
    return sum(len(one["indicators"]) for one in found)


def _seen(tables: Sequence[IndicatorTable]) -> SeenTable:
    """Return the rows of all programmes under one head; columns of each stand where they belong."""
    made = [table_lines(table) for table in tables]
    several = len(tables) > 1
    heads = list(dict.fromkeys(head for found, _ in made for head in found))
    rows = []
    for table, (own, lines) in zip(tables, made, strict=True):
        for line in lines:
            cells = dict(zip(own, line, strict=True))
            row = tuple(cells.get(head) or None for head in heads)
            rows.append((table.title, *row) if several else row)
    titles = ["Программа", *heads] if several else heads
    columns = tuple(SeenColumn(title, _WIDE.get(title, _WIDTH)) for title in titles)
    notes = () if several or not tables else (tables[0].title,)
    return SeenTable("Показатели", notes, columns, tuple(rows))
