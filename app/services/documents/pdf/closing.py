"""A signature and what it takes along: the last rows of a table, the last lines of a text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from reportlab.platypus import Flowable


class Closed(Flowable):
    """A table or a long paragraph with the signature under it.

    Where a page ends the body is cut, so that some of it stands on the page of the signature.
    """

    def __init__(self, body: Flowable, closing: list[Flowable], page_height: float) -> None:
        super().__init__()
        self._body = body
        self.closing = closing
        self._page_height = page_height
        self.spaceBefore = body.getSpaceBefore()
        self.spaceAfter = closing[-1].getSpaceAfter()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size of the body and all under it."""
        self.width = width
        self._top = self._body.wrap(width, height)[1]
        self._heights = [
            max(over.getSpaceAfter(), one.getSpaceBefore()) + one.wrap(width, height)[1]
            for over, one in pairwise([self._body, *self.closing])
        ]
        self.height = self._top + sum(self._heights)
        return self.width, self.height

    def split(self, width: float, room: float) -> list[Flowable]:
        """Cut the body so that its last part keeps the signature, or nothing to begin anew."""
        self.wrap(width, room)
        parts: list[Any] = self._body.split(width, min(room, self._top - 1))
        if len(parts) > 1:
            return [*parts[:-1], Closed(parts[-1], self.closing, self._page_height)]
        # One row as tall as the page: there is nothing to take along.
        return [self._body, *self.closing] if room >= self._page_height - 1 else []

    def draw(self) -> None:
        """Draw the body, and the signature right under it."""
        top = self.height - self._top
        self._body.drawOn(self.canv, 0, top)
        for one, height in zip(self.closing, self._heights, strict=True):
            top -= height
            one.drawOn(self.canv, 0, top)
