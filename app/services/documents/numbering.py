"""The number and the date that a paper got in the register, in the places that it has for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from app.services.documents import blanks
from app.services.documents.blocks import (
    Annex,
    ApprovalStamp,
    Block,
    Content,
    Heading,
    Registration,
)
from app.services.documents.language import date_in_words, typeset


def with_number(content: Content, number: str, day: date | None) -> Content:
    """Return a paper with the number and the date that it has in the register.

    Both come from the register, also where the paper was made with others: what the head signed
    counts, and one number beside the date of another would be that of no paper at all.  Only the
    places that every paper has for them are written: the line under its name, the marks of its
    annexes, the number of a contract.  Other blanks, such as a deadline, stay.
    """
    before = _Pair(content.meta.number, content.meta.date)
    after = _Pair(number or before.number, day or before.day)
    if before == after:
        return content
    if not any(isinstance(one, Registration) for one in content.blocks):
        return content  # a programme: its stamp names the act that approves it, not this entry
    meta = replace(content.meta, number=after.number, date=after.day)
    blocks = tuple(_block(one, before, after) for one in content.blocks)
    return replace(content, meta=meta, blocks=blocks)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Number and date of a paper; empty and None where it has none yet."""

    number: str
    day: date | None

    def numbered(self) -> str:
        return typeset(f"№ {self.number or blanks.NUMBER}")

    def dated(self) -> str:
        return date_in_words(self.day) if self.day else blanks.DATE


def _block(block: Block, before: _Pair, after: _Pair) -> Block:
    match block:
        case Registration(left, right):
            return Registration(_alone(left, before, after), _alone(right, before, after))
        case Annex(mark=lines):
            return replace(block, mark=tuple(_named(line, before, after) for line in lines))
        case ApprovalStamp(lines):
            return ApprovalStamp(tuple(_named(line, before, after) for line in lines))
        case Heading(text=text) if text.endswith(before.numbered()):
            return replace(block, text=text.removesuffix(before.numbered()) + after.numbered())
    return block


def _alone(text: str, before: _Pair, after: _Pair) -> str:
    return {before.dated(): after.dated(), before.numbered(): after.numbered()}.get(text, text)


def _named(line: str, before: _Pair, after: _Pair) -> str:
    """Return a line that names the paper: «к приказу от … № …», in whatever order.

    «Приложение № 1» of a paper № 1 has no date beside it: that number is the annex's own.
    """
    dated = _put(line, before.dated(), after.dated())
    if blanks.NUMBER not in before.numbered() and before.dated() not in line:
        return line
    return _put(dated, before.numbered(), after.numbered())


def _put(line: str, old: str, new: str) -> str:
    """Put one text in the place of another where it stands by itself."""
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _found: new, line)
