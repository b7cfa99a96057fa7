"""Everything doubtful about a programme before it is printed, each with the block it leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from app.models.schools import School, SchoolAlias
from app.services import indicators, programmes
from app.services.documents.checking import DocumentFinding, FindingKind, check_content
from app.services.documents.figure_findings import faults_of_texts
from app.services.documents.office_words import in_office_words
from app.services.documents.programme.own_words import written_texts
from app.services.documents.programme.service import build_programme
from app.services.documents.programme.types import OutlineBlock, ProgrammeDraft
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ProgrammeFinding:
    """A finding and where it leads: a block of the outline, an entry or an indicator by id.

    With both, the entry is printed by the block.
    """

    finding: DocumentFinding
    block_id: int | None = None
    item_id: int | None = None
    indicator_id: int | None = None


@in_office_words
def check_document(
    workspace: Workspace, programme_id: int, draft: ProgrammeDraft | None = None
) -> tuple[ProgrammeFinding, ...]:
    """Return what to look at before the programme is printed, in its order.

    ``draft`` is the document where it has been built already.
    """
    draft = draft or build_programme(workspace, programme_id)
    stored = programmes.programme(workspace, programme_id)
    period, approved = (stored.first_year, stored.last_year), stored.approval.date
    text = check_content(draft.content, period, _spellings(workspace), approved)
    acts = _acts_of(draft)
    found = (ProgrammeFinding(one, block_id=_block_of(draft, one.block)) for one in text)
    return (
        # The acts of the programme's own list are looked at one by one, with their fields.
        *(
            one
            for one in found
            if one.finding.kind is not FindingKind.ACT or one.block_id not in acts
        ),
        *_figures(workspace, stored, draft),
        *_items(workspace, programme_id),
        *_indicators(workspace, programme_id),
    )


def _acts_of(draft: ProgrammeDraft) -> set[int | None]:
    """Return the blocks that print the list of acts."""
    return {block.id for block in _all(draft.outline) if block.body.get("part") == "legal_basis"}


def _all(blocks: tuple[OutlineBlock, ...]) -> Iterator[OutlineBlock]:
    for block in blocks:
        yield block
        yield from _all(block.blocks)


def _block_of(draft: ProgrammeDraft, index: int | None) -> int | None:
    """Return the block of the outline that the text stands in: the last that begins before it."""
    if index is None:
        return None
    before = [(place, block) for block, place in draft.places.items() if place <= index]
    return max(before)[1] if before else None


def _spellings(workspace: Workspace) -> Mapping[str, frozenset[str]]:
    """Return the other names of every school: full ones and those that files use."""
    with workspace.database.read() as session:
        others: dict[int, set[str]] = defaultdict(set)
        for school_id, name in session.execute(select(SchoolAlias.school_id, SchoolAlias.name)):
            others[school_id].add(name)
        return {
            school.short_name: frozenset(others[school.id] - {school.short_name})
            for school in session.scalars(select(School))
        }


def _figures(
    workspace: Workspace, programme: programmes.ProgrammeRow, draft: ProgrammeDraft
) -> Iterator[ProgrammeFinding]:
    """Figures of texts that a person wrote and that the tables say otherwise."""
    rows = programmes.items(workspace, programme.id)
    texts = [*written_texts(draft.outline, rows)]
    found = faults_of_texts(
        workspace, programme.first_year, programme.id, tuple(one.told for one in texts)
    )
    for one, faults in zip(texts, found, strict=True):
        for fault in faults:
            yield ProgrammeFinding(
                replace(fault, place=one.place), block_id=one.block_id, item_id=one.item_id
            )


def _items(workspace: Workspace, programme_id: int) -> Iterator[ProgrammeFinding]:
    for one in programmes.check_programme(workspace, programme_id):
        kind = FindingKind.ACT if one.part == "legal_basis" else FindingKind.PART
        place = programmes.part(one.part).title if one.part else "утверждение программы"
        yield ProgrammeFinding(
            DocumentFinding(kind, one.text, "", place, None), item_id=one.item_id
        )


def _indicators(workspace: Workspace, programme_id: int) -> Iterator[ProgrammeFinding]:
    for one in indicators.check_table(indicators.indicator_table(workspace, programme_id)):
        yield ProgrammeFinding(
            DocumentFinding(FindingKind.INDICATOR, one.message, one.hint, "показатели", None),
            indicator_id=one.indicator_id,
        )
