"""Everything doubtful about a programme before it is printed, each with the block it leads to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.models.schools import School, SchoolAlias
from app.services import indicators, programmes
from app.services.documents.checking import DocumentFinding, FindingKind, check_content
from app.services.documents.office_words import in_office_words
from app.services.documents.programme.service import build_programme
from app.services.documents.programme.types import OutlineBlock, ProgrammeDraft
from app.services.workspace import Workspace

_NUMBER = re.compile(r"(?<![\d,.])\d+(?:,\d+)?(?![\d,]*\d)")


@dataclass(frozen=True, slots=True)
class ProgrammeFinding:
    """A finding and where it leads: a block of the outline, or an entry or indicator by id."""

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
        *_figures(draft),
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


def _figures(draft: ProgrammeDraft) -> Iterator[ProgrammeFinding]:
    """Numbers of a text that a person rewrote and that the data do not say any more."""
    for block in _rewritten(draft.outline):
        proposed = " ".join(draft.texts.get(str(block.body["auto"]), ()))
        known = set(_NUMBER.findall(proposed))
        if not known:
            continue
        own = dict.fromkeys(_NUMBER.findall(str(block.body["text"])))
        foreign = [number for number in own if number not in known]
        if foreign:
            yield ProgrammeFinding(
                DocumentFinding(
                    FindingKind.FIGURE,
                    f"В своём тексте есть числа, которых нет в данных: {', '.join(foreign)}.",
                    f"По данным: «{proposed[:200]}». Кнопка «Вернуть авто» возьмёт этот текст.",
                    f"блок «{block.title or 'Текст'}»",
                    None,
                ),
                block_id=block.id,
            )


def _rewritten(blocks: tuple[OutlineBlock, ...]) -> Iterator[OutlineBlock]:
    """Return the printed blocks with an own text in place of a proposed one."""
    for block in blocks:
        if block.included:
            if block.body.get("auto") and block.body.get("text"):
                yield block
            yield from _rewritten(block.blocks)


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
