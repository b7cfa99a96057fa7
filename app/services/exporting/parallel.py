"""A roadmap of parallel directions on a sheet as people write it: side by side, joined over all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.services.roadmap import split_term

Roadmap = Mapping[str, Any]

_ELSEWHERE = ("number", "result", "evidence", "plan", "years", "facts", "extra")
"""What such a table has no place for."""
_TITLE_WIDTH, _WHO_WIDTH = 42, 24
_BELOW = ("Мероприятия", "Ответственные, сроки")


def fits(roadmap: Roadmap) -> bool:
    """Return whether all of a roadmap has its place there and can be read back as it was."""
    rows = [row for group in roadmap["groups"] for row in group["activities"]]
    return len(roadmap["directions"]) > 1 and not any(
        any(row[name] for name in _ELSEWHERE)
        or split_term(_who_and_when(row)) != (row["responsible_text"], row["term"])
        for row in rows
    )


def write(book: Any, sheet: Any, roadmap: Roadmap) -> None:
    """Write the roadmap on an empty sheet of xlsxwriter."""
    wrap = {"text_wrap": True, "valign": "top", "border": 1}
    cell = book.add_format(wrap)
    bold = book.add_format({**wrap, "bold": True, "align": "center"})
    directions = roadmap["directions"]
    last = 2 * len(directions) - 1
    _joined(sheet, 0, (0, last), roadmap["title"], book.add_format({"bold": True}))
    for at, title in enumerate(directions):
        _joined(sheet, 1, (2 * at, 2 * at + 1), title, bold)
        for column, text in enumerate(_BELOW, start=2 * at):
            sheet.write_string(2, column, text, bold)
        sheet.set_column(2 * at, 2 * at, _TITLE_WIDTH)
        sheet.set_column(2 * at + 1, 2 * at + 1, _WHO_WIDTH)
    for line, (format_name, areas) in enumerate(_lines(roadmap), start=3):
        for first, until, text in areas:
            _joined(sheet, line, (first, until), text, bold if format_name == "head" else cell)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


Areas = list[tuple[int, int, str]]
"""First column, last column, text."""


def _lines(roadmap: Roadmap) -> Iterator[tuple[str, Areas]]:
    """Yield the rows; activities of rising directions stand side by side."""
    last = 2 * len(roadmap["directions"]) - 1
    for group in roadmap["groups"]:
        if group["level"]:
            yield "head", [(0, last, group["title"])]
        beside: dict[int, Mapping[str, Any]] = {}
        for row in group["activities"]:
            at = _direction(roadmap, row)
            if at is None or (beside and at <= max(beside)):
                yield from _row_of(beside, last)
                beside = {}
            if at is None:
                yield "cell", [(0, last - 1, row["title"]), (last, last, _who_and_when(row))]
            else:
                beside[at] = row
        yield from _row_of(beside, last)


def _direction(roadmap: Roadmap, row: Mapping[str, Any]) -> int | None:
    title = row["direction"]
    return None if title is None else list(roadmap["directions"]).index(title)


def _row_of(beside: Mapping[int, Mapping[str, Any]], last: int) -> Iterator[tuple[str, Areas]]:
    if not beside:
        return
    areas: Areas = []
    for at in range(0, last, 2):
        row = beside.get(at // 2)
        areas.append((at, at, row["title"] if row else ""))
        areas.append((at + 1, at + 1, _who_and_when(row) if row else ""))
    yield "cell", areas


def _who_and_when(row: Mapping[str, Any]) -> str:
    both = (row["responsible_text"], row["term"])
    return row["who_when"] or ", ".join(part for part in both if part)


def _joined(sheet: Any, line: int, columns: tuple[int, int], text: str, style: Any) -> None:
    """Write a text into one cell or over several joined ones, never as a formula."""
    first, last = columns
    if last > first:
        sheet.merge_range(line, first, line, last, "", style)
    sheet.write_string(line, first, text, style)
