"""Facts of a programme read once: editing its outline again and again need not ask the database."""

from __future__ import annotations

from dataclasses import replace

from app.services.documents.programme.facts import ProgrammeFacts
from app.services.documents.programme.gathering import gather
from app.services.documents.programme.results_rows import result_facts
from app.services.workspace import Workspace


class KeptFacts:
    """The facts of one programme as they were first read.

    An outline that is edited needs the same facts over and over; only a table, picture or text of
    results that no block asked for before is read anew.  Whoever keeps this object drops it when
    anything but the outline has changed.
    """

    def __init__(self, workspace: Workspace, programme_id: int) -> None:
        self._workspace = workspace
        self.programme_id = programme_id
        self._facts: ProgrammeFacts | None = None
        self._asked: set[str] = set()

    def facts(self, wanted: set[str]) -> ProgrammeFacts:
        """Return the facts with at least what is ``wanted`` of the results."""
        missing = wanted - self._asked
        if self._facts is None:
            self._facts = gather(self._workspace, self.programme_id, wanted)
        elif missing:
            self._facts = _with_more(self._facts, self._workspace, missing)
        self._asked |= wanted
        return self._facts


def _with_more(facts: ProgrammeFacts, workspace: Workspace, missing: set[str]) -> ProgrammeFacts:
    found = result_facts(workspace, facts.first_year, missing)
    return replace(
        facts,
        tables={**facts.tables, **found.tables},
        charts={**facts.charts, **found.charts},
        texts={**facts.texts, **found.texts},
    )
