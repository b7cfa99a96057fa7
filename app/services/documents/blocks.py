"""Neutral frozen blocks: what a document says, with nothing of how it is drawn.

A block carries text and structure only; sizes, margins and fonts come from the typography profile
and are the business of the renderers.  Text is plain: characters such as ``<`` or ``&`` mean
themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.services.charts.types import Chart as Picture
from app.services.charts.types import words
from app.services.documents.tables import Align, Cell, Column, Row, Table

__all__ = [
    "Addressee",
    "Align",
    "Annex",
    "ApprovalStamp",
    "Block",
    "Bullets",
    "Cell",
    "Chart",
    "Column",
    "Content",
    "Contents",
    "DocumentName",
    "Heading",
    "Letterhead",
    "Meta",
    "NewPage",
    "NumberedPoints",
    "Paragraph",
    "Piece",
    "Point",
    "Registration",
    "Role",
    "Row",
    "Run",
    "Signature",
    "StampPlace",
    "Table",
    "Title",
    "placed_texts",
    "texts",
]


class Role(StrEnum):
    """What a paragraph is; each role is one style in both renderers."""

    TEXT = "text"
    """Body text: justified, first line indented."""
    PLACE = "place"
    """Place of publication: centred under the registration line."""
    NOTE = "note"
    """Remark under a table: smaller, no indent."""
    EXECUTOR = "executor"
    """Who prepared the paper: small, at the left margin, after the signature."""
    PLAIN = "plain"
    """Text at the left margin without indent: requisites of parties, lines of a form."""
    CENTER = "center"
    """Centred text."""
    CAPTION = "caption"
    """Title of a table or a picture, kept with what follows."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Requisites 01 and 05: the emblem (PNG or JPEG) over the names, from parent to own."""

    names: tuple[str, ...]
    emblem: bytes | None = None
    contacts: tuple[str, ...] = ()
    """Requisite 08: address, phones and codes under the names."""


@dataclass(frozen=True, slots=True)
class DocumentName:
    """Requisite 09, the kind of the document in spaced capitals."""

    text: str


@dataclass(frozen=True, slots=True)
class Registration:
    """Requisites 10 and 11 on one line: the date at the left, the number at the right."""

    date: str
    number: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stands in the outline; level 1 is a document or an annex."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of runs."""

    runs: tuple[Run, ...]
    role: Role = Role.TEXT

    @property
    def text(self) -> str:
        """The text without faces."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered point; its number follows from its place."""

    text: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberedPoints:
    """Points 1., 2., … with nested 2.1., 2.2., …; numbering starts anew in each block."""

    points: tuple[Point, ...]

    def numbered(self) -> tuple[tuple[str, Point], ...]:
        """Return every point with its number, in reading order."""
        return tuple(_numbered(self.points, ""))


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers; nested points stand deeper."""

    points: tuple[Point, ...]

    def leveled(self) -> tuple[tuple[int, Point], ...]:
        """Return every point with its level from 0, in reading order."""
        return tuple(_leveled(self.points, 0))


@dataclass(frozen=True, slots=True)
class Title:
    """Name of a long document in the middle of its first sheet; ``foot`` is the place and year."""

    lines: tuple[str, ...]
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """List of the headings down to ``depth`` with the numbers of their pages."""

    title: str
    depth: int = 2


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a new page, which lies on its side if ``landscape``."""

    landscape: bool = False


@dataclass(frozen=True, slots=True)
class StampPlace:
    """Empty frame for the mark of an electronic signature; the text says what it is for."""

    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as wide as the text; ``grey`` prints it in hatched greys that keep their order.

    A long one (forty schools below each other) is drawn in parts that fit a page.
    """

    chart: Picture
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Requisite 22: post at the left, initials and surname at the right, room for ink between."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Annex:
    """Start of an annex on a new page, with its mark in the upper right corner."""

    mark: tuple[str, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class ApprovalStamp:
    """Requisite «гриф утверждения» in the upper right corner, line by line."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Requisite 15: to whom a letter goes, line by line, in the upper right corner."""

    lines: tuple[str, ...]


Block = (
    Letterhead
    | DocumentName
    | Registration
    | Heading
    | Paragraph
    | NumberedPoints
    | Bullets
    | Table
    | Chart
    | Title
    | Contents
    | NewPage
    | StampPlace
    | Signature
    | Annex
    | ApprovalStamp
    | Addressee
)


@dataclass(frozen=True, slots=True)
class Meta:
    """What the register and the properties of the file need to know of a document."""

    author: str
    year: int
    number: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A whole document; ``profile`` is the key of a typography profile."""

    title: str
    kind: str
    profile: str
    blocks: tuple[Block, ...]
    meta: Meta
    language: str = "ru-RU"
    long_storage: bool = False
    """Kept longer than ten years: the profile's wider left margin for binding is used."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of a document and the place where it stands, in Russian."""

    place: str
    text: str


@dataclass
class _Walk:
    """Collects the texts of a document in reading order."""

    pieces: list[Piece] = field(default_factory=list)
    part: str = "текст документа"
    tables: int = 0
    charts: int = 0

    def add(self, place: str, *texts: str) -> None:
        self.pieces += [Piece(f"{self.part}, {place}", text) for text in texts]


def texts(content: Content) -> tuple[Piece, ...]:
    """Return every text of ``content`` in reading order with its place, numbers of points too."""
    title = Piece("название документа", content.title)
    return (title, *(piece for _, piece in placed_texts(content)))


def placed_texts(content: Content) -> tuple[tuple[int, Piece], ...]:
    """Return every text but the title, each with the index of the block that it stands in."""
    walk = _Walk()
    placed: list[tuple[int, Piece]] = []
    for index, block in enumerate(content.blocks):
        walk.pieces.clear()
        _visit(block, walk)
        placed += [(index, piece) for piece in walk.pieces]
    return tuple(placed)


def _numbered(points: tuple[Point, ...], prefix: str) -> list[tuple[str, Point]]:
    found: list[tuple[str, Point]] = []
    for index, point in enumerate(points, start=1):
        number = f"{prefix}{index}."
        found.append((number, point))
        found += _numbered(point.points, number)
    return found


def _leveled(points: tuple[Point, ...], level: int) -> list[tuple[int, Point]]:
    found: list[tuple[int, Point]] = []
    for point in points:
        found.append((level, point))
        found += _leveled(point.points, level + 1)
    return found


def _visit(block: Block, walk: _Walk) -> None:
    match block:
        case Letterhead(names=names, contacts=contacts):
            walk.add("наименование организации", *names, *contacts)
        case DocumentName(text):
            walk.add("вид документа", text)
        case Registration(day, number):
            walk.add("дата и номер", day, number)
        case Heading(text):
            walk.add("заголовок", text)
        case Paragraph():
            walk.add("абзац", block.text)
        case NumberedPoints():
            for number, point in block.numbered():
                walk.add(f"пункт {number}", number, point.text)
        case Bullets():
            for _, point in block.leveled():
                walk.add("пункт списка", point.text)
        case Title(lines, foot):
            walk.add("титульный лист", *lines, foot)
        case Contents(title):
            walk.add("оглавление", title)
        case NewPage():
            pass
        case StampPlace(text):
            walk.add("место отметки", text)
        case Table():
            _visit_table(block, walk)
        case Chart(picture):
            walk.charts += 1
            walk.add(f"рисунок {walk.charts}", *words(picture))
        case Signature(post, name):
            walk.add("подпись", post, name)
        case Annex(mark=mark):
            walk.part = mark[0]
            walk.add("отметка о приложении", *mark)
        case ApprovalStamp(lines):
            walk.add("гриф утверждения", *lines)
        case Addressee(lines):
            walk.add("адресат", *lines)


def _visit_table(table: Table, walk: _Walk) -> None:
    walk.tables += 1
    name = f"таблица {walk.tables}"
    for row in table.header:
        for item in row:
            walk.add(f"{name}, заголовок графы", *_lines(item))
    for index, row in enumerate(table.rows, start=1):
        for column, item in enumerate(row):
            walk.add(f"{name}, строка {index}, {_cell_place(table, row, column)}", *_lines(item))


def _lines(item: str | Cell) -> list[str]:
    return (item.text if isinstance(item, Cell) else item).split("\n")


def _cell_place(table: Table, row: Row, column: int) -> str:
    """Name a cell by the title of its column where that is certain, else by its number."""
    title = table.columns[column].title if len(row) == len(table.columns) else ""
    return f"графа «{title}»" if title else f"ячейка {column + 1}"
