"""From a row of the page «Сегодня» to the place where it is worked on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.ui.context import Context
from app.ui.pages.today.lines import Row

Opening = Callable[[Row], None]


class TargetOpener:
    """Knows a way to each place; a place without one of its own is a page with that key."""

    def __init__(self, context: Context, ways: Mapping[str, Opening]) -> None:
        self._context = context
        self._ways = {"schools": self._school, **ways}

    def open(self, row: Row) -> None:
        """Show the row in its own place."""
        way = self._ways.get(row.page)
        if way is not None:
            way(row)
        else:
            self._context.page_wanted.emit(row.page)

    def _school(self, row: Row) -> None:
        if row.school_id is not None:
            self._context.school_wanted.emit(row.school_id)
