"""The lines of a social passport as a form: labels, and the figures of passports they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.models.enums import RecordKind
from app.services.figures import Figure
from app.services.importing.cells import is_empty
from app.services.importing.grid import Sheet
from app.services.importing.layouts.labels import names_school
from app.services.importing.layouts.named import figure_of, is_unit
from app.services.importing.tables import filled_cells, key
from app.services.table_words import patterns

_KIND = RecordKind.PASSPORT
_LETTER = re.compile(r"[^\W\d]")
_SIGNATURE = re.compile(
    r"_{3,}|^[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+|[А-ЯЁ][а-яё]+\s[А-ЯЁ]\.\s?[А-ЯЁ]\.$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form: its label and the figure it means; all 0-based."""

    row: int
    column: int
    text: str
    figure: Figure | None


def lines_of(sheet: Sheet) -> Iterator[Line]:
    """Yield each labelled row; «в них детей» under a line of families is the children of these."""
    held: Line | None = None
    for line in _labelled_rows(sheet):
        pair = held and _counts_them(line) and _families(held)
        if held and pair:
            held, line = replace(held, figure=pair[0]), replace(line, figure=pair[1])
        if held:
            yield held
        held = line
    if held:
        yield held


def _counts_them(line: Line) -> bool:
    """Return whether a line counts the children of the families above: «в них детей»."""
    folded = key(line.text)
    known = patterns("families")
    bare = line.figure is None and known["children_in_them"].fullmatch(folded)
    return bool(bare or known["children"].fullmatch(folded))


def _families(line: Line) -> tuple[Figure, Figure] | None:
    """Return the figures of the number of families and of their children, or None."""
    if line.figure is None or "сем" not in key(line.text):
        return None
    bare = patterns("families")["number_of"].sub("", line.text)
    families, children = figure_of(_KIND, f"количество {bare} семей"), figure_of(_KIND, bare)
    if families is None or children is None or families.unit == children.unit:
        return None
    return families, children


def _labelled_rows(sheet: Sheet) -> Iterator[Line]:
    """Yield each row with its label: the first text that is not a number of the row."""
    for row in sheet.filled_rows():
        filled = filled_cells(sheet, row)
        label = next(((c, t) for c, t in filled if _LETTER.search(t)), None)
        if label is None:
            continue
        column, text = label
        figure = figure_of(_KIND, text)
        says = figure is not None and _stands_alone(sheet, row, column) and not _is_signed(filled)
        yield Line(row, column, text, figure if says else None)


def _is_signed(filled: Sequence[tuple[int, str]]) -> bool:
    """Return whether a row is where somebody signs: a rule to write on, or initials."""
    return any(_SIGNATURE.search(text) for _, text in filled)


def _stands_alone(sheet: Sheet, row: int, column: int) -> bool:
    """Return whether a label stands with its numbers; many titles are the header of a table."""
    filled = filled_cells(sheet, row)
    titles = [t for _, t in filled if _LETTER.search(t)]
    if sum(figure_of(_KIND, title) is not None for title in titles) != 1:
        return False
    beside = any(c > column and not is_unit(t) for c, t in filled)
    return beside or _blank_beside(sheet, row, column)


def _blank_beside(sheet: Sheet, row: int, column: int) -> bool:
    """Return whether the row may hold a value that was left empty: other columns exist."""
    return (
        not names_school(sheet.text(row, column))
        and len(sheet.rows[row]) > column + 1
        and is_empty(sheet.at(row, column + 1))
    )
