"""The parts of a programme as blocks: each by the layout that its part asks for."""

from __future__ import annotations

from app.services.documents.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    NumberedPoints,
    Paragraph,
    Point,
    Run,
    Table,
)
from app.services.documents.language import typeset_lines
from app.services.documents.programme.facts import ItemFacts
from app.services.documents.widths import align_of, weight_of
from app.services.programmes import Layout, Part

_NUMBER_WEIGHT = 3.0
_PASSPORT_WEIGHTS = (30.0, 70.0)


def part_blocks(part: Part, items: tuple[ItemFacts, ...]) -> list[Block]:
    """Return the blocks of a part; none where nothing was entered."""
    if not items:
        return []
    match part.layout:
        case Layout.TEXT:
            return [_paragraph(line) for item in items for line in item.text.split("\n")]
        case Layout.BULLETS:
            return [Bullets(_points(part, items))]
        case Layout.NUMBERED:
            return [NumberedPoints(_points(part, items))]
        case Layout.TABLE:
            return [_table(part, items)]
        case Layout.KEY_VALUE:
            return [_key_value(part, items)]
        case Layout.QUADRANTS:
            return [_quadrants(part, items)]
        case Layout.GROUPED:
            return _grouped(part, items)


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run(typeset_lines(text)),))


def _points(part: Part, items: tuple[ItemFacts, ...]) -> tuple[Point, ...]:
    return tuple(Point(_with_fields(part, item), _points(part, item.items)) for item in items)


def _with_fields(part: Part, item: ItemFacts) -> str:
    """Return the text of an entry with the fields that belong to it in a list."""
    added = [
        item.data[field.name]
        for field in part.fields
        if field.printed and not field.choices and item.data.get(field.name)
    ]
    text = typeset_lines(item.text)
    if part.key == "legal_basis":
        return text
    return " – ".join([text, *(typeset_lines(value) for value in added)])


def _table(part: Part, items: tuple[ItemFacts, ...]) -> Table:
    shown = [field for field in part.fields if field.printed]
    shown = [f for f in shown if any(_has(item, f.name) for item in items)] or shown[:1]
    flat = _flat(items)
    columns = [Column(part.text, weight_of(item.text for item in flat))]
    columns += [
        Column(
            one.title,
            weight_of(item.data.get(one.name, "") for item in flat),
            align_of(one.title),
        )
        for one in shown
    ]
    if part.numbered:
        columns.insert(0, Column("№", _NUMBER_WEIGHT, Align.CENTER))
    rows = [
        _row(part, item, str(index), [field.name for field in shown])
        for index, item in enumerate(flat, start=1)
    ]
    return Table(tuple(columns), tuple(rows))


def _row(part: Part, item: ItemFacts, number: str, names: list[str]) -> tuple[str, ...]:
    cells = [typeset_lines(item.text), *(typeset_lines(item.data.get(name, "")) for name in names)]
    return (item.number or number, *cells) if part.numbered else tuple(cells)


def _has(item: ItemFacts, name: str) -> bool:
    return bool(item.data.get(name)) or any(_has(one, name) for one in item.items)


def _flat(items: tuple[ItemFacts, ...]) -> list[ItemFacts]:
    return [one for item in items for one in (item, *_flat(item.items))]


def _key_value(part: Part, items: tuple[ItemFacts, ...]) -> Table:
    name = part.fields[0].name
    left, right = _PASSPORT_WEIGHTS
    rows = tuple(
        (typeset_lines(item.text), typeset_lines(item.data.get(name, ""))) for item in items
    )
    return Table((Column(part.text, left), Column(part.fields[0].title, right)), rows, headed=False)


def _quadrants(part: Part, items: tuple[ItemFacts, ...]) -> Table:
    """Two columns and as many pairs of rows as the choices need: a title over its list."""
    field = part.fields[0]
    choices = field.choices
    rows: list[tuple[str | Cell, ...]] = []
    for left, right in zip(choices[::2], choices[1::2], strict=True):
        rows.append((_title(left), _title(right)))
        rows.append((_listed(items, field.name, left), _listed(items, field.name, right)))
    elsewhere = tuple(item for item in items if item.data.get(field.name) not in choices)
    if elsewhere:
        # What nobody has placed yet is printed, too: nothing entered is lost.
        rows.append((Cell(_dashed(elsewhere), columns=2),))
    return Table((Column("", 50.0), Column("", 50.0)), tuple(rows), headed=False)


def _title(text: str) -> Cell:
    return Cell(text, align=Align.CENTER, bold=True)


def _listed(items: tuple[ItemFacts, ...], name: str, choice: str) -> str:
    return _dashed(tuple(item for item in items if item.data.get(name) == choice))


def _dashed(items: tuple[ItemFacts, ...]) -> str:
    return "\n".join(f"– {typeset_lines(item.text)}" for item in items)


def _grouped(part: Part, items: tuple[ItemFacts, ...]) -> list[Block]:
    field = part.fields[0]
    made: list[Block] = []
    left = [item for item in items if item.data.get(field.name) not in field.choices]
    for choice in field.choices:
        found = tuple(item for item in items if item.data.get(field.name) == choice)
        if found:
            made.append(Paragraph((Run(typeset_lines(f"{choice.capitalize()}:"), bold=True),)))
            made.append(Bullets(_points(part, found)))
    return [*made, Bullets(_points(part, tuple(left)))] if left else made
