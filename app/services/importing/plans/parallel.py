"""Planning tables with parallel directions: side by side, with rows that are for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.importing.plans.grid import continues, glued
from app.services.importing.plans.lines import Draft, Lines


@dataclass
class ParallelLines(Lines):
    """Reads rows of several directions; each direction has its own columns."""

    def heading_of(
        self, row: int, filled: Sequence[tuple[int, str]], *, page: bool = False
    ) -> tuple[str, str] | None:
        """Return a heading: one text over all columns, or alone in the first of them."""
        if len(filled) != 1:
            return None
        column, text = filled[0]
        wide = self.cells.last_column(row, column) >= self.cells.width - 1
        alone = column == 0 and not continues(text)
        return ("", text) if column == 0 and (wide or alone) else None

    def _activity(self, row: int, filled: Sequence[tuple[int, str]], *, page: bool) -> None:
        texts = dict(filled)
        titles = [at for at, one in enumerate(self.header.columns) if one.field == "title"]
        if all(continues(text) for text in texts.values()) and self._resume(row, texts):
            return
        if self._spans_all(row, texts, titles):
            draft = Draft(row, title=texts.pop(titles[0]))
            for column, text in texts.items():
                self.put(draft, row, column, text)
            self.drafts.append(draft)
            return
        for direction, column in enumerate(titles):
            self._one(row, direction, column, texts)

    def _spans_all(self, row: int, texts: dict[int, str], titles: Sequence[int]) -> bool:
        """Return whether the activity of a row is for all directions.

        Its cell reaches beyond its own direction, or stands alone with the one who answers in a
        column of another direction.
        """
        if not texts.get(titles[0]) or any(texts.get(one) for one in titles[1:]):
            return False
        if self.cells.last_column(row, titles[0]) >= titles[1]:
            return True
        own = range(titles[0] + 1, titles[1])
        return not any(texts.get(at) for at in own) and any(at >= titles[1] for at in texts)

    def _resume(self, row: int, texts: dict[int, str]) -> bool:
        """Add a row that a page cut off to the activities above; False when there are none."""
        first = next((one for one in reversed(self.drafts)), None)
        if first is None or first.level:
            return False
        if first.direction is None:
            first.last = row
            for column, text in texts.items():
                self._add(first, column, text)
            return True
        for column, text in texts.items():
            direction = self.header.columns[column].direction
            last = self._last(direction)
            if last is None:
                return False
            last.last = row
            self._add(last, column, text)
        return True

    def _last(self, direction: int | None) -> Draft | None:
        """Return the last activity since the last heading that is for a direction."""
        for draft in reversed(self.drafts):
            if draft.level:
                return None
            if draft.direction in (direction, None):
                return draft
        return None

    def _add(self, draft: Draft, column: int, text: str) -> None:
        field = self.header.columns[column].field
        if field == "title":
            draft.title = glued(draft.title, text)
        else:
            draft.cells[field] = glued(draft.cells.get(field, ""), text)

    def _one(self, row: int, direction: int, column: int, texts: dict[int, str]) -> None:
        """Add what a row says of one direction."""
        own = {
            at: texts[at]
            for at, one in enumerate(self.header.columns)
            if one.direction == direction and at in texts
        }
        if not own:
            return
        last = self._last(direction)
        if column not in own and last is not None:
            last.last = row
            for at, text in own.items():
                self._add(last, at, text)
            return
        draft = Draft(row, direction=direction)
        for at, text in own.items():
            self.put(draft, row, at, text)
        if not draft.title:
            self._untitled(draft, row)
        self.drafts.append(draft)
