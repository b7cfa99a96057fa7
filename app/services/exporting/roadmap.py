"""Roadmaps written as files: JSON of the contract, or a workbook that can be loaded again."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.errors import OutputError
from app.services.exporting import formats, parallel
from app.services.output import write_safely
from app.services.roadmap import export_roadmaps
from app.services.workspace import Workspace

Roadmap = Mapping[str, Any]

_SHEET_NAME = 31
_WIDTHS = {"number": 7, "title": 60, "term": 18, "responsible_text": 32, "result": 40}
_TITLES = {
    "number": "№",
    "title": "Мероприятие",
    "term": "Срок",
    "responsible_text": "Ответственный",
    "result": "Результат",
    "evidence": "Форма представления",
    "plan": "Плановое значение",
}
_ALWAYS = ("number", "title", "term", "responsible_text", "result")


def write_roadmaps(
    workspace: Workspace,
    path: Path,
    title: str = "",
    year: int | None = None,
    school_id: int | None = None,
) -> int:
    """Write the roadmaps as .json or .xlsx and return how many there are.

    The JSON of one roadmap is an object, that of several a list of such objects; in a workbook
    each has a sheet.  OutputError when the ending is another one or the file cannot be written;
    an older file is then untouched.
    """
    found = export_roadmaps(workspace, title, year, school_id)
    ending = path.suffix.casefold()
    if ending == ".json":
        body = found[0] if len(found) == 1 else found
        text = json.dumps(body, ensure_ascii=False, indent=1)
        write_safely(path, text.encode("utf-8"), formats.check_json)
    elif ending == ".xlsx":
        names = _sheet_names(found)
        write_safely(path, _workbook(found, names), lambda one: formats.check_xlsx(one, names[0]))
    else:
        raise OutputError(
            f"Дорожную карту нельзя записать в файл «{path.name}».", "Годятся: .json, .xlsx."
        )
    return len(found)


def _sheet_names(found: Sequence[Roadmap]) -> list[str]:
    if len(found) < 2:
        return ["Дорожная карта"]
    return [f"Дорожная карта {number}"[:_SHEET_NAME] for number in range(1, len(found) + 1)]


def _workbook(found: Sequence[Roadmap], names: Sequence[str]) -> bytes:
    # Late: only for a workbook.
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        for index, name in enumerate(names):
            sheet = book.add_worksheet(name)
            if index < len(found):
                _write(book, sheet, found[index])
    return target.getvalue()


def _columns(roadmap: Roadmap) -> list[tuple[str, str]]:
    """Return key and title of each column: the usual ones, those in use, years, own ones."""
    rows = [row for group in roadmap["groups"] for row in group["activities"]]
    used = [key for key in _TITLES if key in _ALWAYS or any(row[key] for row in rows)]
    columns = [(key, _TITLES[key]) for key in used]
    years = sorted({year for row in rows for year in row["years"]})
    columns += [(f"years:{year}", year) for year in years]
    facts = sorted({year for row in rows for year in row["facts"]})
    columns += [(f"facts:{year}", f"{year} факт") for year in facts]
    own = dict.fromkeys(title for row in rows for title in row["extra"])
    columns += [(f"extra:{title}", title) for title in own]
    if roadmap["directions"]:
        columns.append(("direction", "Направление"))
    return columns


def _write(book: Any, sheet: Any, roadmap: Roadmap) -> None:
    if parallel.fits(roadmap):
        parallel.write(book, sheet, roadmap)
        return
    columns = _columns(roadmap)
    wrap = {"text_wrap": True, "valign": "top", "border": 1}
    cell = book.add_format(wrap)
    head = book.add_format({**wrap, "bold": True, "align": "center"})
    section = book.add_format({**wrap, "bold": True, "align": "center"})
    last = len(columns) - 1
    sheet.merge_range(0, 0, 0, last, "", book.add_format({"bold": True, "text_wrap": True}))
    sheet.write_string(0, 0, roadmap["title"], book.add_format({"bold": True, "text_wrap": True}))
    for at, (key, title) in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(key, 16))
        sheet.write_string(1, at, title, head)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    line = 2
    for group in roadmap["groups"]:
        if group["level"]:
            sheet.merge_range(line, 0, line, last, "", section)
            sheet.write_string(line, 0, group["title"], section)
            line += 1
        for row in group["activities"]:
            for at, (key, _) in enumerate(columns):
                sheet.write_string(line, at, _value(row, key), cell)
            line += 1


def _value(row: Mapping[str, Any], key: str) -> str:
    part, _, name = key.partition(":")
    value = row[part].get(name, "") if name else row[part]
    return str(value or "")
