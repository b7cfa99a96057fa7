"""A paper from its kind and frozen facts: head, body, annexes, closing, by ГОСТ Р 7.0.97."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.services.documents import blanks
from app.services.documents.blocks import (
    Addressee,
    Annex,
    ApprovalStamp,
    Block,
    Bullets,
    Cell,
    Column,
    Content,
    DocumentName,
    Heading,
    Letterhead,
    Meta,
    NewPage,
    NumberedPoints,
    Paragraph,
    Point,
    Registration,
    Role,
    Run,
    Signature,
    Table,
)
from app.services.documents.content.facts import OfficeFacts
from app.services.documents.language import (
    approved,
    date_in_words,
    initials,
    spaced,
    typeset,
    typeset_lines,
)
from app.services.documents.papers.filling import Filler
from app.services.documents.papers.types import AnnexSpec, Form, Item, PaperSpec

_WORDS = {
    "ПРИКАЗ": ("к приказу", "приказом"),
    "ПОСТАНОВЛЕНИЕ": ("к постановлению", "постановлением"),
    "РАСПОРЯЖЕНИЕ": ("к распоряжению", "распоряжением"),
}
"""How an annex refers to its document, and how the stamp names it."""
_PARTY_LINES = ("Наименование", "Адрес", "Руководитель", "Подпись", "Дата")


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a paper needs beside its sentences; ``sources`` are blocks made from the data."""

    office: OfficeFacts
    year: int
    profile: str
    sources: Mapping[str, tuple[Block, ...]]
    lines: Mapping[str, tuple[str, ...]]
    """Fields of lines by key."""
    parties: tuple[tuple[str, ...], ...] = ()
    """What is known of each side of a contract, in the order of the printed lines."""
    addressee: tuple[str, ...] = ()
    number: str = ""
    date: date | None = None


def paper_content(spec: PaperSpec, facts: PaperFacts, fill: Filler) -> Content:
    """Return the paper; what is empty is a blank to fill by hand."""
    title = fill(spec.title)
    blocks = [*_head(spec, facts, fill, title), *_body(spec, facts, fill)]
    for index, annex in enumerate(spec.annexes, start=1):
        number = index if len(spec.annexes) > 1 else None
        blocks += _annex(spec, annex, facts, fill, number)
    return Content(
        title=title,
        kind=spec.key,
        profile=facts.profile,
        blocks=tuple(blocks),
        meta=Meta(typeset(facts.office.name), facts.year, facts.number, facts.date),
        long_storage=spec.form is Form.ORDER,
    )


def _head(spec: PaperSpec, facts: PaperFacts, fill: Filler, title: str) -> list[Block]:
    day = date_in_words(facts.date) if facts.date else blanks.DATE
    number = typeset(f"№ {facts.number or blanks.NUMBER}")
    office = facts.office
    names = tuple(typeset(name) for name in (office.parent, office.name) if name)
    place = Paragraph((Run(typeset(office.place)),), Role.PLACE)
    match spec.form:
        case Form.ORDER:
            contacts = office.contacts if spec.word == "ПОСТАНОВЛЕНИЕ" else ()
            head: list[Block] = [Letterhead(names, office.emblem, contacts)]
            head.append(DocumentName(spaced(spec.word)))
            return [*head, Registration(day, number), place, Heading(title)]
        case Form.LETTER:
            to = tuple(typeset(line) for line in facts.addressee)
            letterhead = Letterhead(names, office.emblem, office.contacts)
            return [letterhead, Registration(day, number), Addressee(to), Heading(title)]
        case Form.CONTRACT:
            numbered = typeset(f"{title} № {facts.number or blanks.NUMBER}")
            return [Heading(numbered), Registration(typeset(office.place), day)]
        case Form.REPORT:
            turned: list[Block] = [NewPage(landscape=True)] if spec.landscape else []
            return [*turned, Heading(title)]


def _body(spec: PaperSpec, facts: PaperFacts, fill: Filler) -> list[Block]:
    made: list[Block] = []
    if spec.preamble:
        made.append(_text(fill(spec.preamble)))
    if spec.verb:
        made.append(_text(f"{spaced(spec.verb)}:"))
    made += _items(spec.body, facts, fill)
    if spec.form is Form.CONTRACT:
        return [*made, *_parties(spec, facts)]
    return [*made, *_closing(spec, facts, fill)] if spec.signed else made


def _items(items: tuple[Item, ...], facts: PaperFacts, fill: Filler) -> list[Block]:
    return [block for item in items for block in _item(item, facts, fill)]


def _item(item: Item, facts: PaperFacts, fill: Filler) -> list[Block]:
    if item.heading:
        return [Heading(fill(item.heading), 2)]
    if item.text:
        return [_text(fill(item.text))]
    if item.points:
        return [NumberedPoints(_under_first(_points(item.points, fill), item, facts, fill))]
    if item.bullets:
        listed = facts.lines.get(item.bullets, ())
        if not listed:
            return [_text(fill(f"{{{item.bullets}}}"))]
        return [Bullets(tuple(Point(typeset(line)) for line in listed))]
    found = facts.sources.get(item.source, ())
    if found or not item.otherwise:
        return list(found)
    return [_text(fill(item.otherwise))]


def _points(points: tuple[str | tuple[str, ...], ...], fill: Filler) -> tuple[Point, ...]:
    made: list[Point] = []
    for point in points:
        if isinstance(point, str):
            made.append(Point(fill(point)))
        else:
            made[-1] = Point(made[-1].text, tuple(Point(fill(one)) for one in point))
    return tuple(made)


def _under_first(
    points: tuple[Point, ...], item: Item, facts: PaperFacts, fill: Filler
) -> tuple[Point, ...]:
    """Return the points with those of the item's source under the first: «Внести изменения:»."""
    if not item.source:
        return points
    listed = [
        point
        for block in facts.sources.get(item.source, ())
        if isinstance(block, NumberedPoints)
        for point in block.points
    ]
    nested = tuple(listed) or (Point(fill(item.otherwise)),)
    return (replace(points[0], points=nested), *points[1:])


def _closing(spec: PaperSpec, facts: PaperFacts, fill: Filler) -> list[Block]:
    """Return the signature of the head with who made the paper, or those of its signatories."""
    if spec.signatories:
        return [Signature(one.post, initials(fill(one.name))) for one in spec.signatories]
    office = facts.office
    made: list[Block] = [Signature(typeset(office.head_post), initials(office.head_name))]
    if office.executor_name:
        lines = [f"Исполнитель: {initials(office.executor_name)}"]
        lines += [f"тел. {office.executor_phone}"] if office.executor_phone else []
        made += [Paragraph((Run(typeset(line)),), Role.EXECUTOR) for line in lines]
    return made


def _annex(
    spec: PaperSpec, annex: AnnexSpec, facts: PaperFacts, fill: Filler, number: int | None
) -> list[Block]:
    day = date_in_words(facts.date) if facts.date else blanks.DATE
    dated = f"от {day} № {facts.number or blanks.NUMBER}"
    dative, instrumental = _WORDS[spec.word]
    mark = (f"Приложение № {number}" if number else "Приложение", f"{dative} {dated}")
    made: list[Block] = [Annex(tuple(typeset(line) for line in mark), annex.landscape)]
    if annex.approved:
        by = f"{instrumental} {facts.office.genitive}"
        stamp = (approved(annex.agreement), typeset(by), typeset(dated))
        made.append(ApprovalStamp(stamp))
    return [*made, Heading(fill(annex.title)), *_items(annex.items, facts, fill)]


def _parties(spec: PaperSpec, facts: PaperFacts) -> list[Block]:
    """Return the requisites of both sides; what is not known is a line to fill by hand."""
    known = [*facts.parties, (), ()][:2]
    rows: list[tuple[str | Cell, ...]] = [
        tuple(Cell(typeset(title), bold=True) for title in spec.parties)
    ]
    for index, title in enumerate(_PARTY_LINES):
        values = [side[index] if index < len(side) else "" for side in known]
        rows.append(tuple(typeset_lines(f"{title}: {value or blanks.TEXT}") for value in values))
    columns = (Column("", 50.0), Column("", 50.0))
    return [
        Heading("Реквизиты и подписи сторон", 2),
        Table(columns, tuple(rows), headed=False, whole=True),
    ]


def _text(text: str) -> Paragraph:
    return Paragraph((Run(text),))
