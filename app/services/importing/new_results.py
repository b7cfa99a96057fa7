"""Results of a block that nothing is known of and nothing has to be said of, planned at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

from app.services.importing.bulk import made
from app.services.importing.compared import Figures, FiguresKey, ResultKey
from app.services.importing.drafts import Draft, Spot
from app.services.importing.facts import Block, ResultFact
from app.services.importing.loaded import LoadedSheet
from app.services.importing.plan import Change, ChangeKind
from app.services.importing.writes import ResultWrite


class NewResults:
    """Collects such results of one block, in the order of the file."""

    def __init__(self, draft: Draft, sheet: LoadedSheet, block: Block) -> None:
        self.draft = draft
        self.block = block
        self._sheet = sheet
        self._clear()

    def _clear(self) -> None:
        self.keys: dict[ResultKey, None] = {}
        self._facts: list[ResultFact] = []
        self._names: list[str] = []
        self._items: list[str] = []

    def add(self, key: ResultKey, fact: ResultFact, name: str, item: str) -> None:
        """Take a result of the school ``name``; ``item`` is the title of its procedure."""
        self.keys[key] = None
        self._facts.append(fact)
        self._names.append(name)
        self._items.append(item)

    def add_all(
        self,
        keys: Mapping[ResultKey, None],
        facts: Iterable[ResultFact],
        names: Sequence[str],
        item: str,
    ) -> None:
        """Take the results of one procedure: of each its key, the fact and the school's name."""
        self.keys.update(keys)
        self._facts.extend(facts)
        self._names.extend(names)
        self._items.extend(repeat(item, len(names)))

    def figures(self) -> Iterable[tuple[FiguresKey, Figures]]:
        """Return the rows of figures by their keys, for comparing with other rows of the load."""
        count, facts = len(self._facts), self._facts
        places = (repeat(self.draft), repeat(self._sheet), repeat(self.block), facts)
        spots = made(Spot, count, places)
        marks = [fact.marks for fact in facts]
        rows = made(Figures, count, (spots, self.keys, self._names, self._items, marks))
        return zip(self.keys, rows, strict=True)

    def writes(self, block: int) -> list[ResultWrite]:
        """Return what is to be stored; ``block`` is the index of the block among the writes."""
        schools = [school for school, _ in self.keys]
        columns = (schools, self._facts, repeat(block), repeat(None), repeat(()))
        return made(ResultWrite, len(schools), columns)

    def record(self) -> None:
        """Put the results into the plan of the file as new ones, and begin anew."""
        rows = [fact.rows for fact in self._facts]
        sheet = self._sheet.sheet
        columns = (
            repeat(ChangeKind.NEW), self._names, self._items, repeat(sheet), rows, repeat(()),
            repeat(""),
        )  # fmt: skip
        self.draft.changes.extend(made(Change, len(rows), columns))
        self.draft.count_all(sheet, rows, ChangeKind.NEW)
        self._clear()
