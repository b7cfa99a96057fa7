"""Tells pupils apart within one load, by digests: no name leaves this module."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable

from app.services.importing.facts import PupilMark
from app.services.importing.grid import Sheet
from app.services.importing.tables import Header, Vocabulary, key

_SIZE = 10
"""Bytes: two of a million pupils alike are not to be feared."""
_WORDS = Vocabulary(
    name=r"фамилия\w*|имя(?:участника|учащегося|обучающегося)?|отчество\w*|фио\w*",
    code=r"код(?:участника|учащегося|обучающегося|ученика)",
)

PupilOf = Callable[[int], bytes]
"""From a 0-based row to the digest of its pupil; empty where the row names none."""


def pupil_reader(sheet: Sheet, header: Header) -> PupilOf:
    """Return the function that tells the pupil of a row: by the names, else by the code.

    Case, ё and spaces do not count.  The digest lives as long as the load, nothing stores it.
    """
    names = _columns(header, "name")
    codes = _columns(header, "code")

    def pupil(row: int) -> bytes:
        for columns in (names, codes):
            text = "|".join(key(sheet.text(row, column)) for column in columns)
            if text.strip("|"):
                return hashlib.blake2b(text.encode(), digest_size=_SIZE).digest()
        return b""

    return pupil


def told_apart(marks: Iterable[PupilMark]) -> tuple[PupilMark, ...]:
    """Return the pupils whom nobody of the same school is called like."""
    marks = tuple(marks)
    times = Counter(pupil for pupil, _ in marks)
    return tuple(one for one in marks if one[0] and times[one[0]] == 1)


def _columns(header: Header, field: str) -> tuple[int, ...]:
    """Return all columns of the titles of a field, with those of their merged cells."""
    return tuple(
        column
        for start, title in header.titles.items()
        if _WORDS.field(title) == field
        for column in header.span(start)
    )
