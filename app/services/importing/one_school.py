"""Tables of one school that only their titles name: subjects in the rows, no column of schools."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.services.importing.facts import Block, Extract
from app.services.importing.grid import CellValue, Sheet, column_letters
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.labels import names_school
from app.services.importing.tables import Vocabulary, fixed
from app.services.table_words import pattern, patterns

_HEAD_ROWS = 20
_WIDE = 4
"""A header has so many titles at least, a row of data so many figures with its label."""
_MOST_ROWS = 200
_OWNERS = Vocabulary(name=titles_of.NAME, fisoko=titles_of.FISOKO, code=titles_of.CODE)
_WORDS = "one_school"
"""What tells the name of a school in a title, and titles of a district."""
_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”")


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
            for name in _names_in(text, before):
                found.setdefault(name, fixed(row, column))
            before += text + " "
    return found


def names_a_school(text: str) -> bool:
    """Return whether a title names a school, and not as whoever made the table."""
    return bool(_names_in(text, ""))


def _names_in(text: str, before: str) -> list[str]:
    """Return the schools that a title names, after what stands left of it in its row.

    Under «Школа:» any name is one; elsewhere only its legal form tells it from other words.
    """
    label, colon, value = text.partition(":")
    said, labelled = (label, value) if colon else (before.strip(" :"), text)
    if _OWNERS.field(said) == "name" and names_school(labelled):
        return [_name(labelled)]
    maker = pattern(_WORDS, "maker")
    return [
        _name(text[match.start() :])
        for match in pattern(_WORDS, "school").finditer(text)
        if not maker.search(before + text[: match.start()])
    ]


def _name(text: str) -> str:
    """Return the name of a school without the words after it; quotation marks are kept whole."""
    hidden = _QUOTED.sub(lambda match: match[0][0] + "х" * (len(match[0]) - 2) + match[0][-1], text)
    end = pattern(_WORDS, "name_end").search(hidden)
    return text[: end.start() if end else None].strip(" .")


def _is_of_district(sheet: Sheet, head: int) -> bool:
    """Return whether the titles speak of a district; in the address of a school they do not."""
    word = patterns(_WORDS)
    for row in range(head):
        for _, text in sheet.line(row):
            school = word["school"].search(text)
            said = text[: school.start()] if school else text
            if word["district"].search(said) or word["summary"].search(text):
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
