"""Every claim of a text against everything that the tables say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.services.documents.claims.acts import CitedPaper, Issuer, Paper, cited_wrongly
from app.services.documents.claims.comparing import confirmed, discrepancies
from app.services.documents.claims.indicators import Title, indicator_claims
from app.services.documents.claims.parts import parts_beyond_whole
from app.services.documents.claims.periods import period_claims
from app.services.documents.claims.procedures import procedure_claims, remembered
from app.services.documents.claims.reading import Sentence, count_claims, read_sentences
from app.services.documents.claims.types import Claim, Discrepancy, Known
from app.services.documents.claims.vocabulary import Phrase, vocabulary


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
    office: Issuer = field(default_factory=Issuer)


@dataclass(frozen=True, slots=True)
class TextFaults:
    """What is wrong with the figures of one text."""

    figures: tuple[Discrepancy, ...] = ()
    papers: tuple[CitedPaper, ...] = ()
    sums: tuple[str, ...] = ()
    """Parts that do not make their whole, each as a Russian sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text with what a reader knows of it before reading."""

    text: str
    title: str = ""
    """The titles over it: they may name the assessment, the subject and the year."""
    planned: bool = False
    """It says what is wanted: how many schools there are now is not compared with it."""


def faults_of(told: Told, knowledge: Knowledge) -> TextFaults:
    """Return what the tables say otherwise, in the order of the text."""
    text = told.text
    read = tuple(read_sentences(text))
    claims = _claims(told, read, knowledge)
    return TextFaults(
        tuple(discrepancies(claims, knowledge.known)),
        tuple(cited_wrongly(text, knowledge.papers, knowledge.office)),
        tuple(fault for sentence in read for fault in parts_beyond_whole(sentence)),
    )


def _claims(
    told: Told, read: Sequence[Sentence], knowledge: Knowledge
) -> Iterator[tuple[Claim, ...]]:
    """Return the claims of a text; a figure beside the title of an indicator is of that alone."""
    title = remembered(told.title, knowledge.subjects)
    memory = replace(title)
    for sentence in read:
        of_school = sentence.of_one_school
        of_indicator = tuple(indicator_claims(sentence, knowledge.titles))
        yield from of_indicator
        if not of_indicator:
            counts = _uncontrasted(count_claims(sentence, knowledge.names), knowledge.known)
            for one in counts:
                wanted = told.planned and _is_state(one)
                if not wanted and not (of_school and _may_be_of_school(one)):
                    yield one
        if not of_indicator and not told.planned and not of_school:
            yield from procedure_claims(sentence, knowledge.subjects, memory, title)
        yield from period_claims(sentence)


def _may_be_of_school(claims: tuple[Claim, ...]) -> bool:
    """Return whether one school has a figure of this kind too: pupils, teachers, a plan."""
    own = {one.key for one in vocabulary().senses if one.plural}
    return any(claim.measure in own for claim in claims)


def _uncontrasted(
    counts: Sequence[tuple[Claim, ...]], known: Sequence[Known]
) -> Iterator[tuple[Claim, ...]]:
    """Return the figures of a sentence without those that another of them explains.

    «В трудных условиях работают 5 школ, но в перечень вошли 3»: where one figure is what a table
    says, the other of the same measure and year counts something else.
    """
    said = {
        (claim.measure, claim.year, claim.about)
        for meanings in counts
        for claim in confirmed(meanings, known)
    }
    for meanings in counts:
        same = any((one.measure, one.year, one.about) in said for one in meanings)
        if not same or confirmed(meanings, known):
            yield meanings


def _is_state(claims: tuple[Claim, ...]) -> bool:
    """Return whether a figure counts what is there now and not what the programme holds."""
    yearly = {one.key for one in vocabulary().senses if one.yearly}
    return any(claim.measure in yearly for claim in claims)
