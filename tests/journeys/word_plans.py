"""Real roadmaps rebuilt as Word files from short rows: sections, pages, merged cells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx

from tests.importing.word_tables import add_table

Row = list[str]
HEAD = ["№", "Мероприятия", "Сроки", "Ответственные", "Планируемый результат"]
_PAGE = 12


def rows_of(name: str) -> list[Row]:
    """Return the rows of a real roadmap: one text for a heading, five cells for an activity."""
    path = Path(__file__).parent / "roadmaps" / f"{name}.json"
    found: list[Row] = json.loads(path.read_text(encoding="utf-8"))
    return found


def plan_document(path: Path, title: str, rows: Sequence[Row], head: Row, *, merged: bool) -> Path:
    """Write a roadmap whose pages are tables of their own, as in a converted paper.

    The header comes again on each page, and the last activity of a page goes on on the next one.
    ``merged`` joins the cells of headings; otherwise their text stands in the first cell alone.
    """
    made = docx.Document()
    made.add_paragraph("Приложение 1 к приказу")
    made.add_paragraph(title)
    for page in _pages(rows, head, merged=merged):
        add_table(made, page)
        made.add_paragraph("")
    made.save(str(path))
    return path


def _pages(rows: Sequence[Row], head: Row, *, merged: bool) -> Iterator[list[Row]]:
    page, rest = [head], None
    for row in rows:
        if rest is not None:
            page.append(rest)
            rest = None
        if len(row) == 1:
            page.append([row[0], *([">"] if merged else [""]) * (len(head) - 1)])
            continue
        cut = _cut(row[1])
        if len(page) >= _PAGE and cut:
            page.append([row[0], cut[0], *row[2:]])
            rest = ["", cut[1], *[""] * (len(head) - 2)]
            yield page
            page = [head]
        else:
            page.append(row)
    yield page if rest is None else [*page, rest]


def _cut(title: str) -> tuple[str, str] | None:
    """Return a title in two parts, the second beginning with a small letter."""
    words = title.split()
    for at in range(len(words) // 2, len(words)):
        if words[at][0].islower():
            return " ".join(words[:at]), " ".join(words[at:])
    return None


Cells = list[str]


def parallel_rows(rows: Sequence[Row], directions: Sequence[str]) -> list[Cells]:
    """Return the rows of parallel directions as one table; ``>`` joins a cell to its left one.

    A row of one text is a heading, one of two is for all directions, any other has two cells for
    each of them.
    """
    wide = 2 * len(directions)
    table: list[Cells] = [
        [cell for title in directions for cell in (title, ">")],
        ["Мероприятия", "Ответственные, сроки"] * len(directions),
    ]
    for row in rows:
        if len(row) == 1:
            table.append([row[0], *[">"] * (wide - 1)])
        elif len(row) == 2:
            table.append([row[0], *[">"] * (wide - 2), row[1]])
        else:
            table.append(row)
    return table


def torn_pages(table: Sequence[Cells], at: Sequence[int], narrow_from: int) -> list[list[Cells]]:
    """Return the pages of a table as a converted paper has them: nothing is joined any more.

    A row of ``at`` is torn inside its cells; from the row ``narrow_from`` on every row is for all
    directions, so the page has two columns only.
    """
    pages: list[list[Cells]] = [[]]
    for number, row in enumerate(table):
        plain = ["" if cell == ">" else cell for cell in row]
        if number == narrow_from:
            pages.append([])
        if number >= narrow_from:
            pages[-1].append([plain[0], plain[-1]])
        elif number in at:
            parts = [_torn(cell) for cell in plain]
            pages[-1].append([first for first, _ in parts])
            pages.append([[rest for _, rest in parts]])
        else:
            pages[-1].append(plain)
    return pages


def _torn(text: str) -> tuple[str, str]:
    cut = _cut(text)
    return cut if cut else (text, "")


def quantity_rows(rows: Sequence[Row], years: Sequence[str], *, merged: bool) -> list[Cells]:
    """Return a roadmap whose activities have a quantity for every year, under two header rows."""
    span = [">"] * (len(years) - 1)
    fill = ">" if merged else ""
    return [
        ["№ п / п", "Наименование задачи/мероприятия", "Результат выполнения мероприятия", ">",
         "Срок реализации, годы", *span, "Исполнитель"],
        ["^", "^", "наименование", "плановое значение", *years, "^"],
        *([row[0], *[fill] * (4 + len(years))] if len(row) == 1 else row for row in rows),
    ]  # fmt: skip


def measure_rows(rows: Sequence[Row]) -> list[Cells]:
    """Return sets of measures as a table of numbers and titles."""
    return [["№", "Меры"], *([row[0], ">"] if len(row) == 1 else row for row in rows)]
