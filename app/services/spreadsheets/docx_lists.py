"""Measures that stand in a Word document as lists under their headings, gathered into a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import dropwhile

from app.services.spreadsheets.messages import LIST_NAME, RawSheet
from app.services.table_words import pattern

_LONGEST_HEADING = 250
_BULLET = re.compile(r"[·•▪◦●○*–—-]")
_MARK = re.compile(rf"(?:{_BULLET.pattern}|\d{{1,2}}[.)])\s+(?=\S)")
_NUMBER = re.compile(r"\d{1,2}[.)]")
_LEAST = 2
"""Items under a heading; one alone is a sentence."""
_TITLE = ("№", "Меры")


@dataclass
class _Group:
    heading: str
    items: list[tuple[str, str]] = field(default_factory=list)
    """Number as printed, empty for a bullet, and text."""

    def goes_on(self, number: str) -> bool:
        """Return whether a paragraph with that bullet or number is the next item.

        «6.» after five bullets, or after «2.», is the heading of a chapter.
        """
        if not _NUMBER.fullmatch(number):
            return bool(number) and _BULLET.fullmatch(number) is not None
        counted = all(own for own, _ in self.items)
        return counted and int(number[:-1]) == len(self.items) + 1


@dataclass
class Lists:
    """Watches the paragraphs of a document for headings of measures with lists under them."""

    sheets: list[RawSheet] = field(default_factory=list)
    _groups: list[_Group] = field(default_factory=list)
    _before: str = ""
    """The paragraph above the first heading."""
    _last: str = ""

    def take(self, label: str, text: str) -> None:
        """Look at one more paragraph: its automatic number and its text."""
        if not text:
            return
        mark = None if label else _MARK.match(text)
        number = label or (mark[0].strip() if mark else "")
        if self._groups and self._groups[-1].goes_on(number):
            item = text[mark.end() :] if mark else text
            self._groups[-1].items.append((number if _NUMBER.fullmatch(number) else "", item))
            return
        if self._groups and not self._groups[-1].items:
            self.close()
        if _may_be_heading(text):
            if not self._groups:
                self._before = self._last
            self._groups.append(_Group(text))
        else:
            self.close()
        self._last = text

    def close(self) -> None:
        """End the lists that are open: a table or prose stands below them."""
        groups = [one for one in self._groups if len(one.items) >= _LEAST]
        if not _speaks_of_measures(self._before):
            # Lists of something else may stand right above those of measures.
            groups = list(dropwhile(lambda one: not _speaks_of_measures(one.heading), groups))
        if groups:
            name = f"{LIST_NAME} {len(self.sheets) + 1}"
            before = (self._before,) if self._before else ()
            self.sheets.append(_sheet(name, groups, before))
        self._groups = []


def _speaks_of_measures(text: str) -> bool:
    """Return whether a heading, or the paragraph above it, says that measures are listed."""
    return pattern("measure_lists", "heading").search(text) is not None


def _may_be_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and "\n" not in text and not text.endswith((".", ";"))


def _sheet(name: str, groups: Sequence[_Group], before: tuple[str, ...]) -> RawSheet:
    """Return the lists as rows; a bullet is counted, so that rows are told apart."""
    rows: list[list[str | None]] = [list(_TITLE)]
    merged = []
    for group in groups:
        merged.append((len(rows), 0, len(rows), 1))
        rows.append([group.heading.rstrip(" :"), None])
        for count, (number, text) in enumerate(group.items, start=1):
            rows.append([number or f"– {count}", text.rstrip(" ;")])
    sheet = RawSheet(name, [], before=before, merged=tuple(merged))
    sheet.rows.extend(rows)
    return sheet
