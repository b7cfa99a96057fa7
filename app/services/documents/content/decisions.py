"""The protocol of decisions on paper: who decided what of which school, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.documents.blocks import (
    Align,
    Block,
    Column,
    Content,
    Heading,
    Meta,
    Paragraph,
    Role,
    Run,
    Table,
)
from app.services.documents.content.facts import Say
from app.services.documents.language import typeset

KIND = "decisions"


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision in words; ``reason`` is that of the person, else that of the calculation."""

    when: str
    who: str
    school: str
    category: str
    computed: str
    basis: str
    reason: str
    current: bool


def decisions_content(
    office: str, year: int, profile: str, lines: Sequence[DecisionLine], say: Say
) -> Content:
    """Return the protocol of a year, the newest decision first."""
    title = say("title", year=str(year))
    blocks: list[Block] = [Heading(typeset(title))]
    if lines:
        blocks += [_table(lines, say), Paragraph((Run(typeset(say("note"))),), Role.NOTE)]
    else:
        blocks.append(Paragraph((Run(typeset(say("nothing", year=str(year)))),)))
    return Content(typeset(title), KIND, profile, tuple(blocks), Meta(typeset(office), year))


def _table(lines: Sequence[DecisionLine], say: Say) -> Table:
    titles = ("when", "school", "category", "computed", "reason", "current")
    weights = (15.0, 21.0, 12.0, 12.0, 32.0, 8.0)
    columns = tuple(
        Column(typeset(say(f"column_{title}")), weight, Align.LEFT)
        for title, weight in zip(titles, weights, strict=True)
    )
    return Table(columns, tuple(_row(line, say) for line in lines))


def _row(line: DecisionLine, say: Say) -> tuple[str, ...]:
    when = f"{line.when}, {line.who or say('unknown')}"
    why = f"{line.basis}: {line.reason}"
    current = say("yes" if line.current else "no")
    cells = (when, line.school, line.category, line.computed, why, current)
    return tuple(typeset(cell) for cell in cells)
