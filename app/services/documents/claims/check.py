"""Every claim of a text against everything that the tables say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.services.documents.claims.acts import CitedPaper, Paper, cited_wrongly
from app.services.documents.claims.comparing import discrepancies
from app.services.documents.claims.indicators import Title, indicator_claims
from app.services.documents.claims.parts import parts_beyond_whole
from app.services.documents.claims.periods import period_claims
from app.services.documents.claims.procedures import Memory, procedure_claims
from app.services.documents.claims.reading import count_claims, read_sentences
from app.services.documents.claims.types import Claim, Discrepancy, Known
from app.services.documents.claims.vocabulary import Phrase


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that a text can be compared with."""

    known: tuple[Known, ...] = ()
    titles: tuple[Title, ...] = ()
    """Of the indicators."""
    subjects: Mapping[str, Phrase] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    """Words of the district's own name, which change nothing of what is counted."""
    papers: tuple[Paper, ...] = ()
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextFaults:
    """What is wrong with the figures of one text."""

    figures: tuple[Discrepancy, ...] = ()
    papers: tuple[CitedPaper, ...] = ()
    sums: tuple[str, ...] = ()
    """Parts that do not make their whole, each as a Russian sentence."""


def faults_of(text: str, knowledge: Knowledge) -> TextFaults:
    """Return what the tables say otherwise, in the order of the text."""
    read = tuple(read_sentences(text))
    return TextFaults(
        tuple(discrepancies(_claims(text, knowledge), knowledge.known)),
        tuple(cited_wrongly(text, knowledge.papers, knowledge.offices)),
        tuple(fault for sentence in read for fault in parts_beyond_whole(sentence)),
    )


def _claims(text: str, knowledge: Knowledge) -> Iterator[tuple[Claim, ...]]:
    """Return the claims of a text; a figure beside the title of an indicator is of that alone."""
    memory = Memory()
    for sentence in read_sentences(text):
        of_indicator = tuple(indicator_claims(sentence, knowledge.titles))
        yield from of_indicator
        if not of_indicator:
            yield from count_claims(sentence, knowledge.names)
            yield from procedure_claims(sentence, knowledge.subjects, memory)
        yield from period_claims(sentence)
