"""Automatic numbers of Word lists: printed before a paragraph and kept nowhere as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from app.services.spreadsheets.docx_text import W

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: what it starts with, how a number looks, the text around it."""

    start: int = 1
    look: str = "decimal"
    text: str = ""


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists = _lists(numbering)
        self._styles = _style_numbers(styles)

    def label(self, paragraph: Element) -> str:
        """Return what Word prints before the paragraph: «1.2.», «а)», «–», or nothing."""
        place = self._place(paragraph)
        if place is None:
            return ""
        known = self._lists.get(place[0])
        if known is None:
            return ""
        return _next_label(known, place[1])

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the list and the level of a paragraph: its own, or those of its style."""
        own = _num_pr(paragraph.find(f"{W}pPr/{W}numPr"))
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        by_style = self._styles.get(style.get(f"{W}val", "") if style is not None else "")
        if own is None:
            return by_style
        number = own[0] or (by_style[0] if by_style else "")
        return (number, own[1]) if number and number != "0" else None


def _num_pr(mark: Element | None) -> tuple[str, int] | None:
    if mark is None:
        return None
    number, level = mark.find(f"{W}numId"), mark.find(f"{W}ilvl")
    depth = level.get(f"{W}val", "0") if level is not None else "0"
    identifier = number.get(f"{W}val", "") if number is not None else ""
    return identifier, int(depth) if depth.isdigit() else 0


def _style_numbers(styles: Element | None) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for style in () if styles is None else styles.findall(f"{W}style"):
        place = _num_pr(style.find(f"{W}pPr/{W}numPr"))
        if place is not None and place[0]:
            found[style.get(f"{W}styleId", "")] = place
    return found


def _lists(numbering: Element | None) -> dict[str, _List]:
    """Return the lists by their number; those of one abstract list go on counting together."""
    if numbering is None:
        return {}
    abstract = {
        one.get(f"{W}abstractNumId", ""): _List(_levels(one))
        for one in numbering.findall(f"{W}abstractNum")
    }
    found: dict[str, _List] = {}
    for number in numbering.findall(f"{W}num"):
        base = number.find(f"{W}abstractNumId")
        known = abstract.get(base.get(f"{W}val", "") if base is not None else "")
        if known is not None:
            found[number.get(f"{W}numId", "")] = _overridden(number, known)
    return found


def _overridden(number: Element, known: _List) -> _List:
    """Return the list of a number: one that starts anew counts for itself."""
    levels = dict(known.levels)
    changed = False
    for override in number.findall(f"{W}lvlOverride"):
        depth = override.get(f"{W}ilvl", "0")
        start = override.find(f"{W}startOverride")
        own = override.find(f"{W}lvl")
        if not depth.isdigit():
            continue
        level = _level(own) if own is not None else levels.get(int(depth), _Level())
        if start is not None and start.get(f"{W}val", "").isdigit():
            level = _Level(int(start.get(f"{W}val", "1")), level.look, level.text)
        levels[int(depth)] = level
        changed = True
    return _List(levels) if changed else known


def _levels(abstract: Element) -> dict[int, _Level]:
    return {
        int(level.get(f"{W}ilvl", "0")): _level(level)
        for level in abstract.findall(f"{W}lvl")
        if level.get(f"{W}ilvl", "0").isdigit()
    }


def _level(level: Element) -> _Level:
    start = _value(level, "start")
    return _Level(
        int(start) if start.isdigit() else 1,
        _value(level, "numFmt") or "decimal",
        _value(level, "lvlText"),
    )


def _value(parent: Element, name: str) -> str:
    element = parent.find(f"{W}{name}")
    return "" if element is None else element.get(f"{W}val", "")


def _next_label(known: _List, depth: int) -> str:
    level = known.levels.get(depth, _Level())
    known.counts[depth] = known.counts.get(depth, level.start - 1) + 1
    for deeper in [one for one in known.counts if one > depth]:
        del known.counts[deeper]
    if level.look == "none":
        return ""
    if level.look == "bullet":
        return "–"

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        one = known.levels.get(at, _Level())
        return _look(known.counts.get(at, one.start), one.look)

    return re.sub(r"%([1-9])", number, level.text).strip()


def _look(count: int, look: str) -> str:
    if look in ("upperRoman", "lowerRoman") and 0 < count < _MOST:
        return _roman(count).upper() if look == "upperRoman" else _roman(count)
    for name, letters in (("russian", _RUSSIAN), ("Letter", _LATIN)):
        if name in look and 0 < count <= len(letters):
            letter = letters[count - 1]
            return letter.upper() if look.startswith("upper") or look.endswith("Upper") else letter
    return f"{count:02d}" if look == "decimalZero" else str(count)


def _roman(count: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        text += sign * times
    return text
