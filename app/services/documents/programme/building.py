"""From an outline and the facts of a programme to the blocks of its document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.services.documents.blocks import (
    Block,
    Chart,
    Column,
    Contents,
    Heading,
    NewPage,
    Paragraph,
    Role,
    Run,
    Table,
    Title,
)
from app.services.documents.language import typeset_lines
from app.services.documents.programme.facts import ProgrammeFacts, RoadmapFacts
from app.services.documents.programme.kinds import BLOCK_KINDS
from app.services.documents.programme.parts_content import part_blocks
from app.services.documents.programme.plan_content import indicator_blocks, roadmap_blocks
from app.services.documents.programme.support_content import (
    curator_blocks,
    network_blocks,
    risk_blocks,
    table_blocks,
)
from app.services.documents.programme.types import Empty, OutlineBlock
from app.services.programmes import part

_DEEPEST = 4


@dataclass
class Built:
    """The blocks of a document, what was empty, and where each block of the outline begins."""

    blocks: list[Block] = field(default_factory=list)
    empty: list[Empty] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    """The number that the program gave to the heading of a printed block."""

    def note_empty(self, block: OutlineBlock) -> None:
        """Name a block that nothing was printed of."""
        title = block.title or BLOCK_KINDS[block.kind].title
        if block.kind == "part" and not block.title:
            title = part(str(block.body["part"])).title
        self.empty.append(Empty(block.id, title))


def build(
    outline: tuple[OutlineBlock, ...], facts: ProgrammeFacts, front: TitleFacts, top_level: int = 1
) -> Built:
    """Return the document of an outline; headings begin on ``top_level`` and are numbered."""
    built = _built(outline, facts, front, top_level)
    if any(isinstance(block, Heading) for block in built.blocks):
        return built
    # Without headings a contents would be a sheet with one word on it.
    rest = tuple(block for block in outline if block.kind != "contents")
    bare = _built(rest, facts, front, top_level)
    for block in outline:
        if block.kind == "contents" and block.included:
            bare.note_empty(block)
    return bare


def _built(
    outline: tuple[OutlineBlock, ...], facts: ProgrammeFacts, front: TitleFacts, top_level: int
) -> Built:
    builder = _Builder(facts, front)
    builder.add_all(outline, "", top_level)
    return builder.built


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What stands on the title sheet unless the block says otherwise."""

    lines: tuple[str, ...]
    foot: str


class _Builder:
    """Walks the outline; a heading is written only when something stands under it."""

    def __init__(self, facts: ProgrammeFacts, front: TitleFacts) -> None:
        self._facts = facts
        self._front = front
        self._landscape = False
        self.built = Built()

    def add_all(
        self, outline: tuple[OutlineBlock, ...], prefix: str, level: int, *, sideways: bool = False
    ) -> None:
        """Add blocks that stand side by side, counting those with a heading.

        ``sideways`` is how the sheet lies for those that do not say it themselves.
        """
        counted = 0
        for block in outline:
            if not block.included:
                continue
            number = ""
            if block.title and block.body.get("numbered", True):
                number = f"{prefix}{counted + 1}."
            lies = bool(block.body.get("landscape", sideways))
            if self._add(block, number, level, lies) and number:
                self.built.numbers[block.id] = number
                counted += 1

    def _add(self, block: OutlineBlock, number: str, level: int, sideways: bool) -> bool:
        """Add one block with what stands in it; return whether anything was printed."""
        built = self.built
        start, was_landscape = len(built.blocks), self._landscape
        self._turn(block, sideways)
        headed = len(built.blocks)
        if block.title:
            text = f"{number} {block.title}".strip()
            built.blocks.append(Heading(typeset_lines(text), min(level, _DEEPEST)))
        filled = len(built.blocks)
        built.blocks += _captioned(block.body, self._content(block))
        inner = number if block.title and number else ""
        self.add_all(block.blocks, inner, level + 1 if block.title else level, sideways=sideways)
        if len(built.blocks) == filled:
            del built.blocks[start:]
            self._landscape = was_landscape
            built.note_empty(block)
            return False
        built.places[block.id] = headed
        return True

    def _turn(self, block: OutlineBlock, sideways: bool) -> None:
        """Begin a new page where the block asks for one or the sheet must be turned."""
        # The very first page is there already; only a sheet on its side must be asked for.
        breaks = bool(block.body.get("new_page", False)) and bool(self.built.blocks)
        if sideways != self._landscape or breaks:
            self._landscape = sideways
            self.built.blocks.append(NewPage(sideways))

    def _content(self, block: OutlineBlock) -> list[Block]:
        facts, body = self._facts, block.body
        match block.kind:
            case "text":
                return self._text(body)
            case "part":
                key = str(body["part"])
                return part_blocks(part(key), facts.parts.get(key, ()))
            case "roadmap":
                return [made for one in self._roadmaps(body) for made in roadmap_blocks(one)]
            case "indicators":
                by_goal = bool(body.get("by_goal", False))
                return indicator_blocks(facts.indicators, facts.indicator_columns, by_goal=by_goal)
            case "title":
                return [self._title(body)]
            case "contents":
                return [Contents("Содержание", int(body.get("depth", 2)))]
            case "new_page":
                return [NewPage(self._landscape)]
            case "free_table":
                return _free_table(body)
            case "chart":
                picture = facts.charts.get(str(body.get("chart", "")))
                return [Chart(picture, bool(body.get("grey", False)))] if picture else []
        return self._support(block)

    def _support(self, block: OutlineBlock) -> list[Block]:
        facts = self._facts
        match block.kind:
            case "risks":
                return risk_blocks(facts.risks)
            case "curators":
                return curator_blocks(facts.curators)
            case "coordinators":
                return curator_blocks(facts.coordinators)
            case "networks":
                return network_blocks(facts.networks)
            case "mentors":
                return table_blocks(facts.mentors)
            case "monitoring":
                return table_blocks(facts.monitoring)
            case "recommendations":
                return table_blocks(facts.recommendations)
            case "results":
                table = facts.tables.get(str(block.body.get("table", "")))
                return [table] if table else []
        return []

    def _text(self, body: Mapping[str, Any]) -> list[Block]:
        """Return the own text, or else the proposed one."""
        own = str(body.get("text", ""))
        lines = own.split("\n") if own else self._facts.texts.get(str(body.get("auto", "")), ())
        return [Paragraph((Run(typeset_lines(line)),)) for line in lines if line.strip()]

    def _roadmaps(self, body: Mapping[str, Any]) -> list[RoadmapFacts]:
        """Return the roadmap by its id or place; without either, all of them."""
        known = self._facts.roadmaps
        if "roadmap" in body:
            found = known.get(int(body["roadmap"]))
            return [found] if found else []
        listed = list(known.values())
        if "position" not in body:
            return listed
        position = int(body["position"])
        return listed[position - 1 : position]

    def _title(self, body: Mapping[str, Any]) -> Title:
        lines = tuple(str(line) for line in body.get("lines", ())) or self._front.lines
        foot = str(body.get("foot", "")) or self._front.foot
        return Title(tuple(typeset_lines(line) for line in lines), typeset_lines(foot))


def _captioned(body: Mapping[str, Any], made: list[Block]) -> list[Block]:
    """Put the caption over the table and the note under it."""
    if not made:
        return []
    over = str(body.get("caption", ""))
    under = str(body.get("note", ""))
    before: list[Block] = [Paragraph((Run(typeset_lines(over)),), Role.CAPTION)] if over else []
    after: list[Block] = [Paragraph((Run(typeset_lines(under)),), Role.NOTE)] if under else []
    return [*before, *made, *after]


def _free_table(body: Mapping[str, Any]) -> list[Block]:
    """Return a table typed in by hand; short rows and the header are filled up with empty cells."""
    titles = [str(title) for title in body.get("columns", ())]
    if not titles:
        return []
    longest = max((len(row) for row in body.get("rows", ())), default=0)
    titles += [""] * (longest - len(titles))
    rows = tuple(
        tuple(typeset_lines(str(cell)) for cell in [*row, *[""] * (len(titles) - len(row))])
        for row in body.get("rows", ())
    )
    if not rows:
        return []
    return [Table(tuple(Column(typeset_lines(title), 10.0) for title in titles), rows)]
