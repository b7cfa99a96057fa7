"""Findings about figures: what texts claim and the tables say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.services.documents.blocks import (
    Bullets,
    Content,
    Heading,
    NumberedPoints,
    Paragraph,
    placed_texts,
)
from app.services.documents.checking import DocumentFinding, FindingKind, check_content
from app.services.documents.claims import (
    Knowledge,
    Told,
    faults_of,
    gather_knowledge,
    hint,
    message,
    says_what_is_wanted,
)
from app.services.documents.office_words import in_office_words
from app.services.workspace import Workspace

_YEAR = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)(?:\s?[/–-]\s?(?P<next>\d\d))?(?!\d)")
"""A year, or a school year with its second half cut short: «2024/25»."""
_TOLD = (Paragraph, NumberedPoints, Bullets)
"""Blocks of running text; tables are what it is compared with."""


def faults_of_texts(
    workspace: Workspace, year: int, programme_id: int | None, texts: Sequence[Told]
) -> Iterator[tuple[DocumentFinding, ...]]:
    """Return for each text what the tables say otherwise; the place is left to the caller.

    ``year`` is that of the paper or the first of the programme.
    """
    said = " ".join(f"{one.title} {one.text}" for one in texts)
    named = frozenset(_years_named(said))
    knowledge = gather_knowledge(workspace, year, programme_id, named)
    for text in texts:
        yield tuple(_findings(text, knowledge))


def _years_named(text: str) -> Iterator[int]:
    """Yield every year that a text names; results of a school year are of its second half."""
    for found in _YEAR.finditer(text):
        yield int(found["first"])
        if found["next"]:
            yield int(found["first"]) + 1


@in_office_words
def check_paper(
    workspace: Workspace, content: Content, programme_id: int | None = None
) -> tuple[DocumentFinding, ...]:
    """Return what to look at in a finished paper before it is signed, in reading order.

    What is left to fill by hand is told by the draft itself.
    """
    found = (
        *(one for one in check_content(content) if one.kind is not FindingKind.BLANK),
        *_figures_of(workspace, content, programme_id),
    )
    return tuple(sorted(found, key=lambda one: one.block or 0))


def _figures_of(
    workspace: Workspace, content: Content, programme_id: int | None
) -> tuple[DocumentFinding, ...]:
    """Return what the running text of a document says otherwise than the tables."""
    placed = [
        (index, piece)
        for index, piece in placed_texts(content)
        if isinstance(content.blocks[index], _TOLD)
    ]
    titles = _titles(content)
    texts = tuple(
        Told(piece.text, titles[index], says_what_is_wanted(titles[index]))
        for index, piece in placed
    )
    found = faults_of_texts(workspace, content.meta.year, programme_id, texts)
    return tuple(
        DocumentFinding(fault.kind, fault.message, fault.hint, piece.place, index)
        for (index, piece), faults in zip(placed, found, strict=True)
        for fault in faults
    )


def _titles(content: Content) -> list[str]:
    """Return for every block the headings that it stands under."""
    over: dict[int, str] = {}
    titles = []
    for block in content.blocks:
        if isinstance(block, Heading):
            over = {level: text for level, text in over.items() if level < block.level}
            over[block.level] = block.text
        titles.append(". ".join(over.values()))
    return titles


def _findings(text: Told, knowledge: Knowledge) -> Iterator[DocumentFinding]:
    faults = faults_of(text, knowledge)
    for one in faults.figures:
        yield DocumentFinding(FindingKind.FIGURE, message(one), hint(one), "", None)
    for cited in faults.papers:
        paper = cited.paper
        yield DocumentFinding(
            FindingKind.ACT,
            f"В тексте «{cited.quote}», а в реестре документов этот документ от "
            f"{paper.date:%d.%m.%Y} № {paper.number}: «{paper.title}».",
            "Исправьте номер и дату в тексте.",
            "",
            None,
        )
    for sentence in faults.sums:
        yield DocumentFinding(FindingKind.PERCENT, sentence, "Сверьте части с целым.", "", None)
