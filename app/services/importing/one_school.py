"""Tables of one school that only their titles name: subjects in the rows, no column of schools."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.services.importing.facts import Block, Extract
from app.services.importing.grid import CellValue, Sheet, column_letters
from app.services.importing.layouts import columns as titles_of
from app.services.importing.tables import Vocabulary, fixed

_HEAD_ROWS = 20
_WIDE = 4
"""A header has so many titles at least, a row of data so many figures with its label."""
_MOST_ROWS = 200
_OWNERS = Vocabulary(name=titles_of.NAME, fisoko=titles_of.FISOKO, code=titles_of.CODE)
_SCHOOL = re.compile(
    r"(?<![\w(])(?:(?:М|Г|Ч|МО|ГО)[БКА]?ОУ|[Мм]униципальное\s.{0,60}?учреждение)\s+(?=\S)"
)
"""The legal form before the name of a school; in brackets it repeats the name before them."""
_NAME_END = re.compile(
    r"[,;]|\s[-–—]\s|\(?\b20\d\d|\b(?:за|на|по)\s+(?=[\dа-яё])"
    r"|(?:(?<=\w{5})|(?<=[\d»\")])|(?<=[А-ЯЁ]{2}))\.(?=\s|$)"
)
"""Where the name ends; «с.», «им.» and initials are parts of it."""
_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”")
_MAKER = re.compile(
    r"подготов(?:ил|лен)|исполн|состав(?:ил|лен|ител)|методист|ответствен|разработ|отправ"
    r"|директор|руководител|учител|выполн|контакт",
    re.IGNORECASE,
)
"""Whoever made the table works at a school; that does not make it the table of the school."""
_DISTRICT = re.compile(r"район|муниципалит|муниципальн\w+\s+образован|округ", re.IGNORECASE)
_SUMMARY = re.compile(
    r"(?:результат|итог|свод|данны|показател)\w*\W+(?:\w+\W+){0,3}?(?:район|муниципал|округ)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Owned:
    """A table with the name of its school as one more column, and the cell that says it."""

    sheet: Sheet
    column: str
    cell: str


def with_owner(sheet: Sheet) -> Owned | None:
    """Return the table under a column of its school; None where the titles name none or several."""
    if sheet.height > _MOST_ROWS:
        return None
    rows = range(min(_HEAD_ROWS, sheet.height))
    head = next((row for row in rows if len(sheet.line(row)) >= _WIDE), None)
    if head is None or any(_OWNERS.field(text) for _, text in sheet.line(head)):
        return None
    found = {} if _is_of_district(sheet, head) else _schools(sheet, head)
    if len(found) != 1:
        return None
    ((name, cell),) = found.items()
    return _owned(sheet, head, name, cell)


def _schools(sheet: Sheet, head: int) -> dict[str, str]:
    """Return the schools that the titles name, but those of whoever made the table, and cells."""
    found: dict[str, str] = {}
    for row in range(head):
        before = ""
        for column, text in sheet.line(row):
            for match in _SCHOOL.finditer(text):
                if not _MAKER.search(before + text[: match.start()]):
                    found.setdefault(_name(text[match.start() :]), fixed(row, column))
            before += text + " "
    return found


def _name(text: str) -> str:
    """Return the name of a school without the words after it; quotation marks are kept whole."""
    hidden = _QUOTED.sub(lambda match: match[0][0] + "х" * (len(match[0]) - 2) + match[0][-1], text)
    end = _NAME_END.search(hidden)
    return text[: end.start() if end else None].strip(" .")


def _is_of_district(sheet: Sheet, head: int) -> bool:
    """Return whether the titles speak of a district; in the address of a school they do not."""
    for row in range(head):
        for _, text in sheet.line(row):
            school = _SCHOOL.search(text)
            said = text[: school.start()] if school else text
            if _DISTRICT.search(said) or _SUMMARY.search(text):
                return True
    return False


def _owned(sheet: Sheet, head: int, name: str, cell: str) -> Owned:
    width = max(len(row) for row in sheet.rows)
    rows: list[list[CellValue]] = [list(row) for row in sheet.rows]
    for row in range(head, len(rows)):
        if len(sheet.line(row)) >= _WIDE:
            rows[row] += [None] * (width - len(rows[row]))
            rows[row].append("ОО" if row == head else name)
    return Owned(replace(sheet, rows=rows), column_letters(width), cell)


def without_owner(extract: Extract, owned: Owned) -> Extract:
    """Return what the table gave with the school where it stands: in the title."""
    blocks = tuple(_block(block, owned) for block in extract.blocks)
    problems = tuple(
        replace(one, cell=owned.cell.replace("$", ""))
        if one.cell and re.match(rf"{owned.column}\d", one.cell)
        else one
        for one in extract.problems
    )
    return replace(extract, blocks=blocks, problems=problems)


def _block(block: Block, owned: Owned) -> Block:
    columns = {
        name: owned.cell if place == owned.column else place
        for name, place in block.columns.items()
    }
    return Block(block.sheet, columns, block.facts)
