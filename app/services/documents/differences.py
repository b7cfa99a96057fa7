"""What differs between two versions of a document: lines of text and rows of tables; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from app.services.documents.blocks import Annex, Cell, Content, Heading, Row, Table, texts


class Change(Enum):
    """What became of a piece of the document."""

    ADDED = "добавлено"
    REMOVED = "исключено"
    CHANGED = "изменено"


@dataclass(frozen=True, slots=True)
class Difference:
    """One piece that differs; ``place`` is where it stands, in Russian.

    For rows of tables ``cells`` hold the new row (the old one where it was removed) and ``annex``
    the mark of the annex that the table stands in; ``old`` and ``new`` leave the number of a row
    out, which follows from its place, and ``numbered`` says that there is one.
    """

    change: Change
    place: str
    old: str
    new: str
    cells: tuple[str, ...] = ()
    annex: str = ""
    numbered: bool = False


def differences(old: Content, new: Content) -> tuple[Difference, ...]:
    """Return every difference in reading order: first of tables row by row, then of other texts."""
    return (*_tables(old, new), *_texts(old, new))


def _tables(old: Content, new: Content) -> list[Difference]:
    before, after = _listed(old), _listed(new)
    found: list[Difference] = []
    for index in range(max(len(before), len(after))):
        was = before[index] if index < len(before) else (after[index][0], after[index][1], ())
        now = after[index] if index < len(after) else (before[index][0], before[index][1], ())
        found += _rows(was, now)
    return found


_Listed = tuple[str, str, tuple[Row, ...]]
"""The annex and the heading over a table, and its rows."""


def _listed(content: Content) -> list[_Listed]:
    annex, over = "", content.title
    found: list[_Listed] = []
    for block in content.blocks:
        match block:
            case Annex(mark=mark):
                annex = mark[0]
            case Heading(text):
                over = text
            case Table(rows=rows):
                found.append((annex, over, rows))
    return found


def _rows(was: _Listed, now: _Listed) -> list[Difference]:
    """Compare rows by all that they say but their number, which follows from their place."""
    old, new = [_cells(row) for row in was[2]], [_cells(row) for row in now[2]]
    matcher = SequenceMatcher(None, list(map(_same, old)), list(map(_same, new)), False)
    place, annex = f"таблица «{now[1]}»", now[0]
    found: list[Difference] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        pairs = min(last - first, end - start) if tag == "replace" else 0
        for shift in range(pairs):
            before, after = old[first + shift], new[start + shift]
            found.append(_row_change(Change.CHANGED, place, annex, before, after))
        found += [
            _row_change(Change.REMOVED, place, annex, r, ()) for r in old[first + pairs : last]
        ]
        found += [_row_change(Change.ADDED, place, annex, (), r) for r in new[start + pairs : end]]
    return found


def _row_change(
    change: Change, place: str, annex: str, old: tuple[str, ...], new: tuple[str, ...]
) -> Difference:
    row = new or old
    return Difference(change, place, _line(old), _line(new), row, annex, _is_numbered(row))


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(item.text if isinstance(item, Cell) else item for item in row)


def _same(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_dashed, _key(row)))


def _dashed(text: str) -> str:
    """Return a text for comparison: papers of older versions have long dashes."""
    return text.replace("\N{EM DASH}", "\N{EN DASH}")


def _key(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[1:]) if _is_numbered(row) else tuple(row)


def _is_numbered(row: Sequence[str]) -> bool:
    return len(row) > 1 and row[0].rstrip(".").isdigit()


def _line(row: Sequence[str]) -> str:
    """Return what a row says, without its number; of a row with nothing else the number."""
    return "; ".join(cell.strip() for cell in _key(row) if cell.strip()) or "".join(row)


def _texts(old: Content, new: Content) -> list[Difference]:
    before = [piece for piece in texts(old) if "таблица" not in piece.place]
    after = [piece for piece in texts(new) if "таблица" not in piece.place]
    compared = [[_dashed(piece.text) for piece in pieces] for pieces in (before, after)]
    matcher = SequenceMatcher(None, compared[0], compared[1], False)
    found: list[Difference] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        pairs = min(last - first, end - start) if tag == "replace" else 0
        for shift in range(pairs):
            piece, other = before[first + shift], after[start + shift]
            found.append(Difference(Change.CHANGED, other.place, piece.text, other.text))
        found += [
            Difference(Change.REMOVED, p.place, p.text, "") for p in before[first + pairs : last]
        ]
        found += [Difference(Change.ADDED, p.place, "", p.text) for p in after[start + pairs : end]]
    return found
