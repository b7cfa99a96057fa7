"""What a use case changed, so that pages reload only their part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Topic(Enum):
    """A part of the data that pages show."""

    SCHOOLS = "schools"
    RESULTS = "results"
    RECORDS = "records"
    DECISIONS = "decisions"
    IMPORTS = "imports"
    OFFICE = "office"
    DOCUMENTS = "documents"
    SETTINGS = "settings"
    FORMS = "forms"
    PEOPLE = "people"
    SUPPORT = "support"
    PROGRAMMES = "programmes"
    ROADMAPS = "roadmaps"
    INDICATORS = "indicators"
    CYCLE = "cycle"


@dataclass(frozen=True)
class ChangeSet:
    """The topics touched by one write block; empty when nothing changed."""

    topics: frozenset[Topic] = frozenset()

    @classmethod
    def of(cls, *topics: Topic) -> ChangeSet:
        """Return the set of the given topics."""
        return cls(frozenset(topics))
