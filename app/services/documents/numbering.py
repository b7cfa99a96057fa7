"""The number and the date that a paper got when it was signed, in the blanks left for them."""

from __future__ import annotations

import re
from dataclasses import replace
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

_NUMBER = typeset(f"№ {blanks.NUMBER}")
_DATED = re.compile(rf"(?P<from>(?:^|\s)от\s){blanks.DATE}(?!_)")


def with_number(content: Content, number: str, day: date | None) -> Content:
    """Return a paper with its number and date where it was made without them.

    Only the places that every paper has for them are written: the line under its name, the marks
    of its annexes, the number of a contract.  Other blanks, such as a deadline, stay.
    """
    given = _Given(
        number if not content.meta.number else "", day if content.meta.date is None else None
    )
    if not given.number and given.day is None:
        return content
    if not any(isinstance(one, Registration) for one in content.blocks):
        return content  # a programme: its stamp names the act that approves it, not this entry
    meta = replace(
        content.meta,
        number=content.meta.number or number,
        date=content.meta.date or day,
    )
    return replace(content, meta=meta, blocks=tuple(given.block(one) for one in content.blocks))


class _Given:
    """What a paper got later; empty and None where it had it from the start."""

    def __init__(self, number: str, day: date | None) -> None:
        self.number = number
        self.day = day

    def block(self, block: Block) -> Block:
        match block:
            case Registration(left, right):
                return Registration(self._alone(left), self._alone(right))
            case Annex(mark=lines):
                return replace(block, mark=tuple(self._inside(line) for line in lines))
            case ApprovalStamp(lines):
                return ApprovalStamp(tuple(self._inside(line) for line in lines))
            case Heading(text=text) if text.endswith(_NUMBER):
                return replace(block, text=self._inside(text))
        return block

    def _alone(self, text: str) -> str:
        if text == blanks.DATE and self.day is not None:
            return date_in_words(self.day)
        return self._inside(text)

    def _inside(self, line: str) -> str:
        """Return a line with «от ____» and with the number that it ends with."""
        if self.number and line.endswith(_NUMBER):
            line = line.removesuffix(_NUMBER) + typeset(f"№ {self.number}")
        if self.day is None:
            return line
        return _DATED.sub(rf"\g<from>{date_in_words(self.day)}", line)
