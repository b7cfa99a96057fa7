"""The text of a Word paragraph as it is printed, without what was deleted or hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "rPr", "pPr", "tbl"}
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-", "ptab": " "}
_UNPRINTED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Soft hyphens and signs without width: they are seen at the end of a line at most."""


@dataclass
class Text:
    """What was met on the way: tracked changes and hidden text."""

    tracked: bool = False
    hidden: bool = False


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(paragraph: Element, met: Text) -> str:
    """Return the printed text of a paragraph; spaces are folded, line breaks stay."""
    text = "".join(_pieces(paragraph, met)).translate(_UNPRINTED)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def boxed_tables(parent: Element) -> Iterator[Element]:
    """Yield the tables inside the text boxes of a paragraph; old copies of a box count once."""
    for child in parent:
        kind = local(child)
        if kind == "tbl":
            yield child
        elif kind != "Fallback":
            yield from boxed_tables(child)


def _pieces(parent: Element, met: Text) -> Iterator[str]:
    for child in parent:
        kind = local(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _BREAKS:
            yield _BREAKS[kind]
        elif kind in _SKIPPED:
            met.tracked |= kind in ("del", "moveFrom")
        elif kind == "r" and _hidden(child):
            met.hidden |= any(run.text for run in child.iter(f"{W}t"))
        else:
            met.tracked |= kind in ("ins", "moveTo")
            yield from _pieces(child, met)
            if kind == "p":
                yield "\n"  # a paragraph of a text box


def _hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")
