"""Marks results that are those of one class of a grade (5А): a part of the school's result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from app.models.enums import RecordKind
from app.services.importing.cells import expand_rows
from app.services.importing.facts import (
    ONE_CLASS,
    Block,
    Extract,
    Fact,
    Procedure,
    RecordFact,
    ResultFact,
)
from app.services.importing.grid import Sheet, column_letters
from app.services.importing.layouts.class_rows import letter_of
from app.services.importing.tables import iter_filled, key
from app.services.score_counts import UNDATED, class_figure
from app.services.source import first_row
from app.services.table_words import pattern, patterns

_TITLE_CELLS = 3
"""A title has no more filled cells; a row of data has."""
_MOST_TITLES = 40
"""So many rows above a table are looked at."""
_HEADER_ROWS = 4
"""A header is no taller."""


def of_one_class(sheet: Sheet, extract: Extract, names: Sequence[str]) -> Extract:
    """Return the extract with the letter of the class in results that are those of one class.

    A table whose schools have several classes is of the whole grade.  A class is named by the
    column of classes, else by the nearest title, the sheet or ``names``: the file, its folder.
    """
    start, blocks = 0, []
    for block in extract.blocks:
        blocks.append(_marked(sheet, block, start, names))
        start = first_row(block.facts[0].rows) - 1 if block.facts else start
    if blocks == list(extract.blocks):
        return extract
    return _scores_too(replace(extract, blocks=tuple(blocks)))


def _marked(sheet: Sheet, block: Block, start: int, names: Sequence[str]) -> Block:
    results = [fact for fact in block.of(ResultFact) if fact.day is None]
    if not results:
        return block
    first = first_row(block.facts[0].rows) - 1
    column = _class_column(sheet, first)
    if column is not None:
        letters = {id(one): _letters(sheet, column, one) for one in results}
        if any(letters.values()):
            return _lettered(block, letters, column_letters(column))
    named = _named(sheet, max(start, first - _MOST_TITLES), first, names, results[0])
    if named is None:
        return block
    cell, grade, letter = named
    own = {id(one): {letter} for one in results if one.procedure.grade == grade}
    return _lettered(block, own, cell)


def _scores_too(extract: Extract) -> Extract:
    """Return the extract with the scores of classes under the names of these."""
    letters = {
        (one.procedure, one.rows): one.letter
        for block in extract.blocks
        for one in block.of(ResultFact)
        if one.letter
    }
    blocks = tuple(_scores_of(block, letters) for block in extract.blocks)
    return replace(extract, blocks=blocks) if letters else extract


def _scores_of(block: Block, letters: Mapping[tuple[Procedure, str], str]) -> Block:
    columns, facts = dict(block.columns), list(block.facts)
    for place, fact in enumerate(block.facts):
        if not isinstance(fact, RecordFact) or fact.procedure is None:
            continue
        letter = letters.get((fact.procedure, fact.rows))
        if letter is None or fact.kind is not RecordKind.SCORES:
            continue
        names = {one: class_figure(one, fact.procedure.grade, letter) for one in fact.data}
        columns.update({new: columns[old] for old, new in names.items() if old in columns})
        facts[place] = replace(fact, data={names[one]: fact.data[one] for one in names})
    kept = {name for fact in facts if isinstance(fact, RecordFact) for name in fact.data}
    gone = {name for name in block.columns if name.endswith(UNDATED) and name not in kept}
    columns = {name: cell for name, cell in columns.items() if name not in gone}
    return replace(block, columns=columns, facts=tuple(facts))


def _lettered(block: Block, letters: dict[int, set[str]], cell: str) -> Block:
    """Return the block with the letters put into its results; as it is where one has several."""
    if any(len(one) > 1 for one in letters.values()):
        return block
    facts = tuple(_with(fact, letters.get(id(fact), set())) for fact in block.facts)
    return replace(block, facts=facts, columns={**block.columns, ONE_CLASS: cell})


def _with(fact: Fact, letters: Iterable[str]) -> Fact:
    letter = next(iter(letters), "")
    return replace(fact, letter=letter) if letter and isinstance(fact, ResultFact) else fact


def _class_column(sheet: Sheet, first: int) -> int | None:
    """Return the column under «Класс» in the header above the row ``first`` (0-based)."""
    title = pattern("class_rows", "class")
    for row in range(first - 1, max(-1, first - 1 - _HEADER_ROWS), -1):
        for column, text in iter_filled(sheet, row):
            if title.fullmatch(key(text)):
                return column
    return None


def _letters(sheet: Sheet, column: int, fact: ResultFact) -> set[str]:
    """Return the letters of the rows of a result; none where a row tells no class of its grade."""
    found = set()
    for row in expand_rows(fact.rows):
        letter = letter_of(sheet.text(row - 1, column), fact.procedure.grade)
        if letter is None:
            return set()
        found.add(letter)
    return found


def _named(
    sheet: Sheet, start: int, first: int, names: Sequence[str], fact: ResultFact
) -> tuple[str, int, str] | None:
    """Return the cell, the grade and the letter of the class that the nearest text names."""
    grade = fact.procedure.grade
    for cell, text in _texts(sheet, start, first, names):
        letters = set(_classes(text, grade))
        if letters:
            return (cell, grade, letters.pop()) if len(letters) == 1 else None
    return None


def _texts(sheet: Sheet, start: int, first: int, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what titles a table, the nearest first, each with its absolute address."""
    for row in range(first - 1, start - 1, -1):
        filled = list(islice(iter_filled(sheet, row), _TITLE_CELLS + 1))
        if len(filled) <= _TITLE_CELLS:
            yield from ((f"${column_letters(at)}${row + 1}", text) for at, text in filled)
    for text in (*reversed(sheet.before), sheet.name, *names):
        yield "$A$1", text


def _classes(text: str, grade: int) -> Iterator[str]:
    """Yield the letters of the classes of a grade that a title names; of «5А, Б» both."""
    words = patterns("one_class")
    for match in words["class"].finditer(text):
        if int(match["grade"]) == grade:
            yield _letter(match)
            if words["next"].match(text, match.end()):
                yield ""  # another one, whichever


def _letter(match: re.Match[str]) -> str:
    groups: tuple[str | None, ...] = match.group("quoted", "joined", "small", "apart")
    return next(one for one in groups if one).upper()
