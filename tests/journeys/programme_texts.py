"""Reads the short form of a whole programme and enters it as a person would, part by part.

``! preset`` and its like come first; ``# part`` opens a part of the programme; two spaces nest an
entry in the one above; tabs part the cells of an entry, as they do in what is pasted from a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.models.enums import ProgrammeKind
from app.services import cycle, programmes
from app.services.workspace import Workspace

_INDENT = "  "


@dataclass
class Text:
    """A programme as written in its file: parts with their lines, in order."""

    preset: str
    kind: ProgrammeKind
    title: str
    first_year: int
    last_year: int
    parts: dict[str, list[str]] = field(default_factory=dict)

    @property
    def cells(self) -> Iterator[str]:
        """Yield every text that must be found again on paper."""
        for lines in self.parts.values():
            for line in lines:
                yield from (cell.strip() for cell in line.split("\t") if cell.strip())


def read(name: str) -> Text:
    """Return the programme of that name."""
    path = Path(__file__).parent / "programmes" / f"{name}.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    head = dict(line[2:].split("\t", 1) for line in lines if line.startswith("! "))
    first, last = (int(year) for year in head["years"].split("\t"))
    text = Text(head["preset"], ProgrammeKind(head["kind"]), head["title"], first, last)
    for line in lines:
        if line.startswith("# "):
            text.parts[line[2:]] = []
        elif not line.startswith("! "):
            text.parts[list(text.parts)[-1]].append(line)
    return text


def enter(workspace: Workspace, text: Text, programme: int | None = None) -> int:
    """Enter a programme, or fill the one that a load made; return its id."""
    form = programmes.ProgrammeForm(text.kind, text.title, text.first_year, text.last_year)
    made = programmes.save_programme(workspace, form, programme).id
    for key, lines in text.parts.items():
        if key == "monitoring":
            cycle.paste_monitoring(workspace, made, [line.split("\t") for line in lines])
        elif key == "recommendations":
            for line in lines:
                wanted = cycle.RecommendationForm(text.first_year, "school", line)
                cycle.save_recommendation(workspace, wanted)
        else:
            _enter_part(workspace, made, key, lines)
    return made


def _enter_part(workspace: Workspace, programme: int, key: str, lines: list[str]) -> None:
    parent: int | None = None
    for at, line in enumerate(lines):
        if line.startswith(_INDENT):
            programmes.add_items(workspace, programme, key, [line.strip()], parent)
            continue
        names = [one.name for one in programmes.part(key).fields]
        text, *cells = line.split("\t")
        nested = at + 1 < len(lines) and lines[at + 1].startswith(_INDENT)
        data = dict(zip(names, cells, strict=False))
        saved = programmes.save_item(workspace, programme, programmes.ItemForm(key, text, data))
        parent = saved.id if nested else None
